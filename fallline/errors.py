"""Errors of a spec, each with a sentence that lets the reader correct it: the field, what is allowed, and what came.

An error is a code of `ERRORS` with the values of its sentence. The code that finds it raises a `SpecError`, with the
location relative to what it checks; callers prepend their part of the location (`located`).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import islice
from typing import Any

from pydantic import ValidationError

from fallline.formulas.errors import FormulaError, fault_text
from fallline.hyperparameters import Interval
from fallline.sentences import Template, names_in, range_values, sentence
from fallline.types import Described

_NEAREST = ("; the nearest: {nearest}", "; allowed: {allowed}")

ERRORS: Mapping[str, Template] = {
    # names
    "missing": ("is required", ", one of {allowed}"),
    "missing_hyperparameter": "is required, a finite number: the rule reads {name} and never assigns it",
    "missing_plane": "is required, two parameters as w1_1_1,w2_1_2, where no run tells the plane",
    "missing_change": "must have a value that changes, or the name of another optimizer",
    "unknown_field": ("is not a field here", *_NEAREST),
    "unknown_state": ("is not a state of the rule", *_NEAREST),
    "unknown_key": ("is not a key of the query", *_NEAREST, "; the spec is the {spec}"),
    "no_keys": "is not a key of the query: this address takes none",
    "unknown_name": ("is not {what:a}", *_NEAREST, "; got {got}"),
    "not_a_name": "must be the name of {what:a}; got {got}",
    "duplicate": "stands twice: give it once",
    "both_given": "stands beside {other}: give the one or the other",
    "not_exactly_one": "must be exactly one of {allowed}; got {got}",
    "name_taken": 'reads "{name}" as a name of its own, which is a setting of every run; choose another name',
    "not_in_a_change": "belongs to the run whole, not to a change of it",
    # kinds of values
    "not_an_object": "must be an object in braces; got {got}",
    "not_a_list": "must be a list in brackets; got {got}",
    "not_a_text": "must be a text; got {got}",
    "not_a_boolean": "must be true or false; got {got}",
    "not_a_number": "must be {range:range}; got {got}",
    "not_a_number_or_formula": "must be a finite number or a formula; got {got}",
    "not_finite": "must be a finite number, at most 1.8e308; got {got}",
    "not_whole": "must be {range:range}; got {got}",
    "wrong_value": "is nothing that this field takes; got {got}",
    "wrong_label": "must be a text of 1 to {limit} printable characters; got {got}",
    "invisible_label": "must have a character that can be seen; got {got}",
    "formula_syntax": "is not a formula: {fault}",
    "not_fields": "must be {form}; got {got}",
    "needs_spec": "cannot be written in an address: send the whole spec as spec=, base64url of its JSON",
    "not_base64": "must be base64url of the spec's JSON; got {got}",
    "not_json": "is not JSON: {problem} (line {line}, column {column})",
    "not_utf8": "is not JSON: its bytes are no UTF-8; send JSON in UTF-8, not compressed",
    "empty": "is empty; a JSON object is expected",
    # amounts
    "out_of_range": "must be {range:range}; got {got}",
    "not_above": "must be above {low}, which is {other}; got {got}",
    "empty_interval": "must be a low end and a higher one, further apart than rounding; got {got}",
    "too_many": "may have at most {limit:entry|entries}, and has {count}",
    "too_few": "must have at least {limit:entry|entries}, and has {count}",
    "wrong_count": "must be {count:number|numbers} ({names}); got {got}",
    "wrong_axes": "must be [low, high] for each of {names}; got {got}",
    "network_too_large": "may give at most {limit} weights and biases, and {got} gives {count}",
    "batch_too_large": "must be at most {limit}, the points; got {got}",
    # what does not go together
    "only_for_data": "is for data, and this problem has none; got {got}",
    "only_for_networks": "is for a network of more than {limit} parameters; got {got}",
    "only_for_seeds": "is for a sweep over seeds; got {got}",
    "not_turned": "is for a loss of two parameters that is a quadratic, of which every step sees all",
    "seeds_follow": "is not for seeds, which follow one another: give from and count alone; got {got}",
    "not_a_label": "must be 0 or 1, the labels of a classification; got {got}",
    "needs_labels": "takes the labels 0 and 1, and the targets of {dataset} are numbers; got {got}",
    "needs_noise": (
        "must be above 0: {optimizer} is only itself with samples or noise, and here is no data to sample; got {got}"
    ),
    "needs_sampling": "must be a number: {optimizer} without samples or noise is gradient descent; got {got}",
    "needs_batch_size": "needs a batch_size to draw: every step sees all points; got {got}",
    "needs_all_data": "is not for {optimizer}, which needs the loss and gradient of all data as they are; got {got}",
    "rate_read_once": "must be constant for {optimizer}, which reads its learning rate at the start alone; got {got}",
    "no_hessian": "needs second derivatives, for which a network has no formulas here; got {got}",
    "no_rule": "steps by a method that is no rule, of which there is no {what}; got {got}",
    "recorded_elsewhere": (
        "is a path recorded on the plane of {surface}, and can be shown on no other problem; got {got}"
    ),
    "recorded_only": (
        "is a recorded path, which is shown as it was: it cannot be run anew, changed on the way, swept or tuned; "
        "got {got}"
    ),
    "needs_map": "is for problems of at most {limit} parameters, and this one has {count}; got {got}",
    "same_parameter": "must be two different parameters; got {got}",
    "start_not_finite": (
        "is no place to start from: the loss at ({at}) is {loss}; a run needs a start where it is finite, within 1e100"
    ),
    "own_not_here": (
        "is {name}, code of somebody's own, which this process does not have (it has {own}): start it with the file "
        "that makes this {what}, as fallline --with FILE, or make it before in the same program"
    ),
    "start_fault": "is no place to start from: fault in {where}: {error}",
    "past_the_end": "must be at most {limit}, where the run ends ({stop_reason}); got {got}",
    "no_step": "asks for a step of a run that has none, as it ends at its start ({stop_reason}); got {got}",
    "program_too_deep": "has a gradient that is nested deeper in brackets than Python reads: take fewer factors",
    # how much may be asked for
    "work_too_large": (
        "may be at most {limit} steps: one step of all the runs takes about {cost} operations; got {got}"
    ),
    "too_many_numbers": "gives more than {limit} numbers in a reply: ask for at most {steps} steps; got {got}",
    "unreadable": ("could not be read", ": {problem}"),
}
"""Code -> the template of the words that follow the name of the field."""

HINTS: Mapping[str, str] = {
    "plus": "in an address a + is written %2B: a bare one arrives as a space",
    "space": "leave out the space",
    "quotes": "leave out the quotes",
}
"""The code of a hint, for a text that was meant as a number or a formula -> how to correct it."""

OF_PYDANTIC: Mapping[str, str] = {
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "not_an_object"),
    "list_type": "not_a_list",
    "string_type": "not_a_text",
    **dict.fromkeys(("bool_type", "bool_parsing"), "not_a_boolean"),
    **dict.fromkeys(("int_parsing", "int_type"), "not_a_number"),
    **dict.fromkeys(("greater_than_equal", "less_than_equal"), "out_of_range"),
    "too_long": "too_many",
    "too_short": "too_few",
}
"""A code of pydantic -> the code of this project; any other code becomes `wrong_value`."""


def error_text(template: Template, values: Mapping[str, Any]) -> str:
    """The words of an error that follow the name of the field."""
    fault = {"fault": fault_text(values)} if "fault" in names_in(template) else {}
    words = sentence(template, {**values, **fault})
    if "hint" not in values:
        return words
    hint = HINTS[values["hint"]]
    return f"has a space in place of a sign: {hint}; so it {words}" if fault else f"{words} ({hint})"


Loc = tuple[str | int, ...]

MOST_QUOTED = 60
"""The most characters of a wrong value that a message repeats."""

MOST_ERRORS = 20
"""The most errors of one request that are reported."""

WANT_A_NUMBER = {"not_a_number", "out_of_range"}
"""Codes of errors where a number was expected."""

_LOST_PLUS = re.compile(r"[\w.)] +[\w.(]", re.ASCII)
"""Matches two operands, or the halves of a number, with only a space between them."""

_NUMBER = re.compile(r"[+-]?(\d{1,300}\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
"""Matches a finite number."""

Error = dict[str, Any]
"""One error in the form of pydantic: its `type`, `loc`, `input`, and its values as `ctx`.

