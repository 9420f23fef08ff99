"""The downhill simplex method, which uses losses only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from fallline.hyperparameters import Interval, Length, Rate
from fallline.optimizers.method import Evaluated, Method, States, StepInput, Value
from fallline.optimizers.optimizer import Optimizer, StepLength
from fallline.types import Array, Mask


@dataclass(frozen=True)
class NelderMead(Method):
    """Reflects the worst of n + 1 corners through the middle of the others; shrinks if that finds no lower loss.

    The corners, shape (n + 1, n), and their losses are states, the best first. The best corner is the point of the run.
    """

    tolerance: float

    uses: ClassVar[frozenset[Evaluated]] = frozenset({"loss"})
    evaluations_a_step: ClassVar[int] = 3
    reads_schedule: ClassVar[bool] = False
    symbols: ClassVar[Mapping[str, str]] = {"corners": r"\text{corners}", "losses": r"\text{their losses}"}
    lines: ClassVar[Mapping[str, str]] = {
        "middle": r"\text{mean of all corners but the worst}",
        "reflected": r"$middle + ($middle - \text{worst})",
        "move": r"\text{reflect, expand, contract or shrink, by the loss there}",
        "corners": r"\text{with the new one, from the best to the worst}",
        "losses": r"L(\text{corners})",
        "w": r"\text{best corner}",
    }

    def init(self, w: Array, learning_rate: Value) -> States:
        return {"corners": np.vstack((w, w + learning_rate * np.eye(len(w)))), "losses": np.full(len(w) + 1, np.nan)}

    def step(self, at: StepInput) -> Mapping[str, Any]:
        corners, losses, loss_at = at.states["corners"], at.states["losses"], at.evaluate.loss
        if np.isnan(losses[0]):  # the first step
            losses = np.array([at.loss, *(loss_at(corner) for corner in corners[1:])])
            corners, losses = _from_the_best(corners, losses)
        middle, worst = corners[:-1].mean(axis=0), corners[-1]

        def beyond(share: float) -> tuple[float, Array]:
            corner = middle + share * (middle - worst)
            return float(loss_at(corner)), corner

        reflected = beyond(1)
        move, taken = "reflect", reflected
        if reflected[0] < losses[0]:
            expanded = beyond(2)
            if expanded[0] < reflected[0]:
                move, taken = "expand", expanded
        elif not reflected[0] < losses[-2]:
            outside = reflected[0] < losses[-1]
            move, taken = "contract", beyond(1 / 2 if outside else -1 / 2)
            if not (taken[0] <= reflected[0] if outside else taken[0] < losses[-1]):
                move = "shrink"
        if move == "shrink":
            corners = corners[0] + (corners - corners[0]) / 2
            losses = np.array([losses[0], *(loss_at(corner) for corner in corners[1:])])
        else:
            corners, losses = np.vstack((corners[:-1], taken[1])), np.append(losses[:-1], taken[0])
        corners, losses = _from_the_best(corners, losses)
        return {
            "middle": middle, "reflected": reflected[1], "move": move, "corners": corners, "losses": losses,
            "w": corners[0],
        }  # fmt: skip

    def done(self, w: Array, g: Array | None, states: States) -> bool | Mask | None:  # noqa: ARG002
        corners, losses = states["corners"], states["losses"]
        return bool(max(np.abs(corners - corners[0]).max(), np.abs(losses - losses[0]).max()) <= self.tolerance)


def _from_the_best(corners: Array, losses: Array) -> tuple[Array, Array]:
    order = np.argsort(losses, kind="stable")
    return corners[order], losses[order]


SIMPLEX = (
    Optimizer(
        name="nelder_mead",
        label="Nelder-Mead",
        family="classical",
        summary="Moves the corners of a triangle downhill by the losses at them, and asks for no gradient.",
        intuition="An amoeba crawls downhill: it throws its highest corner over the others, and draws in when stuck.",
        method=NelderMead,
        params={
            "learning_rate": Rate(0.1, help="How far from the start the other corners of the first triangle lie."),
            "tolerance": Length(
                1e-8,
                help="It is done once all corners lie that near the best one, and their losses too.",
                min=1e-15,
                max=1.0,
                allowed=Interval(low=0),
            ),
        },
        source="Nelder & Mead 1965, A simplex method for function minimization, with the cases of Lagarias et al. 1998",
        differs=(
            "PyTorch, Keras and Optax have none. SciPy's Nelder-Mead is the same; its first triangle has 5 % of each "
            "coordinate as its sides."
        ),
        step_length=StepLength("length", 4.0),
    ),
)
