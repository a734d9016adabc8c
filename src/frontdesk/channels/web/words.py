"""Small things put into words for templates."""

from django.utils.translation import gettext as _

KILOBYTE = 1024
HUES = 12


def file_size(size: int) -> str:
    """Return a size in bytes as people read it: 84 KB, 1.2 MB."""
    if size < KILOBYTE:
        return _("%(n)s bytes") % {"n": size}
    if size < KILOBYTE**2:
        return _("%(n)s KB") % {"n": round(size / KILOBYTE)}
    if size < KILOBYTE**3:
        return _("%(n)s MB") % {"n": _short(size / KILOBYTE**2)}
    return _("%(n)s GB") % {"n": _short(size / KILOBYTE**3)}


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if number < 10 else f"{number:.0f}"


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = name.split()
    ends = [words[0], words[-1]] if len(words) > 1 else words[:1]
    return "".join(word[0] for word in ends).upper()


def hue_class(person_id: int) -> str:
    """Return the class of an avatar's colour, the same for a person everywhere."""
    return f"hue-{person_id * 7 % HUES}"
