"""Journeys in a real browser, against the demo as a process of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState, sync_playwright

from frontdesk.operations.postgres import Cluster
from tests.contract.prepared import copy_prepared_demo
from tests.contract.program import Program
from tests.e2e.people import CHROMIUM_FLAGS, Person


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, ended with its module.

    As long as it runs, Playwright keeps an event loop in this thread, in which Django would
    refuse its database to the tests that come after.
    """
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "no Chromium: install the package chromium, or name one in $CHROMIUM"
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The demo, ready; one for all journeys of this process."""
    data = tmp_path_factory.mktemp("site")
    copy_prepared_demo(data)
    program = Program(data).start()
    try:
        yield program.wait_until_ready()
    finally:
        program.stop()
        Cluster(data).remove()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, site: Program) -> Callable[[str], StorageState]:
    """The cookies of a person of the demo, who signed in by the form once."""

    @cache
    def cookies_of(name: str) -> StorageState:
        context = browser.new_context(base_url=site.address)
        Person(context.new_page()).sign_in(name)
        state = context.storage_state()
        context.close()
        return state

    return cookies_of


@pytest.fixture
def person(
    browser: Browser, site: Program, signed_in: Callable[[str], StorageState]
) -> Iterator[Callable[..., Person]]:
    """Open a browser for somebody: `alice = person("alice")`, signed in, with own cookies.

    Whoever signs out or changes his password in a test signs in by `sign_in` himself, since
    the session is everybody's.
    """
    contexts: list[BrowserContext] = []

    def come(name: str = "", **options: object) -> Person:
        state = signed_in(name) if name else None
        context = browser.new_context(base_url=site.address, storage_state=state, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Person(context.new_page())

    yield come
    for context in contexts:
        context.close()
