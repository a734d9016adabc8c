"""The form of a new ticket: one submit makes one ticket, and nothing typed is lost."""

import pytest

from frontdesk.accounts.models import Member
from frontdesk.shared.rate_limit import Rate
from frontdesk.support.models import Attachment, Department, Draft, Ticket, Upload
from tests.channels.web.client.browser import Browser, a_text_file, field_of, text_of
from tests.factories import a_file, a_solved_ticket
from tests.people import House, as_client


def fields(house: House, **changes: object) -> dict[str, object]:
    return {
        "message": "Hello,\n\nthe shop is slow.",
        "department": house.technical.pk,
        "service": house.vps.pk,
        "key": "form-1",
        **changes,
    }


def test_sending_leads_to_the_new_ticket(house: House) -> None:
    response = Browser(house.alice).send("new_ticket", **fields(house))

    ticket = Ticket.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == f"/northhost/tickets/{ticket.pk}/"
    assert ticket.subject == "the shop is slow."
    assert ticket.service == house.vps


def test_files_of_the_form_go_with_the_ticket(house: House) -> None:
    files = [a_text_file("a.log", b"a\n"), a_text_file("b.log", b"b\n")]

    Browser(house.alice).send("new_ticket", **fields(house, files=files))

    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.log", "b.log"]


def test_the_same_form_sent_twice_is_one_ticket(house: House) -> None:
    browser = Browser(house.alice)

    first = browser.send("new_ticket", **fields(house, files=[a_text_file()]))
    second = browser.send("new_ticket", **fields(house, files=[a_text_file()]))

    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.count() == 1
    assert not Upload.objects.exists()


def test_the_form_sent_again_with_other_words_keeps_them(house: House) -> None:
    browser = Browser(house.alice)
    browser.send("new_ticket", **fields(house))

    response = browser.send("new_ticket", **fields(house, message="Also the mail is down."))

    number = Ticket.objects.get().pk
    assert response.status_code == 409
    assert f"This ticket was already sent as #{number}" in text_of(response)
    assert field_of(response, "message") == "Also the mail is down."
    assert field_of(response, "key") not in {"", "form-1"}


def test_other_words_sent_once_more_are_a_second_ticket(house: House) -> None:
    browser = Browser(house.alice)
    browser.send("new_ticket", **fields(house))
    other = fields(house, message="Also the mail is down.", files=[a_text_file()])
    refused = browser.send("new_ticket", **other)

    browser.send("new_ticket", **{**other, "files": [], "key": field_of(refused, "key")})

    assert Ticket.objects.count() == 2
    assert Attachment.objects.get().message.text == "Also the mail is down."


def test_everything_that_is_missing_is_told_at_once(house: House) -> None:
    response = Browser(house.alice).send("new_ticket", key="form-1", message=" ")

    words = text_of(response)
    assert response.status_code == 422
    assert "The ticket was not sent" in words
    assert "Write your question first. Files alone cannot be sent." in words
    assert "Choose a department, so that the right people read your ticket." in words


def test_errors_are_tied_to_their_fields(house: House) -> None:
    html = Browser(house.alice).send("new_ticket", key="form-1").content.decode()

    assert 'role="alert"' in html
    assert 'href="#message"' in html
    assert 'id="message-error"' in html
    assert 'aria-invalid="true"' in html


def test_an_error_brings_everything_back(house: House) -> None:
    sent = fields(house, department="", files=[a_text_file("kept.log")])

    response = Browser(house.alice).send("new_ticket", **sent)

    assert response.status_code == 422
    assert field_of(response, "message").replace("\r\n", "\n") == sent["message"]
    assert field_of(response, "key") == "form-1"
    assert f'value="{house.vps.pk}" selected' in response.content.decode()
    assert "kept.log" in text_of(response)


def test_a_first_blank_line_of_the_text_comes_back(house: House) -> None:
    sent = fields(house, department="", message="\n\nfirst line")

    response = Browser(house.alice).send("new_ticket", **sent)

    assert response.content.decode().count("\n\n\nfirst line</textarea>") == 1


