"""An administrator makes a token for one of the provider's own programs."""

from collections.abc import Collection

from django.db import transaction

from frontdesk.accounts.api_tokens import NewToken, make_token
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def issue_api_token(*, by: Actor, name: str, scopes: Collection[str]) -> NewToken:
    """Make a token that acts with the actor's rights; its secret is to be shown once.

    The channel has asked him to sign in again. Raises NotAllowed or BadToken.
    """
    need_administrator(by)
    with transaction.atomic():
        made = make_token(
            provider_id=by.provider_id, name=name, scopes=scopes, by_user_id=by.user.pk
        )
        record_setting("api_token", made.token.pk, "created", by=by)
        return made
