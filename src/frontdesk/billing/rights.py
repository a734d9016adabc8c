"""Who may move money."""

from frontdesk.accounts.models import Provider
from frontdesk.accounts.models.staff import Role
from frontdesk.billing.models import BillingSettings


def may_charge(*, role: str, provider: Provider) -> bool:
    """Whether staff of this role may charge in a ticket, refund and grant at this provider."""
    if role in {Role.HEAD, Role.ADMINISTRATOR}:
        return True
    return role == Role.AGENT and BillingSettings.of(provider).agents_may_charge
