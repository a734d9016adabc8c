"""The files of an account have a limit; its counter is moved with each file and always true."""

import pytest

from frontdesk.accounts.models import Account, Provider
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.errors import FileRefused
from frontdesk.support.models import Attachment, Message, Ticket, Upload
from frontdesk.support.room import accounts_weighed_wrong
from tests.factories import a_file, a_ticket, new_key
from tests.people import House, as_client, as_staff, build_house
from tests.threads import at_once

FULL = b"x" * 600
LIMIT = 1_000


@pytest.fixture
def limited(house: House) -> House:
    return with_limit(house)


def with_limit(house: House) -> House:
    Provider.objects.filter(pk=house.north.pk).update(max_account_bytes=LIMIT)
    return house


def send(by, ticket: Ticket, *files: bytes) -> Message:
    """Answer with these files."""
    key = new_key()
    for number, content in enumerate(files):
        a_file(by, key, content, f"{number}.log")
    return reply(by=by, number=ticket.pk, answer=Answer("See the files."), key=key)


def stored(account: Account) -> int:
    return Account.objects.get(pk=account.pk).stored_bytes


def test_the_counter_moves_with_each_file_of_either_side(house: House) -> None:
    key, alice = new_key(), as_client(house.alice)
    a_file(alice, key, b"12345")
    request = TicketRequest(text="The shop is slow.", department_id=house.technical.pk)
    ticket = open_ticket(by=alice, request=request, key=key)

    send(as_staff(house.sam), ticket, b"123", b"1234")

    assert stored(house.bakery) == 12
    assert stored(house.carols_account) == 0
    assert accounts_weighed_wrong() == []


def test_a_file_that_waits_does_not_weigh_yet(house: House) -> None:
    a_file(as_client(house.alice), new_key(), FULL)

    assert stored(house.bakery) == 0


def test_a_client_is_refused_at_the_upload_already(limited: House) -> None:
    by, ticket = as_client(limited.alice), a_ticket(limited.alice, limited.technical)
    send(by, ticket, FULL)

    with pytest.raises(FileRefused) as refused:
        a_file(by, new_key(), FULL, "second.log")

    error = refused.value
    assert (error.name, error.reason, error.limit) == ("second.log", FileRefused.NO_ROOM, LIMIT)
    assert not Upload.objects.exists()


def test_the_files_of_one_form_count_together(limited: House) -> None:
    by, key = as_client(limited.alice), new_key()
    a_file(by, key, FULL)

    with pytest.raises(FileRefused):
        a_file(by, key, FULL, "second.log")

    assert Upload.objects.count() == 1


def test_a_colleague_shares_the_room(limited: House) -> None:
    send(as_client(limited.alice), a_ticket(limited.alice, limited.technical), FULL)

    with pytest.raises(FileRefused):
        a_file(as_client(limited.bob), new_key(), FULL)
    assert a_file(as_client(limited.carol), new_key(), FULL)


def test_what_was_taken_meanwhile_is_noticed_when_it_is_sent(limited: House) -> None:
    by, keys = as_client(limited.alice), [new_key(), new_key()]
    ticket = a_ticket(limited.alice, limited.technical)
    for key in keys:
        a_file(by, key, FULL)
    reply(by=by, number=ticket.pk, answer=Answer("One."), key=keys[0])

    with pytest.raises(FileRefused) as refused:
        reply(by=by, number=ticket.pk, answer=Answer("Two."), key=keys[1])

    assert refused.value.reason == FileRefused.NO_ROOM
    assert Message.objects.filter(text="Two.").count() == 0
    assert Upload.objects.filter(key=keys[1]).count() == 1
    assert stored(limited.bakery) == len(FULL)


def test_staff_can_always_send_a_file(limited: House) -> None:
    ticket = a_ticket(limited.alice, limited.technical)

    send(as_staff(limited.sam), ticket, FULL, FULL)

    assert stored(limited.bakery) == 2 * len(FULL)


@pytest.mark.django_db(transaction=True)
def test_two_files_sent_at_once_do_not_pass_the_limit_together() -> None:
    house = with_limit(build_house())
    people = [as_client(house.alice), as_client(house.bob)]
    tickets = [a_ticket(house.alice, house.technical), a_ticket(house.bob, house.technical)]
    keys = [new_key(), new_key()]
    for by, key in zip(people, keys, strict=True):
        a_file(by, key, FULL)

    def sender(n: int):
        return lambda: reply(
            by=people[n], number=tickets[n].pk, answer=Answer("Here."), key=keys[n]
        )

    results = at_once(sender(0), sender(1))

    assert sum(isinstance(result, FileRefused) for result in results) == 1
    assert stored(house.bakery) == len(FULL)
    assert accounts_weighed_wrong() == []


def test_a_counter_that_is_wrong_is_found(house: House) -> None:
    send(as_client(house.alice), a_ticket(house.alice, house.technical), FULL)
    Account.objects.filter(pk=house.bakery.pk).update(stored_bytes=1)
    Account.objects.filter(pk=house.carols_account.pk).update(stored_bytes=5)

    assert accounts_weighed_wrong() == sorted([house.bakery.pk, house.carols_account.pk])
    assert Attachment.objects.count() == 1
