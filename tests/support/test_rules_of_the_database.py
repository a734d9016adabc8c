"""What the database itself refuses, whatever the program does."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from frontdesk.accounts.models import Account, Member, Provider, Service, Staff
from frontdesk.support.models import CannedReply, Department, DepartmentSeat, Ticket
from frontdesk.support.models.note import Note
from tests.factories import a_ticket

OURS = ("accounts", "support", "notifications", "billing")
# Rows of no one provider, each with its reason.
WITHOUT_PROVIDER = {
    "accounts.Provider": "is the provider",
    "accounts.User": "a person may be at several providers",
    "accounts.TelegramBot": "may be the installation's",
    "accounts.TelegramLink": "a chat is a person's",
    "accounts.TelegramLinkCode": "a chat is a person's",
    "billing.LapseWarning": "a part of its lot, which has one",
    "support.OnceKey": "a key is claimed before anybody knows whose the arrival is",
}


def refused(change) -> str:
    """Make the change and return the name of the constraint that refused it; empty if none."""
    try:
        with transaction.atomic():
            change()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            transaction.set_rollback(True)
    except DatabaseError as error:
        return error.__cause__.diag.constraint_name or ""
    return ""


def tenant_models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and model._meta.label not in WITHOUT_PROVIDER
    ]


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model.__name__)
def test_every_row_of_a_tenant_says_whose_it_is(model):
    field = model._meta.get_field("provider")

    assert field.related_model is Provider
    assert not field.null


def test_every_hot_index_of_tickets_begins_with_the_provider(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.relname, pg_get_indexdef(x.indexrelid, 1, true)"
            " FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
            " JOIN pg_am a ON a.oid = i.relam"
            " WHERE x.indrelid = 'support_ticket'::regclass AND a.amname = 'btree'"
            " AND NOT x.indisprimary AND i.relname NOT IN ('ticket_about', 'ticket_of_service')"
        )
        first_columns = dict(cursor.fetchall())

    assert len(first_columns) >= 8
    assert set(first_columns.values()) == {"provider_id"}


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("account", "doras_south_account"),
        ("department", "south_support"),
        ("service", "doras_south_vps"),
        ("service", "carols_vps"),
        ("provider", "south"),
    ],
)
def test_a_ticket_cannot_be_tied_to_what_is_another_providers(house, field, other):
    ticket = a_ticket(house.alice, house.technical, service_id=house.vps.pk)
    tickets = Ticket.objects.filter(pk=ticket.pk)

    assert refused(lambda: tickets.update(**{field: getattr(house, other)})).endswith("_one_fk")


def test_a_ticket_cannot_be_given_to_another_providers_staff(house):
    tickets = Ticket.objects.filter(pk=a_ticket(house.alice, house.technical).pk)
    sven = Staff.objects.get(user=house.sven)

    assert refused(lambda: tickets.update(assignee=sven)) == "support_ticket_assignee_id_one_fk"


def test_a_ticket_tied_to_its_own_is_not_refused(house):
    tickets = Ticket.objects.filter(pk=a_ticket(house.alice, house.technical).pk)
    sam = Staff.objects.get(user=house.sam)

    assert refused(lambda: tickets.update(department=house.sales, assignee=sam)) == ""


def test_a_member_and_a_service_belong_to_the_provider_of_their_account(house):
    north = {"provider": house.north, "account": house.doras_south_account}

    assert refused(lambda: Member.objects.create(user=house.bob, **north)).endswith("_one_fk")
    assert refused(lambda: Service.objects.create(name="x", external_id="x", **north)).endswith(
        "_one_fk"
    )


def test_nobody_sits_in_another_providers_department(house):
    sam, sven = (Staff.objects.get(user=user) for user in (house.sam, house.sven))

    for provider, staff, department in (
        (house.north, sven, house.technical),
        (house.north, sam, house.south_support),
        (house.south, sam, house.south_support),
    ):
        seat = {"provider": provider, "staff": staff, "department": department}
        assert refused(lambda seat=seat: DepartmentSeat.objects.create(**seat)).endswith("_one_fk")


def test_a_ready_answer_belongs_to_one_provider(house):
    sven = Staff.objects.get(user=house.sven)

    for owner in ({"department": house.south_support}, {"owner": sven}):
        answer = {"provider": house.north, "title": "Hi", "text": "Hi", **owner}
        assert refused(lambda answer=answer: CannedReply.objects.create(**answer)).endswith(
            "_one_fk"
        )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"status": "open"}, "ticket_status_is_one_of_three"),
        ({"status": "solved", "waiting_since": None}, "ticket_solved_has_time"),
        ({"status": "waiting_for_reply"}, "ticket_waits_while_in_progress"),
        ({"waiting_since": None}, "ticket_waits_while_in_progress"),
        ({"solved_at": timezone.now()}, "ticket_solved_has_time"),
        ({"subject": ""}, "ticket_has_subject"),
    ],
)
def test_a_ticket_is_always_in_one_of_the_allowed_states(alice, technical, change, constraint):
    tickets = Ticket.objects.filter(pk=a_ticket(alice, technical).pk)

    assert refused(lambda: tickets.update(**change)) == constraint


def test_names_and_places_are_unique(house):
    sam = Staff.objects.get(user=house.sam)

    assert refused(lambda: Department.objects.create(provider=house.north, name="Sales")) == (
        "department_name_unique"
    )
    assert refused(lambda: Staff.objects.create(provider=house.north, user=house.sam)) == (
        "staff_once"
    )
    assert refused(
        lambda: DepartmentSeat.objects.create(
            provider=house.north, staff=sam, department=house.technical
        )
    ) == ("seat_once")


def test_a_note_is_never_empty(sam, alice, technical):
    ticket = a_ticket(alice, technical)

    def write():
        Note.objects.create(
            provider_id=ticket.provider_id,
            ticket=ticket,
            author=sam,
            text="",
            created_at=timezone.now(),
        )

    assert refused(write) == "note_has_text"


def test_an_account_with_tickets_is_not_deleted(alice, bakery, technical):
    a_ticket(alice, technical)

    def delete():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_member WHERE account_id = %s", [bakery.pk])
            cursor.execute("DELETE FROM accounts_service WHERE account_id = %s", [bakery.pk])
            cursor.execute("DELETE FROM accounts_account WHERE id = %s", [bakery.pk])

    assert refused(delete) == "support_ticket_account_id_one_fk"
    assert Account.objects.filter(pk=bakery.pk).exists()
