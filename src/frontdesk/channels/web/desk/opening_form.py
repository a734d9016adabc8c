"""The form by which staff open a ticket for a client, with what was typed and chosen in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from frontdesk.channels.web.desk.entries import File
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.support.actions.open_ticket import TicketRequest
from frontdesk.support.actions.save_draft import new_key
from frontdesk.support.models import Draft, DraftKind, Ticket, Upload

MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Opening:
    """What is typed and chosen so far; ids that are none are None."""

    key: str
    text: str = ""
    account: int | None = None
    requester: int | None = None
    department: int | None = None
    service: int | None = None
    about: int | None = None
    files: Sequence[File | Upload] = ()
    refused: Sequence[tuple[str, str]] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, Any], *, key: str) -> Self:
        """Return the form with these values, from an address, a post or a draft."""
        return cls(
            key,
            text=str(values.get("message", "")),
            account=_id(values.get("account")),
            requester=_id(values.get("requester")),
            department=_id(values.get("department")),
            service=_id(values.get("service")),
            about=_id(values.get("about")),
        )

    @classmethod
    def blank(cls, account: int, given: "Opening", about: Ticket | None) -> Self:
        """Return an empty form for this client with what the address or the old ticket gives."""
        form = cls(new_key(), account=account, service=given.service, requester=given.requester)
        return form.about_ticket(about) if about and about.account_id == account else form

    def about_ticket(self, about: Ticket) -> Self:
        """Return the form for a ticket that goes on with another one."""
        return replace(
            self,
            account=about.account_id,
            requester=about.requester_id,
            department=about.department_id,
            service=about.service_id,
            about=about.pk,
        )

    def request(self) -> TicketRequest:
        """Return what the core is asked for."""
        return TicketRequest(
            text=self.text,
            department_id=self.department,
            service_id=self.service,
            account_id=self.account,
            requester_id=self.requester,
            about_id=self.about,
        )


def unsent_opening(visit: StaffVisit) -> Opening | None:
    """Return the form that this person began and did not send, with its files."""
    files = Upload.objects.filter(
        user=OuterRef("user"), provider=OuterRef("provider"), key=OuterRef("key")
    )
    names = "pk name size width height"
    json = JSONObject(**{name: name for name in names.split()})
    draft: Any = (
        Draft.objects.filter(
            user=visit.user.pk, provider=visit.provider, kind=DraftKind.TICKET, ticket=None
        )
        .annotate(file_rows=ArraySubquery(files.order_by("pk").values(json=json)))
        .first()
    )
    if draft is None or "account" not in draft.choices:
        return None
    form = Opening.of({**draft.choices, "message": draft.text}, key=draft.key)
    return replace(form, files=[File(**row) for row in draft.file_rows])


def _id(value: object) -> int | None:
    text = str(value or "")
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None
