"""A client buys a package of tickets from his balance."""

from datetime import timedelta

from django.db import transaction

from frontdesk.billing.book import Stamp, earlier_entry, open_book, write
from frontdesk.billing.consent import Consent, check_consent
from frontdesk.billing.errors import ReferenceReused
from frontdesk.billing.lots import new_lot
from frontdesk.billing.models import AllowanceLot, EntryKind, LedgerEntry, Source
from frontdesk.billing.packages import package_offer, package_on_sale


def buy_package(
    *, provider_id: int, account_id: int, package_id: int, consent: Consent, stamp: Stamp
) -> LedgerEntry:
    """Take the package's price from the balance, add its tickets, and return the one row.

    A package is never bought into debt. The price is the one that was shown and confirmed.
    The same reference again buys nothing more. Records no event.
    Raises OfferChanged, PriceNotConfirmed, CannotPay, NoSuchPackage, NoSuchAccount,
    BadReference, ReferenceReused.
    """
    with transaction.atomic():
        book = open_book(provider_id=provider_id, account_id=account_id)
        if entry := earlier_entry(book, stamp, EntryKind.PACKAGE):
            if entry.lot is None or entry.lot.package_id != package_id:
                raise ReferenceReused
            return entry
        package = package_on_sale(provider_id=provider_id, package_id=package_id)
        offer = package_offer(package, package.provider, book.balance)
        check_consent(offer, consent)
        days = package.lasts_days
        lot = new_lot(
            book,
            AllowanceLot(source=Source.PACKAGE, package=package, quantity=package.quantity),
            expires_at=book.now + timedelta(days=days) if days else None,
        )
        entry = LedgerEntry(
            kind=EntryKind.PACKAGE, amount=-package.price, units=lot.quantity, lot=lot
        )
        return write(book, entry, stamp)
