"""The three statuses of a ticket and the only moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Whose turn it is."""

    IN_PROGRESS = "in_progress", _("In progress")
    WAITING_FOR_REPLY = "waiting_for_reply", _("Waiting for reply")
    SOLVED = "solved", _("Solved")


class Side(models.TextChoices):
    """Which side of the desk a person stands on."""

    CLIENT = "client", _("Client")
    STAFF = "staff", _("Support")


class Act(models.TextChoices):
    """What can move a ticket."""

    REPLY = "reply", _("reply")
    CLOSE = "close", _("close")


OPEN = (Status.IN_PROGRESS, Status.WAITING_FOR_REPLY)

# A ticket begins by owing the other side an answer.
FIRST = {Side.CLIENT: Status.IN_PROGRESS, Side.STAFF: Status.WAITING_FOR_REPLY}

# (status, act, side) -> next status. What is not here is refused: solved is final.
MOVES: dict[tuple[Status, Act, Side], Status] = {
    (Status.IN_PROGRESS, Act.REPLY, Side.CLIENT): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Act.REPLY, Side.STAFF): Status.WAITING_FOR_REPLY,
    (Status.IN_PROGRESS, Act.CLOSE, Side.CLIENT): Status.SOLVED,
    (Status.IN_PROGRESS, Act.CLOSE, Side.STAFF): Status.SOLVED,
    (Status.WAITING_FOR_REPLY, Act.REPLY, Side.CLIENT): Status.IN_PROGRESS,
    (Status.WAITING_FOR_REPLY, Act.REPLY, Side.STAFF): Status.WAITING_FOR_REPLY,
    (Status.WAITING_FOR_REPLY, Act.CLOSE, Side.CLIENT): Status.SOLVED,
    (Status.WAITING_FOR_REPLY, Act.CLOSE, Side.STAFF): Status.SOLVED,
}
