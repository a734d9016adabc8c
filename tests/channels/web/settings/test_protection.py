"""Administrators ask staff for a second step, and limit what the files of a client weigh."""

import pytest
from django.test import Client

from frontdesk.accounts.models import Provider
from frontdesk.accounts.models.provider import GIBIBYTE
from frontdesk.support import errors
from frontdesk.support.actions.save_protection import Protection, save_protection
from frontdesk.support.models import Event
from tests.channels.web.sign_in.people import make_sign_in_old, signed_in
from tests.people import House, as_staff

ADDRESS = "/northhost/settings/security/"


@pytest.fixture
def ada(house: House) -> Client:
    return signed_in(house.ada)


def test_what_is_asked_is_saved_with_an_event_for_each_change(house: House, ada: Client) -> None:
    ada.post(ADDRESS, {"second_step": "on", "max_account": "1.5"})

    north = Provider.objects.get(pk=house.north.pk)
    acts = [(event.data["what"], event.data["act"]) for event in Event.objects.order_by("pk")]
    assert (north.staff_need_second_step, north.max_account_bytes) == (True, GIBIBYTE * 3 // 2)
    assert acts == [("second_step", "asked"), ("max_account_bytes", "changed")]


def test_who_asks_for_it_is_asked_himself(ada: Client) -> None:
    ada.post(ADDRESS, {"second_step": "on", "max_account": "20"})

    assert ada.get(ADDRESS).headers["Location"] == "/security/"


def test_the_page_names_who_has_no_second_step(ada: Client) -> None:
    html = ada.get(ADDRESS).content.decode()

    assert "Without a second step now: Ada Example, Hana Example" in html
    assert "Sven" not in html
    assert 'value="20"' in html


@pytest.mark.parametrize("typed", ["", "much", "0", "-5", "0.001", "9999999", "1e3", "NaN"])
def test_a_size_that_is_none_comes_back_as_typed(house: House, ada: Client, typed: str) -> None:
    response = ada.post(ADDRESS, {"max_account": typed})

    assert response.status_code == 422
    assert "Write a number of GB, such as 20" in response.content.decode()
    assert f'value="{typed}"' in response.content.decode()
    assert Provider.objects.get(pk=house.north.pk).max_account_bytes == 20 * GIBIBYTE


def test_an_old_sign_in_is_asked_for_the_password_first(house: House, ada: Client) -> None:
    make_sign_in_old(ada)

    response = ada.post(ADDRESS, {"second_step": "on", "max_account": "20"})

    assert response.headers["Location"].startswith("/security/confirm/")
    assert not Provider.objects.get(pk=house.north.pk).staff_need_second_step


@pytest.mark.parametrize("person", ["sam", "hana"])
def test_only_administrators_ask(house: House, person: str) -> None:
    with pytest.raises(errors.NotAllowed):
        save_protection(by=as_staff(getattr(house, person)), change=Protection(True, GIBIBYTE))
