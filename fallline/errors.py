"""What went wrong, said so that the reader can put it right: the field, what is allowed there, what came.

An error is a code of `error_codes.ERRORS` with the values of its sentence. Whatever finds one raises a `SpecError`, at
the place of what it looks at; those who know where that stands add their part of the way.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any

from pydantic import ValidationError

from fallline.error_codes import ERRORS, OF_PYDANTIC, error_text
from fallline.formulas import FormulaError
from fallline.hyperparameters import Interval
from fallline.sentences import names_in, range_values
from fallline.types import Described

Loc = tuple[str | int, ...]

MOST_QUOTED = 60
"""Characters of a wrong value that a message repeats."""

MOST_ERRORS = 20
"""Wrong fields of one request that are told."""

NUMBERS = {"not_a_number", "out_of_range"}
"""Codes of errors where a number was expected."""

_LOST_PLUS = re.compile(r"[\w.)] +[\w.(]", re.ASCII)
"""Two operands, or the halves of a number, with nothing but a space between them."""

_NUMBER = re.compile(r"[+-]?(\d{1,300}\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
"""A number that is finite."""

Error = dict[str, Any]
"""One thing that is wrong, as pydantic has it: its `type`, `loc`, `input` and, as `ctx`, its values.

A `template` is that of a code which is none of `ERRORS`.
"""


class FallLineError(Exception):
    """Why there is no result, in sentences."""


@dataclass(frozen=True)
class Complaint(Described):
    """One thing that is wrong: where, what is allowed and what came."""

    loc: tuple[str | int, ...]
    """Its place, as `("body", "optimizers", 0, "beta")`."""
    msg: str
    """The sentence, which names the field, what is allowed and what came."""
    type: str
    """A code that does not change."""
    ctx: Mapping[str, Any]
    """The values of the sentence, from which it can be said in other words."""


class SpecError(FallLineError, ValueError):
    """What is wrong with a spec, or with what is asked of it: one thing or several.

    Its text has a sentence for each, and `complaints` has them one by one. To what a validator raises pydantic adds
    the place.

    Args:
        code: of the error; loc: its place, within what is looked at.
        value: what came; where nothing is said, what the validator was given.
        values: those of the sentence; `got` is `value` where nothing else is said.
    """

    def __init__(self, code: str, loc: Loc = (), value: object = ..., /, **values: Any) -> None:
        super().__init__(code)
        came = {} if value is ... else {"input": value}
        self._errors: list[Error] = [{"type": code, "loc": loc, "ctx": values, **came}]

    @classmethod
    def for_all(cls, errors: Iterable[Error]) -> SpecError:
        """One for several errors."""
        whole = cls("several")
        whole._errors = list(errors)
        return whole

    def errors(self) -> list[Error]:
        """The errors, each at its place."""
        return self._errors

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """What is wrong, one by one, each with its sentence, its code and the values of the sentence."""
        return tuple(complaints(self))

    def __str__(self) -> str:
        return "\n".join(each.msg for each in self.complaints)


class ServerError(FallLineError):
    """The server cannot be reached, is too busy, or failed.

    Args: status: of its last answer; None where none came.
    """

    def __init__(self, sentence: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(sentence)


class RefusedByServerError(SpecError):
    """A spec that a server has refused, with the complaints of its reply."""

    def __init__(self, detail: Iterable[Mapping[str, Any]]) -> None:
        super().__init__("several")
        self._told = tuple(Complaint(tuple(each["loc"]), each["msg"], each["type"], each["ctx"]) for each in detail)

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """Those of the reply."""
        return self._told


def errors_of(fault: Any, place: Loc = (), value: object = None) -> Iterator[Error]:
    """The errors that a fault of a formula or of pydantic's kind tells, below a place.

    Args: value: what came, where they do not say it.
    """
    if isinstance(fault, FormulaError):
        yield {"type": "formula_syntax", "loc": place, "input": value, "ctx": fault.values}
        return
    for error in fault.errors():
        loc, came = (*place, *error["loc"]), error.get("input", value)
        cause = (error.get("ctx") or {}).get("error")
        if isinstance(cause, SpecError | FormulaError | ValidationError):
            yield from errors_of(cause, loc, came)
        else:
            yield {**error, "loc": loc, "input": came}


@contextmanager
def located(*place: str | int, value: object = None) -> Iterator[None]:
    """Move the errors raised within to a place further in, where `value` came: of `beta` to `changes[0].beta`."""
    try:
        yield
    except (SpecError, FormulaError, ValidationError) as fault:
        raise SpecError.for_all(errors_of(fault, place, value)) from None


def quoted(value: object) -> str:
    """The value that came, as JSON in ASCII, shortened: safe to show and to log."""
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        text = json.dumps(type(value).__name__)
    if len(text) <= MOST_QUOTED:
        return text
    tail = '"' if text.startswith('"') else ""
    return f"{text[: MOST_QUOTED - 3]}...{tail}"


def printable_name(text: str) -> str:
    """A name that came, in printable ASCII and shortened."""
    return quoted(text)[1:-1]


def known_names(name: str, names: Iterable[str]) -> dict[str, list[str]]:
    """Of an error about a name that is not in `names`: the `nearest`, best first, or all `allowed`."""
    known, start = list(names), name.lower()[:MOST_QUOTED]
    longer = [each for each in known if start and each.startswith(start)]
    near = list(dict.fromkeys([*longer, *get_close_matches(start, known, n=3, cutoff=0.55)]))
    if near and len(near) < len(known):
        return {"nearest": near}
    return {"allowed": near or known} if known else {}


def field_path(loc: Sequence[str | int]) -> str:
    """A field's place in words of the spec: ("body", "optimizers", 0, "beta") is "optimizers[0].beta"."""
    if not loc:
        return "it"
    where, *fields = loc
    if not fields:
        return f"the {where}"
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{printable_name(part)}" for part in fields)
    return text.removeprefix(".") or '""'


