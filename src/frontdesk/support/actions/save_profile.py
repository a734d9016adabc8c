"""A person changes how he is named and how he reads."""

from dataclasses import dataclass

from django.db import transaction

from frontdesk.accounts.models import User
from frontdesk.accounts.models.user import Theme
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.invitations import NAME_LENGTH
from frontdesk.support.settings import known_zone, one_line, record_setting


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sets for himself; an empty time zone is that of his browser."""

    name: str
    time_zone: str = ""
    theme: str = Theme.SYSTEM
    shortcuts_on: bool = True


def save_profile(*, by: Actor, profile: Profile) -> User:
    """Save the actor's own profile and return him. Raises BadValue."""
    name = one_line("name", profile.name, most=NAME_LENGTH)
    zone = known_zone(profile.time_zone, may_be_empty=True)
    if profile.theme not in Theme.values:
        raise errors.BadValue("theme", errors.BadValue.UNKNOWN)
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=by.user.pk)
        user.name, user.time_zone = name, zone
        user.theme, user.shortcuts_on = profile.theme, profile.shortcuts_on
        user.save(update_fields=["name", "time_zone", "theme", "shortcuts_on"])
        record_setting("profile", user.pk, "changed", by=by)
        return user
