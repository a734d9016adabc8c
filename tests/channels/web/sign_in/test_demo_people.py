"""Continue as Alice: only in the demo, and only from this very machine."""

import pytest
from django.test import Client

from tests.people import House


@pytest.fixture
def demo(settings) -> None:
    settings.DEMO = True


@pytest.mark.usefixtures("demo")
def test_one_press_signs_a_demo_person_in(house: House) -> None:
    client = Client()

    response = client.post("/sign-in/as/alice/", {"next": "/northhost/account/"})

    assert response.headers["Location"] == "/northhost/account/"
    assert "alice@client.example" in client.get("/northhost/account/").content.decode()


@pytest.mark.usefixtures("demo")
def test_the_page_offers_the_three_of_them(house: House) -> None:
    html = Client().get("/sign-in/").content.decode()

    for name in ("Alice", "Sam", "Ada"):
        assert f"Continue as {name}" in html


@pytest.mark.usefixtures("demo")
def test_other_machines_are_not_offered_it(house: House) -> None:
    abroad = Client(REMOTE_ADDR="192.0.2.1")

    assert "Continue as" not in abroad.get("/sign-in/").content.decode()
    assert abroad.post("/sign-in/as/alice/").status_code == 404


@pytest.mark.usefixtures("demo")
def test_nobody_else_can_be_continued_as(house: House) -> None:
    assert Client().post("/sign-in/as/hana/").status_code == 404
    assert Client().get("/sign-in/as/alice/").status_code == 405


def test_outside_the_demo_there_is_no_such_address(house: House) -> None:
    assert "Continue as" not in Client().get("/sign-in/").content.decode()
    assert Client().post("/sign-in/as/alice/").status_code == 404
