"""Lets somebody in again who has lost his phone and his recovery codes."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from frontdesk.accounts.models import User
from frontdesk.operations.terminal import Refusal


@transaction.atomic
def reset_second_step(email: str) -> int:
    """Remove what the person's sign-in asks for besides the password, and end his sessions.

    Returns how many apps, passkeys and sets of codes there were. Who asks for it must be known
    to the operator by other means. Raises Refusal for an address that nobody has.
    """
    try:
        user = User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        raise Refusal(f"nobody signs in as {email}.") from None
    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    for session in UserSession.objects.filter(user=user):
        session.end()
    return removed
