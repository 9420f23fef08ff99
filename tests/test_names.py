"""One word, one thing: no public function or class of Python is defined under one name in two modules."""

from __future__ import annotations

import ast
from collections import defaultdict
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


def test_no_name_is_defined_twice_but_for_those_with_a_reason():
    where = defaultdict(list)
    for path in sorted(path for package in ("app", "fallline") for path in (ROOT / package).rglob("*.py")):
        for item in ast.parse(path.read_text(encoding="utf-8")).body:
            is_named = isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if is_named and not item.name.startswith("_"):
                where[item.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1 and name not in ALLOWED} == {}
    assert {name for name in ALLOWED if len(where[name]) < 2} == set(), "these are defined once by now"
