"""Imports point one way, files stay small enough to read, and nothing is named where it is declared alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.optimizers import OPTIMIZERS
from app.problems.datasets import DATASETS
from app.problems.surfaces import SURFACES
from app.schedules import SCHEDULES

APP = Path(__file__).parent.parent / "app"
LIBRARY = APP.parent / "fallline"
ORDER = [
    {"types", "paths", "page_build", "hyperparameters", "sentences", "notices", "formulas"},
    {"optimizers", "schedules"},
    {"problems"},
    {"descent"},
    {"working", "programs"},
    {"drawing", "presets", "lessons"},
    {
        "settings",
        "logs",
        "headers",
        "access",
        "operations",
        "status",
        "addresses",
        "connections",
        "static_files",
        "api",
        "course",
        "course_pages",
        "course_sheet",
        "error_page",
        "handout",
        "join",
        "pages",
        "plot",
        "main",
        "supervisor",
        "__main__",
    },
]
"""Rooms from the inside out. A room may import from its own row and from those before it."""
HTTP = {"fastapi", "starlette", "uvicorn", "pydantic", "httpx"}
MODULES = sorted(APP.rglob("*.py"))
OF_LIBRARY = sorted(LIBRARY.rglob("*.py"))


def rank(room: str) -> int:
    return next(index for index, row in enumerate(ORDER) if room in row)


def room_of(path: Path) -> str:
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for item in ast.walk(ast.parse(path.read_text())):
        if isinstance(item, ast.Import):
            found |= {alias.name for alias in item.names}
        elif isinstance(item, ast.ImportFrom) and item.module:
            found.add(item.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(APP)))
def test_imports_point_one_way(path):
    room = room_of(path)
    if room == "__init__":
        return
    for module in imports(path):
        parts = module.split(".")
        assert parts[0] != "fallline", f"{path.name} imports the library, which stands on it"
        if parts[0] == "app" and len(parts) > 1:
            assert rank(parts[1]) <= rank(room), f"{path.name} imports {module}"
        if rank(room) < rank("api"):
            assert parts[0] not in HTTP, f"{path.name} knows of HTTP: {module}"


@pytest.mark.parametrize("path", OF_LIBRARY, ids=lambda p: p.name)
def test_one_module_of_the_library_knows_of_the_app(path):
    """So that a client needs nothing of what computes: `lazy` imports that one when it is first wanted."""
    own = {module for module in imports(path) if module.partition(".")[0] == "app"}
    assert bool(own) == (path.name == "engine.py"), f"{path.name} imports {own}"
    assert "fallline.engine" not in imports(path)


@pytest.mark.parametrize("path", [*MODULES, *OF_LIBRARY], ids=lambda p: str(p.relative_to(APP.parent)))
def test_a_file_can_be_read_in_one_sitting(path):
    assert len(path.read_text().splitlines()) <= 400


DECLARED = {
    "optimizers": set(OPTIMIZERS), "schedules": set(SCHEDULES) - {"constant", "linear", "step"},
    "problems": set(SURFACES) | set(DATASETS),
}  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(APP)))
def test_no_code_asks_for_a_name_that_a_declaration_could_answer(path):
    """`if name == "adam"` anywhere means that the declaration lacks a field."""
    names = set().union(*DECLARED.values())
    for item in ast.walk(ast.parse(path.read_text())):
        if isinstance(item, ast.Compare | ast.MatchValue):
            compared = {c.value for c in ast.walk(item) if isinstance(c, ast.Constant) and isinstance(c.value, str)}
            assert not compared & names, f"{path.name}:{item.lineno} compares with {compared & names}"
