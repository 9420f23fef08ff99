"""A map with its paths as one SVG: the same tints, levels, dashes, markers and labels as the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from app.drawing import exits, frame, gathered, ground, margin, marks, routes
from app.drawing.levels import Levels
from app.drawing.look import Look, look_of
from app.drawing.occupancy import Occupancy
from app.drawing.plane import Plane, plane_of
from app.drawing.relief import FULL, STAMP, relief_of
from app.drawing.routes import Walked
from app.drawing.scene import Format, Route, Scene
from app.drawing.shade import shade
from app.drawing.survey import Work, domain_levels, sampled
from app.drawing.svg import FAMILY, clean, open_tag, tag
from app.drawing.table import SLOTS
from app.drawing.trail import Trail
from app.drawing.view import Box

OPERATIONS_A_BLOCK = 50_000
"""Of a run: about a millisecond."""

MOST_ROWS = 1024
EDGE_FINE = 0.5
"""Samples of ground with an edge are closer by this factor."""

MOST_STEPPED = 4
"""With more routes their ticks would hide the ground."""


def picture(scene: Scene, form: Format) -> str:
    """The whole picture as SVG text."""
    return "".join(pieces(scene, form))


def pieces(scene: Scene, form: Format) -> Iterator[str]:
    """The same piece by piece, with a pause after each few milliseconds' work; some pieces are empty."""
    look = look_of(scene, form)
    plane = yield from plane_of(scene, look)
    walks = []
    for index, route in enumerate(scene.routes):
        walks.append((yield from _walk(index, route, plane, scene)))
    levels = yield from domain_levels(scene.problem)
    drawn = _Drawing(scene, look, plane, tuple(walks), levels, Occupancy(look.box))
    yield from drawn.whole()


def _walk(index: int, route: Route, plane: Plane, scene: Scene) -> Work[Walked]:
    whole, trail, run = Trail(plane.view), Trail(plane.view), route.run
    rows = max(1, min(MOST_ROWS, int(OPERATIONS_A_BLOCK / run.cost)))
    for block in run.blocks(iter(lambda: rows, 0)):
        columns = plane.columns(block)
        whole.add(block.first, *columns)
        if scene.step is not None:
            trail.add_until(scene.step, block.first, *columns)
        yield ""
    assert block.end is not None
    goes_on = scene.step is not None and scene.step < block.end.n_steps
    slot = (index if route.slot is None else route.slot) % SLOTS
    vertices = routes.vertices(len(scene.routes) * (1 + goes_on))
    return Walked(index, slot, route.name, route.detail, whole, trail if goes_on else whole, block.end, vertices)


