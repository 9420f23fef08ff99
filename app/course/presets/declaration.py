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
    """One scene.

    Args:
        name: permanent, snake_case.
        group: the chapter of a course it belongs to.
        title: a few words; sentence: what is to be seen, every number of it true of the runs.
        more: the same in numbers, its cause, and the rates and starts for which it holds.
        question: one line that can be answered before it runs, with nothing of the answer in it or in the title.
        ask: what is to be seen, and how to answer.
        guess: how it is answered; change: what to do once the sentence is understood.
        dwell: where it slows as it plays.
        spec: the runs, as the API takes them.
        window: the map, x from and to, then y; for a curve the loss from and to.
        core: whether it belongs to the short list.
        look_at: where the point is seen: on the map or in the loss chart.
        count: what the loss chart counts: steps, or samples seen on a logarithmic axis.
    """

    name: str
    group: str
    title: str
    sentence: str
    more: str = field(default="", kw_only=True)
    question: str = field(kw_only=True)
    ask: str = field(kw_only=True)
    guess: Guess = field(kw_only=True)
    change: ProposedChange = field(kw_only=True)
    dwell: tuple[Dwell, ...] = field(default=(), kw_only=True)
    spec: Spec
    window: Window
    core: bool = False
    look_at: Literal["map", "loss"] = "map"
    count: Literal["steps", "samples"] = "steps"


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
