"""Opens a provider with its first administrator; everybody else is invited by people."""

import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from frontdesk.accounts.models import Provider, Staff, User
from frontdesk.accounts.models.staff import Role
from frontdesk.operations.terminal import Refusal
from frontdesk.support.errors import BadValue
from frontdesk.support.invitations import person_to_invite


@dataclass(frozen=True)
class NewProvider:
    """What the operator says: the first part of its address, its name, its administrator."""

    slug: str
    name: str
    administrator_email: str
    administrator_name: str


def open_provider(new: NewProvider) -> str:
    """Create the provider and give the administrator a place; return his first password.

    It is empty for a person who has one already. Raises Refusal in words, and creates nothing.
    """
    with transaction.atomic():
        provider = Provider(slug=new.slug, name=new.name, support_email=new.administrator_email)
        try:
            provider.full_clean()
            user = person_to_invite(new.administrator_email, new.administrator_name)
        except ValidationError as error:
            raise Refusal(" ".join(error.messages)) from None
        except BadValue as error:
            raise Refusal(f"{new.administrator_email!r} is no address: {error}.") from None
        provider.save()
        Staff.objects.create(provider=provider, user=user, role=Role.ADMINISTRATOR)
        return _first_password(user)


def _first_password(user: User) -> str:
    if user.has_usable_password():
        return ""
    password = secrets.token_urlsafe(15)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password
