"""What a change in the thread says."""

from django.utils.translation import gettext as _

from frontdesk.channels.web.desk.entries import Entry
from frontdesk.channels.web.money_words import moved_words
from frontdesk.support.models import EventKind, Priority


def change_words(entry: Entry) -> str:
    """Return the sentence for a change."""
    change = entry.change
    assert change is not None
    if "amount" in change.data:
        return moved_words(change.kind, change.data, entry.person.name)
    names = {"who": entry.person.name, "staff": change.staff, "was": change.was, "now": change.now}
    return _sentence(change.kind, change.data) % names


def _sentence(kind: EventKind, data: dict[str, object]) -> str:
    match kind:
        case EventKind.TICKET_TAKEN:
            return _("%(who)s took this ticket")
        case EventKind.TICKET_ASSIGNED if data.get("assignee") is None:
            return _("%(who)s removed the assignee")
        case EventKind.TICKET_ASSIGNED:
            return _("%(who)s assigned this to %(staff)s")
        case EventKind.TICKET_TRANSFERRED:
            return _("%(who)s moved this from %(was)s to %(now)s")
        case EventKind.PRIORITY_SET:
            level = str(Priority(int(str(data["priority"]))).label)
            return _("%(who)s set the priority to {level}").format(level=level)
        case EventKind.TAGS_SET:
            return _("%(who)s changed the tags")
        case EventKind.TICKET_CLOSED:
            return _("%(who)s closed this ticket")
        case _:
            return _("%(who)s changed this ticket")
