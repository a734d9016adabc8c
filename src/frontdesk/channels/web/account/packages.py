"""Packages of tickets: what is on sale, what the account has, and buying one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontdesk.accounts.models import Account
from frontdesk.billing.consent import Consent
from frontdesk.billing.errors import BadReference, BillingRefused, NoSuchPackage, ReferenceReused
from frontdesk.billing.models import LedgerEntry
from frontdesk.billing.packages import package_offer, package_on_sale, packages_for
from frontdesk.billing.summaries import usable_lots_of
from frontdesk.billing.wallets import wallet_of
from frontdesk.channels.web.account.money import chosen_account
from frontdesk.channels.web.money_words import bought_words, price_in, refused_package
from frontdesk.channels.web.render import client_page, see_other
from frontdesk.channels.web.visit import ClientVisit, as_client
from frontdesk.support.actions.purchase_package import purchase_package
from frontdesk.support.actions.save_draft import new_key

MOST_SYMBOLS = 120
MOST_LOTS = 50


@dataclass(slots=True)
class BuyForm:
    """What the form carries: the key that makes it one purchase, and the offer it showed."""

    key: str
    shown: str = ""
    error: str = ""


@require_safe
@as_client
def packages(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Show what can be bought and which tickets the account has; `account` chooses of several."""
    account = chosen_account(request, visit)
    whose = {"provider_id": visit.provider.pk, "account_id": account.pk}
    wallet = wallet_of(provider_id=visit.provider.pk, account_id=account.pk)
    context = {
        "section": "ledger",
        "account": account,
        "wallet": wallet,
        "may_buy": account.pk in visit.owned,
        "packages": packages_for(provider_id=visit.provider.pk, wallet=wallet),
        "lots": list(usable_lots_of(**whose)[:MOST_LOTS]),
    }
    return client_page(request, "person/packages.html", visit, context)


@require_http_methods(["GET", "HEAD", "POST"])
@as_client
def buy(request: HttpRequest, visit: ClientVisit, package: int) -> HttpResponse:
    """Show what a package takes from the balance, or buy it once for each form."""
    account = chosen_account(request, visit)
    if account.pk not in visit.owned:
        raise Http404
    if request.method != "POST":
        return _confirm(request, visit, account, package, BuyForm(new_key()))
    form = BuyForm(
        key=request.POST.get("key", "").strip(),
        shown=request.POST.get("shown", "")[:MOST_SYMBOLS],
    )
    try:
        entry = _purchase(visit, account, package, form)
    except BillingRefused as error:
        form.error = refused_package(error, form.shown)
        if isinstance(error, BadReference | ReferenceReused):
            form.key = new_key()
        return _confirm(request, visit, account, package, form)
    messages.success(request, bought_words(entry))
    return see_other("packages", visit.provider.slug, query=f"?account={account.pk}")


def _purchase(visit: ClientVisit, account: Account, package: int, form: BuyForm) -> LedgerEntry:
    """Buy what the page showed: its button says yes to the price that stands on it."""
    return purchase_package(
        by=visit.actor,
        account_id=account.pk,
        package_id=package,
        consent=Consent(shown=form.shown, is_confirmed=True, price=price_in(form.shown)),
        key=form.key,
    )


def _confirm(
    request: HttpRequest, visit: ClientVisit, account: Account, package_id: int, form: BuyForm
) -> HttpResponse:
    try:
        package = package_on_sale(provider_id=visit.provider.pk, package_id=package_id)
    except NoSuchPackage:
        if request.method != "POST":
            raise Http404 from None
        messages.error(request, _("This package is no longer sold. Nothing was charged."))
        return see_other("packages", visit.provider.slug, query=f"?account={account.pk}")
    wallet = wallet_of(provider_id=visit.provider.pk, account_id=account.pk)
    context = {
        "section": "ledger",
        "account": account,
        "package": package,
        "offer": package_offer(package, package.provider, wallet.balance),
        "form": form,
    }
    status = 422 if form.error else 200
    return client_page(request, "person/buy_package.html", visit, context, status=status)
