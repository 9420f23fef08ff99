"""Inside the API too imports point one way: from a route down to what it is made of."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

API = Path(__file__).parents[2] / "app" / "api"
LAYERS = [
    {"response_models"},
    {"requests"},
    {"stream_events"},
    {"openapi"},
    {"stream"},
    {"long_work"},
    {"trajectories", "single_runs", "causes", "maps"},
    {"room_bodies"},
    {"room_streams"},
    {"room_routes"},
    {"catalog"},
    {"application"},
    {"__init__"},
]
"""From what knows least to what knows all. A file imports only from layers before its own."""
FILES = sorted(API.rglob("*.py"))


def layer(part: str) -> int:
    return next(index for index, parts in enumerate(LAYERS) if part in parts)


def imported(path: Path) -> set[str]:
    """The parts of the API that a file imports from."""
    found: set[str] = set()
    for item in ast.walk(ast.parse(path.read_text())):
        if isinstance(item, ast.ImportFrom) and item.module == "app.api":
            found |= {alias.name for alias in item.names}
        elif isinstance(item, ast.ImportFrom) and (item.module or "").startswith("app.api."):
            found.add(str(item.module).split(".")[2])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(API)))
def test_imports_point_one_way(path):
    here = path.relative_to(API).parts[0].removesuffix(".py")
    for part in imported(path):
        assert part == here or layer(part) < layer(here), f"{path.name} imports from {part}"
