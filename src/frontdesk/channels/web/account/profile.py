"""A person's profile: how he is named, how he reads, and who shares his accounts."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.accounts.models import Account, User
from frontdesk.accounts.models.user import Theme
from frontdesk.channels.web.account.members import InvitationForm, accounts_of, owned_members
from frontdesk.channels.web.account.shell import own_page
from frontdesk.channels.web.limits import limit
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.sign_in.door import CAME_FROM
from frontdesk.channels.web.sign_in.mail import sends_mail
from frontdesk.channels.web.sign_in.theme import keep_theme
from frontdesk.channels.web.visit import ClientVisit, StaffVisit, as_either
from frontdesk.channels.web.zones import zone_choices
from frontdesk.shared.rate_limit import Rate
from frontdesk.support.actions.invite_member import invite_member
from frontdesk.support.actions.save_profile import Profile, save_profile
from frontdesk.support.errors import BadValue
from frontdesk.support.invitations import Invitee

# Each sends a mail to an address that somebody typed.
INVITE = Rate("invite", most=20, seconds=3600)


@dataclass(slots=True)
class ProfileForm:
    """The form as it was typed; `errors` by field."""

    name: str
    time_zone: str
    theme: str
    shortcuts_on: bool
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, user: User) -> "ProfileForm":
        """Return what is saved."""
        return cls(user.name, user.time_zone, user.theme, user.shortcuts_on)

    @classmethod
    def typed(cls, request: HttpRequest, user: User) -> "ProfileForm":
        """Return what was typed. Only the desk's page has the switch of the shortcuts."""
        post = request.POST
        has_switch = "has_shortcuts" in post
        return cls(
            name=post.get("name", ""),
            time_zone=post.get("time_zone", ""),
            theme=post.get("theme", Theme.SYSTEM),
            shortcuts_on="shortcuts_on" in post if has_switch else user.shortcuts_on,
        )


@require_http_methods(["GET", "HEAD", "POST"])
@as_either
def account(request: HttpRequest, visit: ClientVisit | StaffVisit) -> HttpResponse:
    """Show the profile, or save it."""
    if request.session.get(CAME_FROM) != visit.provider.slug:
        # The pages of security have no provider in their address; they lead back here.
        request.session[CAME_FROM] = visit.provider.slug
    if request.method == "POST":
        return _save(request, visit)
    return _show(request, visit, ProfileForm.of(visit.user))


@sent_from("account", "provider")
@as_either
def invite(request: HttpRequest, visit: ClientVisit | StaffVisit, account: int) -> HttpResponse:
    """Bring a colleague into an account that the person owns."""
    if not owned_members(visit).filter(account=account).exists():
        raise Http404
    form = InvitationForm.typed(request, account)
    try:
        limit(INVITE, request, visit)
        member = invite_member(
            by=visit.actor,
            account_id=account,
            invitee=Invitee(form.email, form.name),
            right=form.right,
        )
    except Account.DoesNotExist:
        raise Http404 from None
    except BadValue as error:
        form.errors[f"{error.field}-in-{account}"] = words_for(error)
        own = ProfileForm.of(visit.user)
        return _show(request, visit, own, invitation=form, status=422)
    words = _("%(email)s is invited. The mail is on its way.")
    messages.success(request, words % {"email": member.user.email})
    return see_other("account", visit.provider.slug, part="members")


def _save(request: HttpRequest, visit: ClientVisit | StaffVisit) -> HttpResponse:
    form = ProfileForm.typed(request, visit.user)
    profile = Profile(form.name, form.time_zone, form.theme, form.shortcuts_on)
    try:
        user = save_profile(by=visit.actor, profile=profile)
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, form, status=422)
    messages.success(request, _("Settings saved."))
    response = see_other("account", visit.provider.slug)
    keep_theme(response, user)
    return response


def _show(
    request: HttpRequest,
    visit: ClientVisit | StaffVisit,
    form: ProfileForm,
    *,
    invitation: InvitationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "account",
        "form": form,
        "invitation": invitation or InvitationForm(),
        "sends_mail": sends_mail(),
        "zones": [("", _("As in the browser")), *zone_choices()],
        "themes": Theme.choices,
        "accounts": accounts_of(visit),
    }
    return own_page(request, "person/profile.html", visit, context, status=status)
