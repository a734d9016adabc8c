"""The demo's people and tickets are those that the contract names."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from frontdesk.accounts.models import Account, Member, Service, Staff, User
from frontdesk.billing.models import PriceRule
from frontdesk.billing.wallets import wallet_of
from frontdesk.notifications.models import Notification
from frontdesk.operations.demo.load import load_demo
from frontdesk.support.models import Attachment, CannedReply, Department, Event, Message, Ticket
from frontdesk.support.models.note import Note
from frontdesk.support.statuses import Side, Status
from frontdesk.support.subjects import subject_from

PEOPLE = [
    *("alice@client.example", "bob@client.example", "carol@client.example"),
    *("dora@client.example", "sam@northhost.example", "omar@northhost.example"),
    *("hana@northhost.example", "ada@northhost.example", "sven@southcloud.example"),
]


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup, django_db_blocker):
    """The demo's data for all tests of this module, taken away afterwards."""
    with django_db_blocker.unblock():
        load_demo()
    yield
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0, reset_sequences=False)


pytestmark = pytest.mark.django_db


def test_second_load_adds_nothing():
    before = [model.objects.count() for model in (User, Account, Ticket, Message, Event)]

    assert load_demo() is False

    assert [model.objects.count() for model in (User, Account, Ticket, Message, Event)] == before


def test_only_the_nine_named_people_sign_in_with_the_demo_password():
    can_sign_in = [user.email for user in User.objects.all() if user.has_usable_password()]

    assert sorted(can_sign_in) == sorted(PEOPLE)
    assert User.objects.get(email="alice@client.example").check_password("demo")


def test_members_have_the_rights_of_the_contract():
    rows = Member.objects.filter(user__email__in=PEOPLE).order_by("user__email", "pk")

    assert list(rows.values_list("user__email", "account__name", "right", "is_owner")) == [
        ("alice@client.example", "Alice's Bakery", "all", True),
        ("bob@client.example", "Alice's Bakery", "own", False),
        ("carol@client.example", "Carol's Cycles", "all", True),
        ("dora@client.example", "Dora Design", "all", True),
        ("dora@client.example", "Dora Design", "all", True),
    ]
    assert {m.provider.slug for m in rows if "dora" in m.user.email} == {"northhost", "southcloud"}


@pytest.mark.parametrize(
    ("email", "role", "departments"),
    [
        ("sam@northhost.example", "agent", {"Technical support", "Administration"}),
        ("omar@northhost.example", "agent", {"Sales"}),
        ("sven@southcloud.example", "agent", {"Support"}),
    ],
)
def test_staff_sit_where_the_contract_says(email, role, departments):
    staff = Staff.objects.get(user__email=email)

    assert staff.role == role
    assert set(staff.departments.values_list("name", flat=True)) == departments


def test_departments_tell_clients_what_they_are_for_and_when_they_answer():
    assert Department.objects.count() == 4
    assert not Department.objects.filter(description="").exists()
    assert not Department.objects.filter(hours="").exists()


@pytest.mark.parametrize(
    ("email", "available", "balance"),
    [("alice@client.example", 1, Decimal("20.00")), ("carol@client.example", 0, Decimal("2.00"))],
)
def test_clients_have_the_money_and_tickets_of_the_contract(email, available, balance):
    account = Account.objects.get(members__user__email=email)

    wallet = wallet_of(provider_id=account.provider_id, account_id=account.pk)

    assert (wallet.available, wallet.balance) == (available, balance)


def test_only_administration_charges():
    rules = PriceRule.objects.filter(charges=True)

    assert [(rule.department.name, rule.price) for rule in rules] == [
        ("Administration", Decimal("5.00"))
    ]


def test_every_account_has_the_four_kinds_of_service():
    for account in Account.objects.all():
        kinds = set(Service.objects.filter(account=account).values_list("kind", flat=True))
        assert kinds == {"vps", "dedicated", "domain", "hosting"}


def test_there_are_forty_tickets_and_more_from_1001_in_every_status():
    numbers = list(Ticket.objects.order_by("pk").values_list("pk", flat=True))

    assert len(numbers) >= 40
    assert numbers == list(range(1001, 1001 + len(numbers)))
    assert {status for (status,) in Ticket.objects.values_list("status")} == set(Status)


def test_numbers_follow_time_and_nothing_happens_in_the_future():
    tickets = Ticket.objects.order_by("pk")

    opened = [ticket.created_at for ticket in tickets]
    assert opened == sorted(opened)
    assert opened[0] < timezone.now() - timedelta(days=20)
    assert not Message.objects.filter(created_at__gt=timezone.now()).exists()
    assert not Event.objects.filter(created_at__gt=timezone.now()).exists()


def test_tickets_keep_what_the_actions_keep():
    for ticket in Ticket.objects.all():
        messages = list(Message.objects.filter(ticket=ticket).order_by("pk"))
        assert ticket.subject == subject_from(messages[0].text)
        assert (ticket.message_count, ticket.last_message_id) == (len(messages), messages[-1].pk)
        assert ticket.last_message_at == messages[-1].created_at
        if ticket.status != Status.SOLVED:
            waits = ticket.status == Status.IN_PROGRESS
            assert messages[-1].side == (Side.CLIENT if waits else Side.STAFF)


def test_files_are_real_and_told_by_their_content():
    for file in Attachment.objects.all():
        with default_storage.open(file.storage_key) as stored:
            assert len(stored.read()) == file.size
    kinds = set(Attachment.objects.values_list("content_type", flat=True))
    assert {"image/png", "text/plain", "application/pdf"} <= kinds


def test_notes_tags_priorities_and_ready_answers_are_there():
    assert Note.objects.exists()
    assert Ticket.objects.exclude(tags=[]).exists()
    assert Ticket.objects.filter(priority=4).exists()
    assert CannedReply.objects.filter(text__contains="{name}").exists()


def test_alice_has_unread_notifications_and_read_ones():
    alice = User.objects.get(email="alice@client.example")
    rows = Notification.objects.filter(user=alice)

    assert rows.filter(read_at__isnull=True).exists()
    assert rows.filter(read_at__isnull=False).exists()


def test_alice_has_an_unread_ticket_and_hardly_more():
    alice = User.objects.get(email="alice@client.example")
    tickets = Ticket.objects.filter(requester=alice).with_unread_mark(alice.pk, Side.CLIENT)

    assert 1 <= sum(ticket.is_unread for ticket in tickets) <= 3
