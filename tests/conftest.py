"""Fixtures for all tests: a real database, and the people of the house by their names."""

import os
from collections.abc import Iterator

import hypothesis
import pytest
from pytest_django import DjangoDbBlocker

from tests import environment

environment.prepare()

import django  # noqa: E402 - settings are read once, from what was just prepared

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: E402

from frontdesk.accounts.models import Account, Provider, Service, User  # noqa: E402
from frontdesk.support.models import Department  # noqa: E402
from tests.database import migrated_template  # noqa: E402
from tests.people import House, build_house  # noqa: E402

# None of these tests is about time, and a busy machine takes more than 200 ms for an example.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# Pages of tests name their static files without the hashes that a build step gives.
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)

# Tables that no model of ours stands for, emptied with the others.
OTHER_TABLES = (
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "frontdesk_rate",
    "frontdesk_cache",
)
# Tables with a trigger against being emptied.
KEPT_TABLES = (
    "support_event",
    "billing_allowancelot",
    "billing_balance",
    "billing_ledgerentry",
)
# Those with browsers and whole programs: few tests to a file, and minutes to each; and the two
# files of several hundred tests.
TAKE_LONG = (
    *("tests/e2e/", "tests/contract/", "tests/operations/", "tests/channels/telegram/"),
    *("tests/channels/web/test_strangers.py", "tests/support/test_ticket_table.py"),
)
_sql_flush = DatabaseOperations.sql_flush


def _flush_append_only_tables_too(self, style, tables, **options):
    # What no program may do, a test between two tests must.
    triggers = [f"ALTER TABLE {name} {{}} TRIGGER {name}_not_emptied" for name in KEPT_TABLES]
    statements = _sql_flush(self, style, [*tables, *OTHER_TABLES], **options)
    return [
        *(trigger.format("DISABLE") for trigger in triggers),
        *statements,
        *(trigger.format("ENABLE") for trigger in triggers),
    ]


DatabaseOperations.sql_flush = _flush_append_only_tables_too


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each parallel process read its settings itself, with a folder of its own."""
    environment.leave_settings_to_others()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process is left with it at the end."""
    items.sort(key=lambda item: not any(part in item.nodeid for part in TAKE_LONG))


def pytest_unconfigure() -> None:
    """End the server and remove the folders of this process."""
    environment.clean_up()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The whole server is thrown away at the end; dropping its databases first takes time."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Let the database of a parallel process begin as a copy of one that is migrated already."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()


@pytest.fixture
def house(db: None) -> House:
    """Two providers with their departments, clients, services and staff; see tests/people.py."""
    return build_house()


@pytest.fixture
def stored_files() -> Iterator[list[str]]:
    """The storage keys that files were saved under during the test."""
    keys: list[str] = []
    save = default_storage.save

    def save_and_note(name, content, max_length=None):
        keys.append(save(name, content, max_length=max_length))
        return keys[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(default_storage, "save", save_and_note)
        yield keys


def _named(kind: type, name: str):
    @pytest.fixture(name=name)
    def give(house: House):
        return getattr(house, name)

    give.__doc__ = f"The {kind.__name__.lower()} {name!r} of the house."
    return give


# One fixture for each part of the house: `def test_x(alice, sam, technical): ...`
alice, bob, carol, dora = (_named(User, name) for name in ("alice", "bob", "carol", "dora"))
sam, omar, hana, ada = (_named(User, name) for name in ("sam", "omar", "hana", "ada"))
sven = _named(User, "sven")
north, south = _named(Provider, "north"), _named(Provider, "south")
technical, sales = _named(Department, "technical"), _named(Department, "sales")
administration = _named(Department, "administration")
south_support = _named(Department, "south_support")
bakery, carols_account = _named(Account, "bakery"), _named(Account, "carols_account")
vps, carols_vps = _named(Service, "vps"), _named(Service, "carols_vps")
