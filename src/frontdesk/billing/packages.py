"""The packages a client can buy, each with what it would take from his balance."""

from decimal import Decimal

from frontdesk.accounts.models import Provider
from frontdesk.billing.models import BillingSettings, Package
from frontdesk.billing.offers import CannotAfford, MustPay, Terms, make_price
from frontdesk.billing.wallets import wallet_of


def packages_for(
    *, provider_id: int, account_id: int
) -> list[tuple[Package, MustPay | CannotAfford]]:
    """Return the packages on sale with this account's offers, in the provider's order.

    Two queries. Raises NoSuchAccount.
    """
    packages = list(
        Package.objects.filter(provider_id=provider_id, is_offered=True)
        .select_related("provider__billing")
        .order_by("position", "id")
    )
    if not packages:
        return []
    wallet = wallet_of(provider_id=provider_id, account_id=account_id)
    return [
        (package, package_offer(package, package.provider, wallet.balance)) for package in packages
    ]


def package_offer(package: Package, provider: Provider, balance: Decimal) -> MustPay | CannotAfford:
    """Return what the package would take from this balance; never a debt.

    Its code names what is bought as well: fewer tickets for the same price ask again.
    """
    terms = Terms(
        package.price,
        provider.currency,
        top_up_url=BillingSettings.of(provider).top_up_url,
        buys=f"{package.pk}x{package.quantity}d{package.lasts_days or 0}",
    )
    return make_price(terms, balance)
