"""The page's way to the sandbox: a few calls over HTTP on the loopback."""

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from frontdesk.operations.demo.telegram.personas import Persona

SECONDS = 10


class SandboxAway(Exception):
    """The sandbox does not answer."""


@dataclass(frozen=True, slots=True)
class SandboxFile:
    """A file of a chat."""

    content: bytes
    content_type: str


def read_chat(who: Persona, after: int) -> dict[str, Any]:
    """Return what is new in a chat since a version."""
    query = urlencode({"user": who.chat_id, "after": after})
    answer: dict[str, Any] = json.loads(_call(f"/sandbox/chat?{query}")[0])
    return answer


def act(what: str, who: Persona, **fields: Any) -> None:
    """Let somebody's phone do something."""
    _meet(who)
    _call(f"/sandbox/{what}", {"user": who.chat_id} | fields)


def write(who: Persona, text: str, files: "list[UploadedFile[bytes]]", reply_to: int) -> None:
    """Send what was typed and chosen."""
    sent = [
        {
            "name": file.name or "file",
            "type": file.content_type or "application/octet-stream",
            "content": base64.b64encode(file.read()).decode(),
        }
        for file in files
    ]
    act("write", who, text=text, files=sent, reply_to=reply_to)


def read_file(file_id: str) -> SandboxFile:
    """Return a file of a chat."""
    content, content_type = _call(f"/sandbox/file/{quote(file_id, safe='')}")
    return SandboxFile(content, content_type)


def _meet(who: Persona) -> None:
    names = {"first_name": who.first_name, "username": who.username}
    _call("/sandbox/meet", {"user": who.chat_id} | names)


def _call(path: str, fields: dict[str, Any] | None = None) -> tuple[bytes, str]:
    request = Request(f"{settings.TELEGRAM_SANDBOX_URL}{path}")  # noqa: S310 - our own address
    if fields is not None:
        request.data = json.dumps(fields).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - our own address
            return answer.read(), answer.headers.get("X-File-Type", "")
    except (URLError, TimeoutError, OSError) as error:
        raise SandboxAway(str(error)) from None
