"""Landscapes: the loss over a rectangle of the parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.body import StrictRoute
from app.api.errors import REFUSALS, REFUSED_QUERY, Refused
from app.api.openapi import LANDSCAPE_PARAMETERS
from app.api.plane import THROUGH, PlaneShape, describe_plane, make_plane
from app.api.requests import QueryLandscape, check_shown, keys_beside_body, page_keys, query_pairs
from app.api.response_models import ResponseModel
from app.api.responses import CACHED_AN_HOUR, JSON, NOT_MODIFIED, bodyless_response, etag, get_and_head
from app.api.spec.models import (
    DIGITS,
    DIRECTIONS,
    MAP_PARAMETERS,
    Grid,
    LandscapeSpec,
    PageKeys,
    axis_names,
    checked_axes,
)
from app.api.worker import Work, cached, worker_of
from app.problems import Problem
from app.problems.grid import Losses, axis, operations_a_place, rows_on_grid
from app.settings import Settings
from app.types import Array, Pair

EXACT = 22
"""The powers of ten up to this one are exact floats, so one multiplication or division by them rounds correctly."""

_POWERS = 10.0 ** np.arange(EXACT + 1)

ROUNDING = 7
"""Operations to round one number."""

router = APIRouter(tags=["landscapes"], route_class=StrictRoute)


class Landscape(ResponseModel):
    """The loss on a grid."""

    parameters: list[str]
    x: list[float]
    y: list[float] | None
    loss: list[list[float | None]] | list[float | None]
    plane: PlaneShape | None = Field(None, description="Only of a network: which plane it is, and what it holds.")


@get_and_head(
    router, "/landscape", summary="The landscape of the query", response_model=Landscape,
    responses=NOT_MODIFIED | REFUSED_QUERY, openapi_extra=LANDSCAPE_PARAMETERS,
)  # fmt: skip
async def get_landscape(request: Request, spec: QueryLandscape) -> Response:
    """The loss of a problem on a grid: `loss[j][i]` at `y[j]`, `x[i]`, to 7 significant digits or as many as asked for.

    A value that is not a finite number is null. With one parameter `y` is null and `loss` is a list. The query may
    be that of a page: its window is the domain; its runs do not matter, but
    must be right.

    The landscape of a network is a plane through its parameters, at its start or `at` another point: along two of
    them (`plane=w1_1_1,w2_1_2`) or, with a run, along the two principal directions of its path. `plane` says which,
    how much of the path it holds, and where the path lies on it.
    """
    return await _landscape(request, spec, "query", page_keys(query_pairs(request)))


@router.post("/landscape", summary="The landscape of the body", response_model=Landscape, responses=REFUSALS)
async def post_landscape(request: Request, spec: LandscapeSpec) -> Response:
    """The same, of a problem in the body."""
    return await _landscape(request, spec, "body", keys_beside_body(request))


async def _landscape(request: Request, spec: LandscapeSpec, where: str, page: PageKeys) -> Response:
    problem, worker = spec.problem.build(), worker_of(request)
    check_shown(page, problem, spec.optimizers)
    if len(problem.parameters) > MAP_PARAMETERS:
        domain = domain_of(axis_names(problem.parameters, spec.plane), (), spec, where)
        identity: list[Any] = [spec.model_dump(exclude={"domain"}), domain]
        work = plane_landscape(problem, spec, domain, where, worker.settings)
    else:
        for name in ("plane", "at"):
            if (came := getattr(spec, name)) is not None:
                raise Refused("only_for_networks", (where, name), came, limit=MAP_PARAMETERS)
        domain = domain_of(problem.parameters, problem.domain, spec, where)
        identity = [spec.problem.model_dump(), domain, spec.resolution, spec.digits]
        objective = problem.objective
        work = landscape(problem.parameters, objective.value, operations_a_place(objective), domain, spec)
    headers = {"ETag": etag(orjson.dumps(identity, option=orjson.OPT_SORT_KEYS)), "Cache-Control": CACHED_AN_HOUR}
    return bodyless_response(request, headers, JSON) or await cached(request, worker.landscapes, work, headers, JSON)


def domain_of(names: Sequence[str], usual: tuple[Pair, ...], spec: LandscapeSpec, where: str) -> tuple[Pair, ...]:
    """The rectangle asked for, one of `names` along each axis, or the `usual` one. Raises: Refused."""
    return usual if spec.domain is None else checked_axes(names, spec.domain, (where, "domain"))


def rounded(values: Array, digits: int = DIGITS) -> Array:
    """The floats nearest to `values` at so many significant digits, so that they print short; nan where not finite."""
    finite = np.isfinite(values)
    safe = np.where(finite & (values != 0), values, 1.0)
    shift = digits - 1 - np.floor(np.log10(np.abs(safe))).astype(np.int64)
    usual = np.abs(shift) <= EXACT
    power = _POWERS[np.where(usual, np.abs(shift), 0)]
    with np.errstate(all="ignore"):
        near = np.where(shift >= 0, np.rint(safe * power) / power, np.rint(safe / power) * power)
    near[~usual] = [float(f"{value:.{digits - 1}e}") for value in safe[~usual]]
    return np.where(finite, np.where(values == 0, 0.0, near), np.nan)


def landscape(
    names: Sequence[str], losses: Losses, operations: float, domain: Sequence[Pair], grid: Grid,
    plane: PlaneShape | None = None,
) -> Work:  # fmt: skip
    """Return the JSON of a landscape; pauses after every few rows. A value that is not finite is null.

    Args:
        names: of the axes; losses: the loss where they cross; operations: that one takes.
        domain: (low, high) of each axis; grid: how finely.
        plane: what is said of the plane it lies on, where it lies on one.
    """
    x, *ys = (axis(low, high, grid.resolution) for low, high in domain)
    y = ys[0] if ys else None
    pieces = []
    for rows in rows_on_grid(losses, (x, *ys), operations + ROUNDING):
        pieces.append(rounded(rows, grid.digits))
        yield
    reply = {"parameters": names, "x": x, "y": y, "loss": np.concatenate(pieces), **({"plane": plane} if plane else {})}
    return orjson.dumps(reply, default=dict, option=orjson.OPT_SERIALIZE_NUMPY)


def plane_landscape(
    problem: Problem, spec: LandscapeSpec, domain: tuple[Pair, ...], where: str, settings: Settings
) -> Work:
    """Return the JSON of a landscape on a plane; where `domain` is empty, on its own, which holds the paths."""
    of_runs = yield from make_plane(problem, spec, where, settings)
    yield
    plane, domain = of_runs.plane, domain or of_runs.domain()
    shape = describe_plane(of_runs, THROUGH[spec.at is None])

    def losses(axes: Sequence[Array]) -> Array:
        return plane.value(problem.objective, *axes)

    names, operations = plane.parameters or DIRECTIONS, operations_a_place(problem.objective)
    return (yield from landscape(names, losses, operations, domain, spec, shape))
