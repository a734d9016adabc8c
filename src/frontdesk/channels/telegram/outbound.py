"""Tells linked people what happened: an event becomes messages to their chats, once."""

from collections.abc import Iterable

from django.db import transaction

from frontdesk.accounts.models import Member, TelegramBot, TelegramLink
from frontdesk.channels.telegram.facts import card_of
from frontdesk.channels.telegram.models import Outgoing
from frontdesk.channels.telegram.person import reading_as
from frontdesk.channels.telegram.queueing import plain_rows
from frontdesk.channels.telegram.steps import keyboards, texts
from frontdesk.channels.telegram.steps.facts import Card
from frontdesk.channels.telegram.steps.says import Rows, Say
from frontdesk.channels.telegram.steps.wording import fill, heading, last_message, safe
from frontdesk.channels.telegram.waking import wake
from frontdesk.support.models import Event, EventKind, Message, Ticket

TOLD = frozenset({EventKind.TICKET_OPENED, EventKind.STAFF_REPLIED, EventKind.TICKET_CLOSED})


def queue_event(event: Event, people: Iterable[int]) -> None:
    """Queue the event for every chat of these people; run again it queues nothing twice."""
    if event.kind not in TOLD or event.ticket_id is None or "account" in event.data:
        return  # who pays for a ticket that a colleague opened reads it in the Notifications
    links = _links(event.provider_id, people)
    if not links:
        return
    ticket = Ticket.objects.select_related("provider", "department").get(pk=event.ticket_id)
    rows = [row for link in links for row in _rows(event, ticket, link)]
    with transaction.atomic():
        Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
        for row in rows:
            wake(row.bot_id, row.chat_id)


def queue_message(link: TelegramLink, say: Say) -> None:
    """Queue something said by itself to a linked chat, such as a test message."""
    rows = plain_rows(bot_id=link.bot_id, chat_id=link.chat_id, link=link, say=say)
    Outgoing.objects.bulk_create(rows)
    wake(link.bot_id, link.chat_id)


def _links(provider_id: int, people: Iterable[int]) -> list[TelegramLink]:
    """Return the people's chats with the bot that serves the provider: its own, if it has one."""
    links = TelegramLink.objects.reachable().filter(user_id__in=list(people), bot__is_active=True)
    links = links.select_related("user", "bot").order_by("pk")
    own = TelegramBot.objects.filter(is_active=True, provider_id=provider_id).exists()
    if own:
        return list(links.filter(bot__provider_id=provider_id))
    return list(links.filter(bot__provider__isnull=True))


def _rows(event: Event, ticket: Ticket, link: TelegramLink) -> list[Outgoing]:
    with reading_as(link, ticket.provider):
        say = _closed(event, ticket, link) or _answered(event, ticket, link)
    rows = plain_rows(bot_id=link.bot_id, chat_id=link.chat_id, link=link, say=say)
    for piece, row in enumerate(rows):
        row.event, row.piece = event, piece
    return rows


def _answered(event: Event, ticket: Ticket, link: TelegramLink) -> Say:
    """Support wrote: the message with its files, and the way to answer."""
    message = Message.objects.select_related("author").get(pk=event.data["message"])
    card = card_of(ticket, message, reader_id=link.user_id, is_cut=False)
    html = f"{heading(card)}\n{safe(card.subject)}\n\n{last_message(card)}"
    return Say(html, _ways_on(card), ticket=ticket.pk, files=card.files)


def _ways_on(card: Card) -> Rows:
    if card.is_solved:
        return ((keyboards.about_this(card.number),),)
    return ((keyboards.add_a_reply(card.number), keyboards.show_ticket(card.number)),)


def _closed(event: Event, ticket: Ticket, link: TelegramLink) -> Say | None:
    """The ticket was closed, by support or by a colleague in the same account."""
    if event.kind != EventKind.TICKET_CLOSED:
        return None
    card = card_of(ticket, _last(ticket), reader_id=link.user_id)
    words = str(texts.CLOSED_BY_SUPPORT)
    members = Member.objects.filter(account_id=ticket.account_id)
    if event.actor is not None and members.filter(user=event.actor).exists():
        words = fill(texts.CLOSED_BY_PERSON, name=event.actor.first_name)
    html = f"{heading(card)}\n{words}"
    return Say(html, ((keyboards.about_this(ticket.pk),),), ticket=ticket.pk)


def _last(ticket: Ticket) -> Message:
    return Message.objects.select_related("author").get(pk=ticket.last_message_id)
