"""The thread as staff read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from frontdesk.channels.web.desk.thread import THREAD_LENGTH, load_thread
from frontdesk.support.actions.assign import assign
from frontdesk.support.actions.close import close
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.actions.set_priority import set_priority
from frontdesk.support.actions.set_tags import set_tags
from frontdesk.support.actions.take import take
from frontdesk.support.actions.transfer import transfer
from frontdesk.support.models import Message, Priority, Ticket
from tests.channels.web.client.browser import Browser, text_of
from tests.channels.web.desk.pages import entries_of, part_of
from tests.factories import PNG, a_file, a_note, a_reply, a_ticket, new_key
from tests.people import House, as_client, as_staff


def many_messages(ticket: Ticket, number: int, *, at_once: bool = False) -> None:
    """Add messages as a long conversation has them, a minute apart or all at one moment."""
    values = {
        f.attname: getattr(ticket.messages.earliest("pk"), f.attname)
        for f in Message._meta.concrete_fields
        if f.attname not in ("id", "created_at")
    }
    start = timezone.now()
    Message.objects.bulk_create(
        Message(
            **{**values, "text": f"number {n}"},
            created_at=start + timedelta(minutes=0 if at_once else n),
        )
        for n in range(1, number + 1)
    )


def test_messages_notes_and_changes_stand_on_one_line_of_time(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    take(by=as_staff(house.sam), number=ticket.pk)
    a_note(as_staff(house.sam), ticket)
    a_reply(as_staff(house.sam), ticket)

    response = Browser(house.sam).open("desk_ticket", ticket.pk)

    assert entries_of(response) == ["message", "change", "note", "message"]


def test_each_change_is_told_in_words(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    hana, sam = as_staff(house.hana), house.sam.staff_places.get()
    take(by=hana, number=ticket.pk)
    assign(by=hana, number=ticket.pk, staff_id=sam.pk)
    assign(by=hana, number=ticket.pk, staff_id=None)
    set_priority(by=hana, number=ticket.pk, priority=Priority.HIGH)
    set_tags(by=hana, number=ticket.pk, tags=["dns"])
    transfer(by=hana, number=ticket.pk, department_id=house.sales.pk, reason="A price.")
    close(by=hana, number=ticket.pk)

    text = text_of(Browser(house.hana).open("desk_ticket", ticket.pk))

    for words in (
        "Hana Example took this ticket",
        "Hana Example assigned this to Sam Example",
        "Hana Example removed the assignee",
        "Hana Example set the priority to High",
        "Hana Example changed the tags",
        "Hana Example moved this from Technical support to Sales",
        "Hana Example closed this ticket",
    ):
        assert words in text


def test_several_changes_in_a_row_fold_but_not_the_closing(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    by = as_staff(house.sam)
    for priority in (Priority.LOW, Priority.HIGH, Priority.URGENT, Priority.NORMAL):
        set_priority(by=by, number=ticket.pk, priority=priority)
    close(by=by, number=ticket.pk)

    response = Browser(house.sam).open("desk_ticket", ticket.pk)

    assert entries_of(response) == ["message", "changes", "change"]
    assert "4 changes" in text_of(response)


def test_a_long_thread_shows_its_end_and_leads_to_the_rest(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "number 0")
    many_messages(ticket, 70)

    end = load_thread(ticket.pk)
    rest = load_thread(ticket.pk, before=end.earlier)

    assert [e.text for e in rest.entries + end.entries] == [f"number {n}" for n in range(71)]
    assert (len(end.entries), rest.earlier) == (THREAD_LENGTH, "")


def test_the_thread_reaches_back_to_the_note_that_is_looked_for(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow")
    note = a_note(as_staff(house.sam), ticket, "Swordfish")
    many_messages(ticket, THREAD_LENGTH + 20)
    sam = Browser(house.sam)

    assert "Swordfish" not in text_of(sam.open("desk_ticket", ticket.pk))
    reached = sam.open("desk_ticket", ticket.pk, note=note.pk)
    assert f'id="note-{note.pk}"' in reached.content.decode()
    assert text_of(reached).count("by web") >= THREAD_LENGTH + 20


@pytest.mark.parametrize("bad", ["", "x", "-1", "9" * 40])
def test_a_note_that_is_not_of_this_ticket_changes_nothing(house: House, bad: str) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow")
    many_messages(ticket, THREAD_LENGTH + 20)

    page = Browser(house.sam).open("desk_ticket", ticket.pk, note=bad)

    assert "Earlier messages" in text_of(page)


def test_the_end_of_a_page_never_falls_between_entries_of_one_moment(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "number 0")
    many_messages(ticket, 30)
    many_messages_of_one_moment = 40
    many_messages(ticket, many_messages_of_one_moment, at_once=True)

    seen, thread = [], load_thread(ticket.pk)
    seen += thread.entries
    while thread.earlier:
        thread = load_thread(ticket.pk, before=thread.earlier)
        seen += thread.entries

    assert len({e.name for e in seen}) == len(seen) == 71


def test_files_of_a_message_can_be_downloaded_from_the_thread(house: House) -> None:
    key, alice = new_key(), as_client(house.alice)
    ticket = a_ticket(house.alice, house.technical)
    a_file(alice, key, PNG, "graph.png")
    message = reply(by=alice, number=ticket.pk, answer=Answer("See the graph."), key=key)

    html = part_of(Browser(house.sam).open("desk_ticket", ticket.pk), f"message-{message.pk}")

    assert f"/files/{message.attachments.get().pk}/" in html
    assert "graph.png" in html


def test_text_of_people_is_shown_not_obeyed(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "Hello <script>alert(1)</script>\n\nx")
    a_note(as_staff(house.sam), ticket, "<img src=x onerror=alert(1)>")

    html = Browser(house.sam).open("desk_ticket", ticket.pk).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("bad", ["x", "1-", "99999999999999999999-1", "-1-1"])
def test_a_made_up_place_in_the_thread_shows_its_end(house: House, bad: str) -> None:
    ticket = a_ticket(house.alice, house.technical)

    assert len(load_thread(ticket.pk, before=bad).entries) == 1


def test_the_thread_is_one_query_whatever_its_length(
    house: House, django_assert_num_queries
) -> None:
    ticket = a_ticket(house.alice, house.technical)
    many_messages(ticket, 300)

    with django_assert_num_queries(1, connection=connection):
        load_thread(ticket.pk)
