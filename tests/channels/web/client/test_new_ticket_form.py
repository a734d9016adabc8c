"""The form of a new ticket as it is opened: the draft, good defaults, only what is one's own."""

import pytest

from frontdesk.accounts.models import Account
from frontdesk.support.models import Department
from tests.channels.web.client.browser import Browser, field_of, text_of
from tests.factories import a_file, a_solved_ticket, a_ticket, new_key
from tests.people import House, as_client

MEGABYTE = 1024**2


def test_the_draft_is_restored_with_its_choices_and_files(house: House) -> None:
    browser = Browser(house.alice)
    a_file(as_client(house.alice), "form-7", name="draft.log")
    draft = {"kind": "ticket", "key": "form-7", "message": "Half a question"}
    browser.send("keep_draft", **draft, department=house.sales.pk, service=house.domain.pk)

    page = browser.open("new_ticket")

    assert field_of(page, "message") == "Half a question"
    assert field_of(page, "key") == "form-7"
    assert f'value="{house.sales.pk}" checked' in page.content.decode()
    assert f'value="{house.domain.pk}" selected' in page.content.decode()
    assert "draft.log" in text_of(page)


def test_a_service_in_the_address_is_chosen(house: House) -> None:
    page = Browser(house.alice).open("new_ticket", service=house.domain.pk)

    assert f'value="{house.domain.pk}" selected' in page.content.decode()


def test_a_ticket_in_the_address_is_gone_on_with(house: House) -> None:
    solved = a_solved_ticket(house.alice, house.technical, "The shop is slow.")

    page = Browser(house.alice).open("new_ticket", about=solved.pk)

    assert f"Goes on with #{solved.pk} The shop is slow." in text_of(page)
    assert f'name="about" value="{solved.pk}" checked' in page.content.decode()
    assert f'value="{house.technical.pk}" checked' in page.content.decode()


def test_a_strangers_ticket_in_the_address_is_not_shown(house: House) -> None:
    solved = a_solved_ticket(house.alice, house.technical, "The shop is slow.")

    page = Browser(house.carol).open("new_ticket", about=solved.pk)

    assert "The shop is slow." not in text_of(page)


def test_only_own_services_are_offered(house: House) -> None:
    words = text_of(Browser(house.alice).open("new_ticket"))

    assert house.vps.name in words
    assert house.carols_vps.name not in words


def test_more_than_six_departments_are_a_list(house: House) -> None:
    for n in range(4):
        Department.objects.create(provider=house.north, name=f"Team {n}", position=9)

    html = Browser(house.alice).open("new_ticket").content.decode()

    assert '<select class="input" id="department"' in html
    assert 'type="radio"' not in html


def test_the_only_department_is_chosen(house: House) -> None:
    html = Browser(house.dora, "southcloud").open("new_ticket").content.decode()

    assert f'value="{house.south_support.pk}" checked' in html


def test_the_account_is_not_asked_for_when_there_is_one(house: House) -> None:
    assert 'name="account"' not in Browser(house.alice).open("new_ticket").content.decode()


def test_the_preview_is_the_subject_of_the_core(house: House) -> None:
    response = Browser(house.alice).send("preview_subject", message="Hello,\n\n**Disk** is <full>")

    assert response.content.decode() == "Disk is <full>"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_browser_may_keep_the_form_for_the_way_back(house: House) -> None:
    caching = Browser(house.alice).open("new_ticket").headers["Cache-Control"]

    assert "private" in caching
    assert "no-store" not in caching


@pytest.mark.parametrize("with_draft", [False, True])
def test_the_form_takes_six_queries(
    house: House, django_assert_max_num_queries, with_draft: bool
) -> None:
    browser = Browser(house.alice)
    if with_draft:
        browser.send("keep_draft", kind="ticket", key=new_key(), message="Half a question")

    with django_assert_max_num_queries(6):
        browser.open("new_ticket")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (0, "Your account has no room left for files"),
        (2 * MEGABYTE, "2 MB left for files of your account"),
        (25 * MEGABYTE, "Up to 10 files, 25 MB each"),
    ],
)
def test_little_room_for_files_is_told_before_one_is_chosen(
    house: House, left: int, words: str
) -> None:
    stored = house.north.max_account_bytes - left
    Account.objects.filter(pk=house.bakery.pk).update(stored_bytes=stored)

    for page in ("client_home", "new_ticket"):
        assert words in text_of(Browser(house.alice).open(page))


def test_little_room_is_told_at_the_reply_too(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    Account.objects.filter(pk=house.bakery.pk).update(stored_bytes=house.north.max_account_bytes)

    page = Browser(house.alice).open("ticket", ticket.pk)

    assert "Your account has no room left for files" in text_of(page)
