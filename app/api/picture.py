"""Pictures: the map of a page's address, as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from app.api.body import StrictRoute
from app.api.errors import REFUSED_QUERY, Refused
from app.api.landscape import domain_of
from app.api.openapi import PICTURE_PARAMETERS
from app.api.requests import pairs_of, validated
from app.api.responses import FRESH, KNOWN, Pieces, readable, short_answer, tag
from app.api.spec.models import LandscapeSpec, PictureFormat, RunsShown, Spec
from app.api.spec.plan import Plan, planned
from app.api.spec.query import query_to_landscape, query_to_playhead, query_to_sheet, query_to_spec
from app.api.worker import worked, worker_of
from app.drawing import Format, Route, Scene, pieces
from app.drawing.numerals import chosen
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
    raw, shown = query_to_spec(pairs), validated(RunsShown, query_to_playhead(pairs))
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
    return validated(PictureFormat, query_to_sheet(pairs)).format()


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


Told = Mapping[str, Any]

Print = Callable[[float], str]

RATE = "learning_rate"

UNSAID = ("label", "name", "rule", "initial")
"""What is the name already, or too long to stand behind one."""


def details(runs: Sequence[Told], chosen: Print) -> list[str]:
    """What stands behind the name of each run: its learning rate, and what tells it from others that look the same.

    Args:
        runs: optimizers with every value in force; chosen: prints a number.
    """
    return [", ".join(_details(run, runs, chosen)) for run in runs]


def _details(run: Told, runs: Sequence[Told], chosen: Print) -> Iterator[str]:
    yield chosen(run[RATE])
    twins = [other for other in runs if other is not run and _looks(other) == _looks(run)]
    differing = (key for key in run if key not in UNSAID and any(other.get(key) != run[key] for other in twins))
    key = next(differing, None)
    if key:
        yield _said(key, run[key], chosen)


def _looks(run: Told) -> tuple[Any, ...]:
    return run["label"], run[RATE]


def _said(key: str, value: Any, chosen: Print) -> str:
    if isinstance(value, Mapping):
        return str(value["name"]).replace("_", " ")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{key.replace('_', ' ')} {chosen(value) if number else value}"
