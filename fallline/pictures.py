"""Pictures of specs: runs on their map, ends of starts, trainings, and charts."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import orjson

from fallline.descent import End
from fallline.drawing import (
    Canvas,
    Dots,
    GridOfLosses,
    HeatMap,
    MapOfStarts,
    ProfileChart,
    Route,
    Scene,
    grid_chart,
    heat_map,
    picture,
    place_text,
    profile_chart,
    value_text,
)
from fallline.drawing.lengths import UNITS, in_unit, length
from fallline.drawing.run_slots import default_slots
from fallline.in_parts import InParts, whole
from fallline.landscapes import Landscape, domain_of
from fallline.limits import UNLIMITED, Limits
from fallline.over_plane import Seen
from fallline.planes import THROUGH, PlaneOfRuns, describe_plane, make_plane
from fallline.problems.minima import end_letter
from fallline.problems.problem import Problem
from fallline.problems.sampled import Sampled
from fallline.spec.models import MAP_PARAMETERS, LandscapeSpec, Spec
from fallline.spec.page import LONGEST_SIDE, SHORTEST_SIDE, PageKeys, PictureFormat, RunsShown, check_shown, read_keys
from fallline.spec.plan import Plan, planning
from fallline.spec.query import (
    ENCODED_SPEC,
    Pairs,
    located_in_address,
    query_to_grid,
    query_to_landscape,
    query_to_spec,
)
from fallline.starts import BasinsReached

InForce = Mapping[str, Any]
"""An optimizer of the spec with every value in force."""

USUAL_POINTS, POINTS_ALLOWED = 8.0, (4, 72)
"""The size of type in points: by default, if the size of the picture is a length; and the least and the greatest."""


@dataclass(frozen=True)
class Look:
    """The settings of a picture; None for a default.

    Args:
        title: instead of the name of the problem; empty for no title and no formula.
        width, height: whole pixels, or lengths such as "88mm".
        font_size: of the numbers of axes, in points.
        theme: `day` or `night`.
    """

    title: str | None = None
    width: int | str | None = None
    height: int | str | None = None
    font_size: float | None = None
    theme: str | None = None


LEAST_DISTANCE = 1e-3
"""Distances from a plane are drawn if one of them is more than this share of the width of the map."""

NOT_DETAILS = ("label", "name", "rule", "initial", "learning_rate")
"""Fields that a legend does not show as further details: it has them already, or they are too long."""


def requested_picture(pairs: Pairs, limits: Limits) -> InParts[tuple[Scene, bytes]]:
    """Return the scene of an address, its runs on their map or the map alone; and bytes that identify it, for an ETag.

    Raises: SpecError, as for runs and landscapes.
    """
    landscape_spec = LandscapeSpec.model_validate(query_to_landscape(pairs))
    raw, shown = query_to_spec(pairs), read_keys(RunsShown, pairs)
    plan = (yield from planning(Spec.model_validate(raw), limits)) if "optimizers" in raw else None
    problem = plan.problem if plan else landscape_spec.problem.build()
    check_shown(read_keys(PageKeys, pairs), problem, plan.spec.optimizers if plan else ())
    scene = yield from scene_of(landscape_spec, plan, shown, limits)
    identity = plan.canonical() if plan else orjson.dumps(landscape_spec.problem.model_dump())
    return scene, identity + orjson.dumps([scene.window, shown.model_dump(), scene.note])


def scene_of(landscape_spec: LandscapeSpec, plan: Plan | None, shown: RunsShown, limits: Limits) -> InParts[Scene]:
    """Return the map of a landscape with the runs of a plan of the same spec, if there is one. Raises: SpecError."""
    of, note = landscape_spec.problem, ""
    problem, routes = (plan.problem, routes_of(plan, shown.slots)) if plan else (of.build(), ())
    if len(problem.parameters) > MAP_PARAMETERS:
        of_runs = yield from make_plane(problem, landscape_spec, limits, plan)
        problem = of_runs.problem(problem, of_runs.domain())
        note = describe_plane(of_runs, THROUGH[landscape_spec.at is None]).sentence
        routes, told = _beside(of_runs, routes)
        note += told
    window = domain_of(problem.parameters, problem.domain, _within(landscape_spec, problem))
    if problem.kind == "expression":
        problem = replace(problem, domain=window)  # a formula declares no domain, so its levels suit the window
    title = of.title[:1].upper() + of.title[1:]
    return Scene(problem, title, of.formula, routes, window, shown.step, shown.paths, note=note)


def _beside(of_runs: PlaneOfRuns, routes: Sequence[Route]) -> tuple[tuple[Route, ...], str]:
    """The routes of runs projected onto a plane, each row a dot, and a sentence about the dots."""
    plane, farthest = of_runs.plane, of_runs.farthest() or 0.0
    (low, high), _ = of_runs.domain()
    fades = farthest > LEAST_DISTANCE * (high - low)
    dotted = []
    for route, run in zip(routes, of_runs.runs, strict=True):
        places, distances = plane.project(run.path), plane.distance(run.path)
        shares = np.minimum(1.0, distances / farthest) if fades else np.zeros(len(distances))
        dotted.append(replace(route, made=(places.T, run.end), dots=Dots(places, run.losses, shares)))
    words = " A dot has the loss of its own run as its tint"
    if fades:
        words += f"; its edge fades the further it lies off the plane, up to {value_text(farthest, 3)}"
    return tuple(dotted), f"{words}." if dotted else ""


def _within(landscape_spec: LandscapeSpec, problem: Problem) -> LandscapeSpec:
    """The spec with its window; for a curve only with the first axis, as that decides the losses on the second."""
    if landscape_spec.domain is None or len(problem.parameters) > 1:
        return landscape_spec
    return landscape_spec.model_copy(update={"domain": landscape_spec.domain[:1]})


def routes_of(plan: Plan, slots: list[int] | None) -> tuple[Route, ...]:
    """The routes of the runs of a plan. Args: slots: of each run; by default those of their rules."""
    optimizers = [plan.optimizer(index) for index in range(len(plan.runs))]
    slots = slots or default_slots([(getattr(run, "name", ""), run.model_fields_set) for run in plan.spec.optimizers])
    each = zip(plan.runs, optimizers, run_details(optimizers), slots, strict=True)
    return tuple(Route(run, optimizer["label"], details, slot) for run, optimizer, details, slot in each)


def scene_of_spec(spec: Mapping[str, Any], shown: Mapping[str, str]) -> Scene:
    """The scene of a spec, with its runs if it has any.

    Args: spec: as values of JSON; shown: keys and values of an address. Raises: SpecError.
    """
    pairs = [*shown.items()]
    with located_in_address({ENCODED_SPEC, *shown}):
        page = read_keys(PageKeys, pairs)
        landscape_spec = LandscapeSpec.model_validate({**spec, **query_to_grid(pairs)})
        plan = whole(planning(Spec.model_validate(spec), UNLIMITED)) if spec.get("optimizers") else None
        return whole(scene_of(landscape_spec, plan, page, UNLIMITED))


def map_picture(scene: Scene, look: Look, shown: Mapping[str, str] = MappingProxyType({})) -> str:
    """The SVG of a scene. Args: shown: keys of an address, which set the defaults of the look.

    Raises: SpecError; ValueError, if a length or the size of type is wrong, or type of this size has no room.
    """
    if look.title is not None:
        scene = replace(scene, title=look.title, formula=scene.formula if look.title else "")
    return picture(scene, canvas_of(look, shown))


def canvas_of(look: Look, shown: Mapping[str, str]) -> Canvas:
    """The canvas for a look. Raises: as `map_picture`."""
    sides = {"width": look.width, "height": look.height}
    of_look = {side: str(value) for side, value in {**sides, "theme": look.theme}.items() if value is not None}
    lengths = [(side, *length(value, side)) for side, value in sides.items() if isinstance(value, str)]
    keys = {key: value for key, value in {**shown, **of_look}.items() if not isinstance(sides.get(key), str)}
    if isinstance(look.width, str) and look.height is None:
        keys.pop("height", None)
    with located_in_address(keys):
        canvas = read_keys(PictureFormat, [*keys.items()]).canvas()
    for side, pixels, unit in lengths:
        canvas = replace(canvas, unit=canvas.unit or unit)
        canvas = replace(canvas, width=pixels) if side == "width" else replace(canvas, height=pixels)
        if not SHORTEST_SIDE <= pixels <= LONGEST_SIDE:
            least, most = (in_unit(bound, unit) for bound in (SHORTEST_SIDE, LONGEST_SIDE))
            raise ValueError(f"{side} must be from {least} to {most}; got {sides[side]!r}")
    points = look.font_size
    if points is None and canvas.unit not in ("", "px"):
        points = USUAL_POINTS
    return canvas if points is None else _with_type(canvas, points)


def _with_type(canvas: Canvas, points: float) -> Canvas:
    """The canvas with type of a size. Raises: ValueError, if the size is wrong, or the canvas has no room for it."""
    least, most = POINTS_ALLOWED
    if isinstance(points, bool) or not isinstance(points, int | float) or not least <= points <= most:
        raise ValueError(f"font_size must be a number of points from {least} to {most}; got {points!r}")
    canvas = replace(canvas, font_size=points * UNITS["pt"])
    unit = canvas.unit or "px"
    for side, pixels, room in zip(("width", "height"), (canvas.width, canvas.height), canvas.least, strict=True):
        if pixels is not None and pixels < room:
            least_room = math.ceil(10 * room / UNITS[unit]) / 10
            got = in_unit(pixels, unit)
            raise ValueError(f"{side} must be at least {least_room:g}{unit} for type of {points:g} points; got {got}")
    return canvas


def scene_of_tapes(seen: Sequence[Seen], landscape: Landscape, sentence: str) -> Scene:
    """The scene of trainings on their plane. Args: sentence: about the plane."""
    x, y, loss = landscape.x, landscape.y, landscape.loss
    assert y is not None
    farthest = max(float(tape.away.max()) for tape in seen) or 1.0
    routes = []
    for tape in seen:
        steps = int(tape.steps[-1])
        end = End("max_steps", len(tape.steps) - 1, None, f"after {steps:,} steps")
        dots = Dots(tape.places, tape.losses, tape.away / farthest)
        routes.append(Route(None, tape.label, f"{steps:,} steps", made=(tape.places.T, end), dots=dots))
    across, up = seen[0].places[0].tolist()
    domain = tuple((float(axis[0]), float(axis[-1])) for axis in (x, y))
    problem = Problem("network", Sampled(tuple(landscape.parameters), x, y, loss), domain, (across, up))
    note = (
        f"{sentence} Each point has its own loss as its tint; its edge fades the further it lies off the plane, up to "
        f"{value_text(farthest, 3)}. The ground is evaluated at {len(x)} × {len(y)} places."
    )
    title = "A training on a plane" if len(routes) == 1 else "Trainings on a plane"
    return Scene(problem, title, "", tuple(routes), note=note)


MOST_SHARES = 6
"""The most minima whose shares are written out below a picture."""


def scene_of_ends(spec: Mapping[str, Any], found: BasinsReached) -> Scene:
    """The scene of a map of starts. Args: spec: as values of JSON; found: the ends. Raises: SpecError."""
    with located_in_address({ENCODED_SPEC}):
        of_run = {key: value for key, value in spec.items() if key in Spec.model_fields}
        plan = whole(planning(Spec.model_validate(of_run), UNLIMITED))
    axes = [found.x] if found.y is None else [found.x, found.y]
    window = tuple((float(at[0]), float(at[-1])) for at in axes)
    of, problem = plan.spec.problem, replace(plan.problem, domain=window)
    ends = MapOfStarts(found.x, found.y, np.atleast_2d(found.end), found.minima)
    (route,) = routes_of(plan, None)
    note = f"Where {route.whole_name} ends: {', '.join(_shares(found))}."
    return Scene(problem, of.title[:1].upper() + of.title[1:], of.formula, (), window, note=note, ends=ends)


def _shares(found: BasinsReached) -> Iterator[str]:
    """Texts of the shares of the starts that end in each minimum, the largest first; without shares of 0."""
    shares = found.shares.tolist()
    order = sorted((k for k, share in enumerate(shares) if share), key=lambda k: -shares[k])
    for k in order[:MOST_SHARES]:
        yield f"{end_letter(k)} at {place_text(found.minima[k, :-1].tolist(), 3)} {shares[k]:.1%}"
    if others := order[MOST_SHARES:]:
        yield f"{len(others)} more {sum(shares[k] for k in others):.1%}"
    for share, text in ((found.share_elsewhere, "none of them"), (found.share_diverged, "diverges (hatched)")):
        if share:
            yield f"{text} {share:.1%}"


def chart_picture(chart: HeatMap | ProfileChart | GridOfLosses, look: Look) -> str:
    """The SVG of a chart. Raises: as `map_picture`."""
    if look.title is not None:
        chart = replace(chart, title=look.title) if look.title else replace(chart, title="", note="")
    canvas = canvas_of(look, {})
    if isinstance(chart, HeatMap):
        return heat_map(chart, canvas)
    return profile_chart(chart, canvas) if isinstance(chart, ProfileChart) else grid_chart(chart, canvas)


def requested_format(pairs: Pairs) -> Canvas:
    """The canvas that an address requests. Raises: SpecError."""
    return read_keys(PictureFormat, pairs).canvas()


def run_details(runs: Sequence[InForce]) -> list[str]:
    """The details of each run in the legend: its learning rate, and the first other value that differs between runs
    with the same label.
    """
    return [", ".join(_details(run, runs)) for run in runs]


def _details(run: InForce, runs: Sequence[InForce]) -> Iterator[str]:
    yield value_text(run["learning_rate"])
    namesakes = [other for other in runs if other["label"] == run["label"]]
    differing = (
        key for key in run if key not in NOT_DETAILS and any(other.get(key) != run[key] for other in namesakes)
    )
    key = next(differing, None)
    if key:
        value = run[key]
        if isinstance(value, Mapping):
            yield str(value["name"]).replace("_", " ")
        else:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            yield f"{key.replace('_', ' ')} {value_text(value) if number else value}"
