"""Services: one's own accounts' only, by pages, with the way to ask about each."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontdesk.accounts.models import Service
from tests.people import House

ADDRESS = "/northhost/account/services/"


def page_of(person, query: str = "") -> str:
    client = Client()
    client.force_login(person)
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return response.content.decode()


def many(house: House, count: int) -> None:
    Service.objects.bulk_create(
        Service(
            provider=house.north, account=house.bakery, external_id=f"v-{n}", name=f"many-{n:03}"
        )
        for n in range(count)
    )


def test_a_service_is_shown_with_the_way_to_ask_about_it(house: House) -> None:
    html = page_of(house.alice)

    assert house.vps.name in html
    assert house.vps.external_id in html
    assert f"/northhost/tickets/new/?service={house.vps.pk}" in html


def test_services_of_others_are_not_there(house: House) -> None:
    html = page_of(house.alice)

    assert house.carols_vps.name not in html


def test_another_providers_services_are_not_there(house: House) -> None:
    assert house.doras_south_vps.name not in page_of(house.dora)


def test_the_search_looks_in_names_and_ids(house: House) -> None:
    many(house, 3)

    html = page_of(house.alice, "?q=V-2")

    assert "many-002" in html
    assert "many-001" not in html
    assert "No service matches “zzz”." in page_of(house.alice, "?q=zzz")


def test_pages_go_on_where_the_last_one_ended(house: House) -> None:
    many(house, 60)
    first = page_of(house.alice)
    last = Service.objects.filter(account=house.bakery).order_by("name", "pk")[49]

    second = page_of(house.alice, f"?after={last.pk}")

    assert last.name in first
    assert "many-059" in second
    assert last.name not in second


def test_a_made_up_place_is_the_first_page(house: House) -> None:
    for key in (str(house.carols_vps.pk), "9" * 30, "x"):
        assert house.vps.name in page_of(house.alice, f"?after={key}")


def test_an_empty_list_says_so(house: House) -> None:
    Service.objects.all().delete()

    assert "No services yet. They appear here once you buy one." in page_of(house.alice)


def test_the_list_takes_at_most_six_queries_whatever_its_size(house: House) -> None:
    many(house, 60)
    client = Client()
    client.force_login(house.alice)

    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)

    assert len(queries) <= 6
