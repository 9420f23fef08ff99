"""Curvature: the modes of the loss at a row of a run, and how a step of the optimizer changes the distance along each.

Along the eigenvectors of the Hessian, a quadratic of the same curvature separates into independent modes. For a rule
that adds up multiples of gradients, a step along a mode is described by its roots (`fallline.descent.modes`). A rule
that divides the gradient of each parameter by a state of its own does the same to the modes of D^-1/2 H D^-1/2, where D
has these divisors at the row (Cohen, Ghorbani, Krishnan et al. 2022, Adaptive gradient methods at the edge of
stability).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from fallline.curvatures.along_run import ROWS_RUN, edge_along, gradients_at, spectrum_at
from fallline.curvatures.curvature_models import (
    MOST_ROWS,
    CurvatureAtRow,
    CurvatureSpec,
    Leaving,
    Mode,
    RootCurve,
)
from fallline.curvatures.rattling import Rattling, rattling
from fallline.curvatures.stability import hyperparameter_of_momentum, stability_plane
from fallline.descent import Run
from fallline.descent.local_step import LocalStep, Places
from fallline.descent.modes import GoodRates, limit, path_of_modes, rates
from fallline.descent.residual import MOST_DEGREE, residual_polynomial
from fallline.descent.rows import Row, enter_any, phase_from
from fallline.errors import SpecError
from fallline.hyperparameters import Interval
from fallline.in_parts import InParts
from fallline.limits import Limits
from fallline.notices import Notice, notice
from fallline.problems.spectrum import EIGENVALUES_TOLD, Spectrum, spectrum
from fallline.sentences import range_values
from fallline.spec.models import MAP_PARAMETERS, checked_axes
from fallline.spec.plan import Plan
from fallline.spec.run_models import CONSTANT
from fallline.types import Array, Finite

RATES_OF_CURVE = 121
BELOW_RATES, ABOVE_RATES = 30.0, 2.0
"""The rates of a curve begin at the least rate of interest divided by the first, and end at the largest one times the
second."""
PROBED = ((0.37, -0.61), (-1.3, 0.8))
"""To find out whether a loss is quadratic, its gradient is checked at these offsets from a point, as shares of the
width of the map."""
LINEAR = 1e-9
"""The gradient counts as linear if the error is at most this times the largest second derivative times that width."""
NEARLY_SINGULAR = 1e12
"""With a Hessian of at least this condition number, rounding would move the stationary point, so there is none."""
LEFT = 0.1
"""A run has left a saddle if it is further away than this share of the width of the map."""


def curvature_of(spec: CurvatureSpec, plan: Plan, limits: Limits) -> InParts[CurvatureAtRow]:
    """Run to the row and return the curvature there.

    Raises: SpecError, if there is no such row, or too much is requested.
    """
    _check_amount(spec, plan, limits)
    run = plan.runs[0]
    row = yield from _row(run, spec.t)
    at_row = yield from AtRow.of(run, row)
    yield
    result = replace(_curvature(at_row), leaving=(yield from _leaving(at_row, row)))
    if spec.predicted:
        result = replace(result, predicted=(yield from predicted_path(run)))
    if spec.curve:
        result = replace(result, curve=_root_curve(at_row, result))
    if spec.domain and at_row.step:
        result = replace(result, plane=(yield from stability_plane(at_row.step, spec.domain, spec.lambda_)))
    if spec.polynomial:
        result = _with_polynomial(at_row, result)
    if spec.every is not None:
        result = replace(result, columns=(yield from edge_along(run, spec.every)))
    return result


def _check_amount(spec: CurvatureSpec, plan: Plan, limits: Limits) -> None:
    steps, n = spec.stop.max_steps, len(plan.problem.parameters)
    if spec.every is not None and steps > MOST_ROWS * spec.every:
        least = range_values(Interval(math.ceil(steps / MOST_ROWS), math.inf), whole=True)
        raise SpecError("out_of_range", ("every",), spec.every, range=least)
    if spec.predicted and n * (steps + 1) > limits.max_numbers:
        most = {"limit": limits.max_numbers, "steps": limits.max_numbers // n - 1}
        raise SpecError("too_many_numbers", ("stop", "max_steps"), steps, **most)
    if spec.domain is not None:
        ((low, _), _) = checked_axes(("rate times curvature", "momentum"), spec.domain, ("domain",))
        if low < 0:
            raise SpecError("out_of_range", ("domain", 0, 0), low, range=range_values(Interval(0, math.inf)))


def _row(run: Run, t: int) -> InParts[Row]:
    """Return row `t` of a run, in the phase of the step from it."""
    block = run.next_block()
    while block.last.t < t:
        yield len(block.learning_rate)
        if block.end is not None:
            end = {"limit": block.end.n_steps, "stop_reason": block.end.reason}
            raise SpecError("past_the_end", ("t",), t, **end)
        block = run.next_block(block.last, min(run.rows_a_block(ROWS_RUN), t - block.last.t))
    return enter_any(run.phases, run.problem.objective, block.last)


@dataclass(frozen=True, eq=False)
class AtRow:
    """A row of a run, with the Hessian and the linearised step there.

    Args:
        t: the row; w: the point, shape (n,); hessian: of the loss, None if the objective has none.
        step: the step from the row as a linear map; None if the rule is not such a map.
        modes: the spectrum of the Hessian, which is scaled if the rule divides the gradient.
    """

    run: Run
    t: int
    places: Places
    w: Array
    hessian: Array | None
    step: LocalStep | None
    modes: Spectrum

    @classmethod
    def of(cls, run: Run, row: Row) -> InParts[AtRow]:
        """Return these for a row of a run."""
        w, objective = np.array(row.parameters, dtype=float), run.problem.objective
        states = {name: np.asarray(row.states[name])[:, None] for name in _columns_of(run, row.t)}
        places = Places.of(run, [row.t], w[:, None], states)
        step = LocalStep.of(places, gradients_at(objective, w[:, None]))
        modes = yield from spectrum_at(objective, w, step.scales if step else np.ones(len(w)))
        return cls(run, row.t, places, w, objective.hessian_at(tuple(w.tolist())), step, modes)

    @property
    def divides(self) -> bool:
        """Whether the rule divides the gradient of each parameter by a state, whose value is held here."""
        return self.step is not None and bool(self.step.linear.held)

    def good_rates(self) -> GoodRates | None:
        """The largest and the best learning rate for these modes; None if the rule has no roots."""
        if self.step is None or not np.isfinite(self.modes.eigenvalues).all():
            return None
        return rates(self.step.with_learning_rates, self.modes.eigenvalues)

    @property
    def on_map(self) -> bool:
        """Whether the problem has at most two parameters, so that directions can be shown on its map."""
        return len(self.w) <= MAP_PARAMETERS


def _columns_of(run: Run, t: int) -> tuple[str, ...]:
    return phase_from(run.phases, t).setup.method.columns()


def _curvature(at: AtRow) -> CurvatureAtRow:
    """The reply without the parts that are computed on request."""
    curvatures = at.modes.eigenvalues
    finite = bool(np.isfinite(curvatures).all())
    step = at.step if finite else None
    good = at.good_rates()
    rests = _rattling(at, step)
    return CurvatureAtRow(
        t=at.t,
        at=at.w,
        of="preconditioned" if at.divides else "loss",
        scale=at.step.scales.tolist() if at.step and at.divides else None,
        hessian=at.hessian if at.on_map else None,
        modes=list(_modes(at, step)) if finite else [],
        condition_number=_condition_number(at),
        learning_rate_max=good.largest if good else None,
        learning_rate_best=good.best if good else None,
        learning_rate_best_to=good.best_to if good else None,
        factor_best=good.factor if good else None,
        values={**at.places.phase.setup.constants, "learning_rate": float(at.places.rates[0])},
        momentum=hyperparameter_of_momentum(step) if step else None,
        limit=limit(step.step, float(at.places.rates[0])) if step else None,
        covariance=rests.covariance if rests else None,
        center=rests.center.tolist() if rests else None,
        excess=rests.excess if rests else None,
        excess_share=rests.excess / rests.least if rests and rests.least > 0 else None,
        notices=list(_notices(at, finite)),
    )


def _modes(at: AtRow, step: LocalStep | None) -> Iterator[Mode]:
    roots = step.step.roots(at.modes.eigenvalues) if step else [None] * len(at.modes.eigenvalues)
    for curvature, direction, of_mode in zip(at.modes.eigenvalues.tolist(), at.modes.directions, roots, strict=True):
        along = direction * np.sqrt(step.scales) if step else direction
        factor = None if of_mode is None else float(np.abs(of_mode[0]))
        yield Mode(
            curvature,
            (along / np.linalg.norm(along)).tolist() if at.on_map else None,
            None if of_mode is None else [(root.real, root.imag) for root in of_mode.tolist()],
            factor,
            None if factor is None else factor < 1,
        )


def _root_curve(at: AtRow, result: CurvatureAtRow) -> RootCurve | None:
    """The roots of each mode for other learning rates."""
    if at.step is None or not result.modes:
        return None
    learning_rate = at.places.phase.setup.learning_rate
    low = min(rate for rate in (learning_rate, result.learning_rate_best) if rate) / BELOW_RATES
    high = max(rate for rate in (learning_rate, result.learning_rate_max) if rate) * ABOVE_RATES
    tried = np.geomspace(low, high, RATES_OF_CURVE)
    roots = at.step.with_learning_rates(tried).roots(at.modes.eigenvalues)
    pairs = np.stack((roots.real, roots.imag), axis=-1).swapaxes(0, 1)
    return RootCurve(tried.tolist(), pairs.tolist())


def _with_polynomial(at: AtRow, result: CurvatureAtRow) -> CurvatureAtRow:
    """The result with the residual polynomial of the steps to the row, or with a notice of why there is none."""
    if (steps := _steps_on_quadratic(at)) is not None:
        return replace(result, polynomial=residual_polynomial(steps, at.modes.eigenvalues))
    return replace(result, notices=[*result.notices, notice("no_polynomial", limit=MOST_DEGREE)])


def _steps_on_quadratic(at: AtRow) -> Array | None:
    """The matrices of the steps to a row, (t, k, k + 1).

    None if a step depends on more than the learning rate in force, or the loss is not a quadratic with a minimum.
    """
    run, linear = at.run, at.places.linear
    if len(run.phases) > 1 or run.setup.noise or run.sampled or at.t > MOST_DEGREE or not (linear and linear.fixed):
        return None
    if not (at.modes.eigenvalues > 0).all() or stationary_point_of_quadratic(at) is None:
        return None
    none = np.zeros((1, max(at.t, 1)))
    places = Places.of(run, [*range(none.size)], none, dict.fromkeys(at.places.states, none))
    steps = places.matrices(linear, none)[0]
    begins = not any(np.any(run.first_row.states[name]) for name in linear.states)
    rests = bool((steps[:, 0, 0] == 1).all() and not steps[:, 1:, 0].any())
    return steps[: at.t] if begins and rests else None


def _condition_number(at: AtRow) -> float | None:
    if at.hessian is None or not at.on_map or not np.isfinite(at.hessian).all():
        return None
    curvatures = spectrum(at.hessian).eigenvalues
    return float(curvatures[-1] / curvatures[0]) if curvatures[0] > 0 else None


def _rattling(at: AtRow, step: LocalStep | None) -> Rattling | None:
    """The stationary distribution by noise and batches around the minimum to which a step of Newton's method leads."""
    setup, objective = at.places.phase.setup, at.run.problem.objective
    if step is None or at.divides or not at.on_map or at.hessian is None or not (at.modes.eigenvalues > 0).all():
        return None
    batches = setup.sees_batches(objective.n_points)
    center = stationary_point_of_quadratic(at) if batches else at.w - np.linalg.solve(at.hessian, step.gradients[:, 0])
    return None if center is None else rattling(setup, objective, step.step, at.hessian, center)


