"""The private PostgreSQL: closed to others, hard to kill, gone with its parent."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psutil
import psycopg
import pytest

from frontdesk.operations.postgres import Cluster, ClusterError
from tests.operations.processes import alive, family, wait_for

HOLD_A_CLUSTER = """
import sys, time
from frontdesk.operations.postgres import Cluster
with Cluster(sys.argv[1], throwaway=True) as url:
    print(url, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that tests only look at."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), throwaway=True)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that holds a cluster and has just said its address."""
    words = [sys.executable, "-c", HOLD_A_CLUSTER, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("postgresql://")
        yield process
        process.kill()
    # Its guardian does so, unless a test has killed that one.
    folder = Path(parse_qs(urlsplit(address).query)["host"][0]).parent
    wait_for(lambda: not (folder / "data" / "postmaster.pid").exists(), seconds=5)
    shutil.rmtree(folder, ignore_errors=True)


def sockets(cluster: Cluster) -> Path:
    """The folder of the cluster's socket, which its address names."""
    return Path(parse_qs(urlsplit(cluster.url).query)["host"][0])


def data(cluster: Cluster) -> Path:
    return sockets(cluster).parent / "data"


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.url) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def postmaster(cluster: Cluster) -> psutil.Process:
    assert cluster._guardian is not None
    (server,) = psutil.Process(cluster._guardian.pid).children()
    return server


def can_ask(cluster: Cluster) -> bool:
    try:
        return ask(cluster, "select 1") == 1
    except psycopg.OperationalError:
        return False


def test_application_is_no_superuser_and_has_a_database_of_its_own(cluster):
    assert ask(cluster, "select current_user") == "frontdesk"
    assert ask(cluster, "select current_database()") == "frontdesk"
    assert ask(cluster, "select rolsuper from pg_roles where rolname = current_user") is False


def test_it_listens_on_no_port(cluster):
    assert ask(cluster, "show listen_addresses") == ""
    assert all(c.status != "LISTEN" for c in postmaster(cluster).net_connections("inet"))


def test_folders_are_closed_to_other_users(cluster):
    for folder in (sockets(cluster), data(cluster), data(cluster).parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def knock(path: str) -> int:
    """Try the socket as another user where we can become one; return 0 when it is shut."""

    def try_it() -> None:
        with socket.socket(socket.AF_UNIX) as door, contextlib.suppress(PermissionError):
            door.connect(path)
            os._exit(9)

    if os.geteuid() != 0:
        # We cannot become another user: that nobody else may enter the folder has to do.
        folder = Path(path).parent.stat()
        return int((folder.st_uid, stat.S_IMODE(folder.st_mode)) != (os.geteuid(), 0o700))
    nobody: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    return subprocess.run(["true"], cwd="/", preexec_fn=try_it, check=False, **nobody).returncode


def test_another_local_user_cannot_connect(cluster):
    assert knock(f"{sockets(cluster)}/.s.PGSQL.5432") == 0


def test_only_the_user_who_started_it_is_let_in_by_its_rules(cluster):
    with psycopg.connect(host=str(sockets(cluster)), user="postgres", dbname="postgres") as root:
        rules = root.execute("select type, auth_method from pg_hba_file_rules").fetchall()
        names = root.execute("select distinct sys_name from pg_ident_file_mappings").fetchall()

    assert rules == [("local", "peer")]
    assert names == [(pwd.getpwuid(os.geteuid()).pw_name,)]


def test_sorting_and_letters_do_not_depend_on_the_system(cluster):
    assert ask(cluster, "select lower('ЁЖ')") == "ёж"
    assert ask(cluster, "select datlocprovider from pg_database where datname = 'frontdesk'") == "b"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_its_parent_however_that_ends(parent, number):
    processes = family(parent.pid)

    parent.send_signal(number)
    parent.wait(timeout=10)

    assert len(processes) > 5
    assert wait_for(lambda: not alive(processes), seconds=5), alive(processes)


def test_the_server_ends_when_its_guardian_is_killed(parent):
    processes = family(parent.pid)[1:]

    processes[0].kill()

    assert wait_for(lambda: not alive(processes), seconds=5), alive(processes)


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(cluster):
    assert os.getpgid(postmaster(cluster).pid) != os.getpgid(0)
    assert os.getsid(postmaster(cluster).pid) != os.getsid(0)


def test_a_throwaway_cluster_leaves_nothing_behind(tmp_path):
    cluster = Cluster(tmp_path, throwaway=True)
    with cluster:
        assert data(cluster).exists()

    assert not data(cluster).parent.exists()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster whose data outlive its server."""
    cluster = Cluster(tmp_path)
    cluster.start()
    yield cluster
    cluster.stop()
    cluster.remove()


def test_a_killed_server_comes_back_with_everything_committed(kept):
    ask_for = "insert into kept values (1) returning 1"
    with psycopg.connect(kept.url) as connection:
        connection.execute("create table kept (id int)")
    ask(kept, ask_for)

    postmaster(kept).kill()

    assert wait_for(lambda: can_ask(kept))
    assert ask(kept, "select count(*) from kept") == 1


def test_a_second_start_on_the_same_data_says_who_holds_them(kept):
    with pytest.raises(ClusterError, match=rf"in use by process {os.getpid()} ") as refused:
        Cluster(kept.data_dir).start()

    assert str(kept.data_dir) in str(refused.value)


def test_another_process_finds_the_running_server(kept):
    assert Cluster(kept.data_dir).find_running() == kept.url

    kept.stop()

    assert Cluster(kept.data_dir).find_running() == ""


def test_data_outlive_the_server(kept):
    with psycopg.connect(kept.url) as connection:
        connection.execute("create table kept (id int)")

    kept.stop()
    kept.start()

    assert ask(kept, "select count(*) from kept") == 0


def test_data_of_another_major_version_are_refused_in_plain_words(kept):
    home = data(kept)
    kept.stop()
    version = home / "PG_VERSION"
    version.write_text("16\n")

    with pytest.raises(ClusterError, match="written by PostgreSQL 16") as refused:
        kept.start()

    version.write_text("18\n")
    assert "frontdesk backup" in str(refused.value)


def test_a_start_that_was_cut_off_is_made_up_for(kept):
    home = data(kept)
    kept.stop()
    shutil.move(home, home.with_name("data.new"))  # as if the power went while it was made

    kept.start()

    assert ask(kept, "select 1") == 1


def test_a_server_that_cannot_start_says_why(kept):
    home = data(kept)
    kept.stop()
    with (home / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")

    with pytest.raises(ClusterError, match="no_such_setting"):
        kept.start()
