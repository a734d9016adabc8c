"""Who may open a stream, and what he hears on it."""

import pytest
from django.contrib.sessions.models import Session

from frontdesk.accounts.models import Member, Staff
from frontdesk.channels.web.live import hub as hub_module
from frontdesk.channels.web.live import lookups as lookups_module
from frontdesk.channels.web.live.lookups import look_up
from frontdesk.support.actions.close import close
from frontdesk.support.actions.show_presence import show_presence
from frontdesk.support.actions.take import take
from frontdesk.support.actions.transfer import transfer
from tests.channels.web.live.browser import act, sign_in, with_live
from tests.factories import a_note, a_reply, a_ticket
from tests.people import as_client, as_staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_client_hears_that_support_answered(alice, sam, technical):
    ticket, key, staff = a_ticket(alice, technical), sign_in(alice), as_staff(sam)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        message = await act(a_reply, staff, ticket)
        kind, told = await page.next()
        assert (kind, told["ticket"]) == ("staff_replied", message.ticket_id)
        assert int(told["id"]) == told["event"]

    with_live(scene)


def test_notes_and_presence_reach_staff_and_never_a_client(alice, sam, hana, technical):
    ticket, keys = a_ticket(alice, technical), (sign_in(alice), sign_in(hana))
    staff = as_staff(sam)

    async def scene(app, open_page):
        client, desk = map(open_page, keys)
        await client.until("ready"), await desk.until("ready")
        await act(a_note, staff, ticket)
        await act(show_presence, by=staff, ticket=ticket, is_writing=True)
        await act(take, by=staff, number=ticket.pk)
        await act(a_reply, staff, ticket)
        assert await client.until("staff_replied") == []
        assert await desk.until("staff_replied") == ["note_added", "presence", "ticket_taken"]

    with_live(scene)


def test_colleague_with_own_tickets_hears_only_of_his(alice, bob, sam, technical):
    alices, bobs = a_ticket(alice, technical), a_ticket(bob, technical)
    key, staff = sign_in(bob), as_staff(sam)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        await act(a_reply, staff, alices)
        await act(a_reply, staff, bobs)
        assert (await page.next())[1]["ticket"] == bobs.pk

    with_live(scene)


def test_stranger_and_other_department_hear_nothing(alice, carol, omar, sam, technical, sales):
    ticket, carols = a_ticket(alice, technical), a_ticket(carol, sales)
    keys, staff, client = (sign_in(carol), sign_in(omar)), as_staff(sam), as_client(carol)

    async def scene(app, open_page):
        pages = list(map(open_page, keys))
        for page in pages:
            await page.until("ready")
        await act(a_reply, staff, ticket)
        await act(close, by=client, number=carols.pk)
        for page in pages:
            assert (await page.next())[1]["ticket"] == carols.pk

    with_live(scene)


def test_department_that_gives_a_ticket_away_hears_of_it(alice, sam, omar, technical, sales):
    ticket, keys, staff = a_ticket(alice, technical), (sign_in(sam), sign_in(omar)), as_staff(sam)

    async def scene(app, open_page):
        pages = list(map(open_page, keys))
        for page in pages:
            await page.until("ready")
        await act(transfer, by=staff, number=ticket.pk, department_id=sales.pk, reason="A price.")
        for page in pages:
            assert (await page.next())[0] == "ticket_transferred"

    with_live(scene)


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("nobody", "/live/northhost/", 401),
        ("carol", "/live/southcloud/", 404),
        ("carol", "/live/no-such-provider/", 404),
        ("carol", "/elsewhere/", 404),
        ("carol", "/live/northhost/", 200),
    ],
)
def test_stream_opens_only_where_the_person_has_a_place(house, who, path, status):
    key = "0" * 32 if who == "nobody" else sign_in(getattr(house, who))

    async def scene(app, open_page):
        page = open_page(key, path)
        if status == 200:
            await page.until("ready")
        else:
            await page.task
        assert page.status == status

    with_live(scene)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:8000", 200),
        ("http://127.0.0.1:8000", 200),
        ("http://localhost:8001", 403),
        ("https://evil.example", 403),
        ("null", 403),
    ],
)
def test_only_pages_of_our_own_origin_read_the_stream(alice, origin, status):
    key = sign_in(alice)

    async def scene(app, open_page):
        page = open_page(key, origin=origin)
        if status == 403:
            await page.task
        else:
            await page.until("ready")
        assert page.status == status
        assert page.headers.get("access-control-allow-origin") == (
            origin if status == 200 else None
        )

    with_live(scene)


def test_stream_ends_with_the_session(alice):
    key = sign_in(alice)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        await act(Session.objects.all().delete)
        await app.listener.recheck(list(app.hub.readers))
        assert await page.until("signed_out") == []
        await page.task
        assert not app.hub.readers

    with_live(scene)


def test_changed_password_ends_the_stream(alice):
    key = sign_in(alice)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        alice.set_password("another one")
        await act(alice.save)
        await app.listener.recheck(list(app.hub.readers))
        assert await page.until("signed_out") == []

    with_live(scene)


def test_staff_who_left_hears_nothing_more(sam):
    key = sign_in(sam)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        await act(Staff.objects.filter(user=sam).update, is_active=False)
        await app.listener.recheck(list(app.hub.readers))
        assert await page.until("signed_out") == []

    with_live(scene)


def test_wider_right_is_heard_after_the_next_look(alice, bob, sam, technical):
    ticket, key, staff = a_ticket(alice, technical), sign_in(bob), as_staff(sam)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        await act(Member.objects.filter(user=bob).update, right="all")
        await app.listener.recheck(list(app.hub.readers))
        await page.until("reset")
        await act(a_reply, staff, ticket)
        assert (await page.next())[1]["ticket"] == ticket.pk

    with_live(scene)


def test_one_person_has_at_most_twenty_streams(alice, bob):
    keys = sign_in(alice), sign_in(bob)

    async def scene(app, open_page):
        for _ in range(20):
            await open_page(keys[0]).until("ready")
        page = open_page(keys[0])
        await page.task
        assert page.status == 429
        await open_page(keys[1]).until("ready")

    with_live(scene)


def test_closed_page_is_forgotten(alice):
    key = sign_in(alice)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        await page.leave()
        assert not app.hub.readers
        assert not app.hub.streams_of_user
        assert not app.hub._groups

    with_live(scene)


def test_page_that_does_not_read_is_cut_off(alice, sam, technical, monkeypatch):
    monkeypatch.setattr(hub_module, "MOST_WAITING", 3)
    key = sign_in(alice)

    async def scene(app, open_page):
        page = open_page(key)
        await page.until("ready")
        reader = next(iter(app.hub.readers))
        for _ in range(10):
            reader.give(b": x\n\n")
        await page.task
        assert not app.hub.readers

    with_live(scene)


def test_pages_that_come_together_are_looked_up_together(alice, bob, sam, monkeypatch):
    keys = [sign_in(user) for user in (alice, bob, sam)] * 6
    asked = []
    monkeypatch.setattr(
        lookups_module, "look_up", lambda claims: asked.append(claims) or look_up(claims)
    )

    async def scene(app, open_page):
        pages = [open_page(key) for key in keys]
        for page in pages:
            await page.until("ready")
        assert len({reader.audience.user_id for reader in app.hub.readers}) == 3
        assert len(asked) <= 3

    with_live(scene)
