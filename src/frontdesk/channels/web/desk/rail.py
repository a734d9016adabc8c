"""What the shell around every page of the desk shows: views and departments with counters."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from frontdesk.channels.web.counting import BoundedCount
from frontdesk.channels.web.desk.place import VIEWS, Place
from frontdesk.channels.web.render import page
from frontdesk.channels.web.shells import in_shell
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.shared.composed import Composed, compose
from frontdesk.support.access import StaffReach
from frontdesk.support.models import Department, Ticket

# Solved and All only grow: their number says nothing about the work at hand.
MOST_KEPT = 500
COUNTED = ("mine", "unassigned", "waiting")


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department in the rail; `needs_reply` is counted up to the bound."""

    pk: int
    name: str
    needs_reply: int


@dataclass(frozen=True, slots=True)
class Rail:
    """The departments that one may see, and how many tickets each view has, if below the bound."""

    departments: tuple[DepartmentLine, ...]
    counts: Mapping[str, int]

    @property
    def seal(self) -> Hashable:
        """All that is in it, to keep things by."""
        return self.departments, *self.counts.items()

    def department(self, pk: int | str) -> DepartmentLine | None:
        """Return the department with this id, if one may see it."""
        return next((line for line in self.departments if str(line.pk) == str(pk)), None)


def load_rail(reach: StaffReach) -> Rail:
    """Load it in one query. Who is in no department sees no ticket, so no row is right too."""
    rows = _departments(reach).rows()
    departments = tuple(DepartmentLine(*row[:3]) for row in rows)
    counts = dict(zip(COUNTED, rows[0][3:] if rows else repeat(0), strict=False))
    # No ticket is outside of them, so they need not be counted twice.
    counts["needs_reply"] = sum(line.needs_reply for line in departments)
    return Rail(departments, counts)


@lru_cache(maxsize=MOST_KEPT)
def _departments(reach: StaffReach) -> Composed:
    """The query of the rail, kept by what the person may reach."""
    departments = Department.objects.filter(provider_id=reach.provider_id).in_order()
    if reach.department_ids is not None:
        departments = departments.filter(pk__in=reach.department_ids)
    tickets = Ticket.objects.filter(provider_id=reach.provider_id, department_id=OuterRef("pk"))
    counts = [BoundedCount(Place(slug).tickets(reach)) for slug in COUNTED]
    here = BoundedCount(tickets.waiting_for_support())
    return compose(departments.values_list("id", "name", here, *counts))


def desk_page(
    request: HttpRequest,
    template: str,
    visit: StaffVisit,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the desk with its rail, or for a script only the page's own part.

    `context` may bring the `rail` it has loaded already, and the `place` one is at.
    """
    shell: dict[str, Any] = {"views": VIEWS, "place": Place()}
    if is_for_script(request):
        template = in_shell(template, "desk/bare.html")
    else:
        template = in_shell(template, "desk/layout.html")
        shell["dialogs"] = _dialogs(visit.provider.slug, get_language())
        if "rail" not in context:
            shell["rail"] = load_rail(visit.reach)
    return page(request, template, visit, {**shell, **context}, status=status)


@lru_cache(maxsize=MOST_KEPT)
def _dialogs(slug: str, _language: str | None) -> str:
    """The palette and the list of keys, alike on every page of a provider in one language."""
    return mark_safe(render_to_string("desk/parts/dialogs.html", {"slug": slug}))


def is_for_script(request: HttpRequest) -> bool:
    """Whether a script asks, which takes a part of the page and needs no shell around it."""
    return "HX-Request" in request.headers
