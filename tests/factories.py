"""Makes what a test needs beside the people of the house, by plain functions.

Tickets are made by the core's own actions, so that no test stands on a state that cannot be.
"""

from itertools import count

from django.core.files.base import ContentFile

from frontdesk.accounts.models import User
from frontdesk.support.actions.add_note import add_note
from frontdesk.support.actions.close import close
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.receive_file import receive_file
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.actor import Actor
from frontdesk.support.models import Department, Message, Ticket, Upload
from frontdesk.support.models.note import Note
from tests.people import as_client

QUESTION = "The shop answers with error 502 since this morning."
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763"
    "f8cfc000000301010018dd8db00000000049454e44ae426082"
)

_numbers = count(1)


def new_key() -> str:
    """Return a form key that was not used before."""
    return f"key-{next(_numbers)}"


def a_ticket(
    user: User, department: Department, text: str = QUESTION, *, by: Actor | None = None, **fields
) -> Ticket:
    """Open a ticket as the client `user` (or as `by`), with a fresh key."""
    request = TicketRequest(text=text, department_id=department.pk, **fields)
    return open_ticket(
        by=by or as_client(user, department.provider), request=request, key=new_key()
    )


def a_reply(by: Actor, ticket: Ticket, text: str = "Thank you.", **fields) -> Message:
    """Answer in a ticket with a fresh key."""
    return reply(by=by, number=ticket.pk, answer=Answer(text=text, **fields), key=new_key())


def a_note(by: Actor, ticket: Ticket, text: str = "The client is angry.") -> Note:
    """Write an internal note with a fresh key."""
    return add_note(by=by, number=ticket.pk, text=text, key=new_key())


def a_solved_ticket(user: User, department: Department, text: str = QUESTION) -> Ticket:
    """Open a ticket and close it as the same client."""
    ticket = a_ticket(user, department, text)
    return close(by=as_client(user, department.provider), number=ticket.pk)


def a_file(
    by: Actor, key: str, content: bytes = b"GET /index.html 502\n", name: str = "server.log"
) -> Upload:
    """Receive a file for the form with this key."""
    return receive_file(by=by, file=ContentFile(content), name=name, key=key)
