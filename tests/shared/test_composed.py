"""Queries composed once."""

from datetime import UTC, datetime

from frontdesk.accounts.models import User
from frontdesk.shared.composed import SOME_MOMENT, SOME_NUMBER, Composed, compose, together

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_it_finds_what_the_query_finds(db: None) -> None:
    people = [User(email=f"{n}@client.example", name=str(n)) for n in range(3)]
    User.objects.bulk_create(people)
    query = User.objects.filter(name__in=["0", "2"]).order_by("name").values_list("id", "name")

    assert compose(query).rows() == list(query)


def test_marks_are_filled_at_each_run(db: None) -> None:
    people = User.objects.bulk_create(
        [User(email=f"{n}@client.example", name=str(n)) for n in range(3)]
    )
    composed = compose(User.objects.filter(pk=SOME_NUMBER).values_list("name"))

    found = [composed.rows({SOME_NUMBER: person.pk}) for person in people]

    assert found == [[("0",)], [("1",)], [("2",)]]


def test_moments_can_be_marks_too(db: None) -> None:
    User.objects.create(email="a@client.example", name="Alice")
    composed = compose(User.objects.filter(created_at__lt=SOME_MOMENT).values_list("name"))

    assert composed.rows({SOME_MOMENT: datetime(9999, 1, 1, tzinfo=UTC)}) == [("Alice",)]
    assert composed.rows({SOME_MOMENT: datetime(1999, 1, 1, tzinfo=UTC)}) == []


def test_two_queries_run_as_one_where_the_second_is_about_the_rows_of_the_first(db: None) -> None:
    people = User.objects.bulk_create(
        [User(email=f"{n}@client.example", name=str(n)) for n in range(2)]
    )
    some = Composed("SELECT id, name FROM accounts_user WHERE id < %s", (SOME_NUMBER,))
    older = User.objects.filter(pk__lt=SOME_NUMBER, name__in=["0", "1"]).values_list("email")

    both = together(some, compose(older), {SOME_NUMBER: "id"})

    assert both.rows({SOME_NUMBER: people[1].pk + 1}) == [
        (people[0].pk, "0", None),
        (people[1].pk, "1", "0@client.example"),
    ]


def test_text_of_people_stays_a_value(db: None) -> None:
    composed = compose(User.objects.filter(name="' OR true --").values_list("name"))

    assert composed.rows() == []
    assert "OR true" not in composed.sql


def test_a_query_that_cannot_find_any_finds_none(db: None) -> None:
    assert compose(User.objects.filter(pk__in=[]).values_list("name")).rows() == []


def test_codes_stand_in_the_text_and_words_of_people_do_not(db: None) -> None:
    codes = compose(User.objects.filter(language="en").values_list("name"))
    words = compose(User.objects.filter(name="en'; --").values_list("name"))

    assert "'en'" in codes.sql
    assert codes.values == ()
    assert words.values == ("en'; --",)


def test_a_value_that_has_a_name_is_sent_once_for_all_its_places(db: None) -> None:
    query = Composed(
        "SELECT %(one)s::int + %(two)s::int + %(one)s::int, '%%'", {"two": 2, "one": 1}
    )

    assert query.rows() == [(4, "%")]
