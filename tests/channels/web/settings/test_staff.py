"""Staff: invited, given roles and departments, let go; asked for the password before."""

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from frontdesk.accounts.models import Staff, User
from frontdesk.support.actions.take import take
from tests.channels.web.sign_in.people import PASSWORD, signed_in
from tests.factories import a_ticket
from tests.people import House, as_staff


@pytest.fixture
def ada_at(house: House) -> Client:
    return signed_in(house.ada)


def place(user: User) -> Staff:
    return user.staff_places.get()


def address(user: User) -> str:
    return f"/northhost/settings/staff/{place(user).pk}/"


def invite(client: Client, email: str, **fields: object):
    form = {"email": email, "name": "Nina New", "role": "agent", **fields}
    return client.post("/northhost/settings/staff/new/", form)


def test_a_new_person_is_invited_by_mail(house: House, ada_at: Client) -> None:
    invite(ada_at, "Nina@Northhost.example", departments=[house.sales.pk])

    nina = User.objects.get(email="nina@northhost.example")
    assert not nina.has_usable_password()
    assert list(place(nina).departments.all()) == [house.sales]
    job = ProcrastinateJob.objects.get(task_name="send_password_link")
    assert job.args == {"user_id": nina.pk, "provider_id": house.north.pk}


def test_a_known_person_keeps_name_and_password(house: House, ada_at: Client) -> None:
    invite(ada_at, house.sven.email)

    house.sven.refresh_from_db()
    assert house.sven.name == "Sven Example"
    assert house.sven.staff_places.count() == 2


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Write an e-mail address."),
        ("nina", "Write a whole e-mail address, such as name@example.com."),
        ("sam@northhost.example", "This person is here already."),
    ],
)
def test_a_wrong_invitation_comes_back(
    house: House, ada_at: Client, email: str, words: str
) -> None:
    response = invite(ada_at, email, departments=[house.sales.pk])

    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert 'value="Nina New"' in html
    assert f'value="{house.sales.pk}" checked' in html
    assert not ProcrastinateJob.objects.exists()


def test_a_changed_role_ends_the_persons_sessions(house: House, ada_at: Client) -> None:
    sams = signed_in(house.sam)

    ada_at.post(address(house.sam), {"role": "head"})

    assert place(house.sam).role == "head"
    assert sams.get("/northhost/account/").status_code == 302
    assert ada_at.get("/northhost/settings/").status_code == 200


def test_changed_departments_alone_leave_the_session(house: House, ada_at: Client) -> None:
    sams = signed_in(house.sam)

    ada_at.post(address(house.sam), {"role": "agent", "departments": [house.sales.pk]})

    assert list(place(house.sam).departments.all()) == [house.sales]
    assert sams.get("/northhost/account/").status_code == 200


def test_who_leaves_comes_in_no_more_and_frees_the_tickets(house: House, ada_at: Client) -> None:
    ticket = a_ticket(house.alice, house.technical)
    take(by=as_staff(house.sam), number=ticket.pk)
    sams = signed_in(house.sam)

    ada_at.post(address(house.sam), {"role": "agent", "deactivate": "1"})

    ticket.refresh_from_db()
    assert ticket.assignee is None
    assert not place(house.sam).is_active
    assert sams.get("/northhost/account/").status_code == 302


def test_the_last_administrator_stays(house: House, ada_at: Client) -> None:
    for form in ({"role": "agent"}, {"role": "administrator", "deactivate": "1"}):
        response = ada_at.post(address(house.ada), form)

        assert response.status_code == 422
        assert "One administrator must stay." in response.content.decode()
        assert place(house.ada).is_administrator


def test_an_old_sign_in_is_asked_for_the_password_and_then_goes_on(
    house: House, ada_at: Client
) -> None:
    session = ada_at.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()

    asked = ada_at.post(address(house.sam), {"role": "head"})
    assert place(house.sam).role == "agent"
    ada_at.post(asked.headers["Location"], {"password": PASSWORD})

    assert asked.headers["Location"].startswith("/security/confirm/?next=")
    assert place(house.sam).role == "head"


def test_staff_of_another_provider_do_not_exist(house: House, ada_at: Client) -> None:
    foreign = address(house.sven)

    assert ada_at.get(foreign).status_code == 404
    assert ada_at.post(foreign, {"role": "administrator"}).status_code == 404
