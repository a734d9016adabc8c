"""Who is in a client's account, as heads and administrators change it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from frontdesk.accounts.models import Account, Member
from frontdesk.accounts.models.account import Right
from frontdesk.channels.web.desk.client_card import OWNER
from frontdesk.channels.web.desk.clients import CameBack, InvitationForm, show_client
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.errors import wait_words
from frontdesk.channels.web.limits import INVITE_CLIENT, limit
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit, as_head
from frontdesk.shared.rate_limit import TooFast
from frontdesk.support.actions.invite_member import invite_member
from frontdesk.support.actions.make_owner import make_owner
from frontdesk.support.actions.remove_member import remove_member
from frontdesk.support.actions.set_member_right import set_member_right
from frontdesk.support.errors import BadValue
from frontdesk.support.invitations import Invitee


@sent_from("desk_client", "provider", "account")
@as_head
def invite(request: HttpRequest, visit: StaffVisit, account: int) -> HttpResponse:
    """Bring a person into the account."""
    post = request.POST
    form = InvitationForm(post.get("email", ""), post.get("name", ""), post.get("right", ""))
    try:
        limit(INVITE_CLIENT, request, visit)
        member = invite_member(
            by=visit.actor,
            account_id=account,
            invitee=Invitee(form.email, form.name),
            right=form.right,
        )
    except Account.DoesNotExist:
        raise Http404 from None
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return show_client(request, visit, account, CameBack(invitation=form))
    except TooFast as error:
        form.errors["email"] = wait_words(error)
        return show_client(request, visit, account, CameBack(invitation=form))
    words = _("%(email)s is invited. The mail is on its way.")
    messages.success(request, words % {"email": member.user.email})
    return _back(visit, account)


@sent_from("desk_client", "provider", "account")
@as_head
def set_right(request: HttpRequest, visit: StaffVisit, account: int, member: int) -> HttpResponse:
    """Change which tickets a member reads, or make him an owner."""
    row = _member(visit, account, member)
    right = request.POST.get("right", "")
    try:
        if right == OWNER:
            make_owner(by=visit.actor, member_id=row.pk)
        else:
            set_member_right(by=visit.actor, member_id=row.pk, right=right)
    except (Member.DoesNotExist, BadValue):
        raise Http404 from None
    words = {
        OWNER: _("%(name)s is now an owner of the account."),
        Right.ALL: _("%(name)s now reads all tickets of the account."),
        Right.OWN: _("%(name)s now reads only own tickets."),
    }
    messages.success(request, words[right] % {"name": row.user.name})
    return _back(visit, account)


@sent_from("desk_client", "provider", "account")
@as_head
def remove(request: HttpRequest, visit: StaffVisit, account: int, member: int) -> HttpResponse:
    """Take a member's place away; the first press asks once more."""
    row = _member(visit, account, member)
    if "confirmed" not in request.POST:
        facts = {"name": row.user.name, "account": row.account.name}
        words = _("%(name)s can then no longer read or write tickets of %(account)s.") % facts
        context = {
            "section": "clients",
            "heading": _("Remove %(name)s?") % facts,
            "words": f"{words} {_('The tickets stay.')}",
            "back": reverse("desk_client", args=[visit.provider.slug, account]) + "#people",
        }
        return desk_page(request, "desk/client_remove.html", visit, context)
    remove_member(by=visit.actor, member_id=row.pk)
    messages.success(request, _("%(name)s is removed.") % {"name": row.user.name})
    return _back(visit, account)


def _member(visit: StaffVisit, account: int, member: int) -> Member:
    own = Member.objects.filter(provider=visit.provider, account=account)
    return get_object_or_404(own.select_related("user", "account"), pk=member)


def _back(visit: StaffVisit, account: int) -> HttpResponse:
    return see_other("desk_client", visit.provider.slug, account, part="people")
