"""docs/tickets.md is the law: its table is tried cell by cell, and in any order of acts."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from frontdesk.accounts.models import Staff
from frontdesk.support.actions.assign import assign
from frontdesk.support.actions.close import close
from frontdesk.support.actions.set_priority import set_priority
from frontdesk.support.actions.set_tags import set_tags
from frontdesk.support.actions.take import take
from frontdesk.support.actions.transfer import transfer
from frontdesk.support.errors import Refused
from frontdesk.support.models import Event, Message, Priority, Ticket
from frontdesk.support.statuses import MOVES, Act, Side, Status
from tests.factories import a_note, a_reply, a_ticket
from tests.people import House, as_client, as_staff, build_house

PAGE = Path(__file__).parents[2] / "docs" / "tickets.md"
ROW = re.compile(r"^\| ([^|]+) \| (client|staff) \| (\w+) \| (\w+) \| (\w+) \|$", re.MULTILINE)
TABLE = {
    (action, side, status): cell
    for action, side, *cells in ROW.findall(PAGE.read_text())
    for status, cell in zip(Status.values, cells, strict=True)
}
ACTIONS = sorted({action for action, _side, _status in TABLE})
CLIENTS = ("alice", "bob", "carol")
STAFF = ("sam", "omar", "hana")
READERS = {"technical": ("alice", "sam", "hana"), "sales": ("alice", "omar", "hana")}


def test_the_page_says_what_each_act_does_in_each_status():
    assert len(TABLE) == len(ACTIONS) * len(Side.values) * len(Status.values)
    assert len(ACTIONS) == 14


@pytest.mark.parametrize(("status", "act", "side"), MOVES)
def test_the_program_moves_a_ticket_as_the_page_says(status, act, side):
    action = {Act.REPLY: "reply", Act.CLOSE: "close"}[act]

    assert TABLE[action, side, status] == MOVES[status, act, side]


class Desk:
    """One ticket of Alice in Technical support, and what anybody may try with it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ticket = a_ticket(house.alice, house.technical)
        self.department = "technical"
        self.staff = dict(
            zip(
                STAFF,
                Staff.objects.filter(user__in=[getattr(house, name) for name in STAFF]).order_by(
                    "pk"
                ),
                strict=True,
            )
        )

    def bring_to(self, status: str) -> None:
        """Move the ticket by acts of its readers."""
        if status == Status.WAITING_FOR_REPLY:
            a_reply(self.actor("sam"), self.ticket)
        elif status == Status.SOLVED:
            close(by=self.actor("alice"), number=self.ticket.pk)
        self.ticket.refresh_from_db()

    def actor(self, name: str):
        """Return the person as he acts here."""
        user = getattr(self.house, name)
        return as_client(user) if name in CLIENTS else as_staff(user)

    def expected(self, action: str, name: str) -> str:
        """Return what the page says will come of it."""
        side = "client" if name in CLIENTS else "staff"
        cell = TABLE[action, side, self.ticket.status]
        if name in READERS[self.department] or cell == "NotAllowed":
            return cell
        return "DoesNotExist"

    def attempt(self, action: str, name: str) -> str:
        """Try it; return the status afterwards, or the error's name."""
        try:
            with transaction.atomic():
                ACTS[action](self, self.actor(name), name)
        except (Refused, Ticket.DoesNotExist) as error:
            return type(error).__name__
        finally:
            self.ticket.refresh_from_db()
        return self.ticket.status

    def transfer(self, by, name: str) -> None:
        there = "sales" if self.department == "technical" else "technical"
        department = getattr(self.house, there)
        number = self.ticket.pk
        transfer(by=by, number=number, department_id=department.pk, reason="Theirs.")
        self.department = there

    def stay(self, by, name: str) -> None:
        department = self.ticket.department_id
        transfer(by=by, number=self.ticket.pk, department_id=department, reason="Ours.")

    def hand(self, by, name: str, *, to_reader: bool) -> None:
        readers = READERS[self.department]
        pick = next(person for person in STAFF if (person in readers) == to_reader)
        assign(by=by, number=self.ticket.pk, staff_id=self.staff[pick].pk)

    def take(self, by, name: str, *, from_colleague: bool) -> None:
        # The page's two rows differ by whose the ticket is; make it so first.
        owner = next(p for p in STAFF if (p != name) == from_colleague) if name in STAFF else "sam"
        Ticket.objects.filter(pk=self.ticket.pk).update(assignee=self.staff[owner])
        take(by=by, number=self.ticket.pk)


