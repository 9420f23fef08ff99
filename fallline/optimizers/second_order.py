"""Methods that use the curvature: by second derivatives, or by estimates of these from gradients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np

from fallline.hyperparameters import Interval, Param, Rate
from fallline.optimizers.line_search import wolfe_length
from fallline.optimizers.method import Evaluated, Method, States, StepInput, Value
from fallline.optimizers.optimizer import Optimizer, StepLength
from fallline.types import Array, Mask, Stepped

SMALLEST = float(np.finfo(float).tiny)
"""The smallest divisor that is allowed."""
BETWEEN = Interval(0, 1, low_open=True, high_open=True)


@dataclass(frozen=True)
class Newton(Method):
    r"""$w \leftarrow w - lr\,(H + \lambda I)^{-1} g$, with the exact Hessian $H$ and $\lambda$ the `damping`."""

    damping: float

    evaluations_a_step: ClassVar[int] = 3
    needs_hessian: ClassVar[bool] = True
    lanes: ClassVar[Stepped] = "together"
    lines: ClassVar[Mapping[str, str]] = {
        "H": r"\nabla^2 L(w)",
        "p": r"-\left($H + $damping\, I\right)^{-1} $g",
        "w": r"$w + $lr\, $p",
    }

    def step(self, at: StepInput) -> Mapping[str, Any]:
        h, n = at.evaluate.hessian(at.w), len(at.w)
        unit = np.eye(n).reshape(n, n, *(1 for _ in at.w.shape[1:]))
        p = -_solved(h + self.damping * unit, at.g)
        return {"H": h, "p": p, "w": at.w + at.lr * p}


def _solved(matrices: Array, vectors: Array) -> Array:
    """Return the solution of each system of equations, nan for a singular one; the lanes are the last axis."""
    a, b = np.moveaxis(matrices, (0, 1), (-2, -1)), np.moveaxis(vectors, 0, -1)[..., None]
    try:
        return np.moveaxis(np.linalg.solve(a, b)[..., 0], -1, 0)
    except np.linalg.LinAlgError:  # at least one lane is singular, and NumPy does not say which
        singular = ~(np.abs(np.linalg.det(a)) > 0)
        return _solved(np.where(singular, np.nan, matrices), vectors)


@dataclass(frozen=True)
class LineSearched(Method):
    """A method that steps along a direction by a line search, and is done when the search finds no lower loss."""

    c1: float
    c2: float

    uses: ClassVar[frozenset[Evaluated]] = frozenset({"loss", "gradient"})
    evaluations_a_step: ClassVar[int] = 6
    symbols: ClassVar[Mapping[str, str]] = {"length": r"\alpha", "inverse": r"\hat{H}^{-1}"}

    def init(self, w: Array, learning_rate: Value) -> States:  # noqa: ARG002
        return {"length": 1.0}

    def done(self, w: Array, g: Array | None, states: States) -> bool | Mask | None:  # noqa: ARG002
        return bool(states["length"] == 0)


@dataclass(frozen=True)
class Bfgs(LineSearched):
    """A quasi-Newton method: it steps along `-inverse @ g`. `inverse`, shape (n, n), is built from gradients so far.

    `inverse` begins as the learning rate times the unit matrix, so that the first step tried is that of gradient
    descent.
    """

    reads_schedule: ClassVar[bool] = False
    lines: ClassVar[Mapping[str, str]] = {
        "p": "-$inverse $g",
        "length": r"\text{line search along } p \text{ from } 1 \text{ on}",
        "s": r"$length\, $p",
        "w": "$w + $s",
        "y": r"\nabla L(w) - $g",
        "rho": r"\frac{1}{$y^T $s}",
        "V": r"I - $rho\, $y $s^T",
        "inverse": r"$V^T $inverse $V + $rho\, $s $s^T",
    }

    def init(self, w: Array, learning_rate: Value) -> States:
        return {"inverse": learning_rate * np.eye(len(w)), "length": 1.0}

    def step(self, at: StepInput) -> Mapping[str, Any]:
        inverse, w = at.states["inverse"], at.w
        p = -inverse @ at.g
        length = wolfe_length(at, p, 1.0, self.c1, self.c2)
        s = length * p
        y = at.evaluate.gradient(w + s) - at.g
        rho = 1 / (y @ s) if y @ s >= SMALLEST else 0.0  # 0 for a step without length: the matrix stays
        v = np.eye(len(w)) - rho * np.outer(y, s)
        inverse = v.T @ inverse @ v + rho * np.outer(s, s)
        return {"p": p, "length": length, "s": s, "w": w + s, "y": y, "rho": rho, "V": v, "inverse": inverse}


@dataclass(frozen=True)
class ConjugateGradient(LineSearched):
    """Steps along `-g` plus `beta` times the last direction, with the `beta` of Polak and Ribiere, but at least 0."""

    lines: ClassVar[Mapping[str, str]] = {
        "beta": r"\max\left(0, \frac{$g^T ($g - $g_old)}{$g_old^T $g_old}\right) \text{, or 0 where } d \text{ led up}",
        "d": "-$g + $beta $d",
        "length": r"\text{line search along } d \text{ from } $lr \text{ on}",
        "w": r"$w + $length\, $d",
    }

    def init(self, w: Array, learning_rate: Value) -> States:  # noqa: ARG002
        return {"d": np.zeros_like(w), "g_old": np.zeros_like(w), "length": 1.0}

    def columns(self) -> tuple[str, ...]:
        return ("d", "g_old")

    def step(self, at: StepInput) -> Mapping[str, Any]:
        g, g_old = at.g, at.states["g_old"]
        beta = max(0.0, float(g @ (g - g_old) / (g_old @ g_old))) if g_old.any() else 0.0
        d = -g + beta * at.states["d"]
        if not g @ d < 0:  # not downhill: restart with the gradient
            beta, d = 0.0, -g
        length = wolfe_length(at, d, float(at.lr), self.c1, self.c2)
        return {"beta": beta, "d": d, "length": length, "w": at.w + length * d, "g_old": g}


C1 = Param(
    1e-4, "The share of the fall that the gradient promises which a length must bring.", 1e-6, 0.4, "log", BETWEEN
)
C2 = partial(
    Param, help="The share of the gradient along the direction that may be left where a length ends.", min=0.01,
    max=0.99, allowed=BETWEEN,
)  # fmt: skip

SECOND_ORDER = (
    Optimizer(
        name="newton",
        label="Newton's method",
        family="classical",
        summary="Steps to where the gradient would vanish if the Hessian stayed as it is here.",
        intuition="Fit a bowl, or a saddle, to the ground under your feet and jump to its middle.",
        method=Newton,
        params={
            "learning_rate": Rate(1.0, help="The share of the whole step that is taken."),
            "damping": Param(
                0.0,
                "Added to each second derivative in one parameter: steps turn shorter and downhill.",
                0.0,
                100.0,
                "linear",
                Interval(low=0),
            ),
        },
        source="Nocedal & Wright 2006, Numerical optimization, eq. 3.30; damping after Levenberg 1944",
        differs=(
            "PyTorch, Keras and Optax have none, as networks have too many second derivatives. SciPy's Newton-CG "
            "solves the same equations by conjugate gradients and searches along the line."
        ),
        step_length=StepLength("whole", 1.0),
    ),
    Optimizer(
        name="bfgs",
        label="BFGS",
        family="classical",
        summary="Learns the inverse of the Hessian from the gradients it meets, and searches along its direction.",
        intuition="Newton's jump without second derivatives: each change of the gradient says how the ground bends.",
        method=Bfgs,
        params={
            "learning_rate": Rate(0.01, help="Of the first step alone: what the gradient is multiplied by."),
            "c1": C1,
            "c2": C2(0.9),
        },
        source="Nocedal & Wright 2006, Numerical optimization, algorithm 6.1, with the line search of 3.5 and 3.6",
        differs=(
            "PyTorch and Optax have L-BFGS, which keeps the last changes in place of the matrix; Keras has none. "
            "SciPy's BFGS is the same but for its first matrix, of ones, and for how its line search picks lengths."
        ),
        step_length=StepLength("gradient"),
    ),
    Optimizer(
        name="conjugate_gradient",
        label="Conjugate gradients",
        family="classical",
        summary="Goes along the gradient and a share of the direction before, as far as a line search says.",
        intuition="Turn only so far that what the last step has won along its direction is not lost again.",
        method=ConjugateGradient,
        params={
            "learning_rate": Rate(
                0.01, help="The length that each search tries first, as a multiple of its direction."
            ),
            "c1": C1,
            "c2": C2(0.1),
        },
        source="Nocedal & Wright 2006, Numerical optimization, eq. 5.45 (Polak-Ribiere with restarts)",
        differs=(
            "PyTorch, Keras and Optax have none. SciPy's CG is the same but for c2 = 0.4, and for how its line search "
            "picks the lengths that it tries."
        ),
        step_length=StepLength("gradient"),
    ),
)
