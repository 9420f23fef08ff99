"""What computes, imported when it is first wanted: a client alone needs none of it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

APP = Path(__file__).parent.parent / "app" / "__init__.py"
"""The package that computes; it lies beside this one."""


def engine() -> ModuleType:
    """`fallline.engine`. Raises: ImportError where a module of the reader has the name of the package that it needs."""
    found = find_spec("app")
    here = Path(found.origin) if found and found.origin else None
    if here is None or here.resolve() != APP.resolve():
        msg = f"what runs without a server is {APP}, but `import app` finds {here}: give that another name"
        raise ImportError(msg, name="app")
    return import_module("fallline.engine")
