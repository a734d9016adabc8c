"""/start, cards, answers, archive and the bot's own commands, in the specification's words."""

from dataclasses import replace

import pytest

from frontdesk.channels.telegram.steps.given import File, Given, On, Why
from tests.channels.telegram.imagined import Chat, a_card


@pytest.fixture
def replying(chat: Chat) -> Chat:
    chat.send("/start")
    chat.press("↩ #1042 Website is very slow since last night")
    chat.press("Add a reply")
    return chat


def test_start_lists_active_tickets_with_an_arrow_where_the_client_is_waited_for(chat):
    chat.tickets[1039] = replace(a_card(1039, waits=False), subject="Move my domain")

    chat.send("/start")

    assert chat.last.html == "<b>Your active tickets</b>\nChoose one to read it or reply."
    assert chat.labels == [
        ["↩ #1042 Website is very slow since last night"],
        ["#1039 Move my domain"],
        ["New ticket"],
    ]


def test_start_without_tickets_offers_a_new_one(chat):
    chat.tickets = {}

    chat.send("/start")

    assert chat.last.html == ("You have no active tickets. Send /createticket to ask a question.")
    assert chat.labels == [["New ticket"]]


def test_seven_tickets_make_two_pages(chat):
    chat.tickets = {number: a_card(number) for number in range(1, 8)}

    chat.send("/start")

    assert chat.labels[-2:] == [["Older"], ["New ticket"]]


def test_card_shows_number_status_topic_place_and_last_message(chat):
    chat.send("/start")
    chat.press("↩ #1042 Website is very slow since last night")

    assert chat.last.html == (
        "<b>#1042 · Waiting for your reply</b>\n"
        "<b>Website is very slow since last night</b>\n"
        "North Host · Technical support · 24 Nov 2026, 16:05\n\n"
        "<b>Ann, support:</b> The disk is full."
    )
    assert chat.labels == [["Add a reply", "Archive"], ["Back"]]


def test_card_in_progress_has_no_archive(chat):
    chat.tickets = {1039: a_card(1039, waits=False)}

    chat.give(Given(On.CARD, argument="1039"))

    assert chat.last.html.startswith("<b>#1039 · In progress</b>")
    assert chat.labels == [["Add a reply"], ["Back"]]


def test_card_closed_meanwhile_offers_a_new_ticket_about_it(chat):
    chat.tickets = {1042: a_card(1042, solved=True)}

    chat.give(Given(On.CARD, argument="1042"))

    assert chat.last.html == "Ticket #1042 is closed. You can open a new one about it."
    assert chat.labels == [["Open a new ticket about this"], ["Back"]]


def test_card_of_a_foreign_ticket_does_not_exist(chat):
    chat.give(Given(On.CARD, argument="7777"))

    assert chat.last.html == "There is no such ticket here, or it is not shared with you."


def test_reply_is_several_messages_and_files_sent_as_one(replying):
    assert replying.last.html == (
        "<b>Reply to #1042</b>\nSend your message, up to 255 symbols each. You can send several "
        "and attach up to 5 files. Press Complete when done."
    )
    assert replying.labels == [["Complete", "Cancel"]]

    replying.send("Yes, please.")
    replying.attach("list.txt", caption="And these.")
    replying.press("Complete")

    assert replying.replied == [(1042, "Yes, please.\n\nAnd these.", ("list.txt",))]
    assert replying.last.html == (
        "Your reply to #1042 is sent. We will write here when support answers."
    )


def test_archive_asks_once_and_then_closes(chat):
    chat.give(Given(On.CARD, argument="1042"))
    chat.press("Archive")
    assert chat.last.html == "Close ticket #1042? It becomes read-only and leaves this list."
    assert chat.labels == [["Archive", "Cancel"]]

    chat.press("Archive")

    assert chat.tickets[1042].is_solved
    assert chat.last.html == ("Ticket #1042 is closed. You can read it in All tickets on the web.")


def test_archive_is_left_by_cancel_and_changes_nothing(chat):
    chat.give(Given(On.CARD, argument="1042"))
    chat.press("Archive")

    chat.press("Cancel")

    assert not chat.tickets[1042].is_solved
    assert chat.last.html == "Nothing was changed."


def test_archive_of_a_ticket_that_waits_for_support_is_not_done(chat):
    chat.tickets = {1042: a_card(1042, waits=False)}

    chat.give(Given(On.ARCHIVE_SURE, argument="1042"))

    assert not chat.tickets[1042].is_solved
    assert chat.last.html.startswith("<b>#1042 · In progress</b>")


