"""An administrator sets the provider's rules about money."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from babel.numbers import list_currencies
from django.db import transaction

from frontdesk.accounts.models import Provider
from frontdesk.billing.errors import BadSetting, CurrencyInUse
from frontdesk.billing.models import BillingSettings, LedgerEntry, NoFunds
from frontdesk.billing.money import ZERO
from frontdesk.billing.terms_checks import checked_debt


@dataclass(frozen=True, slots=True)
class Rules:
    """The provider's rules as they are entered."""

    currency: str
    top_up_url: str = ""
    no_funds: str = NoFunds.REFUSE
    debt_limit: Decimal = ZERO
    agents_may_charge: bool = False


def set_billing_rules(*, provider_id: int, rules: Rules) -> BillingSettings:
    """Set the provider's currency and rules, and return them.

    The currency stays once the ledger has a row. Records no event.
    Raises BadSetting, whose `field` is one of the rules', or CurrencyInUse.
    """
    if rules.currency not in list_currencies():
        raise BadSetting("currency")
    if rules.no_funds not in NoFunds.values:
        raise BadSetting("no_funds")
    if rules.top_up_url and not _is_web_address(rules.top_up_url):
        raise BadSetting("top_up_url")
    debt_limit = checked_debt(rules.no_funds, rules.debt_limit)
    with transaction.atomic():
        provider = Provider.objects.select_for_update(no_key=True).get(pk=provider_id)
        if provider.currency != rules.currency:
            if LedgerEntry.objects.filter(provider_id=provider_id).exists():
                raise CurrencyInUse
            provider.currency = rules.currency
            provider.save(update_fields=["currency"])
        billing, _is_new = BillingSettings.objects.update_or_create(
            provider=provider,
            defaults={
                "top_up_url": rules.top_up_url,
                "no_funds": rules.no_funds,
                "debt_limit": debt_limit,
                "agents_may_charge": rules.agents_may_charge,
            },
        )
        return billing


def _is_web_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= 300
