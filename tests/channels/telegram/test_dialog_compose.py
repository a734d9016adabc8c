"""The last step: messages and files are collected within the limits and sent as one."""

from frontdesk.channels.telegram.steps.given import Why
from tests.channels.telegram.imagined import DESCRIBE


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


def test_hidden_department_is_told_and_everything_else_stays(describing):
    describing.send("It began at 8.")
    describing.refuse_next = Why.DEPARTMENT

    describing.press("Complete")

    assert describing.last.html == (
        "This department takes no new tickets now.\n\nChoose a department."
    )
    assert describing.state.dialogue.text == "It began at 8."


def test_file_that_turns_out_too_large_for_telegram_is_refused_with_telegrams_limit(describing):
    describing.refuse_next = Why.TOO_LARGE_FOR_TELEGRAM

    describing.attach("dump.sql", size=0)

    assert describing.last.html == (
        "“dump.sql” is &gt; 20 MB; by Telegram up to 20 MB can be sent. Use the account area for "
        "larger files."
    )
