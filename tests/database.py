"""One migrated database that each test process copies: migrating takes seconds, a copy does not."""

from django.conf import settings
from django.db import connection

from tests.environment import once_for_all

NAME = "frontdesk_test_template"


def migrated_template() -> str:
    """Return the name of the database to copy."""
    once_for_all("template", lambda _: _migrate())
    return NAME


def _migrate() -> None:
    own_name, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    own_test_name = test["NAME"]
    test["NAME"] = NAME
    try:
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False, keepdb=True
        )
    finally:
        connection.close()  # a database that somebody uses cannot be copied
        test["NAME"] = own_test_name
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = own_name
