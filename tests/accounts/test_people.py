"""People, providers and how passwords are kept."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.db import IntegrityError, transaction

from frontdesk.accounts.models import Provider, User
from frontdesk.accounts.models.provider import RESERVED_SLUGS


def test_an_address_is_kept_in_lower_case(db):
    user = User.objects.create_user(" Alice@Client.EXAMPLE ", name="Alice")

    assert user.email == "alice@client.example"
    assert User.objects.get_by_natural_key("ALICE@client.example") == user


def test_one_address_is_one_person_whatever_its_case(alice):
    with pytest.raises(IntegrityError, match="user_email_unique"), transaction.atomic():
        User.objects.bulk_create([User(email="ALICE@client.example", name="Other")])


def test_who_has_no_password_cannot_sign_in_by_one(db):
    user = User.objects.create_user("new@client.example", name="New")

    assert not user.has_usable_password()
    assert not user.check_password("")


def test_passwords_are_kept_by_argon2id_in_a_measured_size(db):
    user = User.objects.create_user("new@client.example", "correct horse", name="New")

    assert identify_hasher(user.password).algorithm == "argon2"
    assert user.password.startswith("argon2$argon2id$")
    assert "m=19456,t=2,p=1" in user.password
    assert user.check_password("correct horse")


@pytest.mark.parametrize(
    ("name", "first"), [("Alice Baker", "Alice"), ("Alice", "Alice"), (" ", "a@b.example")]
)
def test_people_are_greeted_by_the_first_part_of_their_name(name, first):
    assert User(name=name, email="a@b.example").first_name == first


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_no_provider_takes_an_address_of_the_program(db, slug):
    with pytest.raises(IntegrityError, match="provider_slug_free"), transaction.atomic():
        Provider.objects.create(slug=slug, name="Sly Host")


def test_a_hue_is_a_place_on_the_circle(north):
    north.hue = 361

    with pytest.raises(IntegrityError, match="provider_hue_in_circle"), transaction.atomic():
        north.save()
