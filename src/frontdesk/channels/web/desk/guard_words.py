"""What a writer reads when others wrote before him."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdesk.channels.web.dates import relative_words
from frontdesk.support.models import Message


def guard_words(newer: list[Message]) -> str:
    """Return who wrote when, and what can be done; the last one of several is named."""
    last = newer[-1]
    return _("%(who)s replied %(when)s. Read it first, or send anyway.") % {
        "who": last.author.first_name,
        "when": _when(last),
    }


def _when(message: Message) -> str:
    seconds = int((timezone.now() - message.created_at).total_seconds())
    if 0 < seconds < 60:
        return ngettext("%(n)s second ago", "%(n)s seconds ago", seconds) % {"n": seconds}
    return relative_words(message.created_at)
