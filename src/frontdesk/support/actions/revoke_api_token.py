"""An administrator ends a token of the provider's own programs."""

from django.db import transaction

from frontdesk.accounts.api_tokens import revoke_token
from frontdesk.accounts.models.api_token import ApiToken
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def revoke_api_token(*, by: Actor, token_id: int) -> ApiToken:
    """End the token at once, and return it. Raises NotAllowed or ApiToken.DoesNotExist."""
    need_administrator(by)
    with transaction.atomic():
        own = ApiToken.objects.select_for_update(no_key=True)
        was_working = own.get(pk=token_id, provider_id=by.provider_id).revoked_at is None
        token = revoke_token(provider_id=by.provider_id, token_id=token_id, by_user_id=by.user.pk)
        if was_working:
            record_setting("api_token", token.pk, "revoked", by=by)
        return token
