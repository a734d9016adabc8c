"""What a ticket, or a package, will cost: pure arithmetic, the same for every channel."""

from dataclasses import dataclass
from decimal import Decimal

from frontdesk.billing.money import ZERO


@dataclass(frozen=True, slots=True)
class Terms:
    """What the seller asks. `debt_limit` is how far below zero a balance may go for it, `buys`
    a code of what the price is for, where that is something else than one ticket."""

    price: Decimal
    currency: str
    debt_limit: Decimal = ZERO
    top_up_url: str = ""
    buys: str = ""


@dataclass(frozen=True, slots=True)
class Wallet:
    """What the payer has: money, and tickets that can be used now."""

    balance: Decimal = ZERO
    available: int = 0


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing is taken."""

    kind = "free"

    @property
    def code(self) -> str:
        """What a form carries to say that this was shown."""
        return "free"


@dataclass(frozen=True, slots=True)
class UsesAllowance:
    """One of `available` tickets is used; the balance does not change."""

    available: int

    kind = "allowance"

    @property
    def left_after(self) -> int:
        """How many will be left."""
        return self.available - 1

    @property
    def code(self) -> str:
        """What a form carries. One ticket is taken however many there are, so a number that
        changed meanwhile does not ask again."""
        return "unit"


@dataclass(frozen=True, slots=True)
class MustPay:
    """The price is taken from the balance. `debt_limit` is zero where no debt is allowed."""

    price: Decimal
    currency: str
    balance_now: Decimal
    debt_limit: Decimal = ZERO
    buys: str = ""

    kind = "pay"

    @property
    def balance_after(self) -> Decimal:
        """What will be on the balance."""
        return self.balance_now - self.price

    @property
    def is_debt(self) -> bool:
        """Whether the payer will owe money afterwards."""
        return self.balance_after < 0

    @property
    def code(self) -> str:
        """What a form carries: another price, or a debt where none was shown, asks again."""
        way = "debt" if self.is_debt else "pay"
        return ":".join([way, str(self.price), self.currency, *([self.buys] if self.buys else [])])


@dataclass(frozen=True, slots=True)
class CannotAfford:
    """Nothing can be taken: `missing` must be paid in first, at `top_up_url` if there is one."""

    price: Decimal
    currency: str
    balance_now: Decimal
    missing: Decimal
    top_up_url: str

    kind = "cannot_pay"

    @property
    def code(self) -> str:
        """What a form carries."""
        return f"short:{self.price}:{self.currency}"


Offer = Free | UsesAllowance | MustPay | CannotAfford


def make_offer(terms: Terms | None, wallet: Wallet) -> Offer:
    """Return what these terms mean for this wallet; no terms are free.

    Tickets are used first, then money is asked for.
    """
    if terms is None:
        return Free()
    if wallet.available > 0:
        return UsesAllowance(wallet.available)
    return make_price(terms, wallet.balance)


def make_price(terms: Terms, balance: Decimal) -> MustPay | CannotAfford:
    """Return whether this balance can pay the price, and what is missing if it cannot."""
    missing = terms.price - terms.debt_limit - balance
    if missing > 0:
        return CannotAfford(terms.price, terms.currency, balance, missing, terms.top_up_url)
    return MustPay(terms.price, terms.currency, balance, terms.debt_limit, terms.buys)
