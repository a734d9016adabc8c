"""An operator opens the first provider; nobody but its administrator comes with it."""

import pytest

from frontdesk.accounts.models import Provider, Staff, User
from frontdesk.operations.open_provider import NewProvider, open_provider
from frontdesk.operations.terminal import Refusal

pytestmark = pytest.mark.django_db

NORTH = NewProvider("northhost", "North Host", "Ada@northhost.example", "Ada Fischer")


def test_the_administrator_can_sign_in_with_the_password_that_is_said_once():
    password = open_provider(NORTH)

    ada = User.objects.get()
    assert ada.email == "ada@northhost.example"
    assert ada.check_password(password)
    assert len(password) >= 20
    assert Staff.objects.get(user=ada).is_administrator


def test_a_person_known_already_keeps_the_password():
    User.objects.create_user("ada@northhost.example", "correct horse battery", name="Ada")

    assert open_provider(NORTH) == ""

    assert User.objects.get().check_password("correct horse battery")


@pytest.mark.parametrize(
    "new",
    [
        NewProvider("healthz", "North Host", "ada@northhost.example", "Ada"),
        NewProvider("North Host", "North Host", "ada@northhost.example", "Ada"),
        NewProvider("northhost", "", "ada@northhost.example", "Ada"),
        NewProvider("northhost", "North Host", "not an address", "Ada"),
        NewProvider("northhost", "North Host", "ada@northhost.example", ""),
    ],
    ids=["a reserved word", "no slug", "no name", "no address", "nobody"],
)
def test_what_cannot_be_is_refused_and_nothing_is_left(new):
    with pytest.raises(Refusal):
        open_provider(new)

    assert (Provider.objects.count(), User.objects.count()) == (0, 0)


def test_a_slug_is_given_once():
    open_provider(NORTH)

    with pytest.raises(Refusal, match="already exists"):
        open_provider(NORTH)
