"""Files that wait in a form until it is sent."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from frontdesk.support.actions import receive_file as receiving
from frontdesk.support.actions.receive_file import receive_file
from frontdesk.support.actions.remove_file import remove_file
from frontdesk.support.errors import BadKey, FileRefused
from frontdesk.support.models import Upload
from tests.factories import PNG, a_file, new_key
from tests.people import as_client


@pytest.fixture
def by(alice):
    return as_client(alice)


def test_a_file_is_stored_as_it_came(by):
    upload = a_file(by, new_key(), b"GET / 502\n", "server.log")

    assert (upload.name, upload.size, upload.content_type) == ("server.log", 10, "text/plain")
    with default_storage.open(upload.storage_key) as file:
        assert file.read() == b"GET / 502\n"


def test_a_large_file_is_stored_whole(by):
    content = bytes(range(256)) * 10_000

    upload = a_file(by, new_key(), content, "dump.bin")

    with default_storage.open(upload.storage_key) as file:
        assert file.read() == content


def test_the_type_is_told_by_content_not_by_name(by):
    upload = a_file(by, new_key(), PNG, "notes.txt")

    assert (upload.content_type, upload.width, upload.height) == ("image/png", 1, 1)


def test_nothing_of_a_file_can_be_guessed_from_its_place(by):
    one, two = (a_file(by, new_key(), b"same", "secret.txt") for _ in range(2))

    assert one.storage_key != two.storage_key
    assert "secret" not in one.storage_key


@pytest.mark.parametrize("name", ["../../../tmp/evil.txt", "/tmp/evil.txt", "..\\evil.txt"])
def test_no_name_leads_out_of_the_storage(by, name):
    upload = a_file(by, new_key(), b"x", name)

    assert upload.name == "evil.txt"
    inside = Path(default_storage.base_location)
    assert inside in Path(default_storage.path(upload.storage_key)).parents


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "empty.txt", FileRefused.EMPTY),
        (b"MZ\x90\x00", "holiday.jpg", FileRefused.PROGRAM),
        (b"words", "setup.exe", FileRefused.PROGRAM),
        (b"x" * 1_001, "long.txt", FileRefused.TOO_LARGE),
    ],
)
def test_a_refused_file_says_why_and_leaves_nothing(by, north, stored_files, content, name, reason):
    north.max_file_bytes = 1_000
    north.save()

    with pytest.raises(FileRefused) as refused:
        a_file(by, new_key(), content, name)

    assert (refused.value.reason, refused.value.name) == (reason, name)
    assert not Upload.objects.exists()
    assert stored_files == []


def test_a_form_takes_as_many_files_as_the_provider_allows(by, north, stored_files):
    north.max_files, key = 2, new_key()
    north.save()
    a_file(by, key, b"1")
    a_file(by, key, b"2")

    with pytest.raises(FileRefused) as refused:
        a_file(by, key, b"3")

    assert (refused.value.reason, refused.value.limit) == (FileRefused.TOO_MANY, 2)
    assert [default_storage.exists(name) for name in stored_files] == [True, True, False]


def test_files_waiting_in_all_forms_have_a_limit(by, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_WAITING_BYTES", 10)
    a_file(by, new_key(), b"123456")

    with pytest.raises(FileRefused) as refused:
        a_file(by, new_key(), b"123456")

    assert refused.value.reason == FileRefused.TOO_MUCH


def test_the_same_file_twice_in_a_form_is_one(by, stored_files):
    key = new_key()
    first = a_file(by, key, b"same", "server.log")

    assert a_file(by, key, b"same", "server.log") == first
    assert len(stored_files) == 1


@pytest.mark.parametrize(("content", "name"), [(b"other", "server.log"), (b"same", "other.log")])
def test_another_name_or_content_is_another_file(by, content, name):
    key = new_key()
    first = a_file(by, key, b"same", "server.log")

    assert a_file(by, key, content, name) != first


def test_a_key_that_no_form_has_takes_no_file(by):
    with pytest.raises(BadKey):
        receive_file(by=by, file=ContentFile(b"x"), name="x", key="")


def test_a_file_that_cannot_be_written_down_is_not_left_in_the_storage(
    by, stored_files, monkeypatch
):
    def fail(upload):
        raise OSError("no room")

    monkeypatch.setattr(receiving, "_keep", fail)

    with pytest.raises(OSError, match="no room"):
        a_file(by, new_key())
    assert [default_storage.exists(name) for name in stored_files] == [False]


def test_a_file_without_a_size_is_measured(by):
    class Nameless(File):
        pass

    upload = receive_file(by=by, file=Nameless(io.BytesIO(b"12345")), name="", key=new_key())

    assert (upload.size, upload.name) == (5, "file")


def test_one_takes_his_file_out_of_the_form(by, django_capture_on_commit_callbacks):
    upload = a_file(by, new_key())

    with django_capture_on_commit_callbacks(execute=True):
        remove_file(by=by, upload_id=upload.pk)

    assert not Upload.objects.exists()
    assert not default_storage.exists(upload.storage_key)


def test_nobody_takes_out_another_persons_file(by, bob):
    upload = a_file(by, new_key())

    with pytest.raises(Upload.DoesNotExist):
        remove_file(by=as_client(bob), upload_id=upload.pk)
