"""An administrator sets or removes the provider's logo."""

import secrets
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from frontdesk.accounts.models import Provider
from frontdesk.support.actor import Actor
from frontdesk.support.logos import draw_logo
from frontdesk.support.settings import need_administrator, record_setting


def save_logo(*, by: Actor, file: IO[bytes] | None) -> Provider:
    """Store the logo drawn anew under a key of its own, or none; return the provider.

    Raises NotAllowed or BadValue; then nothing is stored.
    """
    need_administrator(by)
    key = _store(by.provider_id, draw_logo(file)) if file else ""
    try:
        with transaction.atomic():
            provider = Provider.objects.select_for_update(no_key=True).get(pk=by.provider_id)
            old, provider.logo = provider.logo, key
            provider.save(update_fields=["logo"])
            record_setting("logo", provider.pk, "changed" if key else "removed", by=by)
            if old:
                transaction.on_commit(lambda: default_storage.delete(old))
            return provider
    except Exception:
        if key:
            default_storage.delete(key)
        raise


def _store(provider_id: int, content: bytes) -> str:
    # The end of the key is the version that the logo's address carries.
    key = f"{provider_id}/logo/{secrets.token_hex(12)}"
    return default_storage.save(key, ContentFile(content))
