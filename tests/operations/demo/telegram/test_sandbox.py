"""The sandbox refuses what Telegram refuses, and its phones do what phones do."""

import threading

import pytest

from frontdesk.operations.demo.telegram.markup import BadMarkup, parse_html
from tests.channels.telegram.sandbox import TOKEN, running_sandbox
from tests.factories import PNG


@pytest.fixture
def sandbox():
    with running_sandbox() as running:
        running.phone(501)
        yield running


def updates(sandbox, **fields):
    return sandbox.api("getUpdates", **fields).json()["result"]


def test_bot_learns_its_name(sandbox):
    me = sandbox.api("getMe").json()

    assert me["result"]["username"] == "northhost_bot"


def test_wrong_token_is_unauthorized(sandbox):
    answer = sandbox.api("getMe", token="1:other")

    assert (answer.status_code, answer.json()["error_code"]) == (401, 401)


def test_unknown_method_is_not_found(sandbox):
    assert sandbox.api("sendDice", chat_id=501).status_code == 404


def test_updates_come_until_a_higher_offset_confirms_them(sandbox):
    sandbox.phone(501).send("hello")

    first = updates(sandbox)
    again = updates(sandbox)

    assert first == again
    assert updates(sandbox, offset=first[0]["update_id"] + 1) == []


def test_newer_poll_ends_the_older_one(sandbox):
    older = []
    thread = threading.Thread(
        target=lambda: older.append(sandbox.api("getUpdates", timeout=10).status_code)
    )
    thread.start()
    while not sandbox.calls("getUpdates"):
        pass

    sandbox.api("getUpdates", timeout=0)
    thread.join(5)

    assert older == [409]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "  "}, "message text is empty"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "<p>x</p>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "1 < 2", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "x", "chat_id": 999}, "chat not found"),
    ],
)
def test_bad_messages_are_refused_as_telegram_does(sandbox, fields, words):
    answer = sandbox.api("sendMessage", **{"chat_id": 501} | fields)

    assert answer.status_code == 400
    assert words in answer.json()["description"]


def test_4096_symbols_count_after_the_markup(sandbox):
    text = f"<b>{'x' * 4096}</b>"

    answer = sandbox.api("sendMessage", chat_id=501, text=text, parse_mode="HTML")

    assert answer.status_code == 200


def test_button_data_is_at_most_64_bytes(sandbox):
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "ж" * 33}]]}

    answer = sandbox.api("sendMessage", chat_id=501, text="x", reply_markup=keyboard)

    assert "BUTTON_DATA_INVALID" in answer.json()["description"]


def test_bot_that_was_blocked_is_forbidden(sandbox):
    sandbox.phone(501).block()

    answer = sandbox.api("sendMessage", chat_id=501, text="x")

    assert answer.status_code == 403
    assert answer.json()["description"] == "Forbidden: bot was blocked by the user"


def test_past_the_burst_comes_429_with_its_wait():
    with running_sandbox(burst=2) as sandbox:
        sandbox.phone(501)
        answers = [sandbox.api("sendMessage", chat_id=501, text="x") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["parameters"]["retry_after"] >= 1


def test_edit_without_a_change_is_refused(sandbox):
    sent = sandbox.api("sendMessage", chat_id=501, text="x").json()["result"]

    answer = sandbox.api("editMessageText", chat_id=501, message_id=sent["message_id"], text="x")

    assert "message is not modified" in answer.json()["description"]


def test_caption_is_at_most_1024_symbols(sandbox):
    answer = sandbox.http.post(
        f"/bot{TOKEN}/sendDocument",
        data={"chat_id": 501, "caption": "x" * 1025},
        files={"document": ("a.txt", b"a")},
    )

    assert "message caption is too long" in answer.json()["description"]


def test_what_is_no_image_is_no_photo(sandbox):
    answer = sandbox.http.post(
        f"/bot{TOKEN}/sendPhoto", data={"chat_id": 501}, files={"photo": ("a.png", b"a")}
    )

    assert "IMAGE_PROCESS_FAILED" in answer.json()["description"]


def test_album_of_the_phone_is_several_updates_with_one_caption(sandbox):
    sandbox.phone(501).attach(
        ("one.png", PNG, "image/png"), ("two.png", PNG, "image/png"), caption="Both"
    )

    messages = [update["message"] for update in updates(sandbox)]

    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["Both", None]


def test_file_is_fetched_by_its_path(sandbox):
    sandbox.phone(501).attach(("a.log", b"502\n", "text/plain"))
    file_id = updates(sandbox)[0]["message"]["document"]["file_id"]

    path = sandbox.api("getFile", file_id=file_id).json()["result"]["file_path"]

    assert sandbox.http.get(f"/file/bot{TOKEN}/{path}").content == b"502\n"


def test_press_is_answered_once(sandbox):
    phone = sandbox.phone(501)
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sandbox.api("sendMessage", chat_id=501, text="x", reply_markup=keyboard)
    phone.press("A")
    query = updates(sandbox)[0]["callback_query"]["id"]

    answers = [
        sandbox.api("answerCallbackQuery", callback_query_id=query, text="ok") for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 400]
    phone.chat()
    assert phone.toasts == ["ok"]


def test_asked_failure_happens_so_often_and_no_more(sandbox):
    sandbox.fail(status=503, method="sendMessage", times=2)

    codes = [sandbox.api("sendMessage", chat_id=501, text="x").status_code for _ in range(3)]

    assert codes == [503, 503, 200]


def test_markup_is_read_into_entities_of_utf16():
    text, entities = parse_html('😀 <b>a <i>b</i></b> <a href="https://x.y/?a=1&amp;b=2">c</a>')

    assert text == "😀 a b c"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 3, 3),
        ("italic", 5, 1),
        ("text_link", 7, 1),
    ]
    assert entities[2]["url"] == "https://x.y/?a=1&b=2"


def test_crossed_tags_are_refused():
    with pytest.raises(BadMarkup):
        parse_html("<b><i>x</b></i>")
