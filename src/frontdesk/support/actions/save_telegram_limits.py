"""An administrator sets what clients may send from a chat."""

from django.core.exceptions import ValidationError
from django.db import transaction

from frontdesk.accounts.models import Provider
from frontdesk.accounts.models.telegram import TelegramLimits
from frontdesk.accounts.telegram_bots import set_limits
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def save_telegram_limits(*, by: Actor, most_symbols: int, most_files: int) -> TelegramLimits:
    """Save the limits of the actor's provider and return them. Raises NotAllowed or BadValue."""
    need_administrator(by)
    with transaction.atomic():
        provider = Provider.objects.select_for_update(no_key=True).get(pk=by.provider_id)
        try:
            limits = set_limits(provider=provider, most_symbols=most_symbols, most_files=most_files)
        except ValidationError as error:
            field = next(iter(error.message_dict))
            raise errors.BadValue(field, errors.BadValue.UNKNOWN) from None
        record_setting("telegram_limits", provider.pk, "changed", by=by)
        return limits
