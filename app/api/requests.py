"""Reads requests for their routes: the body, the plan of a spec, a landscape, and the requested columns."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import Field
from starlette.requests import ClientDisconnect

from app.server.messages import query_pairs
from app.server.refusals import RequestError
from app.work.worker import in_slices, worker_of
from fallline.columns import COLUMNS, STEP_COLUMNS
from fallline.errors import SpecError, located
from fallline.limits import Limits
from fallline.spec import query
from fallline.spec.fields import name_of, whole_number
from fallline.spec.json_text import parse_json
from fallline.spec.models import LandscapeSpec, Spec
from fallline.spec.page import PageKeys, check_shown, read_keys
from fallline.spec.plan import Plan, planning
from fallline.spec.query import OTHER_KEYS, key_values, located_in_address, query_to_landscape, query_to_spec

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRoute(APIRoute):
    """A route whose body is read once, up to a limit, and parsed strictly."""

    def get_route_handler(self) -> Handler:
        """The handler of FastAPI, for a request whose body has been read already.

        If FastAPI read it, every error while reading would become the same "could not be read".
        """
        handle = self.around(super().get_route_handler())

        async def strict(request: Request) -> Response:
            if self.body_field:
                request._body = await _body(request)
                if request._body:
                    with located("body"):
                        request._json = parse_json(request._body)
            return await handle(request)

        return strict

    def around(self, handle: Handler) -> Handler:
        """A handler around `handle`, which is called after the body has been read; here `handle` itself."""
        return handle


async def _body(request: Request) -> bytes:
    """The whole body. Raises: RequestError, 413 if it is above the limit, 415 if it is not declared as JSON."""
    most = request.app.state.settings.max_body_bytes
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise RequestError("body_too_large", ("body",), limit=most)
    parts = bytearray()
    try:
        async for chunk in request.stream():
            parts += chunk
            if len(parts) > most:
                raise RequestError("body_too_large", ("body",), limit=most)
    except ClientDisconnect:
        raise SpecError("unreadable", ("body",)) from None
    if parts:
        _require_json(request.headers.get("content-type", ""))
    return bytes(parts)


def _require_json(declared: str) -> None:
    media_type = declared.partition(";")[0].strip().lower()
    is_variant = media_type.startswith("application/") and media_type.endswith("+json")
    if media_type != "application/json" and not is_variant:
        raise RequestError("unsupported_media_type", ("header", "content-type"), declared)


FORMATS = ("json", "jsonl", "csv")
"""The values of `format`; the first is the default."""

MAX_PACE = 1000
"""The most steps per second of a stream."""


class AddressKeys(PageKeys):
    """Every key that an address may have beside its spec: those of a page, and those for the form of a reply."""

    format: Annotated[str, name_of("format", FORMATS)] = "json"
    fields: list[Annotated[str, name_of("column", COLUMNS)]] = Field(default_factory=list)
    align: bool = False
    average: Annotated[int, whole_number(0)] | None = None
    pace: Annotated[int, whole_number(1, MAX_PACE)] = 1


REPLY_CODECS = {"format": query.TEXT, "fields": query.NAMES, "align": query.FLAG}
REPLY_CODECS |= {"average": query.NUMBER, "pace": query.NUMBER}
REPLY_KEYS = {name: query.Key(name, codec) for name, codec in REPLY_CODECS.items()}


async def plan_of_body(request: Request, spec: Spec) -> Plan:
    """The plan of a spec in the body."""
    return await plan_of(request, spec, keys_beside_spec(request))


async def plan_of_query(request: Request) -> Plan:
    """The plan of a spec in the query."""
    pairs = query_pairs(request)
    with located_in_address(request.query_params):
        spec = Spec.model_validate(query_to_spec(pairs))
    return await plan_of(request, spec, keys_beside_spec(request))


async def plan_of(request: Request, spec: Spec, page: PageKeys, limits: Limits | None = None) -> Plan:
    """The plan of a spec, computed in the compute queue. Args: limits: by default those of the server.

    Raises: as `planning`.
    """
    plan = await in_slices(request, planning(spec, limits or worker_of(request).settings.limits))
    with located_in_address(request.query_params):
        check_shown(page, plan.problem, spec.optimizers)
    return plan


async def landscape_of_query(request: Request) -> LandscapeSpec:
    """The landscape of the query, which may be that of a page."""
    pairs = query_pairs(request)
    with located_in_address(request.query_params):
        return LandscapeSpec.model_validate(query_to_landscape(pairs))


def keys_beside_spec(request: Request, own: Sequence[str] = ()) -> PageKeys:
    """The keys of a request beside its spec. Args: own: further keys of the route. Raises: SpecError."""
    pairs = query_pairs(request)
    with located_in_address(request.query_params):
        if request.method == "POST":
            key_values(pairs, (*own, *OTHER_KEYS), spec="body")
        return read_keys(AddressKeys, pairs, REPLY_KEYS)


def check_no_keys(request: Request) -> None:
    """Check the query of a route that takes no keys. Raises: SpecError."""
    for key, text in query_pairs(request):
        raise SpecError("no_keys", ("query", key), text)


BodyPlan = Annotated[Plan, Depends(plan_of_body)]
QueryPlan = Annotated[Plan, Depends(plan_of_query)]
QueryLandscape = Annotated[LandscapeSpec, Depends(landscape_of_query)]


async def reply_fields(
    fields: Annotated[
        str | None,
        Query(description=f"The columns of the reply, separated by commas, of {', '.join(COLUMNS)}; by default all."),
    ] = None,
) -> tuple[str, ...]:
    """The columns of the reply, in the order of `COLUMNS`. `AddressKeys` has checked their names."""
    names = COLUMNS if fields is None else fields.split(",")
    return tuple(field for field in COLUMNS if field in names)


Fields = Annotated[tuple[str, ...], Depends(reply_fields)]

Align = Annotated[
    bool,
    Query(
        description=f"true: the columns of steps ({', '.join(STEP_COLUMNS)}) begin with a null for row 0, and each "
        "further row has the step that led to it. So all columns have n_steps + 1 entries, in every format and in a "
        "stream."
    ),
]

AverageFrom = Annotated[
    int | None,
    Query(
        description="A row. Each run then also has the column `average`: the mean of its rows from this one to each "
        "later one, and the loss at the mean."
    ),
]
