"""/createticket, step by step, in the words of the specification."""

from dataclasses import replace

import pytest

from frontdesk.channels.telegram.steps.given import Why
from frontdesk.channels.telegram.steps.state import Step
from tests.channels.telegram.imagined import NORTH, SOUTH, Chat

DESCRIBE = (
    "Describe your question: up to 255 symbols in a message. You can send several and attach "
    "up to 5 files. Press Complete when done."
)


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def describing(chat: Chat) -> Chat:
    chat.send("/createticket")
    chat.press("Technical support · Free")
    chat.send("Website is slow")
    chat.press("Skip")
    return chat


def test_provider_is_not_asked_when_there_is_one(chat):
    chat.send("/createticket")

    assert chat.last.html == "Choose a department."
    assert chat.labels == [["Technical support · Free"], ["Sales · Free"], ["Back", "Cancel"]]


def test_departments_with_hours_say_when_they_answer():
    technical, sales = NORTH.departments
    says = replace(sales, name="Sales & more", says="Closed now, opens Monday 09:00")
    chat = Chat(providers=(replace(NORTH, departments=(technical, says)),))

    chat.send("/createticket")

    hours = "<b>Sales &amp; more</b>: Closed now, opens Monday 09:00"
    assert chat.last.html == f"Choose a department.\n\n{hours}"


def test_provider_is_asked_when_there_are_two():
    chat = Chat(providers=(NORTH, SOUTH))

    chat.send("/createticket")

    assert chat.last.html == "<b>New ticket</b>\nWhich provider is it for?"
    assert chat.labels == [["North Host"], ["South Cloud"], ["Cancel"]]


def test_account_is_asked_where_the_person_has_two():
    chat = Chat(providers=(NORTH, SOUTH))

    chat.send("/createticket")
    chat.press("South Cloud")

    assert chat.last.html == "Which account is it for?"
    assert chat.labels == [["Bakery West"], ["Bakery East"], ["Back", "Cancel"]]


