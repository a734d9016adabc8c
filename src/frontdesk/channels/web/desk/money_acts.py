"""Money at the desk, one thing at a time: reverse a row of the ledger, charge in a ticket."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontdesk.billing.errors import BillingRefused
from frontdesk.billing.models import LedgerEntry
from frontdesk.billing.models.ledger import CORRECTABLE, REFUNDABLE
from frontdesk.billing.reversal import left_of
from frontdesk.billing.rights import may_charge
from frontdesk.billing.summaries import account_summary, ticket_costs
from frontdesk.channels.web.amounts import billing_words, field_of, left_words, read_amount
from frontdesk.channels.web.desk.act_pages import act_page, desk_words, visible_ticket
from frontdesk.channels.web.desk.rail import desk_page, is_for_script
from frontdesk.channels.web.desk.reversal_form import UnclearPart, read_part
from frontdesk.channels.web.render import page, see_other
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support.actions.charge_from_ticket import Charge, charge_from_ticket
from frontdesk.support.actions.correct_entry import correct_entry
from frontdesk.support.actions.refund_entry import refund_entry
from frontdesk.support.actions.save_draft import new_key
from frontdesk.support.errors import Refused

either = require_http_methods(["GET", "HEAD", "POST"])


@either
@as_staff
def reverse_row(request: HttpRequest, visit: StaffVisit, account: int, entry: int) -> HttpResponse:
    """Give back what a row took, or take back what it added, in full or in part."""
    _need_right(visit)
    rows = LedgerEntry.objects.filter(provider=visit.provider, account=account)
    row = rows.select_related("lot").filter(pk=entry, kind__in=[*REFUNDABLE, *CORRECTABLE]).first()
    if row is None:
        raise Http404
    if request.method != "POST":
        return _show_row(request, visit, row, {})
    act = refund_entry if row.kind in REFUNDABLE else correct_entry
    post = request.POST
    first_field = "amount" if row.amount else "units"
    try:
        act(
            by=visit.actor,
            entry_id=row.pk,
            part=read_part(post, first_field),
            reason=post.get("reason", ""),
            key=post.get("key", ""),
        )
    except UnclearPart as error:
        return _show_row(request, visit, row, {error.field: error.words})
    except BillingRefused as error:
        return _show_row(request, visit, row, {field_of(error, first_field): billing_words(error)})
    messages.success(request, _("The row is reversed. The client sees it in the ledger."))
    return see_other("desk_money", visit.provider.slug, account)


@either
@as_staff
def charge_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Take a sum for work in this ticket, with a message that tells the client."""
    _need_right(visit)
    ticket = visible_ticket(visit, number)
    typed = {name: request.POST.get(name, "") for name in ("amount", "reason")}
    key = request.POST.get("key", "").strip()
    context: dict[str, Any] = {"typed": typed, "key": key or new_key()}
    if request.method != "POST":
        return act_page(request, visit, ticket, "charge", context)
    amount = read_amount(typed["amount"])
    words = _(
        "We charged %(sum)s %(currency)s from your balance for work in this ticket.\n\n%(why)s"
    )
    sums = {"sum": f"{amount:.2f}", "currency": visit.provider.currency, "why": typed["reason"]}
    charge = Charge(amount, typed["reason"], words % sums)
    try:
        charge_from_ticket(by=visit.actor, number=number, charge=charge, key=key)
    except BillingRefused as error:
        context["errors"] = {field_of(error, "amount"): billing_words(error)}
        return act_page(request, visit, ticket, "charge", context)
    except Refused as error:
        context["errors"] = {"amount": desk_words(error)}
        return act_page(request, visit, ticket, "charge", context)
    messages.success(request, _("Charged. The client was told in the ticket."))
    return see_other("desk_ticket", visit.provider.slug, number)


@require_safe
@as_staff
def money_card(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Show beside the ticket what it cost and what its client has."""
    ticket = visible_ticket(visit, number)
    provider_id = visit.provider.pk
    context: dict[str, Any] = {
        "section": "ticket",
        "ticket": ticket,
        "cost": ticket_costs(provider_id=provider_id, ticket_ids=[number]).get(number),
        "summary": account_summary(provider_id=provider_id, account_id=ticket.account_id),
        "may_charge": may_charge(role=visit.staff.role, provider=visit.provider),
    }
    if is_for_script(request):
        return page(request, "desk/parts/money_card.html", visit, context)
    return desk_page(request, "desk/money_card.html", visit, context)


def _need_right(visit: StaffVisit) -> None:
    if not may_charge(role=visit.staff.role, provider=visit.provider):
        raise Http404


def _show_row(
    request: HttpRequest, visit: StaffVisit, row: LedgerEntry, errors: dict[str, str]
) -> HttpResponse:
    left = left_of(row)
    context = {
        "section": "clients",
        "row": row,
        "left": left_words(left.amount, left.units, row.currency),
        "is_refund": row.kind in REFUNDABLE,
        "errors": errors,
        "typed": request.POST,
        "key": request.POST.get("key", "").strip() or new_key(),
    }
    status = 422 if errors else 200
    return desk_page(request, "desk/money_reverse.html", visit, context, status=status)
