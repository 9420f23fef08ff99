"""A method of one's own, beside those of the catalog."""

from __future__ import annotations

import numpy as np

from fallline.descent import Method


class Backtracking(Method):
    """Descent that halves its rate until the loss falls enough (Armijo 1966, with a share of a half): more evaluations."""

    def init(self, w, learning_rate):  # noqa: ARG002
        return {"tries": np.zeros_like(w)}

    def columns(self):
        return ("tries",)

    def step(self, at):
        lr, tries = at.lr, 0
        while at.evaluate.loss(at.w - lr * at.g) > at.loss - lr * (at.g @ at.g) / 2:
            lr, tries = lr / 2, tries + 1
        return {"w": at.w - lr * at.g, "tries": at.states["tries"] + tries}
