"""Staff find internal notes of the tickets that they read; nobody else finds any."""

import importlib

import pytest
from django.apps import apps

from frontdesk.support import note_search
from frontdesk.support.actions.transfer import transfer
from frontdesk.support.models.note import Note
from frontdesk.support.note_search import search_notes
from tests.factories import a_note, a_ticket
from tests.people import House, as_staff

WORDS = "Dump of the Müller account is on backup-7"


def found(by, query: str, limit: int = 10) -> list[int]:
    return [note.pk for note in search_notes(query, reach=by.staff, limit=limit)]


@pytest.fixture(params=["newest", "index"])
def way(request, monkeypatch) -> str:
    """Both ways to a note: among the newest, and by the index of words."""
    if request.param == "index":
        monkeypatch.setattr(note_search, "NEWEST", 0)
    return request.param


@pytest.mark.parametrize("query", ["müller", "MÜLLER dump", "backup-7", "acc", "account mül"])
def test_a_note_is_found_by_its_words(house: House, way: str, query: str) -> None:
    sam = as_staff(house.sam)
    note = a_note(sam, a_ticket(house.alice, house.technical), WORDS)

    assert found(sam, query) == [note.pk]


@pytest.mark.parametrize("query", ["", "mull", "dump missing", "&|!", "@p1", "#1001", "7"])
def test_what_no_note_says_finds_none(house: House, way: str, query: str) -> None:
    sam = as_staff(house.sam)
    a_note(sam, a_ticket(house.alice, house.technical), WORDS)

    assert found(sam, query) == []


def test_only_those_who_read_the_ticket_find_its_notes(house: House, way: str) -> None:
    note = a_note(as_staff(house.sam), a_ticket(house.alice, house.technical), WORDS)

    assert found(as_staff(house.hana), "müller") == [note.pk]
    assert found(as_staff(house.omar), "müller") == []
    assert found(as_staff(house.sven), "müller") == []


def test_the_newest_notes_come_first_and_no_more_than_asked_for(house: House, way: str) -> None:
    sam, ticket = as_staff(house.sam), a_ticket(house.alice, house.technical)
    notes = [a_note(sam, ticket, f"Disk {n} is full").pk for n in range(3)]

    assert found(sam, "disk full", limit=2) == [notes[2], notes[1]]


def test_the_reason_of_a_transfer_is_found_where_the_ticket_is_now(house: House, way: str) -> None:
    sam, ticket = as_staff(house.sam), a_ticket(house.alice, house.technical)

    transfer(by=sam, number=ticket.pk, department_id=house.sales.pk, reason="A quote")

    assert len(found(as_staff(house.omar), "quote")) == 1


def test_notes_written_before_search_knew_them_are_filled_in(house: House, way: str) -> None:
    sam = as_staff(house.sam)
    note = a_note(sam, a_ticket(house.alice, house.technical), WORDS)
    Note.objects.update(words=None)
    assert found(sam, "müller") == []

    module = importlib.import_module("frontdesk.support.migrations.0011_search_old_notes")
    module.fill(apps, None)

    assert found(sam, "müller") == [note.pk]


def test_a_search_for_notes_costs_three_queries(
    house: House, way: str, django_assert_max_num_queries
) -> None:
    sam, ticket = as_staff(house.sam), a_ticket(house.alice, house.technical)
    for n in range(5):
        a_note(sam, ticket, f"Disk {n} is full")

    with django_assert_max_num_queries(3):
        notes = search_notes("disk", reach=sam.staff, limit=10)
        assert {note.ticket.subject + note.author.name for note in notes}
