"""The packages a client can buy, each with what it would take from his balance."""

from decimal import Decimal

from frontdesk.accounts.models import Provider
from frontdesk.billing.errors import NoSuchPackage
from frontdesk.billing.models import BillingSettings, Package
from frontdesk.billing.offers import CannotAfford, MustPay, Terms, Wallet, make_price


def packages_for(
    *, provider_id: int, wallet: Wallet
) -> list[tuple[Package, MustPay | CannotAfford]]:
    """Return the packages on sale with what each is to this wallet, in the provider's order.

    One query.
    """
    packages = (
        Package.objects.filter(provider_id=provider_id, is_offered=True)
        .select_related("provider__billing")
        .order_by("position", "id")
    )
    return [
        (package, package_offer(package, package.provider, wallet.balance)) for package in packages
    ]


def package_on_sale(*, provider_id: int, package_id: int) -> Package:
    """Return a package with its provider's rules. Raises NoSuchPackage."""
    on_sale = Package.objects.filter(provider_id=provider_id, is_offered=True, pk=package_id)
    package = on_sale.select_related("provider__billing").first()
    if package is None:
        raise NoSuchPackage
    return package


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
