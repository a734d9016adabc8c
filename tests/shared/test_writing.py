"""An insert composed once puts in the database what Django's own would."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.postgres.search import SearchVector
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontdesk.shared.writing import insert, inserting, rows_of_steps, update, updating
from frontdesk.support.channels import Channel
from frontdesk.support.models import Event, Message, Ticket
from frontdesk.support.statuses import Side, Status
from tests.factories import a_ticket
from tests.people import House

NOW = timezone.now()


def _a_ticket(house: House) -> Ticket:
    return Ticket(
        provider=house.north,
        account=house.bakery,
        requester=house.alice,
        department=house.technical,
        subject='It\'s "slow" \\ %s – 速い',
        status=Status.IN_PROGRESS,
        tags=["dns", 'with "quotes", {braces}'],
        channel=Channel.WEB,
        created_at=NOW,
        waiting_since=NOW,
        last_message_at=NOW,
        last_message_id=5,
        last_author_id=house.alice.pk,
        last_side=Side.CLIENT,
    )


def _an_event(house: House) -> Event:
    return Event(
        provider=house.north,
        actor=house.alice,
        kind="provider_saved",
        channel=Channel.WEB,
        address="2001:db8::7",
        data={"nested": {"text": 'a "b" \\ %s', "none": None}, "numbers": [1, 2.5]},
        created_at=NOW,
    )


@pytest.mark.parametrize("make", [_a_ticket, _an_event])
def test_a_record_is_kept_as_django_keeps_it(house: House, make: Callable[[House], Model]) -> None:
    ours, theirs = make(house), make(house)

    insert(ours)
    theirs.save(force_insert=True)

    assert _values(ours) == _values(theirs)
    assert ours.pk != theirs.pk


def test_a_column_may_be_made_by_sql(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    message = Message(
        provider=house.north,
        ticket=ticket,
        author=house.alice,
        side=Side.CLIENT,
        channel=Channel.WEB,
        text="x",
        words=["slow", "shop"],
        created_at=NOW,
    )

    insert(message, words="array_to_tsvector(%s::text[])")

    kept = Message.objects.annotate(same=SearchVector(Value("x"))).get(pk=message.pk)
    assert kept.words == "'shop' 'slow'"


def test_an_id_that_is_set_is_kept(house: House) -> None:
    ticket = _a_ticket(house)
    ticket.pk = 900_000_001

    insert(ticket)

    assert Ticket.objects.get(pk=900_000_001).subject == ticket.subject


def test_several_writes_are_one_statement(house: House) -> None:
    ticket, event = _a_ticket(house), _an_event(house)
    ticket.pk = 900_000_002
    event.ticket_id = ticket.pk
    house.bakery.name = "Bakery of steps"
    steps = [inserting(ticket), updating(house.bakery, "name"), inserting(event)]

    with CaptureQueriesContext(connection) as queries:
        rows = rows_of_steps(steps, "SELECT id, id + 1 FROM last")

    assert len(queries) == 1
    connection.check_constraints()
    kept = Event.objects.select_related("ticket__account").get(ticket=ticket.pk)
    assert rows == [(kept.pk, kept.pk + 1)]
    assert kept.ticket is not None
    assert kept.ticket.account.name == "Bakery of steps"


def test_where_one_write_fails_none_is_done(house: House) -> None:
    ticket, broken = _a_ticket(house), _a_ticket(house)
    ticket.pk, broken.pk = 900_000_003, 900_000_004
    broken.waiting_since = None
    steps = [inserting(broken), inserting(ticket)]

    with pytest.raises(IntegrityError, match="ticket_waits"), transaction.atomic():
        rows_of_steps(steps, "SELECT id FROM last")

    assert not Ticket.objects.filter(pk__in=[ticket.pk, broken.pk]).exists()


def test_the_databases_rules_hold(house: House) -> None:
    ticket = _a_ticket(house)
    ticket.waiting_since = None

    with pytest.raises(IntegrityError, match="ticket_waits"), transaction.atomic():
        insert(ticket)


def test_the_text_is_prepared_once(house: House) -> None:
    insert(_a_ticket(house))
    before = _prepared()

    insert(_a_ticket(house))

    assert before > 0
    assert _prepared() == before


def _prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements"
            " WHERE statement LIKE 'INSERT INTO \"support_ticket\"%'"
        )
        count: int = cursor.fetchone()[0]
    return count


def _values(record: Any) -> dict[str, Any]:
    kept = type(record).objects.filter(pk=record.pk).values().get()
    return {name: value for name, value in kept.items() if name != "id"}


def test_an_update_writes_the_fields_it_names_and_no_others(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    ticket.subject, ticket.last_snippet = "Another subject", "Not this"

    update(ticket, "subject", "assignee")

    kept = Ticket.objects.get(pk=ticket.pk)
    assert (kept.subject, kept.last_snippet == "Not this") == ("Another subject", False)


def test_an_update_of_what_is_gone_is_an_error(house: House) -> None:
    event = _an_event(house)
    event.pk = 900_000_002

    with pytest.raises(DatabaseError, match="is gone"):
        update(event, "kind")
