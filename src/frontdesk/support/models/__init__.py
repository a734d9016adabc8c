"""The records of the core."""

# Loaded so that Django knows them; named nowhere here, so that no client path finds them by chance.
import frontdesk.support.models.client_note
import frontdesk.support.models.note  # noqa: F401
from frontdesk.support.models.attachment import Attachment, Upload
from frontdesk.support.models.canned import CannedReply
from frontdesk.support.models.department import Department, DepartmentSeat
from frontdesk.support.models.draft import Draft, DraftKind
from frontdesk.support.models.event import Event, EventKind
from frontdesk.support.models.message import Message
from frontdesk.support.models.once import OnceKey
from frontdesk.support.models.presence import Presence
from frontdesk.support.models.read_mark import ReadMark
from frontdesk.support.models.schedule import AnswerPromise, Schedule
from frontdesk.support.models.service_import import ServiceImport
from frontdesk.support.models.ticket import Priority, Ticket

__all__ = [
    "AnswerPromise",
    "Attachment",
    "CannedReply",
    "Department",
    "DepartmentSeat",
    "Draft",
    "DraftKind",
    "Event",
    "EventKind",
    "Message",
    "OnceKey",
    "Presence",
    "Priority",
    "ReadMark",
    "Schedule",
    "ServiceImport",
    "Ticket",
    "Upload",
]
