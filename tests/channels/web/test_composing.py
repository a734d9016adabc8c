"""Uploads and drafts: what is typed or chosen is kept until it is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from frontdesk.accounts.models import Provider
from frontdesk.channels.web import composing
from frontdesk.shared.rate_limit import Rate
from frontdesk.support.models import Draft, OnceKey, Upload
from tests.factories import a_file, a_ticket, new_key
from tests.people import House, as_client, as_staff
from tests.scanner import TEST_VIRUS, closed_port, running_scanner


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send_file(person, content: bytes = b"line\n", name: str = "server.log", key: str = ""):
    file = SimpleUploadedFile(name, content)
    address = reverse("upload", args=("northhost",))
    return signed_in(person).post(address, {"file": file, "key": key or new_key()})


def test_an_uploaded_file_waits_in_its_form(house: House) -> None:
    response = send_file(house.alice, key="form-1")

    upload = Upload.objects.get(user=house.alice, key="form-1")
    assert response.status_code == 201
    assert "server.log" in response.content.decode()
    assert f'value="{upload.pk}"' in response.content.decode()


def test_a_refused_file_says_why_with_figures(house: House) -> None:
    house.north.max_file_bytes = 2 * 1024 * 1024
    house.north.save()

    response = send_file(house.alice, b"x" * (3 * 1024 * 1024), "dump.sql")

    assert response.status_code == 422
    assert "dump.sql is 3 MB; files may be up to 2 MB." in response.content.decode()
    assert not Upload.objects.exists()


def test_a_program_is_refused_in_words(house: House) -> None:
    response = send_file(house.alice, b"MZ\x90\x00", "setup.exe")

    assert response.status_code == 422
    assert "setup.exe cannot be sent: programs are not accepted." in response.content.decode()


def test_a_full_account_is_told_at_the_file(house: House) -> None:
    Provider.objects.filter(pk=house.north.pk).update(max_account_bytes=1024)

    response = send_file(house.alice, b"x" * 2_000, "dump.sql")

    words = "all files of the account may have 1 KB together, and there is no room left."
    assert response.status_code == 422
    assert f"dump.sql was not added: {words}" in response.content.decode()


def test_a_virus_is_told_at_the_file(house: House, settings) -> None:
    with running_scanner() as scanner:
        settings.CLAMD_URL = scanner.url
        response = send_file(house.alice, TEST_VIRUS, "prices.doc")

    assert response.status_code == 422
    assert "prices.doc was not added: a virus was found in it." in response.content.decode()


def test_files_that_cannot_be_checked_are_told_with_the_way_on(house: House, settings) -> None:
    settings.CLAMD_URL = f"tcp://127.0.0.1:{closed_port()}"

    response = send_file(house.alice)

    assert response.status_code == 422
    assert "Try again in a few minutes" in response.content.decode()


def test_a_form_without_script_comes_back_with_its_text_and_the_reason(
    house: House, settings
) -> None:
    settings.CLAMD_URL = f"tcp://127.0.0.1:{closed_port()}"
    ticket = a_ticket(house.alice, house.technical)
    form = {"message": "See the log.", "key": new_key()}
    form["files"] = SimpleUploadedFile("server.log", b"line")

    response = signed_in(house.alice).post(f"/northhost/tickets/{ticket.pk}/reply/", form)

    text = response.content.decode()
    assert response.status_code == 422
    assert "server.log was not added: files cannot be checked" in text
    assert "See the log." in text


def test_nobody_removes_a_file_from_anothers_form(house: House) -> None:
    upload = a_file(as_client(house.alice), new_key())

    response = signed_in(house.bob).post(reverse("remove_upload", args=("northhost", upload.pk)))

    assert response.status_code == 204
    assert Upload.objects.filter(pk=upload.pk).exists()


def test_a_removed_file_is_gone(house: House) -> None:
    upload = a_file(as_client(house.alice), new_key())

    signed_in(house.alice).post(reverse("remove_upload", args=("northhost", upload.pk)))

    assert not Upload.objects.exists()


def test_too_many_uploads_in_a_minute_are_told_to_wait(house: House, monkeypatch) -> None:
    monkeypatch.setattr(composing, "UPLOAD", Rate("upload", most=1, seconds=60))
    send_file(house.alice)

    response = send_file(house.alice)

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert "send it again in 1 minute" in response.content.decode()


def keep(person, **fields: object):
    return signed_in(person).post(reverse("keep_draft", args=("northhost",)), fields)


def test_a_draft_is_kept_with_its_choices(house: House) -> None:
    response = keep(
        house.alice, kind="ticket", key="form-2", message="Half a", department=house.sales.pk
    )

    draft = Draft.objects.get(user=house.alice)
    assert response.json()["saved_at"]
    assert (draft.text, draft.key) == ("Half a", "form-2")
    assert draft.choices == {"department": str(house.sales.pk)}


def kept(person, **fields: object):
    return signed_in(person).get(reverse("keep_draft", args=("northhost",)), fields)


def test_another_window_asks_what_is_kept(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    keep(house.alice, kind="reply", ticket=ticket.pk, key="form-2", message="Half a")

    answer = kept(house.alice, kind="reply", ticket=ticket.pk).json()

    assert answer["text"] == "Half a"
    assert answer["saved_at"]
    assert kept(house.alice, kind="ticket").json() == {}
    assert kept(house.bob, kind="ticket").json() == {}


def test_nobody_reads_a_draft_of_somebody_else(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    keep(house.sam, kind="note", ticket=ticket.pk, key="form-2", message="Swordfish")

    for person in (house.alice, house.hana, house.ada):
        assert kept(person, kind="note", ticket=ticket.pk).json() == {}
    assert kept(house.omar, kind="note", ticket=ticket.pk).status_code == 404


def test_a_draft_of_a_sent_form_is_refused(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    key = OnceKey.objects.get(result_id=ticket.pk).key

    response = keep(house.alice, kind="ticket", key=key, message="more")

    assert response.status_code == 409
    assert not Draft.objects.exists()


@pytest.mark.parametrize("person", ["bob", "carol", "omar", "sven"])
def test_nobody_keeps_a_draft_on_a_ticket_he_cannot_read(house: House, person: str) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = keep(
        getattr(house, person), kind="reply", ticket=ticket.pk, key=new_key(), message="x"
    )

    assert response.status_code == 404
    assert not Draft.objects.exists()


def test_reply_and_note_keep_their_own_drafts(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)

    for kind in ("reply", "note"):
        keep(house.sam, kind=kind, ticket=ticket.pk, key=new_key(), message=f"a {kind}")

    texts = Draft.objects.filter(user=as_staff(house.sam).user).values_list("kind", "text")
    assert set(texts) == {("reply", "a reply"), ("note", "a note")}


@pytest.mark.parametrize("number", ["abc", "-1", "9" * 40, "1001; DROP TABLE"])
def test_a_draft_for_no_ticket_is_not_found(house: House, number: str) -> None:
    response = keep(house.sam, kind="reply", ticket=number, key=new_key(), message="x")

    assert response.status_code == 404
