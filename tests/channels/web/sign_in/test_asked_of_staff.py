"""A provider asks staff for a second step: without it nothing of the desk is reached."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from frontdesk.accounts.models import Member, Provider, User
from frontdesk.channels.web.live.audience import audiences
from tests.channels.web.audiences import Scene, Who
from tests.channels.web.sign_in.people import signed_in
from tests.channels.web.sign_in.test_second_step import connect_app
from tests.channels.web.strangers import RULES
from tests.channels.web.test_strangers import scene  # noqa: F401 - a fixture
from tests.factories import a_note, a_ticket
from tests.people import House, as_staff

DESK_ONLY = (Who.STAFF, Who.STAFF_OF_THE_DEPARTMENT, Who.HEADS, Who.ADMINISTRATORS)
ASKED = [name for name, rule in RULES.items() if rule.who in DESK_ONLY]


@pytest.fixture
def asking(house: House) -> Provider:
    """North Host asks for it."""
    Provider.objects.filter(pk=house.north.pk).update(staff_need_second_step=True)
    return house.north


def passkey_of(user: User) -> Authenticator:
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})


@pytest.mark.parametrize("name", ASKED)
def test_no_page_of_the_desk_opens_without_it(asking, scene: Scene, name: str) -> None:  # noqa: F811
    rule, client = RULES[name], Client()
    client.force_login(scene.house.ada)

    response = getattr(client, rule.method)(
        reverse(name, args=rule.arguments(scene)), dict(rule.form)
    )

    assert (response.status_code, response.headers["Location"]) == (303, "/security/")


@pytest.mark.parametrize(
    ("name", "method"),
    [("client_home", "get"), ("account", "get"), ("upload", "post"), ("keep_draft", "post")],
)
def test_neither_does_what_staff_share_with_clients(asking, house, name: str, method: str) -> None:
    client = Client()
    client.force_login(house.sam)

    response = getattr(client, method)(reverse(name, args=["northhost"]))

    assert response.headers["Location"] == "/security/"


def test_a_file_stays_closed_to_staff_without_it(asking, scene: Scene) -> None:  # noqa: F811
    client = Client()
    client.force_login(scene.house.sam)

    response = client.get(reverse("download", args=["northhost", scene.attachment.pk]))

    assert response.headers["Location"] == "/security/"


def test_a_script_is_told_where_to_go(asking, house: House) -> None:
    client = Client()
    client.force_login(house.sam)

    response = client.get("/northhost/desk/", headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Redirect"]) == (403, "/security/")


def test_the_live_stream_tells_such_staff_nothing(asking, house: House) -> None:
    place = (house.sam.pk, "northhost")

    assert place not in audiences([place])
    passkey_of(house.sam)
    assert audiences([place])[place].staff is not None


def test_who_sets_it_up_goes_on_to_the_desk(asking, house: House) -> None:
    client = signed_in(house.sam)
    client.get("/northhost/desk/")

    told = client.get("/security/").content.decode()
    connect_app(client)
    after = client.get("/security/").content.decode()

    assert "North Host asks staff for a second step." in told
    assert "asks staff" not in after
    assert "Go on to the desk of North Host" in after
    assert client.get("/northhost/desk/").status_code == 200


def test_a_passkey_is_a_second_step_too(asking, house: House) -> None:
    passkey_of(house.sam)
    client = Client()
    client.force_login(house.sam)

    assert client.get("/northhost/desk/").status_code == 200


def test_recovery_codes_alone_are_none(asking, house: House) -> None:
    kind = Authenticator.Type.RECOVERY_CODES
    Authenticator.objects.create(user=house.sam, type=kind, data={"seed": "x"})
    client = Client()
    client.force_login(house.sam)

    assert client.get("/northhost/desk/").status_code == 303


def test_who_switches_it_off_again_is_stopped_again(asking, house: House) -> None:
    key, client = passkey_of(house.sam), Client()
    client.force_login(house.sam)
    assert client.get("/northhost/desk/").status_code == 200

    key.delete()

    assert client.get("/northhost/desk/").status_code == 303


def test_clients_and_other_providers_are_not_asked(asking, house: House) -> None:
    for user, address in [(house.alice, "/northhost/"), (house.sven, "/southcloud/desk/")]:
        client = Client()
        client.force_login(user)
        assert client.get(address).status_code == 200


def test_staff_who_are_clients_too_go_on_as_clients_only(asking, house: House) -> None:
    Member.objects.create(provider=house.north, account=house.bakery, user=house.sam)
    ticket = a_ticket(house.alice, house.technical, "Only Alice's")
    a_note(as_staff(house.ada), ticket, "Only staff's")
    client = Client()
    client.force_login(house.sam)

    assert client.get("/northhost/account/").status_code == 200
    assert client.get(f"/northhost/desk/tickets/{ticket.pk}/").status_code == 303
    assert client.get(f"/northhost/tickets/{ticket.pk}/").status_code == 404


def test_where_nobody_asks_the_desk_opens_by_password_alone(house: House) -> None:
    assert signed_in(house.sam).get("/northhost/desk/").status_code == 200


def test_the_asking_costs_no_query_more(
    asking, house: House, django_assert_max_num_queries
) -> None:
    passkey_of(house.sam)
    client = Client()
    client.force_login(house.sam)

    with django_assert_max_num_queries(6):
        client.get("/northhost/desk/")
