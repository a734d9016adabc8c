"""Markdown-lite to safe HTML."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from frontdesk.shared.text import BIDI_CONTROLS

TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
# A longer text is a log and no letter; reading marks in it takes seconds where someone wants it to.
LONGEST_LETTER = 10_000
# What is kept rendered: at most so many texts, of so many symbols each.
MOST_KEPT, LONGEST_KEPT = 2_000, 4_000

# HTML in the text is text. Headings, tables and images stay as they were typed: a support
# message is a letter, and a client's log must not turn into a headline.
_parser = (
    MarkdownIt("zero", {"html": False, "linkify": True, "breaks": True, "maxNesting": 20})
    .enable(["fence", "blockquote", "list", "backticks", "emphasis", "strikethrough"])
    .enable(["link", "linkify", "newline", "escape", "entity"])
)
# Its rules are put in order at the first use, which must not be two threads' at once.
_parser.render("warm")


def to_html(text: str) -> Markup:
    """Return the text as safe HTML; whatever is not in the short allow list is shown, not obeyed.

    Bidirectional overrides are made visible, so that a line cannot read as its opposite.
    """
    return _kept(text) if len(text) <= LONGEST_KEPT else _rendered(text)


# A thread is read many times and its messages do not change.
@lru_cache(maxsize=MOST_KEPT)
def _kept(text: str) -> Markup:
    return _rendered(text)


def _rendered(text: str) -> Markup:
    text = text.replace("\x00", "")
    html = _plain(text) if len(text) > LONGEST_LETTER else _parser.render(text)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    # Last, as an override can also come as `&#8238;`.
    shown = BIDI_CONTROLS.sub(lambda match: f"[U+{ord(match.group()):04X}]", clean)
    # A wide log scrolls in its own box, which must be reached by keyboard.
    reachable = shown.replace("<pre>", '<pre tabindex="0">')
    return Markup(reachable)  # noqa: S704 - cleaned above; what was added is our own


def _plain(text: str) -> str:
    return f"<p>{escape(text)}</p>".replace("\n", "<br>\n")
