"""Names of what is one's own in the catalog of this process: none can hide a built-in one."""

from __future__ import annotations

import inspect
import re
from collections.abc import Container
from typing import Any

from fallline.optimizers import OPTIMIZERS
from fallline.problems import SURFACES
from fallline.spec.fields import LABEL, OWN_PREFIX


def own_name(text: str) -> str:
    """The name of what its author calls so: `own.` and its letters, digits and _."""
    return OWN_PREFIX + (re.sub(r"\W+", "_", text).strip("_") or "nameless")


def free_name(name: str, taken: Container[str]) -> str:
    """The name, with the first number behind it that makes it another than those taken."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def own_label(label: str | None, title: str, source: str = "") -> str:
    """How it is called: as given, else by its title, with where it comes from in brackets where that tells it apart.

    Raises: SpecError, a label is given that cannot be shown.
    """
    if label is not None:
        return str(LABEL.check(label))
    built_in = {each.label.casefold() for each in OPTIMIZERS.values() if not each.own}
    built_in |= {each.label.casefold() for each in SURFACES.values()}
    tell = source or ("own" if title.casefold() in built_in else "")
    return f"{title[:28]} ({tell})" if tell else title[:40]


def title_of(code: Any) -> str:
    """What the author of some code calls it; what has no name of its own is a `step`."""
    return str(getattr(code, "__name__", type(code).__name__)).replace("<lambda>", "step")


def place_of(code: Any) -> str:
    """The file and the line of somebody's code, as `my_optimizers.py, line 9`; empty where these are not known."""
    try:
        file, (_, first) = inspect.getsourcefile(code), inspect.getsourcelines(code)
    except (OSError, TypeError):
        return ""
    return f"{str(file).replace(chr(92), '/').rpartition('/')[2]}, line {max(first, 1)}"


def definition_of(code: Any) -> tuple[str, str]:
    """The module and the name of somebody's code: the same when a cell of a notebook is run again."""
    return str(getattr(code, "__module__", "")), str(getattr(code, "__qualname__", ""))


def first_line(code: Any) -> str:
    """The first line of the docstring of somebody's code; empty where it has none of its own."""
    text = inspect.cleandoc(getattr(code, "__doc__", None) or "")
    return text.splitlines()[0] if text else ""
