"""Composed queries are prepared: planned once a connection, and seen by whoever counts."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.accounts.models import Provider
from frontdesk.shared.composed import SOME_NUMBER, compose
from tests.people import House


def prepared_statements() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE NOT from_sql")
        return [row[0] for row in cursor.fetchall()]


def test_a_composed_query_is_prepared_once_for_all_its_values(house: House) -> None:
    query = compose(Provider.objects.filter(pk=SOME_NUMBER).values_list("slug"))

    found = [query.rows({SOME_NUMBER: one.pk}) for one in (house.north, house.south)]

    assert found == [[("northhost",)], [("southcloud",)]]
    assert len([text for text in prepared_statements() if '"slug"' in text]) == 1


def test_what_django_composes_itself_is_not_prepared(house: House) -> None:
    before = prepared_statements()

    for _round in range(8):
        Provider.objects.get(slug="northhost")

    assert prepared_statements() == before


def test_a_prepared_query_is_counted_as_any_other(house: House) -> None:
    query = compose(Provider.objects.filter(pk=SOME_NUMBER).values_list("slug"))

    with CaptureQueriesContext(connection) as counted:
        query.rows({SOME_NUMBER: house.north.pk})

    assert len(counted) == 1
    assert "accounts_provider" in counted[0]["sql"]


def test_it_is_planned_once_and_not_for_each_value(house: House) -> None:
    query = compose(Provider.objects.filter(pk=SOME_NUMBER).values_list("time_zone"))

    for one in (house.north, house.south, house.north):
        query.rows({SOME_NUMBER: one.pk})

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%%\"time_zone\"%%' AND NOT from_sql"
        )
        assert cursor.fetchall() == [(3, 0)]
