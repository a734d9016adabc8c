"""The money of a client at the desk: his ledger, and what staff do about it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.accounts.models import Account
from frontdesk.billing.errors import BadTime, BillingRefused
from frontdesk.billing.ledger_pages import LedgerFilter, ledger_page
from frontdesk.billing.models.ledger import CORRECTABLE, REFUNDABLE
from frontdesk.billing.reversal import still_reversible
from frontdesk.billing.rights import may_charge
from frontdesk.billing.summaries import account_summary, plans_of, usable_lots_of
from frontdesk.channels.web.amounts import billing_words, field_of, read_amount, read_number
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.money_words import signed_tickets
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support.actions.grant_tickets import grant_tickets
from frontdesk.support.actions.put_on_plan import put_on_plan
from frontdesk.support.actions.save_draft import new_key
from frontdesk.support.actions.take_off_plan import take_off_plan
from frontdesk.support.actions.top_up_account import top_up_account

# Who has more reads in the ledger where they came from.
MOST_LOTS = 50

Act = Callable[[HttpRequest, StaffVisit, int], str]


@require_http_methods(["GET", "HEAD", "POST"])
@as_staff
def money(request: HttpRequest, visit: StaffVisit, account: int) -> HttpResponse:
    """Show what the client has and his ledger, or move money and tickets."""
    own = Account.objects.filter(provider=visit.provider, pk=account)
    row = own.select_related("provider__billing").first()
    if row is None or not may_charge(role=visit.staff.role, provider=row.provider):
        raise Http404
    if request.method != "POST":
        return _show(request, visit, row, {})
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Http404
    try:
        done = ACTS[act](request, visit, row.pk)
    except BillingRefused as error:
        field = f"{act}-{field_of(error, 'plan')}"
        return _show(request, visit, row, {field: billing_words(error)})
    messages.success(request, done)
    return see_other("desk_money", visit.provider.slug, row.pk)


def _grant(request: HttpRequest, visit: StaffVisit, account_id: int) -> str:
    post = request.POST
    grant_tickets(
        by=visit.actor,
        account_id=account_id,
        quantity=read_number(post.get("quantity", "")),
        expires_at=_end_of_day(post.get("expires_on", ""), visit),
        reason=post.get("reason", ""),
        key=post.get("key", ""),
    )
    return _("The tickets are granted.")


def _top_up(request: HttpRequest, visit: StaffVisit, account_id: int) -> str:
    post = request.POST
    top_up_account(
        by=visit.actor,
        account_id=account_id,
        amount=read_amount(post.get("amount", "")),
        reason=post.get("reason", ""),
        key=post.get("key", ""),
    )
    return _("The balance is topped up.")


def _start(request: HttpRequest, visit: StaffVisit, account_id: int) -> str:
    plan_id = read_number(request.POST.get("plan", ""))
    key = request.POST.get("key", "")
    put_on_plan(by=visit.actor, account_id=account_id, plan_id=plan_id, key=key)
    return _("The plan runs from today.")


def _stop(request: HttpRequest, visit: StaffVisit, account_id: int) -> str:
    subscription = read_number(request.POST.get("subscription", ""))
    take_off_plan(by=visit.actor, account_id=account_id, subscription_id=subscription)
    return _("The plan has ended. Its tickets stay until their month ends.")


ACTS: dict[str, Act] = {"grant": _grant, "top_up": _top_up, "start": _start, "stop": _stop}


def _end_of_day(text: str, visit: StaffVisit) -> datetime | None:
    """Return the end of a day by the provider's clock; None for none. Raises BadTime."""
    if not text.strip():
        return None
    try:
        next_day = date.fromisoformat(text.strip()) + timedelta(days=1)
        return datetime.combine(next_day, time(), ZoneInfo(visit.provider.time_zone))
    except (ValueError, OverflowError):
        raise BadTime from None


def _show(
    request: HttpRequest, visit: StaffVisit, account: Account, errors: dict[str, str]
) -> HttpResponse:
    whose = {"provider_id": visit.provider.pk, "account_id": account.pk}
    plans = plans_of(**whose)
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    ledger = ledger_page(**whose, wanted=LedgerFilter(), older=older, newer=newer)
    context = {
        "section": "clients",
        "account": account,
        "summary": account_summary(**whose),
        "ledger": ledger,
        "lots": list(usable_lots_of(**whose)[:MOST_LOTS]),
        "running": [plan for plan in plans if plan.subscription_id],
        "plans": [plan for plan in plans if not plan.subscription_id],
        "reversible": still_reversible(ledger.entries, {*REFUNDABLE, *CORRECTABLE}),
        "signed_tickets": signed_tickets,
        "errors": errors,
        "typed": request.POST,
        "key": request.POST.get("key", "").strip() or new_key(),
    }
    status = 422 if errors else 200
    return desk_page(request, "desk/money.html", visit, context, status=status)
