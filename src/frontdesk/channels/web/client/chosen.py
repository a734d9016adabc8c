"""Which tickets the list is to show, exactly as its address says it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from frontdesk.channels.web.visit import ClientVisit
from frontdesk.support.search import QUERY_LENGTH
from frontdesk.support.statuses import OPEN, Status

ALL = "all"
STATUSES: dict[str, tuple[Status, ...]] = {
    ALL: tuple(Status),
    "open": OPEN,
    "waiting_for_reply": (Status.WAITING_FOR_REPLY,),
    "in_progress": (Status.IN_PROGRESS,),
    "solved": (Status.SOLVED,),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address chooses; what is no choice of ours is ignored."""

    status: str
    query: str
    account_id: int | None

    @classmethod
    def of(cls, address: QueryDict, visit: ClientVisit) -> "Chosen":
        """Return what the parameters of an address choose."""
        status, account = address.get("status", ALL), address.get("account", "")
        return cls(
            status=status if status in STATUSES else ALL,
            query=address.get("q", "").replace("\x00", "").strip()[:QUERY_LENGTH],
            account_id=next((one.pk for one in visit.accounts if str(one.pk) == account), None),
        )

    def address(self, **changes: object) -> str:
        """Return what follows the page's address for the same list, or nearly."""
        values = {
            "status": "" if self.status == ALL else self.status,
            "q": self.query,
            "account": self.account_id,
            **changes,
        }
        chosen = {name: value for name, value in values.items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""
