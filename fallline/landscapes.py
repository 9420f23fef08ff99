"""Landscapes: the loss on a grid over a rectangle of parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fallline.errors import SpecError
from fallline.in_parts import InParts
from fallline.limits import Limits
from fallline.planes import THROUGH, PlaneShape, describe_plane, make_plane
from fallline.problems import Problem
from fallline.problems.grid import axis, rows_on_grid
from fallline.problems.objective import Objective
from fallline.spec.models import LOSS_DIGITS, MAP_PARAMETERS, Grid, LandscapeSpec, axis_names, checked_axes
from fallline.types import Array, Pair

EXACT_POWERS = 22
"""The powers of ten up to this one are exact floats, so one multiplication or division by them rounds correctly."""

_POWERS = 10.0 ** np.arange(EXACT_POWERS + 1)

ROUNDING_COST = 7
"""Operations to round one number."""


@dataclass(frozen=True)
class Landscape:
    """The loss on a grid, rounded to the requested significant digits; NaN where it is not finite.

    Args:
        parameters: the names of the axes; x, y: the values along them, with y None for one parameter.
        loss: `loss[j][i]` at `y[j]`, `x[i]`; for one parameter `loss[i]`.
        plane: for a problem with more than two parameters, the plane of the grid.
    """

    parameters: Sequence[str]
    x: Array
    y: Array | None
    loss: Array
    plane: PlaneShape | None = None


def domain_of(names: Sequence[str], usual: tuple[Pair, ...], spec: LandscapeSpec) -> tuple[Pair, ...]:
    """The requested rectangle, with an interval for each of `names`; by default `usual`. Raises: SpecError."""
    return usual if spec.domain is None else checked_axes(names, spec.domain, ("domain",))


def to_digits(values: Array, digits: int = LOSS_DIGITS) -> Array:
    """Round values to significant digits, so that their texts are short; nan for those that are not finite."""
    finite = np.isfinite(values)
    safe = np.where(finite & (values != 0), values, 1.0)
    shift = digits - 1 - np.floor(np.log10(np.abs(safe))).astype(np.int64)
    usual = np.abs(shift) <= EXACT_POWERS
    power = _POWERS[np.where(usual, np.abs(shift), 0)]
    with np.errstate(all="ignore"):
        near = np.where(shift >= 0, np.rint(safe * power) / power, np.rint(safe / power) * power)
    near[~usual] = [float(f"{value:.{digits - 1}e}") for value in safe[~usual]]
    return np.where(finite, np.where(values == 0, 0.0, near), np.nan)


def landscape_of(problem: Problem, spec: LandscapeSpec, limits: Limits) -> tuple[Any, InParts[Landscape]]:
    """The landscape of a spec. Raises: SpecError.

    Returns: values of JSON that determine the landscape, as the key of a cache; and the work that returns it.
    """
    if len(problem.parameters) > MAP_PARAMETERS:
        domain = domain_of(axis_names(problem.parameters, spec.plane), (), spec)
        return [spec.model_dump(exclude={"domain"}), domain], _on_plane(problem, spec, domain, limits)
    for name in ("plane", "at"):
        if (came := getattr(spec, name)) is not None:
            raise SpecError("only_for_networks", (name,), came, limit=MAP_PARAMETERS)
    domain = domain_of(problem.parameters, problem.domain, spec)
    work = _on_grid(problem.objective, domain, spec)
    return [spec.problem.model_dump(), domain, spec.resolution, spec.digits], work


def _on_grid(
    objective: Objective, domain: Sequence[Pair], grid: Grid, plane: PlaneShape | None = None
) -> InParts[Landscape]:
    """Return a landscape; pauses after every few rows. Args: domain: (low, high) of each axis; grid: the resolution."""
    x, *ys = (axis(low, high, grid.resolution) for low, high in domain)
    pieces = []
    for rows in rows_on_grid(objective, (x, *ys), ROUNDING_COST):
        pieces.append(to_digits(rows, grid.digits))
        yield
    return Landscape(objective.parameters, x, ys[0] if ys else None, np.concatenate(pieces), plane)


def _on_plane(problem: Problem, spec: LandscapeSpec, domain: tuple[Pair, ...], limits: Limits) -> InParts[Landscape]:
    """Return a landscape on a plane. If `domain` is empty, it is the domain of the plane, which contains the paths."""
    of_runs = yield from make_plane(problem, spec, limits)
    yield
    shown = of_runs.problem(problem, domain or of_runs.domain())
    shape = describe_plane(of_runs, THROUGH[spec.at is None])
    return (yield from _on_grid(shown.objective, shown.domain, spec, shape))
