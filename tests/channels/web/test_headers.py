"""What every answer carries: a closed page, no caches, no way for others to use it."""

import re

import pytest
from django.template import engines
from django.test import Client

from tests.people import House


@pytest.fixture
def answer(house: House):
    client = Client()
    client.force_login(house.alice)
    return client.get("/northhost/")


def test_the_policy_is_closed_and_opened_only_as_needed(answer) -> None:
    policy = answer.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_pages_say_who_may_use_them(answer) -> None:
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_persons_page_is_kept_by_no_cache(answer) -> None:
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_page_has_no_inline_style_or_script(answer) -> None:
    html = answer.content.decode()

    assert not re.search(r"\sstyle=|\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_each_answer_has_a_request_id_of_its_own(house: House) -> None:
    ids = {Client().get("/sign-in/").headers["X-Request-Id"] for _ in range(3)}

    assert len(ids) == 3


def test_an_unknown_page_says_so_in_words_and_hides_what_exists(house: House) -> None:
    response = Client().get("/northhost/no-such-page/")

    assert response.status_code == 404
    assert "There is no such page here, or it is not shared with you." in response.content.decode()


def test_a_form_without_its_token_is_refused_in_words(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.alice)

    response = client.post("/northhost/drafts/", {"kind": "ticket"})

    assert response.status_code == 403
    assert "Your text is kept in this browser." in response.content.decode()


def test_the_theme_is_set_before_the_page_is_drawn(house: House) -> None:
    client = Client()
    client.cookies["theme"] = "dark"

    assert 'data-theme="dark"' in client.get("/sign-in/").content.decode()


def test_a_theme_cookie_is_not_obeyed_as_markup(house: House) -> None:
    client = Client()
    client.cookies["theme"] = '"><script>'

    assert "data-theme" not in client.get("/sign-in/").content.decode()


def test_the_providers_hue_comes_in_its_own_stylesheet(house: House) -> None:
    house.north.hue = 155
    house.north.save()

    response = Client().get("/northhost/brand.css")

    assert "--brand-hue: 155;" in response.content.decode()
    assert response.headers["Content-Type"].startswith("text/css")
    assert "public" in response.headers["Cache-Control"]


def test_templates_escape_what_they_are_given() -> None:
    template = engines["jinja2"].from_string("{{ text }}")

    assert template.render({"text": "<b>"}) == "&lt;b&gt;"


def test_a_name_that_is_not_ours_is_refused_on_a_page(db) -> None:
    response = Client(headers={"host": "evil.example"}).get("/")

    assert response.status_code == 400
    assert b"<h1" in response.content
