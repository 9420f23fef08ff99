"""What a program is made of: names kept apart, numbers in full, lines broken and indented."""

from __future__ import annotations

import builtins
import keyword
import math
from collections.abc import Iterable, Sequence

from app.formulas.nodes import Node
from app.formulas.program_functions import FUNCTION_TEXTS
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS
from app.formulas.written import written

Lines = list[str]

WIDTH = 100
LONGEST_COMMENT = 200

OWN = (
    "ahead", "batch", "batch_size", "count", "each", "end", "furthest", "gradient", "i", "inf", "loss", "main", "math",
    "max_steps", "maximum", "min_step_size", "minimum", "moved", "name", "nan", "noise", "order", "points", "position",
    "quiet", "random", "Random", "rate", "reason", "seed", "small", "sound", "start", "step", "target_loss", "torch",
    "total", "value", "where",
)  # fmt: skip
"""Names that the programs use themselves."""

RESERVED = frozenset(
    (*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *OWN, *FUNCTIONS, *CONSTANTS, *FUNCTION_TEXTS)
)


def own_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Python's name for each name of a rule: the same where it is free, else with lines behind it."""
    used = {*RESERVED, *taken}
    found: dict[str, str] = {}
    for text in wanted:
        name = text
        while name in used:
            name += "_"
        found[text] = name
        used.add(name)
    return found


def comment(text: str) -> str:
    """A text as one line of comment, whatever it holds."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return f"# {plain if len(plain) <= LONGEST_COMMENT else plain[: LONGEST_COMMENT - 3] + '...'}"


def formula(root: Node, target: str) -> str:
    """A formula as a line of comment."""
    return comment(f"{target} = {written(root)}")


def literal(value: float) -> str:
    """A number in full, as Python writes it."""
    return repr(float(value)) if math.isfinite(value) else f'float("{value}")'


def literals(values: Iterable[float]) -> str:
    """A list of numbers in full."""
    return f"[{', '.join(map(literal, values))}]"


def indented(lines: Iterable[str], levels: int = 1) -> Lines:
    """Lines so many levels deeper."""
    return [f"{'    ' * levels}{line}" if line else "" for line in lines]


def wrapped(opening: str, items: Sequence[str], closing: str) -> Lines:
    """A list in one line where it fits, else filled up to the width, long items in lines of their own."""
    whole = f"{opening}{', '.join(items)}{closing}"
    if len(whole) <= WIDTH:
        return [whole]
    lines = [""]
    for item in items:
        if lines[-1] and len(lines[-1]) + len(item) + 2 > WIDTH - 4:
            lines.append("")
        lines[-1] += f"{' ' * bool(lines[-1])}{item},"
    return [opening, *indented(lines), closing]
