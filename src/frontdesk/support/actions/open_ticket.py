"""A client, or staff for a client, opens a ticket."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Member, Service
from frontdesk.billing.actions.take_offer import TicketPlace, take_offer
from frontdesk.billing.book import Stamp
from frontdesk.billing.consent import Consent
from frontdesk.billing.offers import Terms
from frontdesk.billing.promise import TERMS
from frontdesk.shared.composed import (
    OTHER_NUMBER,
    SOME_NUMBER,
    Composed,
    compose_records,
    records_in,
    together,
)
from frontdesk.shared.writing import inserting
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models import (
    Department,
    DraftKind,
    EventKind,
    Ticket,
    Upload,
)
from frontdesk.support.money import facts_of, record_entry
from frontdesk.support.once import AlreadyDone, Once, digest_of, form_scope
from frontdesk.support.promises import promise_answer
from frontdesk.support.record import record
from frontdesk.support.statuses import FIRST, Side, Status
from frontdesk.support.subjects import cut_at_word, plain_line, snippet_from, subject_from
from frontdesk.support.thread import TakenForm, add_message, clean_text, take_form

NOT_ASKED = Consent()


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """What is asked. `account_id` may stay empty for who belongs to one account only;
    `requester_id` is staff's to give, `subject` a channel's that asks for it,
    `about_id` the solved ticket that this one goes on with, `consent` what the client was told
    of the price and said to it."""

    text: str
    department_id: int | None
    service_id: int | None = None
    account_id: int | None = None
    requester_id: int | None = None
    subject: str = ""
    about_id: int | None = None
    consent: Consent = NOT_ASKED


def open_ticket(*, by: Actor, request: TicketRequest, key: str) -> Ticket:
    """Open one ticket with the files received under `key`, and return it; the same key again
    returns the same ticket.

    Raises EmptyMessage, MessageTooLong, NoSuchDepartment, NoSuchService, NoSuchAccount, BadKey,
    or AlreadySent when the key was used with other words; Ticket.DoesNotExist when the first
    result is no longer the actor's to read; OfferChanged, PriceNotConfirmed or CannotPay where
    the ticket costs something, and then nothing is taken.
    """
    text = clean_text(request.text)
    # Agreeing to a price makes it no other request.
    said = replace(request, text=text, consent=NOT_ASKED)
    once = Once(form_scope(by, DraftKind.TICKET), key, digest_of(said))
    try:
        with transaction.atomic():
            form = take_form(once, Ticket, by=by)
            return _open(by=by, request=request, text=text, form=form)
    except AlreadyDone as done:
        ticket = Ticket.objects.visible_to(by.reach).get(pk=done.result_id)
        if not done.is_same:
            raise errors.AlreadySent(ticket) from None
        return ticket


def _open(*, by: Actor, request: TicketRequest, text: str, form: TakenForm) -> Ticket:
    subject = _subject(request, text, form.uploads)
    account_id, requester_id = _account(by, request)
    department, terms = _department(by, request.department_id)
    now, status = timezone.now(), FIRST[by.reach.side]
    ticket = Ticket(
        pk=form.result_id,
        provider_id=by.provider_id,
        account_id=account_id,
        requester_id=requester_id,
        department=department,
        service_id=_service(request.service_id, account_id),
        about=_about(by, request.about_id),
        subject=subject,
        status=status,
        channel=by.channel,
        created_at=now,
        waiting_since=now if status == Status.IN_PROGRESS else None,
        last_message_at=now,
        last_message_id=form.message_id,
        last_author_id=by.user.pk,
        last_side=by.reach.side,
        last_snippet=snippet_from(text),
    )
    message, written = add_message(
        ticket, by=by, text=text, uploads=form.uploads, at=now, pk=form.message_id
    )
    paid = _take_offer(ticket, terms, by=by, consent=request.consent)
    data, writes = {"message": message.pk, **paid}, (form.forgets, inserting(ticket), written)
    record(EventKind.TICKET_OPENED, by=by, ticket=ticket, data=data, writes=writes)
    return ticket


def _take_offer(
    ticket: Ticket, terms: Terms | None, *, by: Actor, consent: Consent
) -> dict[str, Any]:
    """Take what the client was shown; what staff open for him costs him nothing.

    Last of all, so that the balance is locked for a moment only.
    """
    ticket.opening_entry = None
    if by.reach.side == Side.STAFF:
        return {}
    place = TicketPlace(ticket.provider_id, ticket.account_id, ticket.department_id, ticket.pk)
    stamp = Stamp(by.user.pk, f"ticket:{ticket.pk}")
    taken = take_offer(place=place, terms=terms, consent=consent, stamp=stamp)
    for entry in taken.renewed:
        record_entry(entry)
    ticket.opening_entry = taken.entry
    if taken.entry is None:
        return {}
    promise_answer(ticket)
    return facts_of(taken.entry)


def _subject(request: TicketRequest, text: str, uploads: list[Upload]) -> str:
    """A typed subject allows files alone; else the text must begin with one."""
    if typed := cut_at_word(plain_line(request.subject), 120):
        if not text and not uploads:
            raise errors.EmptyMessage
        return typed
    if subject := subject_from(text):
        return subject
    raise errors.EmptyMessage


def _department(by: Actor, department_id: int | None) -> tuple[Department, Terms | None]:
    """Return the chosen department, and what it asks for a ticket."""
    is_client = by.reach.side == Side.CLIENT
    if not is_client and not by.staff.reaches_department(department_id or 0):
        raise errors.NoSuchDepartment
    query = _chosen_department(only_visible=is_client)
    rows = query.rows({SOME_NUMBER: by.provider_id, OTHER_NUMBER: department_id or 0})
    if not rows:
        raise errors.NoSuchDepartment
    department, *terms = records_in(rows[0], Department)
    return department, None if terms[0] is None else Terms(*terms)


@cache
def _chosen_department(*, only_visible: bool) -> Composed:
    departments = Department.objects.filter(provider_id=SOME_NUMBER, pk=OTHER_NUMBER)
    if only_visible:
        departments = departments.offered_to_clients()
    chosen = compose_records(departments).query
    return together(chosen, TERMS, {SOME_NUMBER: "provider_id", OTHER_NUMBER: "id"})


def _account(by: Actor, request: TicketRequest) -> tuple[int, int]:
    """Return the ids of the account and of who asks."""
    if by.reach.side == Side.STAFF:
        return _account_for_client(by, request)
    accounts = by.client.accounts
    account_id = request.account_id or (min(accounts) if len(accounts) == 1 else None)
    if account_id not in accounts or account_id is None:
        raise errors.NoSuchAccount
    return account_id, by.user.pk


def _account_for_client(by: Actor, request: TicketRequest) -> tuple[int, int]:
    members = Member.objects.filter(
        provider_id=by.provider_id, account_id=request.account_id or 0, user__is_active=True
    ).order_by("-is_owner", "id")
    if request.requester_id:
        members = members.filter(user_id=request.requester_id)
    member = members.first()
    if member is None:
        raise errors.NoSuchAccount
    return member.account_id, member.user_id


def _service(service_id: int | None, account_id: int) -> int | None:
    if service_id is None:
        return None
    if not Service.objects.filter(pk=service_id, account_id=account_id).exists():
        raise errors.NoSuchService
    return service_id


def _about(by: Actor, about_id: int | None) -> Ticket | None:
    if about_id is None:
        return None
    return Ticket.objects.visible_to(by.reach).filter(pk=about_id).first()
