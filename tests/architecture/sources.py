"""The program's own files, read once for the tests of its shape."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "frontdesk"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> list[Path]:
    """Return the files of the program; migrations are written by a machine."""
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


@cache
def templates() -> list[Path]:
    """Return the templates of our pages."""
    return sorted(SOURCE.rglob("*.html"))


@cache
def tree(path: Path) -> ast.Module:
    """Return the file as Python reads it."""
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    """Return how a failure should name the file."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[Function]:
    """Give all functions and methods of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def imports(path: Path) -> Iterator[str]:
    """Give the full names of what a file imports: `a.b` and, of `from a import b`, `a.b` too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def below(*rooms: str) -> list[Path]:
    """Return the files in these rooms, such as `channels/web/client`."""
    return [path for path in modules() if any((SOURCE / room) in path.parents for room in rooms)]


def lines_with(pattern: str, paths: list[Path], flags: int = 0) -> list[str]:
    """Return the lines that match, each with its place."""
    found = re.compile(pattern, flags)
    return [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if found.search(line)
    ]
