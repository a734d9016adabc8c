"""The command line: quick help, plain refusals."""

import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.project.cli import main

COMMANDS = (
    "demo up web worker live telegram prepare doctor backup restore seed bench manage".split()
)


def test_help_names_every_command_and_reads_no_settings(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert [command for command in COMMANDS if f"\n    {command} " not in shown] == []


def test_help_loads_neither_django_nor_a_driver():
    words = "import sys; from frontdesk.project.cli import _parser; _parser();"
    words += (
        "print([name for name in ('django.conf', 'psycopg', 'granian') if name in sys.modules])"
    )

    loaded = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True)

    assert loaded.stdout.strip() == "[]"


def test_a_missing_setting_is_one_sentence(tmp_path: Path):
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "frontdesk.project.cli", "worker"],
        env={"DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("frontdesk worker: SECRET_KEY is not set.")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("port", ["0", "-1"])
def test_no_number_of_a_port_is_refused(port, tmp_path, capsys):
    assert main(["demo", "--port", port, "--data", str(tmp_path)]) == 1

    assert "is not a port" in capsys.readouterr().err


def test_an_unknown_command_is_refused_with_those_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["fly"])

    assert ended.value.code == 2
    assert "demo" in capsys.readouterr().err
