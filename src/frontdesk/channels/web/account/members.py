"""Who shares a person's accounts; the owner says what each of them reads."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from frontdesk.accounts.models import Account, Member
from frontdesk.accounts.models.account import MemberQuerySet, Right
from frontdesk.channels.web.account.shell import own_page
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import ClientVisit, StaffVisit, as_either
from frontdesk.support.actions.remove_member import remove_member
from frontdesk.support.actions.set_member_right import set_member_right
from frontdesk.support.errors import BadValue, NotAllowed

MADE_TOGETHER = timedelta(hours=1)


@dataclass(slots=True)
class InvitationForm:
    """The form as it was typed; `errors` by the id of the field."""

    account_id: int = 0
    email: str = ""
    name: str = ""
    right: str = Right.OWN
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def typed(cls, request: HttpRequest, account_id: int) -> "InvitationForm":
        """Return what was typed."""
        post = request.POST
        return cls(account_id, post.get("email", ""), post.get("name", ""), post.get("right", ""))


@dataclass(frozen=True, slots=True)
class Place:
    """A member as the others see him."""

    member: Member

    @property
    def has_name(self) -> bool:
        """Whether his name is shown, or only the address that he was invited by.

        Nobody learns whose an address is by inviting it: who had a sign-in before shows his
        name once he has come in.
        """
        member, user = self.member, self.member.user
        is_new_here = user.created_at > member.created_at - MADE_TOGETHER
        has_come = user.last_login is not None and user.last_login >= member.created_at
        return is_new_here or has_come or member.is_owner


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One of the person's accounts with everybody in it; `is_mine` when he owns it."""

    account: Account
    places: list[Place]
    is_mine: bool


def accounts_of(visit: ClientVisit | StaffVisit) -> list[AccountLine]:
    """Return the person's accounts at this provider with their members, in one query."""
    rows = (
        Member.colleagues.in_accounts_of(visit.user.pk, visit.provider.pk)
        .select_related("account", "user")
        .order_by("account__name", "account_id", "-is_owner", "user__name", "pk")
    )
    by_account: dict[int, list[Member]] = {}
    for row in rows:
        by_account.setdefault(row.account_id, []).append(row)
    return [_line(members, visit.user.pk) for members in by_account.values()]


@sent_from("account", "provider")
@as_either
def set_right(request: HttpRequest, visit: ClientVisit | StaffVisit, member: int) -> HttpResponse:
    """Change which tickets a colleague reads."""
    if not owned_members(visit).filter(pk=member).exists():
        raise Http404  # the desk has a page of its own for other people's colleagues
    try:
        row = set_member_right(
            by=visit.actor, member_id=member, right=request.POST.get("right", "")
        )
    except (Member.DoesNotExist, NotAllowed, BadValue):
        raise Http404 from None
    words = {
        Right.ALL: _("%(name)s now reads all tickets of the account."),
        Right.OWN: _("%(name)s now reads only own tickets."),
    }
    messages.success(request, words[Right(row.right)] % {"name": row.user.name})
    return see_other("account", visit.provider.slug, part="members")


@sent_from("account", "provider")
@as_either
def remove(request: HttpRequest, visit: ClientVisit | StaffVisit, member: int) -> HttpResponse:
    """Take a colleague's place away; the first press asks once more."""
    row = (
        owned_members(visit)
        .filter(pk=member, is_owner=False)
        .select_related("user", "account")
        .first()
    )
    if row is None:
        raise Http404
    if "confirmed" not in request.POST:
        context = {"section": "account", "member": row}
        return own_page(request, "person/remove_member.html", visit, context)
    remove_member(by=visit.actor, member_id=member)
    messages.success(request, _("%(name)s is removed.") % {"name": row.user.name})
    return see_other("account", visit.provider.slug, part="members")


def owned_members(visit: ClientVisit | StaffVisit) -> MemberQuerySet:
    """Return everybody in the accounts that the person owns himself."""
    return Member.colleagues.in_accounts_owned_by(visit.user.pk, visit.provider.pk)


def _line(members: list[Member], user_id: int) -> AccountLine:
    is_mine = any(row.is_owner and row.user_id == user_id for row in members)
    return AccountLine(members[0].account, [Place(row) for row in members], is_mine)
