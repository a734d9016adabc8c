"""The list of clients by name, in pages: each goes on after, or before, an account's own place."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from frontdesk.accounts.models import Account
from frontdesk.channels.web.desk.client_card import MemberLine, find_clients, members_of

PAGE_SIZE = 50
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Accounts with their people; `after` and `before` are ids to go on from, empty: no such."""

    rows: list[tuple[Account, list[MemberLine]]]
    after: str
    before: str


def load_clients(provider_id: int, words: str, *, after: str, before: str) -> ClientPage:
    """Return the page that follows the account `after`, or precedes `before`; else the first."""
    found, is_back = find_clients(provider_id, words), bool(_id_in(before))
    mark = _account(provider_id, before if is_back else after)
    if mark is None:
        is_back = False
    else:
        found = found.filter(_beyond(mark, is_back=is_back))
    if is_back:
        found = found.order_by("-name", "-pk")
    return _page(found, is_back=is_back, is_first=mark is None)


def _page(found: QuerySet[Account], *, is_back: bool, is_first: bool) -> ClientPage:
    rows = list(found[: PAGE_SIZE + 1])
    has_more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if is_back:
        rows.reverse()
    has_after, has_before = (bool(rows), has_more) if is_back else (has_more, not is_first)
    return ClientPage(
        [(account, members_of(account)) for account in rows],
        after=str(rows[-1].pk) if rows and has_after else "",
        before=str(rows[0].pk) if rows and has_before else "",
    )


def _beyond(mark: Account, *, is_back: bool) -> Q:
    way = "lt" if is_back else "gt"
    # The first condition alone lets an index start at the right place.
    return Q(**{f"name__{way}e": mark.name}) & (
        Q(**{f"name__{way}": mark.name}) | Q(**{f"pk__{way}": mark.pk})
    )


def _account(provider_id: int, text: str) -> Account | None:
    """Return the account that an address names, as it is called now."""
    if pk := _id_in(text):
        return Account.objects.filter(provider=provider_id, pk=pk).only("name").first()
    return None


def _id_in(text: str) -> int | None:
    is_id = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_id else None