It has a `template` if its code is not in `ERRORS`.
"""


class FallLineError(Exception):
    """The base of all errors of this library; its text says in sentences why there is no result."""


@dataclass(frozen=True)
class Complaint(Described):
    """One error of a request."""

    loc: tuple[str | int, ...]
    """The location of the wrong value, such as `("body", "optimizers", 0, "beta")`."""
    msg: str
    """A sentence that names the field, what is allowed, and what came."""
    type: str
    """The code of the error, which is permanent."""
    ctx: Mapping[str, Any]
    """The values of the sentence, for clients that write their own."""


class SpecError(FallLineError, ValueError):
    """One or several errors of a spec, or of a request for it.

    Its text has a sentence for each error; `complaints` has them one by one. If a validator raises it, pydantic adds
    the location.

    Args:
        code: of the error; loc: its location, relative to what is checked.
        value: the wrong value; if it is left out, the value that the validator was given.
        values: the values of the sentence; `got` is by default `value`.
    """

    def __init__(self, code: str, loc: Loc = (), value: object = ..., /, **values: Any) -> None:
        super().__init__(code)
        came = {} if value is ... else {"input": value}
        self._errors: list[Error] = [{"type": code, "loc": loc, "ctx": values, **came}]

    @classmethod
    def for_all(cls, errors: Iterable[Error]) -> SpecError:
        """An exception for several errors."""
        whole = cls("several")
        whole._errors = list(errors)
        return whole

    def errors(self) -> list[Error]:
        """The errors, each with its location."""
        return self._errors

    @cached_property
    def complaints(self) -> tuple[Complaint, ...]:
        """The errors one by one, each with its location, its sentence, its code and the values of the sentence."""
        return tuple(complaints(self))

    def __str__(self) -> str:
        return "\n".join(complaint.msg for complaint in self.complaints)


class ServerError(FallLineError):
    """The server cannot be reached, is too busy, or failed.

    Args: status: the HTTP status of its last answer; None if it did not answer.
    """

    def __init__(self, sentence: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(sentence)


class RefusedByServerError(SpecError):
    """A spec that a server has refused, with the complaints of its reply."""

    def __init__(self, detail: Iterable[Mapping[str, Any]]) -> None:
        super().__init__("several")
        self.complaints = tuple(
            Complaint(tuple(error["loc"]), error["msg"], error["type"], error["ctx"]) for error in detail
        )


def errors_of(fault: Any, place: Loc = (), value: object = None) -> Iterator[Error]:
    """The errors of an exception: of a `FormulaError`, a `SpecError` or a `ValidationError`.

    Args: place: the location to prepend; value: the wrong value, if the exception does not have it.
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
    """Raise errors again with `place` prepended to their location: `beta` becomes `changes[0].beta`.

    Args: value: the wrong value, for errors that do not have it.
    """
    try:
        yield
    except (SpecError, FormulaError, ValidationError) as fault:
        raise SpecError.for_all(errors_of(fault, place, value)) from None


