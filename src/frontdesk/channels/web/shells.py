"""Pages that stand in a shell which is chosen for each answer.

Each of them is compiled once for each of its shells, so that it is put together with it.
"""

from collections.abc import Callable

from jinja2 import Environment, FileSystemLoader, TemplateAssertionError

IN = " in "
CHOSEN = "{% extends shell %}"


def in_shell(page: str, shell: str) -> str:
    """Return the name of the page's template in the shell of that name."""
    return f"{page}{IN}{shell}"


class ShellLoader(FileSystemLoader):
    """Finds templates, also by the names of `in_shell`."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text with the name of its shell, its file, and whether it is the newest."""
        page, _in, shell = template.partition(IN)
        source, filename, is_current = super().get_source(environment, page)
        if shell:
            if CHOSEN not in source:
                raise TemplateAssertionError(f"it has no {CHOSEN}", 1, page, filename)
            source = source.replace(CHOSEN, f'{{% extends "{shell}" %}}', 1)
        return source, filename, is_current
