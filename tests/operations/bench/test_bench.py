"""The benchmark runs from its first line to its last, and measures nothing that is wrong."""

import os
import subprocess
import sys

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from frontdesk.operations.bench.cost import cost_of
from frontdesk.operations.bench.load import BOUNDARY, request_of
from frontdesk.operations.bench.measure import Pace, Shot, measure, pace_of
from frontdesk.operations.bench.people import CSRF_TOKEN, sign_in
from frontdesk.operations.bench.table import HEAD, Line, as_text
from frontdesk.operations.terminal import Refusal

NAMES = [
    "floor: Django, Jinja2, 50 rows",
    "floor: pgbench, three bare rows",
    "client list, 50 rows",
    "staff queue, 50 rows",
    "ticket, 50 messages, client",
    "ticket, 50 messages, desk",
    "search, rare word, client",
    "search, rare word, desk",
    "search, common word, client",
    "search, common word, desk",
    "open a ticket",
    "reply",
]


def test_bench_prints_a_line_for_everything_it_measures():
    own = {"DATABASE_URL", "FRONTDESK_TEST_SERVER", "SECRET_KEY", "DATA_DIR"}
    environment = {name: value for name, value in os.environ.items() if name not in own}
    command = [sys.executable, "-m", "frontdesk.project.cli", "bench"]

    done = subprocess.run(
        [*command, "--tickets", "200", "--seconds", "0.1"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    for name in NAMES:
        assert name in done.stdout


def parsed(request: bytes) -> WSGIRequest:
    head, _, body = request.partition(b"\r\n\r\n")
    path = head.split(b" ")[1].decode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return RequestFactory().generic("POST", path, body, content_type=kind)


def test_each_form_is_sent_with_a_key_of_its_own():
    shot = Shot("/somewhere/", form={"message": "It is slow.\n\nVery."}).plain()

    first, second = (parsed(request_of(shot, "localhost")) for _ in range(2))

    assert first.POST["message"] == "It is slow.\n\nVery."
    assert first.POST["key"] != second.POST["key"]


def test_wrong_answer_is_no_measurement(live_server):
    with pytest.raises(Refusal, match="302"):
        measure([Shot("/no-such-page/")], port=live_server.thread.port, clients=1, seconds=0.1)


def test_answers_are_counted_and_timed(live_server):
    port = live_server.thread.port

    pace = measure([Shot("/healthz")], port=port, clients=2, seconds=0.3)

    assert pace.rate > 1
    assert 0 < pace.p50 <= pace.p95


@pytest.mark.usefixtures("house")
def test_cost_counts_the_queries_of_one_request(alice):
    cookie = sign_in([alice])[alice.pk]

    page = cost_of([Shot("/northhost/tickets/", cookie)])
    nothing = cost_of([Shot("/healthz")])

    assert page.queries > nothing.queries == 0
    assert page.database > 0
    assert page.ours > 0


@pytest.mark.usefixtures("house")
def test_measured_forms_pass_the_check_against_forgery(alice, technical):
    cookie = sign_in([alice])[alice.pk]
    form = {"message": "It is slow.", "department": str(technical.pk)}
    path = "/northhost/tickets/new/"

    cost_of([Shot(path, cookie, {**form, "csrfmiddlewaretoken": CSRF_TOKEN}, status=303)])

    with pytest.raises(Refusal, match="403"):
        cost_of([Shot(path, cookie, {**form, "csrfmiddlewaretoken": "0" * 32}, status=303)])


def test_pace_names_the_middle_and_the_slow_end():
    pace = pace_of([float(n) for n in range(1, 101)], rate=50)

    assert (round(pace.p50), round(pace.p95), pace.rate) == (50, 96, 50)


def test_columns_stand_under_their_heads():
    lines = as_text([Line("a page", Pace(1, 2, 3), Pace(4.25, 5, 6_000))]).splitlines()

    assert lines[0].index(HEAD[2]) + len(HEAD[2]) == lines[1].index("4.2") + 3
    assert "6,000" in lines[1]
