"""The demo as a process: what it starts it ends, and it shares the machine."""

import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import psutil
import pytest

from tests.contract.browser import FormReader, PlainBrowser
from tests.contract.program import Program, free_port, run
from tests.operations.processes import alive, family, wait_for, words


@pytest.fixture
def program(data: Path) -> Iterator[Program]:
    """A demo on the module's data, which the test may end as it likes."""
    program = Program(data).start()
    try:
        yield program.wait_until_ready()
    finally:
        if not program.has_ended():
            program.stop()


def ports(program: Program) -> set[int]:
    return {
        connection.laddr.port
        for process in program.family()
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }


def shared_memory(process_ids: set[int]) -> list[str]:
    """The segments that one of these processes made: they outlive it unless it removes them."""
    lines = [line.split() for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]]
    made_by = 4
    return [line[1] for line in lines if int(line[made_by]) in process_ids]


def is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_within_five_seconds_of_its_end(program, number):
    processes, taken = program.family(), ports(program)
    own = {process.pid for process in processes}
    assert shared_memory(own), "the database uses some, or this test sees nothing"

    program.process.send_signal(number)

    assert wait_for(lambda: not alive(processes), seconds=5), alive(processes)
    assert len(processes) > 10
    assert len(taken) == 3  # pages, live updates, the stand-in for Telegram
    assert all(is_free(port) for port in taken)
    assert not shared_memory(own)
    assert program.process.wait() == (-signal.SIGKILL if number == signal.SIGKILL else 0)


def test_it_answers_by_name_and_by_number_on_the_loopback_alone(demo):
    by_number = httpx.get(f"http://127.0.0.1:{demo.port}/healthz")

    assert by_number.status_code == 200
    assert httpx.get(f"{demo.address}/healthz").status_code == 200
    listening = {
        connection.laddr.ip
        for process in demo.family()
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening <= {"127.0.0.1", "::1"}


def test_a_port_in_use_is_one_clear_sentence(tmp_path):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answer = run("demo", "--port", port, "--data", tmp_path)

    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        f"frontdesk demo: Port {port} is in use by another program: "
        "stop it, or choose another --port."
    )


def test_the_port_of_another_demo_is_in_use_too(demo, tmp_path):
    answer = run("demo", "--port", str(demo.port), "--data", tmp_path)

    assert answer.returncode == 1
    assert f"Port {demo.port} is in use" in answer.stderr


def test_a_second_demo_on_the_same_data_says_who_holds_them(demo):
    answer = run("demo", "--port", str(free_port()), "--data", demo.data)

    assert answer.returncode == 1
    assert f"in use by process {demo.process.pid}" in answer.stderr
    assert "--data" in answer.stderr


def test_two_demos_run_side_by_side_each_with_its_own_data(demo, program):
    first = httpx.get(f"{demo.address}/readyz")
    second = httpx.get(f"{program.address}/readyz")

    assert demo.port != program.port
    assert (first.status_code, second.status_code) == (200, 200)


def test_it_says_where_it_is_and_who_can_sign_in(demo):
    said = demo.says()

    assert f"http://localhost:{demo.port}\n" in said
    assert "alice@client.example" in said
    assert "sam@northhost.example" in said


def test_a_killed_database_comes_back_and_so_do_the_pages(program):
    (postmaster,) = [p for p in program.family() if p.name() == "postgres" and len(p.children())]

    postmaster.kill()

    assert wait_for(lambda: not postmaster.is_running())
    assert wait_for(program.is_ready), program.says()


def test_killed_processes_are_started_again(program):
    kept = {"web", "worker", "live", "telegram", "telegram-sandbox"}

    def running() -> dict[str, int]:
        children = program.family()[0].children()
        return {name: child.pid for child in children for name in kept & set(words(child))}

    first = running()
    killed = [psutil.Process(process_id) for process_id in first.values()]
    theirs = [each for process in killed for each in family(process.pid)]

    for process in killed:
        process.kill()

    assert set(first) == kept
    assert wait_for(lambda: set(running()) == kept and not first.items() & running().items())
    assert wait_for(program.is_ready, 60), program.says()
    assert not alive(theirs)


def test_what_was_sent_outlives_a_kill(program):
    alice = PlainBrowser(program.address, "alice")
    page = alice.get("/northhost/tickets/new/")
    department = FormReader(page.text).options["Technical support"]
    sent = alice.send(page, "Send ticket", {"message": "Kept?", "department": department})

    program.stop(signal.SIGKILL)
    program.start().wait_until_ready()

    with closing(alice.http):
        assert "Kept?" in alice.get(sent.url.path).text


def test_demo_and_up_do_not_share_a_folder(demo):
    answer = run("up", "--port", str(free_port()), "--data", demo.data)

    assert answer.returncode == 1
    assert "was made by `frontdesk demo`" in answer.stderr
