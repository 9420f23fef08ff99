"""What a program is made of: names kept apart, a user's text as a comment, numbers in full, lines wrapped."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterable, Mapping, Sequence

from app.formulas.vocabulary import CONSTANTS, FUNCTIONS
from app.programs.helpers import HELPERS

WIDTH = 100
LONGEST_COMMENT = 200

_OWN = (
    "ahead", "batch", "batch_size", "began", "count", "epoch", "finite", "gradient", "inf", "isfinite", "loss", "lost",
    "math", "max_steps", "min_step_size", "name", "nan", "noise", "order", "points", "position", "quiet", "random",
    "Random", "rate", "reason", "sampling", "seed", "small", "start", "states", "step", "target_loss", "torch", "value",
)  # fmt: skip
"""Names that the programs use themselves."""

_RESERVED = frozenset((*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *_OWN, *FUNCTIONS, *CONSTANTS, *HELPERS))


def own_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Python's name for each name of a rule: the same where it is free, else with lines behind it."""
    used = {*_RESERVED, *taken}
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


def literal(value: float) -> str:
    """A number in full."""
    return repr(float(value)).replace("e+", "e")


def assigned(values: Mapping[str, str]) -> str:
    """A line for each value."""
    return "\n".join(f"{name} = {value}" for name, value in values.items())


def indented(text: str) -> str:
    """Lines one level deeper."""
    return "\n".join(f"    {line}" for line in text.split("\n"))


def wrapped(opening: str, items: Sequence[str], closing: str) -> str:
    """A list in one line where it fits, else filled up to the width, long items in lines of their own."""
    whole = f"{opening}{', '.join(items)}{closing}"
    if len(whole) <= WIDTH and "\n" not in whole:
        return whole
    lines = [""]
    for item in items:
        if lines[-1] and len(lines[-1]) + len(item) + 2 > WIDTH - 4:
            lines.append("")
        lines[-1] += f"{' ' * bool(lines[-1])}{item},"
    return "\n".join([opening, *map(indented, lines), closing])
