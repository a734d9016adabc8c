"""Who stands at the door: loads the person's place at a provider and checks it in one step."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from frontdesk.accounts.models import Account, Provider, Staff, User
from frontdesk.billing.summaries import AccountSummary
from frontdesk.channels.web.address import client_address
from frontdesk.channels.web.errors import not_signed_in
from frontdesk.channels.web.guarding import SecondStepMissing
from frontdesk.channels.web.places import (
    member_places,
    member_query_for,
    seal_of,
    staff_places,
    staff_query,
)
from frontdesk.channels.web.sign_in.recognition import is_signed_in, rows_of_person
from frontdesk.support.access import ClientReach, StaffReach
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class ClientVisit:
    """A client at one provider. `has_other_places` says whether he could switch, `unread` how
    many notifications wait for him, up to COUNT_BOUND, `has_money` whether support costs
    anything here or did; `ledgers` are the accounts whose ledger he may read, `owned` the ids of
    those that he owns; `top_up_url` is where he pays in, `sells_packages` whether there are any
    to buy. `purses` says what each account has, by its id, on whole pages, whose top bar shows
    it, and in the parts that ask for it. `seal` is all that was read of him."""

    provider: Provider
    actor: Actor
    accounts: tuple[Account, ...]
    is_staff_too: bool
    has_other_places: bool
    unread: int
    has_money: bool
    ledgers: tuple[Account, ...]
    owned: frozenset[int]
    top_up_url: str
    sells_packages: bool
    purses: Mapping[int, AccountSummary]
    seal: Hashable

    @property
    def user(self) -> User:
        """The person."""
        return self.actor.user

    @property
    def reach(self) -> ClientReach:
        """What he may see."""
        return self.actor.client

    @property
    def only_purse(self) -> AccountSummary | None:
        """What his only account has; None where he has several, or support costs nothing."""
        if not self.has_money or len(self.accounts) > 1:
            return None
        return self.purses.get(self.accounts[0].pk)

    @property
    def room_left(self) -> int | None:
        """The bytes that are left for files, once that is less than one file may have.

        Of several accounts that with the most room counts, as when a file arrives.
        """
        least = min(account.stored_bytes for account in self.accounts)
        left = max(0, self.provider.max_account_bytes - least)
        return left if left < self.provider.max_file_bytes else None


@dataclass(frozen=True, slots=True)
class StaffVisit:
    """A staff member at his provider. `seal` is all that was read of him."""

    provider: Provider
    actor: Actor
    staff: Staff
    is_client_too: bool
    has_other_places: bool
    seal: Hashable

    @property
    def user(self) -> User:
        """The person."""
        return self.actor.user

    @property
    def reach(self) -> StaffReach:
        """What he may see."""
        return self.actor.staff


ClientView = Callable[Concatenate[HttpRequest, ClientVisit, P], HttpResponseBase]
StaffView = Callable[Concatenate[HttpRequest, StaffVisit, P], HttpResponseBase]
AnyView = Callable[Concatenate[HttpRequest, ClientVisit | StaffVisit, P], HttpResponseBase]


class DoorView(Protocol[P]):
    """A view as an address calls it: the provider by name."""

    def __call__(
        self, request: HttpRequest, provider: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase: ...


def as_client(view: ClientView[P]) -> DoorView[P]:
    """Let members of the provider's client accounts in; for others there is no such page."""
    return _client_door(view, with_purses=False)


def as_client_with_purse(view: ClientView[P]) -> DoorView[P]:
    """As `as_client`, for a page whose parts show what the accounts have: with `visit.purses`.

    A form that is sent does without: what it takes may be gone a moment later.
    """
    return _client_door(view, with_purses=True)


