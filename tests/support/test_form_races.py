"""Drafts and files come for a form at the same moment as others, or as it is sent."""

import time
from threading import Event as Signal

import pytest
from django.db import connection, transaction

from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.save_draft import DraftText, save_draft
from frontdesk.support.models import Attachment, Draft, DraftKind, Upload
from frontdesk.support.once import form_scope, is_claimed
from tests.factories import QUESTION, a_file, new_key
from tests.people import as_client
from tests.threads import at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice_acts(alice):
    return as_client(alice)


def test_ten_drafts_at_once_are_one(alice_acts):
    texts = [f"Than{'k' * n}" for n in range(10)]

    results = at_once(
        *[
            lambda text=text: save_draft(
                by=alice_acts, draft=DraftText(kind=DraftKind.TICKET, text=text, key="k")
            )
            for text in texts
        ]
    )

    assert errors_in(results) == []
    assert Draft.objects.get().text in texts


def test_the_same_file_ten_times_at_once_is_one(alice_acts, stored_files):
    key = new_key()

    results = at_once(*[lambda: a_file(alice_acts, key)] * 10)

    assert len({upload.pk for upload in results}) == Upload.objects.count() == 1


def test_a_file_that_comes_while_its_form_waits_for_its_turn_goes_along(
    alice, alice_acts, technical
):
    """A statement that waits does not see what came meanwhile; the next one does."""
    key, held, may_go_on = new_key(), Signal(), Signal()

    def save_a_draft_slowly():
        with transaction.atomic():
            is_claimed(form_scope(alice_acts, DraftKind.TICKET), key)
            held.set()
            assert may_go_on.wait(30)

    def send():
        assert held.wait(30)
        request = TicketRequest(text=QUESTION, department_id=technical.pk)
        return open_ticket(by=alice_acts, request=request, key=key)

    def upload():
        until = time.monotonic() + 30
        while not _somebody_waits_for_his_turn():
            assert time.monotonic() < until
            time.sleep(0.01)
        a_file(alice_acts, key)
        may_go_on.set()

    results = at_once(save_a_draft_slowly, send, upload)

    assert errors_in(results) == []
    assert Attachment.objects.filter(message__ticket=results[1]).count() == 1
    assert not Upload.objects.filter(key=key).exists()


def _somebody_waits_for_his_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database AS d ON d.oid = database"
            " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


def test_files_at_once_are_no_more_than_allowed(alice_acts, north):
    north.max_files, key = 3, new_key()
    north.save()

    results = at_once(*[lambda n=n: a_file(alice_acts, key, b"%d" % n) for n in range(10)])

    assert errors_in(results) == ["FileRefused"] * 7
    assert Upload.objects.filter(key=key).count() == 3
