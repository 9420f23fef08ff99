"""Methods that are no rule: second derivatives, line searches, a matrix, a simplex."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fallline.descent import Method
from fallline.formulas.calculus import hessian
from fallline.formulas.functions import array_function


@dataclass(frozen=True)
class Newton(Method):
    """w - H**-1 g, with the exact Hessian: not element-wise, and without a rate."""

    objective: object

    def step(self, t, w, g, states, lr, learning_rate, value_and_gradient):  # noqa: ARG002
        parts = [part for row in hessian(self.objective.formula, self.objective.parameters) for part in row]
        values = array_function(self.objective.parameters, tuple(parts))(*w)
        hessians = np.stack([np.broadcast_to(value, w.shape[1:]) for value in values], axis=-1)
        steps = np.linalg.solve(hessians.reshape(*w.shape[1:], len(w), len(w)), g.T[..., None])
        return w - steps[..., 0].T, states

    def of_lanes(self, kept):  # noqa: ARG002
        return self


class Backtracking(Method):
    """Descent that halves its rate until the loss falls enough (Armijo 1966, with a share of a half): more evaluations."""

    def init(self, w, learning_rate):  # noqa: ARG002
        return {"tries": np.zeros_like(w)}

    def step(self, t, w, g, states, lr, learning_rate, value_and_gradient):  # noqa: ARG002
        here, tries = value_and_gradient(w)[0], 0
        while value_and_gradient(w - lr * g)[0] > here - lr * (g @ g) / 2:
            lr, tries = lr / 2, tries + 1
        return w - lr * g, {"tries": states["tries"] + tries}


@dataclass(frozen=True)
class Bfgs(Method):
    """Quasi-Newton with the inverse Hessian as a matrix, and a line search that halves (Nocedal & Wright 2006, eq. 6.17)."""

    tolerance: float = 1e-9

    def init(self, w, learning_rate):  # noqa: ARG002
        return {"inverse": np.eye(len(w))}

    def step(self, t, w, g, states, lr, learning_rate, value_and_gradient):  # noqa: ARG002
        inverse, here = states["inverse"], value_and_gradient(w)[0]
        direction, share = -inverse @ g, 1.0
        while share > 1e-20 and not value_and_gradient(w + share * direction)[0] <= here + 1e-4 * share * (
            g @ direction
        ):
            share /= 2
        s = share * direction
        y = value_and_gradient(w + s)[1] - g
        if s @ y > 0:
            left = np.eye(len(w)) - np.outer(s, y) / (s @ y)
            inverse = left @ inverse @ left.T + np.outer(s, s) / (s @ y)
        return w + s, {"inverse": inverse}

    def done(self, w, g, states):  # noqa: ARG002
        return bool(np.abs(g).max() <= self.tolerance)


@dataclass(frozen=True)
class NelderMead(Method):
    """The downhill simplex (Nelder & Mead 1965), which asks for losses alone; its corners are a state, the best first."""

    tolerance: float = 1e-9

    def init(self, w, learning_rate):  # noqa: ARG002
        away = np.where(w == 0, 0.00025, 0.05 * w)
        return {"corners": np.vstack((w, w + np.diag(away))), "losses": np.full(len(w) + 1, np.nan)}

    def step(self, t, w, g, states, lr, learning_rate, value_and_gradient):  # noqa: ARG002
        def loss(at):
            return value_and_gradient(at)[0]

        corners, losses = states["corners"], states["losses"]
        if np.isnan(losses[0]):
            corners, losses = _sorted(corners, np.array([loss(corner) for corner in corners]))
        corners, losses = corners.copy(), losses.copy()
        middle = corners[:-1].mean(axis=0)

        def beyond(share):
            at = middle + share * (middle - corners[-1])
            return loss(at), at

        reflected = beyond(1)
        if reflected[0] < losses[0]:
            taken = min(reflected, beyond(2), key=lambda each: each[0])
        elif reflected[0] < losses[-2]:
            taken = reflected
        else:
            outside = reflected[0] < losses[-1]
            taken = beyond(1 / 2 if outside else -1 / 2)
            if taken[0] > (reflected[0] if outside else losses[-1]):
                corners = corners[0] + (corners - corners[0]) / 2
                losses = np.array([losses[0], *(loss(corner) for corner in corners[1:])])
                taken = losses[-1], corners[-1]
        losses[-1], corners[-1] = taken
        corners, losses = _sorted(corners, losses)
        return corners[0], {"corners": corners, "losses": losses}

    def done(self, w, g, states):  # noqa: ARG002
        corners, losses = states["corners"], states["losses"]
        return bool(max(np.abs(corners - corners[0]).max(), np.abs(losses - losses[0]).max()) <= self.tolerance)


def _sorted(corners, losses):
    order = np.argsort(losses)
    return corners[order], losses[order]
