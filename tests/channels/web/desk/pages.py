"""What the desk's tests read from its pages."""

import re

from django.http import HttpResponse


def rows_of(response: HttpResponse) -> list[int]:
    """Return the numbers of the rows of a queue, in order."""
    return [int(n) for n in re.findall(r'<tr id="t(\d+)"', response.content.decode())]


def row_of(response: HttpResponse, number: int) -> str:
    """Return the HTML of one row."""
    html = response.content.decode()
    found = re.search(rf'<tr id="t{number}".*?</tr>', html, re.DOTALL)
    assert found, f"no row for #{number}"
    return found.group()


def part_of(response: HttpResponse, part: str) -> str:
    """Return the HTML from the element with this id to the end of the page."""
    _before, found, after = response.content.decode().partition(f'id="{part}"')
    assert found, f"no {part}"
    return after


def entries_of(response: HttpResponse) -> list[str]:
    """Return the kinds of the thread's entries, in order: message, note, change, changes."""
    html = part_of(response, "thread").partition('id="ticket-foot"')[0]
    return re.findall(r' id="(message|note|changes|change)-\d+"', html)
