"""The step of a run at some of its rows as a linear map: the part shared by all parameters, and the scale of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from fallline.descent.linear_step import LinearRule, linear_rule, step_matrices
from fallline.descent.modes import LinearStep, shared_step, steady_scales
from fallline.descent.rate import rate_function
from fallline.descent.rows import Phase, phase_from
from fallline.descent.rule_method import RuleMethod
from fallline.descent.run import Run
from fallline.types import Array


@dataclass(frozen=True, eq=False)
class Places:
    """Points of a run in one phase, before its next steps.

    Args:
        phase: the optimizer in force; counts: the number of each next step among the steps of this optimizer.
        w: shape (n, rows); states: name -> its values before the step, likewise.
    """

    phase: Phase
    counts: list[int]
    w: Array
    states: Mapping[str, Array]

    @classmethod
    def of(cls, run: Run, rows: list[int], w: Array, states: Mapping[str, Any]) -> Places:
        """Some rows of a run, all of one phase."""
        phase = phase_from(run.phases, rows[0])
        arrays = {name: np.asarray(state, dtype=float) for name, state in states.items()}
        return cls(phase, [row - phase.began + 1 for row in rows], w, arrays)

    @property
    def linear(self) -> LinearRule | None:
        """The rule as a linear map, if it is one."""
        method = self.phase.setup.method
        return linear_rule(method.rule) if isinstance(method, RuleMethod) else None

    @property
    def rates(self) -> Array:
        """The rate in force in each step."""
        setup = self.phase.setup
        in_force = rate_function(setup.schedule.rule, setup.schedule_values, setup.learning_rate)
        return np.array([in_force(count) for count in self.counts], dtype=float)

    def matrices(self, linear: LinearRule, gradients: Array) -> Array:
        """A matrix for each parameter at each row, (n, rows, k, k + 1)."""
        lr, learning_rate = self.rates, self.phase.setup.learning_rate
        return step_matrices(
            linear, self.phase.setup.rule_method, np.array(self.counts, dtype=float), lr, learning_rate,
            self.w, gradients, self.states,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class LocalStep:
    """The step from the first of some points.

    Args:
        step, scales: the shared part, and the scale of each parameter, as `shared_step` returns them.
    """

    places: Places
    linear: LinearRule
    gradients: Array
    step: LinearStep
    scales: Array

    @classmethod
    def of(cls, places: Places, gradients: Array) -> LocalStep | None:
        """Return the step from the first place; None if the rule is not linear, or if the parameters share no step."""
        linear = places.linear
        if linear is None:
            return None
        first = places.matrices(linear, gradients)[:, 0]
        shared = shared_step(first, float(places.rates[0]), alike=not linear.held)
        return shared and cls(places, linear, gradients, *shared)

    def with_learning_rates(self, tried: Array) -> LinearStep:
        """The step for each of many learning rates, with the same scales."""
        places, setup = self.places, self.places.phase.setup
        in_force = tried * (places.rates[0] / setup.learning_rate)
        matrices = step_matrices(
            self.linear, setup.rule_method, float(places.counts[0]), in_force, tried,
            np.repeat(places.w[:1, :1], len(tried), axis=1), self.gradients[:1, :1],
            {name: state[:1, :1] for name, state in places.states.items()},
        )[0]  # fmt: skip
        return LinearStep(matrices[..., :-1], matrices[..., -1] / self.scales[0])


def scales_at(places: Places, gradients: Array) -> Array:
    """Return the scale of each parameter at each row, shape (n, rows); 1 unless the rule is linear and holds values."""
    linear = places.linear
    if linear is None or not linear.held:
        return np.ones(places.w.shape)
    return steady_scales(places.matrices(linear, gradients), places.rates)
