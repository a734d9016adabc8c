"""Compiles translations with Babel: no gettext programs are needed on the machine.

`python -m frontdesk.shared.catalogs` does it for a checkout; the wheel is built with the results.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def compile_catalogs(package: Path = PACKAGE) -> list[Path]:
    """Write a .mo beside each .po that is newer, and return those written."""
    written = []
    for source in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        draft = target.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        draft.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogs()
