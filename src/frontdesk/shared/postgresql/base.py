"""The database backend; Django finds it by this file's name."""

import select
import time

from django.db.backends.postgresql import base

# A server that is cut off, or that fell without a word, is found out after so long.
TRUSTED_SECONDS = 10.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which does not ask at each request whether the server is still there.

    A server says nothing of itself to a connection that waits, unless it hangs up: where it
    answered lately and nothing can be read, no question is sent there and back.
    """

    _answered_at = float("-inf")

    def is_usable(self) -> bool:
        """Return whether the connection can be used for the next query."""
        raw = self.connection
        if raw is None or raw.closed:
            return False
        unread = select.poll()
        unread.register(raw.fileno(), select.POLLIN)
        is_lately = time.monotonic() - self._answered_at < TRUSTED_SECONDS
        if is_lately and not unread.poll(0):
            return True
        is_there = bool(super().is_usable())
        if is_there:
            self._answered_at = time.monotonic()
        return is_there
