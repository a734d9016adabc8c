"""Canned replies: shared ones are the administrators', own ones are their owners'."""

import pytest
from django.test import Client

from frontdesk.support.models import CannedReply
from tests.people import House

FORM = {"title": "Hello", "text": "Hello {name},", "department": ""}
NEW = "/northhost/settings/canned/new/"


@pytest.fixture
def ada_at(house: House) -> Client:
    client = Client()
    client.force_login(house.ada)
    return client


def a_reply(house: House, **fields: object) -> CannedReply:
    return CannedReply.objects.create(
        provider=house.north, title="Restarted", text="It runs again.", **fields
    )


def address(reply: CannedReply, act: str = "") -> str:
    return f"/northhost/settings/canned/{reply.pk}/{act}"


def test_a_reply_is_made_for_everybody_or_a_department(house: House, ada_at: Client) -> None:
    ada_at.post(NEW, FORM)
    ada_at.post(NEW, FORM | {"department": house.sales.pk})

    departments = set(CannedReply.objects.values_list("department", flat=True))
    assert departments == {None, house.sales.pk}


def test_a_reply_is_changed(house: House, ada_at: Client) -> None:
    reply = a_reply(house)

    ada_at.post(address(reply), FORM)

    reply.refresh_from_db()
    assert (reply.title, reply.text) == ("Hello", "Hello {name},")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Fill this in."),
        ("text", " \n ", "Fill this in."),
        ("title", "Restarted", "There is one with this name already."),
        ("department", "999999", "Choose one from the list."),
        ("department", "x", "Choose one from the list."),
    ],
)
def test_a_wrong_value_comes_back_with_the_rest(
    house: House, ada_at: Client, field: str, value: str, words: str
) -> None:
    a_reply(house)

    response = ada_at.post(NEW, FORM | {"text": "Kept text"} | {field: value})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Kept text" in response.content.decode() or field == "text"
    assert CannedReply.objects.count() == 1


def test_deleting_asks_once_more(house: House, ada_at: Client) -> None:
    reply = a_reply(house)

    asked = ada_at.post(address(reply, "delete/"))
    assert CannedReply.objects.exists()
    ada_at.post(address(reply, "delete/"), {"confirmed": "1"})

    assert "Delete “Restarted”?" in asked.content.decode()
    assert not CannedReply.objects.exists()


def test_own_replies_of_staff_are_not_the_administrators(house: House, ada_at: Client) -> None:
    own = a_reply(house, owner=house.sam.staff_places.get())

    assert ada_at.get(address(own)).status_code == 404
    assert ada_at.post(address(own, "delete/"), {"confirmed": "1"}).status_code == 404
    assert "Restarted" not in ada_at.get("/northhost/settings/canned/").content.decode()


def test_another_providers_department_cannot_be_chosen(house: House, ada_at: Client) -> None:
    response = ada_at.post(NEW, FORM | {"department": house.south_support.pk})

    assert response.status_code == 422
    assert not CannedReply.objects.exists()
