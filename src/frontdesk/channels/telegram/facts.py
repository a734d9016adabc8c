"""Loads what a step needs to know: no more than that, and only what the person may see."""

import secrets

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date

from frontdesk.accounts.models import Service, TelegramLimits
from frontdesk.accounts.telegram_bots import limits_of
from frontdesk.channels.telegram.marked import cut
from frontdesk.channels.telegram.person import Person
from frontdesk.channels.telegram.pricing import offers_of
from frontdesk.channels.telegram.rendering import telegram_html
from frontdesk.channels.telegram.steps import texts
from frontdesk.channels.telegram.steps.facts import (
    Card,
    Facts,
    Named,
    ProviderFact,
    ServiceFact,
    TicketLine,
    TicketPage,
)
from frontdesk.channels.telegram.steps.given import Given, On
from frontdesk.channels.telegram.steps.keyboards import PAGE
from frontdesk.channels.telegram.steps.state import Limits, State, Step
from frontdesk.support.answer_words import department_words
from frontdesk.support.models import Department, Message, Ticket
from frontdesk.support.statuses import Side

CARD_UNITS = 3000
MOST_SERVICES = 300
# A button can be made up, but no list is longer.
LAST_PAGE = 10_000

LISTS = frozenset({On.START, On.LIST, On.TURN, On.BACK})
CARDS = frozenset({On.CARD, On.REPLY, On.ARCHIVE, On.ARCHIVE_SURE, On.ABOUT, On.GO_ON_ABOUT})
# In the last step these need no facts: this is the way of every message that is written.
WRITING = frozenset({On.TEXT, On.FILE, On.OTHER, On.EDITED, On.COMPLETE, On.CANCEL}) | {
    On.FILE_KEPT,
    On.FILE_REFUSED,
    On.OPENED,
    On.REPLIED,
    On.EXPIRED,
    On.PAY,
    On.PRICED,
}


def load_facts(person: Person, state: State, given: Given) -> Facts:
    """Return what this step may need."""
    number = given.answers or (given.number_argument if given.on in CARDS else 0)
    # A card's language and zone are those that are active now.
    card = _card(person, number) if number else None
    needs_choices = _needs_choices(state, given)
    return Facts(
        new_key=secrets.token_urlsafe(18),
        providers=_providers(person) if needs_choices else (),
        services=_services(person) if needs_choices and _asks_for_service(state) else (),
        tickets=_tickets(person, given) if given.on in LISTS else TicketPage(),
        card=card,
        places=_places(person) if given.on is On.LINKED else (),
        offers=offers_of(person) if needs_choices else {},
    )


def _needs_choices(state: State, given: Given) -> bool:
    if given.on in {On.CREATE, On.NEW, On.ABOUT, On.GO_ON_ABOUT}:
        return True
    if state.dialogue is None:
        return False
    return state.dialogue.step is not Step.MESSAGE or given.on not in WRITING


def _asks_for_service(state: State) -> bool:
    """The service's question is at hand: it is open, or comes next, or is gone back to."""
    steps = {Step.SUBJECT, Step.SERVICE, Step.MESSAGE}
    return state.dialogue is not None and state.dialogue.step in steps


def _providers(person: Person) -> tuple[ProviderFact, ...]:
    ids = list(person.providers)
    departments = Department.objects.filter(provider_id__in=ids).offered_to_clients()
    by_provider: dict[int, list[Named]] = {}
    for one in departments.select_related("schedule", "price_rule"):
        by_provider.setdefault(one.provider_id, []).append(_department(one))
    limits = {row.provider_id: row for row in TelegramLimits.objects.filter(provider_id__in=ids)}
    return tuple(
        ProviderFact(
            id=provider.pk,
            name=provider.name,
            accounts=tuple(
                Named(member.account_id, member.account.name)
                for member in person.members
                if member.provider_id == provider.pk
            ),
            departments=tuple(by_provider.get(provider.pk, ())),
            limits=_limits(limits.get(provider.pk) or TelegramLimits()),
        )
        for provider in person.providers.values()
    )


def _department(one: Department) -> Named:
    return Named(one.pk, one.name, department_words(one, timezone.now()))


def _services(person: Person) -> tuple[ServiceFact, ...]:
    accounts = [member.account_id for member in person.members]
    rows = Service.objects.filter(account_id__in=accounts).order_by("name", "pk")
    return tuple(
        ServiceFact(one.pk, one.external_id, one.name, one.account_id)
        for one in rows[:MOST_SERVICES]
    )


def _tickets(person: Person, given: Given) -> TicketPage:
    page = min(given.number_argument, LAST_PAGE)
    first = page * PAGE
    rows = person.tickets().open().newest_activity_first().only("pk", "subject", "status")
    found = list(rows[first : first + PAGE + 1])
    lines = (TicketLine(one.pk, one.subject, one.is_waiting_for_client) for one in found[:PAGE])
    return TicketPage(lines=tuple(lines), page=page, has_older=len(found) > PAGE)


def _places(person: Person) -> tuple[tuple[str, str], ...]:
    return tuple((member.account.name, member.provider.name) for member in person.members)


def _card(person: Person, number: int) -> Card | None:
    ticket = person.tickets().select_related("provider", "department").filter(pk=number).first()
    if ticket is None:
        return None
    message = Message.objects.select_related("author").get(pk=ticket.last_message_id)
    return card_of(ticket, message, reader_id=person.user.pk)


def card_of(ticket: Ticket, message: Message, *, reader_id: int, is_cut: bool = True) -> Card:
    """Return a ticket with one of its messages, as this reader sees it; the text whole or cut."""
    return Card(
        number=ticket.pk,
        subject=ticket.subject,
        is_solved=ticket.is_solved,
        waits_for_client=ticket.is_waiting_for_client,
        provider=ticket.provider_id,
        provider_name=ticket.provider.name,
        account=ticket.account_id,
        service=ticket.service_id,
        department_name=ticket.department.name,
        time=format_date(timezone.localtime(message.created_at), "j M Y, H:i"),
        author=_author(message, reader_id),
        html=_body(ticket, message, is_cut=is_cut),
        limits=_limits(limits_of(ticket.provider_id)),
        files=tuple(message.attachments.order_by("pk").values_list("pk", flat=True)),
    )


def ticket_address(ticket: Ticket) -> str:
    """Return where the ticket is read on the web."""
    return f"{settings.PUBLIC_URL}/{ticket.provider.slug}/tickets/{ticket.pk}/"


def _author(message: Message, reader_id: int) -> str:
    if message.side == Side.STAFF:
        return str(texts.STAFF_AUTHOR % {"name": message.author.first_name})
    return str(texts.YOU) if message.author_id == reader_id else message.author.first_name


def _body(ticket: Ticket, message: Message, *, is_cut: bool) -> str:
    if not message.text:
        return f"<i>{texts.ONLY_FILES}</i>"
    whole = telegram_html(message.text)
    html, has_more = cut(whole, CARD_UNITS)
    if not is_cut or not has_more:
        return whole
    return f'{html}…\n<a href="{ticket_address(ticket)}">{texts.THE_REST}</a>'


def _limits(row: TelegramLimits) -> Limits:
    return Limits(symbols=row.most_symbols, files=row.most_files)
