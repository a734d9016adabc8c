"""Says in plain words what is wrong with a field that was sent, whoever checked it."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

SUM = gettext_lazy(
    "Give a sum as text, such as 12.50: above zero, with at most two digits after the point and"
    " eight before it."
)
QUANTITY = gettext_lazy("Give a whole number from 1 to 100000.")
MOMENT = gettext_lazy("Give a moment with its time zone, such as 2026-11-30T23:59:59Z.")
DAY = gettext_lazy("Give a day, such as 2026-11-30.")
FLAG = gettext_lazy("Give true or false.")
OBJECT = gettext_lazy("Give a JSON object.")
# Which kind of value is wanted, by how the names of the checker's errors begin. Only sums have
# a pattern or a check of our own, and only numbers of tickets have limits.
KINDS: tuple[tuple[str, Promise], ...] = (
    ("missing", gettext_lazy("This is missing.")),
    ("extra_forbidden", gettext_lazy("This call knows no such field.")),
    ("string_pattern", SUM),
    ("value_error", SUM),
    ("string", gettext_lazy("Give text.")),
    ("int", QUANTITY),
    ("greater", QUANTITY),
    ("less", QUANTITY),
    ("timezone", MOMENT),
    ("datetime", MOMENT),
    ("date", DAY),
    ("bool", FLAG),
    ("model", OBJECT),
    ("dict", OBJECT),
)


def words_of(error: dict[str, Any]) -> str:
    """Return the sentence; it repeats nothing of what was sent."""
    kind, facts = str(error.get("type", "")), error.get("ctx") or {}
    match kind:
        case "string_too_long":
            most = int(facts["max_length"])
            return ngettext("Give at most %(n)s symbol.", "Give at most %(n)s symbols.", most) % {
                "n": most
            }
        case "enum":
            # The checker's own sentence quotes each name; the names are the schema's.
            names = re.findall(r"'([^']*)'", str(facts["expected"]))
            return _("Give one of these: %(names)s.") % {"names": ", ".join(names)}
    for beginning, words in KINDS:
        if kind.startswith(beginning):
            return str(words)
    return _("This value cannot be accepted.")
