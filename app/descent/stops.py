"""Why a run ended, and the sentence that says so."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

BEYOND = 1e100
"""A parameter or a loss past this has run away."""

StopReason = Literal["min_step_size", "target_loss", "max_steps", "diverged"]
"""In order of precedence, but `diverged` goes before all: the row it is found at is not kept."""
Small = Literal["step_and_gradient", "step"]


@dataclass(frozen=True)
class Stop:
    """When a run ends: at the first of these, or when it diverges.

    Args:
        max_steps: at most this many steps, at least 0.
        min_step_size: in every parameter both |step| and lr*|gradient| are below it, at steps with lr above 0; on
            sampled data during one whole epoch. None or 0: off.
        small: with `step` |step| alone counts, whatever the gradient and the rate.
        target_loss: the loss over all data is at or below it. None: off.
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
        """The reason for which a run takes no step, None where it takes one."""
        return "target_loss" if self.reached(loss) else None if self.max_steps else "max_steps"


@dataclass(frozen=True)
class End:
    """How a run ended.

    Args:
        reason: the first stop rule that held.
        n_steps: steps that led to a finite row.
        diverged_at: the step that did not, n_steps + 1; None unless diverged.
        sentence: the same in words.
    """

    reason: StopReason
    n_steps: int
    diverged_at: int | None
    sentence: str


def ending(reason: StopReason, n_steps: int, stop: Stop, what_broke: str = "") -> End:
    """The end of a run, with its sentence."""
    diverged = n_steps + 1 if reason == "diverged" else None
    return End(reason, n_steps, diverged, _sentence(reason, n_steps, stop, what_broke))


def _sentence(reason: StopReason, n_steps: int, stop: Stop, what_broke: str) -> str:
    steps = f"{n_steps} step{'' if n_steps == 1 else 's'}"
    match reason:
        case "min_step_size":
            return f"stopped after {steps}: every step is below {stop.min_step_size:g}"
        case "target_loss":
            return f"stopped after {steps}: the loss is at or below {stop.target_loss:g}"
        case "max_steps":
            return f"ran all {steps}"
        case "diverged":
            return f"diverged at step {n_steps + 1}: {what_broke}"


def what_broke(
    parameters: Sequence[str],
    gradient: Sequence[float],
    states: Mapping[str, Sequence[float]],
    after: Sequence[float],
    loss: float,
) -> str:
    """Which quantity of a failed step broke first: gradient, state, parameter, then loss.

    Args:
        parameters: their names; gradient: the one used; states, after, loss: what the step led to.
    """
    for name, value in zip(parameters, gradient, strict=True):
        if not math.isfinite(value):
            return f"the gradient in {name} {_failure_text(value)}"
    for state, values in states.items():
        for name, value in zip(parameters, values, strict=True):
            if not math.isfinite(value):
                return f"{state} of {name} {_failure_text(value)}"
    for name, value in zip(parameters, after, strict=True):
        if not abs(value) <= BEYOND:
            return f"{name} {_failure_text(value, BEYOND)}"
    return f"the loss {_failure_text(loss, BEYOND)}"


def _failure_text(value: float, beyond: float = math.inf) -> str:
    if math.isnan(value):
        return "is not a number (such as 0/0)"
    if math.isinf(value):
        return "is infinite"
    return f"ran past {'' if value > 0 else '-'}{beyond:g}"
