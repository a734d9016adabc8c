"""Where pages find their stream: under the name by which the reader came."""

import pytest
from django.conf import settings

from frontdesk.channels.web.live.origins import live_url_for


@pytest.fixture(autouse=True)
def _forget():
    live_url_for.cache_clear()
    yield
    live_url_for.cache_clear()


@pytest.mark.parametrize(
    ("live_url", "host", "expected"),
    [
        ("http://localhost:9001/live/", "localhost:8000", "http://localhost:9001/live/"),
        ("http://localhost:9001/live/", "127.0.0.1:8000", "http://127.0.0.1:9001/live/"),
        ("http://127.0.0.1:9001/live/", "localhost:8000", "http://localhost:9001/live/"),
        ("http://localhost:9001/live/", "help.example", "http://localhost:9001/live/"),
        ("https://live.example/live/", "127.0.0.1:8000", "https://live.example/live/"),
        ("/live/", "127.0.0.1:8000", "/live/"),
    ],
)
def test_stream_has_the_host_that_the_session_cookie_is_for(monkeypatch, live_url, host, expected):
    monkeypatch.setattr(settings, "LIVE_URL", live_url)

    assert live_url_for(host) == expected


def test_page_names_its_stream_and_when_it_was_asked_for(client, alice):
    client.force_login(alice)

    page = client.get("/northhost/tickets/").content.decode()

    assert 'data-live="/live/northhost/"' in page
    assert 'data-asked-at="1' in page
