"""Somebody at a browser."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

ADDRESSES = {
    "alice": "alice@client.example",
    "bob": "bob@client.example",
    "carol": "carol@client.example",
    "dora": "dora@client.example",
    "sam": "sam@northhost.example",
    "omar": "omar@northhost.example",
    "hana": "hana@northhost.example",
    "ada": "ada@northhost.example",
    "sven": "sven@southcloud.example",
}
# What Playwright turns off and would stay on, since Chromium hears the last such list only; then
# the lists under the address bar: two pages that each new window loads and nobody sees.
FEATURES_OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "AimEnabled"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)
# No screen, no sandbox as root, and nothing that calls home from a closed network.
CHROMIUM_FLAGS = [
    f"--disable-features={','.join(FEATURES_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "artifacts" / "screenshots"
# Colours, width, height, and whether axe looks too: once in light, once in dark, wide and narrow.
WINDOWS = {
    "light": ("light", 1440, 900, True),
    "dark": ("dark", 1440, 900, False),
    "phone": ("light", 390, 844, False),
    "narrow-dark": ("dark", 320, 640, True),
}
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What it passes is told by one place each; to list and send them all takes as long as to look.
    "resultTypes": ["violations"],
}


# Words in a table's row that stand partly on those of another cell.
COVERED_WORDS = """() => [...document.querySelectorAll("tr")].flatMap((row) => {
  const seen = [];
  for (const cell of row.cells) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const range = document.createRange();
      range.selectNode(texts.currentNode);
      let { left, right, top, bottom } = range.getBoundingClientRect();
      for (let around = texts.currentNode.parentElement; around !== row;
           around = around.parentElement) {
        if (getComputedStyle(around).overflowX === "visible") continue;
        const edge = around.getBoundingClientRect();
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }
      if (right - left > 1 && bottom - top > 1)
        seen.push({ cell, left, right, top, bottom, text: texts.currentNode.data.trim() });
    }
  }
  const cover = (one, other) => one.cell !== other.cell && one.text && other.text
    && one.left + 1 < other.right && other.left + 1 < one.right
    && one.top + 1 < other.bottom && other.top + 1 < one.bottom;
  return seen.filter((one, at) => seen.slice(0, at).some((other) => cover(one, other)))
    .map(({ text }) => text);
})"""


@dataclass
class Person:
    """A page with what went wrong on it."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to what the browser complains of."""
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        # An answer of 4xx is the test's own affair; a refused script or style is not.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, name: str) -> None:
        """Sign in by the form, as a person of the demo."""
        self.page.goto("/sign-in/")
        self.page.get_by_label("E-mail").fill(ADDRESSES[name])
        self.page.get_by_label("Password", exact=True).fill("demo")
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def arrive(self, path: str) -> None:
        """Wait until the page is at this path; one that only leads there by `next=` is not."""
        self.page.wait_for_url(lambda url: urlsplit(url).path == path)

    def go(self, path: str) -> None:
        """Open an own address."""
        self.page.goto(path)

    def look_in_every_window(self, name: str) -> None:
        """Look at the page in light and dark, wide and narrow; keep a picture of each.

        There must be no barrier, nothing the browser complains of, no sideways scroll.
        """
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for window, (scheme, width, height, ask_axe) in WINDOWS.items():
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=SCREENSHOTS / f"{name}-{window}.png", full_page=True)
            if ask_axe:
                assert self.barriers() == [], window
            beyond = "document.documentElement.scrollWidth - innerWidth"
            assert self.page.evaluate(beyond) <= 0, window
            assert self.page.evaluate(COVERED_WORDS) == [], window
        assert self.complaints == []

    def barriers(self) -> list[str]:
        """Return what axe finds on the page against WCAG 2.2 AA, one line each."""
        found = Axe().run(self.page, options=WCAG)
        return [
            f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]
