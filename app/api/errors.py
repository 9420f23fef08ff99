"""What went wrong, said so that the reader can put it right: the field, what is allowed there, what came.

A wrong request is refused in one of four ways. A validator of one value raises `value_error`, one of a whole object
`field_error` (in `spec.fields`), which both stand for the place at hand. Once the spec is valid `request_error` names
any place of the request. `Refused` is for what is no field, such as a body that is too large: with its own status.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError
from pydantic_core import PydanticCustomError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import Match

Loc = tuple[str | int, ...]

LOG = logging.getLogger("fallline.api")

MOST_QUOTED = 60
"""Characters of a wrong value that a message repeats."""

MOST_ERRORS = 20
"""Wrong fields of one request that are told."""

PHRASES: Mapping[str, str] = {
    "missing": "is required",
    "dict_type": "must be an object in braces",
    "model_type": "must be an object in braces",
    "model_attributes_type": "must be an object in braces",
    "list_type": "must be a list in brackets",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "literal_error": "must be {expected}",
    "too_long": "may have at most {max_length} {entries}, and has {actual_length}",
    "too_short": "must have at least {min_length} {entries}, and has {actual_length}",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
}
"""Pydantic's own error codes -> this project's words, which follow the name of the field."""

NUMBERS = {"number", "int_type", "int_parsing"}
"""Codes of errors where a number was expected."""

METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")

DEEPEST = 50
"""Levels of lists and objects in each other up to which a message repeats what came."""

_LOST_PLUS = re.compile(r"[\w.)] +[\w.(]", re.ASCII)
"""Two operands, or the halves of a number, with nothing but a space between them."""

WITHOUT_INPUT = {"missing", "too_long", "too_short"}
"""Codes of errors whose phrase already tells what came."""


class Refused(HTTPException):
    """A refusal with a status of its own, in the same shape as FastAPI's 422; `msg` is a whole sentence."""

    def __init__(self, status: int, loc: Loc, msg: str, code: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, [{"loc": _shown(loc), "msg": msg, "type": code}], headers)


class ClientLeftError(Exception):
    """Nobody is there any more to read the response."""


def value_error(code: str, phrase: str, **context: Any) -> PydanticCustomError:
    """The error of a value, for its validator; `phrase` follows the name of the field ("must be ...")."""
    return PydanticCustomError(code, "{phrase}", {"phrase": phrase, **context})


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


def unknown_name(what: str, name: str, names: Iterable[str], *, came: bool = False) -> str:
    """The phrase "is not an optimizer; the nearest: ..." for a name not in `names`; with `came` it repeats the name."""
    known = list(names)
    near = nearest(name, known)
    lead = "the nearest" if len(near) < len(known) else "allowed"
    tail = f"; got {quoted(name)}" if came else ""
    return f"is not {what}; {lead}: {', '.join(near)}{tail}"


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


def error_detail(error: Mapping[str, Any]) -> dict[str, Any]:
    """One of pydantic's errors as this API tells it: `loc`, `msg`, `type`, and `ctx` for a place in a formula."""
    code, context = error["type"], dict(error.get("ctx") or {})
    phrase = context.pop("phrase", None)
    msg = f"{field_path(error['loc'])} {phrase or _phrase(code, error, context)}{_hint(error)}"
    detail = {"loc": _shown(error["loc"]), "msg": msg, "type": code}
    return {**detail, "ctx": context} if phrase and context else detail


def _phrase(code: str, error: Mapping[str, Any], context: Mapping[str, Any]) -> str:
    known = PHRASES.get(code)
    text = known.format(**_counts(error, context)) if known else f"is refused: {error['msg']}"
    return text if code in WITHOUT_INPUT else f"{text}; got {quoted(error.get('input'))}"


def _counts(error: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of a message on a length; pydantic does not count an object that it has found too long."""
    least_or_most = context.get("max_length", context.get("min_length"))
    counts = {**context, "entries": "entry" if least_or_most == 1 else "entries"}
    if "actual_length" in counts and counts["actual_length"] is None:
        counts["actual_length"] = len(error["input"])
    return counts


def _hint(error: Mapping[str, Any]) -> str:
    """How to mend a text that was meant as a number or a formula; empty where nothing is known."""
    came = error.get("input")
    if not isinstance(came, str):
        return ""
    if error["loc"][0] == "query" and error["type"] in {*NUMBERS, "formula"} and _LOST_PLUS.search(came):
        return " (in an address a + is written %2B: a bare one arrives as a space)"
    if error["type"] not in NUMBERS or not _is_number(came):
        return ""
    return " (leave out the space)" if came != came.strip() else " (leave out the quotes)"


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def request_error(loc: Loc, value: object, code: str, phrase: str) -> RequestValidationError:
    """The error of one field of a request; `phrase` follows its name."""
    line = {"type": code, "loc": loc, "msg": phrase, "input": value, "ctx": {"phrase": phrase}}
    return RequestValidationError([line])


def request_errors(where: str, errors: Iterable[ValidationError]) -> RequestValidationError:
    """The errors of the `body` or the `query`, in which each of `errors` knows its place."""
    lines = [line for error in errors for line in error.errors(include_url=False)]
    return RequestValidationError([{**line, "loc": (where, *line["loc"])} for line in lines])


async def handle_invalid(_: Request, error: Exception) -> JSONResponse:
    """422: every wrong field of the request."""
    assert isinstance(error, RequestValidationError)
    return JSONResponse({"detail": [error_detail(each) for each in error.errors()[:MOST_ERRORS]]}, 422)


async def handle_refused(request: Request, error: Exception) -> JSONResponse:
    """Any other refusal (404, 405, 406, 413, 414, 415, 429), in the same shape."""
    assert isinstance(error, StarletteHTTPException)
    detail: Any = error.detail
    status, headers = HTTPStatus(error.status_code), dict(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(method for method in METHODS if _takes(request, method))
        detail = f"{detail}; allowed: {headers['Allow']}"
    if isinstance(detail, str):
        msg = f"{request.method} {quoted(request.url.path)}: {detail}"
        detail = [{"loc": ["path"], "msg": msg, "type": status.name.lower()}]
    return JSONResponse({"detail": detail}, status, headers)


def _takes(request: Request, method: str) -> bool:
    """Whether any of the routes that share a path takes a method: Starlette names those of the first alone."""
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


async def handle_fault(_: Request, error: Exception) -> JSONResponse:
    """500: a fault of the server, which says nothing of its inside."""
    LOG.error("unexpected fault", exc_info=error)
    detail = {"loc": [], "msg": "the server met a fault of its own; the request may well be right", "type": "fault"}
    return JSONResponse({"detail": [detail]}, 500)


async def handle_left(_: Request, __: Exception) -> Response:
    """499, for the log: a response that nobody reads."""
    return Response(status_code=499)


def install(app: FastAPI) -> None:
    """Make every error of `app` leave in this shape."""
    app.add_exception_handler(RequestValidationError, handle_invalid)
    app.add_exception_handler(StarletteHTTPException, handle_refused)
    app.add_exception_handler(ClientLeftError, handle_left)
    app.add_exception_handler(Exception, handle_fault)


class Complaint(BaseModel):
    """One thing that is wrong: where, what is allowed and what came."""

    loc: list[str | int]
    msg: str
    type: str
    ctx: dict[str, Any] | None = Field(None, description="Of a formula: line and column from 1, word, allowed.")


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
}
"""How a GET may be refused."""

REFUSALS: Responses = {
    413: _described("The body is too large."),
    415: _described("The body is not declared as JSON."),
    **REFUSED_QUERY,
}
"""How a POST may be refused."""
