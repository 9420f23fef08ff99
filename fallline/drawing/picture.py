"""A map with its paths as one SVG, with the tints, levels, dashes, markers and labels of the page."""

import math
from collections.abc import Sequence

from fallline.drawing import legend, markers
from fallline.drawing.axes import Axes, axes_of, crosses, fits_one_scale, frame
from fallline.drawing.contours import draw_map
from fallline.drawing.curve import curve_line, draw_curve, sampled_curve
from fallline.drawing.dots import draw_dots, every_dot
from fallline.drawing.ends import draw_ends, draw_few_contours
from fallline.drawing.labels import Occupancy
from fallline.drawing.layout import Canvas, Layout, Scene, layout_of
from fallline.drawing.levels import LossScale, scale_of
from fallline.drawing.number_text import level_text
from fallline.drawing.paths import Path, draw_paths, path_of, steps_a_tick
from fallline.drawing.svg import document, escaped, rect, tag
from fallline.in_parts import InParts, whole
from fallline.problems.minima import end_letter
from fallline.types import Array


def picture(scene: Scene, canvas: Canvas) -> str:
    """The SVG of a scene."""
    return whole(picture_in_parts(scene, canvas))


def picture_in_parts(scene: Scene, canvas: Canvas) -> InParts[str]:
    """Return the SVG of a scene; pauses after every few milliseconds."""
    layout, problem = layout_of(scene, canvas), scene.problem
    curve, loss = len(problem.parameters) == 1, None
    if curve:
        axes, loss = yield from sampled_curve(scene, layout)
    else:
        equal = fits_one_scale(problem.domain, layout.box)
        axes = axes_of(problem.parameters, scene.visible_domain, layout.box, equal=equal, narrow=layout.narrow)
    paths = []
    for index, route in enumerate(scene.routes if scene.paths else ()):
        paths.append((yield from path_of(index, route, scene, axes)))

    occupancy = Occupancy(layout.box)
    for path in paths:
        occupancy.take_lines(path.whole)
        yield
    marked = markers.draw_marks(_marks(scene, paths, axes, layout), layout, occupancy)
    a_dot = every_dot(paths) if scene.layer == "all" else 0
    every = 0 if a_dot else steps_a_tick(paths, layout)
    frame_of_paths = tag("clipPath", rect(layout.box), id="frame")
    if scene.layer == "moving":
        walked = draw_paths(paths, every, layout, balls=curve, ahead=False)
        return document(layout.width, layout.height, frame_of_paths, walked, marked, scale=layout.scale)

    scale = yield from scale_of(problem)
    ground, lines = yield from _ground(scene, axes, loss, scale, layout, occupancy)
    # how each run ended, for readers who cannot see the picture
    ends = "; ".join(f"{path.route.whole_name} {path.end.sentence}" for path in paths)
    drawn = [
        tag("title", escaped(scene.title or legend.equation(scene))),
        tag("desc", escaped(f"{ends}.")) if ends else "",
        tag("rect", width=layout.width, height=layout.height, fill=layout.theme.paper),
        frame_of_paths,
        ground,
        crosses(axes, layout) + frame(axes, layout) if layout.has_text else "",
        draw_paths(paths, every, layout, balls=curve) if scene.layer == "all" else "",
        draw_dots(paths, axes, scale, layout) if a_dot else "",
        marked,
    ]
    if layout.head:
        ahead = scene.layer == "all" and any(path.goes_on for path in paths)
        notes = [f"Step {scene.step:,}."] if ahead else []
        notes += [] if curve or equal else ["Axes not to scale."]
        notes += [f"Lines: loss {', '.join(map(level_text, lines))}."] if lines else []
        mark = "ball" if curve else "tick"
        notes += [f"A {mark} every step." if every == 1 else f"A {mark} every {every} steps."] if every else []
        notes += [f"A dot every {a_dot} rows."] if a_dot > 1 else []
        drawn += legend.around(scene, scale, " ".join(notes), layout, layout.head)
    return document(layout.width, layout.height, *drawn, scale=layout.scale, unit=layout.unit) + "\n"


def _marks(scene: Scene, paths: Sequence[Path], axes: Axes, layout: Layout) -> list[markers.Mark]:
    """The marks of this layer: those that do not move, then the ends of runs."""
    problem, marks = scene.problem, list[markers.Mark]()
    curve = len(problem.parameters) == 1
    if scene.ends:
        at = [axes.pixels(*(minimum if curve else minimum[:2])) for minimum in scene.ends.minima.tolist()]
        marks += markers.lettered(at, list(map(end_letter, range(len(at)))), layout)
    elif scene.layer != "moving":
        if scene.minima and layout.has_text and not curve:
            marks += markers.minima(problem.minima, axes, layout)
        across, up = (*scene.start, problem.loss_at(scene.start)) if curve else scene.start
        start = axes.pixels(across, up)
        if math.isfinite(up) and layout.box.holds(*start) and (scene.routes or layout.has_text):
            marks.append(markers.start(start, scene.start, layout))
    if scene.layer != "still":
        marks += [*markers.ends(paths, layout), *markers.exits(paths, layout)]
    return marks


def _ground(
    scene: Scene, axes: Axes, curve: Array | None, scale: LossScale, layout: Layout, occupancy: Occupancy
) -> InParts[tuple[str, list[float]]]:
    """Return the ground. If it shows the ends of starts, return the losses of the contours over it too.

    Args: curve: the loss at every pixel across, for a problem with one parameter.
    """
    lines: list[float] = []
    if not scene.ends:
        if curve is not None:
            return draw_curve(axes, curve, scale, layout), lines
        return (yield from draw_map(scene.problem, axes, scale, layout, occupancy)), lines
    if curve is not None:
        over = curve_line(axes, curve, layout)
    else:
        over, lines = yield from draw_few_contours(scene.problem, axes, scale, layout)
    return tag("g", draw_ends(scene.ends, axes, layout), over, clip_path="url(#frame)"), lines
