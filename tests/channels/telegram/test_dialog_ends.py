"""How a dialogue ends unsent: by *Back*, *Cancel*, a newer command, or the clock."""

from frontdesk.channels.telegram.steps.given import Given, On


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


def test_a_day_later_what_was_written_is_shown_back(describing):
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
