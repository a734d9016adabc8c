"""Reads how much of a ledger row is meant; a form that contradicts itself is not guessed at."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from frontdesk.billing.reversal import Part
from frontdesk.channels.web.amounts import read_amount, read_number

FIELDS = ("amount", "units")


class UnclearPart(Exception):
    """How much is meant cannot be told; `field` and `words` say where and what to do."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field)
        self.field = field
        self.words = words


def read_part(post: QueryDict, first_field: str) -> Part | None:
    """Return how much is meant; None where everything that is left is.

    `first_field` is the one that is shown first. Raises UnclearPart.
    """
    match post.get("how", ""):
        case "all":
            _check_nothing_typed(post)
            return None
        case "part":
            return _typed_part(post, first_field)
    raise UnclearPart("how-all", _("Choose how much."))


def _check_nothing_typed(post: QueryDict) -> None:
    for field in FIELDS:
        if post.get(field, "").strip():
            words = _("Choose A part to move this much, or leave this empty to move all.")
            raise UnclearPart(field, words)


def _typed_part(post: QueryDict, first_field: str) -> Part:
    amount, units = (post.get(field, "").strip() for field in FIELDS)
    # Zero is what stands for "no number" too, so an empty field is told apart here.
    if units and not read_number(units) and units.strip("0"):
        raise UnclearPart("units", _("Write a whole number of tickets."))
    part = Part(read_amount(amount or "0"), read_number(units))
    if part == Part():
        raise UnclearPart(first_field, _("Write how much to move."))
    return part
