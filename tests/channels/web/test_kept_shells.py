"""The shell around a page is kept for its reader, and never shows what is no longer so."""

import re
from collections.abc import Callable

import pytest

from frontdesk.accounts.models import Account, Member, Provider, Staff, User
from frontdesk.notifications.models import Notification
from frontdesk.support.models import Department, Event, Ticket
from tests.billing.money import pay_in
from tests.channels.web.client.browser import Browser
from tests.factories import a_reply, a_ticket
from tests.people import House, as_staff

pytestmark = pytest.mark.usefixtures("nothing_kept")

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|data-asked-at="\d+"|\?\d+"')


def rename(record: User | Account | Provider | Department, name: str = "Quite Another") -> None:
    record.name = name
    record.save(update_fields=["name"])


def shell_of(person: User, page: str, **query: str) -> str:
    """Return a page without its list, and without what is another in each answer."""
    html = Browser(person).open(page, **query).content.decode()
    html = re.sub(r'<div id="(ticket-list|queue-list)".*?</table>', "", html, flags=re.DOTALL)
    return TOKEN.sub("", html)


def answer(house: House) -> Ticket:
    return a_reply(as_staff(house.sam), a_ticket(house.alice, house.technical)).ticket


def notify(person: User, ticket: Ticket) -> None:
    event = Event.objects.filter(ticket=ticket).latest("pk")
    Notification.objects.create(
        provider=ticket.provider,
        user=person,
        event=event,
        ticket=ticket,
        kind=event.kind,
        created_at=event.created_at,
    )


CLIENT_CHANGES: dict[str, Callable[[House], object]] = {
    "person": lambda house: rename(house.alice),
    "account": lambda house: rename(house.bakery),
    "provider": lambda house: rename(house.north),
    "another account": lambda house: Member.objects.create(
        provider=house.north, account=house.carols_account, user=house.alice, right="all"
    ),
    "another desk": lambda house: Staff.objects.create(
        provider=house.south, user=house.alice, role="agent"
    ),
    "money": lambda house: pay_in(house.bakery, "20.00"),
    "unread": lambda house: notify(house.alice, answer(house)),
    "counters": answer,
}


DESK_CHANGES: dict[str, Callable[[House], object]] = {
    "person": lambda house: rename(house.sam),
    "provider": lambda house: rename(house.north),
    "department": lambda house: rename(house.technical),
    "counters": lambda house: a_ticket(house.alice, house.technical),
    "role": lambda house: Staff.objects.filter(user=house.sam).update(role="administrator"),
}


@pytest.mark.parametrize(
    ("who", "page", "change"),
    [
        *(("alice", "tickets", change) for change in CLIENT_CHANGES.values()),
        *(("sam", "desk", change) for change in DESK_CHANGES.values()),
    ],
    ids=[f"client: {name}" for name in CLIENT_CHANGES] + [f"desk: {name}" for name in DESK_CHANGES],
)
def test_a_reader_sees_a_change_in_his_shell_at_once(
    house: House, who: str, page: str, change: Callable[[House], object]
) -> None:
    reader = getattr(house, who)
    before = shell_of(reader, page)
    assert shell_of(reader, page) == before

    change(house)

    assert shell_of(reader, page) != before


def test_each_reader_has_his_own_shell(house: House) -> None:
    shown = {who: shell_of(getattr(house, who), "tickets") for who in ("alice", "bob")}

    assert house.bob.name not in shown["alice"]
    assert house.alice.name not in shown["bob"]


def test_a_shell_says_where_one_is(house: House) -> None:
    pages = [shell_of(house.alice, name) for name in ("tickets", "notifications", "tickets")]

    current = [re.findall(r'href="([^"]+)" aria-current="page"', page)[0] for page in pages]
    assert current == ["/northhost/tickets/", "/northhost/notifications/", "/northhost/tickets/"]


def test_the_rail_of_the_desk_says_where_one_is(house: House) -> None:
    pages = [shell_of(house.sam, "desk", view=view) for view in ("mine", "waiting")]

    current = [re.findall(r'href="([^"]+)" aria-current="page"', page) for page in pages]
    assert current == [["/northhost/desk/?view=mine"], ["/northhost/desk/?view=waiting"]]


def test_each_answer_has_a_token_of_its_own(house: House) -> None:
    browser = Browser(house.alice)
    pages = [browser.open("tickets").content.decode() for _time in range(2)]

    tokens = [re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page) for page in pages]
    assert len(set(tokens[0])) == 1
    assert tokens[0][0] != tokens[1][0]


@pytest.mark.parametrize("who", ["alice", "sam"])
def test_the_button_in_the_kept_menu_signs_out(house: House, who: str) -> None:
    browser = Browser(getattr(house, who))
    page = browser.open("tickets" if who == "alice" else "desk").content.decode()
    form = re.search(r'<form id="sign-out" method="post" action="([^"]+)"', page)

    assert form
    assert '<button class="opt" form="sign-out">' in page
    assert browser.client.post(form.group(1)).status_code == 302
    assert browser.open("tickets").status_code == 302
