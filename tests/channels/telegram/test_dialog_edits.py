"""Messages that are edited in the chat: taken while a ticket is written, told of afterwards."""

from frontdesk.channels.telegram.steps.given import Given, On
from tests.channels.telegram.imagined import Chat


def send(chat: Chat, text: str) -> int:
    """Send a text and return its number; the bot's own have numbers too."""
    number = chat.messages + 1
    chat.send(text)
    return number


def edit(chat: Chat, message_id: int, text: str) -> None:
    chat.give(Given(On.EDITED, message_id=message_id, text=text))


def test_edit_before_complete_replaces_the_text(describing):
    number = send(describing, "It began at 9.")

    edit(describing, number, "It began at 8.")

    assert describing.state.dialogue.text == "It began at 8."


def test_edit_after_complete_is_told_that_the_first_text_stays(describing):
    number = send(describing, "It began at 9.")
    describing.press("Complete")

    edit(describing, number, "It began at 8.")

    assert describing.last.html.startswith("Ticket #1043 keeps the text as you first sent it.")


def test_edit_that_is_too_long_keeps_the_first_text(describing):
    number = send(describing, "It began at 9.")

    edit(describing, number, "x" * 256)

    assert describing.last.html.startswith("The changed message has 256 symbols, 1 too many")
    assert describing.state.dialogue.text == "It began at 9."


def test_a_message_that_was_too_long_is_taken_in_its_place_once_it_is_shortened(describing):
    too_long = send(describing, "x" * 256)
    describing.send("Only the shop.")

    edit(describing, too_long, "It began at 8.")

    assert describing.state.dialogue.text == "It began at 8.\n\nOnly the shop."
    assert describing.last.html.startswith("Added (2 messages")


def test_a_message_that_is_still_too_long_is_told_of_again(describing):
    number = send(describing, "x" * 300)

    edit(describing, number, "x" * 256)
    told = describing.last.html
    edit(describing, number, "x" * 255)

    assert told.startswith("This message has 256 symbols, 1 too many.")
    assert describing.state.dialogue.text == "x" * 255


def test_words_that_come_to_a_file_later_are_taken_and_may_be_deleted(describing):
    number = describing.messages + 1
    describing.attach("graph.png")
    describing.send("Only the shop.")

    edit(describing, number, "The graph of today")
    with_words = describing.state.dialogue.text
    edit(describing, number, "")

    assert with_words == "The graph of today\n\nOnly the shop."
    assert describing.state.dialogue.text == "Only the shop."
    assert len(describing.state.dialogue.files) == 1


def test_a_subject_that_was_too_long_is_taken_once_it_is_shortened(chat):
    chat.send("/createticket")
    chat.press("Technical support · Free")
    number = send(chat, "x" * 121)

    edit(chat, number, "Website is slow")

    assert chat.state.dialogue.subject == "Website is slow"
    assert chat.last.html.startswith("Which service")


def test_an_old_message_of_the_chat_is_no_part_of_what_is_written_now(describing):
    edit(describing, 1, "Something else")

    assert describing.state.dialogue.text == ""
    assert describing.heard == []


def test_an_edit_while_another_question_is_open_leaves_that_question_its_buttons(describing):
    number = send(describing, "It began at 9.")
    describing.press("Back")

    edit(describing, number, "It began at 8.")
    told, labels = describing.last.html, describing.labels
    edit(describing, number, "x" * 256)

    assert describing.state.dialogue.text == "It began at 8."
    assert told.startswith("The changed text is kept.\n\nWhich service")
    assert ["Skip"] in labels
    assert describing.last.html.startswith("The changed message has 256 symbols, 1 too many")
    assert ["Skip"] in describing.labels


def test_an_edit_of_the_subject_after_complete_is_told_of(chat):
    chat.send("/createticket")
    chat.press("Technical support · Free")
    subject = send(chat, "Website is slow")
    chat.press("Skip")
    chat.send("It began at 8.")
    chat.press("Complete")

    edit(chat, subject, "Shop is slow")

    assert chat.last.html.startswith("Ticket #1043 keeps the text as you first sent it.")


def test_a_message_that_was_too_long_and_is_shortened_after_complete_is_told_of(describing):
    too_long = send(describing, "x" * 256)
    describing.send("Only the shop.")
    describing.press("Complete")

    edit(describing, too_long, "It began at 8.")

    assert describing.last.html.startswith("Ticket #1043 keeps the text as you first sent it.")


def test_a_subject_that_was_refused_never_becomes_a_part_of_the_message(chat):
    chat.send("/createticket")
    chat.press("Technical support · Free")
    refused = send(chat, "x" * 121)
    chat.send("Website is slow")
    chat.press("Skip")

    edit(chat, refused, "Website is slow since eight")

    assert chat.state.dialogue.text == ""
