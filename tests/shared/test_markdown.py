"""Text of strangers becomes HTML that does nothing but read."""

import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.shared.markdown import LONGEST_LETTER, TAGS, to_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "![x](javascript:alert(1))",
    '[x](https://a.example" onmouseover="alert(1))',
    "[x](https://a.example 'title\" onclick=alert(1) x')",
    "<javascript:alert(1)>",
    "`<script>alert(1)</script>`",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "> <script>\n> alert(1)\n> </script>",
    "**<b onclick=alert(1)>x</b>**",
    "<style>*{display:none}</style>",
    '<p style="position:fixed">x',
    "<math><mtext></p><style><img src=x onerror=alert(1)></style>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]


class Reader(HTMLParser):
    """Reads HTML as a browser would and keeps what it would obey."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += attributes


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_runs_is_left_in_the_page(text):
    page = Reader(to_html(text))

    assert page.tags <= TAGS
    assert {name for name, _ in page.attributes} <= {"href", "rel", "tabindex"}
    addresses = [value for name, value in page.attributes if name == "href"]
    assert all(address.startswith(("http:", "https:", "mailto:")) for address in addresses)


@pytest.mark.parametrize("text", ["<b>bold</b>", "<script>alert(1)</script>", "a < b && c > d"])
def test_html_that_was_typed_is_shown_as_typed(text):
    shown: list[str] = []
    reader = HTMLParser()
    reader.handle_data = shown.append  # type: ignore[method-assign]
    reader.feed(to_html(text))

    assert "".join(shown).strip() == text


@given(st.text(max_size=400))
def test_any_text_gives_only_allowed_tags(text):
    assert Reader(to_html(text)).tags <= TAGS


def test_links_do_not_vouch_for_where_they_lead():
    page = Reader(to_html("See https://a.example and [b](https://b.example)"))

    assert page.attributes.count(("rel", "nofollow noopener")) == 2


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("```\nx < y\n```", '<pre tabindex="0"><code>x &lt; y</code></pre>'),
        ("# not a headline", "<p># not a headline</p>"),
        ("    indented", "<p>indented</p>"),
    ],
)
def test_markdown_lite_reads_as_it_was_meant(text, html):
    assert re.sub(r"\n", "", to_html(text)) == html


@pytest.mark.parametrize("text", ["pay \u202eoruE 5", "pay &#x202E;oruE 5", "pay &#8238;oruE 5"])
def test_text_cannot_be_made_to_read_backwards(text):
    html = to_html(text)

    assert "\u202e" not in html
    assert "[U+202E]" in html


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000,
        "*" * 60_000,
        "> " * 30_000,
        "- " * 30_000,
        "`" * 60_000,
        "[a](" * 15_000,
        "*a_ " * 15_000,
        "http://" * 8_500,
        "a@" * 30_000,
        "a.b" * 20_000,
        "&" * 60_000,
        "\\" * 60_000,
        "<" * 60_000,
        ("> " * 10 + "x\n") * 2_500,
        ("`" * 300 + "\n\n") * 190,
        "".join("`" * n + " " for n in range(1, 340)),
        "wörter und mehr " * 4_000,
    ],
    ids=lambda text: text[:8].strip() or "blank",
)
@pytest.mark.parametrize("length", [LONGEST_LETTER, None], ids=["letter", "log"])
def test_no_message_takes_long_to_render(text, length):
    began = time.process_time()

    to_html(text[:length])

    assert time.process_time() - began < 1.0


def test_a_log_keeps_its_lines_and_its_signs():
    line = "[error] 5 < 6 & *not* bold\n"

    html = to_html(line * 500)

    assert html.count("<br>") == 500
    assert "[error] 5 &lt; 6 &amp; *not* bold" in html


def test_messages_rendered_at_once_do_not_mix():
    texts = [f"see https://host{n}.example/{'x' * n} now " * 20 for n in range(8)]
    alone = [to_html(text) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(to_html, texts * 10))
    finally:
        sys.setswitchinterval(interval)

    assert together == alone * 10
