"""Gives the demo its prices, packages, balances and available tickets."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from frontdesk.billing.actions.grant_allowance import grant_allowance
from frontdesk.billing.actions.save_package import PackageFacts, save_package
from frontdesk.billing.actions.set_billing_rules import Rules, set_billing_rules
from frontdesk.billing.actions.set_price_rule import set_price_rule
from frontdesk.billing.actions.top_up import top_up
from frontdesk.billing.book import Stamp
from frontdesk.billing.prices import Price
from frontdesk.operations.demo.people import Cast
from frontdesk.operations.demo.stories import read


def fill_wallets(cast: Cast, *, now: datetime) -> None:
    """Set what support costs and put money and tickets into the accounts."""
    for raw in read("money")["rules"]:
        provider = cast.providers[raw["provider"]]
        rules = Rules(currency=provider.currency, top_up_url=raw["top_up_url"])
        set_billing_rules(provider_id=provider.pk, rules=rules)
    for raw in read("money")["price"]:
        department = cast.departments[raw["provider"], raw["department"]]
        set_price_rule(
            provider_id=department.provider_id,
            department_id=department.pk,
            price=Price(charges=True, price=Decimal(raw["price"])),
        )
    for position, raw in enumerate(read("money")["package"]):
        _offer_package(cast, raw, position=position)
    for raw in read("money")["wallet"]:
        _fill_wallet(cast, raw, now=now)


def _offer_package(cast: Cast, raw: dict[str, Any], *, position: int) -> None:
    facts = PackageFacts(
        name=raw["name"],
        quantity=raw["quantity"],
        price=Decimal(raw["price"]),
        lasts_days=raw.get("days"),
        position=position,
    )
    save_package(provider_id=cast.providers[raw["provider"]].pk, package_id=None, facts=facts)


def _fill_wallet(cast: Cast, raw: dict[str, Any], *, now: datetime) -> None:
    member = cast.members[raw["member"], raw["provider"]]
    where = {"provider_id": member.provider_id, "account_id": member.account_id}
    reference = f"demo:{raw['member']}"
    # The balance comes from the provider's billing, the tickets from an administrator.
    paid = Stamp(by_user_id=None, reference=f"{reference}:paid", reason=raw["paid"])
    top_up(**where, amount=Decimal(raw["balance"]), stamp=paid)
    if "tickets" not in raw:
        return
    given = Stamp(cast.users["ada"].pk, reference=f"{reference}:given", reason=raw["reason"])
    days = raw.get("days")
    expires_at = now + timedelta(days=days) if days else None
    grant_allowance(**where, quantity=raw["tickets"], expires_at=expires_at, stamp=given)
