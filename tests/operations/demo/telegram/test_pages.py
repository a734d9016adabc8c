"""The demo's phone: what is sent, pressed and attached reaches the sandbox, by script or not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from frontdesk.accounts.models import TelegramLink
from frontdesk.operations.demo.telegram.personas import connect_demo_bot
from tests.channels.telegram.sandbox import TOKEN, running_sandbox
from tests.factories import PNG

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.operations.demo.telegram.demo_urls"),
]
PAGE = "/demo/telegram/"


@pytest.fixture
def sandbox(settings):
    with running_sandbox() as running:
        settings.TELEGRAM_SANDBOX_URL = running.url
        yield running


def updates(sandbox):
    return sandbox.api("getUpdates").json()["result"]


def test_what_is_typed_reaches_the_bot(client, sandbox):
    answer = client.post(f"{PAGE}write/", {"as": "alice", "text": "/start"})

    assert answer.status_code == 303
    assert updates(sandbox)[0]["message"]["text"] == "/start"
    assert '<span class="cmd">/start</span>' in client.get(f"{PAGE}?as=alice").text


def test_script_gets_an_empty_answer_and_only_the_news(client, sandbox):
    headers = {"X-Requested-With": "fetch"}
    client.post(f"{PAGE}write/", {"as": "alice", "text": "hello"}, headers=headers)

    first = client.get(f"{PAGE}news/?as=alice&after=0").json()
    again = client.get(f"{PAGE}news/?as=alice&after={first['version']}").json()

    assert len(first["bubbles"]) == 1
    assert again["bubbles"] == []


def test_files_go_as_an_album(client, sandbox):
    files = [SimpleUploadedFile(f"{n}.png", PNG, "image/png") for n in (1, 2)]

    client.post(f"{PAGE}write/", {"as": "alice", "text": "Both", "files": files})

    assert len({update["message"]["media_group_id"] for update in updates(sandbox)}) == 1


def test_buttons_of_the_bot_are_real_buttons_that_press(client, sandbox):
    client.post(f"{PAGE}write/", {"as": "alice", "text": "hi"})
    keyboard = {"inline_keyboard": [[{"text": "New ticket", "callback_data": "new:"}]]}
    sent = sandbox.api("sendMessage", chat_id=501, text="x", reply_markup=keyboard).json()
    page = client.get(f"{PAGE}?as=alice").text
    assert 'name="data" value="new:">New ticket</button>' in page

    client.post(
        f"{PAGE}press/",
        {"as": "alice", "message": sent["result"]["message_id"], "data": "new:"},
    )

    assert updates(sandbox)[-1]["callback_query"]["data"] == "new:"


def test_words_of_the_bot_keep_their_marks_and_nothing_else(client, sandbox):
    client.post(f"{PAGE}write/", {"as": "alice", "text": "hi"})
    text = '<b>Bold</b> <a href="https://a.example/">a</a> &lt;script&gt;'
    sandbox.api("sendMessage", chat_id=501, text=text, parse_mode="HTML")

    page = client.get(f"{PAGE}?as=alice").text

    assert "<b>Bold</b>" in page
    assert "&lt;script&gt;" in page


def test_typed_markup_is_shown_and_not_obeyed(client, sandbox):
    client.post(f"{PAGE}write/", {"as": "alice", "text": "<b>x</b>"})

    assert "&lt;b&gt;x&lt;/b&gt;" in client.get(f"{PAGE}?as=alice").text


def test_image_is_shown_and_any_other_file_only_downloads(client, sandbox):
    page = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html")
    for file in (SimpleUploadedFile("1.png", PNG, "image/png"), page):
        client.post(f"{PAGE}write/", {"as": "alice", "text": "", "files": [file]})
    items = sandbox.phone(501).chat()

    image, other = (client.get(f"{PAGE}file/{item['files'][0]['id']}/") for item in items)

    assert (image["Content-Type"], image["Content-Disposition"]) == ("image/png", "inline")
    assert other["Content-Type"] == "application/octet-stream"
    assert other["Content-Disposition"] == "attachment"


def test_each_persona_has_an_own_chat(client, sandbox):
    client.post(f"{PAGE}write/", {"as": "alice", "text": "mine alone"})

    assert "mine alone" not in client.get(f"{PAGE}?as=carol").text


def test_cleared_chat_is_empty(client, sandbox):
    client.post(f"{PAGE}write/", {"as": "alice", "text": "old words"})

    client.post(f"{PAGE}clear/", {"as": "alice"})

    assert "old words" not in client.get(f"{PAGE}?as=alice").text


def test_page_says_so_when_the_sandbox_is_away(client, settings):
    settings.TELEGRAM_SANDBOX_URL = "http://127.0.0.1:9"

    page = client.get(PAGE)

    assert page.status_code == 200
    assert "does not answer" in page.text


def test_page_has_no_inline_style_or_script(client, sandbox):
    page = client.get(PAGE).text

    assert "style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page


@pytest.mark.urls("frontdesk.project.urls")
def test_outside_of_the_demo_there_is_no_phone(client):
    assert client.get(PAGE).status_code == 404


def test_demo_links_its_people_once(north, alice, carol):
    for _ in range(2):
        connect_demo_bot(provider=north, token=TOKEN, has_sandbox=True)

    assert sorted(TelegramLink.objects.values_list("chat_id", "user__name")) == [
        (501, alice.name),
        (502, carol.name),
    ]


def test_bot_of_another_server_begins_without_links(north, alice):
    connect_demo_bot(provider=north, token=TOKEN, has_sandbox=False)

    assert TelegramLink.objects.count() == 0
