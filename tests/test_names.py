"""One word, one thing: no public function or class is defined under one name in two modules, nor, in the library, a
constant or an alias; nor has a module the name of another.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
MARGIN = "the room beside a picture, of which each kind has its own"
ALLOWED = {
    "BOTTOM": MARGIN,
    "End": "how a run ended, and the event that tells it to a client",
    "LEFT": MARGIN,
    "RIGHT": MARGIN,
    "Run": "what is run, and what its reader reads of a reply",
    "Step": "a step as it was taken, and the reply that has its working",
    "TOP": MARGIN,
    "catalog": "what the server tells of it, and what the library has",
    "main": "each command has one",
    "number": "a number in a formula, and a number in a picture",
    "sweep": "what a programmer sweeps with, and the lanes that do it",
}
"""Name -> why two modules have it."""

MODULES = {
    "errors": "of a formula, and of a spec",
    "layout": "of a program, and of a picture",
}
"""Module -> why there are two of its name."""


def test_no_module_has_the_name_of_another_but_for_those_with_a_reason():
    files = (path for package in ("app", "fallline", "tests/lesson_check") for path in (ROOT / package).rglob("*.py"))
    named = Counter(path.stem for path in files if not path.stem.startswith("__"))
    assert {name for name, count in named.items() if count > 1} == MODULES.keys()


def test_no_name_is_defined_twice_but_for_those_with_a_reason():
    where = defaultdict(list)
    for path in sorted(path for package in ("app", "fallline") for path in (ROOT / package).rglob("*.py")):
        for item in ast.parse(path.read_text(encoding="utf-8")).body:
            for name in _names(item, constants=ROOT / "fallline" in path.parents):
                where[name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1 and name not in ALLOWED} == {}
    assert {name for name in ALLOWED if len(where[name]) < 2} == set(), "these are defined once by now"


def _names(item: ast.stmt, *, constants: bool) -> list[str]:
    """The public names that a statement of a module defines."""
    targets: list[ast.expr] = []
    if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        targets = [ast.Name(item.name)]
    elif constants and isinstance(item, ast.Assign | ast.AnnAssign):
        targets = item.targets if isinstance(item, ast.Assign) else [item.target]
    found = [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
    return [name for name in found if not name.startswith("_")]