def test_telegrams_reply_to_a_tickets_message_begins_an_answer_with_its_words(chat):
    chat.give(Given(On.TEXT, message_id=5, text="Yes, please.", answers=1042))

    assert chat.last.html == (
        "<b>Reply to #1042</b>\nAdded (1 message, 0 of 5 files). Send more, or press Complete."
    )
    chat.press("Complete")
    assert chat.replied == [(1042, "Yes, please.", ())]


def test_telegrams_reply_with_a_file_begins_an_answer_with_the_file(chat):
    file = File(file_id="f", name="a.txt", size=10)

    chat.give(Given(On.FILE, message_id=5, file=file, answers=1042))

    assert [part.name for part in chat.state.dialogue.files] == ["a.txt"]


def test_telegrams_reply_that_is_too_long_begins_an_answer_and_tells_the_count(chat):
    chat.give(Given(On.TEXT, message_id=5, text="x" * 300, answers=1042))

    assert chat.state.dialogue.ticket == 1042
    assert chat.last.html.startswith("This message has 300 symbols, 45 too many.")


def test_telegrams_reply_to_another_ticket_ends_the_open_reply_in_words(replying):
    replying.tickets[1050] = a_card(1050)
    replying.send("Half of an answer")

    said = replying.give(Given(On.TEXT, message_id=900, text="Other", answers=1050))

    assert said[0].html == "Your unfinished reply was cancelled. Nothing was sent."
    assert replying.state.dialogue.ticket == 1050
    assert replying.state.dialogue.text == "Other"


def test_reply_to_a_ticket_closed_meanwhile_becomes_a_new_ticket_with_its_text(replying):
    replying.send("One more thing.")
    replying.tickets[1042] = a_card(1042, solved=True)
    replying.refuse_next = Why.SOLVED
    replying.press("Complete")
    assert replying.labels == [["Open a new ticket about this"], ["Cancel"]]

    replying.press("Open a new ticket about this")
    replying.press("Technical support · Free")
    replying.send("Still slow")
    replying.press("Complete")

    assert replying.opened == [("Still slow", "One more thing.", ())]


def test_new_ticket_about_a_solved_one_keeps_provider_account_and_service(chat):
    chat.tickets = {1042: a_card(1042, solved=True)}

    chat.give(Given(On.ABOUT, argument="1042"))
    chat.press("Technical support · Free")
    chat.send("Slow again")

    dialogue = chat.state.dialogue
    assert (dialogue.about, dialogue.account, dialogue.service) == (1042, 10, 1001)
    assert chat.labels == [["Complete", "Back"], ["Cancel"]]


def test_words_outside_any_dialogue_are_answered_with_the_ways_in(chat):
    chat.send("hello")

    assert chat.last.html == (
        "Send /createticket to ask a question, or /start to see your tickets. To answer, use "
        "Telegram's reply on our message."
    )
    assert chat.labels == [["New ticket", "Show tickets"]]


def test_sticker_during_a_reply_loses_nothing(replying):
    replying.send("Yes, please.")

    replying.give(Given(On.OTHER, message_id=77))

    assert replying.last.html == (
        "Only text, photos, voice, video and files can be added. What you sent before is kept."
    )
    assert replying.state.dialogue.text == "Yes, please."


def test_refused_program_says_why_and_loses_nothing(replying):
    replying.refuse_next = Why.PROGRAM

    replying.attach("setup.exe", caption="Try this.")

    assert replying.last.html.startswith("“setup.exe” cannot be sent: programs are not accepted.")
    assert replying.state.dialogue.text == "Try this."


def test_language_is_offered_and_set(chat):
    chat.send("/language")
    chat.press("Русский")

    assert chat.last.html == "I write in English now."
    assert chat.last.over_pressed


def test_unlink_says_how_to_come_back(chat):
    chat.send("/unlink")

    assert chat.last.html.startswith("Disconnected. Answers will not come here any more.")


def test_link_names_accounts_and_providers_escaped(chat):
    from frontdesk.channels.telegram.dialog import step
    from frontdesk.channels.telegram.steps.facts import Facts

    facts = Facts(places=(("Alice's <Bakery>", "North Host"),))
    outcome = step(chat.state, Given(On.LINKED), facts)

    assert outcome.says[0].html == (
        "Connected to <b>Alice's &lt;Bakery&gt;</b> at North Host. Answers will come here. "
        "Send /start to see your tickets."
    )
