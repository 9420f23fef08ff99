"""What went wrong, said so that the reader can put it right: the field, what is allowed there, what came.

An error is a code of `error_codes.ERRORS` with the values of its sentence. Whatever finds one raises `Refused`, at the
place of what it looks at; those who know where that stands add their part of the way.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from http import HTTPStatus
from itertools import islice
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.api import counts
from app.api.error_codes import ERRORS, OF_PYDANTIC, STATUSES, error_text, takes_what_came
from app.formulas import FormulaError
from app.hyperparameters import Interval
from app.sentences import range_values

Loc = tuple[str | int, ...]

Place = Callable[[Loc], Loc]
"""The place in a request of a field of the spec, which in an address stands under a key of another name."""

LOG = logging.getLogger("fallline.api")

MOST_QUOTED = 60
"""Characters of a wrong value that a message repeats."""

MOST_ERRORS = 20
"""Wrong fields of one request that are told."""

NUMBERS = {"not_a_number", "out_of_range"}
"""Codes of errors where a number was expected."""

METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")

DEEPEST = 50
"""Levels of lists and objects in each other up to which a message repeats what came."""

_LOST_PLUS = re.compile(r"[\w.)] +[\w.(]", re.ASCII)
"""Two operands, or the halves of a number, with nothing but a space between them."""

_NUMBER = re.compile(r"[+-]?(\d{1,300}\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
"""A number that is finite."""

Error = Mapping[str, Any]
"""One thing that is wrong, as pydantic has it: its `type`, `loc`, `input` and, as `ctx`, its values."""


class Refused(ValueError):  # noqa: N818 (the request is, by whatever is wrong with it)
    """What is wrong with a request: one thing or several. To what a validator raises pydantic adds the place.

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
    def for_all(cls, errors: Iterable[Error]) -> Refused:
        """One for several errors."""
        refused = cls("several")
        refused._errors = list(errors)
        return refused

    def errors(self) -> list[Error]:
        """The errors, each at its place."""
        return self._errors


Fault = Refused | FormulaError | ValidationError | RequestValidationError
"""What says that something is wrong with a request."""


def errors_of(fault: Fault, place: Loc = (), value: object = None) -> Iterator[Error]:
    """The errors that something tells, below a place; `value` came where they do not say what did."""
    if isinstance(fault, FormulaError):
        yield {"type": "formula_syntax", "loc": place, "input": value, "ctx": fault.values}
        return
    for error in fault.errors():
        loc, came = (*place, *error["loc"]), error.get("input", value)
        cause = (error.get("ctx") or {}).get("error")
        if isinstance(cause, Fault):
            yield from errors_of(cause, loc, came)
        else:
            yield {**error, "loc": loc, "input": came}


@contextmanager
def located(*place: str | int, value: object = None) -> Iterator[None]:
    """Move the errors raised within to a place further in, where `value` came: of `beta` to `changes[0].beta`."""
    try:
        yield
    except (Refused, FormulaError, ValidationError) as fault:
        raise Refused.for_all(errors_of(fault, place, value)) from None


class ClientLeftError(Exception):
    """Nobody is there any more to read the response."""


def quoted(value: object) -> str:
    """The value that came, as JSON in ASCII, shortened: safe to show and to log."""
    if _is_deep(value):
        return f"{'an object' if isinstance(value, Mapping) else 'a list'} nested more than {DEEPEST} deep"
    try:
        text = json.dumps(value)
    except (TypeError, ValueError):
        text = json.dumps(str(type(value).__name__))
    if len(text) <= MOST_QUOTED:
        return text
    tail = '"' if text.startswith('"') else ""
    return f"{text[: MOST_QUOTED - 3]}...{tail}"


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def escaped(text: str) -> str:
    """A name that came, in printable ASCII and shortened."""
    return quoted(text)[1:-1]


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The names most like `name`, best first; all of them when none is like it."""
    known, start = list(names), name.lower()[:MOST_QUOTED]
    longer = [each for each in known if start and each.startswith(start)]
    close = get_close_matches(start, known, n=3, cutoff=0.55)
    return list(dict.fromkeys([*longer, *close])) or known


def known_names(name: str, names: Iterable[str]) -> dict[str, list[str]]:
    """Of an error about a name that is not in `names`: the `nearest`, or all `allowed` when none is like it."""
    known = list(names)
    near = nearest(name, known)
    if not near:
        return {}
    return {"nearest": near} if len(near) < len(known) else {"allowed": near}


def field_path(loc: Sequence[str | int]) -> str:
    """A field's place in words of the spec: ("body", "optimizers", 0, "beta") is "optimizers[0].beta"."""
    where, *fields = loc
    if not fields:
        return f"the {where}"
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{escaped(part)}" for part in fields)
    return text.removeprefix(".") or '""'


def _shown(loc: Sequence[str | int]) -> list[str | int]:
    """A place whose names are safe to show: an unknown one came with the request."""
    return [escaped(part) if isinstance(part, str) else part for part in loc]


