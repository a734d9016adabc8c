"""Where a request comes from."""

from frontdesk.shared.client_address import client_address

__all__ = ["client_address"]
