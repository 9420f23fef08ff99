"""A landscape as JSON: rounded, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter

import numpy as np
import orjson
from numpy.typing import NDArray

from app.problems import Problem

Grid = NDArray[np.float64]
Pair = tuple[float, float]

DIGITS = 7
"""Significant digits unless fewer are asked for."""
EXACT = 22
"""Powers of ten up to this are exact floats, so that one multiplication or division rounds correctly."""

_POWERS = 10.0 ** np.arange(EXACT + 1)
FIRST_ROWS = 8
PIECE_SECONDS = 0.001
"""What a piece of work should take; the next one is made larger or smaller to fit."""


def rounded(values: Grid, digits: int = DIGITS) -> Grid:
    """The floats nearest to `values` at so many significant digits, so that they print short; nan where not finite."""
    finite = np.isfinite(values)
    safe = np.where(finite & (values != 0), values, 1.0)
    shift = digits - 1 - np.floor(np.log10(np.abs(safe))).astype(np.int64)
    usual = np.abs(shift) <= EXACT
    power = _POWERS[np.where(usual, np.abs(shift), 0)]
    with np.errstate(all="ignore"):
        near = np.where(shift >= 0, np.rint(safe * power) / power, np.rint(safe / power) * power)
    near[~usual] = [float(f"{value:.{digits - 1}e}") for value in safe[~usual]]
    return np.where(finite, np.where(values == 0, 0.0, near), np.nan)


def landscape(problem: Problem, domain: Sequence[Pair], resolution: int, digits: int = DIGITS) -> Iterator[bytes]:
    """The JSON of a landscape, a piece for each few rows. A value that is not finite is null."""
    x, *ys = (np.linspace(low, high, resolution) for low, high in domain)
    yield b'{"parameters":' + orjson.dumps(problem.parameters) + b',"x":' + _json(x)
    if not ys:
        yield b',"y":null,"loss":' + _json(rounded(_losses(problem, x), digits)) + b"}"
        return
    (y,) = ys
    yield b',"y":' + _json(y) + b',"loss":'
    first, rows = 0, FIRST_ROWS
    while first < resolution:
        began = perf_counter()
        block = _losses(problem, x[None, :], y[first : first + rows, None])
        yield (b"," if first else b"[") + _json(rounded(block, digits))[1:-1]
        first, rows = first + rows, _fitting(rows, perf_counter() - began)
    yield b"]}"


def _fitting(rows: int, seconds: float) -> int:
    return max(1, min(2 * rows, int(rows * PIECE_SECONDS / max(seconds, 1e-6))))


def _losses(problem: Problem, *axes: Grid) -> Grid:
    """The loss where the axes cross; what does not depend on one of them is repeated along it."""
    shape = np.broadcast_shapes(*(axis.shape for axis in axes))
    return np.ascontiguousarray(np.broadcast_to(problem.objective.value(axes), shape), dtype=np.float64)


def _json(values: Grid) -> bytes:
    return orjson.dumps(values, option=orjson.OPT_SERIALIZE_NUMPY)