def complaint(loc: Loc, code: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """One thing that is wrong, as this API tells it; it is counted by its code."""
    counts.REFUSALS.labels(code).inc()
    return {"loc": _shown(loc), "msg": f"{field_path(loc)} {error_text(code, values)}", "type": code, "ctx": values}


def complaints(fault: Fault, place: Place = lambda loc: loc) -> list[dict[str, Any]]:
    """Everything that is wrong, as this API tells it, each at the `place` where it stood in the request."""
    errors = islice(errors_of(fault), MOST_ERRORS)
    return [_complaint_of({**error, "loc": place(tuple(error["loc"]))}) for error in errors]


def _complaint_of(error: Error) -> dict[str, Any]:
    code, values = error["type"], dict(error.get("ctx") or {})
    if code not in ERRORS:
        code, values = OF_PYDANTIC.get(code, "wrong_value"), _values_of_pydantic(error, values)
    if takes_what_came(code):
        values.setdefault("got", quoted(error.get("input")))
    return complaint(error["loc"], code, values | _hint(code, error))


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
    as_key = loc[0] == "query" and loc[1:2] != ("spec",)
    if as_key and code in {*NUMBERS, "formula_syntax"} and _LOST_PLUS.search(came):
        return {"hint": "plus"}
    bare = came.strip("\"' ") if as_key else came.strip()
    if code not in NUMBERS or not _NUMBER.fullmatch(bare):
        return {}
    if came != came.strip():
        return {"hint": "space"}
    return {"hint": "quotes"} if not as_key or bare != came else {}


def status_of(fault: Refused | RequestValidationError) -> tuple[int, Mapping[str, str]]:
    """The status of the response that tells it, and its headers."""
    return STATUSES.get(fault.errors()[0]["type"], (422, {}))


def refused_response(fault: Refused | RequestValidationError, place: Place) -> JSONResponse:
    """422, or the status of an error that has one of its own: everything that is wrong with a request."""
    status, headers = status_of(fault)
    return JSONResponse({"detail": complaints(fault, place)}, status, headers)


async def handle_unrouted(request: Request, error: Exception) -> JSONResponse:
    """What Starlette refuses by itself (404, 405), in the same shape."""
    assert isinstance(error, HTTPException)
    headers, path = dict(error.headers or {}), quoted(request.url.path)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        methods = [method for method in METHODS if _takes(request, method)]
        headers["Allow"] = ", ".join(methods)
        values = {"path": path, "allowed": methods, "got": request.method}
        detail = [complaint(("path",), "method_not_allowed", values)]
    else:
        detail = [complaint(("path",), "not_found", {"got": path})]
    return JSONResponse({"detail": detail}, error.status_code, headers)


def _takes(request: Request, method: str) -> bool:
    """Whether any of the routes that share a path takes a method: Starlette names those of the first alone."""
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


async def handle_fault(_: Request, error: Exception) -> JSONResponse:
    """500: a fault of the server, which says nothing of its inside."""
    LOG.error("unexpected fault", exc_info=error)
    return JSONResponse({"detail": [complaint(("server",), "fault", {})]}, 500)


async def handle_left(_: Request, __: Exception) -> Response:
    """499, for the log: a response that nobody reads."""
    return Response(status_code=499)


def install(app: FastAPI) -> None:
    """Make the faults of an application, and what its routes do not take, leave in this shape."""
    app.add_exception_handler(HTTPException, handle_unrouted)
    app.add_exception_handler(ClientLeftError, handle_left)
    app.add_exception_handler(Exception, handle_fault)


class Complaint(BaseModel):
    """One thing that is wrong: where, what is allowed and what came."""

    loc: list[str | int]
    msg: str
    type: str = Field(description="A code that does not change.", json_schema_extra={"enum": list(ERRORS)})
    ctx: dict[str, Any] = Field(description="The values of the sentence, from which it can be said in other words.")


class Complaints(BaseModel):
    """Everything that is wrong with a request."""

    detail: list[Complaint]


def _described(description: str) -> dict[str, Any]:
    return {"model": Complaints, "description": description}


Responses = dict[int | str, dict[str, Any]]

NO_KEYS: Responses = {422: _described("The address has a key, and takes none.")}
"""How a GET that has nothing to ask may be refused."""

UNACCEPTED: Responses = {406: _described("Accept allows none of the media types that there are.")}
"""How a request may be refused where there are several media types."""

REFUSED_QUERY: Responses = {
    414: _described("The query is too long: send the spec as the body of a POST."),
    422: _described("Something in the request is wrong; each message names the field, what is allowed and what came."),
    429: _described("The server is busy; Retry-After says when to come back."),
    503: _described("The server is being stopped; Retry-After says when to come back."),
}
"""How a GET may be refused."""

REFUSALS: Responses = {
    413: _described("The body is too large."),
    415: _described("The body is not declared as JSON."),
    **REFUSED_QUERY,
}
"""How a POST may be refused."""
