"""What the tests of the doors share: a password, and browsers that sign in by it."""

from django.test import Client
from django.urls import reverse

from frontdesk.accounts.models import User

PASSWORD = "a long spring day"  # only of tests
OUTSIDE = "198.51.100.7"


def with_password(user: User) -> User:
    """Give the person the password of the tests."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def browser(address: str = "192.0.2.1") -> Client:
    """Return a new browser at this address, as a proxy of ours tells it."""
    return Client(headers={"X-Forwarded-For": address})


def sign_in(client: Client, email: str, password: str = PASSWORD, **fields: str):
    """Post the sign-in form."""
    form = {"login": email, "password": password, **fields}
    return client.post(reverse("account_login"), form)


def signed_in(user: User) -> Client:
    """Return a browser in which the person has signed in by password just now."""
    client = Client()
    assert sign_in(client, with_password(user).email).status_code == 302
    return client


def make_sign_in_old(client: Client) -> None:
    """Let an hour pass since the password was typed."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
