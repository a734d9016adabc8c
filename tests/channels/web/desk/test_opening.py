"""Staff open a ticket for a client."""

import pytest

from frontdesk.support.actions.save_draft import DraftText, save_draft
from frontdesk.support.models import DraftKind, Ticket
from frontdesk.support.statuses import Status
from tests.channels.web.client.browser import Browser, a_text_file, field_of, text_of
from tests.factories import a_file, a_solved_ticket, new_key
from tests.people import House, as_staff


@pytest.fixture
def sam(house: House) -> Browser:
    return Browser(house.sam)


def form(house: House, **changes: object) -> dict[str, object]:
    """Return a form that is filled in rightly."""
    return {
        "message": "Your disk is nearly full.\nShall we make it larger?",
        "account": house.bakery.pk,
        "requester": house.alice.pk,
        "department": house.technical.pk,
        "service": house.vps.pk,
        "key": new_key(),
        **changes,
    }


def test_first_the_client_is_found(sam: Browser, house: House) -> None:
    text = text_of(sam.open("desk_new_ticket", q="bakery"))

    assert "Alice's Bakery" in text
    assert "Carol Consulting" not in text


def test_the_ticket_waits_for_the_client_who_reads_it(house: House, sam: Browser) -> None:
    response = sam.send("desk_new_ticket", **form(house), files=[a_text_file("disk.txt")])

    ticket = Ticket.objects.get()
    assert response.headers["Location"] == f"/northhost/desk/tickets/{ticket.pk}/"
    assert (ticket.status, ticket.subject) == (
        Status.WAITING_FOR_REPLY,
        "Your disk is nearly full.",
    )
    assert (ticket.requester, ticket.service) == (house.alice, house.vps)
    assert ticket.messages.get().attachments.get().name == "disk.txt"
    assert Browser(house.alice).open("ticket", ticket.pk).status_code == 200


def test_a_double_click_opens_one(house: House, sam: Browser) -> None:
    fields = form(house)

    answers = [sam.send("desk_new_ticket", **fields).headers["Location"] for _ in range(2)]

    assert (Ticket.objects.count(), len(set(answers))) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"message": " "}, "message", "Write your message first."),
        ({"department": ""}, "department", "Choose a department"),
        ({"department": "sales"}, "department", "Choose a department"),
        ({"service": "carols_vps"}, "service", "Choose one of your services"),
        ({"requester": "carol"}, "requester", "Choose the account"),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_nothing_is_lost(
    house: House, sam: Browser, changes: dict[str, str], field: str, words: str
) -> None:
    named = {
        name: getattr(house, value).pk if value in ("sales", "carols_vps", "carol") else value
        for name, value in changes.items()
    }

    response = sam.send("desk_new_ticket", **form(house, **named), files=[a_text_file("disk.txt")])

    html = response.content.decode()
    assert (response.status_code, Ticket.objects.count()) == (422, 0)
    assert f'id="{field}-error"' in html
    assert words in text_of(response)
    assert "disk.txt" in html
    kept = " " if field == "message" else form(house)["message"]
    assert field_of(response, "message") == kept


def test_a_client_of_another_provider_does_not_exist(house: House, sam: Browser) -> None:
    foreign = house.doras_south_account.pk

    assert sam.open("desk_new_ticket", account=foreign).status_code == 404
    assert sam.send("desk_new_ticket", **form(house, account=foreign)).status_code == 404


def test_only_own_departments_and_the_clients_services_are_offered(
    house: House, sam: Browser
) -> None:
    text = text_of(sam.open("desk_new_ticket", account=house.bakery.pk))

    assert "Technical support" in text
    assert "shop.bakery.example" in text
    assert "Sales" not in text
    assert "carol-1" not in text


def test_a_ticket_about_a_solved_one_is_linked_and_takes_its_facts(
    house: House, sam: Browser
) -> None:
    old = a_solved_ticket(house.bob, house.technical)

    html = sam.open("desk_new_ticket", about=old.pk).content.decode()

    assert f'<option value="{house.bob.pk}" selected>' in html
    assert f'<option value="{house.technical.pk}" selected>' in html
    sam.send("desk_new_ticket", **form(house, about=old.pk, requester=house.bob.pk))
    assert Ticket.objects.latest("pk").about == old


def test_a_reply_that_came_too_late_goes_on_as_a_new_ticket_with_its_files(
    house: House, sam: Browser
) -> None:
    old, key = a_solved_ticket(house.alice, house.technical), new_key()
    a_file(as_staff(house.sam), key, name="fix.txt")
    lost = {"message": "Too late", "about": old.pk, "key": key, "continue": "1"}

    response = sam.send("desk_new_ticket", query=f"?about={old.pk}", **lost)

    assert response.status_code == 200
    assert (field_of(response, "message"), field_of(response, "key")) == ("Too late", key)
    assert "fix.txt" in text_of(response)


def test_an_unsent_ticket_waits_until_one_goes_on_with_it(house: House, sam: Browser) -> None:
    key = new_key()
    choices = {"account": str(house.bakery.pk), "department": str(house.technical.pk)}
    draft = DraftText(DraftKind.TICKET, "Half a thought", key, choices)
    save_draft(by=as_staff(house.sam), draft=draft)

    start = sam.open("desk_new_ticket")
    again = sam.open("desk_new_ticket", account=house.bakery.pk)

    assert "You have a ticket that is not sent yet: Half a thought" in text_of(start)
    assert (field_of(again, "message"), field_of(again, "key")) == ("Half a thought", key)
    assert f'<option value="{house.technical.pk}" selected>' in again.content.decode()


def test_the_form_is_cheap(house: House, sam: Browser, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        sam.open("desk_new_ticket", account=house.bakery.pk)
