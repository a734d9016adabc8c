"""One ticket: the whole thread for those who may read it, in few queries."""

from collections.abc import Iterator

import pytest

from frontdesk.channels.web.client import thread
from frontdesk.notifications.notify import notify
from frontdesk.support.actions.close import close
from frontdesk.support.models import Event, ReadMark
from tests.channels.web.client.browser import HTMX, Browser, field_of, text_of
from tests.factories import PNG, a_file, a_note, a_reply, a_solved_ticket, a_ticket, new_key
from tests.people import House, as_client, as_staff


@pytest.fixture
def short_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make a thread of two messages a long one; its query is composed anew, and again after."""
    monkeypatch.setattr(thread, "THREAD_LENGTH", 2)
    thread._end_query.cache_clear()
    yield
    thread._end_query.cache_clear()


def test_the_thread_shows_who_wrote_what(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.")
    a_reply(as_staff(house.sam), ticket, "We look into it.")

    words = text_of(Browser(house.alice).open("ticket", ticket.pk))

    assert "Alice Example you just now The shop is slow." in words
    assert "Sam Example Support just now We look into it." in words


def test_a_note_is_on_no_page_of_the_client(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    a_note(as_staff(house.sam), ticket, "canary in the note")
    browser = Browser(house.alice)

    pages = [
        browser.open("ticket", ticket.pk),
        browser.open("ticket", ticket.pk, htmx=HTMX, after=1),
    ]

    for page in [*pages, browser.open("tickets"), browser.open("client_home")]:
        assert "canary" not in page.content.decode()


@pytest.mark.parametrize("stranger", ["bob", "carol", "dora"])
def test_a_ticket_of_others_does_not_exist(house: House, stranger: str) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = Browser(getattr(house, stranger)).open("ticket", ticket.pk)

    assert response.status_code == 404
    assert "There is no such page here, or it is not shared with you." in text_of(response)


@pytest.mark.parametrize("number", [999_999_999, 10**30])
def test_a_number_that_is_none_is_not_found(house: House, number: int) -> None:
    assert Browser(house.alice).open("ticket", number).status_code == 404


def test_files_can_be_downloaded_and_images_are_previewed(house: House) -> None:
    key = new_key()
    ticket = a_ticket(house.alice, house.technical)
    a_file(as_client(house.alice), key, PNG, "graph.png")
    Browser(house.alice).send("ticket_reply", ticket.pk, message="", key=key)

    html = Browser(house.alice).open("ticket", ticket.pk).content.decode()

    assert "graph.png" in html
    assert 'width="1" height="1"' in html
    assert "/small.webp" in html


def test_a_waiting_ticket_says_whose_turn_it_is(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    a_reply(as_staff(house.sam), ticket)

    words = text_of(Browser(house.alice).open("ticket", ticket.pk))

    assert "Support has answered. Reply, or close the ticket if all is well." in words


def test_a_solved_ticket_is_read_only_and_leads_on(house: House) -> None:
    ticket = a_solved_ticket(house.alice, house.technical)

    response = Browser(house.alice).open("ticket", ticket.pk)

    html = response.content.decode()
    assert "This ticket is closed and read-only." in text_of(response)
    assert "You closed the ticket" in text_of(response)
    assert f'href="/northhost/tickets/new/?about={ticket.pk}"' in html
    assert 'name="message"' not in html


def test_linked_tickets_are_shown_both_ways(house: House) -> None:
    first = a_solved_ticket(house.alice, house.technical, "The shop is slow.")
    second = a_ticket(house.alice, house.technical, "Slow again.", about_id=first.pk)
    browser = Browser(house.alice)

    forth, back = browser.open("ticket", first.pk), browser.open("ticket", second.pk)

    assert f"Goes on in #{second.pk} Slow again." in text_of(forth)
    assert f"Goes on with #{first.pk} The shop is slow." in text_of(back)


def test_a_linked_ticket_of_others_is_not_shown(house: House) -> None:
    first = a_solved_ticket(house.bob, house.technical, "Bob's question.")
    a_ticket(house.alice, house.technical, "Alice goes on.", about_id=first.pk)

    assert "Alice goes on." not in text_of(Browser(house.bob).open("ticket", first.pk))


def test_the_page_says_who_can_read_it(house: House) -> None:
    alices = a_ticket(house.alice, house.technical)
    bobs = a_ticket(house.bob, house.technical)
    browser = Browser(house.alice)

    assert "Only you and support" in text_of(browser.open("ticket", alices.pk))
    assert "You, Bob Example and support" in text_of(browser.open("ticket", bobs.pk))


def test_looking_marks_the_ticket_as_read(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    answer = a_reply(as_staff(house.sam), ticket)

    Browser(house.alice).open("ticket", ticket.pk)

    assert ReadMark.objects.get(user=house.alice).message_id == answer.pk


def test_what_came_since_the_last_look_stands_below_a_line(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.")
    browser = Browser(house.alice)
    browser.open("ticket", ticket.pk)
    a_reply(as_staff(house.sam), ticket, "We look into it.")

    words = text_of(browser.open("ticket", ticket.pk))

    assert words.index("The shop is slow. New SE") < words.index("We look into it.")
    assert " New SE" not in text_of(browser.open("ticket", ticket.pk))


@pytest.mark.usefixtures("short_threads")
def test_a_long_thread_shows_its_end(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "First word")
    for n in range(3):
        a_reply(as_client(house.alice), ticket, f"Line {n}")

    response = Browser(house.alice).open("ticket", ticket.pk)

    words = text_of(response)
    assert "Line 1" in words
    assert "Line 0" not in words
    assert "Earlier messages" in words


@pytest.mark.usefixtures("short_threads")
def test_earlier_messages_are_a_page_of_their_own(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "First word")
    last = [a_reply(as_client(house.alice), ticket, f"Line {n}") for n in range(3)]

    words = text_of(Browser(house.alice).open("ticket", ticket.pk, before=last[1].pk))

    assert "First word" in words
    assert "Line 0" in words
    assert "Line 2" not in words
    assert "Newest messages" in words


def test_looking_at_earlier_messages_marks_nothing(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    answer = a_reply(as_staff(house.sam), ticket)

    Browser(house.alice).open("ticket", ticket.pk, before=answer.pk)

    assert not ReadMark.objects.filter(user=house.alice).exists()


def test_htmx_gets_what_came_after_a_message(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.")
    a_reply(as_staff(house.sam), ticket, "We look into it.")

    response = Browser(house.alice).open(
        "ticket", ticket.pk, htmx=HTMX, after=ticket.last_message_id
    )

    html = response.content.decode()
    assert "We look into it." in html
    assert "The shop is slow." not in html
    assert '<span id="ticket-status" hx-swap-oob="true">' in html
    assert "Waiting for reply" in html


def test_htmx_hears_that_the_ticket_was_closed(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    close(by=as_staff(house.sam), number=ticket.pk)

    html = (
        Browser(house.alice)
        .open("ticket", ticket.pk, htmx=HTMX, after=ticket.last_message_id)
        .content.decode()
    )

    assert "data-closed" in html
    assert "Sam Example closed the ticket" in html


def test_the_draft_of_a_reply_is_restored(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    browser = Browser(house.alice)
    a_file(as_client(house.alice), "reply-1", name="draft.log")
    browser.send("keep_draft", kind="reply", ticket=ticket.pk, key="reply-1", message="Half")

    page = browser.open("ticket", ticket.pk)

    assert field_of(page, "message") == "Half"
    assert field_of(page, "key") == "reply-1"
    assert "draft.log" in text_of(page)


def test_typed_html_is_text(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "<b>bold</b> <script>alert(1)</script>")

    html = Browser(house.alice).open("ticket", ticket.pk).content.decode()

    assert "<script>alert" not in html
    assert "&lt;b&gt;bold" in html


@pytest.mark.parametrize("length", [1, 8])
def test_the_page_takes_eight_queries_when_everything_is_new(
    house: House, django_assert_max_num_queries, length: int
) -> None:
    ticket = a_ticket(house.alice, house.technical)
    for _n in range(length):
        a_reply(as_staff(house.sam), ticket)
    for event in Event.objects.all():
        notify(event)
    browser = Browser(house.alice)
    a_file(as_client(house.alice), "reply-1")
    browser.send("keep_draft", kind="reply", ticket=ticket.pk, key="reply-1", message="Half")

    with django_assert_max_num_queries(8):
        browser.open("ticket", ticket.pk)


@pytest.mark.parametrize("length", [1, 8])
def test_a_second_look_takes_five_queries(
    house: House, django_assert_num_queries, length: int
) -> None:
    ticket = a_ticket(house.alice, house.technical)
    for _n in range(length):
        a_reply(as_staff(house.sam), ticket)
    browser = Browser(house.alice)
    browser.open("ticket", ticket.pk)

    with django_assert_num_queries(5):
        browser.open("ticket", ticket.pk)
