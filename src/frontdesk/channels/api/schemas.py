"""What is sent and answered. Schemas check shapes; the core checks rules."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Path, Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict

from frontdesk.accounts.models import Account, Member, Service
from frontdesk.accounts.models.account import Right
from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.summaries import AccountSummary
from frontdesk.shared.text import storable


def _only_text(value: Any) -> Any:
    # A JSON number is a float to most programs, and 0.1 + 0.2 is no sum of money.
    if not isinstance(value, str):
        raise ValueError("a sum is text")
    return value


Text = Annotated[str, AfterValidator(storable)]
Money = Annotated[
    str,
    BeforeValidator(_only_text),
    Field(pattern=r"^[0-9]{1,8}(\.[0-9]{1,2})?$", examples=["50.00"]),
]


# How the provider's billing names them; a slash would end the address.
AccountId = Annotated[str, Path(description="The account's id in your billing.", examples=["1042"])]
ServiceId = Annotated[
    str, Path(description="The service's id in your billing.", examples=["vps-1001"])
]


class Sent(Schema):
    """A body: a field that nobody knows is a mistake, not a remark."""

    model_config = ConfigDict(extra="forbid")


class AccountIn(Sent):
    """A client account as the provider's billing knows it."""

    name: Text = Field(max_length=120, examples=["Alice's Bakery"])


class AccountOut(Schema):
    """An account and what it has."""

    id: str = Field(description="The account's id in the provider's billing.")
    name: str
    balance: Decimal
    currency: str
    available_tickets: int
    next_lapse_at: datetime | None = Field(description="When the next tickets lapse.")
    next_lapse_tickets: int

    @classmethod
    def of(cls, account: Account, summary: AccountSummary, currency: str) -> "AccountOut":
        """Build from the account and its summary."""
        return cls(
            id=account.external_id,
            name=account.name,
            balance=summary.balance,
            currency=currency,
            available_tickets=summary.available,
            next_lapse_at=summary.next_lapse_at,
            next_lapse_tickets=summary.next_lapse_units,
        )


class MemberIn(Sent):
    """A person to be a member; who is known by this address keeps his own name."""

    email: Text = Field(max_length=254, examples=["alice@client.example"])
    name: Text = Field(max_length=120)
    right: Right = Field(Right.OWN, description="Which tickets of the account he reads.")
    is_owner: bool = False


class MemberOut(Schema):
    """A member."""

    email: str
    name: str
    right: str
    is_owner: bool

    @classmethod
    def of(cls, member: Member) -> "MemberOut":
        """Build from the member."""
        user = member.user
        return cls(email=user.email, name=user.name, right=member.right, is_owner=member.is_owner)


class ServiceIn(Sent):
    """A service that a client bought."""

    name: Text = Field(max_length=120, examples=["shop.bakery.example"])
    kind: ServiceKind = ServiceKind.OTHER
    plan: Text = Field("", max_length=120)
    status: ServiceStatus = ServiceStatus.ACTIVE
    expires_on: date | None = None


class ServiceOut(Schema):
    """A service."""

    id: str
    account: str
    name: str
    kind: str
    plan: str
    status: str
    expires_on: date | None

    @classmethod
    def of(cls, service: Service, account: Account) -> "ServiceOut":
        """Build from the service and its account."""
        return cls(
            id=service.external_id,
            account=account.external_id,
            name=service.name,
            kind=service.kind,
            plan=service.plan,
            status=service.status,
            expires_on=service.expires_on,
        )


class TopUpIn(Sent):
    """A sum that was paid. `currency`, if given, must be the provider's."""

    amount: Money
    currency: str = Field("", max_length=3, examples=["EUR"])
    reason: Text = Field(max_length=200, examples=["Invoice 2026-114"])


class GrantIn(Sent):
    """Tickets to be given, for good or until a moment."""

    quantity: int = Field(ge=1, le=100_000, strict=True)
    expires_at: AwareDatetime | None = None
    reason: Text = Field(max_length=200, examples=["Premium support, November"])


class LedgerQuery(Schema):
    """Which rows of the ledger are wanted."""

    older: str = Field("", description="The “older” of the page before.")
    kind: EntryKind | None = Field(None, description="Only rows of this kind.")


class EntryOut(Schema):
    """One row of the ledger: sums and tickets moved, and what was there after it."""

    number: int
    time: datetime
    kind: str
    amount: Decimal
    balance_after: Decimal
    currency: str
    tickets: int
    tickets_after: int
    ticket: int | None = Field(description="The number of the ticket it was for.")
    reason: str
    reverses: int | None = Field(description="The number of the row that this one gives back.")

    @classmethod
    def of(cls, entry: LedgerEntry) -> "EntryOut":
        """Build from the row."""
        return cls(
            number=entry.pk,
            time=entry.created_at,
            kind=entry.kind,
            amount=entry.amount,
            balance_after=entry.balance_after,
            currency=entry.currency,
            tickets=entry.units,
            tickets_after=entry.units_after,
            ticket=entry.ticket_id,
            reason=entry.reason,
            reverses=entry.reverses_id,
        )


class TopUpOut(Schema):
    """The row of the money, and those of tickets that it earned."""

    entry: EntryOut
    gifts: list[EntryOut]


class LedgerOut(Schema):
    """Rows, newest first; `older` goes on from here, empty at the end."""

    entries: list[EntryOut]
    older: str
