"""The largest curvature along a run, the limit above which a mode grows, and whether the run leaves a minimum then."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat

import numpy as np

from fallline.curvatures.curvature_models import CurvatureColumns
from fallline.descent import Run
from fallline.descent.local_step import LocalStep, Places, scales_at
from fallline.descent.modes import LinearStep, limit
from fallline.in_parts import InParts
from fallline.problems.objective import Objective
from fallline.problems.spectrum import Spectrum, hessian_times, largest, spectrum
from fallline.types import Array

ROWS_RUN = 1024
ROWS_TOLD = 16
"""The number of curvatures that are computed between two pauses."""
THROWN_OUT = 1e-4
"""A run has left its least loss if it is above it again by more than this share of the descent from the start."""


def gradients_at(objective: Objective, w: Array) -> Array:
    """The gradients over all the data, at points of shape (n, rows)."""
    with np.errstate(all="ignore"):
        gradients: Array = objective.value_and_gradient(w)[1]
    return gradients


def spectrum_at(objective: Objective, w: Array, scales: Array) -> InParts[Spectrum]:
    """Return the spectrum of the scaled Hessian, S^1/2 H S^1/2, at a point. Args: scales: the diagonal of S, (n,)."""
    roots, hessian = np.sqrt(scales), objective.hessian_at(tuple(w.tolist()))
    if hessian is None:
        product = hessian_times(objective, w)
        return (yield from largest(lambda vector: roots * product(roots * vector), len(w)))
    scaled = roots[:, None] * hessian * roots
    return spectrum(scaled) if np.isfinite(scaled).all() else Spectrum(np.full(len(w), np.nan), np.eye(len(w)))


def edge_along(run: Run, every: int) -> InParts[CurvatureColumns]:
    """Return the largest curvature at every `every`-th row, the limit there, and when the run crosses it and leaves."""
    rows, values, limits, losses = yield from _at_rows(run, range(0, run.stop.max_steps + 1, every))
    beyond = np.flatnonzero(values > limits)
    if not len(beyond):
        return CurvatureColumns(rows, values, limits)
    crosses = rows[beyond[0]]
    if beyond[0]:
        between, near, near_limits, _ = yield from _at_rows(run, range(rows[beyond[0] - 1] + 1, crosses + 1))
        crosses = between[int((near > near_limits).argmax())]
    return CurvatureColumns(rows, values, limits, crosses + 1, *_thrown_out(losses, crosses))


def _thrown_out(losses: Array, crosses: int) -> tuple[int | None, int | None]:
    """The row of the least loss, and the row after `crosses` at which the run has left it; (None, None) if it stays."""
    before = losses[: crosses + 1]
    far = before.min() + THROWN_OUT * (losses[0] - before.min())
    after = np.flatnonzero(losses[crosses:] > far)
    if not len(after) or not after[0]:
        return None, None
    leaves = crosses + int(after[0])
    return int(losses[:leaves].argmin()), leaves


def _at_rows(run: Run, wanted: range) -> InParts[tuple[list[int], Array, Array, Array]]:
    """Return those of the wanted rows that the run has, the largest curvature and the limit at each, and the losses of
    all rows up to the last.
    """
    rows: list[int] = []
    parts: list[tuple[Array, Array]] = []
    losses: list[Array] = []
    for block in run.blocks(repeat(run.rows_a_block(ROWS_RUN))):
        losses.append(block.loss)
        kept = [index for index in range(len(block)) if block.first + index in wanted]
        if kept and block.states is not None:
            of_block = [block.first + index for index in kept]
            states = {name: column[:, kept] for name, column in block.states.items()}
            parts.append((yield from _largest_and_limits(run, of_block, block.parameters[:, kept], states)))
            rows += of_block
        yield len(block.learning_rate)
        if block.last.t >= wanted[-1]:
            break
    values, limits = (np.concatenate(each) for each in zip(*parts, strict=True))
    return rows, values, limits, np.concatenate(losses)


def _largest_and_limits(
    run: Run, rows: list[int], w: Array, states: Mapping[str, Array]
) -> InParts[tuple[Array, Array]]:
    """Return the largest curvature and the limit at some rows. Args: w, states: at these rows, shape (n, rows)."""
    objective, places = run.problem.objective, Places.of(run, rows, w, states)
    gradients = gradients_at(objective, w)
    scales, limits = scales_at(places, gradients), np.full(len(rows), np.nan)
    if step := LocalStep.of(places, gradients):
        for rate in set(places.rates.tolist()):
            at_rate = step.with_learning_rates(np.array([rate / places.rates[0] * places.phase.setup.learning_rate]))
            stable_to = limit(LinearStep(at_rate.rest[0], at_rate.gradient[0]), rate)
            limits[places.rates == rate] = np.nan if stable_to is None else stable_to
    values = np.empty(len(rows))
    for index in range(len(rows)):
        modes = yield from spectrum_at(objective, w[:, index], scales[:, index])
        values[index] = modes.eigenvalues[-1]
        if index % ROWS_TOLD == 0:
            yield ROWS_TOLD
    return values, limits
