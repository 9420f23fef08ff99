"""Pictures: the map of a page's address, as SVG."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import count
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from app.api.body import StrictRoute
from app.api.errors import REFUSED_QUERY
from app.api.landscape import domain_of
from app.api.openapi import PICTURE_PARAMETERS
from app.api.plane import THROUGH, describe_plane, make_plane
from app.api.requests import check_shown, page_keys, query_pairs, validated_query
from app.api.responses import CACHED_AN_HOUR, NOT_MODIFIED, bodyless_response, etag, get_and_head
from app.api.spec.models import DIRECTIONS, MAP_PARAMETERS, LandscapeSpec, PictureFormat, RunsShown, Spec
from app.api.spec.plan import Plan, planning
from app.api.spec.query import FORMAT_KEYS, PICTURE_KEYS, query_to_fields, query_to_landscape, query_to_spec
from app.api.worker import Work, cached, in_slices, worker_of
from app.drawing import Canvas, Route, Scene, pieces, value_text
from app.problems.plane import plane_problem
from app.problems.problem import Problem
from app.settings import Settings

Optimizer = Mapping[str, Any]
"""One of the spec, every value in force."""

NOT_DETAILS = ("label", "name", "rule", "initial")
"""Fields that do not tell runs apart in a legend: they are its names already, or too long for it."""

SVG = "image/svg+xml"
POLICY = "sandbox; default-src 'none'; style-src 'none'"
"""A picture may load nothing, run nothing and use no style sheet, wherever it is opened."""

PICTURES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture.", "content": {SVG: {"schema": {"type": "string"}}}}
}

router = APIRouter(tags=["pictures"], route_class=StrictRoute)


def requested_picture(pairs: list[tuple[str, str]], settings: Settings) -> Generator[None, None, tuple[Scene, bytes]]:
    """Return what the picture of an address shows: its runs on their map, or the map alone; pauses while it plans.

    With it come bytes that differ where the scene does, for an ETag.

    Raises: Refused, as for runs and landscapes.
    """
    landscape_spec = validated_query(LandscapeSpec, query_to_landscape(pairs))
    raw, shown = query_to_spec(pairs), validated_query(RunsShown, query_to_fields(PICTURE_KEYS, pairs))
    plan = (yield from planning(validated_query(Spec, raw), "query", settings)) if "optimizers" in raw else None
    problem = plan.problem if plan else landscape_spec.problem.build()
    check_shown(page_keys(pairs), problem, plan.spec.optimizers if plan else ())
    plane, note = None, ""
    if len(problem.parameters) > MAP_PARAMETERS:
        of_runs = yield from make_plane(problem, landscape_spec, "query", settings)
        plane, note = of_runs.plane, describe_plane(of_runs, THROUGH[landscape_spec.at is None]).sentence
        problem = plane_problem(problem, plane, plane.parameters or DIRECTIONS, of_runs.domain())
    window = domain_of(problem.parameters, problem.domain, _within(landscape_spec, problem), "query")
    if problem.kind == "expression":
        problem = replace(problem, domain=window)  # it names none of its own, so its levels are of what is shown
    routes = routes_of(plan, shown.slots) if plan else ()
    of = landscape_spec.problem
    title = of.title[:1].upper() + of.title[1:]
    scene = Scene(problem, title, of.formula, routes, window, shown.step, shown.paths, plane=plane, note=note)
    identity = plan.canonical() if plan else orjson.dumps(landscape_spec.problem.model_dump())
    return scene, identity + orjson.dumps([window, shown.model_dump(), note])


def _within(landscape_spec: LandscapeSpec, problem: Problem) -> LandscapeSpec:
    """The window of a map; of a curve only its first axis, as the losses on the second follow from that."""
    if landscape_spec.domain is None or len(problem.parameters) > 1:
        return landscape_spec
    return landscape_spec.model_copy(update={"domain": landscape_spec.domain[:1]})


def routes_of(plan: Plan, slots: list[int] | None) -> tuple[Route, ...]:
    """The runs, each in the colour of its slot."""
    optimizers = [plan.optimizer(index) for index in range(len(plan.runs))]
    each = zip(plan.runs, optimizers, run_details(optimizers), slots or count(), strict=False)
    return tuple(Route(run, optimizer["label"], details, slot) for run, optimizer, details, slot in each)


def requested_format(pairs: list[tuple[str, str]]) -> Canvas:
    """The size and colours that an address asks for. Raises: Refused."""
    return validated_query(PictureFormat, query_to_fields(FORMAT_KEYS, pairs)).canvas()


@get_and_head(
    router, "/plot.svg", summary="The picture of the query", response_class=Response,
    responses=PICTURES | NOT_MODIFIED | REFUSED_QUERY, openapi_extra=PICTURE_PARAMETERS,
)  # fmt: skip
async def get_picture(request: Request) -> Response:
    """The map of a page's address with its runs, as they stand when all have ended or at a `step`.

    Of a network it is a plane of the loss, as for landscapes, with the sentence that says which below it.
    Without an optimizer it is the map alone, and below 200 pixels a thumbnail without words. It looks as the page
    does, and is meant for an `img` element, a report or the preview of a link.
    """
    pairs, worker = query_pairs(request), worker_of(request)
    picture_format = requested_format(pairs)
    scene, identity = await in_slices(request, requested_picture(pairs, worker.settings))
    entity = etag(identity, orjson.dumps(asdict(picture_format)), "picture")
    headers = {"ETag": entity, "Cache-Control": CACHED_AN_HOUR, "Content-Security-Policy": POLICY}
    work = _svg(scene, picture_format)
    return bodyless_response(request, headers, SVG) or await cached(request, worker.pictures, work, headers, SVG)


def _svg(scene: Scene, picture_format: Canvas) -> Work:
    text = io.StringIO()
    for piece in pieces(scene, picture_format):
        text.write(piece)
        yield
    return text.getvalue().encode()


def run_details(runs: Sequence[Optimizer]) -> list[str]:
    """The details of each run in the legend: its learning rate, and the first value that tells it from its twins."""
    return [", ".join(_details(run, runs)) for run in runs]


def _details(run: Optimizer, runs: Sequence[Optimizer]) -> Iterator[str]:
    yield value_text(run["learning_rate"])
    twins = [other for other in runs if other is not run and _looks(other) == _looks(run)]
    differing = (key for key in run if key not in NOT_DETAILS and any(other.get(key) != run[key] for other in twins))
    key = next(differing, None)
    if key:
        yield _detail(key, run[key])


def _looks(run: Optimizer) -> tuple[Any, ...]:
    return run["label"], run["learning_rate"]


def _detail(key: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value["name"]).replace("_", " ")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{key.replace('_', ' ')} {value_text(value) if number else value}"
