"""What people typed into the client's forms: read here, judged by the core, never lost."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext as _

from frontdesk.accounts.models import Service
from frontdesk.billing.consent import Consent
from frontdesk.billing.errors import BillingRefused
from frontdesk.channels.web.client.paying import consent_in
from frontdesk.channels.web.money_words import refused_price
from frontdesk.channels.web.refusals import file_words, words_for
from frontdesk.channels.web.visit import ClientVisit
from frontdesk.support import errors
from frontdesk.support.actions.open_ticket import TicketRequest
from frontdesk.support.errors import FileRefused, Refused
from frontdesk.support.models import Department, Draft, DraftKind, Ticket, Upload
from frontdesk.support.subjects import subject_from

MOST_DIGITS = 18
NAMES_NOTHING = 0
CHOICES = ("department", "service", "account", "about")

FIELD_OF: dict[type[Refused], str] = {
    errors.NoSuchDepartment: "department",
    errors.NoSuchService: "service",
    errors.NoSuchAccount: "account",
}


@dataclass(slots=True)
class TicketForm:
    """The form of a new ticket, exactly as it was typed; `errors` by field, in their order.

    `refused` are files with the reason, `has_files` says whether some may wait under the key,
    `sent_as` is the ticket that was sent from this form before, with other words, `consent` what
    was said to the price that the form showed.
    """

    key: str
    message: str = ""
    department: str = ""
    service: str = ""
    account: str = ""
    about: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    has_files: bool = True
    sent_as: Ticket | None = None
    consent: Consent = field(default_factory=Consent)

    @classmethod
    def of(cls, values: QueryDict | dict[str, str], *, key: str, message: str) -> "TicketForm":
        """Return the form with the choices that are named in `values`."""
        form = cls(key=key, message=message)
        for name in CHOICES:
            setattr(form, name, str(values.get(name, "")))
        return form

    @property
    def subject(self) -> str:
        """The subject that the core would make of the message."""
        return subject_from(self.message)

    @property
    def about_id(self) -> int | None:
        """The number of the ticket that this one goes on with."""
        return read_id(self.about)

    def go_on_with(self, ticket: Ticket) -> None:
        """Choose what the ticket that this one goes on with had chosen."""
        self.account, self.department = str(ticket.account_id), str(ticket.department_id)
        self.service = str(ticket.service_id or "")

    def suggest(self, departments: list[Department], services: list[Service]) -> None:
        """Choose what leaves no choice: the only department, the account of the service."""
        if len(departments) == 1:
            self.department = str(departments[0].pk)
        for service in services:
            if str(service.pk) == self.service:
                self.account = str(service.account_id)

    def request(self) -> TicketRequest:
        """Return the form as the core reads it."""
        return TicketRequest(
            text=self.message,
            department_id=read_id(self.department),
            service_id=read_id(self.service),
            account_id=read_id(self.account),
            about_id=self.about_id,
            consent=self.consent,
        )

    def hear_consent(self, values: QueryDict) -> None:
        """Take down what was said to the price of the chosen department."""
        self.consent = consent_in(values, self.department)

    def refuse_price(self, error: BillingRefused) -> None:
        """Note that the ticket was not sent for its price."""
        self.errors["confirm_price"] = refused_price(error, self.consent.shown)

    def check(self, visit: ClientVisit) -> None:
        """Note everything that is plainly missing, so that it is all told at once."""
        if not self.message.strip():
            self.errors["message"] = _("Write your question first. Files alone cannot be sent.")
        if not self.department:
            self.errors["department"] = words_for(errors.NoSuchDepartment())
        if not self.account and len(visit.accounts) > 1:
            self.errors["account"] = words_for(errors.NoSuchAccount())

    def refuse(self, error: Refused) -> None:
        """Note what the core refused, at the field that it is about."""
        words = words_for(error)
        if isinstance(error, errors.EmptyMessage):
            words = _("Write your question first. Files alone cannot be sent.")
        if isinstance(error, errors.NoSuchDepartment) and self.department:
            words = _("The department you chose takes no new tickets now. Choose another one.")
        self.errors[FIELD_OF.get(type(error), "message")] = words


def read_id(text: str) -> int | None:
    """Return the id that a field names; None for an empty one, 0 for what can be no id."""
    if not text:
        return None
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else NAMES_NOTHING


@dataclass(frozen=True, slots=True)
class RefusedFiles:
    """Files that did not get into a form: each with its reason, and all in one sentence."""

    rows: list[tuple[str, str]]
    summary: str

    @classmethod
    def of(cls, refused: list[FileRefused], *, chosen: int) -> "RefusedFiles":
        """Put the refused ones of `chosen` files into words."""
        too_many = [error for error in refused if error.reason == FileRefused.TOO_MANY]
        others = [error for error in refused if error.reason != FileRefused.TOO_MANY]
        summary = [file_words(error) for error in others]
        if too_many:
            words = _(
                "You chose %(n)s files; up to %(limit)s can be sent. The first ones are kept."
            )
            summary.append(words % {"n": chosen, "limit": too_many[0].limit})
        return cls([(error.name, file_words(error)) for error in refused], " ".join(summary))


def kept_draft(visit: ClientVisit) -> tuple[Draft, bool] | None:
    """Return the new ticket that the person typed and did not send, and whether it has files."""
    mine = {"user_id": visit.user.pk, "provider_id": visit.provider.pk}
    drafts = Draft.objects.filter(**mine, kind=DraftKind.TICKET, ticket__isnull=True)
    files = Upload.objects.filter(**mine, key=OuterRef("key"))
    draft = drafts.annotate(has_files=Exists(files)).first()
    return (draft, draft.has_files) if draft else None
