"""What a person types is kept until it is sent."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction

from frontdesk.shared.text import storable
from frontdesk.support.actor import Actor
from frontdesk.support.models import Draft, DraftKind, Ticket
from frontdesk.support.once import form_scope, is_claimed
from frontdesk.support.thread import TEXT_LENGTH

Choice = str | int | bool | None
CHOICE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class DraftText:
    """A form's unsent content; `choices` holds the ids chosen in it."""

    kind: DraftKind
    text: str
    key: str
    choices: dict[str, Choice] = field(default_factory=dict)


def save_draft(*, by: Actor, draft: DraftText, ticket: Ticket | None = None) -> Draft | None:
    """Keep the draft of this form and return it; None if the form was sent meanwhile.

    The caller has loaded `ticket` through `visible_to`. Raises BadKey.
    """
    with transaction.atomic():
        # A form that is being sent at this moment is waited for: its draft must not come back.
        if is_claimed(form_scope(by, draft.kind), draft.key):
            return None
        row, _created = Draft.objects.update_or_create(
            user_id=by.user.pk,
            provider_id=by.provider_id,
            kind=draft.kind,
            ticket=ticket,
            defaults={
                "key": draft.key,
                "text": storable(draft.text)[:TEXT_LENGTH],
                "choices": {name: _storable(value) for name, value in draft.choices.items()},
            },
        )
        return row


def new_key() -> str:
    """Return a fresh form key."""
    return secrets.token_urlsafe(18)


def _storable(choice: Choice) -> Choice:
    return storable(choice)[:CHOICE_LENGTH] if isinstance(choice, str) else choice
