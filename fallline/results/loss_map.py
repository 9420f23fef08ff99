"""The result that has the loss over a rectangle of parameters."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from fallline.results.pictured import PicturedRuns
from fallline.results.result import Reply, Tabular
from fallline.spec_forms import SpecToRun
from fallline.types import Array


class LossMap(Reply, PicturedRuns, Tabular):
    """The loss on a grid; for a problem with more than two parameters, on a plane (`reply["plane"]`).

    Args: spec: the spec, with the rectangle of its picture.
    """

    def __init__(self, spec: SpecToRun, reply: Mapping[str, Any]) -> None:
        super().__init__(reply)
        self._spec = spec

    @property
    def parameters(self) -> Sequence[str]:
        """The names of the axes."""
        parameters: Sequence[str] = self.reply["parameters"]
        return parameters

    @cached_property
    def x(self) -> Array:
        """The values of the first parameter, shape (nx,)."""
        return np.asarray(self.reply["x"], float)

    @cached_property
    def y(self) -> Array | None:
        """The values of the second parameter, shape (ny,); None for a problem with one parameter."""
        return None if self.reply["y"] is None else np.asarray(self.reply["y"], float)

    @cached_property
    def loss(self) -> Array:
        """The loss, shape (ny, nx), or (nx,) for one parameter; NaN where it is not finite."""
        return np.asarray(self.reply["loss"], float)

    def table(self) -> dict[str, Any]:
        """A row for each point of the grid: its parameters and the loss."""
        axes = [self.x] if self.y is None else [self.x, self.y]
        places = np.meshgrid(*axes)
        return {
            **{name: at.ravel() for name, at in zip(self.parameters, places, strict=True)},
            "loss": self.loss.ravel(),
        }

    def __repr__(self) -> str:
        return f"<LossMap of {', '.join(self.parameters)}, {' x '.join(map(str, self.loss.shape[::-1]))} places>"
