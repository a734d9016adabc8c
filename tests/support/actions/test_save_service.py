"""Services by hand: added and changed by the provider's staff, each change told once."""

import pytest

from frontdesk.accounts.models import Account, Service
from frontdesk.support.actions.put_service import ServiceFacts, put_service
from frontdesk.support.actions.save_service import save_service
from frontdesk.support.errors import BadValue, NotAllowed
from frontdesk.support.models import Event
from tests.people import House, as_client, as_staff


def saved(house: House, **given) -> Service:
    usual = {"by": as_staff(house.hana), "account_id": house.bakery.pk, "external_id": "s-9"}
    return save_service(**{**usual, "facts": ServiceFacts("Shop"), **given})


def test_a_new_service_is_the_accounts_and_told_once(house: House) -> None:
    service = saved(house)

    assert (service.account, service.provider) == (house.bakery, house.north)
    assert Event.objects.get().data == {"what": "service", "id": service.pk, "act": "created"}


def test_a_change_may_change_the_id_and_saving_the_same_tells_nothing(house: House) -> None:
    facts = ServiceFacts("shop", "vps", "VPS L")
    for _press in range(2):
        saved(house, service_id=house.vps.pk, facts=facts)

    house.vps.refresh_from_db()
    assert (house.vps.external_id, house.vps.plan) == ("s-9", "VPS L")
    assert Event.objects.count() == 1


def test_an_id_that_is_there_is_refused_even_to_its_own_account(house: House) -> None:
    for taken in ("vps-1001", "vps-1002"):
        with pytest.raises(BadValue) as caught:
            saved(house, external_id=taken)

        assert (caught.value.field, caught.value.reason) == ("service_id", "taken")


def test_a_service_is_changed_through_its_own_account_only(house: House) -> None:
    with pytest.raises(Service.DoesNotExist):
        saved(house, service_id=house.carols_vps.pk)
    with pytest.raises(Account.DoesNotExist):
        saved(house, account_id=house.doras_south_account.pk)


def test_agents_keep_services_and_who_did_is_told(house: House) -> None:
    service = saved(house, by=as_staff(house.sam))

    assert service.account == house.bakery
    assert Event.objects.get().actor == house.sam


@pytest.mark.parametrize("values", [{}, {"facts": ServiceFacts("")}])
def test_clients_keep_no_services(house: House, values: dict[str, object]) -> None:
    with pytest.raises(NotAllowed):
        saved(house, by=as_client(house.alice), **values)


def test_agents_do_not_act_for_the_billing(house: House) -> None:
    with pytest.raises(NotAllowed):
        put_service(
            by=as_staff(house.sam),
            account_id=house.bakery.pk,
            external_id="s-9",
            facts=ServiceFacts("Shop"),
        )
