"""What is typed is kept until it is sent."""

import pytest

from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.save_draft import DraftText, new_key, save_draft
from frontdesk.support.errors import BadKey
from frontdesk.support.models import Draft, DraftKind
from frontdesk.support.thread import TEXT_LENGTH
from tests.factories import QUESTION, a_ticket
from tests.people import as_client, as_staff


@pytest.fixture
def by(alice):
    return as_client(alice)


def draft(text: str, key: str = "k", kind: DraftKind = DraftKind.TICKET, **choices) -> DraftText:
    return DraftText(kind=kind, text=text, key=key, choices=choices)


def test_the_last_words_typed_stay(by):
    save_draft(by=by, draft=draft("The sh"))
    save_draft(by=by, draft=draft("The shop", department=3))

    kept = Draft.objects.get()
    assert (kept.text, kept.choices) == ("The shop", {"department": 3})


def test_each_form_and_each_ticket_has_its_own(by, alice, sam, technical):
    tickets = [a_ticket(alice, technical) for _ in range(2)]
    save_draft(by=by, draft=draft("new"))
    for ticket in tickets:
        save_draft(by=by, draft=draft("reply", kind=DraftKind.REPLY), ticket=ticket)
    save_draft(by=as_staff(sam), draft=draft("note", kind=DraftKind.NOTE), ticket=tickets[0])
    save_draft(by=as_staff(sam), draft=draft("reply", kind=DraftKind.REPLY), ticket=tickets[0])

    assert Draft.objects.count() == 5


def test_a_draft_at_one_provider_is_not_the_others(dora, house):
    save_draft(by=as_client(dora, house.north), draft=draft("north"))
    save_draft(by=as_client(dora, house.south), draft=draft("south"))

    assert Draft.objects.count() == 2


def test_a_draft_that_comes_after_the_form_was_sent_is_not_kept(by, technical):
    request = TicketRequest(text=QUESTION, department_id=technical.pk)
    open_ticket(by=by, request=request, key="sent")

    assert save_draft(by=by, draft=draft("The sh", key="sent")) is None
    assert not Draft.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "half \ud800", "x" * (TEXT_LENGTH + 1), "", "\n"])
def test_whatever_is_typed_can_be_kept(by, text):
    kept = save_draft(by=by, draft=draft(text, service="5\x00"))

    kept.refresh_from_db()
    assert len(kept.text) <= TEXT_LENGTH
    assert kept.choices == {"service": "5"}


def test_a_draft_needs_a_key_of_a_form(by):
    with pytest.raises(BadKey):
        save_draft(by=by, draft=draft("text", key=""))


def test_keys_of_forms_differ_and_are_long():
    keys = {new_key() for _ in range(100)}

    assert len(keys) == 100
    assert min(map(len, keys)) >= 20
