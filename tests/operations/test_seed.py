"""Bulk data is like what the actions write, and stands beside what is there."""

import pytest
from django.db import connection
from django.db.models import Count, Max

from frontdesk.operations import seed as seed_module
from frontdesk.operations.seed import seed
from frontdesk.support.access import client_reach
from frontdesk.support.models import Event, Message, Ticket
from frontdesk.support.search import marks_of, search, words_of
from frontdesk.support.statuses import Side, Status
from frontdesk.support.thread import WORDS
from tests.factories import a_ticket

pytestmark = pytest.mark.django_db(transaction=True)


def kept_words(message: Message) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(words) FROM support_message WHERE id = %s", [message.pk]
        )
        return sorted(cursor.fetchone()[0])


def test_seed_adds_exactly_so_many_tickets_at_each_call():
    seed(30)
    seed(40)

    assert Ticket.objects.count() == 70


def test_seeded_tickets_keep_what_the_actions_keep():
    seed(300)

    tickets = Ticket.objects.annotate(count=Count("messages"), newest=Max("messages__id"))
    for ticket in tickets:
        last = Message.objects.get(pk=ticket.newest)
        assert (ticket.message_count, ticket.last_message_id) == (ticket.count, ticket.newest)
        assert (ticket.last_side, ticket.last_message_at) == (last.side, last.created_at)
        assert ticket.last_author_id == last.author_id
        if ticket.status != Status.SOLVED:
            waits = ticket.status == Status.IN_PROGRESS
            assert ticket.last_side == (Side.CLIENT if waits else Side.STAFF)


def test_seeded_messages_are_found_by_their_words(technical):
    provider = seed(50)
    message = Message.objects.filter(ticket__provider=provider).latest("pk")

    reach = client_reach(message.ticket.requester, provider)
    tickets = Ticket.objects.visible_to(reach)
    found = search(tickets, message.text[:60], reach=reach, limit=50)

    assert message.ticket in found


def test_seeded_messages_are_indexed_as_the_actions_index_them(technical):
    seed(20)
    message = Message.objects.select_related("ticket").latest("pk")
    before = kept_words(message)

    marks = marks_of(
        message.pk,
        provider_id=message.provider_id,
        account_id=message.ticket.account_id,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE support_message SET words = {WORDS} WHERE id = %s",
            [[*words_of(message.text), *marks], message.pk],
        )

    assert before == kept_words(message)


def test_each_message_of_bulk_data_has_its_event():
    seed(100)

    told = Event.objects.filter(data__has_key="message").values_list("data__message", flat=True)
    assert sorted(told) == sorted(Message.objects.values_list("pk", flat=True))


def test_numbers_go_on_after_the_bulk_data(alice, technical):
    seed(25)

    ticket = a_ticket(alice, technical)

    assert ticket.pk == Ticket.objects.latest("pk").pk


def test_seed_uses_the_accounts_and_staff_of_the_demo(alice, technical, bakery):
    provider = seed(200)

    assert provider.slug == "northhost"
    assert Ticket.objects.filter(account=bakery, requester=alice, department=technical).exists()


def definitions() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'support_%'"
            " UNION SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid::regclass::text LIKE 'support_%' ORDER BY 1"
        )
        return cursor.fetchall()


def test_indexes_and_foreign_keys_are_the_same_afterwards(monkeypatch):
    monkeypatch.setattr(seed_module, "REBUILD_FROM", 10)
    before = definitions()

    seed(20)

    assert definitions() == before


def test_seed_that_is_cut_off_changes_nothing(monkeypatch):
    monkeypatch.setattr(seed_module, "REBUILD_FROM", 10)
    monkeypatch.setattr(seed_module, "BATCH", 10)
    before = definitions()

    def interrupt(_words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seed(20, tell=interrupt)

    assert definitions() == before
    assert not Ticket.objects.exists()
