"""Opening a ticket: what comes of it, and each reason to refuse it."""

import pytest

from frontdesk.accounts.models import Account, Member
from frontdesk.support import errors
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.save_draft import DraftText, save_draft
from frontdesk.support.models import (
    Attachment,
    Draft,
    DraftKind,
    Event,
    EventKind,
    Message,
    Ticket,
    Upload,
)
from frontdesk.support.statuses import Side, Status
from frontdesk.support.thread import TEXT_LENGTH
from tests.factories import QUESTION, a_file, a_solved_ticket, a_ticket, new_key
from tests.people import as_client, as_staff


def test_a_client_opens_a_ticket_that_support_owes_an_answer(alice, bakery, technical, vps):
    ticket = a_ticket(alice, technical, service_id=vps.pk)

    assert ticket.status == Status.IN_PROGRESS
    assert ticket.subject == QUESTION
    assert (ticket.account, ticket.requester, ticket.service) == (bakery, alice, vps)
    assert ticket.waiting_since == ticket.created_at == ticket.last_message_at


def test_the_first_message_is_the_question(alice, technical):
    ticket = a_ticket(alice, technical, "Hello,\r\nthe shop is down\r\n")

    message = Message.objects.get(ticket=ticket)
    assert message.text == "Hello,\nthe shop is down"
    assert (message.author, message.side) == (alice, Side.CLIENT)
    assert ticket.last_message_id == message.pk


def test_an_event_says_who_opened_it_and_no_word_of_what_was_said(alice, technical):
    ticket = a_ticket(alice, technical)

    event = Event.objects.get(ticket=ticket)
    assert (event.kind, event.actor, event.channel) == (EventKind.TICKET_OPENED, alice, "web")
    assert event.data == {"message": ticket.last_message_id}


def test_staff_open_a_ticket_for_a_client_who_owes_the_answer(sam, alice, bakery, technical):
    ticket = a_ticket(alice, technical, by=as_staff(sam), account_id=bakery.pk)

    assert ticket.status == Status.WAITING_FOR_REPLY
    assert ticket.requester == alice
    assert ticket.waiting_since is None
    assert ticket.last_side == Side.STAFF


def test_staff_choose_which_member_asks(sam, bob, bakery, technical):
    ticket = a_ticket(bob, technical, by=as_staff(sam), account_id=bakery.pk, requester_id=bob.pk)

    assert ticket.requester == bob


def test_staff_cannot_open_for_someone_outside_the_account(sam, carol, bakery, technical):
    with pytest.raises(errors.NoSuchAccount):
        a_ticket(carol, technical, by=as_staff(sam), account_id=bakery.pk, requester_id=carol.pk)


def test_staff_cannot_open_for_a_client_of_another_provider(sven, bakery, south_support, alice):
    with pytest.raises(errors.NoSuchAccount):
        a_ticket(alice, south_support, by=as_staff(sven), account_id=bakery.pk)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\x00", "\ud800"])
def test_a_ticket_needs_words(alice, technical, text):
    with pytest.raises(errors.EmptyMessage):
        a_ticket(alice, technical, text)


def test_files_alone_are_no_ticket(alice, technical):
    by, key = as_client(alice), new_key()
    a_file(by, key)

    with pytest.raises(errors.EmptyMessage):
        open_ticket(by=by, request=TicketRequest(text="", department_id=technical.pk), key=key)

    assert Upload.objects.filter(key=key).exists()


def test_files_alone_are_a_ticket_where_the_subject_was_typed(alice, technical):
    by, key = as_client(alice), new_key()
    a_file(by, key)
    request = TicketRequest(text="", department_id=technical.pk, subject="  The  log ")

    ticket = open_ticket(by=by, request=request, key=key)

    assert ticket.subject == "The log"


def test_a_typed_subject_alone_is_no_ticket(alice, technical):
    with pytest.raises(errors.EmptyMessage):
        a_ticket(alice, technical, "", subject="The log")


def test_all_files_of_the_form_go_with_the_ticket(alice, technical):
    by, key = as_client(alice), new_key()
    a_file(by, key, b"one", "one.txt")
    a_file(by, key, b"two", "two.txt")
    request = TicketRequest(text=QUESTION, department_id=technical.pk)

    ticket = open_ticket(by=by, request=request, key=key)

    files = Attachment.objects.filter(message__ticket=ticket).order_by("pk")
    assert [file.name for file in files] == ["one.txt", "two.txt"]
    assert not Upload.objects.filter(key=key).exists()


def test_a_file_never_goes_with_two_tickets(alice, technical):
    by, key = as_client(alice), new_key()
    a_file(by, key)
    request = TicketRequest(text=QUESTION, department_id=technical.pk)
    open_ticket(by=by, request=request, key=key)

    again = open_ticket(by=by, request=request, key=key)

    assert Attachment.objects.filter(message__ticket=again).count() == 1
    assert Attachment.objects.count() == 1


def test_files_of_another_person_with_the_same_key_stay_his(alice, bob, technical):
    key = new_key()
    a_file(as_client(bob), key)
    request = TicketRequest(text=QUESTION, department_id=technical.pk)

    open_ticket(by=as_client(alice), request=request, key=key)

    assert not Attachment.objects.exists()


def test_a_message_may_be_as_long_as_the_limit_and_no_longer(alice, technical):
    a_ticket(alice, technical, "😀" * TEXT_LENGTH)

    with pytest.raises(errors.MessageTooLong) as refused:
        a_ticket(alice, technical, "x" * (TEXT_LENGTH + 1))
    assert (refused.value.length, refused.value.limit) == (TEXT_LENGTH + 1, TEXT_LENGTH)


