"""What the routes ask of a request, each as a dependency: a plan from a body or a query, the columns, the pace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple, TypeVar

from fastapi import Depends, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app.api.columns import FIELDS
from app.api.computing import in_slices
from app.api.errors import Loc, Refused, path, unknown
from app.api.spec.fields import Strict
from app.api.spec.models import LandscapeSpec, Spec
from app.api.spec.plan import Plan, planning
from app.api.spec.query import query_to_landscape, query_to_spec, query_to_view, refuse_spec_keys
from app.api.spec.view import View
from app.api.worker import worker_of

MAX_PACE = 1000


class Resumed(NamedTuple):
    """The id of the last event that a client has, empty for none, and where in the request it stood."""

    text: str
    loc: Loc


Model = TypeVar("Model", bound=Strict)


async def plan_of_body(request: Request, spec: Spec) -> Plan:
    """The plan of a spec in the body."""
    spec_in_body(request)
    return await _planned(request, spec, "body")


async def plan_of_query(request: Request) -> Plan:
    """The plan of a spec in the query."""
    pairs = pairs_of(request)
    spec = validated(Spec, query_to_spec(pairs))
    validated(View, query_to_view(pairs))
    return await _planned(request, spec, "query")


async def _planned(request: Request, spec: Spec, where: str) -> Plan:
    worker = worker_of(request)
    return await in_slices(planning(spec, where, worker.settings), worker.slot.job())


async def landscape_of_body(request: Request, landscape: LandscapeSpec) -> LandscapeSpec:
    """A landscape in the body."""
    spec_in_body(request)
    return landscape


async def landscape_of_query(request: Request) -> LandscapeSpec:
    """A landscape in the query, which may be a page's."""
    pairs = pairs_of(request)
    landscape = validated(LandscapeSpec, query_to_landscape(pairs))
    validated(View, query_to_view(pairs))
    return landscape


def spec_in_body(request: Request, own: Sequence[str] = ()) -> None:
    """Check the address of a request whose spec is its body, and which has keys of its `own`.

    Raises: Refused, RequestValidationError.
    """
    pairs = pairs_of(request)
    refuse_spec_keys(pairs, own)
    validated(View, query_to_view(pairs))


async def wanted_fields(
    fields: Annotated[
        str | None,
        Query(description=f"The columns wanted, joined by commas, of {', '.join(FIELDS)}; by default all."),
    ] = None,
) -> tuple[str, ...]:
    """The columns of the reply, in its own order."""
    names = FIELDS if fields is None else tuple(fields.split(","))
    for name in names:
        if name not in FIELDS:
            loc = ("query", "fields")
            raise Refused(422, loc, f"{path(loc)} {unknown('a column', name, FIELDS, came=True)}", "name")
    return tuple(field for field in FIELDS if field in names)


async def wanted_pace(
    pace: Annotated[
        int | None,
        Query(ge=1, le=MAX_PACE, description="Steps a second of each run; by default as fast as they are read."),
    ] = None,
) -> int | None:
    """How fast a stream goes."""
    return pace


async def last_event(
    header: Annotated[
        str | None,
        Header(alias="Last-Event-ID", description="The id of the last event received: the stream goes on after it."),
    ] = None,
    last_event_id: Annotated[
        str | None, Query(description="The same, where no header can be set; the header counts for more.")
    ] = None,
) -> Resumed:
    """Where a stream goes on; empty for its beginning."""
    if header or not last_event_id:
        return Resumed(header or "", ("header", "last-event-id"))
    return Resumed(last_event_id, ("query", "last_event_id"))


def pairs_of(request: Request) -> list[tuple[str, str]]:
    """The keys and values of the address."""
    if len(request.scope["query_string"]) > request.app.state.settings.max_body_bytes:
        raise Refused(414, ("query",), "the query is too long: send the spec as the body of a POST", "too_large")
    return request.query_params.multi_items()


def validated(model: type[Model], value: Any) -> Model:
    """The model of a query's value. Raises: RequestValidationError."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = [{**line, "loc": ("query", *line["loc"])} for line in error.errors(include_url=False)]
        raise RequestValidationError(found) from None


BodyPlan = Annotated[Plan, Depends(plan_of_body)]
QueryPlan = Annotated[Plan, Depends(plan_of_query)]
BodyLandscape = Annotated[LandscapeSpec, Depends(landscape_of_body)]
QueryLandscape = Annotated[LandscapeSpec, Depends(landscape_of_query)]
Fields = Annotated[tuple[str, ...], Depends(wanted_fields)]
Pace = Annotated[int | None, Depends(wanted_pace)]
LastEvent = Annotated[Resumed, Depends(last_event)]
