"""Brings a person in who is not here yet, or is here elsewhere."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from frontdesk.accounts.models import User
from frontdesk.support import errors
from frontdesk.support.settings import one_line

# Named, not imported: the core knows that mails are sent, not how.
INVITE = "send_password_link"
MAIL_QUEUE = "mail"
EMAIL_LENGTH = 254
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom to invite; who is known by this address keeps his own name."""

    email: str
    name: str


def person_to_invite(email: str, name: str) -> User:
    """Return the person with this address, made now if there is none. Raises BadValue."""
    email = email.strip().lower()
    if not email:
        raise errors.BadValue("email", errors.BadValue.MISSING)
    try:
        validate_email(email)
    except ValidationError:
        raise errors.BadValue("email", errors.BadValue.UNKNOWN) from None
    if len(email) > EMAIL_LENGTH:
        raise errors.BadValue("email", errors.BadValue.TOO_LONG)
    name = one_line("name", name, most=NAME_LENGTH)
    if known := User.objects.filter(email=email).first():
        return known
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=name)
    except IntegrityError:
        return User.objects.get(email=email)


def send_invitation(user: User, *, provider_id: int) -> None:
    """Have the mail sent once this transaction is done."""
    jobs.configure_task(INVITE, queue=MAIL_QUEUE).defer(user_id=user.pk, provider_id=provider_id)
