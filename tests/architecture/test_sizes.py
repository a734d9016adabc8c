"""Everything fits in the eye."""

from tests.architecture.sources import SOURCE, functions, modules, name_of, templates

MOST_LINES = 300
MOST_FUNCTION_LINES = 50
MOST_TEMPLATE_LINES = 150
# Names that say nothing about the subject of a file.
EMPTY_NAMES = {"utils", "helpers", "services", "common", "misc", "managers", "base", "manager"}


def test_no_file_is_too_long():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in modules()}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_function_is_too_long():
    long = {
        f"{name_of(path)}: {function.name}": function.end_lineno - function.lineno + 1
        for path in modules()
        for function in functions(path)
        if function.end_lineno - function.lineno + 1 > MOST_FUNCTION_LINES
    }

    assert long == {}


def test_nearly_all_functions_and_files_are_short():
    lengths = sorted(f.end_lineno - f.lineno + 1 for path in modules() for f in functions(path))
    files = sorted(len(path.read_text().splitlines()) for path in modules())

    assert lengths[len(lengths) * 95 // 100] <= 25
    assert files[len(files) * 95 // 100] <= 200


def test_no_style_sheet_or_script_is_too_long():
    files = [*SOURCE.rglob("static/**/*.css"), *SOURCE.rglob("static/**/*.js")]
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in files}

    assert len(lengths) > 40
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_template_is_too_long():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in templates()}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_TEMPLATE_LINES} == {}


def test_the_name_of_a_file_says_its_subject():
    empty = {name_of(path) for path in modules() if path.stem in EMPTY_NAMES}

    assert empty <= {
        "src/frontdesk/channels/web/account/services.py",  # so is called what clients bought
        "src/frontdesk/shared/postgresql/base.py",  # so Django finds a database backend
    }
