"""What a ticket costs, as the dialogue is told: sums are in words, ready to be shown."""

from dataclasses import dataclass
from enum import StrEnum


class Costs(StrEnum):
    """What a ticket of an account to a department takes."""

    NOTHING = "free"
    ALLOWANCE = "allowance"
    MONEY = "pay"
    TOO_MUCH = "cannot_pay"


@dataclass(frozen=True, slots=True)
class OfferFact:
    """What is taken now. `code` is what a form would carry, `available` counts the tickets
    that need no payment; the sums are empty where no money is asked for."""

    costs: Costs
    code: str
    available: int = 0
    price: str = ""
    balance: str = ""
    balance_after: str = ""
    top_up_url: str = ""


def price_in(code: str) -> str:
    """Return the price that the code of an offer names, in words; empty where it names none."""
    parts = code.split(":")
    return f"{parts[1]} {parts[2]}" if len(parts) > 2 else ""


FREE = OfferFact(Costs.NOTHING, "free")
