"""What a scene is, and the short words in which the scenes are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.course.presets.questions import Dwell, Guess, ProposedChange

Window = tuple[float, float, float, float]
Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Preset:
    """One scene."""

    name: str
    """Permanent, snake_case."""
    group: str
    """The chapter of a course it belongs to."""
    title: str
    """A few words."""
    sentence: str
    """What is to be seen, every number of it true of the runs."""
    more: str = field(default="", kw_only=True)
    """The same in numbers, its cause, and the rates and starts for which it holds."""
    question: str = field(kw_only=True)
    """One line that can be answered before it runs, with nothing of the answer in it or in the title."""
    ask: str = field(kw_only=True)
    """What is to be seen, and how to answer."""
    guess: Guess = field(kw_only=True)
    """How it is answered."""
    change: ProposedChange = field(kw_only=True)
    """What to do once the sentence is understood."""
    dwell: tuple[Dwell, ...] = field(default=(), kw_only=True)
    """Where it slows as it plays."""
    spec: Spec
    """The runs, as the API takes them."""
    window: Window
    """The map, x from and to, then y; for a curve the loss from and to."""
    core: bool = False
    """Whether it belongs to the short list."""
    look_at: Literal["map", "loss"] = "map"
    """Where the point is seen: on the map or in the loss chart."""
    count: Literal["steps", "samples"] = "steps"
    """What the loss chart counts: steps, or samples seen on a logarithmic axis."""


FIRST, DESCENT, STOCHASTIC = "First look", "Gradient descent", "One sample, some, all"
MOMENTUM, ADAPTIVE, ADAM = "Momentum", "AdaGrad and RMSProp", "Adam"
CARS = {"dataset": "stopping_distance", "loss": "mse"}
CARS_STANDARDIZED = {**CARS, "standardize": True}
CARS_LEAST = 0.3489206  # the least loss of the standardised ones
CARS_WINDOW = (-1.8, 2.2, -2, 2)


def runs(problem: Spec, start: tuple[float, ...], *optimizers: Spec, seed: int = 0, **stop: Any) -> Spec:
    """The optimizers of one scene, which set off from one start."""
    return {"problem": problem, "start": list(start), "optimizers": list(optimizers), "stop": stop, "seed": seed}


def run(name: str, learning_rate: float, **more: Any) -> Spec:
    """One optimizer of the catalog."""
    return {"name": name, "learning_rate": learning_rate, **more}


def surface(name: str) -> Spec:
    """A problem of the catalog."""
    return {"surface": name}
