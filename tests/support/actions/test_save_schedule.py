"""Hours are the administrators' to set, and must make sense."""

from datetime import date

import pytest

from frontdesk.support.actions.save_schedule import ScheduleChange, save_schedule
from frontdesk.support.errors import BadValue, NotAllowed
from frontdesk.support.models import Department, Event, Schedule
from tests.people import House, as_staff

WEEK = (((540, 1080),),) * 5 + ((), ())


def change(**given) -> ScheduleChange:
    return ScheduleChange(**{"time_zone": "Europe/Berlin", "week": WEEK, **given})


def test_hours_are_kept_and_told_and_taken_away(house: House) -> None:
    by, pk = as_staff(house.ada), house.technical.pk
    new_year = frozenset({date(2027, 1, 1)})

    save_schedule(by=by, department_id=pk, change=change(holidays=new_year, answer_within=240))
    kept = Schedule.objects.get()
    save_schedule(by=by, department_id=pk, change=None)

    assert (kept.hours.week, kept.hours.holidays, kept.answer_within) == (WEEK, new_year, 240)
    assert not Schedule.objects.exists()
    acts = Event.objects.order_by("id").values_list("data__what", "data__act")
    assert list(acts) == [("hours", "changed"), ("hours", "removed")]


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"time_zone": "Europe/Atlantis"}, "time_zone", "unknown"),
        ({"week": (((1080, 540),), *WEEK[1:])}, "day-0", "ends_before_start"),
        ({"week": (((540, 540),), *WEEK[1:])}, "day-0", "ends_before_start"),
        ({"week": (((540, 1441),), *WEEK[1:])}, "day-0", "ends_before_start"),
        ({"week": (*WEEK[:6], ((540, 720), (700, 900)))}, "day-6", "overlaps"),
        ({"week": ((),) * 7}, "week", "never"),
        ({"answer_within": 0}, "answer_within", "unknown"),
        ({"answer_within": 30_001}, "answer_within", "unknown"),
        ({"week": (((0, 1),), *[()] * 6), "answer_within": 500}, "answer_within", "never"),
        ({"holidays": frozenset({date(26, 1, 1)})}, "holidays", "unknown"),
    ],
)
def test_hours_that_make_no_sense_are_refused(house: House, given, field, reason) -> None:
    with pytest.raises(BadValue) as caught:
        save_schedule(
            by=as_staff(house.ada), department_id=house.technical.pk, change=change(**given)
        )

    assert (caught.value.field, caught.value.reason) == (field, reason)
    assert not Schedule.objects.exists()


def test_spans_that_touch_or_come_in_another_order_are_fine(house: House) -> None:
    week = (((720, 1080), (540, 720)), *WEEK[1:])

    saved = save_schedule(
        by=as_staff(house.ada), department_id=house.technical.pk, change=change(week=week)
    )

    assert saved is not None
    assert saved.hours.week[0] == ((540, 720), (720, 1080))


def test_only_administrators_of_the_provider_set_hours(house: House) -> None:
    with pytest.raises(NotAllowed):
        save_schedule(by=as_staff(house.hana), department_id=house.technical.pk, change=change())
    with pytest.raises(Department.DoesNotExist):
        save_schedule(by=as_staff(house.ada), department_id=house.south_support.pk, change=change())
