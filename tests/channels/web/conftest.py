"""Fixtures for tests of the web."""

from collections.abc import Iterator

import pytest

from frontdesk.channels.web import kept_html


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """No HTML is kept from before, and none is left to others."""
    kept_html._kept.clear()
    yield
    kept_html._kept.clear()
