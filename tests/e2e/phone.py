"""Somebody's phone in the demo: the page with the bot's chat."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Locator, Page, expect

PATIENCE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Phone:
    """The page `/demo/telegram/`, used as a person uses it."""

    page: Page

    def open(self, who: str = "alice") -> "Phone":
        """Take the phone in hand, with an empty chat."""
        self.page.goto(f"/demo/telegram/?as={who}")
        self.page.get_by_role("button", name="Clear the chat").click()
        expect(self.page.locator("#empty")).to_be_visible()
        return self

    def send(self, text: str, answer: str) -> Locator:
        """Send a text; return the bot's new message that has these words."""
        return self._hear(answer, after=lambda: self._send(text))

    def attach(self, *files: FilePayload, caption: str, answer: str) -> Locator:
        """Send files; return the bot's answer."""
        self.page.locator("#write [name=files]").set_input_files(list(files))
        return self.send(caption, answer)

    def press(self, label: str, answer: str) -> Locator:
        """Press the newest button that begins so; return the bot's answer."""
        name = re.compile(f"^{re.escape(label)}")
        return self._hear(answer, after=self.chat.get_by_role("button", name=name).last.click)

    def hear(self, words: str) -> Locator:
        """Wait for a message of the bot that nobody here asked for."""
        found = self._said(words).last
        found.wait_for(timeout=PATIENCE_MS)
        return found

    def _hear(self, words: str, *, after: Callable[[], object]) -> Locator:
        said = self._said(words)
        before = said.count()
        after()
        expect(said).to_have_count(before + 1, timeout=PATIENCE_MS)
        return said.last

    def _send(self, text: str) -> None:
        self.page.get_by_label("Message", exact=True).fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def _said(self, words: str) -> Locator:
        return self.chat.locator(".message:not(:has(.mine))").filter(has_text=words)

    @property
    def chat(self) -> Locator:
        """Everything in the chat."""
        return self.page.get_by_role("log", name="Chat")
