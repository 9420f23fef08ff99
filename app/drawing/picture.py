"""A map with its paths as one SVG: the same tints, levels, dashes, markers and labels as the page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.drawing import legend, markers
from app.drawing.axes import Axes, axes_of, crosses, fits_one_scale, frame, number_strips
from app.drawing.contours import draw_map
from app.drawing.curve import Curve, draw_curve, sampled_curve
from app.drawing.geometry import Pair
from app.drawing.labels import Occupancy
from app.drawing.layout import Layout, layout_of
from app.drawing.levels import LossScale, scale_of
from app.drawing.paths import Path, draw_paths, outlines, path_of, step_balls, step_ticks, steps_a_tick
from app.drawing.scene import Format, Scene
from app.drawing.svg import FAMILY, FROM_TENTHS, escaped, open_tag, rect, tag, tag_around

MOST_TICKED = 4
"""With more paths their ticks would hide the map."""


def picture(scene: Scene, form: Format) -> str:
    """The whole SVG as one text."""
    return "".join(pieces(scene, form))


def pieces(scene: Scene, form: Format) -> Iterator[str]:
    """The same SVG in pieces, each after a few milliseconds' work, so that others can work in between.

    Yields: text; joined it is the SVG. Some pieces are empty: more work was done, nothing is written yet.
    """
    layout, problem, curve = layout_of(scene, form), scene.problem, None
    if len(problem.parameters) == 1:
        curve = yield from sampled_curve(scene, layout)
        axes = curve.axes
    else:
        x, y = problem.parameters
        axes = axes_of((x, y), scene.shown, layout.box, equal=fits_one_scale(problem.domain, layout.box))
    paths = []
    for index, route in enumerate(scene.routes):
        paths.append((yield from path_of(index, route, scene, axes)))
    scale = yield from scale_of(problem)
    yield from _Picture(scene, layout, axes, curve, tuple(paths), scale, Occupancy(layout.box)).parts()


@dataclass(frozen=True, eq=False)
class _Picture:
    """All that is known of one picture; its methods write the parts in the order in which they lie."""

    scene: Scene
    layout: Layout
    axes: Axes
    curve: Curve | None
    paths: tuple[Path, ...]
    scale: LossScale
    occupancy: Occupancy

    def parts(self) -> Iterator[str]:
        layout = self.layout
        yield self._opening()
        yield from self._take_places()
        known = self.scene.problem.minima if layout.has_text and not self.curve else ()
        minima, losses = markers.minima(known, self.axes, layout, self.occupancy)
        yield tag("clipPath", rect(layout.box), id="frame")
        yield from self._ground(crosses(self.axes, layout) + minima if layout.has_text else "")
        yield frame(self.axes, layout) if layout.has_text else ""
        yield from self._paths()
        yield losses
        yield from self._ends()
        if layout.has_text:
            yield legend.title(self.scene, layout)
            yield from legend.legend(self.paths, layout)
        if layout.kind == "full":
            yield legend.tint_scale(self.scale, layout) + legend.notes(list(self._notes()), layout)
        yield "</svg>\n"

    def _opening(self) -> str:
        layout = self.layout
        start = open_tag(
            "svg", xmlns="http://www.w3.org/2000/svg", width=layout.width, height=layout.height,
            viewBox=f"0 0 {layout.width:g} {layout.height:g}", role="img", font_family=FAMILY,
        )  # fmt: skip
        title = tag("title", escaped(self.scene.title or self.scene.formula))
        # How each run ended, for those who cannot see the picture.
        ends = [" ".join(filter(None, (p.route.name, p.route.detail, p.end.sentence))) for p in self.paths]
        description = tag("desc", escaped("; ".join(ends) + ".")) if ends else ""
        paper = tag("rect", width=layout.width, height=layout.height, fill=layout.theme.paper)
        return f"{start}>{title}{description}{paper if layout.has_text else ''}"

    @cached_property
    def _start(self) -> Pair | None:
        """Where the paths begin, in pixels; None where the loss has no height there."""
        start = self.scene.start
        x, y = (*start, self.scene.problem.loss_at(start))[:2]
        return self.axes.pixels(x, y) if math.isfinite(y) else None

    def _take_places(self) -> Iterator[str]:
        """Take up the places that words are to keep off."""
        px = self.layout.px
        for path in self.paths if self.layout.has_text else ():
            for line in path.whole_lines:
                self.occupancy.take_line(line)
            if path.walked.head:
                self.occupancy.take_around(path.walked.head, 8 * px)
            yield ""
        if self._start:
            self.occupancy.take_around(self._start, 10 * px)
        for strip in number_strips(self.layout):
            self.occupancy.take(strip)

    def _ground(self, marks: str) -> Iterator[str]:
        """What the paths lie on, in its frame."""
        if self.curve:
            return draw_curve(self.curve, self.scale, self.layout, marks)
        return draw_map(self.scene.problem, self.axes, self.scale, self.layout, self.occupancy, marks)

    def _paths(self) -> Iterator[str]:
        if self.paths:
            yield from tag_around("defs", outlines(self.paths))
            yield '<g clip-path="url(#frame)">'
            caps = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
            yield from tag_around("g", self._lines(), transform=FROM_TENTHS, **caps)
            yield "</g>"

    def _lines(self) -> Iterator[str]:
        """The paths, with a ball at each step on a curve or ticks on a map."""
        layout = self.layout
        yield from draw_paths(self.paths, layout)
        for path in self.paths if self._ticked else ():
            yield step_balls(path, layout) if self.curve else step_ticks(path, self._steps_a_tick, layout)

    @cached_property
    def _ticked(self) -> bool:
        """Whether there is room to show single steps."""
        return self.layout.kind == "full" and 0 < len(self.paths) <= MOST_TICKED

    @cached_property
    def _steps_a_tick(self) -> int:
        return 1 if self.curve else steps_a_tick(self.paths, self.layout)

    def _ends(self) -> Iterator[str]:
        """The start, the heads, and where runs left."""
        layout = self.layout
        if self._start and (self.paths or layout.has_text):
            yield markers.start(self._start, self.scene.start, layout, self.occupancy)
        for path in self.paths:
            if path.walked.head:
                yield markers.head(path, path.walked.head, layout)
        if layout.has_text:
            yield from markers.shared_ends(self.paths, layout, self.occupancy)
        yield from markers.exits(self.paths, layout, self.occupancy)

    def _notes(self) -> Iterator[str]:
        if any(path.goes_on for path in self.paths):
            yield f"Step {self.scene.step:,}."
        if not self.curve and not self.axes.equal:
            yield "Axes not to scale."
        if self._ticked:
            mark, steps = "A ball" if self.curve else "A tick", self._steps_a_tick
            yield f"{mark} every {f'{steps} steps' if steps > 1 else 'step'}."
