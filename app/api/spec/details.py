"""What stands behind the names of runs where they are shown together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Told = Mapping[str, Any]
Print = Callable[[float], str]

RATE = "learning_rate"
UNSAID = ("label", "name", "rule", "initial")
"""What is the name already, or too long to stand behind one."""


def details(runs: Sequence[Told], chosen: Print) -> list[str]:
    """What stands behind the name of each run: its learning rate, and what tells it from others that look the same.

    Args:
        runs: optimizers with every value in force; chosen: prints a number.
    """
    return [", ".join(_details(run, runs, chosen)) for run in runs]


def _details(run: Told, runs: Sequence[Told], chosen: Print) -> Iterator[str]:
    yield chosen(run[RATE])
    twins = [other for other in runs if other is not run and _looks(other) == _looks(run)]
    differing = (key for key in run if key not in UNSAID and any(other.get(key) != run[key] for other in twins))
    key = next(differing, None)
    if key:
        yield _said(key, run[key], chosen)


def _looks(run: Told) -> tuple[Any, ...]:
    return run["label"], run[RATE]


def _said(key: str, value: Any, chosen: Print) -> str:
    if isinstance(value, Mapping):
        return str(value["name"]).replace("_", " ")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{key.replace('_', ' ')} {chosen(value) if number else value}"
