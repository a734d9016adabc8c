"""An administrator sets the provider's rules about money."""

from django.db import transaction

from frontdesk.billing.actions.set_billing_rules import Rules, set_billing_rules
from frontdesk.billing.models import BillingSettings
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def save_billing_rules(*, by: Actor, rules: Rules) -> BillingSettings:
    """Save currency and rules of the actor's provider, and return them.

    Raises NotAllowed, or billing's BadSetting or CurrencyInUse.
    """
    need_administrator(by)
    with transaction.atomic():
        saved = set_billing_rules(provider_id=by.provider_id, rules=rules)
        record_setting("billing", by.provider_id, "changed", by=by)
        return saved
