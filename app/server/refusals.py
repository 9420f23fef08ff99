"""Errors of a request other than those of its spec, and the responses to all errors, in one form, which are counted."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.server import counts
from fallline.errors import ERRORS, Complaint, Loc, SpecError, complaints, quoted
from fallline.sentences import Template

LOG = logging.getLogger("fallline.api")

METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")

BY_ACCEPT = {"Vary": "Accept"}
"""The header of a response that depends on the Accept header."""

CLOSE = {"Connection": "close"}
"""The header of a response to a request that is not read completely."""

RETRY_SECONDS = 2

OF_REQUESTS: Mapping[str, Template] = {
    "query_too_long": "is longer than {limit} bytes: send the spec as the body of a POST",
    "body_too_large": "may have at most {limit} bytes",
    "reply_too_large": (
        "gives more than {limit} numbers in a reply: "
        "ask for fewer steps, for fewer columns (fields=), or for the stream"
    ),
    "took_too_long": "has computed for more than {limit} seconds: ask for fewer steps or a simpler formula",
    "busy": (
        "is at its limit of {limit} {what} at a time, and none ended within {seconds} seconds; try again in a moment"
    ),
    "stopping": "is being stopped, and was not ready with this in time; try again in a moment",
    "last_event_id": (
        "must be the id of an event of this stream, {count} numbers of rows up to {limit} joined by dots, "
        "each with e after it once that run's end was sent; got {got}"
    ),
    "another_stream": "has {rows} rows of run {run}, not {count}: the Last-Event-ID is of another stream",
    "not_http": "is not HTTP/1.1; got {got}",
    "wrong_host": "must have one Host field, of a host and perhaps its port; got {got}",
    "unknown_coding": "may say of the body only that it comes in chunks (Transfer-Encoding: chunked); got {got}",
    "head_too_large": "may have at most {limit} bytes, and {count} have come without its end",
    "too_many_fields": "may have at most {limit} header fields, and has {count}",
    "too_slow": "must be complete within {limit} seconds from the first byte of the request, and is not",
    "not_found": "{got} leads nowhere",
    "no_room": "leads to no room; got {got}",
    "wrong_key": "must hold the key of this room, as Authorization: Bearer KEY",
    "wrong_seat": "must be 16 to 64 letters, digits, - or _, by chance; got {got}",
    "not_open": "is no question or contest that is open; got {got}",
    "not_leading": "is a window that does not lead: another has taken the lead",
    "too_fast": "takes at most {limit} entries a second from one seat; try again in a moment",
    "room_full": "takes no more than {limit} {what}",
    "not_kept": "can keep nothing of a room at this moment; try again in a moment",
    "not_of_this_site": "must be an address of this site, from its / on; got {got}",
    "method_not_allowed": "{path} takes only {allowed}; got {got}",
    "not_acceptable": "must allow one of {allowed}; got {got}",
    "unsupported_media_type": "must be application/json, as the body is JSON; got {got}",
    "own_code_ended": (
        "has ended the process with code of one's own, as one call took more than {seconds} seconds or it broke off; "
        "it starts again"
    ),
    "fault": "met a fault of its own; the request may well be right",
}
"""Code -> the template of the words that follow the name of the wrong part, as in `fallline.errors`."""

ALL_ERRORS: Mapping[str, Template] = {**ERRORS, **OF_REQUESTS}
"""Every code that a response may have -> its template."""

STATUSES: Mapping[str, tuple[int, Mapping[str, str]]] = {
    "unreadable": (400, {}),
    "not_http": (400, CLOSE),
    "wrong_host": (400, CLOSE),
    "wrong_key": (401, {"WWW-Authenticate": "Bearer"}),
    "not_found": (404, {}),
    "no_room": (404, {}),
    "not_acceptable": (406, BY_ACCEPT),
    "too_slow": (408, CLOSE),
    "not_open": (409, {}),
    "not_leading": (409, {}),
    "body_too_large": (413, CLOSE),
    "query_too_long": (414, {}),
    "unsupported_media_type": (415, {}),
    "busy": (429, {"Retry-After": str(RETRY_SECONDS)}),
    "too_fast": (429, {"Retry-After": "1"}),
    "room_full": (429, {"Retry-After": str(RETRY_SECONDS)}),
    "head_too_large": (431, CLOSE),
    "too_many_fields": (431, CLOSE),
    "unknown_coding": (501, CLOSE),
    "not_kept": (503, {"Retry-After": str(RETRY_SECONDS)}),
    "own_code_ended": (503, {"Retry-After": str(RETRY_SECONDS)}),
    "stopping": (503, {"Retry-After": str(RETRY_SECONDS)}),
}
"""Code -> the status and the headers of its response; all other codes have 422."""


class RequestError(SpecError):
    """An error of a request that is not one of its spec, in the form of a SpecError, with a code of `OF_REQUESTS`."""

    def __init__(self, code: str, loc: Loc, value: object = ..., /, **values: Any) -> None:
        super().__init__(code, loc, value, **values)
        self._errors = [{**error, "template": OF_REQUESTS[code]} for error in self._errors]


class ClientLeftError(Exception):
    """The client has left, so that nobody reads the response."""


def detail_of(complaints: Sequence[Complaint]) -> dict[str, Any]:
    """The body of a response with complaints, which are counted by their codes."""
    for complaint in complaints:
        counts.ERRORS_TOLD.labels(complaint.type).inc()
    return {"detail": [vars(complaint) for complaint in complaints]}


def status_of(fault: SpecError | RequestValidationError) -> tuple[int, Mapping[str, str]]:
    """The status and the headers of the response to an error."""
    return STATUSES.get(fault.errors()[0]["type"], (422, {}))


def refused_response(fault: SpecError | RequestValidationError) -> JSONResponse:
    """The response with all errors of a request; its status is that of the first one, by default 422."""
    status, headers = status_of(fault)
    return JSONResponse(detail_of(complaints(fault)), status, headers)


async def handle_unrouted(request: Request, error: Exception) -> JSONResponse:
    """The response to errors that Starlette raises itself (404, 405), in the same form."""
    assert isinstance(error, HTTPException)
    headers, path = dict(error.headers or {}), quoted(request.url.path)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        methods = [method for method in METHODS if _takes(request, method)]
        headers["Allow"] = ", ".join(methods)
        told = RequestError("method_not_allowed", ("path",), path=path, allowed=methods, got=request.method)
    else:
        told = RequestError("not_found", ("path",), got=path)
    return JSONResponse(detail_of(told.complaints), error.status_code, headers)


def _takes(request: Request, method: str) -> bool:
    """Whether any route with the path takes a method. (Starlette only has the methods of the first route.)"""
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


async def handle_fault(_: Request, error: Exception) -> JSONResponse:
    """The response 500 to a fault of the server, without details of the fault."""
    LOG.error("unexpected fault", exc_info=error)
    return JSONResponse(detail_of(RequestError("fault", ("server",)).complaints), 500)


async def handle_left(_: Request, __: Exception) -> Response:
    """The response 499, which nobody reads, but which is logged."""
    return Response(status_code=499)


def install(app: FastAPI) -> None:
    """Make an application respond in this form to faults and to requests that no route takes."""
    app.add_exception_handler(HTTPException, handle_unrouted)
    app.add_exception_handler(ClientLeftError, handle_left)
    app.add_exception_handler(Exception, handle_fault)


class Complaints(BaseModel):
    """All errors of a request."""

    detail: list[Complaint]
    """The errors, one by one."""


def described(description: str) -> dict[str, Any]:
    """A response with complaints, for the OpenAPI document."""
    return {"model": Complaints, "description": description}


Responses = dict[int | str, dict[str, Any]]

NO_KEYS: Responses = {422: described("The address has a key, but this route takes none.")}
"""The error responses of a GET that takes no keys."""

UNACCEPTED: Responses = {406: described("Accept allows none of the media types of this route.")}
"""The error responses of a route with several media types."""

REFUSED_QUERY: Responses = {
    414: described("The query is too long: send the spec as the body of a POST."),
    422: described("Values in the request are wrong; each message names the field, what is allowed and what came."),
    429: described("The server is busy; Retry-After says when to try again."),
    503: described("The server is being stopped; Retry-After says when to try again."),
}
"""The error responses of a GET."""

REFUSALS: Responses = {
    413: described("The body is too large."),
    415: described("The body is not declared as JSON."),
    **REFUSED_QUERY,
}
"""The error responses of a POST."""
