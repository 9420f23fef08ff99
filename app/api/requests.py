"""From a request to what its route needs: the plan of its spec, or a landscape, from the body or from the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import ValidationError

from app.api.errors import Refused, request_errors
from app.api.spec.fields import Strict
from app.api.spec.models import LandscapeSpec, PageKeys, Spec
from app.api.spec.plan import Plan, planning
from app.api.spec.query import PAGE_KEYS, check_keys_beside_body, query_to_fields, query_to_landscape, query_to_spec
from app.api.worker import in_slices, worker_of

Model = TypeVar("Model", bound=Strict)


async def plan_of_body(request: Request, spec: Spec) -> Plan:
    """The plan of a spec in the body."""
    check_query_beside_body(request)
    return await plan_of(request, spec, "body")


async def plan_of_query(request: Request) -> Plan:
    """The plan of a spec in the query."""
    pairs = query_pairs(request)
    spec = validated_query(Spec, query_to_spec(pairs))
    validated_query(PageKeys, query_to_fields(PAGE_KEYS, pairs))
    return await plan_of(request, spec, "query")


async def plan_of(request: Request, spec: Spec, where: str) -> Plan:
    """The plan of a spec, made in the compute slot; `where` is `body` or `query`. Raises: as `planning`."""
    return await in_slices(request, planning(spec, where, worker_of(request).settings))


async def landscape_of_query(request: Request) -> LandscapeSpec:
    """A landscape in the query, which may be a page's."""
    pairs = query_pairs(request)
    landscape = validated_query(LandscapeSpec, query_to_landscape(pairs))
    validated_query(PageKeys, query_to_fields(PAGE_KEYS, pairs))
    return landscape


def check_query_beside_body(request: Request, own: Sequence[str] = ()) -> None:
    """Check the address of a request whose spec is its body, and which has keys of its `own`.

    Raises: Refused, RequestValidationError.
    """
    pairs = query_pairs(request)
    check_keys_beside_body(pairs, own)
    validated_query(PageKeys, query_to_fields(PAGE_KEYS, pairs))


def query_pairs(request: Request) -> list[tuple[str, str]]:
    """The keys and values of the address."""
    most = request.app.state.settings.max_body_bytes
    if len(request.scope["query_string"]) > most:
        raise Refused(414, ("query",), "query_too_long", limit=most)
    return request.query_params.multi_items()


def validated_query(model: type[Model], value: Any) -> Model:
    """The model of a query's value. Raises: RequestValidationError."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise request_errors("query", [error]) from None


BodyPlan = Annotated[Plan, Depends(plan_of_body)]
QueryPlan = Annotated[Plan, Depends(plan_of_query)]
QueryLandscape = Annotated[LandscapeSpec, Depends(landscape_of_query)]
