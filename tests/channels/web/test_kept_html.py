"""Rows are rendered once for whoever reads the same, and never shown when they are not the same."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.template import engines
from django.utils import timezone, translation

from frontdesk.accounts.models import Account
from frontdesk.channels.web import kept_html
from frontdesk.channels.web.kept_html import rows_in_html
from frontdesk.support.actions.mark_read import mark_read
from frontdesk.support.actions.set_priority import set_priority
from frontdesk.support.actions.set_tags import set_tags
from frontdesk.support.actions.take import take
from frontdesk.support.models import Department, Priority, Ticket
from tests.channels.web.client.browser import Browser, text_of
from tests.factories import a_reply, a_solved_ticket, a_ticket
from tests.people import House, as_client, as_staff

pytestmark = pytest.mark.usefixtures("nothing_kept")


def test_a_row_is_rendered_once_as_long_as_its_key_is_the_same() -> None:
    rendered: list[str] = []

    def render(row: str) -> str:
        rendered.append(row)
        return f"<tr>{row}</tr>"

    pages = [rows_in_html("list", ["a", "b"], lambda row: (row,), render) for _time in range(2)]

    assert pages == ["<tr>a</tr><tr>b</tr>"] * 2
    assert rendered == ["a", "b"]


def in_frame(frame: object) -> str:
    return rows_in_html(frame, ["a"], lambda row: (row,), lambda row: f"{frame}: {row}")


def test_a_row_of_one_frame_is_not_shown_in_another() -> None:
    for frame in (("list", "en"), ("list", "ru"), ("queue", "en"), ("list", "en")):
        assert in_frame(frame) == f"{frame}: a"


def test_a_frame_that_was_forgotten_is_not_mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_html, "MOST_KEPT", 10)

    for frame in [*range(25), *range(25)]:
        assert in_frame(frame) == f"{frame}: a"

    assert len(kept_html._numbers) <= 10


def test_no_more_rows_are_kept_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_html, "MOST_KEPT", 10)

    rows_in_html("list", range(25), lambda row: (row,), str)

    assert len(kept_html._kept) <= 10


def _rename(ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(subject="Quite another subject")


def _rename_one(record: Department | Account) -> None:
    record.name = "Another name"
    record.save()


CHANGES: dict[str, Callable[[House, Ticket], object]] = {
    "subject": lambda _house, ticket: _rename(ticket),
    "answer": lambda house, ticket: a_reply(as_staff(house.sam), ticket, "Try it again, please."),
    "read": lambda house, ticket: mark_read(
        by=as_client(house.alice), ticket=ticket, message_id=ticket.last_message_id or 0
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_client_sees_a_change_of_a_ticket_in_the_list_at_once(house: House, change: str) -> None:
    ticket = a_ticket(house.bob, house.technical, "The shop is slow")
    a_reply(as_staff(house.sam), ticket, "We look into it.")
    ticket.refresh_from_db()
    alice = Browser(house.alice)
    before = alice.open("tickets").content.decode()

    CHANGES[change](house, ticket)

    assert _row(alice.open("tickets").content.decode(), ticket) != _row(before, ticket)


DESK_CHANGES: dict[str, Callable[[House, Ticket], object]] = {
    **CHANGES,
    "tags": lambda house, ticket: set_tags(by=as_staff(house.sam), number=ticket.pk, tags=["dns"]),
    "priority": lambda house, ticket: set_priority(
        by=as_staff(house.sam), number=ticket.pk, priority=Priority.HIGH
    ),
    "assignee": lambda house, ticket: take(by=as_staff(house.sam), number=ticket.pk),
    "department": lambda _house, ticket: _rename_one(ticket.department),
    "client": lambda _house, ticket: _rename_one(ticket.account),
}
del DESK_CHANGES["read"]


@pytest.mark.parametrize("change", DESK_CHANGES)
def test_staff_see_a_change_of_a_ticket_in_the_queue_at_once(house: House, change: str) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow")
    sam = Browser(house.sam)
    before = sam.open("desk", view="all").content.decode()

    DESK_CHANGES[change](house, ticket)

    assert _row(sam.open("desk", view="all").content.decode(), ticket) != _row(before, ticket)


def test_each_reader_has_his_own_words_in_a_row(house: House) -> None:
    a_ticket(house.bob, house.technical, "The shop is slow")

    shown = {who: text_of(Browser(getattr(house, who)).open("tickets")) for who in ("bob", "alice")}

    assert "You : The shop is slow" in shown["bob"]
    assert "Bob Example asked" in shown["alice"]
    assert "You :" not in shown["alice"]


def test_a_row_knows_the_place_it_is_shown_at(house: House) -> None:
    ticket = a_solved_ticket(house.alice, house.technical)
    sam = Browser(house.sam)

    pages = [sam.open("desk", view=view).content.decode() for view in ("all", "solved")]

    assert f"/desk/tickets/{ticket.pk}/?view=all" in pages[0]
    assert f"/desk/tickets/{ticket.pk}/?view=solved" in pages[1]


def test_what_was_minutes_ago_is_yesterday_the_next_day(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_ticket(house.alice, house.technical)
    alice = Browser(house.alice)
    today = alice.open("tickets").content.decode()
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)

    assert 'title="just now' in today
    assert 'title="yesterday' in alice.open("tickets").content.decode()


def _row(page: str, ticket: Ticket) -> str:
    return next(part for part in page.split("<tr") if f"#{ticket.pk}<" in part)


def test_a_wait_in_the_queue_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = a_ticket(house.alice, house.technical)
    sam = Browser(house.sam)
    before = _row(sam.open("desk").content.decode(), ticket)
    in_ten_minutes = timezone.now() + timedelta(minutes=10)
    monkeypatch.setattr(timezone, "now", lambda: in_ten_minutes)

    assert ">0 min<" in before
    assert ">10 min<" in _row(sam.open("desk").content.decode(), ticket)


def test_what_is_kept_is_kept_for_one_language() -> None:
    source = "{% kept 'words', 1 %}{{ _('Complete') }}{% endkept %}"

    shown = []
    for language in ("en", "ru"):
        with translation.override(language):
            shown.append(engines["jinja2"].from_string(source).render())

    assert shown[0] == "Complete" != shown[1]


def test_what_is_very_long_is_not_kept() -> None:
    kept_html.kept_html("long", lambda: "x" * (kept_html.LONGEST + 1))

    assert kept_html.kept_html("long", lambda: "another") == "another"


def test_each_reader_has_his_own_words_in_a_message(house: House) -> None:
    ticket = a_ticket(house.bob, house.technical, "The shop is slow")

    pages = {
        who: text_of(Browser(getattr(house, who)).open("ticket", ticket.pk))
        for who in ("bob", "alice")
    }

    assert "Bob Example you" in pages["bob"]
    assert "Bob Example you" not in pages["alice"]


@pytest.mark.parametrize("page", ["ticket", "desk_ticket"])
def test_a_message_shows_its_writers_name_as_it_is_now(house: House, page: str) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow")
    reader = Browser(house.alice if page == "ticket" else house.sam)
    reader.open(page, ticket.pk)

    house.alice.name = "Alice Married"
    house.alice.save()

    assert "<bdi>Alice Married</bdi></b>" in reader.open(page, ticket.pk).content.decode()


def test_a_messages_time_in_words_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = a_ticket(house.alice, house.technical)
    alice = Browser(house.alice)
    alice.open("ticket", ticket.pk)
    in_ten_minutes = timezone.now() + timedelta(minutes=10)
    monkeypatch.setattr(timezone, "now", lambda: in_ten_minutes)

    assert "10 min ago" in text_of(alice.open("ticket", ticket.pk))
