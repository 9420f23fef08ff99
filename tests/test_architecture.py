"""Imports point one way, files stay small enough to read, and nothing is named where it is declared alone."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from fallline.optimizers import OPTIMIZERS
from fallline.problems.datasets import DATASETS
from fallline.problems.surfaces import SURFACES
from fallline.schedules import SCHEDULES

ROOT = Path(__file__).parent.parent
LIBRARY = [
    {
        "types",
        "columns",
        "hyperparameters",
        "sentences",
        "notices",
        "in_parts",
        "limits",
        "formulas",
        "time_limit",
        "faults",
    },
    {"errors"},
    {"optimizers", "schedules"},
    {"problems"},
    {"suggested"},
    {"descent"},
    {"working", "programs", "drawing"},
    {"spec"},
    {"own"},
    {
        "reply",
        "planes",
        "landscapes",
        "sweeps",
        "curvatures",
        "starts",
        "tuning",
        "profiles",
        "over_plane",
        "comparing",
        "pictures",
        "spec_forms",
        "slowness",
        "catalogs",
        "grids",
    },
    {"progress_line", "results"},
    {"local", "playgrounds", "recorded_planes", "tape_plane", "tapes", "client"},
    {"__main__"},
]
APP = [
    {"server"},
    {"rooms"},
    {"own"},
    {"work"},
    {"course.questions"},
    {"course.lessons"},
    {"course.presets"},
    {"course"},
    {"api", "pages"},
    {"main"},
    {"own.process", "serving"},
    {"__main__"},
]
"""Rooms from the inside out. A room may import from its own row and from those before it."""
OF_THE_WEB = {"fastapi", "starlette", "uvicorn", "prometheus_client", "httpx", "app"}
"""What the library does without, but for its client, which needs httpx."""
BY_NAME_ALONE = {("fallline/playgrounds.py", "app.serving"), ("app/pages/course_pages.py", "tests.lesson_check")}
"""What a module asks for by a name in a text, against the order: each runs without it, and says so or goes on."""
PARTS_NAMED = {"local.py": {"body"}, "spec_forms.py": {"body"}, "errors.py": {"query"}, "spec/query.py": {"query"}}
"""Where the library names the parts of a request, as what it refuses it tells as the server does."""
MODULES = sorted(path for package in ("app", "fallline") for path in (ROOT / package).rglob("*.py"))


def rank(module: str, rows: list[set[str]]) -> int:
    """The row of a module's name, without its package: that of the room with the longest name that leads to it."""
    rooms = [(room, index) for index, row in enumerate(rows) for room in row if f"{module}.".startswith(f"{room}.")]
    assert rooms, f"{module} stands in no room"
    return max(rooms, key=lambda each: len(each[0]))[1]


@cache
def parsed(path: Path) -> list[ast.AST]:
    """Every node of a module."""
    return list(ast.walk(ast.parse(path.read_text())))


@cache
def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for item in parsed(path):
        if isinstance(item, ast.Import):
            found |= {alias.name for alias in item.names}
        elif isinstance(item, ast.ImportFrom) and item.module:
            found |= {f"{item.module}.{alias.name}" for alias in item.names}
        elif isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id == "import_module":
            found |= {part.value for part in item.args if isinstance(part, ast.Constant)}
    return found


def test_imports_point_one_way():
    rows = {"app": APP, "fallline": LIBRARY}
    wrong = []
    for path in MODULES:
        package, *parts = path.relative_to(ROOT).with_suffix("").parts
        module = ".".join(parts)
        allowed = {"httpx"} if parts[0] == "client" else set()
        for name in imports(path):
            other, _, imported = name.partition(".")
            if (path.relative_to(ROOT).as_posix(), name) in BY_NAME_ALONE:
                continue
            if other == "tests" or (package == "fallline" and other in OF_THE_WEB - allowed):
                wrong.append(f"{path} knows of the web, or of tests: {name}")
            inside = module != "__init__" and other == package and imported not in ("", "__version__")
            if inside and rank(imported, rows[package]) > rank(module, rows[package]):
                wrong.append(f"{path} imports {name}")
    assert wrong == []


def test_routes_and_pages_and_the_course_share_only_what_stands_below_them():
    for room, others in {
        "api": {"pages"},
        "pages": {"api"},
        "course": {"api", "pages", "work"},
        "work": {"course", "rooms"},
        "rooms": {"work", "course"},
    }.items():
        for path in (ROOT / "app" / room).rglob("*.py"):
            found = {name.split(".")[1] for name in imports(path) if name.startswith("app.")}
            assert not found & others, f"{path} imports from {found & others}"


def test_the_library_names_no_part_of_a_request_and_no_media_type():
    for path in (ROOT / "fallline").rglob("*.py"):
        name = path.relative_to(ROOT / "fallline").as_posix()
        texts = {str(item.value) for item in parsed(path) if isinstance(item, ast.Constant)}
        of_http = {each for each in texts if re.fullmatch(r"body|query|(application|text|image)/[\w.+-]+", each)}
        assert name.startswith("client/") or of_http == PARTS_NAMED.get(name, set()), name


def test_a_file_can_be_read_in_one_sitting():
    lines = {str(path): len(path.read_text().splitlines()) for path in MODULES}
    assert {path: number for path, number in lines.items() if number > 400} == {}


DECLARED = {
    "optimizers": set(OPTIMIZERS), "schedules": set(SCHEDULES) - {"constant", "linear", "step"},
    "problems": set(SURFACES) | set(DATASETS),
}  # fmt: skip


def test_no_code_asks_for_a_name_that_a_declaration_could_answer():
    """`if name == "adam"` anywhere means that the declaration lacks a field."""
    names = set().union(*DECLARED.values())
    wrong = []
    for path in MODULES:
        for item in parsed(path):
            if isinstance(item, ast.Compare | ast.MatchValue):
                compared = {c.value for c in ast.walk(item) if isinstance(c, ast.Constant) and isinstance(c.value, str)}
                wrong += [f"{path}:{item.lineno} compares with {name}" for name in compared & names]
    assert wrong == []
