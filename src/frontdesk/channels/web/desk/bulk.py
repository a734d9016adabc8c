"""Several tickets of the queue at once: take, assign or close them, each by its own action."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdesk.channels.web.desk.act_pages import chosen_id, desk_words
from frontdesk.channels.web.desk.acts import NOBODY
from frontdesk.channels.web.desk.place import Place
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.desk.rows import PAGE_SIZE
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support import errors
from frontdesk.support.actions.assign import assign, possible_assignees
from frontdesk.support.actions.close import close
from frontdesk.support.actions.take import take
from frontdesk.support.models import Ticket

MOST_TOLD = 5


@sent_from("desk", "provider")
@as_staff
def act_on_chosen(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Do it to each chosen ticket, or first ask what is missing: who, or whether to close."""
    numbers, act = _chosen(request, visit), request.POST.get("act", "")
    if not numbers:
        messages.error(request, _("Select tickets first."))
    elif act == "take":
        _each(request, numbers, lambda number: take(by=visit.actor, number=number))
    elif act == "assign":
        staff_id = chosen_id(request, "staff")
        if staff_id is None and request.POST.get("staff") != NOBODY:
            return _ask(request, visit, numbers, act)
        _each(
            request,
            numbers,
            lambda number: assign(by=visit.actor, number=number, staff_id=staff_id),
        )
    elif act == "close":
        if not request.POST.get("confirm"):
            return _ask(request, visit, numbers, act)
        _each(request, numbers, lambda number: close(by=visit.actor, number=number))
    return see_other("desk", visit.provider.slug, query=Place.of(request.GET).query())


def _chosen(request: HttpRequest, visit: StaffVisit) -> list[int]:
    """Return the chosen numbers that this person may see, no more than a page has."""
    given = [text for text in request.POST.getlist("ticket")[:PAGE_SIZE] if text.isdigit()]
    visible = Ticket.objects.visible_to(visit.reach).filter(pk__in=[int(t[:18]) for t in given])
    return list(visible.order_by("pk").values_list("pk", flat=True))


def _each(request: HttpRequest, numbers: list[int], act: Callable[[int], Ticket]) -> None:
    """Act on one after the other, and tell how many it was and why not on the others."""
    refused = []
    for number in numbers:
        try:
            act(number)
        except Ticket.DoesNotExist:
            refused.append(_("#%(number)s is not yours to read any more.") % {"number": number})
        except errors.Refused as error:
            refused.append(f"#{number}: {desk_words(error)}")
    if done := len(numbers) - len(refused):
        words = ngettext("%(n)s ticket changed.", "%(n)s tickets changed.", done)
        messages.success(request, words % {"n": done})
    if refused:
        messages.error(request, " ".join(refused[:MOST_TOLD]))


def _ask(request: HttpRequest, visit: StaffVisit, numbers: list[int], act: str) -> HttpResponse:
    visible = Ticket.objects.visible_to(visit.reach).filter(pk__in=numbers)
    tickets = list(visible.only("subject", "department", "provider").order_by("pk"))
    context = {
        "section": "queue",
        "place": Place.of(request.GET),
        "act": act,
        "tickets": tickets,
        "colleagues": list(possible_assignees(*tickets)) if act == "assign" and tickets else [],
    }
    return desk_page(request, "desk/bulk.html", visit, context)
