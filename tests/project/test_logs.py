"""Logs are lines of JSON and hold no secret."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from frontdesk.project.logs import configure_logs

BOT_TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


@pytest.fixture
def lines(monkeypatch) -> Iterator[io.StringIO]:
    """Standard error as a machine reads it, with the program's own logging on it."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", stream)
    configure_logs()
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def only(stream: io.StringIO) -> dict[str, object]:
    (line,) = stream.getvalue().splitlines()
    entry: dict[str, object] = json.loads(line)
    return entry


def test_a_line_says_when_how_bad_and_where(lines):
    structlog.get_logger("frontdesk.test").warning("ticket_opened", ticket=1001)

    entry = only(lines)
    assert entry["event"] == "ticket_opened"
    assert entry["level"] == "warning"
    assert entry["logger"] == "frontdesk.test"
    assert entry["ticket"] == 1001
    assert "timestamp" in entry


def test_a_line_carries_the_id_of_its_request(lines):
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        logging.getLogger("django").warning("slow")

    assert only(lines)["request_id"] == "abc"


@pytest.mark.parametrize(
    "name", ["password", "new_password", "bot_token", "Authorization", "cookie", "SECRET_KEY"]
)
def test_values_of_secret_names_are_hidden(lines, name):
    structlog.get_logger("x").info("signed_in", **{name: "hunter2"}, inner={name: "hunter2"})

    assert "hunter2" not in lines.getvalue()
    assert only(lines)[name] == "[hidden]"


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://api.telegram.org/bot{BOT_TOKEN}/getMe failed",
        f"Authorization: Bearer {BOT_TOKEN}",
        f"postgresql://frontdesk:{BOT_TOKEN}@db.example/frontdesk",
    ],
)
def test_secrets_inside_texts_are_hidden(lines, text):
    logging.getLogger("x").error("failed: %s", text)

    assert "AAHdqTcv" not in lines.getvalue()


def test_secrets_inside_errors_are_hidden(lines):
    try:
        raise ValueError(f"bad token {BOT_TOKEN}")
    except ValueError:
        logging.getLogger("x").exception("failed")

    assert "ValueError" in str(only(lines)["exception"])
    assert BOT_TOKEN not in lines.getvalue()
