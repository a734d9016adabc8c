"""Notifications: what happened to the person's tickets, allowance and payments."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdesk.channels.web.client.forms import read_id
from frontdesk.channels.web.client.fragments import wanted_part
from frontdesk.channels.web.client.notification_words import NotificationRow, row_of
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.render import client_page, page, see_other
from frontdesk.channels.web.visit import ClientVisit, as_client
from frontdesk.notifications.models import Notification, NotificationQuerySet
from frontdesk.notifications.notify import mark_all_read
from frontdesk.shared.keyset import Page
from frontdesk.support.models import Ticket

PAGE_SIZE = 30
SHOWN = ("kind", "created_at", "read_at")


@require_safe
@as_client
def notifications(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Show one page of the rows; htmx may ask for the counter alone."""
    part = wanted_part(request)
    if part == "unread-count":
        return page(request, "client/parts/unread_count.html", visit, {"unread": visit.unread})
    shown = _page(visit, request.GET.get("after", ""), request.GET.get("before", ""))
    context = {
        "section": "notifications",
        "rows": [row_of(one, visit) for one in shown.rows],
        "pager": shown,
        "is_first_page": not shown.before,
    }
    if part is not None:
        return page(request, "client/parts/notification_list.html", visit, context)
    return client_page(request, "client/notifications.html", visit, context)


@sent_from("notifications", "provider")
@as_client
def mark_read(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Mark all rows as read."""
    mark_all_read(user_id=visit.user.pk, provider_id=visit.provider.pk)
    messages.success(request, _("All notifications are marked as read."))
    return see_other("notifications", visit.provider.slug)


def latest(visit: ClientVisit, *, most: int) -> list[NotificationRow]:
    """Return the newest rows in words."""
    return [row_of(one, visit) for one in _visible(visit)[:most]]


def _visible(visit: ClientVisit) -> NotificationQuerySet:
    """The person's rows about tickets that he still may read and accounts that he owns, newest
    first."""
    mine = Notification.objects.of(user_id=visit.user.pk, provider_id=visit.provider.pk)
    readable = Q(ticket__in=Ticket.objects.visible_to(visit.reach))
    if visit.owned:
        readable |= Q(ticket__isnull=True, event__data__account__in=sorted(visit.owned))
    return (
        mine.filter(readable)
        .select_related("ticket", "event__actor")
        .only(*SHOWN, "ticket__subject", "event__data", "event__actor__name")
    )


def _page(visit: ClientVisit, after: str, before: str) -> Page[Notification]:
    """Return one page; the ids of its ends are the places from which its neighbours go on."""
    rows = _visible(visit)
    if upwards := read_id(before):
        found = list(rows.filter(pk__gt=upwards).order_by("pk")[: PAGE_SIZE + 1])
        shown, has_older, has_newer = found[:PAGE_SIZE][::-1], True, len(found) > PAGE_SIZE
    else:
        downwards = read_id(after)
        rows = rows.filter(pk__lt=downwards) if downwards else rows
        found = list(rows[: PAGE_SIZE + 1])
        shown, has_older, has_newer = found[:PAGE_SIZE], len(found) > PAGE_SIZE, bool(downwards)
    if not shown:
        return Page([], "", "")
    return Page(
        shown,
        after=str(shown[-1].pk) if has_older else "",
        before=str(shown[0].pk) if has_newer else "",
    )
