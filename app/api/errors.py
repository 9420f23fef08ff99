"""What went wrong, said so that the reader can put it right: the field, what is allowed there, what came.

An error is a code of `error_codes.ERRORS` with the values of its sentence. A wrong request is refused in one of four
ways. A validator of one value raises `value_error`, one of a whole object `field_error` (in `spec.fields`), which both
stand for the place at hand. Once the spec is valid `request_error` names any place of the request. `Refused` is for
what is no field, such as a body that is too large: with its own status.
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

from app.api.error_codes import ERRORS, OF_PYDANTIC, error_text, takes_what_came
from app.hyperparameters import Interval
from app.phrases import range_values

Loc = tuple[str | int, ...]

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


class Refused(HTTPException):
    """A refusal with a status of its own, in the same shape as FastAPI's 422."""

    def __init__(
        self, status: int, loc: Loc, code: str, headers: Mapping[str, str] | None = None, **values: Any
    ) -> None:
        super().__init__(status, [complaint(loc, code, values)], headers)


class ClientLeftError(Exception):
    """Nobody is there any more to read the response."""


def value_error(code: str, **values: Any) -> PydanticCustomError:
    """The error of a value, for its validator; `got` is that value where nothing else is said."""
    return PydanticCustomError(code, code, values)


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
    """One thing that is wrong, as this API tells it."""
    return {"loc": _shown(loc), "msg": f"{field_path(loc)} {error_text(code, values)}", "type": code, "ctx": values}


def error_detail(error: Mapping[str, Any]) -> dict[str, Any]:
    """One of pydantic's errors as this API tells it."""
    code, values = error["type"], dict(error.get("ctx") or {})
    if code not in ERRORS:
        code, values = OF_PYDANTIC.get(code, "wrong_value"), _values_of_pydantic(error, values)
    if takes_what_came(code):
        values.setdefault("got", quoted(error.get("input")))
    return complaint(error["loc"], code, values | _hint(code, error))


def _values_of_pydantic(error: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """The values of this project's code for one of pydantic's, which does not count an object it found too long."""
    limit = context.get("max_length", context.get("min_length"))
    if limit is not None:
        return {"limit": limit, "count": context["actual_length"] or len(error["input"])}
    if OF_PYDANTIC.get(error["type"]) in NUMBERS:
        return {"range": range_values(Interval(context.get("ge", -math.inf), context.get("le", math.inf)), whole=True)}
    return {}


def _hint(code: str, error: Mapping[str, Any]) -> dict[str, str]:
    """How to mend a text that was meant as a number or a formula; empty where nothing is known."""
    came = error.get("input")
    if not isinstance(came, str):
        return {}
    if error["loc"][0] == "query" and code in {*NUMBERS, "formula_syntax"} and _LOST_PLUS.search(came):
        return {"hint": "plus"}
    if code not in NUMBERS or not _is_number(came):
        return {}
    return {"hint": "space" if came != came.strip() else "quotes"}


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def request_error(loc: Loc, value: object, code: str, **values: Any) -> RequestValidationError:
    """The error of one field of a request; `got` is `value` where nothing else is said."""
    return RequestValidationError([{"type": code, "loc": loc, "msg": code, "input": value, "ctx": values}])


def request_errors(where: str, errors: Iterable[ValidationError]) -> RequestValidationError:
    """The errors of the `body` or the `query`, in which each of `errors` knows its place."""
    lines = [line for error in errors for line in error.errors(include_url=False)]
    return RequestValidationError([{**line, "loc": (where, *line["loc"])} for line in lines])


async def handle_invalid(_: Request, error: Exception) -> JSONResponse:
    """422: every wrong field of the request."""
    assert isinstance(error, RequestValidationError)
    return JSONResponse({"detail": [error_detail(each) for each in error.errors()[:MOST_ERRORS]]}, 422)


async def handle_refused(request: Request, error: Exception) -> JSONResponse:
    """Any other refusal (400, 404, 405, 406, 413, 414, 415, 429), in the same shape."""
    assert isinstance(error, StarletteHTTPException)
    detail: Any = error.detail
    headers, path = dict(error.headers or {}), quoted(request.url.path)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        methods = [method for method in METHODS if _takes(request, method)]
        headers["Allow"] = ", ".join(methods)
        values = {"path": path, "allowed": methods, "got": request.method}
        detail = [complaint(("path",), "method_not_allowed", values)]
    elif error.status_code == HTTPStatus.NOT_FOUND:
        detail = [complaint(("path",), "not_found", {"got": path})]
    elif isinstance(detail, str):
        detail = [complaint(("body",), "unreadable", {})]
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
    """Make every error of `app` leave in this shape."""
    app.add_exception_handler(RequestValidationError, handle_invalid)
    app.add_exception_handler(StarletteHTTPException, handle_refused)
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
}
"""How a GET may be refused."""

REFUSALS: Responses = {
    413: _described("The body is too large."),
    415: _described("The body is not declared as JSON."),
    **REFUSED_QUERY,
}
"""How a POST may be refused."""
