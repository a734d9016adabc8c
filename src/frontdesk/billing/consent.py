"""What a payer saw and said before he sent, held against what would be taken now."""

from dataclasses import dataclass
from decimal import Decimal

from frontdesk.billing.errors import CannotPay, OfferChanged, PriceNotConfirmed
from frontdesk.billing.offers import CannotAfford, MustPay, Offer


@dataclass(frozen=True, slots=True)
class Consent:
    """`shown` is the code of the offer that stood there; empty where the channel kept none.
    `is_confirmed` says that the payer agreed to pay, `price` to which price, if he named it."""

    shown: str = ""
    is_confirmed: bool = False
    price: Decimal | None = None


def check_consent(offer: Offer, consent: Consent) -> None:
    """Let pass only what was shown and, where it costs money, was agreed to.

    Raises CannotPay, OfferChanged or PriceNotConfirmed, each with the offer to show now.
    """
    if isinstance(offer, CannotAfford):
        raise CannotPay(offer)
    if consent.shown and consent.shown != offer.code:
        raise OfferChanged(offer)
    if not isinstance(offer, MustPay):
        return
    if not consent.is_confirmed:
        raise PriceNotConfirmed(offer)
    if consent.price is not None and consent.price != offer.price:
        raise OfferChanged(offer)
