"""Markdown-lite to safe HTML."""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

# HTML in the text is text. Headings, tables and images stay as they were typed: a support
# message is a letter, and a client's log must not turn into a headline.
_parser = (
    MarkdownIt("zero", {"html": False, "linkify": True, "breaks": True, "maxNesting": 20})
    .enable(["fence", "code", "blockquote", "list", "backticks", "emphasis", "strikethrough"])
    .enable(["link", "linkify", "newline", "escape", "entity"])
)
_parser.disable(["code"])  # an indented line of a letter is not a program


def to_html(text: str) -> Markup:
    """Return the text as safe HTML; whatever is not in the short allow list is shown, not obeyed.

    Bidirectional overrides are made visible, so that a line cannot read as its opposite.
    """
    shown = BIDI_CONTROLS.sub(lambda m: f"[U+{ord(m.group()):04X}]", text.replace("\x00", ""))
    html = nh3.clean(
        _parser.render(shown),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return Markup(html)  # noqa: S704 - cleaned on the line above
