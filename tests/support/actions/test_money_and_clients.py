"""Who may move money, and who may say which accounts, members and services there are."""

import pytest

from frontdesk.accounts.models import Account
from frontdesk.billing.models import BillingSettings
from frontdesk.support.actions.grant_tickets import grant_tickets
from frontdesk.support.actions.put_account import put_account
from frontdesk.support.actions.put_member import MemberFacts, put_member
from frontdesk.support.actions.put_service import ServiceFacts, put_service
from frontdesk.support.actions.top_up_account import top_up_account
from frontdesk.support.channels import Channel
from frontdesk.support.errors import NotAllowed
from frontdesk.support.models import Event
from tests.billing.money import euros, purse
from tests.people import as_staff

EVE = MemberFacts("eve@client.example", "Eve")


def top_up(by, account, key="k"):
    return top_up_account(
        by=by, account_id=account.pk, amount=euros("5.00"), reason="Cash", key=key
    )


def grant(by, account, key="k"):
    return grant_tickets(
        by=by, account_id=account.pk, quantity=1, expires_at=None, reason="Sorry", key=key
    )


@pytest.mark.parametrize("act", [top_up, grant])
def test_an_agent_moves_money_only_where_his_provider_lets_agents(north, sam, bakery, act):
    with pytest.raises(NotAllowed):
        act(as_staff(sam), bakery)
    BillingSettings.objects.create(provider=north, agents_may_charge=True)

    act(as_staff(sam), bakery)

    assert purse(bakery) in {("5.00", 0), ("0.00", 1)}


@pytest.mark.parametrize("act", [top_up, grant])
def test_a_repeated_click_of_one_person_moves_once_and_is_told_once(hana, ada, bakery, act):
    for _turn in range(2):
        act(as_staff(hana), bakery)
    act(as_staff(ada), bakery)

    assert Event.objects.filter(kind__in=["topped_up", "tickets_granted"]).count() == 2
    assert purse(bakery) in {("10.00", 0), ("0.00", 2)}


def test_by_hand_the_ledger_says_who_and_by_the_api_nobody(hana, bakery):
    by_hand = top_up(as_staff(hana), bakery).entry
    by_program = top_up(as_staff(hana, channel=Channel.API), bakery).entry

    assert (by_hand.by, by_program.by) == (hana, None)


@pytest.mark.parametrize("name", ["sam", "hana"])
def test_only_administrators_make_accounts_and_members(house, name):
    by = as_staff(getattr(house, name))

    with pytest.raises(NotAllowed):
        put_account(by=by, external_id="c-7", name="Café")
    with pytest.raises(NotAllowed):
        put_member(by=by, account_id=house.bakery.pk, facts=EVE)


def test_nothing_is_put_into_an_account_of_another_provider(house, ada):
    foreign, by = house.doras_south_account, as_staff(ada)

    with pytest.raises(Account.DoesNotExist):
        put_member(by=by, account_id=foreign.pk, facts=EVE)
    with pytest.raises(Account.DoesNotExist):
        put_service(by=by, account_id=foreign.pk, external_id="s-1", facts=ServiceFacts("shop"))
