"""What a page gets after its stream was cut."""

import asyncio
import time

import pytest
from django.db import connection

from frontdesk.channels.web.live.listener import connect
from frontdesk.notifications.notify import notify
from frontdesk.support.actions.grant_tickets import grant_tickets
from frontdesk.support.models import Event
from tests.channels.web.live.browser import act, sign_in, with_live
from tests.factories import a_note, a_reply, a_ticket
from tests.people import as_client, as_staff

pytestmark = pytest.mark.django_db(transaction=True)


def last_event() -> int:
    return Event.objects.latest("pk").pk


def long_ago() -> None:
    # Events cannot be changed, by the database's own rule; a test may look away for a moment.
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE support_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE support_event SET created_at = created_at - interval '1 hour'")
        cursor.execute("ALTER TABLE support_event ENABLE TRIGGER USER")


def test_missed_events_come_again_in_their_order(alice, sam, technical):
    ticket, key, staff = a_ticket(alice, technical), sign_in(alice), as_staff(sam)
    seen = last_event()
    long_ago()
    a_note(staff, ticket)
    a_reply(staff, ticket)
    a_reply(as_client(alice), ticket)

    async def scene(app, open_page):
        page = open_page(key, last_event_id=str(seen))
        assert await page.until("ready") == ["staff_replied", "client_replied"]

    with_live(scene)


def test_address_may_say_what_was_seen_last(alice, sam, technical):
    ticket, key, staff = a_ticket(alice, technical), sign_in(sam), as_staff(sam)
    seen = last_event()
    long_ago()
    a_note(staff, ticket)

    async def scene(app, open_page):
        page = open_page(key, f"/live/northhost/?after={seen}")
        assert await page.until("ready") == ["note_added"]

    with_live(scene)


def test_what_moved_tickets_and_names_none_is_caught_up_with(alice, hana, bakery, technical):
    a_ticket(alice, technical)
    key, seen = sign_in(alice), last_event()
    long_ago()
    what = {"account_id": bakery.pk, "quantity": 3, "expires_at": None, "reason": "A gift."}
    grant_tickets(by=as_staff(hana), **what, key="k1")
    notify(Event.objects.latest("pk"))

    async def scene(app, open_page):
        page = open_page(key, last_event_id=str(seen))
        assert await page.until("ready") == ["notified"]

    with_live(scene)


def test_stranger_gets_nothing_of_what_was_missed(alice, carol, technical):
    a_ticket(alice, technical)
    key, seen = sign_in(carol), last_event()
    long_ago()
    a_ticket(alice, technical)

    async def scene(app, open_page):
        page = open_page(key, last_event_id=str(seen))
        assert await page.until("ready") == []

    with_live(scene)


def test_event_committed_late_is_not_lost(alice, sam, technical):
    ticket, key = a_ticket(alice, technical), sign_in(alice)
    first = a_reply(as_staff(sam), ticket)
    a_reply(as_staff(sam), ticket)
    seen = last_event()
    assert Event.objects.filter(data__message=first.pk, pk__lt=seen).exists()

    async def scene(app, open_page):
        page = open_page(key, last_event_id=str(seen))
        assert "staff_replied" in await page.until("ready")

    with_live(scene)


@pytest.mark.parametrize("seen", ["999999999", "0"])
def test_unknown_last_event_resets_the_page(alice, technical, seen):
    a_ticket(alice, technical)
    key = sign_in(alice)

    async def scene(app, open_page):
        page = open_page(key, last_event_id=seen)
        assert await page.until("ready") == ["reset"]

    with_live(scene)


def test_more_than_fifty_missed_events_reset_the_page(alice, technical):
    ticket, key = a_ticket(alice, technical), sign_in(alice)
    seen = last_event()
    rows = [
        Event(
            provider_id=ticket.provider_id,
            ticket=ticket,
            actor=alice,
            kind="client_replied",
            channel="web",
            created_at=ticket.created_at,
        )
        for _ in range(51)
    ]
    Event.objects.bulk_create(rows)

    async def scene(app, open_page):
        page = open_page(key, last_event_id=str(seen))
        assert await page.until("ready") == ["reset"]

    with_live(scene)


def test_lost_database_connection_is_taken_up_again_and_pages_reset(alice, sam, technical):
    ticket, key, staff = a_ticket(alice, technical), sign_in(alice), as_staff(sam)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        await act(end_listening_connections)
        await page.until("reset")
        await act(a_reply, staff, ticket)
        assert await page.until("staff_replied") == []

    with_live(scene)


def end_listening_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'frontdesk live' AND datname = current_database()"
        )


@pytest.mark.parametrize("payload", ["", "nonsense", "{}", '{"kind": "x"}', "[1]"])
def test_nonsense_on_the_channel_stops_nothing(alice, sam, technical, payload):
    ticket, key, staff = a_ticket(alice, technical), sign_in(alice), as_staff(sam)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        async with await connect() as other:
            await other.execute("SELECT pg_notify('frontdesk_live', %s)", [payload])
        await act(a_reply, staff, ticket)
        assert await page.until("staff_replied") == []

    with_live(scene)


def since(moment: float) -> str:
    return f"/live/northhost/?since={int(moment * 1000)}"


def test_event_between_a_page_and_its_stream_is_told(alice, carol, sam, technical):
    ticket, staff = a_ticket(alice, technical), as_staff(sam)
    alices, carols, sams = sign_in(alice), sign_in(carol), sign_in(sam)

    async def scene(app, open_page):
        await asyncio.sleep(0.01)
        asked = time.time()
        await act(a_reply, staff, ticket)
        while not app.hub._recent:
            await asyncio.sleep(0.01)
        own, strangers, writers = (open_page(k, since(asked)) for k in (alices, carols, sams))
        assert await own.until("ready") == ["staff_replied"]
        assert await strangers.until("ready") == []
        assert await writers.until("ready") == []

    with_live(scene)


def test_page_older_than_what_is_remembered_is_reset(alice):
    key = sign_in(alice)

    async def scene(app, open_page):
        page = open_page(key, since(time.time() - 3600))
        assert await page.until("ready") == ["reset"]

    with_live(scene)


@pytest.mark.parametrize("query", ["?since=x", "?since=-1", "?after=1e9", "?since=" + "9" * 30])
def test_nonsense_in_the_address_is_ignored(alice, query):
    key = sign_in(alice)

    async def scene(app, open_page):
        page = open_page(key, f"/live/northhost/{query}")
        assert await page.until("ready") == []

    with_live(scene)
