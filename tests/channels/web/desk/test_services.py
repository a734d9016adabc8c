"""Staff keep the services of clients by hand; heads also from a list they looked at first."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontdesk.accounts.models import Service
from frontdesk.support.models import ServiceImport
from frontdesk.support.service_file import read_services
from tests.people import House

IMPORT = "/northhost/desk/services/import/"
HEADER = "account_id,service_id,name,kind,plan,status,expires_on\n"
FORM = {"name": "Blog", "service_id": "s-9", "kind": "vps", "status": "active"}


@pytest.fixture
def hana_at(house: House) -> Client:
    house.bakery.external_id = "A-1"
    house.bakery.save()
    client = Client()
    client.force_login(house.hana)
    return client


def uploaded(client: Client, text: str):
    file = BytesIO(text.encode())
    file.name = "list.csv"
    return client.post(IMPORT, {"file": file})


def previewed(client: Client, text: str) -> tuple[str, str]:
    """Return the address of the preview and the page."""
    address = uploaded(client, text).headers["Location"]
    return address, client.get(address).content.decode()


def test_a_service_is_added_from_the_card_of_the_client(house: House, hana_at: Client) -> None:
    address = f"/northhost/desk/clients/{house.bakery.pk}/services/new/"

    response = hana_at.post(address, {**FORM, "plan": "M", "expires_on": "2027-01-31"})

    assert response.status_code == 303
    service = Service.objects.get(external_id="s-9")
    assert (service.account, str(service.expires_on)) == (house.bakery, "2027-01-31")
    card = hana_at.get(f"/northhost/desk/clients/{house.bakery.pk}/").content.decode()
    assert f"/clients/{house.bakery.pk}/services/{service.pk}/" in card


def test_half_a_day_is_not_sent_as_no_day_at_all(house: House, hana_at: Client) -> None:
    page = hana_at.get(f"/northhost/desk/clients/{house.bakery.pk}/services/new/").content.decode()

    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if "expires_on" in f)
    assert "novalidate" not in form


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": " "}, "Fill this in."),
        ({"service_id": "vps-1002"}, "Another service has this id already."),
        ({"expires_on": "31.01.2027"}, "This is no day. Write it like 2027-01-31, or none."),
    ],
)
def test_a_wrong_value_comes_back_as_typed(house: House, hana_at: Client, typed, words) -> None:
    address = f"/northhost/desk/clients/{house.bakery.pk}/services/new/"

    response = hana_at.post(address, {**FORM, "plan": "Plan Ω", **typed})

    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert 'value="Plan Ω"' in html


def test_a_service_is_not_changed_through_another_client(house: House, hana_at: Client) -> None:
    address = f"/northhost/desk/clients/{house.bakery.pk}/services/{house.carols_vps.pk}/"

    assert hana_at.post(address, FORM).status_code == 404


def test_agents_add_and_change_services_but_import_none(house: House) -> None:
    client, card = Client(), f"/northhost/desk/clients/{house.bakery.pk}/"
    client.force_login(house.sam)
    client.post(f"{card}services/new/", FORM)
    added = Service.objects.get(external_id="s-9")

    client.post(f"{card}services/{added.pk}/", {**FORM, "plan": "VPS L"})

    html = client.get(card).content.decode()
    assert f"{card}services/{added.pk}/" in html
    assert "VPS L" in html
    assert client.get(IMPORT).status_code == 404
    assert IMPORT not in client.get("/northhost/desk/clients/").content.decode()


def test_the_preview_tells_each_row_and_changes_nothing(house: House, hana_at: Client) -> None:
    text = (
        HEADER + "A-1,vps-1001,shop.bakery.example,vps,VPS L,,\nA-1,s-9,Blog,,,,\nA-2,s-8,X,,,,\n"
    )

    _address, html = previewed(hana_at, text)

    assert "VPS L" in html
    assert "No client has the account id “A-2”." in html
    assert "Import 2 rows" in html
    assert "1 refused row is left out." in html
    assert not Service.objects.filter(external_id="s-9").exists()


def test_import_does_what_was_shown_and_says_so(house: House, hana_at: Client) -> None:
    address, html = previewed(hana_at, HEADER + "A-1,s-9,Blog,,,,\n")
    digest = re.search(r'name="digest" value="(\w+)"', html).group(1)

    hana_at.post(address, {"digest": digest})

    assert Service.objects.get(external_id="s-9").name == "Blog"
    assert "1 service was added," in hana_at.get(address).content.decode()


def test_an_import_of_what_was_not_shown_is_refused(house: House, hana_at: Client) -> None:
    address, _html = previewed(hana_at, HEADER + "A-1,s-9,Blog,,,,\n")

    response = hana_at.post(address, {"digest": "made-up"}, follow=True)

    assert "The services changed since you looked." in response.content.decode()
    assert not Service.objects.filter(external_id="s-9").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file has no rows."),
        ("account_id;service_id\nA;s\n", "does not name the column name."),
        (HEADER.replace("plan", "tariff") + "A-1,s,n,,,,\n", "“tariff”, which is no column"),
        (HEADER + 'A-1,s,"open,,,,\n', "a quotation mark is open"),
        (HEADER + "A,s,n,,,,\n" * 10_001, "The file has 10001 rows; up to 10000 can be read."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(hana_at: Client, text: str, words: str) -> None:
    response = uploaded(hana_at, text)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not ServiceImport.objects.exists()


def test_no_file_is_asked_for(hana_at: Client) -> None:
    assert "Choose a file first." in hana_at.post(IMPORT).content.decode()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A-1,vps-1002,X,,,,\n", "This service belongs to another client."),
        ("A-1,s,X,boat,,,\n", "The kind “boat” is none of: vps, dedicated,"),
        ("A-1,s,X,,,,tomorrow\n", "“tomorrow” is no day. Write it like 2027-01-31."),
        ("A-1,s,,,,,\n", "The name is empty."),
        (",s,X,,,,\n", "The account id is empty."),
        ("A-1,s,X\n", "It has 3 cells, not as many as the first line."),
        ("A-1,s,100% sure,,,,x\n", "“x” is no day."),
        ("100%s,s,X,,,,\n", "No client has the account id “100%s”."),
    ],
)
def test_a_refused_row_says_why_in_plain_words(hana_at: Client, row: str, words: str) -> None:
    _address, html = previewed(hana_at, HEADER + row)

    assert words in html
    assert "There is nothing to import." in html


def test_the_template_is_a_file_that_can_be_read(hana_at: Client) -> None:
    response = hana_at.get("/northhost/desk/services/template.csv")

    assert len(read_services(response.content)) == 3


def test_a_big_list_is_shown_by_pages_in_few_queries(house: House, hana_at: Client) -> None:
    rows = "".join(f"A-1,s-{n},Service {n},vps,L,active,2027-01-31\n" for n in range(3_000))
    address = uploaded(hana_at, HEADER + rows).headers["Location"]

    with CaptureQueriesContext(connection) as queries:
        html = hana_at.get(address, {"show": "new", "page": "14"}).content.decode()

    assert len(queries) <= 7
    assert "Service 2999" in html
    assert "Service 2799<" not in html
    assert "Import 3000 rows" in html