def complaints(fault: Any) -> list[Complaint]:
    """Everything that is wrong, one by one."""
    return [_complaint_of(error) for error in islice(errors_of(fault), MOST_ERRORS)]


def _complaint_of(error: Error) -> Complaint:
    code, loc, values = error["type"], error["loc"], dict(error.get("ctx") or {})
    template = error.get("template", ERRORS.get(code))
    if template is None:
        code, values = OF_PYDANTIC.get(code, "wrong_value"), _values_of_pydantic(error, values)
        template = ERRORS[code]
    if "got" in names_in(template):
        values.setdefault("got", quoted(error.get("input")))
    values |= _hint(code, error)
    shown = tuple(printable_name(part) if isinstance(part, str) else part for part in loc)
    return Complaint(shown, f"{field_path(loc)} {error_text(template, values)}", code, values)


def _values_of_pydantic(error: Error, context: Mapping[str, Any]) -> dict[str, Any]:
    """The values of this project's code for one of pydantic's, which does not count an object it found too long."""
    limit = context.get("max_length", context.get("min_length"))
    if limit is not None:
        return {"limit": limit, "count": context["actual_length"] or len(error["input"])}
    if OF_PYDANTIC.get(error["type"]) in NUMBERS:
        return {"range": range_values(Interval(context.get("ge", -math.inf), context.get("le", math.inf)), whole=True)}
    return {}


def _hint(code: str, error: Error) -> dict[str, str]:
    """How to mend a text that was meant as a number or a formula; empty where nothing is known."""
    came, loc = error.get("input"), error["loc"]
    if not isinstance(came, str):
        return {}
    as_key = loc[:1] == ("query",) and loc[1:2] != ("spec",)
    if as_key and code in {*NUMBERS, "formula_syntax"} and _LOST_PLUS.search(came):
        return {"hint": "plus"}
    bare = came.strip("\"' ") if as_key else came.strip()
    if code not in NUMBERS or not _NUMBER.fullmatch(bare):
        return {}
    if came != came.strip():
        return {"hint": "space"}
    return {"hint": "quotes"} if not as_key or bare != came else {}
