"""A client opens a ticket."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontdesk.accounts.models import Service
from frontdesk.accounts.models.service import ServiceStatus
from frontdesk.billing.errors import BillingRefused
from frontdesk.billing.offers import Free
from frontdesk.channels.web.client.forms import RefusedFiles, TicketForm, kept_draft, read_id
from frontdesk.channels.web.client.paying import priced, sent_words
from frontdesk.channels.web.composing import form_key, take_files, waiting_files
from frontdesk.channels.web.errors import wait_words
from frontdesk.channels.web.limits import OPEN_TICKET, limit
from frontdesk.channels.web.render import client_page, see_other
from frontdesk.channels.web.visit import ClientVisit, as_client, as_client_with_purse
from frontdesk.shared.rate_limit import TooFast
from frontdesk.support.actions.open_ticket import open_ticket
from frontdesk.support.actions.save_draft import DraftText, new_key, save_draft
from frontdesk.support.answer_words import department_words
from frontdesk.support.errors import AlreadySent, Refused
from frontdesk.support.models import Department, DraftKind, Ticket
from frontdesk.support.once import form_scope, is_claimed
from frontdesk.support.subjects import subject_from

# Above this many, departments are a list to choose from instead of cards.
MOST_CARDS = 6
# A reseller may have thousands of services; the page of services leads here for the others.
MOST_SERVICES = 300


@require_http_methods(["GET", "HEAD", "POST"])
@as_client_with_purse
def new_ticket(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Show the form of a new ticket, or send it."""
    if request.method == "POST":
        response = _send(request, visit)
    else:
        response = _form_page(request, visit, _opened(request, visit))
    # Who goes back after sending finds this form again, with the key that was used: sending it
    # once more leads to the same ticket. With no-store the browser would fetch a new key, or, of
    # a form that came back with errors, have nothing to show at all.
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_POST
@as_client
def preview_subject(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Answer the subject that a message would get, as plain text."""
    subject = subject_from(request.POST.get("message", ""))
    return HttpResponse(subject, content_type="text/plain; charset=utf-8")


def _send(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    text = request.POST.get("message", "")
    form = TicketForm.of(request.POST, key=form_key(request), message=text)
    form.hear_consent(request.POST)
    if not _was_sent(request, visit, form.key):
        _take_files(request, visit, form)
    if "remove_file" in request.POST:
        return _form_page(request, visit, form)
    form.check(visit)
    if form.errors:
        return _form_page(request, visit, form, status=422)
    try:
        limit(OPEN_TICKET, request, visit)
        ticket = open_ticket(by=visit.actor, request=form.request(), key=form.key)
    except TooFast as error:
        return _too_fast(request, visit, form, error)
    except AlreadySent as error:
        return _already_sent(request, visit, form, error.ticket)
    except Refused as error:
        form.refuse(error)
        return _form_page(request, visit, form, status=422)
    except BillingRefused as error:
        return _ask_again(request, visit, form, error)
    messages.success(request, sent_words(visit, ticket))
    return see_other("ticket", visit.provider.slug, ticket.pk)


def _was_sent(request: HttpRequest, visit: ClientVisit, key: str) -> bool:
    """Whether the form was sent before: a repeat's files must not be stored once more."""
    scope = form_scope(visit.actor, DraftKind.TICKET)
    return bool(request.FILES) and is_claimed(scope, key)


def _take_files(request: HttpRequest, visit: ClientVisit, form: TicketForm) -> None:
    if refused := take_files(request, visit, form.key):
        told = RefusedFiles.of(refused, chosen=len(request.FILES.getlist("files")))
        form.refused = told.rows
        form.errors["files"] = told.summary


def _ask_again(
    request: HttpRequest, visit: ClientVisit, form: TicketForm, error: BillingRefused
) -> HttpResponse:
    """Show what the ticket costs now; the draft outlives the trip to the till."""
    form.refuse_price(error)
    names = ("department", "service", "account", "about")
    choices = {name: value for name in names if (value := getattr(form, name))}
    draft = DraftText(kind=DraftKind.TICKET, text=form.message, key=form.key, choices=choices)
    save_draft(by=visit.actor, draft=draft)
    return _form_page(request, visit, form, status=422)


def _too_fast(
    request: HttpRequest, visit: ClientVisit, form: TicketForm, error: TooFast
) -> HttpResponse:
    words = [_("That is many tickets in a short time."), wait_words(error)]
    form.errors["message"] = " ".join(words)
    response = _form_page(request, visit, form, status=429)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _already_sent(
    request: HttpRequest, visit: ClientVisit, form: TicketForm, ticket: Ticket
) -> HttpResponse:
    """Keep the other words under a new key: whoever means them sends them once more."""
    form.key, form.sent_as = new_key(), ticket
    _take_files(request, visit, form)
    return _form_page(request, visit, form, status=409)


def _opened(request: HttpRequest, visit: ClientVisit) -> TicketForm:
    """Return the form as it is opened: the draft, with what the address chooses."""
    if kept := kept_draft(visit):
        draft, has_files = kept
        values = {**draft.choices, **request.GET.dict()}
        form = TicketForm.of(values, key=draft.key, message=draft.text)
        form.has_files = has_files
    else:
        form = TicketForm.of(request.GET, key=new_key(), message="")
        form.has_files = False
    return form


def _form_page(
    request: HttpRequest, visit: ClientVisit, form: TicketForm, *, status: int = 200
) -> HttpResponse:
    departments = _departments(visit)
    services = _services(visit, form)
    about = _about(visit, form)
    if request.method != "POST":
        if about and "about" in request.GET:
            form.go_on_with(about)
        form.suggest(departments, services)
    offers = priced(visit, read_id(form.account), departments)
    context = {
        "section": "new",
        "form": form,
        "offers": offers,
        "has_prices": any(not isinstance(row.offer, Free) for row in offers),
        "answers": _answers(departments),
        "as_cards": len(departments) <= MOST_CARDS,
        "service_groups": _by_account(visit, services),
        "has_more_services": len(services) >= MOST_SERVICES,
        "about": about,
        "waiting": waiting_files(visit, form.key) if form.has_files else [],
    }
    return client_page(request, "client/new_ticket.html", visit, context, status=status)


def _departments(visit: ClientVisit) -> list[Department]:
    offered = Department.objects.filter(provider=visit.provider).offered_to_clients()
    return list(offered.select_related("schedule", "price_rule__provider__billing"))


def _answers(departments: list[Department]) -> dict[int, str]:
    """Return what each department with hours says of them now."""
    now = timezone.now()
    words = {row.pk: department_words(row, now) for row in departments}
    return {pk: said for pk, said in words.items() if said}


def _services(visit: ClientVisit, form: TicketForm) -> list[Service]:
    """Return what the ticket may be about, what has ended last; the chosen one is always in."""
    own = Service.objects.filter(account_id__in=visit.reach.accounts)
    rows = list(own.order_by("name", "id")[:MOST_SERVICES])
    rows.sort(key=lambda service: service.status == ServiceStatus.ENDED)
    chosen = read_id(form.service)
    if len(rows) == MOST_SERVICES and chosen and all(row.pk != chosen for row in rows):
        rows += own.filter(pk=chosen)
    return rows


def _by_account(visit: ClientVisit, services: list[Service]) -> list[tuple[str, list[Service]]]:
    groups = [
        (account.name, [service for service in services if service.account_id == account.pk])
        for account in visit.accounts
    ]
    return [group for group in groups if group[1]]


def _about(visit: ClientVisit, form: TicketForm) -> Ticket | None:
    if not form.about_id:
        return None
    tickets = Ticket.objects.visible_to(visit.reach).filter(pk=form.about_id)
    return tickets.only("subject", "account_id", "department_id", "service_id").first()
