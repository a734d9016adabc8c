"""An answer later than promised gives back what its ticket took: once, and never more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app

from frontdesk.billing.actions.refund import refund
from frontdesk.billing.consent import Consent
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.reversal import Part
from frontdesk.operations.answer_rounds import settle_promises_round
from frontdesk.support.actions.close import close
from frontdesk.support.actions.refund_entry import refund_entry
from frontdesk.support.actions.transfer import transfer
from frontdesk.support.late_answers import REASON, settle_promises
from frontdesk.support.models import AnswerPromise, Event, EventKind, Schedule, Ticket
from tests.billing.money import a_stamp, charge_for, clock_at, euros, grant, pay_in, purse
from tests.factories import a_reply, a_ticket
from tests.people import House, as_client, as_staff, build_house
from tests.threads import at_once

PROMISED = timedelta(hours=4)
AGREED = Consent(shown="pay:5.00:EUR", is_confirmed=True, price=euros("5.00"))
UNIT = Consent(shown="unit")
ALL_DAY = [[[0, 1440]]] * 7


def promising(house: House) -> House:
    """Administration costs 5.00 EUR and answers within 4 hours or gives it back."""
    charge_for(house.administration, gives_back_late=True)
    Schedule.objects.create(
        department=house.administration,
        provider=house.north,
        time_zone="UTC",
        week=ALL_DAY,
        answer_within=240,
    )
    pay_in(house.bakery, "20.00")
    return house


@pytest.fixture
def late(house: House) -> House:
    """The house with a department that promises."""
    return promising(house)


def asked(house: House, ago: timedelta = timedelta(hours=5), consent: Consent = AGREED) -> Ticket:
    """A paid ticket of Alice, opened so long ago."""
    with clock_at(timezone.now() - ago):
        return a_ticket(house.alice, house.administration, consent=consent)


def answered(house: House, ticket: Ticket, ago: timedelta) -> None:
    with clock_at(timezone.now() - ago):
        a_reply(as_staff(house.sam), ticket, "We look at it.")


def given_back(ticket: Ticket) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(ticket=ticket, kind=EntryKind.REFUND))


def test_no_answer_gives_the_money_back_and_says_why(late: House) -> None:
    ticket = asked(late)

    assert settle_promises() == 1

    (entry,) = given_back(ticket)
    assert (entry.amount, entry.reason, entry.by) == (euros("5.00"), REASON, None)
    assert purse(late.bakery) == ("20.00", 0)
    event = Event.objects.get(kind=EventKind.REFUNDED)
    assert (event.ticket, event.actor, event.data["entry"]) == (ticket, None, entry.pk)


def test_a_late_answer_gives_the_ticket_back(late: House) -> None:
    with clock_at(timezone.now() - timedelta(days=1)):
        grant(late.bakery, 1)
    ticket = asked(late, consent=UNIT)
    answered(late, ticket, timedelta(minutes=30))

    assert settle_promises() == 1

    assert purse(late.bakery) == ("20.00", 1)


def test_an_answer_in_time_gives_nothing_back_whenever_the_round_runs(late: House) -> None:
    ticket = asked(late, timedelta(days=40))
    answered(late, ticket, timedelta(days=40) - PROMISED + timedelta(minutes=1))

    assert settle_promises() == 0

    assert given_back(ticket) == []
    assert AnswerPromise.objects.get().settled_at is not None


def test_before_it_is_due_nothing_is_settled(late: House) -> None:
    asked(late, timedelta(hours=3))

    assert settle_promises() == 0

    assert AnswerPromise.objects.get().settled_at is None


def test_a_note_and_a_message_of_the_client_are_no_answer(late: House) -> None:
    ticket = asked(late)
    with clock_at(timezone.now() - timedelta(hours=4, minutes=30)):
        a_reply(as_client(late.alice), ticket, "Are you there?")

    assert settle_promises() == 1


def test_run_twice_it_gives_back_once(late: House) -> None:
    ticket = asked(late)

    assert [settle_promises_round(), settle_promises_round()] == [1, 0]

    assert len(given_back(ticket)) == 1


def test_what_staff_gave_back_in_full_is_not_given_again(late: House) -> None:
    ticket = asked(late)
    entry = LedgerEntry.objects.get(ticket=ticket)
    refund(provider_id=late.north.pk, entry_id=entry.pk, stamp=a_stamp())

    assert settle_promises() == 0

    assert len(given_back(ticket)) == 1
    assert purse(late.bakery) == ("20.00", 0)


def test_of_what_staff_gave_back_in_part_the_rest_comes(late: House) -> None:
    ticket = asked(late)
    entry = LedgerEntry.objects.get(ticket=ticket)
    part = Part(amount=euros("2.00"))
    refund(provider_id=late.north.pk, entry_id=entry.pk, part=part, stamp=a_stamp())

    assert settle_promises() == 1

    assert sorted(row.amount for row in given_back(ticket)) == [euros("2.00"), euros("3.00")]


def test_who_closed_his_ticket_before_it_was_due_gets_nothing_back(late: House) -> None:
    ticket = asked(late)
    with clock_at(timezone.now() - timedelta(minutes=30)):
        close(by=as_client(late.alice), number=ticket.pk)
    in_time = asked(late)
    with clock_at(timezone.now() - timedelta(hours=4)):
        close(by=as_client(late.alice), number=in_time.pk)

    settle_promises()

    assert len(given_back(ticket)) == 1
    assert given_back(in_time) == []


def test_closing_without_an_answer_is_no_answer_of_support(late: House) -> None:
    ticket = asked(late)
    with clock_at(timezone.now() - timedelta(hours=4)):
        close(by=as_staff(late.sam), number=ticket.pk)

    assert settle_promises() == 1


def test_what_was_promised_stays_when_hours_prices_and_department_change(late: House) -> None:
    ticket = asked(late)
    Schedule.objects.all().delete()
    charge_for(late.administration)
    transfer(
        by=as_staff(late.hana), number=ticket.pk, department_id=late.technical.pk, reason="Theirs."
    )

    assert settle_promises() == 1


@pytest.mark.parametrize("rule", [{}, {"gives_back_late": False}])
def test_a_department_that_does_not_give_back_makes_no_promise(late: House, rule) -> None:
    charge_for(late.administration, **rule)

    asked(late)

    assert not AnswerPromise.objects.exists()


def test_only_open_hours_count(late: House) -> None:
    Schedule.objects.update(week=[[]] * 7)
    asked(late)

    assert not AnswerPromise.objects.exists()


def test_what_fails_for_one_ticket_keeps_no_other_from_its_money(late: House, monkeypatch) -> None:
    first, second = asked(late), asked(late)
    path = "frontdesk.support.late_answers.was_kept"

    def fail_for_the_first(promise):
        if promise.ticket_id == first.pk:
            raise ValueError
        return False

    monkeypatch.setattr(path, fail_for_the_first)
    with pytest.raises(Exception, match="1 tickets failed"):
        settle_promises()

    assert (given_back(first), len(given_back(second))) == ([], 1)


def test_the_promise_adds_one_query_and_one_row_to_a_paid_ticket(late: House) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            asked(late)
        return len(queries)

    with_promise = count()
    charge_for(late.administration)

    assert with_promise == count() + 1


def test_the_worker_settles_every_five_minutes() -> None:
    rounds = {one.task.name: one.cron for one in app.periodic_registry.periodic_tasks.values()}

    assert rounds["settle_promises"] == "3-59/5 * * * *"


@pytest.mark.django_db(transaction=True)
def test_rounds_side_by_side_give_back_once() -> None:
    house = promising(build_house())
    tickets = [asked(house) for _n in range(3)]

    results = at_once(*[settle_promises] * 4)

    assert sum(results) == 3
    assert all(len(given_back(ticket)) == 1 for ticket in tickets)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_run", range(5))
def test_a_round_beside_a_refund_by_staff_gives_back_once(_run: int) -> None:
    house = promising(build_house())
    ticket = asked(house)
    taken = LedgerEntry.objects.get(ticket=ticket)
    by = as_staff(house.hana)

    def staff_refund():
        return refund_entry(by=by, entry_id=taken.pk, part=None, reason="Sorry", key="k")

    at_once(settle_promises, staff_refund, settle_promises)

    assert len(given_back(ticket)) == 1
    assert purse(house.bakery) == ("20.00", 0)
    assert AnswerPromise.objects.get().settled_at is not None


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_being_written_is_waited_for() -> None:
    house = promising(build_house())
    ticket = asked(house)
    by = as_staff(house.sam)

    results = at_once(settle_promises, lambda: a_reply(by, ticket), settle_promises)

    # However the race ends, the answer is late: it is settled once, with its money back.
    assert not [result for result in results if isinstance(result, Exception)]
    assert len(given_back(ticket)) == 1
