"""What leaves: to whom it may, once, whole, with its files, and never an internal note."""

import pytest

from frontdesk.accounts.models import Member, TelegramLink
from frontdesk.accounts.telegram_links import unlink
from frontdesk.channels.telegram.models import Kind, Outgoing, SendState
from frontdesk.support.actions.close import close
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.models import Event, EventKind
from tests.channels.telegram.chatting import TestChat, a_bot, deliver_all, link
from tests.factories import PNG, a_file, a_note, a_reply, a_ticket, new_key
from tests.people import as_client, as_staff

pytestmark = pytest.mark.django_db

CANARY = "canary-7f3a internal"


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def test_answer_of_support_is_told_with_the_ways_on(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket, "Is **port 80** open?")

    deliver_all()
    says = alices_chat.take()

    assert says[0]["html"] == (
        f"<b>#{ticket.pk} · Waiting for your reply</b>\n{ticket.subject}\n\n"
        "<b>Sam, support:</b> Is <b>port 80</b> open?"
    )
    assert [[b["text"] for b in row] for row in says[0]["buttons"]] == [
        ["Add a reply", "Show ticket"]
    ]


def test_event_delivered_twice_is_told_once(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket)

    deliver_all()
    deliver_all()

    assert len(alices_chat.take()) == 1


def test_note_is_never_told(alices_chat, ticket, sam):
    a_note(as_staff(sam), ticket, CANARY)
    a_reply(as_staff(sam), ticket)
    deliver_all()
    alices_chat.send("/start")
    alices_chat.press_data(f"card:{ticket.pk}")

    assert CANARY not in str(alices_chat.said)
    assert CANARY not in str(list(Outgoing.objects.values()))


def test_close_by_support_is_told_with_the_way_to_a_new_ticket(alices_chat, ticket, sam):
    close(by=as_staff(sam), number=ticket.pk)

    deliver_all()
    says = alices_chat.take()

    assert says[0]["html"] == f"<b>#{ticket.pk} · Solved</b>\nSupport closed this ticket."
    assert says[0]["buttons"][0][0]["text"] == "Open a new ticket about this"


def test_close_by_a_colleague_names_him(bob, bot, technical, alice):
    link(bob, bot, 700)
    ticket = a_ticket(bob, technical)
    close(by=as_client(alice), number=ticket.pk)

    deliver_all()

    assert TestChat(bot, 700).take()[0]["html"].endswith("Alice closed this ticket.")


def test_own_act_is_not_told_back(alices_chat, ticket, alice):
    close(by=as_client(alice), number=ticket.pk)

    deliver_all()

    assert alices_chat.take() == []


def test_long_answer_is_told_in_pieces_with_buttons_under_the_last(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket, "word " * 2000)

    deliver_all()
    says = alices_chat.take()

    assert len(says) == 3
    assert [bool(say["buttons"]) for say in says] == [False, False, True]


def test_files_of_an_answer_follow_photos_as_photos(alices_chat, ticket, sam):
    key, staff = new_key(), as_staff(sam)
    for name in ("one.png", "two.png"):
        a_file(staff, key, PNG, name)
    a_file(staff, key, b"a,b\n", "table.csv")
    reply(by=staff, number=ticket.pk, answer=Answer(text="Here."), key=key)

    deliver_all()

    rows = Outgoing.objects.order_by("pk")
    assert [(row.kind, len(row.files)) for row in rows] == [
        (Kind.MESSAGE, 0),
        (Kind.PHOTOS, 2),
        (Kind.DOCUMENTS, 1),
    ]


def test_who_lost_the_right_meanwhile_is_not_told(alices_chat, ticket, sam, alice):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    Member.objects.filter(user=alice).delete()

    assert alices_chat.take() == []
    assert Outgoing.objects.get().state == SendState.SKIPPED


def test_unlinked_chat_is_not_told_what_was_queued_before(alices_chat, ticket, sam, alice):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    unlink(user=alice, link_id=TelegramLink.objects.get().pk)

    assert alices_chat.take() == []


def test_colleague_with_own_tickets_only_is_not_told_of_others(bob, bot, ticket, sam):
    link(bob, bot, 700)
    a_reply(as_staff(sam), ticket)

    deliver_all()

    assert Outgoing.objects.count() == 0


def test_other_providers_bot_is_not_used(dora, bot, south, south_support, sven):
    link(dora, bot, 900)
    ticket = a_ticket(dora, south_support)
    a_reply(as_staff(sven), ticket)

    deliver_all()

    assert Outgoing.objects.count() == 0


def test_installations_bot_tells_where_a_provider_has_none(dora, south, south_support, sven):
    shared = a_bot(None, "300:shared")
    link(dora, shared, 900)
    ticket = a_ticket(dora, south_support)
    a_reply(as_staff(sven), ticket)

    deliver_all()

    assert len(TestChat(shared, 900).take()) == 1


def test_kinds_of_events_that_are_the_desks_own_are_not_told(alices_chat, ticket, sam):
    from frontdesk.support.actions.take import take

    take(by=as_staff(sam), number=ticket.pk)

    deliver_all()

    assert Event.objects.filter(kind=EventKind.TICKET_TAKEN).exists()
    assert alices_chat.take() == []
