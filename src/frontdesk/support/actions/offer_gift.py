"""An administrator sets which tickets the provider gives on which occasion."""

from django.db import transaction

from frontdesk.billing.actions.save_gift import GiftFacts, save_gift
from frontdesk.billing.models import Gift
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def offer_gift(*, by: Actor, facts: GiftFacts, gift_id: int | None = None) -> Gift:
    """Save a gift of the provider, a new one without an id, and return it.

    Raises NotAllowed, Gift.DoesNotExist, or billing's BadSetting.
    """
    need_administrator(by)
    with transaction.atomic():
        saved = save_gift(provider_id=by.provider_id, gift_id=gift_id, facts=facts)
        act = "changed" if gift_id else "created"
        record_setting("gift", saved.pk, act, by=by)
        return saved
