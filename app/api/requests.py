"""From a request to what its route needs: the plan of its spec, or a landscape, from the body or from the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from app.api.errors import Refused, located
from app.api.spec.fields import Strict
from app.api.spec.models import MAP_PARAMETERS, LandscapeSpec, PageKeys, Spec, axis_names, checked_axes
from app.api.spec.optimizers import RunChoice
from app.api.spec.plan import Plan, planning
from app.api.spec.query import (
    PAGE_KEYS,
    Pairs,
    check_keys_beside_body,
    query_to_fields,
    query_to_landscape,
    query_to_spec,
)
from app.api.worker import in_slices, worker_of
from app.problems import Problem

MAX_QUERY_BYTES = 32_768
"""Of an address. The server's own parser cuts an address or its headers at 64 kB, and says only that it is invalid."""

Model = TypeVar("Model", bound=Strict)


async def plan_of_body(request: Request, spec: Spec) -> Plan:
    """The plan of a spec in the body."""
    return await plan_of(request, spec, "body", keys_beside_body(request))


async def plan_of_query(request: Request) -> Plan:
    """The plan of a spec in the query."""
    pairs = query_pairs(request)
    spec = validated_query(Spec, query_to_spec(pairs))
    return await plan_of(request, spec, "query", page_keys(pairs))


async def plan_of(request: Request, spec: Spec, where: str, page: PageKeys) -> Plan:
    """The plan of a spec, made in the compute slot; `where` is `body` or `query`. Raises: as `planning`."""
    plan = await in_slices(request, planning(spec, where, worker_of(request).settings))
    check_shown(page, plan.problem, spec.optimizers)
    return plan


async def landscape_of_query(request: Request) -> LandscapeSpec:
    """A landscape in the query, which may be a page's."""
    return validated_query(LandscapeSpec, query_to_landscape(query_pairs(request)))


def keys_beside_body(request: Request, own: Sequence[str] = ()) -> PageKeys:
    """The keys of a request whose spec is its body, on a route with keys of its `own`. Raises: Refused."""
    pairs = query_pairs(request)
    check_keys_beside_body(pairs, own)
    return page_keys(pairs)


def page_keys(pairs: Pairs) -> PageKeys:
    """The keys of an address beside its spec, each right by itself. Raises: Refused."""
    return validated_query(PageKeys, query_to_fields(PAGE_KEYS, pairs))


def check_shown(page: PageKeys, problem: Problem, optimizers: Sequence[RunChoice]) -> None:
    """Check that the map and the colours of an address suit its problem and its runs, where it has any.

    Raises: Refused.
    """
    names = problem.parameters
    names = names if len(names) <= MAP_PARAMETERS else tuple(axis_names(names, page.plane))
    if page.domain is not None:
        checked_axes(names, page.domain, ("query", "domain"))
    if page.window is not None:  # of a curve only its first axis counts
        checked_axes(names, page.window[: len(names)] if len(names) == 1 else page.window, ("query", "window"))
    if page.slots is not None and optimizers and len(page.slots) != len(optimizers):
        labels = [choice.display_name for choice in optimizers]
        raise Refused("wrong_count", ("query", "slots"), page.slots, count=len(labels), names=labels)


def query_pairs(request: Request) -> list[tuple[str, str]]:
    """The keys and values of the address."""
    most = min(request.app.state.settings.max_body_bytes, MAX_QUERY_BYTES)
    if len(request.scope["query_string"]) > most:
        raise Refused("query_too_long", ("query",), limit=most)
    return request.query_params.multi_items()


def validated_query(model: type[Model], value: Any) -> Model:
    """The model of a query's value. Raises: Refused."""
    with located("query"):
        return model.model_validate(value)


BodyPlan = Annotated[Plan, Depends(plan_of_body)]
QueryPlan = Annotated[Plan, Depends(plan_of_query)]
QueryLandscape = Annotated[LandscapeSpec, Depends(landscape_of_query)]