def _notices(at: AtRow, finite: bool) -> Iterator[Notice]:
    if source := at.run.problem.objective.second_from:
        yield notice("curvature_by_differences", source=source)
    if at.step is None:
        yield notice("modes_not_apart" if at.places.linear else "no_modes")
    elif at.divides:
        yield notice("scale_held", t=at.t)
    if not finite:
        yield notice("curvature_not_finite", t=at.t)
    elif falling := int((at.modes.eigenvalues <= 0).sum()):
        yield notice("does_not_rise", count=falling)
    if len(at.w) > EIGENVALUES_TOLD:
        yield notice("largest_alone", limit=EIGENVALUES_TOLD, count=len(at.w))
    if at.places.phase.setup.sees_batches(at.run.problem.objective.n_points):
        yield notice("curvature_of_all")


def steady_quadratic(run: Run) -> InParts[AtRow | None]:
    """Return the start of a run if the modes there describe all its steps; otherwise None.

    Then the loss is a quadratic with one stationary point, and every step multiplies distances and states by the same
    matrix.
    """
    start = yield from AtRow.of(run, run.first_row)
    if _steps_change(run) or not (start.step and start.step.linear.fixed):
        return None
    return start if stationary_point_of_quadratic(start) is not None else None


def _steps_change(run: Run) -> bool:
    """Whether a run has changes, a schedule, noise or batches, so that its steps differ."""
    setup = run.setup
    changes = len(run.phases) > 1 or setup.schedule.name != CONSTANT.name or bool(setup.noise)
    return changes or setup.sees_batches(run.problem.objective.n_points)


