"""A linked person as a client: where he may go through this bot, and how he reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, reduce
from operator import or_
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone, translation

from frontdesk.accounts.models import Member, Provider, TelegramBot, TelegramLink, User
from frontdesk.channels.telegram.steps.keyboards import LANGUAGES
from frontdesk.support.access import ClientReach
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel
from frontdesk.support.models import Ticket
from frontdesk.support.models.ticket import TicketQuerySet


class Person:
    """Who writes in a chat. His rights are read anew for every update."""

    def __init__(self, link: TelegramLink, bot: TelegramBot) -> None:
        """Take a link with its user loaded."""
        self.link = link
        self.user: User = link.user
        self._bot = bot

    @cached_property
    def members(self) -> list[Member]:
        """His places in client accounts, at the bot's own provider or at all of them."""
        if not self.user.is_active:
            return []
        members = Member.objects.filter(user=self.user).select_related("provider", "account")
        if self._bot.provider_id is not None:
            members = members.filter(provider_id=self._bot.provider_id)
        return list(members.order_by("provider__name", "provider_id", "account__name", "pk"))

    @cached_property
    def providers(self) -> dict[int, Provider]:
        """Where he is a client, by id, in the order of their names."""
        return {member.provider_id: member.provider for member in self.members}

    def reach(self, provider_id: int) -> ClientReach | None:
        """Return what he may reach at a provider; None where he is no client any more."""
        members = [member for member in self.members if member.provider_id == provider_id]
        return ClientReach.of(members) if members else None

    def actor(self, provider_id: int) -> Actor | None:
        """Return him as he acts at a provider."""
        reach = self.reach(provider_id)
        return Actor(user=self.user, reach=reach, channel=Channel.TELEGRAM) if reach else None

    def tickets(self) -> TicketQuerySet:
        """Return the tickets he may read, at all of his providers here."""
        reaches = (ClientReach.of(self._at(provider_id)) for provider_id in self.providers)
        visible = [Ticket.objects.visible_to(reach) for reach in reaches]
        return reduce(or_, visible) if visible else Ticket.objects.none()

    def _at(self, provider_id: int) -> list[Member]:
        return [member for member in self.members if member.provider_id == provider_id]


@contextmanager
def reading_as(link: TelegramLink, provider: Provider | None = None) -> Iterator[None]:
    """Write in the language and the time zone of the chat's person."""
    language = spoken(link.language, link.user.language)
    with translation.override(language), timezone.override(_zone(link.user, provider)):
        yield


def spoken(*wishes: str) -> str:
    """Return the first of the wishes that the bot speaks, else the installation's language."""
    known = dict(LANGUAGES)
    codes = (wish.partition("-")[0].lower() for wish in wishes)
    return next((code for code in codes if code in known), settings.LANGUAGE_CODE)


def _zone(user: User, provider: Provider | None) -> ZoneInfo:
    for name in (user.time_zone, provider.time_zone if provider else "", "UTC"):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo("UTC")
