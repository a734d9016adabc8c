"""When a department is open, and how soon it promises to answer."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.hours_words import (
    Unreadable,
    days_text,
    read_days,
    read_spans,
    spans_text,
)
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.channels.web.zones import zone_choices
from frontdesk.support.actions.save_schedule import ScheduleChange, checked_spans, save_schedule
from frontdesk.support.answer_words import answer_words
from frontdesk.support.errors import BadValue
from frontdesk.support.models import Department, Schedule
from frontdesk.support.opening_hours import Span

HOUR = 60
OFFICE = ["09:00–18:00"] * 5 + [""] * 2
# What no rule lets pass: it comes back as "no number".
NO_NUMBER = 0


@dataclass(slots=True)
class HoursForm:
    """The hours as they were typed; `errors` by field, those of days as `day-0` to `day-6`."""

    has_hours: bool
    time_zone: str
    week: list[str] = field(default_factory=lambda: list(OFFICE))
    holidays: str = ""
    answer_within: str = ""
    unit: str = "hours"
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Schedule) -> "HoursForm":
        """Return what is saved."""
        minutes = row.answer_within or 0
        in_minutes = bool(minutes % HOUR)
        number = minutes if in_minutes else minutes // HOUR
        return cls(
            has_hours=True,
            time_zone=row.time_zone,
            week=[spans_text(spans) for spans in row.hours.week],
            holidays=days_text(row.hours.holidays),
            answer_within=str(number or ""),
            unit="minutes" if in_minutes else "hours",
        )

    @classmethod
    def typed(cls, request: HttpRequest) -> "HoursForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            has_hours=post.get("has_hours") == "1",
            time_zone=post.get("time_zone", ""),
            week=[post.get(f"day-{day}", "") for day in range(7)],
            holidays=post.get("holidays", ""),
            answer_within=post.get("answer_within", "").strip(),
            unit=post.get("unit", "hours"),
        )

    def change(self) -> ScheduleChange | None:
        """Return the form as the core reads it, or note everything that cannot be read."""
        if not self.has_hours:
            return None
        week = tuple(self._day(day, text) for day, text in enumerate(self.week))
        return ScheduleChange(self.time_zone, week, self._holidays(), self._promise())

    def notes_forgotten(self, shown: "HoursForm") -> None:
        """Note each field that was changed beside *Say nothing*, which keeps none of them."""
        if self.has_hours:
            return
        words = _("“Say nothing” keeps no hours: choose the other, or take this back.")
        before = shown._typed_beside()
        for name, typed in self._typed_beside().items():
            if typed and typed != before[name]:
                self.errors[name] = words

    def _typed_beside(self) -> dict[str, list[str]]:
        week = {f"day-{day}": text.split() for day, text in enumerate(self.week)}
        return {
            **week,
            "holidays": self.holidays.split(),
            "answer_within": self.answer_within.split(),
        }

    def _day(self, day: int, text: str) -> tuple[Span, ...]:
        try:
            return checked_spans(day, read_spans(text))
        except Unreadable as error:
            self.errors[f"day-{day}"] = str(error)
        except BadValue as error:
            self.errors[error.field] = words_for(error)
        return ()

    def _holidays(self) -> frozenset[date]:
        try:
            return read_days(self.holidays)
        except Unreadable as error:
            self.errors["holidays"] = str(error)
        return frozenset()

    def _promise(self) -> int | None:
        text = self.answer_within
        if not text:
            return None
        is_number = text.isascii() and text.isdigit() and len(text) <= 6
        number = int(text) if is_number else NO_NUMBER
        return number if self.unit == "minutes" else number * HOUR


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def department_hours(request: HttpRequest, visit: StaffVisit, department: int) -> HttpResponse:
    """Show a department's hours, preview what is typed, or save it."""
    rows = visit.provider.departments.select_related("schedule")
    row = get_object_or_404(rows, pk=department)
    saved = getattr(row, "schedule", None)
    new = HoursForm(has_hours=False, time_zone=visit.provider.time_zone)
    shown = HoursForm.of(saved) if saved else new
    if request.method != "POST":
        return _show(request, visit, row, shown)
    form = HoursForm.typed(request)
    change = form.change()
    if "preview" not in request.POST:
        form.notes_forgotten(shown)
    if "preview" in request.POST or form.errors:
        return _show(request, visit, row, form)
    try:
        save_schedule(by=visit.actor, department_id=row.pk, change=change)
    except BadValue as error:
        # That no day has hours is told at the first of them.
        name = "day-0" if error.field == "week" else error.field
        form.errors[name] = words_for(error)
        return _show(request, visit, row, form)
    messages.success(request, _("Settings saved."))
    return see_other("settings_department", visit.provider.slug, row.pk)


def _show(
    request: HttpRequest, visit: StaffVisit, row: Department, form: HoursForm
) -> HttpResponse:
    context = {
        "section": "departments",
        "department": row,
        "form": form,
        "days": [(day, WEEKDAYS[day], text) for day, text in enumerate(form.week)],
        "zones": zone_choices(),
        "units": [("hours", _("hours")), ("minutes", _("minutes"))],
        "words": _preview(form),
    }
    status = 422 if form.errors and "preview" not in request.POST else 200
    return settings_page(request, "settings/hours.html", visit, context, status=status)


def _preview(form: HoursForm) -> str:
    """Return what a client would read now; empty while something cannot be read."""
    change = form.change()
    if change is None or form.errors or change.answer_within == NO_NUMBER:
        return ""
    if change.time_zone not in dict(zone_choices()):
        return ""
    schedule = Schedule(
        time_zone=change.time_zone,
        week=change.week,
        holidays=change.holidays,
        answer_within=change.answer_within,
    )
    return answer_words(schedule, timezone.now())
