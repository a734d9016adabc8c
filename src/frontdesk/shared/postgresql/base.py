"""The database backend; Django finds it by this file's name."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which tells from the socket whether the server is still there.

    Each request asks once. A server says nothing of itself to a connection that waits, unless
    it hangs up: where nothing can be read, no question needs to be sent there and back.
    """

    def is_usable(self) -> bool:
        """Return whether the connection can be used for the next query."""
        raw = self.connection
        if raw is None or raw.closed:
            return False
        unread = select.poll()
        unread.register(raw.fileno(), select.POLLIN)
        return super().is_usable() if unread.poll(0) else True
