"""An account's ledger, as those who pay for it read it: a page, and a CSV file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.accounts.models import Account
from frontdesk.billing.ledger_pages import LedgerFilter, csv_rows, ledger_page, ledger_rows
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.channels.web.render import client_page
from frontdesk.channels.web.visit import ClientVisit, as_client, as_client_with_purse
from frontdesk.notifications.notify import mark_account_read
from frontdesk.shared.csv_cells import csv_lines
from frontdesk.support.models import Ticket


@require_safe
@as_client_with_purse
def ledger(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Show what came and went, newest first; `kind` filters, `account` chooses of several."""
    account, wanted = chosen_account(request, visit), _wanted(request)
    whose = {"provider_id": visit.provider.pk, "account_id": account.pk}
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    shown = ledger_page(**whose, wanted=wanted, older=older, newer=newer)
    context = {
        "section": "ledger",
        "account": account,
        "wallet": visit.purses[account.pk],
        "kind": wanted.kinds[0] if wanted.kinds else "",
        "kinds": EntryKind.choices,
        "ledger": shown,
        "readable": _readable(visit, shown.entries),
        "unread_notifications": visit.unread - _look(visit, account),
    }
    return client_page(request, "person/ledger.html", visit, context)


@require_safe
@as_client
def ledger_csv(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Send all rows that the filter lets pass as a file for a spreadsheet."""
    account = chosen_account(request, visit)
    rows = ledger_rows(
        provider_id=visit.provider.pk, account_id=account.pk, wanted=_wanted(request)
    )
    # Made whole at once: times and words are in the reader's zone and language only until then.
    text = "".join(csv_lines(csv_rows(rows)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ledger-{account.pk}.csv"'
    return response


def chosen_account(request: HttpRequest, visit: ClientVisit) -> Account:
    """Return the account that the address names, else the first whose ledger he may read."""
    named = request.GET.get("account", "")
    own = [one for one in visit.ledgers if not named or str(one.pk) == named]
    if not own:
        raise Http404
    return own[0]


def _look(visit: ClientVisit, account: Account) -> int:
    """Note that the reader has seen what moved; return how many rows that settled."""
    if not visit.unread:
        return 0
    return mark_account_read(
        user_id=visit.user.pk, provider_id=visit.provider.pk, account_id=account.pk
    )


def _wanted(request: HttpRequest) -> LedgerFilter:
    kind = request.GET.get("kind", "")
    return LedgerFilter(kinds=(kind,) if kind in EntryKind.values else ())


def _readable(visit: ClientVisit, entries: list[LedgerEntry]) -> set[int]:
    """Return the numbers of those tickets that the reader may open."""
    numbers = {entry.ticket_id for entry in entries if entry.ticket_id}
    if not numbers:
        return set()
    tickets = Ticket.objects.visible_to(visit.reach).filter(pk__in=numbers)
    return set(tickets.values_list("pk", flat=True))
