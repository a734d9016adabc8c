"""A ticket's message, Markdown-lite, as Telegram's HTML."""

import re
from html import escape
from html.parser import HTMLParser

from frontdesk.shared.markdown import to_html

# What Telegram knows of what our Markdown makes.
INLINE = {
    "strong": "b",
    "em": "i",
    "s": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
BREAKS = re.compile(r"\n{3,}")


def telegram_html(text: str) -> str:
    """Return the text in Telegram's HTML; whatever Telegram has no mark for stays as words."""
    writer = _Writer()
    writer.feed(str(to_html(text)))
    writer.close()
    return BREAKS.sub("\n\n", "".join(writer.written)).strip()


class _Writer(HTMLParser):
    """Rewrites safe HTML, whose tags all close, into the few that Telegram has."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._lists: list[int | None] = []
        self._is_in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open Telegram's counterpart."""
        if tag == "br":
            self._break(1)
        elif tag == "a":
            self.written.append(f'<a href="{escape(dict(attrs).get("href") or "")}">')
        elif tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag in INLINE:
            self._is_in_code = self._is_in_code or tag == "pre"
            self.written.append(f"<{INLINE[tag]}>")

    def handle_endtag(self, tag: str) -> None:
        """Close it; a paragraph leaves a blank line, outside of lists."""
        if tag == "a":
            self.written.append("</a>")
        elif tag in {"ul", "ol"}:
            self._lists.pop()
            self._break(1 if self._lists else 2)
        elif tag == "p":
            self._break(1 if self._lists else 2)
        elif tag == "code" and self._is_in_code:
            self.written[-1] = self.written[-1].rstrip("\n")
            self.written.append("</code>")
        elif tag in {"pre", "blockquote"}:
            self._is_in_code = False
            self._trim()
            self.written.append(f"</{tag}>")
            self._break(2)
        elif tag in INLINE:
            self.written.append(f"</{INLINE[tag]}>")

    def handle_data(self, data: str) -> None:
        """Words; line ends mean something in code alone."""
        words = data if self._is_in_code else data.strip("\n")
        if words:
            self.written.append(escape(words, quote=False))

    def _item(self) -> None:
        self._break(1)
        number = self._lists[-1] if self._lists else None
        indent = "  " * (len(self._lists) - 1)
        self.written.append(f"{indent}• " if number is None else f"{indent}{number}. ")
        if number is not None:
            self._lists[-1] = number + 1

    def _break(self, lines: int) -> None:
        """End the line; never more than `lines` line ends in a row."""
        written = "".join(self.written[-4:])
        missing = lines - (len(written) - len(written.rstrip("\n")))
        if written and missing > 0:
            self.written.append("\n" * missing)

    def _trim(self) -> None:
        """Take back the line ends before a block closes."""
        while self.written and not self.written[-1].strip("\n"):
            self.written.pop()
