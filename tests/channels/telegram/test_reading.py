"""What Telegram sends is read into the dialogue's own terms; what it is not is said."""

import pytest

from frontdesk.channels.telegram.reading import identity_of, named, read
from frontdesk.channels.telegram.steps.given import On

PERSON = {"id": 501, "is_bot": False, "first_name": "Alice", "username": "alice_bakes"}
CHAT = {"id": 501, "type": "private", "first_name": "Alice"}
DOCUMENT = {"file_id": "f", "file_name": "a.log", "file_size": 10}


def message(**content):
    return {"message": {"message_id": 7, "date": 1, "chat": CHAT, "from": PERSON} | content}


@pytest.mark.parametrize(
    ("text", "on", "argument"),
    [
        ("/start", On.START, ""),
        ("/start abc", On.START, "abc"),
        ("/start@northhost_bot abc", On.START, "abc"),
        ("/CreateTicket", On.CREATE, ""),
        ("/etc/nginx is broken", On.TEXT, ""),
        ("/unknown", On.TEXT, ""),
        ("say /start", On.TEXT, ""),
    ],
)
def test_commands_are_told_from_words(text, on, argument):
    given = read(message(text=text)).given

    assert (given.on, given.argument) == (on, argument)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"document": DOCUMENT}, "a.log"),
        ({"voice": {"file_id": "f", "file_size": 10}}, "voice3.ogg"),
        ({"video": {"file_id": "f", "file_name": "clip.mp4"}}, "clip.mp4"),
        ({"video_note": {"file_id": "f"}}, "video3.mp4"),
        ({"audio": {"file_id": "f"}}, "audio3.mp3"),
        ({"animation": {"file_id": "f"}, "document": {"file_id": "f"}}, "animation3.mp4"),
        ({"photo": [{"file_id": "small"}, {"file_id": "f", "file_size": 99}]}, "photo3.jpg"),
    ],
)
def test_files_of_every_kind_have_a_name(content, name):
    given = named(read(message(**content, caption="See")).given, 3)

    assert (given.on, given.file.name, given.file.file_id) == (On.FILE, name, "f")
    assert given.file.caption == "See"


@pytest.mark.parametrize("kind", ["sticker", "contact", "location", "poll", "venue", "dice"])
def test_other_kinds_are_known_as_such(kind):
    assert read(message(**{kind: {}})).given.on is On.OTHER


def test_service_messages_ask_for_nothing():
    reading = read(message(pinned_message={}))

    assert reading.given is None
    assert reading.reason == "a message without content"


def test_edit_carries_the_new_words_and_the_old_number():
    edited = message(text="New")["message"] | {"edit_date": 2}

    given = read({"edited_message": edited}).given

    assert (given.on, given.message_id, given.text) == (On.EDITED, 7, "New")


def test_words_deleted_under_a_file_are_an_edit_and_a_moving_place_is_none():
    photo = message(photo=[{"file_id": "f"}])["message"]
    moving = message(location={})["message"]

    assert read({"edited_message": photo}).given.text == ""
    assert read({"edited_message": moving}).reason == "an edit without text"


def test_press_without_a_message_is_still_the_persons():
    query = {"id": "1", "from": PERSON, "data": "list:0"}

    reading = read({"callback_query": query})

    assert (reading.chat.chat_id, reading.given.on, reading.pressed) == (501, On.LIST, 0)


def test_block_and_its_end_are_told_apart():
    for status, blocked in (("kicked", True), ("member", False)):
        change = {"chat": CHAT, "from": PERSON, "new_chat_member": {"status": status}}
        assert read({"my_chat_member": change}).has_blocked is blocked


def test_a_repeat_has_the_same_identity_and_a_new_update_another():
    first = {"update_id": 5, **message(text="one")}
    other = {"update_id": 5, "message": message(text="two")["message"] | {"message_id": 8}}

    assert identity_of(first) == identity_of({"update_id": 5, **message(text="one")})
    assert identity_of(first) != identity_of(other)


def test_a_first_name_is_not_shown_as_a_username():
    nameless = {"id": 501, "first_name": "Alice"}

    names = [
        read({"message": {"chat": {"id": 501, "type": "private"}, "from": sender, "text": "x"}})
        for sender in (PERSON, nameless)
    ]

    assert [one.chat.username for one in names] == ["@alice_bakes", "Alice"]
