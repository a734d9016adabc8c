"""With a virus scanner, no file is kept before it was looked at."""

import pytest

from frontdesk.support.errors import FileRefused
from frontdesk.support.models import Upload
from tests.factories import a_file, new_key
from tests.people import as_client
from tests.scanner import TEST_VIRUS, Scanner, closed_port, running_scanner


@pytest.fixture
def scanner(settings):
    with running_scanner() as running:
        settings.CLAMD_URL = running.url
        yield running


def refusal_of(alice, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        a_file(as_client(alice), new_key(), content)
    return refused.value.reason


def test_a_clean_file_is_kept_after_the_scanner_saw_all_of_it(alice, scanner: Scanner) -> None:
    content = b"words " * 30_000

    upload = a_file(as_client(alice), new_key(), content)

    assert scanner.seen == [content]
    assert upload.size == len(content)


def test_an_infected_file_is_refused_and_nothing_of_it_kept(
    alice, scanner: Scanner, stored_files
) -> None:
    assert refusal_of(alice, TEST_VIRUS) == FileRefused.INFECTED
    assert not Upload.objects.exists()
    assert stored_files == []


def test_a_scanner_that_does_not_answer_is_no_way_in(alice, settings, stored_files) -> None:
    settings.CLAMD_URL = f"tcp://127.0.0.1:{closed_port()}"

    assert refusal_of(alice, b"words") == FileRefused.UNSCANNED
    assert not Upload.objects.exists()
    assert stored_files == []


def test_without_a_scanner_files_are_kept_as_they_come(alice, settings) -> None:
    assert settings.CLAMD_URL == ""
    assert a_file(as_client(alice), new_key(), TEST_VIRUS).size == len(TEST_VIRUS)
