"""What a row of the Notifications says."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdesk.billing.money import money_text
from frontdesk.channels.web.dates import plain_date
from frontdesk.channels.web.visit import ClientVisit
from frontdesk.notifications.models import Notification
from frontdesk.support.models import EventKind, Ticket

ICONS = {
    EventKind.TICKET_OPENED: "pen",
    EventKind.STAFF_REPLIED: "wait",
    EventKind.TICKET_CLOSED: "solved",
    EventKind.TICKETS_LAPSE_SOON: "clock",
    EventKind.TICKETS_LAPSED: "clock",
    EventKind.TICKETS_GRANTED: "card",
    EventKind.GIFT_GIVEN: "card",
    EventKind.PLAN_RENEWED: "card",
    EventKind.PACKAGE_BOUGHT: "card",
    EventKind.TOPPED_UP: "coin",
    EventKind.CHARGED: "coin",
    EventKind.REFUNDED: "coin",
    EventKind.CORRECTED: "coin",
}


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """A notification in words. It leads to the ticket `number`, or where that is None to the
    ledger of `account`."""

    number: int | None
    account: int | None
    title: str
    detail: str
    icon: str
    at: datetime
    is_unread: bool


def row_of(notification: Notification, visit: ClientVisit) -> NotificationRow:
    """Return the row in words."""
    event, ticket = notification.event, notification.ticket
    account_id = event.data.get("account")
    if "account" in event.data:
        title = _money_title(EventKind(notification.kind), event.data, ticket)
        detail = ticket.subject if ticket else _account_name(visit, account_id)
    else:
        assert ticket is not None  # others are not visible
        title, detail = _ticket_words(notification, ticket)
    is_paid = "entry" in event.data
    kind = EventKind(notification.kind)
    return NotificationRow(
        number=ticket.pk if ticket else None,
        account=account_id,
        title=title,
        detail=detail,
        icon="coin" if is_paid and kind == EventKind.TICKET_OPENED else ICONS.get(kind, "bell"),
        at=notification.created_at,
        is_unread=notification.read_at is None,
    )


def _account_name(visit: ClientVisit, account_id: int | None) -> str:
    """Return the account's name where the reader has several."""
    if len(visit.accounts) == 1:
        return ""
    return next((one.name for one in visit.accounts if one.pk == account_id), "")


def _ticket_words(notification: Notification, ticket: Ticket) -> tuple[str, str]:
    number, actor = {"number": ticket.pk}, notification.event.actor
    match notification.kind:
        case EventKind.STAFF_REPLIED:
            return _("Support answered #%(number)s") % number, ticket.subject
        case EventKind.TICKET_OPENED:
            return _("Support opened #%(number)s for you") % number, ticket.subject
        case EventKind.TICKET_CLOSED:
            closed = _("closed by %(name)s") % {"name": actor.name if actor else ""}
            return _("#%(number)s is solved") % number, f"{ticket.subject} · {closed}"
        case _:
            return _("#%(number)s was changed") % number, ticket.subject


def _money_title(kind: EventKind, data: dict[str, Any], ticket: Ticket | None) -> str:
    amount, units = Decimal(data["amount"]), int(data["units"])
    facts = {
        "sum": money_text(abs(amount), data["currency"]),
        "n": abs(units),
        "number": ticket.pk if ticket else "",
    }
    if kind in {EventKind.TICKET_OPENED, EventKind.CHARGED, EventKind.REFUNDED}:
        return _moved_title(kind, amount, ticket) % facts
    if kind == EventKind.CORRECTED:
        return _corrected_title(amount, abs(units)) % facts
    if kind == EventKind.TICKETS_LAPSE_SOON:
        moment = datetime.fromisoformat(data["expires_at"])
        facts["day"] = plain_date(timezone.localtime(moment).date())
    return _tickets_title(kind, abs(units)) % facts


def _moved_title(kind: EventKind, amount: Decimal, ticket: Ticket | None) -> str:
    if kind == EventKind.TICKET_OPENED:
        if amount:
            return _("%(sum)s was charged for #%(number)s")
        return _("#%(number)s used 1 available ticket")
    if kind == EventKind.CHARGED:
        return _("Support charged %(sum)s for work in #%(number)s")
    if ticket is None:
        return _("%(sum)s was refunded")
    if amount:
        return _("%(sum)s was refunded for #%(number)s")
    return _("The ticket used for #%(number)s was given back")


def _corrected_title(amount: Decimal, units: int) -> str:
    if amount:
        return _("Support corrected the balance by −%(sum)s")
    return ngettext("Support took back %(n)s ticket", "Support took back %(n)s tickets", units)


def _tickets_title(kind: EventKind, units: int) -> str:
    match kind:
        case EventKind.TOPPED_UP:
            return _("The balance was topped up by %(sum)s")
        case EventKind.TICKETS_GRANTED:
            return ngettext("Support granted %(n)s ticket", "Support granted %(n)s tickets", units)
        case EventKind.GIFT_GIVEN:
            return ngettext("%(n)s ticket came as a gift", "%(n)s tickets came as a gift", units)
        case EventKind.PLAN_RENEWED:
            return ngettext(
                "%(n)s ticket of the monthly plan is here",
                "%(n)s tickets of the monthly plan are here",
                units,
            )
        case EventKind.PACKAGE_BOUGHT:
            return ngettext(
                "%(n)s ticket was bought for %(sum)s",
                "%(n)s tickets were bought for %(sum)s",
                units,
            )
        case EventKind.TICKETS_LAPSE_SOON:
            return ngettext(
                "%(n)s ticket lapses on %(day)s", "%(n)s tickets lapse on %(day)s", units
            )
        case _:
            return ngettext("%(n)s ticket lapsed", "%(n)s tickets lapsed", units)
