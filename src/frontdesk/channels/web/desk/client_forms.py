"""A client account made by hand, or called by another name, by heads and administrators."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.accounts.models import Account
from frontdesk.channels.web.composing import form_key
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.errors import wait_words
from frontdesk.channels.web.limits import INVITE_CLIENT, limit
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.sign_in.mail import sends_mail
from frontdesk.channels.web.visit import StaffVisit, as_head
from frontdesk.shared.rate_limit import TooFast
from frontdesk.support.actions.open_account import AccountFacts, open_account
from frontdesk.support.actions.save_account import save_account
from frontdesk.support.actions.save_draft import new_key
from frontdesk.support.errors import BadValue
from frontdesk.support.invitations import Invitee


@dataclass(slots=True)
class AccountForm:
    """The form as it was typed; `errors` by field. E-mail and name only of a new one's owner."""

    key: str = ""
    account_name: str = ""
    external_id: str = ""
    email: str = ""
    name: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def typed(cls, request: HttpRequest) -> "AccountForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            key=form_key(request),
            account_name=post.get("account_name", ""),
            external_id=post.get("external_id", ""),
            email=post.get("email", ""),
            name=post.get("name", ""),
        )

    def facts(self) -> AccountFacts:
        """Return what the account is called."""
        return AccountFacts(self.account_name, self.external_id)


@require_http_methods(["GET", "HEAD", "POST"])
@as_head
def new_client(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show the form of a new client, or make the account and invite its owner."""
    if request.method != "POST":
        return _show(request, visit, None, AccountForm(new_key()))
    form = AccountForm.typed(request)
    try:
        limit(INVITE_CLIENT, request, visit)
        owner = Invitee(form.email, form.name)
        account = open_account(by=visit.actor, facts=form.facts(), owner=owner, key=form.key)
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, None, form, status=422)
    except TooFast as error:
        form.errors["email"] = wait_words(error)
        return _show(request, visit, None, form, status=429)
    messages.success(request, _("The client is added. The invitation is on its way."))
    return see_other("desk_client", visit.provider.slug, account.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@as_head
def edit_client(request: HttpRequest, visit: StaffVisit, account: int) -> HttpResponse:
    """Show how an account is called, or save it."""
    row = get_object_or_404(Account, pk=account, provider=visit.provider)
    if request.method != "POST":
        form = AccountForm(account_name=row.name, external_id=row.external_id)
        return _show(request, visit, row, form)
    form = AccountForm.typed(request)
    try:
        save_account(by=visit.actor, account_id=account, facts=form.facts())
    except Account.DoesNotExist:
        raise Http404 from None
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, row, form, status=422)
    messages.success(request, _("The client is saved."))
    return see_other("desk_client", visit.provider.slug, account)


def _show(
    request: HttpRequest,
    visit: StaffVisit,
    row: Account | None,
    form: AccountForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"section": "clients", "account": row, "form": form, "sends_mail": sends_mail()}
    return desk_page(request, "desk/client_form.html", visit, context, status=status)
