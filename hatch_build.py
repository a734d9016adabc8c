"""Compiles the translations before a wheel is built, so that it contains them."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogs(BuildHookInterface):
    """Called by hatchling."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile in place; pyproject.toml names the results as artifacts."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from frontdesk.shared.catalogs import compile_catalogs

        compile_catalogs(Path(self.root) / "src" / "frontdesk")