@dataclass(frozen=True)
class _Drawing:
    """All that is known of one picture; its methods write the parts in the order in which they lie."""

    scene: Scene
    look: Look
    plane: Plane
    walks: tuple[Walked, ...]
    levels: Levels
    occupancy: Occupancy

    def whole(self) -> Iterator[str]:
        yield self._opening()
        yield from self._taken()
        sinks = marks.sinks(self.plane, self.look, self.occupancy) if self.look.worded else []
        yield tag("clipPath", _rect(self.look.box), id="frame")
        yield from self._ground(sinks)
        yield from self._routes()
        yield marks.sink_words(sinks, self.look)
        yield from self._ends()
        yield from self._margin()
        yield "</svg>\n"

    def _opening(self) -> str:
        look = self.look
        start = open_tag(
            "svg", xmlns="http://www.w3.org/2000/svg", width=look.width, height=look.height,
            viewBox=f"0 0 {look.width:g} {look.height:g}", role="img", font_family=FAMILY,
        )  # fmt: skip
        told = [tag("title", escape(clean(self.scene.title or self.scene.formula)))]
        told += [tag("desc", escape(clean(self._said())))] if self.walks else []
        paper = tag("rect", width=look.width, height=look.height, fill=look.theme.paper) if look.worded else ""
        return f"{start}>{''.join(told)}{paper}"

    def _said(self) -> str:
        """How each run ended, for those who cannot see the picture."""
        ends = (" ".join(filter(None, (walk.name, walk.detail, walk.end.sentence))) for walk in self.walks)
        return "; ".join(ends) + "."

    def _taken(self) -> Iterator[str]:
        """Take up the places that words are to keep off."""
        s = self.look.s
        for walk in self.walks if self.look.worded else ():
            for line in walk.whole_lines:
                self.occupancy.mark_line(line)
            if walk.trail.head:
                left, top = walk.trail.head
                self.occupancy.mark_box(Box(left, top, 0, 0).around(8 * s))
            yield ""
        if self.plane.start:
            x, y = self.plane.view.at(*self.plane.start)
            self.occupancy.mark_box(Box(x, y, 0, 0).around(10 * s))
        for strip in frame.strips(self.look):
            self.occupancy.mark_box(strip)

    def _ground(self, sinks: list[marks.Sink]) -> Iterator[str]:
        """The ground with all that is printed on it, and the frame."""
        plane, look = self.plane, self.look
        if plane.curve:
            yield '<g clip-path="url(#frame)">'
            yield from ground.section(plane.curve, plane.view, self.levels, look)
        else:
            yield from self._map()
        if look.worded:
            yield frame.crosses(plane.view, look) + marks.sink_marks(sinks, look)
        yield "</g>"
        if look.worded:
            yield from frame.frame(plane, look)

    def _map(self) -> Iterator[str]:
        look, levels = self.look, self.levels
        detail = FULL if look.worded else STAMP
        samples = yield from sampled(self.scene.problem, self.plane.view, detail.apart * look.s)
        if not samples.complete:
            # The edge of the ground follows the samples, so it takes closer ones.
            samples = yield from sampled(self.scene.problem, self.plane.view, EDGE_FINE * detail.apart * look.s)
        relief = yield from relief_of(samples, levels, detail)
        yield from _in("defs", ground.outlines(relief))
        labels = yield from ground.numbers(relief, look, self.occupancy)
        yield ground.cut(labels, look)
        yield '<g clip-path="url(#frame)">'
        yield ground.bands(relief, levels, look)
        if not relief.busy:
            yield from _in("g", shade(samples, levels, look), transform=ground.SHRUNK)
        yield ground.contours(relief, levels, look)
        yield ground.written(labels, levels, look)

    def _routes(self) -> Iterator[str]:
        if not self.walks:
            return
        yield from _in("defs", routes.definitions(self.walks))
        yield '<g clip-path="url(#frame)">'
        caps = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
        yield from _in("g", self._lines(), transform=ground.SHRUNK, **caps)
        yield "</g>"

    def _lines(self) -> Iterator[str]:
        """The routes, with each step's ball on a curve or ticks on a map."""
        yield from routes.routes(self.walks, self.look)
        for walk in self.walks if self._stepped else ():
            curve = self.plane.curve is not None
            yield routes.balls(walk, self.look) if curve else routes.ticks(walk, self._every, self.look)

    @cached_property
    def _stepped(self) -> bool:
        """Whether there is room to show single steps."""
        return self.look.kind == "sheet" and 0 < len(self.walks) <= MOST_STEPPED

    @cached_property
    def _every(self) -> int:
        """Steps from one mark on a route to the next."""
        return 1 if self.plane.curve else routes.tick_every(self.walks, self.look)

    def _ends(self) -> Iterator[str]:
        """The start, the heads, and where runs left."""
        plane, look = self.plane, self.look
        if plane.start and (self.walks or look.worded):
            shown = plane.start[:1] if plane.curve else plane.start
            yield from marks.start(plane.view.at(*plane.start), shown, look, self.occupancy)
        for walk in self.walks:
            if walk.trail.head:
                yield marks.head(walk.slot, walk.trail.head, look, stopped=self._stopped(walk))
        if look.worded:
            yield from gathered.gathered(list(self._rests()), look, self.occupancy)
        yield from exits.exits(self.walks, look, self.occupancy)

    def _stopped(self, walk: routes.Walked) -> bool:
        """Whether a run is over, and not for want of steps."""
        return walk.end.reason != "max_steps" and not walk.goes_on

    def _rests(self) -> Iterator[gathered.Rest]:
        """Where runs are over."""
        for walk in self.walks:
            if walk.trail.head and not walk.goes_on:
                yield gathered.Rest(walk.slot, walk.trail.head, self._stopped(walk))

    def _margin(self) -> Iterator[str]:
        if self.look.worded:
            yield from margin.title(self.scene, self.look)
            yield from margin.legend(self.walks, self.look)
        if self.look.kind == "sheet":
            yield from margin.key(self.levels, self.look)
            yield margin.notes(list(self._notes()), self.look)

    def _notes(self) -> Iterator[str]:
        if any(walk.goes_on for walk in self.walks):
            yield f"Step {self.scene.step:,}."
        if not self.plane.curve and not self.plane.view.equal:
            yield "Axes not to scale."
        if self._stepped:
            mark = "A ball" if self.plane.curve else "A tick"
            yield f"{mark} every {f'{self._every} steps' if self._every > 1 else 'step'}."


def _in(name: str, parts: Iterator[str], **attributes: str) -> Iterator[str]:
    """An element around parts that come one after the other."""
    yield open_tag(name, **attributes) + ">"
    yield from parts
    yield f"</{name}>"


def _rect(box: Box) -> str:
    return tag("rect", x=box.left, y=box.top, width=box.width, height=box.height)