# A message of somebody else always stands last before "not having seen the last message".
def _reply_blindly(desk: Desk, by, name: str) -> None:
    last = Message.objects.filter(pk=desk.ticket.last_message_id)
    last.update(author_id=desk.house.dora.pk)
    a_reply(by, desk.ticket, last_seen_id=desk.ticket.last_message_id - 1)


ACTS = {
    "reply": lambda desk, by, name: a_reply(by, desk.ticket),
    "reply and close": lambda desk, by, name: a_reply(by, desk.ticket, and_close=True),
    "reply without text and files": lambda desk, by, name: a_reply(by, desk.ticket, " \n"),
    "reply, not having seen the last message": _reply_blindly,
    "close": lambda desk, by, name: close(by=by, number=desk.ticket.pk),
    "add_note": lambda desk, by, name: a_note(by, desk.ticket),
    "take, nobody's or one's own": lambda desk, by, name: desk.take(by, name, from_colleague=False),
    "take, a colleague's": lambda desk, by, name: desk.take(by, name, from_colleague=True),
    "assign to nobody or to a reader": lambda desk, by, name: desk.hand(by, name, to_reader=True),
    "assign to someone who does not read it": lambda desk, by, name: desk.hand(
        by, name, to_reader=False
    ),
    "transfer": Desk.transfer,
    "transfer to the department it is in": Desk.stay,
    "set_priority": lambda desk, by, name: set_priority(
        by=by, number=desk.ticket.pk, priority=Priority.URGENT
    ),
    "set_tags": lambda desk, by, name: set_tags(by=by, number=desk.ticket.pk, tags=["vps"]),
}


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", [*CLIENTS, *STAFF])
@pytest.mark.parametrize("action", ACTIONS)
def test_each_cell_of_the_table_is_what_happens(house, action, name, status):
    desk = Desk(house)
    desk.bring_to(status)
    expected = desk.expected(action, name)

    assert desk.attempt(action, name) == expected


class AnyOrder(RuleBasedStateMachine):
    """People act on one ticket in any order; each time the page says what comes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    @initialize()
    def a_client_opens_it(self) -> None:
        self.desk = Desk(self.house)

    @rule(action=st.sampled_from(ACTIONS), name=st.sampled_from([*CLIENTS, *STAFF]))
    def someone_acts(self, action: str, name: str) -> None:
        expected = self.desk.expected(action, name)
        before = self._figures()

        result = self.desk.attempt(action, name)

        assert result == expected
        if result not in Status.values:
            assert self._figures() == before

    @invariant()
    def the_kept_fields_tell_the_truth(self) -> None:
        ticket = Ticket.objects.get(pk=self.desk.ticket.pk)
        messages = list(Message.objects.filter(ticket=ticket).order_by("pk"))

        assert ticket.message_count == len(messages)
        assert ticket.last_message_id == messages[-1].pk
        assert ticket.last_message_at == messages[-1].created_at
        assert ticket.last_author_id == messages[-1].author_id
        assert ticket.last_side == messages[-1].side
        assert (ticket.waiting_since is not None) == (ticket.status == Status.IN_PROGRESS)
        assert (ticket.solved_at is not None) == (ticket.status == Status.SOLVED)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _figures(self) -> tuple[object, ...]:
        ticket = self.desk.ticket
        events = Event.objects.filter(ticket=ticket).count()
        return (ticket.status, ticket.message_count, ticket.department_id, ticket.tags, events)


def test_whatever_people_do_in_any_order_the_page_is_right(db):
    AnyOrder.house = build_house()
    quiet = settings(
        max_examples=30,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(AnyOrder, settings=quiet)