def test_a_foreign_service_is_refused_in_words(house: House) -> None:
    response = Browser(house.alice).send("new_ticket", **fields(house, service=house.carols_vps.pk))

    assert response.status_code == 422
    assert "Choose one of your services, or none." in text_of(response)
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("junk", ["abc", "-1", "1" * 30, "１"])
def test_ids_that_are_none_are_refused_in_words(house: House, junk: str) -> None:
    sent = fields(house, department=junk, service=junk)

    assert Browser(house.alice).send("new_ticket", **sent).status_code == 422


def test_a_hidden_department_takes_no_ticket(house: House) -> None:
    Department.objects.filter(pk=house.technical.pk).update(is_visible=False)

    response = Browser(house.alice).send("new_ticket", **fields(house))

    assert response.status_code == 422
    assert "Technical support" not in text_of(response)
    assert "The department you chose takes no new tickets now." in text_of(response)


def test_refused_files_bring_the_form_back_with_the_others(house: House) -> None:
    files = [a_text_file("good.log"), a_text_file("setup.exe", b"MZ\x90\x00")]

    response = Browser(house.alice).send("new_ticket", **fields(house, files=files))

    assert response.status_code == 422
    assert "setup.exe cannot be sent: programs are not accepted." in text_of(response)
    assert [row.name for row in Upload.objects.all()] == ["good.log"]


def test_too_many_files_are_told_with_the_counts(house: House) -> None:
    files = [a_text_file(f"{n}.log", b"%d\n" % n) for n in range(12)]

    response = Browser(house.alice).send("new_ticket", **fields(house, files=files))

    assert "You chose 12 files; up to 10 can be sent." in text_of(response)
    assert Upload.objects.count() == 10


def test_a_file_is_removed_without_script(house: House) -> None:
    upload = a_file(as_client(house.alice), "form-1")

    response = Browser(house.alice).send("new_ticket", **fields(house, remove_file=upload.pk))

    assert response.status_code == 200
    assert field_of(response, "message")
    assert not Upload.objects.exists()
    assert not Ticket.objects.exists()


def test_too_many_tickets_are_told_when_to_go_on_and_the_text_is_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.channels.web.client.tickets.OPEN_TICKET", Rate("open", 1, 60))
    browser = Browser(house.alice)
    browser.send("new_ticket", **fields(house))

    response = browser.send("new_ticket", **fields(house, key="form-2", message="One more."))

    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert "That is many tickets in a short time. Your text is kept" in text_of(response)
    assert field_of(response, "message") == "One more."


def test_sending_ends_the_draft(house: House) -> None:
    browser = Browser(house.alice)
    browser.send("keep_draft", kind="ticket", key="form-1", message="Half")

    browser.send("new_ticket", **fields(house))

    assert not Draft.objects.exists()
    assert field_of(browser.open("new_ticket"), "message") == ""


def test_the_new_ticket_is_linked_to_the_one_it_goes_on_with(house: House) -> None:
    solved = a_solved_ticket(house.alice, house.technical)

    Browser(house.alice).send("new_ticket", **fields(house, about=solved.pk))

    assert Ticket.objects.get(about=solved)


def test_who_belongs_to_several_accounts_chooses_one(house: House) -> None:
    Member.objects.create(provider=house.north, account=house.carols_account, user=house.alice)
    browser = Browser(house.alice)

    response = browser.send("new_ticket", **fields(house, service=""))

    assert response.status_code == 422
    assert "Choose the account this ticket is for." in text_of(response)
    sent = fields(house, service="", account=house.carols_account.pk)
    assert browser.send("new_ticket", **sent).status_code == 303
    assert Ticket.objects.get().account == house.carols_account


def test_text_is_shown_as_text(house: House) -> None:
    sent = fields(house, department="", message="</textarea><script>alert(1)</script>")

    html = Browser(house.alice).send("new_ticket", **sent).content.decode()

    assert "<script>alert(1)" not in html
