"""Client accounts and their people, as heads and administrators keep them."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from frontdesk.accounts.models import Account, Member
from frontdesk.billing.actions.save_gift import GiftFacts, save_gift
from frontdesk.billing.models import AllowanceLot, Occasion
from frontdesk.support import errors
from frontdesk.support.actions.add_client_note import NOTE_LENGTH, add_client_note
from frontdesk.support.actions.invite_member import invite_member
from frontdesk.support.actions.make_owner import make_owner
from frontdesk.support.actions.open_account import AccountFacts, open_account
from frontdesk.support.actions.remove_client_note import remove_client_note
from frontdesk.support.actions.remove_member import remove_member
from frontdesk.support.actions.save_account import save_account
from frontdesk.support.actions.set_member_right import set_member_right
from frontdesk.support.invitations import Invitee
from frontdesk.support.models import Event, EventKind
from frontdesk.support.models.client_note import ClientNote
from tests.factories import new_key
from tests.people import House, as_client, as_staff, build_house
from tests.threads import at_once

EVE = Invitee("eve@client.example", "Eve Example")


def an_account(by, name="Eve's Eggs", external_id="c-77", **fields) -> Account:
    facts = AccountFacts(name, external_id)
    return open_account(by=by, facts=facts, owner=EVE, key=fields.get("key") or new_key())


def settings_events() -> list[tuple[str, str]]:
    rows = Event.objects.filter(kind=EventKind.SETTINGS_CHANGED).order_by("pk")
    return [(row.data["what"], row.data["act"]) for row in rows]


@pytest.mark.parametrize("person", ["hana", "ada"])
def test_a_client_made_by_hand_has_an_owner_who_gets_a_mail(house: House, person: str) -> None:
    account = an_account(as_staff(getattr(house, person)))

    owner = Member.objects.select_related("user").get(account=account)
    assert (account.name, account.external_id) == ("Eve's Eggs", "c-77")
    assert (owner.user.email, owner.is_owner, owner.right) == ("eve@client.example", True, "all")
    assert settings_events() == [("account", "created"), ("member", "invited")]
    assert ProcrastinateJob.objects.filter(task_name="send_password_link").count() == 1


ACTS = {
    "open_account": lambda by, house: an_account(by),
    "save_account": lambda by, house: save_account(
        by=by, account_id=house.bakery.pk, facts=AccountFacts("Mine")
    ),
    "make_owner": lambda by, house: make_owner(by=by, member_id=house.bob.memberships.get().pk),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", ["sam", "alice"])
def test_agents_and_clients_change_no_account(house: House, act: str, person: str) -> None:
    user = getattr(house, person)
    by = as_staff(user) if person == "sam" else as_client(user)

    with pytest.raises(errors.NotAllowed):
        ACTS[act](by, house)

    assert not Event.objects.exists()


def test_the_same_form_twice_makes_one_account(house: House) -> None:
    by, key = as_staff(house.hana), new_key()

    assert an_account(by, key=key) == an_account(by, key=key)
    assert Account.objects.filter(name="Eve's Eggs").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_heads_who_use_one_id_at_once_make_one_account() -> None:
    house = build_house()

    results = at_once(
        *[lambda who=who: an_account(as_staff(who)) for who in (house.hana, house.ada)]
    )

    refused = [result for result in results if isinstance(result, errors.BadValue)]
    assert [(error.field, error.reason) for error in refused] == [("external_id", "taken")]
    assert Account.objects.filter(external_id="c-77").count() == 1


@pytest.mark.parametrize(
    ("name", "external_id", "field"),
    [("", "", "account_name"), ("x" * 121, "", "account_name"), ("Eve", "x" * 65, "external_id")],
)
def test_what_cannot_be_saved_is_named(house: House, name, external_id, field) -> None:
    with pytest.raises(errors.BadValue) as refused:
        an_account(as_staff(house.ada), name, external_id)

    assert refused.value.field == field
    assert not Account.objects.filter(external_id=external_id, name=name).exists()


def test_several_accounts_may_have_no_id_in_the_billing(house: House) -> None:
    by = as_staff(house.ada)
    an_account(by, "One", "")
    an_account(by, "Two", " ")

    assert Account.objects.filter(provider=house.north, external_id="").count() >= 2


def test_a_client_is_renamed_with_an_event(house: House) -> None:
    save_account(
        by=as_staff(house.hana), account_id=house.bakery.pk, facts=AccountFacts(" The  Bakery ")
    )

    house.bakery.refresh_from_db()
    assert house.bakery.name == "The Bakery"
    assert settings_events() == [("account", "changed")]


def test_an_account_of_another_provider_is_not_there(house: House) -> None:
    by, other = as_staff(house.ada), house.doras_south_account
    place = Member.objects.get(account=other)

    with pytest.raises(Account.DoesNotExist):
        save_account(by=by, account_id=other.pk, facts=AccountFacts("Mine"))
    with pytest.raises(Account.DoesNotExist):
        invite_member(by=by, account_id=other.pk, invitee=EVE, right="own")
    with pytest.raises(Account.DoesNotExist):
        add_client_note(by=by, account_id=other.pk, text="Ours.", key=new_key())
    for act in (make_owner, remove_member):
        with pytest.raises(Member.DoesNotExist):
            act(by=by, member_id=place.pk)


def test_a_head_makes_an_owner_and_takes_it_back(house: House) -> None:
    by, place = as_staff(house.hana), house.bob.memberships.get()

    make_owner(by=by, member_id=place.pk)
    assert Member.objects.filter(account=house.bakery, is_owner=True).count() == 2
    set_member_right(by=by, member_id=place.pk, right="own")

    place.refresh_from_db()
    assert (place.is_owner, place.right) == (False, "own")
    assert settings_events() == [("member", "owner"), ("member", "own")]


def test_a_head_removes_even_an_owner(house: House) -> None:
    remove_member(by=as_staff(house.hana), member_id=house.alice.memberships.get().pk)

    assert not house.alice.memberships.exists()
    assert settings_events() == [("member", "removed")]


def test_an_agent_changes_nobodys_people(house: House) -> None:
    by, place = as_staff(house.sam), house.bob.memberships.get()

    with pytest.raises(Account.DoesNotExist):
        invite_member(by=by, account_id=house.bakery.pk, invitee=EVE, right="own")
    with pytest.raises(Member.DoesNotExist):
        remove_member(by=by, member_id=place.pk)
    with pytest.raises(Member.DoesNotExist):
        set_member_right(by=by, member_id=place.pk, right="all")


def test_any_staff_note_something_about_a_client_once(house: House) -> None:
    by, key = as_staff(house.sam), new_key()

    first = add_client_note(by=by, account_id=house.bakery.pk, text=" Pays late. ", key=key)
    again = add_client_note(by=by, account_id=house.bakery.pk, text="Pays late.", key=key)

    assert first == again
    assert (first.text, first.author_id) == ("Pays late.", house.sam.pk)
    assert settings_events() == [("client_note", "added")]


@pytest.mark.parametrize("text", ["", "  ", "x" * (NOTE_LENGTH + 1)])
def test_an_empty_or_endless_note_is_refused(house: House, text: str) -> None:
    with pytest.raises((errors.EmptyMessage, errors.MessageTooLong)):
        add_client_note(
            by=as_staff(house.sam), account_id=house.bakery.pk, text=text, key=new_key()
        )

    assert not ClientNote.objects.exists()


def test_a_client_writes_no_notes(house: House) -> None:
    with pytest.raises(errors.NotAllowed):
        add_client_note(
            by=as_client(house.alice), account_id=house.bakery.pk, text="Hi.", key=new_key()
        )


def test_a_note_is_removed_by_its_author_or_a_head(house: House) -> None:
    notes = [
        add_client_note(by=as_staff(house.sam), account_id=house.bakery.pk, text=t, key=new_key())
        for t in ("One.", "Two.")
    ]

    with pytest.raises(errors.NotAllowed):
        remove_client_note(by=as_staff(house.omar), note_id=notes[0].pk)
    remove_client_note(by=as_staff(house.sam), note_id=notes[0].pk)
    remove_client_note(by=as_staff(house.hana), note_id=notes[1].pk)

    assert not ClientNote.objects.exists()


def test_a_client_made_by_hand_gets_the_gift_of_registration(house: House) -> None:
    facts = GiftFacts(occasion=Occasion.REGISTRATION, quantity=3)
    save_gift(provider_id=house.north.pk, gift_id=None, facts=facts)

    account = an_account(as_staff(house.ada))

    assert AllowanceLot.objects.get(account=account).remaining == 3
