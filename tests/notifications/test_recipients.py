"""Who hears of an event: the client's side of the ticket, and nobody who may not read it."""

import pytest

from frontdesk.accounts.models import Member
from frontdesk.accounts.models.account import Right
from frontdesk.notifications.recipients import recipients
from frontdesk.support.actions.close import close
from frontdesk.support.actions.set_priority import set_priority
from frontdesk.support.actions.set_tags import set_tags
from frontdesk.support.actions.take import take
from frontdesk.support.actions.transfer import transfer
from frontdesk.support.models import Event, Priority
from tests.factories import a_note, a_reply, a_ticket
from tests.people import as_client, as_staff


def hearing(ticket) -> set[str]:
    """Return the names of those who hear of the ticket's last event."""
    from frontdesk.accounts.models import User

    event = Event.objects.select_related("ticket").filter(ticket=ticket).latest("pk")
    people = User.objects.filter(pk__in=recipients(event))
    return {user.first_name.lower() for user in people}


def test_the_requester_hears_of_an_answer(alice, sam, technical):
    ticket = a_ticket(alice, technical)

    a_reply(as_staff(sam), ticket)

    assert hearing(ticket) == {"alice"}


def test_nobody_hears_of_what_he_did_himself(alice, sam, technical):
    ticket = a_ticket(alice, technical)
    assert hearing(ticket) == set()

    close(by=as_client(alice), number=ticket.pk)

    assert hearing(ticket) == set()


def test_a_client_hears_of_a_ticket_that_staff_opened_for_him(alice, sam, bakery, technical):
    ticket = a_ticket(alice, technical, by=as_staff(sam), account_id=bakery.pk)

    assert hearing(ticket) == {"alice"}


def test_a_client_hears_that_staff_closed_his_ticket(alice, sam, technical):
    ticket = a_ticket(alice, technical)

    close(by=as_staff(sam), number=ticket.pk)

    assert hearing(ticket) == {"alice"}


def test_a_colleague_who_wrote_in_the_ticket_hears_too(alice, bob, sam, technical):
    ticket = a_ticket(bob, technical)
    a_reply(as_client(alice), ticket)

    a_reply(as_staff(sam), ticket)

    assert hearing(ticket) == {"alice", "bob"}


def test_a_colleague_who_only_could_read_it_does_not_hear(alice, bob, sam, technical):
    ticket = a_ticket(bob, technical)

    a_reply(as_staff(sam), ticket)

    assert hearing(ticket) == {"bob"}


def test_a_colleague_who_may_not_read_it_any_more_does_not_hear(alice, bob, sam, technical):
    ticket = a_ticket(bob, technical)
    a_reply(as_client(alice), ticket)
    Member.objects.filter(user=alice).update(right=Right.OWN)

    a_reply(as_staff(sam), ticket)

    assert hearing(ticket) == {"bob"}


@pytest.mark.parametrize("gone", ["membership", "person"])
def test_who_has_left_the_account_does_not_hear(alice, sam, technical, gone):
    ticket = a_ticket(alice, technical)
    if gone == "membership":
        Member.objects.filter(user=alice).delete()
    else:
        alice.is_active = False
        alice.save()

    a_reply(as_staff(sam), ticket)

    assert hearing(ticket) == set()


def test_a_stranger_of_the_same_provider_never_hears(house):
    ticket = a_ticket(house.alice, house.technical)

    a_reply(as_staff(house.sam), ticket)

    assert not {"carol", "dora", "omar", "sven"} & hearing(ticket)


@pytest.mark.parametrize(
    "act",
    [
        lambda by, ticket, house: a_note(by, ticket),
        lambda by, ticket, house: take(by=by, number=ticket.pk),
        lambda by, ticket, house: set_tags(by=by, number=ticket.pk, tags=["angry"]),
        lambda by, ticket, house: set_priority(by=by, number=ticket.pk, priority=Priority.URGENT),
        lambda by, ticket, house: transfer(
            by=by, number=ticket.pk, department_id=house.sales.pk, reason="Theirs."
        ),
    ],
    ids=["note", "take", "tags", "priority", "transfer"],
)
def test_what_is_between_staff_is_told_to_no_client(house, act):
    ticket = a_ticket(house.alice, house.technical)

    act(as_staff(house.sam), ticket, house)

    assert hearing(ticket) == set()
