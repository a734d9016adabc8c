"""A list of services is imported exactly as it was shown, once, and nothing of others changes."""

from datetime import date

import pytest

from frontdesk.accounts.models import Service
from frontdesk.support.actions.import_services import ServicesChanged, import_services
from frontdesk.support.actions.put_service import ServiceFacts, put_service
from frontdesk.support.actions.upload_services import upload_services
from frontdesk.support.errors import NotAllowed
from frontdesk.support.models import Event, ServiceImport
from frontdesk.support.service_file import read_services
from frontdesk.support.service_plan import Outcome, Plan, plan_services
from tests.people import House, as_staff
from tests.threads import at_once

HEADER = "account_id,service_id,name,kind,plan,status,expires_on\n"


@pytest.fixture
def bakery_file(house: House) -> str:
    """The bakery's VPS with a new plan, and a service that is not there yet."""
    house.bakery.external_id = "A-1"
    house.bakery.save()
    return (
        HEADER + "A-1,vps-1001,shop.bakery.example,vps,VPS L,active,\nA-1,s-9,New,,,,2027-01-31\n"
    )


def looked_at(house: House, text: str) -> tuple[ServiceImport, Plan]:
    upload = upload_services(by=as_staff(house.hana), name="list.csv", content=text.encode())
    return upload, plan_services(house.north.pk, read_services(text.encode()))


def applied(house: House, text: str) -> ServiceImport:
    upload, plan = looked_at(house, text)
    return import_services(by=as_staff(house.hana), import_id=upload.pk, digest=plan.digest)


def only_line(house: House, row: str):
    (line,) = plan_services(house.north.pk, read_services((HEADER + row).encode())).lines
    return line


def test_the_plan_tells_new_changed_and_unchanged_and_changes_nothing(house: House, bakery_file):
    text = bakery_file + "A-1,dom-2001,bakery.example,domain,,active,\n"

    _upload, plan = looked_at(house, text)

    assert [line.outcome for line in plan.lines] == ["changed", "new", "unchanged"]
    (change,) = plan.lines[0].changes
    assert (change.field, change.old, change.new) == ("plan", "", "VPS L")
    assert not Service.objects.filter(external_id="s-9").exists()
    assert not Event.objects.exists()


def test_an_import_does_what_the_plan_said_with_one_event_a_change(house: House, bakery_file):
    upload = applied(house, bakery_file)

    new = Service.objects.get(external_id="s-9")
    house.vps.refresh_from_db()
    assert (new.account, new.expires_on, new.kind) == (house.bakery, date(2027, 1, 31), "other")
    assert house.vps.plan == "VPS L"
    assert (upload.created_count, upload.changed_count) == (1, 1)
    told = {(event.data["id"], event.data["act"]) for event in Event.objects.all()}
    assert told == {(new.pk, "created"), (house.vps.pk, "changed")}


def test_pressed_again_it_changes_nothing_more(house: House, bakery_file):
    upload, plan = looked_at(house, bakery_file)
    by = as_staff(house.hana)
    import_services(by=by, import_id=upload.pk, digest=plan.digest)
    Service.objects.filter(external_id="s-9").update(name="Renamed since")

    again = import_services(by=by, import_id=upload.pk, digest=plan.digest)

    assert again.created_count == 1
    assert Service.objects.get(external_id="s-9").name == "Renamed since"
    assert Event.objects.count() == 2


def test_the_same_file_again_finds_nothing_to_do(house: House, bakery_file):
    applied(house, bakery_file)

    _upload, plan = looked_at(house, bakery_file)

    assert plan.counts[Outcome.UNCHANGED] == 2
    assert applied(house, bakery_file).changed_count == 0


