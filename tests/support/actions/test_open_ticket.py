"""Opening a ticket."""

from frontdesk.support.statuses import Status
from tests.factories import a_ticket


def test_a_client_opens_a_ticket_in_progress(alice, technical):
    ticket = a_ticket(alice, technical)

    assert ticket.status == Status.IN_PROGRESS
