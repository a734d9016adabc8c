"""Who reads a stream, and what he may hear of: resolved once, and again each minute."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from frontdesk.accounts.models import Member, Provider, Staff, User
from frontdesk.channels.web.guarding import lacks_second_step
from frontdesk.support.access import ClientReach, StaffReach

# A group of readers who hear the same: ("account", 7), ("department", 3), ("user", 1, 17) ...
Group = tuple[str, int] | tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Audience:
    """A person at one provider; he may be client and staff there at once."""

    user_id: int
    provider_id: int
    client: ClientReach | None
    staff: StaffReach | None

    def groups(self) -> frozenset[Group]:
        """The groups whose events are his to hear."""
        found: set[Group] = {("user", self.provider_id, self.user_id)}
        if self.client:
            found |= {("account", account) for account in self.client.all_accounts}
            found |= {("own", account, self.user_id) for account in self.client.own_accounts}
        if self.staff and self.staff.department_ids is None:
            found.add(("provider", self.provider_id))
        elif self.staff:
            found |= {("department", pk) for pk in self.staff.department_ids or ()}
        return frozenset(found)


def signed_in(session_keys: Iterable[str]) -> dict[str, User]:
    """Return the active users of those sessions that stand, in two queries."""
    rows = Session.objects.filter(session_key__in=set(session_keys), expire_date__gt=timezone.now())
    store = SessionStore()
    sessions = {row.session_key: store.decode(row.session_data) for row in rows}
    ids = {data[SESSION_KEY] for data in sessions.values() if SESSION_KEY in data}
    users = {str(user.pk): user for user in User.objects.filter(pk__in=ids, is_active=True)}
    found = {key: (users.get(data.get(SESSION_KEY, "")), data) for key, data in sessions.items()}
    return {key: user for key, (user, data) in found.items() if user and _proves(user, data)}


def _proves(user: User, session: dict[str, str]) -> bool:
    """Whether the session was made with the password the user has now."""
    said = session.get(HASH_SESSION_KEY, "")
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(said, one) for one in hashes)


def audiences(places: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Audience]:
    """Return what each (user id, provider slug) may hear, in three queries.

    Who has no place at the provider is left out.
    """
    wanted = set(places)
    slugs = {slug for _user_id, slug in wanted}
    providers = dict(Provider.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    user_ids = {user_id for user_id, _slug in wanted}
    clients = _client_reaches(user_ids, providers.values())
    staff = _staff_reaches(user_ids, providers.values())
    found = {}
    for user_id, slug in wanted:
        place = (user_id, providers.get(slug, 0))
        if place in clients or place in staff:
            found[user_id, slug] = Audience(*place, clients.get(place), staff.get(place))
    return found


def _client_reaches(
    user_ids: Iterable[int], provider_ids: Iterable[int]
) -> dict[tuple[int, int], ClientReach]:
    members: dict[tuple[int, int], list[Member]] = defaultdict(list)
    for row in Member.objects.filter(user_id__in=user_ids, provider_id__in=provider_ids):
        members[row.user_id, row.provider_id].append(row)
    return {place: ClientReach.of(rows) for place, rows in members.items()}


def _staff_reaches(
    user_ids: Iterable[int], provider_ids: Iterable[int]
) -> dict[tuple[int, int], StaffReach]:
    rows = (
        Staff.objects.filter(user_id__in=user_ids, provider_id__in=provider_ids, is_active=True)
        .exclude(lacks_second_step())
        .annotate(seated_in=ArrayAgg("departments__id", filter=Q(departments__isnull=False)))
    )
    return {(row.user_id, row.provider_id): StaffReach.of(row, row.seated_in or []) for row in rows}
