"""Pages by keys."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.accounts.models import User
from frontdesk.shared.keyset import Key, Order, page_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEWEST_FIRST = Order("created_at", is_newest_first=True)
OLDEST_FIRST = Order("created_at", is_newest_first=False)


@pytest.fixture
def people(db: None) -> list[User]:
    """Seven people, of whom three came at one moment, oldest first."""
    rows = [User(email=f"{n}@client.example", name=str(n)) for n in range(7)]
    User.objects.bulk_create(rows)
    for n, row in enumerate(rows):
        row.created_at = NOON + timedelta(microseconds=2 if n in (3, 4) else n)
    User.objects.bulk_update(rows, ["created_at"])
    return rows


@pytest.mark.parametrize("order", [NEWEST_FIRST, OLDEST_FIRST])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_forwards_and_back_show_each_row_once(
    people: list[User], order: Order, size: int
) -> None:
    expected = people[::-1] if order.is_newest_first else people
    pages, after = [], ""
    while True:
        pages.append(page_of(User.objects.all(), order, after=after, size=size))
        if not (after := pages[-1].after):
            break

    back, before = [pages[-1].rows], pages[-1].before
    while before:
        page = page_of(User.objects.all(), order, before=before, size=size)
        back.insert(0, page.rows)
        before = page.before

    assert [row for page in pages for row in page.rows] == expected
    assert [row for rows in back for row in rows] == expected


def test_the_first_page_leads_nowhere_back(people: list[User]) -> None:
    page = page_of(User.objects.all(), NEWEST_FIRST, size=3)

    assert (page.before, bool(page.after)) == ("", True)


@pytest.mark.parametrize("text", ["", "x", "1", "1-", "-1", "1-x", "١-١", "1" * 19 + "-1", "1-1-1"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert Key.parse(text) is None


def test_a_moment_beyond_the_calendar_is_none() -> None:
    assert Key.parse("9" * 18 + "-1") is None


def test_a_key_survives_the_address() -> None:
    key = Key(NOON + timedelta(microseconds=123_457), 42)

    assert Key.parse(str(key)) == key


def test_a_page_beyond_the_end_is_empty(people: list[User]) -> None:
    page = page_of(User.objects.all(), OLDEST_FIRST, after=str(Key(NOON + timedelta(days=1), 1)))

    assert (page.rows, page.after, page.before) == ([], "", "")
