"""What the dialogue is told about the desk. Names are plain text; whoever shows them escapes."""

from dataclasses import dataclass, field

from frontdesk.channels.telegram.steps.offers import FREE, OfferFact
from frontdesk.channels.telegram.steps.state import Limits


@dataclass(frozen=True, slots=True)
class Named:
    """Something to choose, by its name; `says` is what a department says of its hours now."""

    id: int
    name: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class ProviderFact:
    """A provider where the person is a client."""

    id: int
    name: str
    accounts: tuple[Named, ...]
    departments: tuple[Named, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class ServiceFact:
    """A service of one of the person's accounts."""

    id: int
    external_id: str
    name: str
    account: int


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A row of the list of active tickets."""

    number: int
    subject: str
    waits_for_client: bool


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A page of active tickets, newest activity first."""

    lines: tuple[TicketLine, ...] = ()
    page: int = 0
    has_older: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One ticket as its card shows it. `html` is the last message, rendered and cut."""

    number: int
    subject: str
    is_solved: bool
    waits_for_client: bool
    provider: int
    provider_name: str
    account: int
    service: int | None
    department_name: str
    time: str
    author: str
    html: str
    limits: Limits
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a step may need to know; only what it does need is filled."""

    new_key: str = ""
    providers: tuple[ProviderFact, ...] = ()
    services: tuple[ServiceFact, ...] = ()
    tickets: TicketPage = field(default_factory=TicketPage)
    card: Card | None = None
    places: tuple[tuple[str, str], ...] = ()  # account's and provider's name, of a new link
    offers: dict[tuple[int, int], OfferFact] = field(default_factory=dict)

    def provider(self, provider_id: int | None) -> ProviderFact | None:
        """Return the provider with this id, if the person is a client there."""
        return next((one for one in self.providers if one.id == provider_id), None)

    def offer(self, account_id: int | None, department_id: int | None) -> OfferFact:
        """Return what a ticket of this account to this department takes; most are free."""
        return self.offers.get((account_id or 0, department_id or 0), FREE)

    def services_of(self, account_id: int | None) -> tuple[ServiceFact, ...]:
        """Return the services of one account."""
        return tuple(one for one in self.services if one.account == account_id)
