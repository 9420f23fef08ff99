"""What a picture shows, and what it is drawn on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.descent import Run
from app.problems.problem import Problem
from app.types import Pair

ThemeName = Literal["day", "night"]


@dataclass(frozen=True)
class Route:
    """One run on the map.

    Args:
        run: not yet made; name: as it is called; detail: what stands behind the name, such as its learning rate.
        slot: its colour, dash and marker; by default its number among the routes.
    """

    run: Run
    name: str
    detail: str = ""
    slot: int | None = None


@dataclass(frozen=True)
class Scene:
    """A map with its routes.

    Args:
        problem: of one or two parameters; title: its name; formula: the loss as a text; one of the two may be empty.
        routes: the runs, the first lowest.
        window: (low, high) of each parameter; by default the problem's domain.
        step: the last step drawn in full, what follows is thin; by default the end.
    """

    problem: Problem
    title: str
    formula: str = ""
    routes: tuple[Route, ...] = ()
    window: tuple[Pair, ...] | None = None
    step: int | None = None

    @property
    def visible_domain(self) -> Sequence[Pair]:
        """(low, high) of each parameter that the picture shows."""
        return self.window or self.problem.domain

    @property
    def start(self) -> tuple[float, ...]:
        """Where the runs begin, or would."""
        return self.routes[0].run.start if self.routes else self.problem.start


@dataclass(frozen=True)
class Canvas:
    """What a picture is drawn on: its size in pixels, and its colours; without a height that of the map suits it."""

    width: int = 800
    height: int | None = None
    theme: ThemeName = "day"
