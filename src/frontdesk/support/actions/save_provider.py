"""An administrator changes how the provider appears."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from frontdesk.accounts.models import Provider
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.settings import known_zone, need_administrator, one_line, record_setting

NAME_LENGTH = 80
EMAIL_LENGTH = 254
MOST_HUE = 360


@dataclass(frozen=True, slots=True)
class ProviderChange:
    """How a provider appears; `hue` is the accent's place on the colour circle, 0 to 360."""

    name: str
    hue: int
    support_email: str
    time_zone: str


def save_provider(*, by: Actor, change: ProviderChange) -> Provider:
    """Save the actor's provider and return it. Raises NotAllowed or BadValue."""
    need_administrator(by)
    name = one_line("name", change.name, most=NAME_LENGTH)
    zone = known_zone(change.time_zone)
    email = _checked_email(change.support_email)
    if not 0 <= change.hue <= MOST_HUE:
        raise errors.BadValue("hue", errors.BadValue.UNKNOWN)
    with transaction.atomic():
        provider = Provider.objects.select_for_update(no_key=True).get(pk=by.provider_id)
        provider.name, provider.hue = name, change.hue
        provider.support_email, provider.time_zone = email, zone
        provider.save(update_fields=["name", "hue", "support_email", "time_zone"])
        record_setting("provider", provider.pk, "changed", by=by)
        return provider


def _checked_email(text: str) -> str:
    email = one_line("support_email", text, most=EMAIL_LENGTH, may_be_empty=True)
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise errors.BadValue("support_email", errors.BadValue.UNKNOWN) from None
    return email
