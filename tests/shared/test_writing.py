"""An insert composed once puts in the database what Django's own would."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.postgres.search import SearchVector
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model, Value
from django.utils import timezone

from frontdesk.shared.writing import insert, update
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

    insert(ours, returning="id")
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

    insert(message, returning="id", words="array_to_tsvector(%s::text[])")

    kept = Message.objects.annotate(same=SearchVector(Value("x"))).get(pk=message.pk)
    assert kept.words == "'shop' 'slow'"


def test_what_the_database_chose_is_read_back(house: House) -> None:
    ticket = _a_ticket(house)
    ticket.pk = 900_000_001

    insert(ticket, returning="last_message_id", last_message_id="40 + 2")

    assert ticket.last_message_id == 42
    assert Ticket.objects.get(pk=900_000_001).last_message_id == 42


def test_the_databases_rules_hold(house: House) -> None:
    ticket = _a_ticket(house)
    ticket.waiting_since = None

    with pytest.raises(IntegrityError, match="ticket_waits"), transaction.atomic():
        insert(ticket, returning="id")


def test_the_text_is_prepared_once(house: House) -> None:
    insert(_a_ticket(house), returning="id")
    before = _prepared()

    insert(_a_ticket(house), returning="id")

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
