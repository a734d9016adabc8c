"""What a page knows of a person's accounts before it asks for anything else."""

from datetime import timedelta

from django.utils import timezone

from frontdesk.accounts.models import User
from frontdesk.billing.actions.start_plan import start_plan
from frontdesk.billing.models import Plan
from frontdesk.billing.summaries import AccountSummary, account_summary
from frontdesk.channels.web.places import MemberPlace, member_places, member_query
from frontdesk.channels.web.sign_in.recognition import PERSON
from frontdesk.shared.composed import SOME_MOMENT
from tests.billing.money import a_stamp, clock_at, grant, pay_in
from tests.people import House


def places_of(person: User, *, with_purses: bool) -> list[MemberPlace]:
    marks = {PERSON: person.pk, SOME_MOMENT: timezone.now()}
    return member_places(member_query(with_purses=with_purses).rows(marks))


def purses_of(person: User) -> dict[int, AccountSummary | None]:
    return {place.account.pk: place.purse for place in places_of(person, with_purses=True)}


def test_a_purse_holds_what_the_summary_of_the_account_says(house: House) -> None:
    soon, later = (timezone.now() + timedelta(days=days) for days in (3, 30))
    pay_in(house.bakery, "20.00")
    for quantity, until in ((1, soon), (2, soon), (4, later), (8, None)):
        grant(house.bakery, quantity, until)

    summary = account_summary(provider_id=house.north.pk, account_id=house.bakery.pk)

    assert purses_of(house.alice) == {house.bakery.pk: summary}
    assert (summary.available, summary.next_lapse_at, summary.next_lapse_units) == (15, soon, 3)


def test_a_purse_counts_by_the_moment_it_is_asked_for(house: House) -> None:
    plan = Plan.objects.create(provider=house.north, name="Five", quantity=5)
    whose = {"provider_id": house.north.pk, "account_id": house.bakery.pk}
    start_plan(**whose, plan_id=plan.pk, stamp=a_stamp())
    grant(house.bakery, 2, timezone.now() + timedelta(days=1))
    counted = [purses_of(house.alice)[house.bakery.pk]]

    with clock_at(timezone.now() + timedelta(days=40)):
        counted.append(purses_of(house.alice)[house.bakery.pk])

    assert [purse.available for purse in counted if purse] == [7, 5]


def test_each_account_has_its_own_purse(house: House) -> None:
    pay_in(house.doras_account, "7.00")

    purses = purses_of(house.dora)

    assert {pk: str(purse.balance) for pk, purse in purses.items() if purse} == {
        house.doras_account.pk: "7.00",
        house.doras_south_account.pk: "0.00",
    }


def test_a_purse_is_read_only_where_it_is_asked_for(house: House) -> None:
    assert [place.purse for place in places_of(house.alice, with_purses=False)] == [None]
