"""Pictures: the map of a page's address, as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from app.api.answers import Pieces
from app.api.body import StrictRoute
from app.api.cache import FRESH, short_answer, tag
from app.api.computing import worked
from app.api.errors import Refused
from app.api.landscapes import domain_of
from app.api.parameters import PICTURE_PARAMETERS
from app.api.reading import readable
from app.api.requests import pairs_of, validated
from app.api.shapes import KNOWN, REFUSED_QUERY
from app.api.spec.details import details
from app.api.spec.models import LandscapeSpec, Spec
from app.api.spec.plan import Plan, planned
from app.api.spec.query import query_to_landscape, query_to_playhead, query_to_sheet, query_to_spec
from app.api.spec.view import Sheet, Shown
from app.api.worker import worker_of
from app.drawing import Format, Route, Scene, chosen, pieces
from app.problems.problem import Problem
from app.settings import Settings

SVG = "image/svg+xml"
POLICY = "sandbox; default-src 'none'; style-src 'none'"
"""A picture loads nothing, runs nothing and has no style of its own, wherever it is opened."""

PICTURES: dict[int | str, dict[str, Any]] = {200: {"description": "The picture.", "content": {SVG: {}}}}

router = APIRouter(tags=["pictures"], route_class=StrictRoute)


@dataclass(frozen=True)
class Wanted:
    """A picture asked for: what it shows, and what that follows from, as bytes."""

    scene: Scene
    origin: bytes


def wanted(pairs: list[tuple[str, str]], settings: Settings) -> Wanted:
    """What the picture of an address shows: its runs on their map, or the map alone where it has none.

    Raises: RequestValidationError and Refused, as for runs and landscapes.
    """
    ground = validated(LandscapeSpec, query_to_landscape(pairs))
    raw, shown = query_to_spec(pairs), validated(Shown, query_to_playhead(pairs))
    plan = planned(validated(Spec, raw), "query", settings) if "optimizers" in raw else None
    problem = plan.problem if plan else ground.problem.build()
    window = domain_of(problem, _within(ground, problem), "query")
    routes = _routes(plan, shown.slots) if plan else ()
    scene = Scene(problem, ground.problem.title, ground.problem.formula, routes, window, shown.step)
    said = plan.canonical() if plan else orjson.dumps(ground.problem.model_dump())
    return Wanted(scene, said + orjson.dumps([window, shown.model_dump()]))


def _within(ground: LandscapeSpec, problem: Problem) -> LandscapeSpec:
    """Of a curve's window only the parameter counts: what the loss spans follows from it."""
    if ground.domain is None or len(problem.parameters) > 1:
        return ground
    return ground.model_copy(update={"domain": ground.domain[:1]})


def _routes(plan: Plan, slots: list[int] | None) -> tuple[Route, ...]:
    """Raises: Refused where there is not one slot for each run."""
    told = [plan.optimizer(index) for index in range(len(plan.runs))]
    if slots is not None and len(slots) != len(told):
        phrase = f"must be one number for each of the runs, of which there are {len(told)}; got {len(slots)}"
        raise Refused(422, ("query", "slots"), f"slots {phrase}", "slots")
    behind = details(told, chosen)
    each = zip(plan.runs, told, behind, slots or count(), strict=False)
    return tuple(Route(run, said["label"], text, slot) for run, said, text, slot in each)


def format_of(pairs: list[tuple[str, str]]) -> Format:
    """The size and colours that an address asks for. Raises: RequestValidationError."""
    return validated(Sheet, query_to_sheet(pairs)).format()


@readable(
    router, "/plot.svg", summary="The picture of the query", response_class=Response,
    responses=PICTURES | KNOWN | REFUSED_QUERY, openapi_extra=PICTURE_PARAMETERS,
)  # fmt: skip
async def get_picture(request: Request) -> Response:
    """The map of a page's address with its runs, as they stand when all have ended or at a `step`.

    Without an optimizer it is the map alone, and below 200 pixels a thumbnail without words. It looks as the page
    does, and is meant for an `img` element, a report or the preview of a link.
    """
    pairs = pairs_of(request)
    asked, form = wanted(pairs, request.app.state.settings), format_of(pairs)
    entity = tag(asked.origin, orjson.dumps(asdict(form)), "picture")
    headers = {"ETag": entity, "Cache-Control": FRESH, "Content-Security-Policy": POLICY}
    return short_answer(request, headers, SVG) or await _drawn(request, asked.scene, form, headers)


async def _drawn(request: Request, scene: Scene, form: Format, headers: dict[str, str]) -> Response:
    kept, key = worker_of(request).pictures, headers["ETag"]
    found = kept.get(key)
    if found is None:
        found = []
        left = await worked(request, _into(found, pieces(scene, form)))
        if left:
            return left
        kept.put(key, found)
    return Pieces(found, headers, SVG)


def _into(kept: list[bytes], parts: Iterable[str]) -> Iterator[Any]:
    for part in parts:
        if part:
            kept.append(part.encode())
        yield
