"""A second step that a provider asks of its staff: who lacks it reaches nothing of the desk."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q

# What stands beside the password; recovery codes only stand in for these.
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# In the session: at whose desk the person was stopped.
STOPPED_AT = "second_step_for"


class SecondStepMissing(Exception):
    """The provider asks for a second step and the person has none; `slug` names the provider."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def lacks_second_step() -> Q:
    """Return the condition for staff rows of whom one is asked that they do not have."""
    steps = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=SECOND_STEPS)
    return Q(~Exists(steps), provider__staff_need_second_step=True)
