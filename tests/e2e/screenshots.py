"""Takes the pictures of the README from a fresh demo: `make screenshots`."""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from frontdesk.operations.postgres import Cluster
from tests.contract.program import Program
from tests.e2e.people import CHROMIUM_FLAGS, Person

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SHOTS = {
    "client-home.png": ("alice", "/northhost/"),
    "client-new-ticket.png": ("alice", "/northhost/tickets/new/"),
    "desk-ticket.png": ("sam", "/northhost/desk/tickets/1042/"),
}


def main() -> None:
    """Start a demo, look at a few pages, stop it."""
    data = Path(tempfile.mkdtemp(prefix="frontdesk-pictures-"))
    program = Program(data).start()
    try:
        take(program.wait_until_ready().address)
    finally:
        program.stop()
        Cluster(data).remove()
        shutil.rmtree(data, ignore_errors=True)


def take(address: str) -> None:
    """Write the pictures of the demo at this address."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = play.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        for name, (who, where) in SHOTS.items():
            window = {"width": 1280, "height": 800}
            context = browser.new_context(base_url=address, viewport=window)
            person = Person(context.new_page())
            person.sign_in(who)
            person.go(where)
            person.page.wait_for_timeout(500)
            person.page.screenshot(path=PICTURES / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
