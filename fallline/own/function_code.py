"""A step by a function of arrays."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from fallline.optimizers.method import StepInput
from fallline.own.own_method import OwnCode
from fallline.own.signature import Hyperparameters
from fallline.types import Array

STEP_ARGUMENTS = ("w", "g", "state", "t")
"""The first arguments of a step, in this order."""


class FunctionCode(OwnCode):
    """The code of `step(w, g, state, t, **hyperparameters) -> (w, state)`.

    Args: step: the function; init: returns the state before step 1 for a start; None for the state {}.
    """

    def __init__(
        self, title: str, takes: Hyperparameters, step: Callable[..., Any], init: Callable[[Array], Any] | None
    ) -> None:
        super().__init__(title, takes, title)
        self._step, self._init = step, init

    def begin(self, w: Array, values: Mapping[str, float]) -> Any:  # noqa: ARG002
        return {} if self._init is None else self._init(w)

    def step(self, kept: Any, at: StepInput, values: Mapping[str, float]) -> tuple[Any, Any]:
        made = self._step(at.w, at.g, copy.deepcopy(kept), at.t, **self.takes.arguments(values))
        if not isinstance(made, tuple) or len(made) != 2:
            got = "None" if made is None else type(made).__name__
            raise TypeError(f"it must give back (w, state); got {got}")
        return made

    def arrays(self, kept: Any) -> Mapping[str, Any]:
        return {str(name): np.asarray(value) for name, value in kept.items()} if isinstance(kept, Mapping) else {}
