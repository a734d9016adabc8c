"""A ticket that is closed under an answer: what was written is kept for a new one."""

import pytest

from frontdesk.channels.telegram.steps.given import File, Given, On, Why
from tests.channels.telegram.imagined import Chat, a_card


@pytest.fixture
def answering(chat: Chat) -> Chat:
    """An answer that began by Telegram's own reply, and whose ticket is closed meanwhile."""
    chat.give(Given(On.TEXT, message_id=5, text="One more thing.", answers=1042))
    chat.tickets[1042] = a_card(1042, solved=True)
    chat.refuse_next = Why.SOLVED
    chat.press("Complete")
    return chat


@pytest.fixture
def closed(chat: Chat) -> Chat:
    chat.tickets[1042] = a_card(1042, solved=True)
    return chat


def test_an_answer_by_telegrams_reply_becomes_a_new_ticket_with_its_text(answering):
    answering.press("Open a new ticket about this")
    answering.press("Technical support · Free")
    answering.send("Still slow")

    assert answering.last.html.endswith(
        "Added (1 message, 0 of 5 files). Send more, or press Complete."
    )
    answering.press("Complete")
    assert answering.opened == [("Still slow", "One more thing.", ())]


def test_what_is_added_after_it_was_closed_is_counted_and_has_the_same_way_on(answering):
    answering.attach("graph.png")

    assert answering.last.html == (
        "Ticket #1042 is closed. What you sent is kept (1 message, 1 of 5 files): open a new "
        "ticket about this with it."
    )
    assert answering.labels == [["Open a new ticket about this"], ["Cancel"]]


def test_telegrams_reply_to_a_closed_tickets_message_keeps_its_words(closed):
    closed.give(Given(On.TEXT, message_id=5, text="It is back.", answers=1042))

    assert closed.last.html.startswith("Ticket #1042 is closed. What you sent is kept (1 message")
    closed.press("Open a new ticket about this")
    closed.press("Sales · Free")
    closed.send("Slow again")
    closed.press("Complete")
    assert closed.opened == [("Slow again", "It is back.", ())]


def test_telegrams_reply_to_a_closed_tickets_message_keeps_its_file(closed):
    file = File(file_id="f", name="a.txt", size=10)

    closed.give(Given(On.FILE, message_id=5, file=file, answers=1042))

    assert [part.name for part in closed.state.dialogue.files] == ["a.txt"]
    assert closed.labels == [["Open a new ticket about this"], ["Cancel"]]


def test_a_sticker_for_a_closed_ticket_begins_nothing(closed):
    closed.give(Given(On.OTHER, message_id=5, answers=1042))

    assert closed.state.dialogue is None
    assert closed.last.html == "Ticket #1042 is closed. You can open a new one about it."


def test_back_from_the_first_question_shows_back_what_was_written(answering):
    answering.press("Open a new ticket about this")

    said = [say.html for say in answering.press("Back")]

    assert said[:3] == [
        "Your unfinished ticket was cancelled. Nothing was sent.",
        "This is what you had written:",
        "<blockquote>One more thing.</blockquote>",
    ]
    assert answering.state.dialogue is None
