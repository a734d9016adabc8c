"""The desk's pages of clients."""

import pytest

from frontdesk.accounts.models import Account, Member
from frontdesk.support.actions.add_client_note import add_client_note
from tests.channels.web.client.browser import Browser, field_of, place_in, text_of
from tests.factories import a_ticket, new_key
from tests.people import House, as_staff

CANARY = "Pays late, be firm"


@pytest.fixture
def sam(house: House) -> Browser:
    return Browser(house.sam)


@pytest.fixture
def hana(house: House) -> Browser:
    return Browser(house.hana)


def a_note_about(house: House, text: str = CANARY) -> int:
    by = as_staff(house.sam)
    return add_client_note(by=by, account_id=house.bakery.pk, text=text, key=new_key()).pk


@pytest.mark.parametrize("words", ["bakery", "BOB@client", "Alice Ex", "shop.bakery", "vps-1001"])
def test_a_client_is_found_by_name_people_and_services(sam: Browser, words: str) -> None:
    text = text_of(sam.open("desk_clients", q=words))

    assert "Alice's Bakery" in text
    assert "Carol Consulting" not in text


def test_clients_of_another_provider_are_not_there(house: House, sam: Browser) -> None:
    assert "Dora Design" in text_of(sam.open("desk_clients", q="dora"))
    assert sam.open("desk_client", house.doras_south_account.pk).status_code == 404
    assert "c-1" not in text_of(sam.open("desk_client", house.doras_account.pk))


def test_a_client_has_people_services_and_the_tickets_that_one_may_read(
    house: House, sam: Browser
) -> None:
    a_ticket(house.bob, house.technical, "The shop is slow")
    a_ticket(house.alice, house.sales, "What does it cost")

    text = text_of(sam.open("desk_client", house.bakery.pk))

    for words in (
        "alice@client.example Owner",
        "bob@client.example Own tickets",
        "vps-1001",
        "The shop is slow",
    ):
        assert words in text
    assert "What does it cost" not in text


@pytest.mark.parametrize("tickets", [1, 30])
def test_the_pages_ask_no_more_for_more(
    house: House, sam: Browser, tickets: int, django_assert_max_num_queries
) -> None:
    for _ in range(tickets):
        a_ticket(house.alice, house.technical)

    with django_assert_max_num_queries(6):
        sam.open("desk_client", house.bakery.pk)
    with django_assert_max_num_queries(6):
        sam.open("desk_clients", q="example")


def test_a_client_is_found_by_its_id_in_the_billing(house: House, sam: Browser) -> None:
    Account.objects.filter(pk=house.bakery.pk).update(external_id="c-4711")

    assert "Alice's Bakery" in text_of(sam.open("desk_clients", q="C-4711"))


def test_the_list_goes_on_and_back_by_names(house: House, sam: Browser) -> None:
    Account.objects.bulk_create(
        Account(provider=house.north, name=f"Zebra {n // 2:03}") for n in range(100)
    )

    first = sam.open("desk_clients")
    second = sam.open("desk_clients", after=place_in(first, "after"))
    third = sam.open("desk_clients", after=place_in(second, "after"))
    back = sam.open("desk_clients", before=place_in(third, "before"))

    names = [line.split("</bdi>")[0] for line in third.content.decode().split("strong")[1:]]
    assert "Zebra 049" in names[-1]
    assert place_in(third, "after") == ""
    assert text_of(back) == text_of(second)
    assert place_in(first, "before") == ""


@pytest.mark.parametrize("place", ["x", "-1", "9" * 30, "0"])
def test_a_place_that_was_made_up_is_the_beginning(sam: Browser, place: str) -> None:
    response = sam.open("desk_clients", after=place, before=place)

    assert "Alice's Bakery" in text_of(response)


def test_a_head_adds_a_client(hana: Browser) -> None:
    form = {"key": new_key(), "account_name": "Eve's Eggs", "external_id": "c-1"}
    response = hana.send("desk_new_client", **form, email="eve@client.example", name="Eve")

    account = Account.objects.get(name="Eve's Eggs")
    assert response.headers["Location"] == f"/northhost/desk/clients/{account.pk}/"
    assert "eve@client.example" in text_of(hana.open("desk_client", account.pk))


def test_what_was_done_is_said_on_the_clients_page(house: House, hana: Browser) -> None:
    fields = {"email": "dora@client.example", "name": "Dora", "right": "own"}

    answer = hana.send("desk_client_invite", house.bakery.pk, **fields)

    assert "dora@client.example" in text_of(hana.client.get(answer.headers["Location"]))
    assert "is invited" not in text_of(hana.open("desk"))


def test_a_form_that_is_wrong_comes_back_as_typed(house: House, hana: Browser) -> None:
    Account.objects.filter(pk=house.bakery.pk).update(external_id="c-1")
    form = {"account_name": "Eve's Eggs", "external_id": "c-1", "email": "eve@x.example"}

    response = hana.send("desk_new_client", key=new_key(), **form, name="Eve")

    assert response.status_code == 422
    assert "Another client has this id." in text_of(response)
    assert {name: field_of(response, name) for name in form} == form
    assert not Account.objects.filter(name="Eve's Eggs").exists()


