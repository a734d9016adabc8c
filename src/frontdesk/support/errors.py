"""Why an act was refused: one named error a rule; each channel finds its own words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontdesk.support.models import Message, Ticket


class Refused(Exception):
    """An act was refused by a rule. Nothing was changed."""


class BadKey(Refused):
    """The form's key is missing or is not one that a form of ours has."""


class EmptyMessage(Refused):
    """A new ticket has no text, or a reply has neither text nor files."""


class MessageTooLong(Refused):
    """The text is longer than a message may be."""

    def __init__(self, *, length: int, limit: int) -> None:
        super().__init__(f"{length} symbols, {limit} allowed")
        self.length = length
        self.limit = limit


class NoSuchDepartment(Refused):
    """The department is not one that this person may choose."""


class NoSuchService(Refused):
    """The service is unknown, or belongs to another account."""


class NoSuchAccount(Refused):
    """The account is not one that this person belongs to, or none was chosen of several."""


class NoSuchAssignee(Refused):
    """The person chosen is not active staff who may read this ticket."""


class NotAllowed(Refused):
    """This side of the desk may not do that."""


class BadValue(Refused):
    """A setting cannot have this value. `field` names it, `reason` is one of the codes below."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TAKEN = "taken"
    UNKNOWN = "unknown"
    LAST_ADMINISTRATOR = "last_administrator"
    NOT_AN_IMAGE = "not_an_image"
    TOO_LARGE = "too_large"
    ENDS_BEFORE_START = "ends_before_start"
    OVERLAPS = "overlaps"
    NEVER = "never"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class TicketSolved(Refused):
    """The ticket is closed, and closed is final."""

    def __init__(self, ticket: "Ticket") -> None:
        super().__init__(f"#{ticket.pk} is solved")
        self.ticket = ticket


class AlreadySent(Refused):
    """The same form was sent before with other words: the first stands, the new text is kept."""

    def __init__(self, ticket: "Ticket") -> None:
        super().__init__(f"already sent as #{ticket.pk}")
        self.ticket = ticket


class AlreadyTaken(Refused):
    """Another staff member has the ticket."""

    def __init__(self, ticket: "Ticket") -> None:
        super().__init__(f"#{ticket.pk} has an assignee")
        self.ticket = ticket


class NewerMessages(Refused):
    """The other side, or a colleague, wrote while this answer was being written."""

    def __init__(self, newer: "list[Message]") -> None:
        super().__init__(f"{len(newer)} newer messages")
        self.newer = newer


class ReasonMissing(Refused):
    """This act wants a reason."""


class FileRefused(Refused):
    """A file cannot be sent. `reason` is one of the codes below; figures are in bytes."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    PROGRAM = "program"
    EMPTY = "empty"
    TOO_MUCH = "too_much"
    # The account's files have all the room that the provider gives them.
    NO_ROOM = "no_room"
    INFECTED = "infected"
    # The virus scanner could not be asked.
    UNSCANNED = "unscanned"

    def __init__(self, *, name: str, reason: str, size: int = 0, limit: int = 0) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
        self.size = size
        self.limit = limit