def test_what_the_database_cannot_hold_is_left_out_of_the_text(alice, technical):
    ticket = a_ticket(alice, technical, "a\x00b \ud83d c")

    assert Message.objects.get(ticket=ticket).text == "ab  c"


@pytest.mark.parametrize("pick", [None, 0, -1, 2**40])
def test_a_department_must_be_chosen(alice, north, pick):
    request = TicketRequest(text=QUESTION, department_id=pick)

    with pytest.raises(errors.NoSuchDepartment):
        open_ticket(by=as_client(alice), request=request, key=new_key())


def test_a_hidden_department_takes_no_tickets_of_clients(alice, technical):
    technical.is_visible = False
    technical.save()

    with pytest.raises(errors.NoSuchDepartment):
        a_ticket(alice, technical)


def test_staff_open_tickets_in_a_hidden_department_of_theirs(sam, alice, bakery, technical):
    technical.is_visible = False
    technical.save()

    assert a_ticket(alice, technical, by=as_staff(sam), account_id=bakery.pk)


def test_an_agent_opens_no_ticket_in_a_department_he_does_not_read(omar, alice, bakery, technical):
    with pytest.raises(errors.NoSuchDepartment):
        a_ticket(alice, technical, by=as_staff(omar), account_id=bakery.pk)


def test_a_department_of_another_provider_cannot_be_chosen(alice, north, south_support):
    with pytest.raises(errors.NoSuchDepartment):
        a_ticket(alice, south_support, by=as_client(alice, north))


def test_a_service_of_another_account_cannot_be_chosen(alice, technical, carols_vps):
    with pytest.raises(errors.NoSuchService):
        a_ticket(alice, technical, service_id=carols_vps.pk)


def test_a_stranger_cannot_open_in_my_account(carol, bakery, technical):
    with pytest.raises(errors.NoSuchAccount):
        a_ticket(carol, technical, account_id=bakery.pk)


def test_who_has_several_accounts_must_choose_one(alice, north, technical):
    second = Account.objects.create(provider=north, name="Alice's Café")
    Member.objects.create(provider=north, account=second, user=alice)

    with pytest.raises(errors.NoSuchAccount):
        a_ticket(alice, technical)
    assert a_ticket(alice, technical, account_id=second.pk).account == second


def test_a_new_ticket_about_a_solved_one_is_linked_to_it(alice, technical):
    solved = a_solved_ticket(alice, technical)

    assert a_ticket(alice, technical, about_id=solved.pk).about == solved


def test_nobody_links_to_a_ticket_he_may_not_read(alice, carol, technical):
    solved = a_solved_ticket(alice, technical)

    assert a_ticket(carol, technical, about_id=solved.pk).about is None


def test_the_same_form_sent_again_is_the_same_ticket(alice, technical):
    by, key = as_client(alice), new_key()
    request = TicketRequest(text="one\r\ntwo", department_id=technical.pk)
    first = open_ticket(by=by, request=request, key=key)

    again = open_ticket(
        by=by, request=TicketRequest(text="one\ntwo ", department_id=technical.pk), key=key
    )

    assert again == first
    assert Ticket.objects.count() == Message.objects.count() == Event.objects.count() == 1


@pytest.mark.parametrize("change", [{"text": "Other words"}, {"department_id": 0}])
def test_the_same_key_with_other_content_is_refused_with_the_first_ticket(alice, technical, change):
    by, key = as_client(alice), new_key()
    facts = {"text": QUESTION, "department_id": technical.pk}
    first = open_ticket(by=by, request=TicketRequest(**facts), key=key)

    with pytest.raises(errors.AlreadySent) as refused:
        open_ticket(by=by, request=TicketRequest(**{**facts, **change}), key=key)

    assert refused.value.ticket == first


def test_two_people_may_have_the_same_key(alice, bob, technical):
    request, key = TicketRequest(text=QUESTION, department_id=technical.pk), new_key()

    first = open_ticket(by=as_client(alice), request=request, key=key)

    assert open_ticket(by=as_client(bob), request=request, key=key) != first


def test_who_lost_the_right_to_his_first_result_does_not_get_it_again(dora, house):
    by, key = as_client(dora, house.north), new_key()
    request = TicketRequest(text=QUESTION, department_id=house.technical.pk)
    ticket = open_ticket(by=by, request=request, key=key)
    Ticket.objects.filter(pk=ticket.pk).update(account=house.bakery)

    with pytest.raises(Ticket.DoesNotExist):
        open_ticket(by=by, request=request, key=key)


@pytest.mark.parametrize("key", ["", "x" * 129, "a\x00b", "a\nb", "\ud800"])
def test_a_key_that_no_form_has_is_refused(alice, technical, key):
    request = TicketRequest(text=QUESTION, department_id=technical.pk)

    with pytest.raises(errors.BadKey):
        open_ticket(by=as_client(alice), request=request, key=key)


def test_sending_forgets_the_draft(alice, technical):
    by, key = as_client(alice), new_key()
    save_draft(by=by, draft=DraftText(kind=DraftKind.TICKET, text="The sh", key=key))
    request = TicketRequest(text=QUESTION, department_id=technical.pk)

    open_ticket(by=by, request=request, key=key)

    assert not Draft.objects.exists()


def test_a_refused_ticket_leaves_nothing_and_may_be_sent_again(alice, technical):
    by, key = as_client(alice), new_key()
    with pytest.raises(errors.NoSuchDepartment):
        open_ticket(by=by, request=TicketRequest(text=QUESTION, department_id=None), key=key)

    ticket = open_ticket(
        by=by, request=TicketRequest(text=QUESTION, department_id=technical.pk), key=key
    )

    assert list(Ticket.objects.all()) == [ticket]


def test_ticket_numbers_do_not_begin_at_one(alice, technical):
    assert a_ticket(alice, technical).number > 1000
