"""One word, one thing: no public function or class is defined under one name in two modules, nor has a module the name of
another.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "Edge": "what a sweep computes, and what its reader reads of a reply",
    "End": "how a run ended, and the event that tells it to a client",
    "Gap": "as Edge",
    "Run": "what is run, and what its reader reads of a reply",
    "Step": "a step as it was taken, and the reply that has its working",
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
            is_named = isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if is_named and not item.name.startswith("_"):
                where[item.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1 and name not in ALLOWED} == {}
    assert {name for name in ALLOWED if len(where[name]) < 2} == set(), "these are defined once by now"
