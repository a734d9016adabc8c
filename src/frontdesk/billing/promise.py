"""The price promise: what a ticket will cost, said before it is sent."""

from dataclasses import replace
from decimal import Decimal

from django.db.models import QuerySet

from frontdesk.accounts.models import Provider
from frontdesk.billing.models import BillingSettings, PriceRule
from frontdesk.billing.offers import Free, Offer, Terms, Wallet, make_offer
from frontdesk.billing.wallets import wallet_of
from frontdesk.shared.composed import OTHER_NUMBER, SOME_NUMBER, Composed


def offer_for(*, provider_id: int, account_id: int, department_id: int) -> Offer:
    """Return what a ticket of this account to this department will take now.

    One query where the department is free, three where it charges. Raises NoSuchAccount.
    """
    terms = terms_of(provider_id=provider_id, department_id=department_id)
    if terms is None:
        return Free()
    return make_offer(terms, wallet_of(provider_id=provider_id, account_id=account_id))


def offers_for(*, provider_id: int, account_id: int) -> dict[int, Offer]:
    """Return the offers of all departments that charge, by department id; the others are free.

    Two queries however many departments there are. Raises NoSuchAccount.
    """
    rules = list(_rules(provider_id).filter(charges=True))
    if not rules:
        return {}
    wallet = wallet_of(provider_id=provider_id, account_id=account_id)
    return {rule.department_id: make_offer(_terms(rule), wallet) for rule in rules}


def offer_by(rule: PriceRule, wallet: Wallet) -> Offer:
    """Return what a rule that was read with its provider's settings takes from this wallet."""
    return make_offer(_terms(rule) if rule.charges else None, wallet)


def terms_of(*, provider_id: int, department_id: int) -> Terms | None:
    """Return what this department asks for a ticket; None where it is free. One query."""
    rows = TERMS.rows({SOME_NUMBER: provider_id, OTHER_NUMBER: department_id})
    return Terms(*rows[0]) if rows else None


def terms_of_charge(*, provider_id: int, department_id: int, amount: Decimal) -> Terms:
    """Return the terms of a sum that staff take: the department's rule says what happens
    without funds, also where its tickets are free."""
    rule = _rules(provider_id).filter(department_id=department_id).first()
    if rule:
        return replace(_terms(rule), price=amount)
    provider = Provider.objects.select_related("billing").get(pk=provider_id)
    billing = BillingSettings.of(provider)
    return Terms(amount, provider.currency, billing.debt_limit, billing.top_up_url)


# As _terms below, written out: every ticket asks it, and most are free. No row where it is; else
# the fields of Terms for SOME_NUMBER's department OTHER_NUMBER.
TERMS = Composed(
    """
SELECT rule.price, provider.currency,
    CASE WHEN rule.no_funds = '' THEN coalesce(billing.debt_limit, 0.00) ELSE rule.debt_limit END,
    coalesce(billing.top_up_url, '')
FROM billing_pricerule rule
JOIN accounts_provider provider ON provider.id = rule.provider_id
LEFT JOIN billing_billingsettings billing ON billing.provider_id = rule.provider_id
WHERE rule.department_id = %s AND rule.provider_id = %s AND rule.charges
""",
    (OTHER_NUMBER, SOME_NUMBER),
)


def _rules(provider_id: int) -> QuerySet[PriceRule]:
    return PriceRule.objects.filter(provider_id=provider_id).select_related("provider__billing")


def _terms(rule: PriceRule) -> Terms:
    billing = BillingSettings.of(rule.provider)
    return Terms(rule.price, rule.provider.currency, rule.allowed_debt, billing.top_up_url)