def quoted(value: object) -> str:
    """A wrong value as JSON in ASCII, shortened; it is safe to show and to log."""
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        text = json.dumps(type(value).__name__)
    if len(text) <= MOST_QUOTED:
        return text
    tail = '"' if text.startswith('"') else ""
    return f"{text[: MOST_QUOTED - 3]}...{tail}"


def printable_name(text: str) -> str:
    """A name of a request in printable ASCII, shortened."""
    return quoted(text)[1:-1]


def known_names(name: str, names: Iterable[str]) -> dict[str, list[str]]:
    """The values of an error about a name that is not in `names`: the most similar, `nearest`, or all, `allowed`."""
    known, start = list(names), name.lower()[:MOST_QUOTED]
    longer = [name for name in known if start and name.startswith(start)]
    near = list(dict.fromkeys([*longer, *get_close_matches(start, known, n=3, cutoff=0.55)]))
    if near and len(near) < len(known):
        return {"nearest": near}
    return {"allowed": near or known} if known else {}


def field_path(loc: Sequence[str | int]) -> str:
    """The text of a location: ("body", "optimizers", 0, "beta") becomes "optimizers[0].beta"."""
    if not loc:
        return "it"
    where, *fields = loc
    if not fields:
        return f"the {where}"
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{printable_name(part)}" for part in fields)
    return text.removeprefix(".") or '""'


def complaints(fault: Any) -> list[Complaint]:
    """The errors of an exception one by one, at most `MOST_ERRORS`."""
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
    """The values of an error whose code is pydantic's. Pydantic does not count the entries of too long an object."""
    limit = context.get("max_length", context.get("min_length"))
    if limit is not None:
        return {"limit": limit, "count": context["actual_length"] or len(error["input"])}
    if OF_PYDANTIC.get(error["type"]) in WANT_A_NUMBER:
        return {"range": range_values(Interval(context.get("ge", -math.inf), context.get("le", math.inf)), whole=True)}
    return {}


def _hint(code: str, error: Error) -> dict[str, str]:
    """A hint on how to correct a text that was meant as a number or a formula; empty if there is none."""
    came, loc = error.get("input"), error["loc"]
    if not isinstance(came, str):
        return {}
    as_key = loc[:1] == ("query",) and loc[1:2] != ("spec",)
    if as_key and code in {*WANT_A_NUMBER, "formula_syntax"} and _LOST_PLUS.search(came):
        return {"hint": "plus"}
    bare = came.strip("\"' ") if as_key else came.strip()
    if code not in WANT_A_NUMBER or not _NUMBER.fullmatch(bare):
        return {}
    if came != came.strip():
        return {"hint": "space"}
    return {"hint": "quotes"} if not as_key or bare != came else {}
