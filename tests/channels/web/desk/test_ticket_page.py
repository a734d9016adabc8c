"""The page of a ticket: what stands beside the thread, and what it costs."""

from datetime import date

import pytest

from frontdesk.support.actions.save_draft import DraftText, save_draft
from frontdesk.support.actions.show_presence import show_presence
from frontdesk.support.actions.take import take
from frontdesk.support.models import CannedReply, DraftKind, ReadMark
from tests.channels.web.client.browser import Browser, field_of, text_of
from tests.channels.web.desk.pages import part_of
from tests.channels.web.desk.test_thread import many_messages
from tests.factories import a_file, a_note, a_reply, a_solved_ticket, a_ticket, new_key
from tests.people import House, as_staff

MOST_QUERIES = 8


@pytest.fixture
def sam(house: House) -> Browser:
    return Browser(house.sam)


def test_a_ticket_of_another_department_does_not_exist(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.sales)

    assert sam.open("desk_ticket", ticket.pk).status_code == 404
    assert sam.open("desk_ticket", 10**17).status_code == 404


def test_the_client_card_says_who_asks_and_what_he_has(house: House, sam: Browser) -> None:
    house.vps.plan, house.vps.expires_on = "VPS M", date(2027, 3, 2)
    house.vps.save()
    ticket = a_ticket(house.alice, house.technical, service_id=house.vps.pk)

    text = text_of(sam.open("desk_ticket", ticket.pk)).partition("Owner of")[2]

    assert text.strip().startswith("Alice's Bakery")
    assert "shop.bakery.example This ticket VPS M · expires 2 Mar 2027" in text
    assert "bakery.example Domain" in text
    assert "This is their first ticket." in text


def test_past_tickets_are_those_that_one_may_read(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)
    past = a_solved_ticket(house.bob, house.technical, "An older question")
    a_ticket(house.alice, house.sales, "A secret price")
    a_ticket(house.carol, house.technical, "Not of this client")

    card = part_of(sam.open("desk_ticket", ticket.pk), "person")

    assert f"#{past.pk}" in card
    assert "A secret price" not in card
    assert "Not of this client" not in card


def test_linked_tickets_lead_both_ways(house: House, sam: Browser) -> None:
    first = a_solved_ticket(house.alice, house.technical)
    second = a_ticket(house.alice, house.technical, about_id=first.pk)

    there = part_of(sam.open("desk_ticket", first.pk), "person")
    back = part_of(sam.open("desk_ticket", second.pk), "person")

    assert f"/desk/tickets/{second.pk}/" in there.partition("Linked tickets")[2]
    assert f"/desk/tickets/{first.pk}/" in back.partition("Linked tickets")[2]


def test_both_drafts_come_back_with_their_keys_and_files(house: House, sam: Browser) -> None:
    ticket, by = a_ticket(house.alice, house.technical), as_staff(house.sam)
    reply_key, note_key = new_key(), new_key()
    save_draft(by=by, draft=DraftText(DraftKind.REPLY, "To Alice", reply_key), ticket=ticket)
    save_draft(by=by, draft=DraftText(DraftKind.NOTE, "To Hana", note_key), ticket=ticket)
    a_file(by, reply_key, name="proposal.txt")

    html = sam.open("desk_ticket", ticket.pk).content.decode()

    reply, note = html.partition('id="note"')[::2]
    assert all(words in reply for words in (reply_key, ">\nTo Alice<", "proposal.txt"))
    assert all(words in note for words in (note_key, ">\nTo Hana<"))


def test_a_draft_is_its_writers_alone(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    draft = DraftText(DraftKind.REPLY, "Unfinished thought", new_key())
    save_draft(by=as_staff(house.sam), draft=draft, ticket=ticket)

    response = Browser(house.hana).open("desk_ticket", ticket.pk)

    assert "Unfinished thought" not in response.content.decode()


def test_opening_marks_it_read_and_looking_again_writes_nothing(
    house: House, sam: Browser, django_assert_max_num_queries
) -> None:
    ticket = a_ticket(house.alice, house.technical)

    sam.open("desk_ticket", ticket.pk)
    with django_assert_max_num_queries(MOST_QUERIES - 1):
        sam.open("desk_ticket", ticket.pk)

    assert ReadMark.objects.get(user=house.sam).message_id == ticket.last_message_id


@pytest.mark.parametrize("length", [1, 300])
@pytest.mark.parametrize("view", ["needs_reply", "mine", "all"])
def test_the_page_asks_no_more_for_a_longer_thread(
    house: House, sam: Browser, view: str, length: int, django_assert_max_num_queries
) -> None:
    ticket = a_ticket(house.alice, house.technical, service_id=house.vps.pk)
    many_messages(ticket, length)
    a_note(as_staff(house.hana), ticket)
    take(by=as_staff(house.hana), number=ticket.pk)
    CannedReply.objects.create(provider=house.north, title="Hello", text="Hello {name}")
    show_presence(by=as_staff(house.hana), ticket=ticket, is_writing=True)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = sam.open("desk_ticket", ticket.pk, view=view)

    assert "Hana is replying" in text_of(response)


def test_the_list_one_came_from_stays_beside_the_ticket(house: House, sam: Browser) -> None:
    first, second, third = (a_ticket(house.alice, house.technical, f"n{n}") for n in (1, 2, 3))

    html = sam.open("desk_ticket", second.pk, view="needs_reply").content.decode()

    steps = html.partition('id="mini-steps"')[2].partition("</span>")[0]
    assert f'/tickets/{first.pk}/?view=needs_reply" data-key="["' in steps
    assert f'/tickets/{third.pk}/?view=needs_reply" data-key="]"' in steps


def test_an_answered_ticket_leads_on_to_the_head_of_the_list(house: House, sam: Browser) -> None:
    waiting, answered = (a_ticket(house.alice, house.technical) for _ in range(2))
    a_reply(as_staff(house.sam), answered)

    html = sam.open("desk_ticket", answered.pk, view="needs_reply").content.decode()

    assert f'/tickets/{waiting.pk}/?view=needs_reply" data-key="]"' in html


def test_a_solved_ticket_takes_notes_but_no_reply(house: House, sam: Browser) -> None:
    ticket = a_solved_ticket(house.alice, house.technical)

    response = sam.open("desk_ticket", ticket.pk)

    html = response.content.decode()
    assert ('id="reply"' in html, 'id="note"' in html) == (False, True)
    assert "This ticket is closed and read-only." in text_of(response)
    assert f"/desk/tickets/new/?about={ticket.pk}" in html


def test_reply_says_where_it_goes(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.open("desk_ticket", ticket.pk)

    assert "To Alice Example, by web" in text_of(response)
    assert field_of(response, "last_seen") == str(ticket.last_message_id)


def test_a_script_gets_the_page_without_the_shell(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    html = sam.open("desk_ticket", ticket.pk, htmx={"HX-Request": "true"}).content.decode()

    assert 'id="thread"' in html
    assert 'id="rail"' not in html


def test_who_switched_letter_keys_off_gets_none(house: House, sam: Browser) -> None:
    house.sam.shortcuts_on = False
    house.sam.save()

    assert "data-shortcuts" not in sam.open("desk").content.decode().partition("<main")[0]
