"""A map with its paths as one SVG, with the tints, levels, dashes, markers and labels of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fallline.drawing import legend, markers
from fallline.drawing.axes import axes_of, crosses, fits_one_scale, frame
from fallline.drawing.contours import draw_map
from fallline.drawing.curve import draw_curve, sampled_curve
from fallline.drawing.labels import Occupancy
from fallline.drawing.layout import Canvas, Layout, Scene, layout_of
from fallline.drawing.levels import scale_of
from fallline.drawing.paths import Path, draw_paths, path_of, steps_a_tick
from fallline.drawing.svg import FAMILY, escaped, number, open_tag, rect, tag
from fallline.in_parts import InParts, whole


def picture(scene: Scene, canvas: Canvas) -> str:
    """The SVG of a scene."""
    return whole(picture_in_parts(scene, canvas))


def picture_in_parts(scene: Scene, canvas: Canvas) -> InParts[str]:
    """Return the SVG of a scene, made in parts of a few milliseconds."""
    layout = layout_of(scene, canvas)
    problem = scene.problem
    curve = None
    if len(problem.parameters) == 1:
        curve = yield from sampled_curve(scene, layout)
        axes = curve.axes
    else:
        x, y = problem.parameters
        axes = axes_of((x, y), scene.visible_domain, layout.box, equal=fits_one_scale(problem.domain, layout.box))
    paths = []
    for index, route in enumerate(scene.routes if scene.paths else ()):
        paths.append((yield from path_of(index, route, scene, axes)))

    across, up = (*scene.start, problem.loss_at(scene.start)) if curve else scene.start
    start = axes.pixels(across, up) if math.isfinite(up) else None
    occupancy = Occupancy(layout.box)
    for path in paths:
        occupancy.take_lines(path.whole)
        if path.head:
            occupancy.take_around(path.head, 8)
        yield
    if start:
        occupancy.take_around(start, 10)
    known = problem.minima if scene.minima and layout.has_text and not curve else ()
    minima, losses = markers.minima(known, axes, layout, occupancy)
    marks = crosses(axes, layout) + minima if layout.has_text else ""

    scale = yield from scale_of(problem)
    if curve:
        ground = draw_curve(curve, scale, layout, marks)
    else:
        ground = yield from draw_map(problem, axes, scale, layout, occupancy, marks)
    every = steps_a_tick(paths, layout)
    drawn = [tag("clipPath", rect(layout.box), id="frame"), ground]
    if layout.has_text:
        drawn.append(frame(axes, layout))
    drawn += [draw_paths(paths, every, layout, balls=bool(curve)), losses]
    if paths or layout.has_text:
        drawn.append(markers.start(start, scene.start, layout, occupancy))
    drawn += markers.ends(paths, layout, occupancy)
    if layout.has_text:
        notes = [f"Step {scene.step:,}."] if any(path.goes_on for path in paths) else []
        notes += ["Axes not to scale."] if not (curve or axes.equal) else []
        notes += [_mark_note(every, "ball" if curve else "tick")] if every else []
        drawn += legend.around(scene, scale, " ".join(notes), layout)
    return f"{_opening(scene, paths, layout)}{''.join(drawn)}</svg>\n"


def _mark_note(every: int, mark: str) -> str:
    return f"A {mark} every step." if every == 1 else f"A {mark} every {every} steps."


def _opening(scene: Scene, paths: Sequence[Path], layout: Layout) -> str:
    start = open_tag(
        "svg", xmlns="http://www.w3.org/2000/svg", width=layout.width * layout.scale,
        height=layout.height * layout.scale, viewBox=f"0 0 {number(layout.width)} {number(layout.height)}",
        role="img", font_family=FAMILY,
    )  # fmt: skip
    title = tag("title", escaped(scene.title or scene.formula))
    # How each run ended, for those who cannot see the picture.
    ends = [f"{path.route.whole_name} {path.end.sentence}" for path in paths]
    description = tag("desc", escaped("; ".join(ends) + ".")) if ends else ""
    paper = tag("rect", width=layout.width, height=layout.height, fill=layout.theme.paper)
    return f"{start}>{title}{description}{paper if layout.has_text else ''}"
