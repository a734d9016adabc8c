"""The provider's billing says which accounts, members and services there are."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from frontdesk.accounts.models import Account, Member, Service, User
from frontdesk.billing.models import Gift
from frontdesk.support.models import Event
from tests.billing.money import pay_in, purse


def events():
    return list(
        Event.objects.order_by("id").values_list(
            "actor__name", "channel", "data__what", "data__act"
        )
    )


def test_an_account_is_created_once_and_changed_after(billing, north):
    made = billing.put("/accounts/c-7", {"name": "Corner Café ☕"})
    same = billing.put("/accounts/c-7", {"name": "Corner Café ☕"})
    renamed = billing.put("/accounts/c-7", {"name": "Corner Bistro"})

    assert [r.status_code for r in (made, same, renamed)] == [201, 200, 200]
    account = Account.objects.get(provider=north, external_id="c-7")
    assert account.name == "Corner Bistro"
    assert events() == [
        ("Ada Example", "api", "account", "created"),
        ("Ada Example", "api", "account", "changed"),
    ]


def test_a_new_account_gets_what_the_provider_gives_on_registration(billing, north):
    Gift.objects.create(provider=north, occasion="registration", quantity=2)

    answers = [billing.put("/accounts/c-7", {"name": "Corner Café"}) for _turn in range(2)]

    assert [answer.json()["available_tickets"] for answer in answers] == [2, 2]


def test_two_providers_use_the_same_id_for_their_own_accounts(billing, foreign, south):
    billing.put("/accounts/c-7", {"name": "Here"})

    answer = foreign.put("/accounts/c-7", {"name": "There"})

    assert answer.status_code == 201
    assert Account.objects.get(provider=south, external_id="c-7").name == "There"


def test_an_account_is_read_with_what_it_has(billing, known_bakery):
    pay_in(known_bakery, "20.00")

    answer = billing.get("/accounts/b-1")

    assert answer.json() == {
        "id": "b-1",
        "name": "Alice's Bakery",
        "balance": "20.00",
        "currency": "EUR",
        "available_tickets": 0,
        "next_lapse_at": None,
        "next_lapse_tickets": 0,
    }


@pytest.mark.parametrize("path", ["/accounts/nobody", "/accounts/%20", "/accounts/nobody/ledger"])
@pytest.mark.usefixtures("bakery")
def test_an_account_that_billing_does_not_know_is_not_found(billing, path):
    answer = billing.get(path)

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_such_account")


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("/accounts/c-7", {}, 422, "name"),
        ("/accounts/c-7", {"name": " "}, 422, "name"),
        ("/accounts/c-7", {"name": "\x00"}, 422, "name"),
        ("/accounts/c-7", {"name": "x" * 121}, 422, "name"),
        ("/accounts/c-7", {"name": 7}, 422, "name"),
        ("/accounts/c-7", {"name": "\ud800"}, 422, "name"),
        ("/accounts/c-7", {"name": "A", "nmae": "B"}, 422, "nmae"),
        (f"/accounts/{'x' * 65}", {"name": "A"}, 422, "account_id"),
        ("/accounts/%20", {"name": "A"}, 422, "account_id"),
        ("/accounts/a%00b", {"name": "A"}, 422, "account_id"),
        ("/accounts/c-7", [], 422, ""),
    ],
)
def test_a_senseless_account_is_refused_at_its_field(billing, house, path, body, status, field):
    before = Account.objects.count()

    answer = billing.put(path, body)

    assert answer.status_code == status, answer.content
    assert list(answer.json()["error"]["fields"]) == [field]
    assert Account.objects.count() == before


@pytest.mark.usefixtures("house")
def test_ids_and_names_of_any_script_come_back_as_they_were(billing):
    path = "/accounts/%D0%9A-%E2%84%961"

    answer = billing.put(path, {"name": "Пекарня «Алиса» 🥐"})

    assert answer.json()["id"] == "К-№1"
    assert billing.get(path).json()["name"] == "Пекарня «Алиса» 🥐"


def test_a_member_is_invited_once_and_his_place_changed_after(billing, known_bakery):
    eve = {"email": " Eve@Client.example ", "name": "Eve"}

    made = billing.post("/accounts/b-1/members", eve)
    same = billing.post("/accounts/b-1/members", eve)
    owner = billing.post("/accounts/b-1/members", {**eve, "is_owner": True})

    assert [r.status_code for r in (made, same, owner)] == [201, 200, 200]
    assert owner.json() == {
        "email": "eve@client.example",
        "name": "Eve",
        "right": "all",
        "is_owner": True,
    }
    assert not User.objects.get(email="eve@client.example").has_usable_password()
    assert ProcrastinateJob.objects.filter(task_name="send_password_link").count() == 1


def test_who_is_known_already_keeps_his_name(billing, known_bakery, carol):
    answer = billing.post("/accounts/b-1/members", {"email": carol.email, "name": "Mallory"})

    assert answer.json()["name"] == carol.name
    assert Member.objects.get(account=known_bakery, user=carol).right == "own"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\nBcc: x@y.example"}, "email"),
        ({"email": ""}, "email"),
        ({"name": ""}, "name"),
        ({"right": "every"}, "right"),
    ],
)
@pytest.mark.usefixtures("known_bakery")
def test_a_senseless_member_is_refused_at_its_field(billing, change, field):
    before = User.objects.count()

    answer = billing.post(
        "/accounts/b-1/members", {"email": "e@client.example", "name": "E", **change}
    )

    assert answer.status_code == 422, answer.content
    assert list(answer.json()["error"]["fields"]) == [field]
    assert User.objects.count() == before


def test_a_service_is_added_and_brought_up_to_date(billing, known_bakery):
    path, facts = "/accounts/b-1/services/vps-9", {"name": "shop-2", "kind": "vps", "plan": "M"}

    made = billing.put(path, facts)
    same = billing.put(path, facts)
    changed = billing.put(
        path, {**facts, "status": "suspended", "expires_on": "2027-01-31", "plan": "L"}
    )

    assert [r.status_code for r in (made, same, changed)] == [201, 200, 200]
    assert changed.json() == {
        "id": "vps-9",
        "account": "b-1",
        "name": "shop-2",
        "kind": "vps",
        "plan": "L",
        "status": "suspended",
        "expires_on": "2027-01-31",
    }
    assert Service.objects.get(external_id="vps-9").account == known_bakery
    assert [event[2:] for event in events()] == [("service", "created"), ("service", "changed")]


def test_another_accounts_service_stays_where_it_is(billing, known_bakery, carols_vps):
    path = f"/accounts/b-1/services/{carols_vps.external_id}"

    answer = billing.put(path, {"name": "mine now"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "taken")
    carols_vps.refresh_from_db()
    assert carols_vps.name == "carol-1"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "boat"}, "kind"),
        ({"status": "gone"}, "status"),
        ({"expires_on": "31.01.2027"}, "expires_on"),
        ({"name": ""}, "name"),
        ({"plan": "x" * 121}, "plan"),
    ],
)
@pytest.mark.usefixtures("known_bakery")
def test_a_senseless_service_is_refused_at_its_field(billing, change, field):
    answer = billing.put("/accounts/b-1/services/vps-9", {"name": "shop", **change})

    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [field]
    assert not Service.objects.filter(external_id="vps-9").exists()


def test_what_was_refused_left_nothing_behind(billing, known_bakery):
    billing.put("/accounts/b-1/services/vps-9", {"name": ""})

    assert purse(known_bakery) == ("0.00", 0)
    assert events() == []
