"""The demo's people and tickets are those that the contract names."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from frontdesk.accounts.models import Account, Member, Service, Staff, User
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


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo's data for all tests of this module, taken away afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("demo", "unblocked")


@pytest.fixture
def unblocked(django_db_blocker):
    """Let the test use the database without a transaction of its own: it only reads."""
    with django_db_blocker.unblock():
        yield


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