def test_a_head_calls_a_client_by_another_name(house: House, hana: Browser) -> None:
    hana.send("desk_edit_client", house.bakery.pk, account_name="The Bakery", external_id="b-9")

    text = text_of(hana.open("desk_client", house.bakery.pk))
    assert "The Bakery" in text
    assert "b-9" in text


def test_a_head_invites_a_person_to_an_account(house: House, hana: Browser) -> None:
    form = {"email": "eve@client.example", "name": "Eve", "right": "all"}
    hana.send("desk_client_invite", house.bakery.pk, **form)
    again = hana.send("desk_client_invite", house.bakery.pk, **form)

    assert Member.objects.get(user__email="eve@client.example").right == "all"
    assert again.status_code == 422
    assert "This person is here already." in text_of(again)
    assert field_of(again, "email") == "eve@client.example"


@pytest.mark.parametrize(("right", "is_owner"), [("owner", True), ("all", False), ("own", False)])
def test_a_head_says_what_a_member_reads(house: House, hana: Browser, right, is_owner) -> None:
    place = house.alice.memberships.get()

    hana.send("desk_client_right", house.bakery.pk, place.pk, right=right)

    place.refresh_from_db()
    assert (place.is_owner, place.right) == (is_owner, "own" if right == "own" else "all")


def test_a_member_is_removed_at_the_second_press(house: House, hana: Browser) -> None:
    place = house.bob.memberships.get()

    asked = hana.send("desk_client_remove", house.bakery.pk, place.pk)
    assert "Remove Bob Example?" in text_of(asked)
    assert house.bob.memberships.exists()
    hana.send("desk_client_remove", house.bakery.pk, place.pk, confirmed="1")

    assert not house.bob.memberships.exists()


def test_a_member_is_looked_for_in_his_own_account_only(house: House, hana: Browser) -> None:
    place = house.carol.memberships.get()

    for name in ("desk_client_right", "desk_client_remove"):
        response = hana.send(name, house.bakery.pk, place.pk, right="own", confirmed="1")
        assert response.status_code == 404
    assert house.carol.memberships.filter(is_owner=True).exists()


def test_an_agent_sees_nothing_that_he_may_not_do(house: House, sam: Browser) -> None:
    html = sam.open("desk_client", house.bakery.pk).content.decode()

    assert "/people/" not in html
    assert "/edit/" not in html
    assert "/clients/new/" not in sam.open("desk_clients").content.decode()


def test_a_note_about_a_client_stands_there_and_beside_each_ticket(
    house: House, sam: Browser
) -> None:
    ticket = a_ticket(house.alice, house.technical)
    sam.send("desk_client_note", house.bakery.pk, key=new_key(), message=CANARY)

    for page in (sam.open("desk_client", house.bakery.pk), sam.open("desk_ticket", ticket.pk)):
        text = text_of(page)
        assert CANARY in text
        assert "Sam Example" in text


def test_a_note_that_is_too_long_comes_back(house: House, sam: Browser) -> None:
    text = "x" * 2001
    response = sam.send("desk_client_note", house.bakery.pk, key="k-1", message=text)

    assert response.status_code == 422
    assert field_of(response, "message") == text
    assert field_of(response, "key") == "k-1"


def test_a_note_is_removed_by_its_author_and_asks_first(house: House, sam: Browser) -> None:
    note = a_note_about(house)

    assert CANARY in text_of(sam.send("desk_client_note_remove", house.bakery.pk, note))
    sam.send("desk_client_note_remove", house.bakery.pk, note, confirmed="1")

    assert CANARY not in text_of(sam.open("desk_client", house.bakery.pk))


def test_a_colleague_removes_no_note_of_another(house: House) -> None:
    note = a_note_about(house)
    omar = Browser(house.omar)

    response = omar.send("desk_client_note_remove", house.bakery.pk, note, confirmed="1")

    assert response.status_code == 404
    assert CANARY in text_of(omar.open("desk_client", house.bakery.pk))


def test_no_page_of_the_client_has_a_note_about_him(house: House) -> None:
    a_note_about(house)
    ticket = a_ticket(house.alice, house.technical)
    alice = Browser(house.alice)
    names = ["client_home", "tickets", "new_ticket", "notifications", "account", "services"]

    pages = [alice.open(name) for name in [*names, "ledger", "ledger_csv"]]
    pages.append(alice.open("ticket", ticket.pk))

    assert [page for page in pages if CANARY in page.content.decode()] == []


def test_staff_read_what_the_files_of_a_client_weigh(house: House, sam: Browser) -> None:
    Account.objects.filter(pk=house.bakery.pk).update(stored_bytes=1536)

    assert "files: 2 KB of 20 GB" in text_of(sam.open("desk_client", house.bakery.pk))


def test_the_number_of_a_client_is_on_his_page_and_in_the_list(house: House, sam: Browser) -> None:
    number = f"#{house.bakery.pk} · "

    assert number in text_of(sam.open("desk_client", house.bakery.pk)).partition("Tickets")[0]
    assert f"{number}{house.alice.email}" in text_of(sam.open("desk_clients"))
