"""The names of own optimizers and losses in the catalog of this process. None can hide a built-in name."""

from __future__ import annotations

import inspect
import re
from collections.abc import Container
from typing import Any

from fallline.optimizers import OPTIMIZERS
from fallline.problems import SURFACES
from fallline.spec.fields import LABEL, OWN_PREFIX


def own_name(text: str) -> str:
    """The name in the catalog of something with the name `text`: `own.`, then the letters, digits and _ of the text."""
    return OWN_PREFIX + (re.sub(r"\W+", "_", text).strip("_") or "nameless")


def free_name(name: str, taken: Container[str]) -> str:
    """The name; if it is taken, followed by the smallest number from 2 on that makes it free."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def own_label(label: str | None, title: str, source: str = "") -> str:
    """The label of something of one's own: the given one, or its title.

    A title is followed by its source in brackets, if there is one; by "(own)" if something built in has that label.

    Raises: SpecError, if the given label cannot be shown.
    """
    if label is not None:
        return str(LABEL.check(label))
    built_in = {optimizer.label.casefold() for optimizer in OPTIMIZERS.values() if not optimizer.own}
    built_in |= {surface.label.casefold() for surface in SURFACES.values()}
    tell = source or ("own" if title.casefold() in built_in else "")
    return f"{title[:28]} ({tell})" if tell else title[:40]


def title_of(code: Any) -> str:
    """The name that the author gives a function or class; `step` for a lambda."""
    return str(getattr(code, "__name__", type(code).__name__)).replace("<lambda>", "step")


def place_of(code: Any) -> str:
    """The file and the line of somebody's code, as `my_optimizers.py, line 9`; empty if they are not known."""
    try:
        file, (_, first) = inspect.getsourcefile(code), inspect.getsourcelines(code)
    except (OSError, TypeError):
        return ""
    return f"{str(file).replace(chr(92), '/').rpartition('/')[2]}, line {max(first, 1)}"


def definition_of(code: Any) -> tuple[str, str]:
    """The module and the name of somebody's code, which stay the same when a cell of a notebook is run again."""
    return str(getattr(code, "__module__", "")), str(getattr(code, "__qualname__", ""))


def first_line(code: Any) -> str:
    """The first line of the docstring of somebody's code; empty if it has none."""
    text = inspect.cleandoc(getattr(code, "__doc__", None) or "")
    return text.splitlines()[0] if text else ""
