"""Each page, in light and dark and on a phone: no barrier, no complaint, no sideways scroll."""

from collections.abc import Callable

import pytest

from tests.e2e.people import Person

PAGES = {
    "sign-in": ("", "/sign-in/"),
    "places": ("dora", "/"),
    "not-found": ("alice", "/northhost/no-such-page/"),
    "client-home": ("alice", "/northhost/"),
    "client-new": ("alice", "/northhost/tickets/new/"),
    "client-list": ("alice", "/northhost/tickets/"),
    "client-search-nothing": ("alice", "/northhost/tickets/?q=zyxwvut"),
    "client-notifications": ("alice", "/northhost/notifications/"),
    "client-account": ("alice", "/northhost/account/"),
    "client-services": ("alice", "/northhost/account/services/"),
    "client-service": ("alice", "/northhost/account/services/1/"),
    "client-ledger": ("alice", "/northhost/account/ledger/"),
    "client-ledger-nothing": ("alice", "/northhost/account/ledger/?kind=refund"),
    "client-packages": ("alice", "/northhost/account/packages/"),
    "client-buy": ("alice", "/northhost/account/packages/1/"),
    "client-paid": ("carol", "/northhost/tickets/new/?department=3"),
    "desk-services-import": ("hana", "/northhost/desk/services/import/"),
    "desk-queue": ("sam", "/northhost/desk/"),
    "desk-solved": ("sam", "/northhost/desk/?view=solved"),
    "desk-search-notes": ("hana", "/northhost/desk/search/?q=back"),
    "desk-clients": ("hana", "/northhost/desk/clients/"),
    "desk-client": ("hana", "/northhost/desk/clients/1/"),
    "desk-client-edit": ("hana", "/northhost/desk/clients/1/edit/"),
    "desk-service": ("hana", "/northhost/desk/clients/1/services/1/"),
    "desk-client-new": ("hana", "/northhost/desk/clients/new/"),
    "desk-money": ("hana", "/northhost/desk/clients/1/money/"),
    "desk-money-reverse": ("hana", "/northhost/desk/clients/1/money/1/"),
    "desk-new": ("sam", "/northhost/desk/tickets/new/"),
    "settings": ("ada", "/northhost/settings/"),
    "settings-departments": ("ada", "/northhost/settings/departments/"),
    "settings-protection": ("ada", "/northhost/settings/security/"),
    "settings-hours": ("ada", "/northhost/settings/departments/1/hours/"),
    "settings-prices": ("ada", "/northhost/settings/prices/"),
    "settings-price": ("ada", "/northhost/settings/prices/3/"),
    "settings-packages": ("ada", "/northhost/settings/packages/"),
    "settings-package": ("ada", "/northhost/settings/packages/1/"),
    "settings-plan": ("ada", "/northhost/settings/plans/new/"),
    "settings-gift": ("ada", "/northhost/settings/gifts/new/"),
    "settings-revenue": ("ada", "/northhost/settings/revenue/"),
    "settings-staff": ("ada", "/northhost/settings/staff/"),
    "settings-canned": ("ada", "/northhost/settings/canned/"),
    "security": ("alice", "/security/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_everybody(person: Callable[..., Person], name: str) -> None:
    who, path = PAGES[name]
    someone = person(who)

    someone.go(path)

    someone.look_in_every_window(name)


@pytest.mark.parametrize(
    ("who", "start"), [("alice", "/northhost/tickets/"), ("sam", "/northhost/desk/")]
)
def test_a_ticket_is_open_to_everybody(person: Callable[..., Person], who: str, start: str) -> None:
    someone = person(who)
    someone.go(start)

    someone.page.locator("main table a").first.click()
    someone.page.wait_for_url("**/tickets/*/**")

    someone.look_in_every_window(f"ticket-of-{who}")
