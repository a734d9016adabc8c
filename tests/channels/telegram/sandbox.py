"""The sandbox in a thread of the test, and people's phones that speak to it by HTTP."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from aiohttp import web

from frontdesk.operations.demo.telegram.server import Sandbox
from frontdesk.operations.demo.telegram.world import SandboxBot

TOKEN = "100:sandbox-secret"
PATIENCE_SECONDS = 60.0


@dataclass
class RunningSandbox:
    """A sandbox that answers."""

    url: str
    http: httpx.Client

    def phone(self, user: int) -> "Phone":
        """Somebody's phone, with the bot's chat open."""
        self.http.post("/sandbox/meet", data={"user": user, "first_name": f"Person {user}"})
        return Phone(self.http, user)

    def fail(self, **failure: Any) -> None:
        """Let calls fail; without fields none fails any more."""
        self.http.post("/sandbox/fail", json=failure).raise_for_status()

    def forget(self) -> None:
        """Begin anew: no chat, no update, no call, no failure."""
        self.http.post("/sandbox/forget").raise_for_status()

    def calls(self, method: str = "") -> list[dict[str, Any]]:
        """The calls that the bot made, oldest first."""
        calls = self.http.get("/sandbox/calls").json()["calls"]
        return [call for call in calls if method in {"", call["method"]}]

    def api(self, method: str, token: str = TOKEN, **fields: Any) -> httpx.Response:
        """Call the Bot API as a bot does."""
        return self.http.post(f"/bot{token}/{method}", json=fields)


@dataclass
class Phone:
    """One person's side of a chat."""

    http: httpx.Client
    user: int
    items: dict[int, dict[str, Any]] = field(default_factory=dict)
    version: int = 0
    toasts: list[str] = field(default_factory=list)

    def send(self, text: str, *, reply_to: int = 0) -> int:
        """Send a text; return its number."""
        return self._post("write", text=text, reply_to=reply_to).json()["ids"][0]

    def attach(self, *files: tuple[str, bytes, str], caption: str = "", kind: str = "") -> None:
        """Send files; several are an album."""
        fields = {"user": self.user, "text": caption, "kind": kind}
        parts = [("files", file) for file in files]
        self.http.post("/sandbox/write", data=fields, files=parts).raise_for_status()

    def press(self, label: str) -> None:
        """Press the newest button with this label."""
        for item in reversed(self.chat()):
            for button in (button for row in item["buttons"] for button in row):
                if button["text"] == label:
                    self.press_data(item["id"], button["callback_data"])
                    return
        raise AssertionError(f"no button {label!r} in {[item['text'] for item in self.chat()]}")

    def press_data(self, message: int, data: str) -> None:
        """Press a button, even one that is gone."""
        self._post("press", message=message, data=data, gone="yes")

    def edit(self, message: int, text: str) -> None:
        """Edit an own message."""
        self._post("edit", message=message, text=text)

    def block(self, *, blocked: bool = True) -> None:
        """Block the bot, or allow it again."""
        self._post("block", blocked="yes" if blocked else "")

    def chat(self) -> list[dict[str, Any]]:
        """Everything in the chat, oldest first."""
        query = {"user": self.user, "after": self.version}
        answer = self.http.get("/sandbox/chat", params=query).json()
        self.version = answer["version"]
        if answer["toast"]:
            self.toasts.append(answer["toast"])
        for item in answer["items"]:
            self.items[item["id"]] = item
        return [item for _, item in sorted(self.items.items()) if not item["is_deleted"]]

    def said(self) -> list[str]:
        """The texts that the bot wrote."""
        return [item["text"] for item in self.chat() if item["is_from_bot"]]

    def wait_for(self, words: str, *, times: int = 1) -> dict[str, Any]:
        """Wait until the bot has said this so often; return the last such message."""

        def found() -> dict[str, Any] | None:
            hits = [i for i in self.chat() if i["is_from_bot"] and words in i["text"]]
            return hits[-1] if len(hits) >= times else None

        return wait_until(found, lambda: f"{words!r} is not in {self.said()}")

    def _post(self, act: str, **fields: Any) -> httpx.Response:
        answer = self.http.post(f"/sandbox/{act}", data={"user": self.user} | fields)
        answer.raise_for_status()
        return answer


def wait_until(found: Callable[[], Any], explain: Callable[[], str] = lambda: "") -> Any:
    """Return what is found as soon as it is; fail with the explanation after a while."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if result := found():
            return result
        time.sleep(0.02)
    raise AssertionError(f"waited in vain: {explain()}")


@contextmanager
def running_sandbox(*, burst: int = 0, token: str = TOKEN) -> Iterator[RunningSandbox]:
    """Run a sandbox in a thread for as long as the block lasts."""
    loop = asyncio.new_event_loop()
    bot = SandboxBot(token=token, username="northhost_bot", name="North Host support")
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    starting = asyncio.run_coroutine_threadsafe(Sandbox((bot,), burst=burst).start(), loop)
    runner, port = starting.result(10)
    url = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(base_url=url, timeout=30) as http:
            yield RunningSandbox(url, http)
    finally:
        asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _stop(runner: web.AppRunner) -> None:
    """End the server, and every call that still waits."""
    await runner.cleanup()
    waiting = asyncio.all_tasks() - {asyncio.current_task()}
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
