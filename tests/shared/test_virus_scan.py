"""clamd is asked as its protocol says; what it did not wholly look at is not called clean."""

import os

import pytest

from frontdesk.shared.virus_scan import ScannerTrouble, check_scanner, find_virus
from tests.scanner import TEST_VIRUS, Scanner, closed_port, running_scanner


@pytest.fixture
def scanner():
    with running_scanner() as running:
        yield running


def test_a_clean_file_arrives_whole_and_is_called_clean(scanner: Scanner) -> None:
    content = os.urandom(150_000)

    assert find_virus(scanner.url, [content[:70_000], b"", content[70_000:]]) == ""
    assert scanner.seen == [content]


def test_a_virus_is_named(scanner: Scanner) -> None:
    assert find_virus(scanner.url, [b"before", TEST_VIRUS, b"after"]) == "Test.Virus"


def test_a_local_socket_works_as_well(tmp_path) -> None:
    with running_scanner(tmp_path) as scanner:
        check_scanner(scanner.url)
        assert find_virus(scanner.url, [TEST_VIRUS]) == "Test.Virus"


@pytest.mark.parametrize("says", [b"", b"\0", b"ERROR\0", b"x" * 9_000, b"stream: OK, nearly\0"])
def test_an_odd_answer_is_trouble_and_not_a_clean_file(scanner: Scanner, says: bytes) -> None:
    scanner.says = says

    with pytest.raises(ScannerTrouble):
        find_virus(scanner.url, [b"words"])


def test_a_file_too_large_for_the_scanner_is_not_called_clean(scanner: Scanner) -> None:
    with pytest.raises(ScannerTrouble):
        find_virus(scanner.url, [b"x" * 5_000_000])


@pytest.mark.parametrize("url", ["", "clamd", "http://127.0.0.1:1", "tcp://", "unix:", "tcp://a:b"])
def test_an_address_that_is_none_is_trouble(url: str) -> None:
    with pytest.raises(ScannerTrouble):
        check_scanner(url)


def test_a_scanner_that_is_not_there_is_trouble(tmp_path) -> None:
    for url in (f"tcp://127.0.0.1:{closed_port()}", f"unix:{tmp_path}/none.sock"):
        with pytest.raises(ScannerTrouble):
            find_virus(url, [b"words"])
