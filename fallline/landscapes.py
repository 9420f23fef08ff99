"""Landscapes: the loss over a rectangle of the parameters, on a grid."""

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
    """The loss on a grid, rounded to the significant digits that were asked for; NaN where it is not finite.

    Args:
        parameters: the names of the axes; x, y: the values along them, y None of one parameter.
        loss: `loss[j][i]` at `y[j]`, `x[i]`; of one parameter `loss[i]`.
        plane: of a problem with more than two parameters, the plane it lies on.
    """

    parameters: Sequence[str]
    x: Array
    y: Array | None
    loss: Array
    plane: PlaneShape | None = None


def domain_of(names: Sequence[str], usual: tuple[Pair, ...], spec: LandscapeSpec) -> tuple[Pair, ...]:
    """The rectangle asked for, one of `names` along each axis, or the `usual` one. Raises: SpecError."""
    return usual if spec.domain is None else checked_axes(names, spec.domain, ("domain",))


def to_digits(values: Array, digits: int = LOSS_DIGITS) -> Array:
    """The floats nearest to `values` at so many significant digits, so that they print short; nan where not finite."""
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
    """What the landscape of a spec follows from, as JSON, and the work that returns it. Raises: SpecError."""
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
    """Return a landscape, a few rows at a time. Args: domain: (low, high) of each axis; grid: how finely."""
    x, *ys = (axis(low, high, grid.resolution) for low, high in domain)
    pieces = []
    for rows in rows_on_grid(objective, (x, *ys), ROUNDING_COST):
        pieces.append(to_digits(rows, grid.digits))
        yield
    return Landscape(objective.parameters, x, ys[0] if ys else None, np.concatenate(pieces), plane)


def _on_plane(problem: Problem, spec: LandscapeSpec, domain: tuple[Pair, ...], limits: Limits) -> InParts[Landscape]:
    """Return a landscape on a plane; where `domain` is empty, on its own, which holds the paths."""
    of_runs = yield from make_plane(problem, spec, limits)
    yield
    shown = of_runs.problem(problem, domain or of_runs.domain())
    shape = describe_plane(of_runs, THROUGH[spec.at is None])
    return (yield from _on_grid(shown.objective, shown.domain, spec, shape))
