"""Why a run ended: the values, and the sentence made of them."""

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Literal, get_args

import numpy as np

from fallline.faults import FaultError
from fallline.sentences import Template, sentence
from fallline.types import Array, Described, Mask

BEYOND = 1e100
"""A parameter or a loss beyond this counts as diverged."""

StopReason = Literal["min_step_size", "target_loss", "max_steps", "diverged", "method_done", "fault"]
"""The reason why a run ended: a stop rule, a method without a next step, or a fault in code of one's own. `Driver`
defines the order of precedence where several hold.
"""
STOP_REASONS: tuple[StopReason, ...] = get_args(StopReason)
Holds = Mapping[StopReason, Mask]
"""Reason to end -> the rows in which it holds, in order of precedence."""
Small = Literal["step_and_gradient", "step"]
Quantity = Literal["gradient", "state", "parameter", "loss"]


@dataclass(frozen=True)
class Stop:
    """When a run ends: at the first of these, or when it diverges.

    Args:
        max_steps: at most this many steps, at least 0.
        min_step_size: the run ends if in every parameter both |step| and lr*|gradient| are below this, in a step with
            lr above 0; with batches, during one whole epoch. None or 0: off.
        small: with `step`, only |step| must be below `min_step_size`.
        target_loss: the run ends if the loss over all data is at or below this. None: off.
    """

    max_steps: int = 1000
    min_step_size: float | None = None
    target_loss: float | None = None
    small: Small = "step_and_gradient"

    @property
    def watches_gradient(self) -> bool:
        """Whether a small step counts only where lr*|gradient| is small too."""
        return self.small == "step_and_gradient"

    def reached(self, loss: Any) -> Any:
        """Whether the loss, one or an array, is at or below its target."""
        return False if self.target_loss is None else loss <= self.target_loss

    def at_start(self, loss: float) -> StopReason | None:
        """Return the reason why a run takes no step at all; None if it takes one. Args: loss: at the start."""
        return "target_loss" if self.reached(loss) else None if self.max_steps else "max_steps"


@dataclass(frozen=True)
class Broken(Described):
    """The quantity of a failed step that broke first."""

    quantity: Quantity
    """Its kind."""
    failure: Literal["not_a_number", "infinite", "too_large"]
    """How it failed."""
    parameter: str | None = None
    """The parameter that it belongs to, null for the loss."""
    state: str | None = None
    """Its name, if it is a state."""
    beyond: float | None = None
    """The bound that it exceeded, if it is too large."""


@dataclass(frozen=True)
class End:
    """How a run ended.

    Args:
        reason: the first that held.
        n_steps: steps that led to a finite row.
        diverged_at: the step without a finite row, n_steps + 1; None unless diverged.
        sentence: the same in words.
        threshold: the bound that the steps or the loss fell below; None if the run ended for another reason.
        what_broke: the quantity that broke in the failed step, None unless diverged.
        fault: the fault of the next step, None unless that is the reason.
    """

    reason: StopReason
    n_steps: int
    diverged_at: int | None
    sentence: str
    threshold: float | None = None
    what_broke: Broken | None = None
    fault: FaultError | None = None


SENTENCES: Mapping[StopReason, Template] = {
    "min_step_size": "stopped after {n_steps:step|steps}: every step is below {threshold}",
    "target_loss": "stopped after {n_steps:step|steps}: the loss is at or below {threshold}",
    "method_done": "stopped after {n_steps:step|steps}: the method has no further step to take",
    "max_steps": "ran all {n_steps:step|steps}",
    "fault": "fault in {where}: {error}; {n_steps:step stands|steps stand}",
    "diverged": "diverged at step {diverged_at}: {what} {failure}",
}
QUANTITIES = {
    "gradient": "the gradient in {parameter}",
    "state": "{state} of {parameter}",
    "parameter": "{parameter}",
    "loss": "the loss",
}
FAILURES = {
    "not_a_number": "is not a number (such as 0/0)",
    "infinite": "is infinite",
    "too_large": "ran past {beyond}",
}


def within_bounds(w: Array, loss: Any) -> Mask:
    """Return the mask of the points at which neither a parameter nor the loss is beyond `BEYOND`."""
    within: Mask = (np.abs(w) <= BEYOND).all(axis=0) & (np.abs(loss) <= BEYOND)
    return within


def where_any(holds: Holds, shape: tuple[int, ...]) -> Mask:
    """Return the mask, of this shape, of the rows in which any stop rule holds."""
    return reduce(or_, holds.values(), np.zeros(shape, dtype=bool))


def ending(
    reason: StopReason, n_steps: int, stop: Stop, broken: Broken | None = None, fault: FaultError | None = None
) -> End:
    """The end of a run, with its sentence; `broken` for one that diverged, `fault` for one that ended by a fault."""
    diverged_at = n_steps + 1 if reason == "diverged" else None
    threshold = {"min_step_size": stop.min_step_size, "target_loss": stop.target_loss}.get(str(reason))
    values: dict[str, Any] = {"n_steps": n_steps, "diverged_at": diverged_at, "threshold": threshold}
    if broken:
        values["what"] = sentence(QUANTITIES[broken.quantity], vars(broken))
        values["failure"] = sentence(FAILURES[broken.failure], vars(broken))
    if fault:
        values |= {"where": fault.where, "error": fault.what}
    return End(reason, n_steps, diverged_at, sentence(SENTENCES[reason], values), threshold, broken, fault)


def what_broke(
    parameters: Sequence[str],
    gradient: Sequence[float],
    states: Mapping[str, Sequence[float]],
    w: Sequence[float],
    loss: float,
) -> Broken:
    """Which quantity of a failed step broke first: gradient, state, parameter, then loss.

    Args:
        parameters: their names; gradient: the one used; states, w, loss: after the step.
    """
    largest = sys.float_info.max
    per_parameter: list[tuple[Quantity, str | None, Sequence[float], float]] = [
        ("gradient", None, gradient, largest),
        *(("state", state, values, largest) for state, values in states.items()),
        ("parameter", None, w, BEYOND),
    ]
    for quantity, state, values, most in per_parameter:
        for name, value in zip(parameters, values, strict=True):
            if not abs(value) <= most:
                return _broken(quantity, value, name, state)
    return _broken("loss", loss)


def _broken(quantity: Quantity, value: float, parameter: str | None = None, state: str | None = None) -> Broken:
    if math.isfinite(value):
        return Broken(quantity, "too_large", parameter, state, math.copysign(BEYOND, value))
    return Broken(quantity, "not_a_number" if math.isnan(value) else "infinite", parameter, state)
