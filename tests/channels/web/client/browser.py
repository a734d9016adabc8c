"""A plain browser without script for the client's pages: signs in, opens, posts forms."""

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from frontdesk.accounts.models import User

HTMX = {"HX-Request": "true"}


class Browser:
    """One person at North Host."""

    def __init__(self, person: User, provider: str = "northhost") -> None:
        self.client = Client()
        self.client.force_login(person)
        self.provider = provider

    def open(self, name: str, *args: object, htmx: dict[str, str] | None = None, **query: object):
        """Open a page by its name."""
        address = reverse(name, args=(self.provider, *args))
        return self.client.get(address, query, headers=htmx or {})

    def send(self, name: str, /, *args: object, query: str = "", **fields: object):
        """Post a form."""
        return self.client.post(reverse(name, args=(self.provider, *args)) + query, fields)


def text_of(response: HttpResponse) -> str:
    """Return the words of a page, without its tags, in single spaces."""
    html = response.content.decode()
    html = re.sub(r"<(script|style|template)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def field_of(response: HttpResponse, name: str) -> str:
    """Return what an input or a textarea of this name holds."""
    html = response.content.decode()
    area = rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>'
    if typed := re.search(area, html, re.DOTALL):
        return unescape(typed.group(1))
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', html)
    return unescape(found.group(1)) if found else ""


def place_in(response: HttpResponse, direction: str) -> str:
    """Return the place from which the next page goes on: `after` older rows, `before` newer."""
    found = re.search(rf'href="[^"]*[?;]{direction}=([^"&]*)"', response.content.decode())
    return found.group(1) if found else ""


def numbers_in(response: HttpResponse) -> list[int]:
    """Return the numbers of the tickets that the rows of a page lead to, in order."""
    html = response.content.decode()
    rows = re.findall(r'<(?:tr|li) class="(?:new|notif| |").*?</(?:tr|li)>', html, re.DOTALL)
    return [int(n) for row in rows for n in re.findall(r"/tickets/(\d+)/", row)[:1]]


def a_text_file(name: str = "server.log", content: bytes = b"error 502\n") -> SimpleUploadedFile:
    """Return a file as a form sends it."""
    return SimpleUploadedFile(name, content)
