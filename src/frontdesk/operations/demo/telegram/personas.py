"""Who one can be in the demo's chat, and the links that they begin with."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Provider, TelegramLink, User
from frontdesk.accounts.telegram_bots import connect_bot


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody's phone. Without an address nobody is linked: the chat of a stranger."""

    key: str
    chat_id: int
    first_name: str
    username: str
    label: Promise
    email: str = ""


PERSONAS = (
    Persona(
        "alice",
        501,
        "Alice",
        "alice_bakes",
        _("Alice, owner of Alice's Bakery"),
        "alice@client.example",
    ),
    Persona(
        "carol", 502, "Carol", "carol_dunn", _("Carol, another client"), "carol@client.example"
    ),
    Persona("stranger", 503, "Sasha", "sasha_503", _("A stranger, not linked")),
)


def persona(key: str) -> Persona:
    """Return who that is; Alice for any other word."""
    return next((one for one in PERSONAS if one.key == key), PERSONAS[0])


def connect_demo_bot(*, provider: Provider, token: str, has_sandbox: bool) -> None:
    """Give the provider its bot; in the sandbox some people have linked their phones to it."""
    with transaction.atomic():
        bot = connect_bot(provider=provider, token=token)
        if not has_sandbox or TelegramLink.objects.filter(bot=bot).exists():
            return
        for one in PERSONAS:
            user = User.objects.filter(email=one.email).first() if one.email else None
            if user is not None:
                TelegramLink.objects.create(
                    bot=bot,
                    user=user,
                    chat_id=one.chat_id,
                    username=f"@{one.username}",
                    language="en",
                    linked_at=timezone.now(),
                )