def _client_door(view: ClientView[P], *, with_purses: bool) -> DoorView[P]:
    @_named_as(view)
    def door(
        request: HttpRequest, provider: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not is_signed_in(request, member_query_for(request, with_purses=with_purses)):
            return not_signed_in(request)
        visit = client_visit(request, provider, with_purses=with_purses)
        if visit is None:
            raise Http404
        return view(request, visit, *args, **kwargs)

    return door


def as_staff(view: StaffView[P]) -> DoorView[P]:
    """Let active staff of the provider in; for others there is no such page."""

    @_named_as(view)
    def door(
        request: HttpRequest, provider: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not is_signed_in(request, staff_query()):
            return not_signed_in(request)
        visit = staff_visit(request, provider)
        if visit is None:
            raise Http404
        return view(request, visit, *args, **kwargs)

    return door


def as_administrator(view: StaffView[P]) -> DoorView[P]:
    """Let the provider's administrators in; for others there is no such page."""

    @_named_as(view)
    def only_administrators(
        request: HttpRequest, visit: StaffVisit, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not visit.staff.is_administrator:
            raise Http404
        return view(request, visit, *args, **kwargs)

    return as_staff(only_administrators)


def as_head(view: StaffView[P]) -> DoorView[P]:
    """Let the provider's heads and administrators in; for others there is no such page."""

    @_named_as(view)
    def only_heads(
        request: HttpRequest, visit: StaffVisit, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not visit.reach.is_head:
            raise Http404
        return view(request, visit, *args, **kwargs)

    return as_staff(only_heads)


def as_either(view: AnyView[P]) -> DoorView[P]:
    """Let clients and staff in: staff first, since staff may be clients of their own provider."""

    @_named_as(view)
    def door(
        request: HttpRequest, provider: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not is_signed_in(request, staff_query()):
            return not_signed_in(request)
        visit = _either_visit(request, provider)
        if visit is None:
            raise Http404
        return view(request, visit, *args, **kwargs)

    return door


def _named_as(view: Callable[..., object]) -> Callable[[F], F]:
    """Give a door the name of its view; unlike `wraps`, it keeps the door's type."""

    def name(door: F) -> F:
        update_wrapper(door, view)
        return door

    return name


def client_visit(
    request: HttpRequest, slug: str, *, with_purses: bool = False
) -> ClientVisit | None:
    """Return the signed-in person's place as a client of the provider, in one query at most."""
    user = _person(request)
    rows = rows_of_person(request, member_query_for(request, with_purses=with_purses))
    places = member_places(rows)
    here = [place for place in places if place.provider.slug == slug]
    if not here:
        return None
    provider = here[0].provider
    reach = ClientReach.of(place.member for place in here)
    actor = Actor(user, reach, Channel.WEB, client_address(request))
    _read_as(user, provider, request)
    return ClientVisit(
        provider=provider,
        actor=actor,
        accounts=tuple(place.account for place in here),
        is_staff_too=here[0].works_here,
        has_other_places=len({one.provider.pk for one in places}) > 1 or here[0].works_somewhere,
        unread=here[0].unread,
        has_money=any(place.has_money for place in here),
        ledgers=tuple(place.account for place in here if place.reads_ledger),
        owned=frozenset(place.account.pk for place in here if place.member.is_owner),
        top_up_url=here[0].top_up_url or "",
        sells_packages=here[0].sells_packages,
        purses={place.account.pk: place.purse for place in here if place.purse},
        seal=seal_of(user, rows),
    )


def staff_visit(request: HttpRequest, slug: str) -> StaffVisit | None:
    """Return the signed-in person's place as staff of the provider, in one query at most.

    Raises SecondStepMissing for one who lacks what the provider asks for.
    """
    user = _person(request)
    rows = rows_of_person(request, staff_query())
    places = staff_places(rows)
    here = next((place for place in places if place.provider.slug == slug), None)
    if here is None:
        return None
    if here.lacks_second_step:
        raise SecondStepMissing(slug)
    reach = StaffReach.of(here.staff, here.seated_in)
    _read_as(user, here.provider, request)
    return StaffVisit(
        provider=here.provider,
        actor=Actor(user, reach, Channel.WEB, client_address(request)),
        staff=here.staff,
        is_client_too=here.is_client_here,
        has_other_places=len(places) > 1 or here.is_client_somewhere,
        seal=seal_of(user, rows),
    )


def _either_visit(request: HttpRequest, slug: str) -> StaffVisit | ClientVisit | None:
    try:
        if staff := staff_visit(request, slug):
            return staff
    except SecondStepMissing:
        # As a client he goes on: what is asked is asked of staff.
        if client := client_visit(request, slug):
            return client
        raise
    return client_visit(request, slug)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _read_as(user: User, provider: Provider, request: HttpRequest) -> None:
    """Show times and words as this reader wants: profile, else browser, else provider."""
    zone = user.time_zone or request.COOKIES.get("zone", "") or provider.time_zone
    try:
        timezone.activate(ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        timezone.activate(ZoneInfo(provider.time_zone))
    if user.language:
        translation.activate(user.language)