def test_what_changed_since_the_preview_is_shown_again_first(house: House, bakery_file):
    upload, plan = looked_at(house, bakery_file)
    by = as_staff(house.hana)
    put_service(
        by=by,
        account_id=house.bakery.pk,
        external_id="vps-1001",
        facts=ServiceFacts("Another name", "vps"),
    )

    with pytest.raises(ServicesChanged):
        import_services(by=by, import_id=upload.pk, digest=plan.digest)

    assert not Service.objects.filter(external_id="s-9").exists()


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("A-2,s-9,New,,,,\n", "account_id", "no_account"),
        ("#999999,s-9,New,,,,\n", "account_id", "no_account"),
        ("A-1,vps-1002,Mine now,,,,\n", "service_id", "foreign"),
        ("A-1,,New,,,,\n", "service_id", "missing"),
        ("A-1,s-9,,,,,\n", "name", "missing"),
        ("A-1,s-9,New,boat,,,\n", "kind", "unknown"),
        ("A-1,s-9,New,,,gone,\n", "status", "unknown"),
        ("A-1,s-9,New,,,,31.01.2027\n", "expires_on", "unknown"),
        ("A-1,s-9,New,,,,20270131\n", "expires_on", "unknown"),
        ("A-1,s-9,New,,,,2027-02-30\n", "expires_on", "unknown"),
        ("A-1,s-9,New,,,,0027-01-31\n", "expires_on", "unknown"),
        ("A-1,s-9,New,,\n", "", "width"),
        ("A-1,s-9," + "n" * 121 + ",,,,\n", "name", "too_long"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_by_its_reason(
    house: House, bakery_file, row: str, field: str, reason: str
):
    line = only_line(house, row)

    assert (line.outcome, line.field, line.reason) == (Outcome.REFUSED, field, reason)


def test_the_second_row_with_an_id_is_refused_and_names_the_first(house: House, bakery_file):
    _upload, plan = looked_at(house, bakery_file + "A-1,s-9,Again,,,,\n")

    assert (plan.lines[2].reason, plan.lines[2].detail) == ("twice", "3")


def test_refused_rows_do_not_keep_the_others_out(house: House, bakery_file):
    applied(house, bakery_file + "A-1,vps-1002,Mine now,,,,\n")

    house.carols_vps.refresh_from_db()
    assert house.carols_vps.account == house.carols_account
    assert Service.objects.filter(external_id="s-9").exists()


def test_an_account_unknown_to_billing_is_named_by_its_number(house: House):
    line = only_line(house, f"#{house.bakery.pk},s-9,New,,,,\n")

    assert (line.outcome, line.account) == (Outcome.NEW, house.bakery)


def test_a_column_that_is_left_out_leaves_what_is_there(house: House):
    Service.objects.filter(pk=house.vps.pk).update(plan="VPS L", expires_on=date(2027, 1, 1))
    text = f"account_id,service_id,name\n#{house.bakery.pk},vps-1001,shop.bakery.example\n"

    plan = plan_services(house.north.pk, read_services(text.encode()))

    assert plan.lines[0].outcome is Outcome.UNCHANGED


def test_agents_and_other_providers_import_nothing(house: House, bakery_file):
    upload, plan = looked_at(house, bakery_file)
    house.sven.staff_places.update(role="head")

    with pytest.raises(NotAllowed):
        import_services(by=as_staff(house.sam), import_id=upload.pk, digest=plan.digest)
    with pytest.raises(ServiceImport.DoesNotExist):
        import_services(by=as_staff(house.sven), import_id=upload.pk, digest=plan.digest)


def test_ten_thousand_rows_take_few_queries(house: House, django_assert_max_num_queries):
    house.bakery.external_id = "A-1"
    house.bakery.save()
    rows = (f"A-1,s-{n},Service {n},vps,L,active,2027-01-31\n" for n in range(10_000))
    text = HEADER + "".join(rows)
    upload, plan = looked_at(house, text)

    with django_assert_max_num_queries(25):
        done = import_services(by=as_staff(house.hana), import_id=upload.pk, digest=plan.digest)

    assert done.created_count == 10_000


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_import_once(house: House, bakery_file):
    upload, plan = looked_at(house, bakery_file)
    by = as_staff(house.hana)

    def press() -> ServiceImport:
        return import_services(by=by, import_id=upload.pk, digest=plan.digest)

    results = at_once(press, press, press, press)

    assert [type(one) for one in results] == [ServiceImport] * 4
    assert Event.objects.count() == 2
