"""An administrator adds or changes a package of tickets."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from frontdesk.billing.errors import BadSetting, NoSuchPackage
from frontdesk.billing.models import Package
from frontdesk.billing.terms_checks import (
    checked_days,
    checked_name,
    checked_price,
    checked_tickets,
)


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """A package as it is entered. `lasts_days` is None for tickets that never lapse."""

    name: str
    quantity: int
    price: Decimal
    lasts_days: int | None = None
    is_offered: bool = True
    position: int = 0


def save_package(*, provider_id: int, package_id: int | None, facts: PackageFacts) -> Package:
    """Add a package (`package_id` None) or change one, and return it.

    What was bought before stays as it was bought. Records no event.
    Raises BadSetting, whose `field` is one of the facts' (a name taken twice: `name`), or
    NoSuchPackage.
    """
    package = Package(provider_id=provider_id)
    if package_id is not None:
        found = Package.objects.filter(pk=package_id, provider_id=provider_id).first()
        if found is None:
            raise NoSuchPackage
        package = found
    package.name = checked_name(facts.name)
    package.quantity = checked_tickets(facts.quantity)
    package.price = checked_price("price", facts.price)
    package.lasts_days = checked_days(facts.lasts_days)
    package.is_offered = facts.is_offered
    package.position = facts.position
    try:
        with transaction.atomic():
            package.save()
    except IntegrityError:
        raise BadSetting("name") from None
    return package
