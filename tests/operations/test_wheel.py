"""The wheel holds everything that the program needs beside its code."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "frontdesk"
BESIDE_CODE = {".html", ".css", ".js", ".svg", ".woff2", ".toml", ".mo", ".txt", ".png", ".webp"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """A wheel of a copy of the sources, so that nothing is written among them."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "frontdesk"
    junk = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", copy / "src", ignore=junk)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    made = subprocess.run(
        [uv, "build", "--wheel", "--quiet", "--out-dir", str(folder), str(copy)],
        capture_output=True,
        text=True,
        env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"},
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def names(wheel: zipfile.ZipFile) -> set[str]:
    return {name for name in wheel.namelist() if name.startswith("frontdesk/")}


def test_every_file_beside_the_code_is_in_it(wheel):
    wanted = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.suffix in BESIDE_CODE
    }

    assert len(wanted) > 50
    assert wanted - names(wheel) == set()


def test_every_module_and_migration_is_in_it(wheel):
    wanted = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*.py")
        if "__pycache__" not in path.parts
    }

    assert wanted - names(wheel) == set()


def test_every_translation_is_compiled_in_it(wheel):
    sources = {name for name in names(wheel) if name.endswith(".po")}

    assert {name.removesuffix(".po") + ".mo" for name in sources} <= names(wheel)


def test_it_brings_the_command(wheel):
    (entry_points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]

    assert "frontdesk = frontdesk.project.cli:main" in wheel.read(entry_points).decode()


def test_its_code_runs_without_the_sources(wheel, tmp_path):
    wheel.extractall(tmp_path)
    words = "import frontdesk, sys; print(frontdesk.__file__)"
    command = [sys.executable, "-P", "-c", words]

    found = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    help_page = subprocess.run(
        [sys.executable, "-P", "-m", "frontdesk.project.cli", "--help"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert found.stdout.strip().startswith(str(tmp_path))
    assert "try it: everything at once" in help_page.stdout
