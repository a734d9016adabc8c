"""A new password: by mail without a hint who exists, or by the old one; others are signed out."""

import re

import pytest
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from frontdesk.accounts.models import Provider
from frontdesk.channels.web.sign_in.mail import send_notice, send_password_link
from tests.channels.web.sign_in.people import PASSWORD, browser, sign_in, signed_in, with_password
from tests.people import House

NEW = "an even longer autumn night"


def link_for(user, **fields) -> str:
    send_password_link(user_id=user.pk, **fields)
    return re.search(r"http://localhost:8000(/\S+)", mail.outbox[-1].body)[1]


@pytest.mark.parametrize("email", ["alice@client.example", "nobody@client.example"])
def test_asking_for_a_link_says_the_same_whoever_exists(house: House, email: str) -> None:
    response = Client().post("/sign-in/password/", {"email": email}, follow=True)

    assert response.redirect_chain == [("/sign-in/password/sent/", 302)]
    assert "If this e-mail can sign in here" in response.content.decode()
    assert ProcrastinateJob.objects.filter(task_name="send_password_link").count() == 1


def test_the_job_for_nobody_sends_nothing(db: None) -> None:
    send_password_link(user_id=None)

    assert mail.outbox == []


def test_no_secret_waits_in_the_queue(house: House) -> None:
    Client().post("/sign-in/password/", {"email": house.alice.email})

    job = ProcrastinateJob.objects.get(task_name="send_password_link")
    assert job.args == {"user_id": house.alice.pk}


def test_the_link_of_the_mail_sets_a_new_password_once(house: House) -> None:
    link, client = link_for(with_password(house.alice)), Client()

    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})

    assert sign_in(Client(), house.alice.email, NEW).status_code == 302
    assert sign_in(Client(), house.alice.email, PASSWORD).status_code == 422
    assert "This link works no more" in Client().get(link, follow=True).content.decode()


def test_the_key_of_the_link_leaves_the_address_at_once(house: House) -> None:
    link = link_for(with_password(house.alice))

    response = Client().get(link)

    assert response.status_code == 302
    assert response.headers["Location"].endswith("-set-password/")


def test_who_reset_the_password_may_sign_in_though_strangers_guess(house: House, settings) -> None:
    settings.TRUSTED_PROXIES = 1
    with_password(house.alice)
    client = browser()
    for _ in range(11):
        sign_in(client, house.alice.email, "wrong")

    form = client.get(link_for(house.alice), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})

    assert sign_in(client, house.alice.email, NEW).status_code == 302


def test_a_new_person_chooses_a_password_by_the_invitation(house: House) -> None:
    house.alice.set_unusable_password()
    house.alice.save()

    link = link_for(house.alice, provider_id=house.north.pk)

    assert mail.outbox[0].subject == "North Host invites you"
    assert "Choose your password here:" in mail.outbox[0].body
    assert "New password" in Client().get(link, follow=True).content.decode()


def test_a_known_person_is_invited_to_sign_in_as_ever(house: House) -> None:
    send_password_link(user_id=with_password(house.alice).pk, provider_id=house.north.pk)

    assert "Sign in here:\nhttp://localhost:8000/sign-in/" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("short", "short", "at least 10 characters"),
        (NEW, NEW + "x", "same password"),
        ("alice@client.example", "alice@client.example", "too similar"),
        ("password123", "password123", "too common"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_in_words(
    house: House, first: str, second: str, words: str
) -> None:
    form = {"oldpassword": PASSWORD, "password1": first, "password2": second}

    response = signed_in(house.alice).post("/security/password/", form)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_changing_the_password_ends_all_other_sessions(house: House) -> None:
    here, elsewhere = signed_in(house.alice), Client()
    sign_in(elsewhere, house.alice.email)

    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    response = here.post("/security/password/", form)

    assert response.headers["Location"] == "/security/"
    assert here.get("/security/").status_code == 200
    assert elsewhere.get("/security/").status_code == 302


def test_the_old_password_is_asked_for(house: House) -> None:
    form = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}

    response = signed_in(house.alice).post("/security/password/", form)

    assert "This is not your present password." in response.content.decode()


def test_a_change_is_told_by_mail_with_when_and_where(house: House) -> None:
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    signed_in(house.alice).post("/security/password/", form)

    job = ProcrastinateJob.objects.get(task_name="send_notice")
    send_notice(**job.args)

    message = mail.outbox[0]
    assert message.to == [house.alice.email]
    assert message.subject == "Your password was changed"
    assert "From the address: 127.0.0.1" in message.body


def test_too_many_links_are_refused_in_words(house: House) -> None:
    for _ in range(6):
        response = Client().post("/sign-in/password/", {"email": house.alice.email})

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert "Wait a minute, then try again." in response.content.decode()


def test_a_name_adds_no_header_to_a_mail(house: House) -> None:
    Provider.objects.filter(pk=house.north.pk).update(name="North\nBcc: all@evil.example")

    with pytest.raises(ValueError, match="newlines"):
        send_password_link(house.bob.pk, provider_id=house.north.pk)

    assert mail.outbox == []
