"""Forgets what the channel has no use for any more."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from frontdesk.accounts.telegram_links import forget_codes
from frontdesk.channels.telegram.models import Arrival, ArrivalState, Outgoing, SendState

# Telegram itself repeats an update for a day at most.
DONE_KEPT = timedelta(days=3)
FAILED_KEPT = timedelta(days=90)
# For so long Telegram's reply to one of our messages finds its ticket.
SENT_KEPT = timedelta(days=365)


def forget_old(bot_id: int) -> None:
    """Delete updates and messages that were settled long ago."""
    now = timezone.now()
    settled = Q(
        state__in=[ArrivalState.DONE, ArrivalState.REFUSED], received_at__lt=now - DONE_KEPT
    )
    failed = Q(state=ArrivalState.FAILED, received_at__lt=now - FAILED_KEPT)
    Arrival.objects.filter(settled | failed, bot_id=bot_id).delete()
    ended = [SendState.SENT, SendState.SKIPPED, SendState.FAILED]
    old = Outgoing.objects.filter(bot_id=bot_id, created_at__lt=now - SENT_KEPT)
    old.filter(state__in=ended).delete()
    forget_codes(bot_id, expired_before=now - DONE_KEPT)
