"""Landscapes: the loss over a rectangle of the parameters."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError

from app.api.answers import Pieces
from app.api.body import StrictRoute
from app.api.cache import FRESH, short_answer, tag
from app.api.computing import worked
from app.api.errors import given
from app.api.grids import Pair, landscape
from app.api.parameters import LANDSCAPE_PARAMETERS
from app.api.reading import readable
from app.api.requests import BodyLandscape, QueryLandscape
from app.api.shapes import KNOWN, REFUSALS, REFUSED_QUERY, Landscape
from app.api.spec.models import LandscapeSpec
from app.api.worker import worker_of
from app.problems import Problem

JSON = "application/json"
NARROWEST = 1e-12
"""The least width of a domain against its distance from 0: below it neighbouring points are the same float."""

router = APIRouter(tags=["landscapes"], route_class=StrictRoute)


@readable(
    router, "/landscape", summary="The landscape of the query", response_model=Landscape,
    responses=KNOWN | REFUSED_QUERY, openapi_extra=LANDSCAPE_PARAMETERS,
)  # fmt: skip
async def get_landscape(request: Request, wanted: QueryLandscape) -> Response:
    """The loss of a problem on a grid: `loss[j][i]` at `y[j]`, `x[i]`, to 7 significant digits or as many as asked for.

    A value that is not a finite number is null. With one parameter `y` is null and `loss` is a list. The query may
    be that of a page: its window is the domain, its runs do not matter.
    """
    return await _landscape(request, wanted, "query")


@router.post("/landscape", summary="The landscape of the body", response_model=Landscape, responses=REFUSALS)
async def post_landscape(request: Request, wanted: BodyLandscape) -> Response:
    """The same, of a problem in the body."""
    return await _landscape(request, wanted, "body")


async def _landscape(request: Request, wanted: LandscapeSpec, where: str) -> Response:
    problem = wanted.problem.build()
    domain = domain_of(problem, wanted, where)
    asked = orjson.dumps([wanted.problem.model_dump(), domain, wanted.resolution, wanted.digits])
    headers = {"ETag": tag(asked), "Cache-Control": FRESH}
    short = short_answer(request, headers, JSON)
    return short or await _computed(request, problem, domain, wanted, headers)


async def _computed(
    request: Request, problem: Problem, domain: tuple[Pair, ...], wanted: LandscapeSpec, headers: dict[str, str]
) -> Response:
    kept, key = worker_of(request).landscapes, headers["ETag"]
    pieces = kept.get(key)
    if pieces is None:
        pieces = []
        grid = landscape(problem, domain, wanted.resolution, wanted.digits)
        left = await worked(request, map(pieces.append, grid))
        if left:
            return left
        kept.put(key, pieces)
    return Pieces(pieces, headers, JSON)


def domain_of(problem: Problem, wanted: LandscapeSpec, where: str) -> tuple[Pair, ...]:
    """The rectangle asked for, by default the problem's own. Raises: RequestValidationError."""
    if wanted.domain is None:
        return problem.domain
    domain = tuple((low, high) for low, high in wanted.domain)
    names = problem.parameters
    if len(domain) != len(names):
        phrase = f"must be [low, high] for each of {', '.join(names)}; got {given(wanted.domain)}"
        raise _refused(where, ("domain",), phrase, wanted.domain)
    for index, (low, high) in enumerate(domain):
        if not high - low > NARROWEST * max(abs(low), abs(high)):
            phrase = f"must be a low end and a higher one, further apart than rounding; got {given([low, high])}"
            raise _refused(where, ("domain", index), phrase, [low, high])
    return domain


def _refused(where: str, place: tuple[str | int, ...], phrase: str, value: object) -> RequestValidationError:
    error = {"type": "domain", "loc": (where, *place), "msg": phrase, "input": value, "ctx": {"phrase": phrase}}
    return RequestValidationError([error])
