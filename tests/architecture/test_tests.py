"""Tests are code too: they can fail, and they can be read."""

import ast

from tests.architecture.sources import ROOT, Function, name_of, tree

FILES = sorted((ROOT / "tests").rglob("*.py"))
# What states something by its name: pytest's, Playwright's and hypothesis' own.
STATING = (
    "expect",
    "raises",
    "warns",
    "fail",
    "run_state_machine_as_test",
    "django_assert_num_queries",
)


def functions_in(paths) -> list[tuple[str, Function]]:
    return [
        (name_of(path), node)
        for path in paths
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
    ]


def cases() -> list[tuple[str, Function]]:
    return [
        (place, function)
        for place, function in functions_in(FILES)
        if function.name.startswith("test_") and "/test_" in place
    ]


def calls(function: Function) -> set[str]:
    return {
        ast.unparse(node.func).rpartition(".")[2]
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }


def stating() -> set[str]:
    """Return the names of functions that state something, by themselves or by another."""
    helpers = [function for _place, function in functions_in(FILES)]
    found = set(STATING) | {
        function.name
        for function in helpers
        if any(isinstance(node, ast.Assert | ast.Raise) for node in ast.walk(function))
    }
    while more := {f.name for f in helpers if f.name not in found and calls(f) & found}:
        found |= more
    return found


def test_no_test_is_without_a_statement():
    known = stating()

    assert [f"{place}: {test.name}" for place, test in cases() if test.name not in known] == []


def test_nearly_all_tests_are_short():
    lengths = sorted(test.end_lineno - test.lineno + 1 for _place, test in cases())

    assert lengths[len(lengths) * 95 // 100] <= 20


def test_no_test_is_skipped_for_good():
    reasons = [
        f"{name_of(path)}:{number}"
        for path in FILES
        if path.name != "test_tests.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "pytest.mark.skip(" in line or "pytest.mark.xfail" in line
    ]

    assert reasons == []
