"""Notifications: what others did to one's tickets."""

import pytest

from frontdesk.accounts.models import Member
from frontdesk.channels.web.client import notifications
from frontdesk.notifications.models import Notification
from frontdesk.notifications.notify import notify
from frontdesk.support.actions.close import close
from frontdesk.support.models import Event, Ticket
from tests.channels.web.client.browser import HTMX, Browser, numbers_in, place_in, text_of
from tests.factories import a_reply, a_ticket
from tests.people import House, as_staff


def answered_ticket(house: House, text: str = "The shop is slow.", answers: int = 1) -> Ticket:
    ticket = a_ticket(house.alice, house.technical, text)
    for _n in range(answers):
        a_reply(as_staff(house.sam), ticket)
    for event in Event.objects.all():
        notify(event)
    return ticket


def test_an_answer_is_a_row(house: House) -> None:
    ticket = answered_ticket(house)

    words = text_of(Browser(house.alice).open("notifications"))

    assert f"Unread: Support answered #{ticket.pk} The shop is slow." in words


def test_a_closed_ticket_says_who_closed_it(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.")
    close(by=as_staff(house.sam), number=ticket.pk)
    notify(Event.objects.latest("pk"))

    words = text_of(Browser(house.alice).open("notifications"))

    assert f"#{ticket.pk} is solved The shop is slow. · closed by Sam Example" in words


def test_no_rows_say_so(house: House) -> None:
    words = text_of(Browser(house.alice).open("notifications"))

    assert "Nothing new. Answers and closed tickets will appear here." in words
    assert "Mark all as read" not in words


def test_all_are_marked_as_read(house: House) -> None:
    answered_ticket(house)
    browser = Browser(house.alice)

    response = browser.send("notifications_read")

    assert response.status_code == 303
    assert "Unread:" not in text_of(browser.client.get(response.headers["Location"]))
    assert not Notification.objects.unread().exists()


def test_marking_leaves_other_peoples_rows(house: House) -> None:
    answered_ticket(house)

    Browser(house.bob).send("notifications_read")

    assert Notification.objects.unread().exists()


def test_opening_the_ticket_marks_its_rows(house: House) -> None:
    ticket = answered_ticket(house)
    browser = Browser(house.alice)
    assert "Notifications 1 unread" in text_of(browser.open("notifications"))

    page = browser.open("ticket", ticket.pk)

    assert "Notifications 1 unread" not in text_of(page)
    assert not Notification.objects.unread().exists()


def test_rows_of_a_ticket_that_is_no_longer_ones_own_are_gone(house: House) -> None:
    answered_ticket(house)
    Member.objects.filter(user=house.alice).update(account=house.carols_account)

    assert "The shop is slow." not in text_of(Browser(house.alice).open("notifications"))


def test_pages_join_without_gap_or_repeat(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "PAGE_SIZE", 2)
    answered_ticket(house, answers=5)
    browser = Browser(house.alice)

    first = browser.open("notifications")
    second = browser.open("notifications", after=place_in(first, "after"))
    third = browser.open("notifications", after=place_in(second, "after"))
    back = browser.open("notifications", before=place_in(second, "before"))

    assert [len(numbers_in(page)) for page in (first, second, third)] == [2, 2, 1]
    assert place_in(third, "after") == ""
    assert place_in(back, "after") == place_in(first, "after")


@pytest.mark.parametrize("junk", ["x", "-1", "9" * 30])
def test_a_place_that_is_none_shows_the_first_page(house: House, junk: str) -> None:
    answered_ticket(house)

    response = Browser(house.alice).open("notifications", after=junk)

    assert len(numbers_in(response)) == 1


def test_htmx_gets_the_counter_alone(house: House) -> None:
    answered_ticket(house)

    response = Browser(house.alice).open(
        "notifications", htmx={**HTMX, "HX-Target": "unread-count"}
    )

    assert text_of(response) == "1 unread"


def test_the_page_takes_four_queries(house: House, django_assert_num_queries) -> None:
    answered_ticket(house, answers=5)

    browser = Browser(house.alice)
    with django_assert_num_queries(4):
        browser.open("notifications")
