"""Ports are checked and kept before anything starts."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from frontdesk.operations.one_machine.ports import keep_ipv6_twin, keep_port
from frontdesk.operations.terminal import Refusal


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens, on all addresses and ready to share it."""
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("0.0.0.0", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_in_use_is_refused_with_what_to_do(taken):
    with pytest.raises(Refusal, match=f"Port {taken} is in use .* choose another --port"):
        keep_port("127.0.0.1", taken)


def test_no_number_of_a_port_is_refused(taken):
    with pytest.raises(Refusal, match="70000 is not a port"):
        keep_port("127.0.0.1", 70_000)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Refusal, match="cannot be listened on"):
        keep_port("192.0.2.1", 0)


def test_a_free_port_is_found_and_kept_from_others():
    with keep_port("127.0.0.1", 0) as kept, closing(socket.socket()) as other:
        port = kept.getsockname()[1]

        with pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", port))


def test_whoever_listens_on_the_ipv6_side_of_localhost_is_noticed():
    with closing(socket.socket(socket.AF_INET6)) as other:
        other.bind(("::1", 0))
        other.listen()

        with pytest.raises(Refusal, match="is in use"):
            keep_ipv6_twin(other.getsockname()[1])


def test_a_port_that_another_start_keeps_is_in_use_before_anybody_listens():
    with keep_port("127.0.0.1", 0) as first, pytest.raises(Refusal, match="is in use"):
        keep_port("127.0.0.1", first.getsockname()[1])


def test_a_kept_port_is_open_to_our_own_servers():
    with keep_port("127.0.0.1", 0) as kept, closing(socket.socket()) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(kept.getsockname())
        server.listen()

        with closing(socket.create_connection(kept.getsockname(), timeout=5)) as client:
            assert client.getpeername() == server.getsockname()
