"""Ports: told to be free before anything starts, and kept for us until the servers take them."""

import errno
import socket
from contextlib import AbstractContextManager, closing, nullcontext

from frontdesk.operations.terminal import Refusal


def keep_port(host: str, port: int, *, option: str = "--port") -> socket.socket:
    """Return a socket that holds `port` (0: a free one) for the servers we are about to start.

    Raises Refusal when somebody else listens there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # Without SO_REUSEPORT first: with it we would share the port with another Frontdesk.
        with closing(socket.socket(family)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            # Listening tells what binding does not: a listener on all addresses.
            probe.listen(1)
            taken = probe.getsockname()[1]
        # Our own servers may join it, by SO_REUSEPORT; the probe of another start may not.
        kept = socket.socket(family)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        kept.bind((host, taken))
    except OverflowError:
        raise Refusal(f"{port} is not a port: give {option} a number from 1 to 65535.") from None
    except OSError as error:
        raise Refusal(_explain(error, host, port, option)) from None
    return kept


def keep_ipv6_twin(port: int) -> AbstractContextManager[object]:
    """Keep the same port of ::1 shut: browsers ask there first for `localhost`, and whoever
    listened there would be taken for us.

    Raises Refusal when somebody does.
    """
    try:
        with closing(socket.socket(socket.AF_INET6)) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return nullcontext()  # this machine has no IPv6
    return keep_port("::1", port)


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Refusal when somebody answers on the port: our servers would share it unnoticed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as caller:
        caller.settimeout(2)
        if caller.connect_ex((host, port)) == 0:
            raise Refusal(_in_use(port, "--port"))


def _in_use(port: int, option: str) -> str:
    return f"Port {port} is in use by another program: stop it, or choose another {option}."


def _explain(error: OSError, host: str, port: int, option: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return _in_use(port, option)
    if error.errno == errno.EACCES:
        return f"Port {port} may be used by root only: choose another {option}, above 1023."
    return f"{host}:{port} cannot be listened on: {error.strerror}."