def predicted_path(run: Run) -> InParts[dict[str, Finite] | None]:
    """Return the path computed from the modes of a quadratic alone; None for any other loss, and if steps change."""
    start = yield from steady_quadratic(run)
    if start is None or start.step is None:
        return None
    lowest = stationary_point_of_quadratic(start)
    assert lowest is not None, "it is a quadratic"
    directions = start.modes.directions
    states = [directions @ start.places.states[name][:, 0] for name in start.step.linear.states]
    distances = path_of_modes(
        start.step.step, start.modes.eigenvalues, np.column_stack((directions @ (start.w - lowest), *states)),
        run.stop.max_steps,
    )  # fmt: skip
    return dict(zip(run.problem.parameters, directions.T @ distances + lowest[:, None], strict=True))


def _leaving(at: AtRow, row: Row) -> InParts[Leaving | None]:
    """Return how a run leaves the saddle next to it; None if there is none, or if steps change."""
    falls = at.modes.eigenvalues < 0
    if not at.on_map or at.hessian is None or falls.sum() != 1 or falls.all() or _steps_change(at.run):
        return None
    if not (at.step and at.step.linear.fixed and np.linalg.cond(at.hessian) < NEARLY_SINGULAR):
        return None
    run, width = at.run, float(np.subtract(*at.run.problem.domain[0][::-1]))
    down = at.modes.directions[falls]
    saddle = at.w - np.linalg.solve(at.hessian, at.step.gradients[:, 0])
    first = down @ np.column_stack((at.w - saddle, *(at.places.states[name] for name in at.step.linear.states)))
    if not np.linalg.norm(at.w - saddle) < LEFT * width:
        return None
    left = run.stop.max_steps - at.t
    predicted = np.abs(path_of_modes(at.step.step, at.modes.eigenvalues[falls], first, left)[0]) > LEFT * width
    counted, t = None, at.t
    while counted is None and t < run.stop.max_steps:
        block = run.next_block(row, run.rows_a_block(ROWS_RUN))
        yield len(block.learning_rate)
        beyond = np.abs((down @ (block.parameters - saddle[:, None]))[0]) > LEFT * width
        counted = t + 1 + int(beyond.argmax()) - at.t if beyond.any() else None
        t, row = block.last.t, block.last
        if block.end is not None:
            break
    return Leaving(LEFT * width, int(predicted.argmax()) if predicted.any() else None, counted)


def stationary_point_of_quadratic(at: AtRow) -> Array | None:
    """The stationary point of a quadratic loss.

    None if the gradient is not linear, if the Hessian is singular, and for more than two parameters.
    """
    hessian, objective = at.hessian, at.run.problem.objective
    if hessian is None or not at.on_map or not np.linalg.cond(hessian) < NEARLY_SINGULAR:
        return None
    width = max(high - low for low, high in at.run.problem.domain)
    moved = width * np.array(PROBED)[:, : len(at.w)].T
    gradients = gradients_at(objective, at.w[:, None] + moved)
    here = gradients_at(objective, at.w[:, None])
    if not np.allclose(gradients, here + hessian @ moved, rtol=0, atol=LINEAR * float(np.abs(hessian).max()) * width):
        return None
    stationary: Array = at.w - np.linalg.solve(hessian, here[:, 0])
    return stationary
