"""Sentences made of a template and values, so that whoever has the values can say the same in other words."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from string import Formatter
from typing import Any

from fallline.hyperparameters import Interval

Template = str | tuple[str, ...]
"""A text with its values in braces. Of several texts, joined, one is left out where a value of it is missing.

Behind a value's name may stand how it is said: `{limit:entry|entries}` counts, `{what:a}` has an article before it,
`{columns:and}` lists the last with an "and", `{nearest:or}` with an "or", and `{range:range}` is in words what
`range_values` gives.
"""

JOINER = "\u200d"
"""Makes one emoji of two; Python counts it as unprintable."""


def is_printable(text: str) -> bool:
    """Whether a text can be shown and neither act nor turn around, joined emoji too."""
    return text.replace(JOINER, "").isprintable()


def sentence(template: Template, values: Mapping[str, Any]) -> str:
    """The sentence that a template says of values. Raises: KeyError where it is one text and lacks a value."""
    if isinstance(template, str):
        said = ((text, "" if name is None else _said(values[name], way or "")) for text, name, way in _parts(template))
        return "".join(chain.from_iterable(said))
    return "".join(sentence(part, values) for part in template if names_in(part) <= values.keys())


def names_in(template: Template) -> set[str]:
    """The names of the values in a template."""
    text = template if isinstance(template, str) else "".join(template)
    return {name for _, name, _ in _parts(text) if name}


@lru_cache(maxsize=256)
def _parts(template: str) -> tuple[tuple[str, str | None, str | None], ...]:
    """Each text before a value, the name of the value, and how it is said; None for the text at the end."""
    return tuple((before, name, way) for before, name, way, _ in Formatter().parse(template))


def range_values(allowed: Interval, whole: bool = False) -> dict[str, Any]:
    """An interval as JSON: its ends, null where there is none, and whether only whole numbers are in it."""
    low, high = (end if math.isfinite(end) else None for end in (allowed.low, allowed.high))
    return {
        "low": low, "high": high, "low_open": allowed.low_open, "high_open": allowed.high_open, "whole": whole,
    }  # fmt: skip


def _range_text(low: float | None, high: float | None, low_open: bool, high_open: bool, whole: bool) -> str:
    kind = "a whole number" if whole else "a finite number"
    if low is None and high is None:
        return kind
    interval = Interval(-math.inf if low is None else low, math.inf if high is None else high, low_open, high_open)
    return f"{kind}{',' * whole} {interval}"


def _said(value: Any, way: str) -> str:
    if way == "range":
        return _range_text(**value)
    if way == "a":
        return f"{'an' if value[0] in 'aeiou' else 'a'} {value.replace('_', ' ')}"
    if way in ("and", "or"):
        *most, last = map(_text, value)
        return f" {way} ".join(filter(None, (", ".join(most), last)))
    if "|" in way:
        one, many = way.split("|")
        return f"{value} {one if value == 1 else many}"
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        if any(isinstance(part, Mapping) for part in value.values()):
            return "; ".join(f"{name} {_text(part)}" for name, part in value.items())
        return ", ".join(f"{name} {_text(part)}".replace("_", " ") for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


MOST_NAMED = 6


def few_names(names: Sequence[str]) -> list[str]:
    """The names of parameters, the middle ones left out where there are many."""
    return list(names) if len(names) <= MOST_NAMED else [*names[:3], "...", names[-1]]
