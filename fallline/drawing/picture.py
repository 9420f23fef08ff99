"""A map with its paths as one SVG, with the tints, levels, dashes, markers and labels of the page."""

import math

from fallline.drawing import legend, markers
from fallline.drawing.axes import axes_of, crosses, fits_one_scale, frame
from fallline.drawing.contours import draw_map
from fallline.drawing.curve import curve_line, draw_curve, sampled_curve
from fallline.drawing.ends import draw_ends, draw_few_contours
from fallline.drawing.labels import Occupancy
from fallline.drawing.layout import Canvas, Scene, layout_of
from fallline.drawing.levels import scale_of
from fallline.drawing.number_text import level_text
from fallline.drawing.paths import draw_paths, path_of, steps_a_tick
from fallline.drawing.svg import document, escaped, rect, tag
from fallline.in_parts import InParts, whole
from fallline.problems.minima import end_letter


def picture(scene: Scene, canvas: Canvas) -> str:
    """The SVG of a scene."""
    return whole(picture_in_parts(scene, canvas))


def picture_in_parts(scene: Scene, canvas: Canvas) -> InParts[str]:
    """Return the SVG of a scene, made in parts of a few milliseconds."""
    layout, problem = layout_of(scene, canvas), scene.problem
    curve, equal = len(problem.parameters) == 1, True
    if curve:
        axes, loss = yield from sampled_curve(scene, layout)
    else:
        equal = fits_one_scale(problem.domain, layout.box)
        axes = axes_of(problem.parameters, scene.visible_domain, layout.box, equal=equal)
    paths = []
    for index, route in enumerate(scene.routes if scene.paths else ()):
        paths.append((yield from path_of(index, route, scene, axes)))

    occupancy = Occupancy(layout.box)
    for path in paths:
        occupancy.take_lines(path.whole)
        yield
    across, up = (*scene.start, problem.loss_at(scene.start)) if curve else scene.start
    start = axes.pixels(across, up)
    marks = list(markers.minima(problem.minima, axes, layout)) if scene.minima and layout.has_text and not curve else []
    if scene.ends:
        at = [axes.pixels(*(each if curve else each[:2])) for each in scene.ends.minima.tolist()]
        marks = list(markers.lettered(at, list(map(end_letter, range(len(at)))), layout))
    elif math.isfinite(up) and layout.box.holds(*start) and (paths or layout.has_text):
        marks.append(markers.start(start, scene.start, layout))
    marks += [*markers.ends(paths, layout), *markers.exits(paths, layout)]
    marked = markers.draw_marks(marks, layout, occupancy)

    scale = yield from scale_of(problem)
    lines: list[float] = []
    if scene.ends:
        if curve:
            over = curve_line(axes, loss, layout)
        else:
            over, lines = yield from draw_few_contours(problem, axes, scale, layout)
        ground = tag("g", draw_ends(scene.ends, axes, layout), over, clip_path="url(#frame)")
    elif curve:
        ground = draw_curve(axes, loss, scale, layout)
    else:
        ground = yield from draw_map(problem, axes, scale, layout, occupancy)
    every = steps_a_tick(paths, layout)
    # How each run ended, for those who cannot see the picture.
    ends = "; ".join(f"{path.route.whole_name} {path.end.sentence}" for path in paths)
    drawn = [
        tag("title", escaped(scene.title or scene.formula)),
        tag("desc", escaped(f"{ends}.")) if ends else "",
        tag("rect", width=layout.width, height=layout.height, fill=layout.theme.paper),
        tag("clipPath", rect(layout.box), id="frame"),
        ground,
        crosses(axes, layout) + frame(axes, layout) if layout.has_text else "",
        draw_paths(paths, every, layout, balls=curve),
        marked,
    ]
    if layout.has_text:
        notes = [f"Step {scene.step:,}."] if any(path.goes_on for path in paths) else []
        notes += [] if equal else ["Axes not to scale."]
        notes += [f"Lines: loss {', '.join(map(level_text, lines))}."] if lines else []
        mark = "ball" if curve else "tick"
        notes += [f"A {mark} every step." if every == 1 else f"A {mark} every {every} steps."] if every else []
        drawn += legend.around(scene, scale, " ".join(notes), layout)
    return document(layout.width, layout.height, *drawn, scale=layout.scale) + "\n"