def test_subject_is_asked_after_the_department(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")

    assert chat.last.html == ("What is it about? Send the subject in one line, up to 120 symbols.")
    assert chat.labels == [["Back", "Cancel"]]


def test_subject_of_121_symbols_is_refused_with_the_count(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")

    chat.send("x" * 121)

    assert chat.last.html.startswith("The subject has 121 symbols, 1 too many.")
    assert chat.state.dialogue.step is Step.SUBJECT


def test_own_services_and_skip_are_offered(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")
    chat.send("Question")

    assert chat.last.html == "Which service is it about? Choose one or send its id."
    assert chat.labels == [
        ["vps-1001 · shop.bakery.example"],
        ["dom-2001 · bakery.example"],
        ["Skip"],
        ["Back", "Cancel"],
    ]


def test_foreign_and_unknown_service_ids_are_refused_alike(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")
    chat.send("Question")

    chat.send("vps-99")

    assert chat.last.html == (
        "You have no service “vps-99”. Check the id, choose from the list, or press Skip."
    )
    assert chat.labels[-2:] == [["Skip"], ["Back", "Cancel"]]


def test_typed_service_id_is_taken_in_any_case(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")
    chat.send("Question")

    chat.send(" VPS-1001 ")

    assert chat.state.dialogue.service == 1001
    assert chat.last.html == DESCRIBE


def test_messages_are_joined_in_order_with_blank_lines(describing):
    describing.send("It began at 8.")
    describing.send("Only the shop is slow.")

    describing.press("Complete")

    assert describing.opened == [
        ("Website is slow", "It began at 8.\n\nOnly the shop is slow.", ())
    ]
    assert describing.last.html == (
        "Ticket <b>#1043</b> is sent to Technical support. We will write here when they answer."
    )
    assert describing.labels == [["Show tickets"]]


def test_last_step_has_its_three_buttons(describing):
    assert describing.last.html == DESCRIBE
    assert describing.labels == [["Complete", "Back"], ["Cancel"]]


def test_each_part_is_confirmed_in_one_message(describing):
    describing.send("It began at 8.")
    first = describing.last
    describing.attach("shot.png", caption="See the graph.")

    assert first.html == "Added (1 message, 0 of 5 files). Send more, or press Complete."
    assert describing.last.html == (
        "Added (2 messages, 1 of 5 files). Send more, or press Complete."
    )
    assert describing.last.in_place
    assert describing.last.slot == first.slot


def test_message_of_255_symbols_is_taken_and_256_refused_with_the_count(describing):
    describing.send("ж" * 255)

    describing.send("😀" * 312)

    assert describing.last.html == (
        "This message has 312 symbols, 57 too many. Please shorten it or send it in parts. "
        "Nothing before it was lost."
    )
    assert describing.state.dialogue.text == "ж" * 255
    assert describing.labels == [["Complete", "Cancel"]]


def test_sixth_file_is_refused_by_its_name(describing):
    for number in range(1, 6):
        describing.attach(f"photo{number}.jpg")

    describing.attach("photo6.jpg", caption="and this")

    assert describing.last.html == (
        "Up to 5 files can be sent. You have 5, so “photo6.jpg” was not added. "
        "Nothing before it was lost."
    )
    assert describing.state.dialogue.text == "and this"


def test_an_album_with_too_many_files_is_told_of_once(describing):
    for number in range(1, 8):
        describing.attach(f"photo{number}.jpg", album="a1")

    assert "“photo6.jpg”, “photo7.jpg” were not added" in describing.last.html
    assert describing.last.in_place


def test_file_above_20_megabytes_is_refused_before_it_is_fetched(describing):
    describing.attach("dump.sql", size=24 * 1024 * 1024)

    assert describing.last.html == (
        "“dump.sql” is 24 MB; by Telegram up to 20 MB can be sent. Use the account area for "
        "larger files."
    )


def test_complete_with_nothing_written_sends_nothing(describing):
    describing.press("Complete")

    assert describing.opened == []
    assert describing.last.html == (
        "There is no message yet. Send at least one, then press Complete."
    )


def test_files_alone_make_a_ticket(describing):
    describing.attach("shot.png")

    describing.press("Complete")

    assert describing.opened == [("Website is slow", "", ("shot.png",))]


def test_second_press_of_complete_sends_nothing(describing):
    describing.send("It began at 8.")
    describing.press("Complete")

    said = describing.press("Complete")

    assert len(describing.opened) == 1
    assert said == []
    assert describing.toast == "This was already sent as #1043."


def test_back_and_forth_keeps_what_was_written(describing):
    describing.send("It began at 8.")
    describing.press("Back")
    describing.press("Back")
    describing.send("Another subject")
    describing.press("Skip")

    assert "Added (1 message, 0 of 5 files)" in describing.last.html
    assert describing.state.dialogue.subject == "Another subject"


def test_back_from_the_first_question_shows_the_tickets(chat):
    chat.send("/createticket")

    chat.press("Back")

    assert chat.state.dialogue is None
    assert chat.last.html.startswith("<b>Your active tickets</b>")


def test_cancel_sends_nothing(describing):
    describing.send("It began at 8.")

    describing.press("Cancel")

    assert describing.opened == []
    assert describing.last.html == "Cancelled. Nothing was sent."
    assert describing.labels == [["Show tickets", "New ticket"]]


def test_cancel_of_nothing_says_so(chat):
    chat.send("/cancel")

    assert chat.last.html == "There is nothing to cancel."


def test_newer_command_ends_the_older_dialogue_in_words(describing):
    said = describing.send("/start")

    assert said[0].html == "Your unfinished ticket was cancelled. Nothing was sent."
    assert said[1].html.startswith("<b>Your active tickets</b>")


def test_help_does_not_end_the_dialogue(describing):
    describing.send("It began at 8.")

    describing.send("/help")

    assert describing.state.dialogue.text == "It began at 8."


def test_hidden_department_is_told_and_everything_else_stays(describing):
    describing.send("It began at 8.")
    describing.refuse_next = Why.DEPARTMENT

    describing.press("Complete")

    assert describing.last.html == (
        "This department takes no new tickets now.\n\nChoose a department."
    )
    assert describing.state.dialogue.text == "It began at 8."


def test_a_day_later_what_was_written_is_shown_back(describing):
    from frontdesk.channels.telegram.steps.given import Given, On

    describing.send("1 < 2 & so on")

    said = describing.give(Given(On.EXPIRED))

    assert [say.html for say in said] == [
        "This step has expired. Nothing was sent. Send /createticket or /start to begin again.",
        "This is what you had written:",
        "<blockquote>1 &lt; 2 &amp; so on</blockquote>",
    ]
    assert describing.state.dialogue is None


def test_old_button_of_a_forgotten_dialogue_has_expired(describing):
    describing.press("Cancel")

    describing.press("Complete")

    assert describing.last.html.startswith("This step has expired. Nothing was sent.")


def test_many_departments_are_paged_by_six():
    many = tuple(replace(NORTH.departments[0], id=n, name=f"D{n}") for n in range(1, 9))
    chat = Chat(providers=(replace(NORTH, departments=many),))

    chat.send("/createticket")
    assert chat.labels[-2:] == [["Older"], ["Back", "Cancel"]]
    chat.press("Older")

    assert chat.labels == [["D7 · Free"], ["D8 · Free"], ["Newer"], ["Back", "Cancel"]]
    assert chat.last.in_place
