"""Where the private PostgreSQL lives."""

import os
import pwd

import pytest

from frontdesk.operations.postgres import ClusterError
from frontdesk.operations.postgres.home import Home, find_home
from frontdesk.operations.postgres.setup import socket_folder


def test_a_socket_has_a_short_path_however_long_the_data_folder_is(tmp_path):
    deep = tmp_path / ("long-name-" * 12)
    deep.mkdir(mode=0o700)
    home = Home(deep, deep, pwd.getpwuid(os.geteuid()))

    folder = socket_folder(home)

    assert len(os.fsencode(folder)) < 90
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.rmdir()


def test_a_second_start_keeps_the_address_that_others_know(tmp_path):
    deep = tmp_path / ("long-name-" * 12)
    deep.mkdir(mode=0o700)
    home = Home(deep, deep, pwd.getpwuid(os.geteuid()))
    first = socket_folder(home)
    first.rmdir()

    assert socket_folder(home, first) == first

    first.chmod(0o777)
    with pytest.raises(ClusterError, match="another user's"):
        socket_folder(home, first)
    first.rmdir()


def test_the_mode_of_a_folder_above_is_never_changed(tmp_path):
    above = tmp_path / "shared"
    above.mkdir()
    above.chmod(0o751)

    find_home(above, throwaway=True)

    assert above.stat().st_mode & 0o777 == 0o751


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(ClusterError, match=str(tmp_path / "file")):
        find_home(tmp_path / "file" / "data", throwaway=True)


def test_data_whose_database_is_gone_are_refused_not_begun_anew(tmp_path, monkeypatch):
    if os.geteuid() != 0:
        assert find_home(tmp_path, throwaway=False).folder == tmp_path / "postgres"
        return
    (tmp_path / "cluster-id").write_text("0000000000ab\n")

    with pytest.raises(ClusterError, match="not at /var/lib/frontdesk/clusters/0000000000ab"):
        find_home(tmp_path, throwaway=False)
