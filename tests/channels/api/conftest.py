"""The programs of the two providers, and the bakery as billing knows it."""

import pytest

from frontdesk.accounts.models import Staff
from tests.channels.api.calling import Program


@pytest.fixture
def billing(north, ada):
    """North Host's billing program, which may do everything."""
    return Program.of(north, ada)


@pytest.fixture
def foreign(south, sven):
    """South Cloud's billing program."""
    Staff.objects.filter(user=sven).update(role="administrator")
    return Program.of(south, sven)


@pytest.fixture
def known_bakery(bakery):
    """Alice's Bakery with its id in North Host's billing."""
    bakery.external_id = "b-1"
    bakery.save()
    return bakery
