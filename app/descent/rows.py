"""What a run gives: blocks of rows as columns, and the last row of each with all that going on from it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.descent.draws import Draws
from app.descent.stops import End

Numbers = Any
"""One number for each parameter: a tuple of floats, or an array of shape (n,), or (n, lanes) for runs side by side."""


@dataclass(frozen=True)
class Row:
    """Where a run stands after step `t`, and all that going on from there takes.

    Args:
        t: steps taken; 0 at the start.
        parameters: the point it has come to.
        loss: there, over all data.
        gradient: there, over all data; None where the run goes by batches and has not asked for it.
        states: state of the rule -> its value for each parameter.
        draws: where the next batch and the next noise come from.
        small_steps: how many steps in a row were below the stop rule's `min_step_size`.
    """

    t: int
    parameters: Numbers
    loss: Any
    gradient: Numbers
    states: Mapping[str, Numbers]
    draws: Draws
    small_steps: Any = 0

    def on_floats(self) -> Row:
        """The same as tuples of floats, for one point."""
        states = {name: tuple(state.tolist()) for name, state in self.states.items()}
        gradient = tuple(self.gradient.tolist())
        return replace(self, parameters=tuple(self.parameters.tolist()), gradient=gradient, states=states)

    def with_own_draws(self) -> Row:
        """The same, for one who draws on from here."""
        return replace(self, draws=self.draws.copy())


@dataclass
class Block:
    """Rows `first`, `first` + 1, ... of a run, and the steps that led to them.

    Args:
        first: number of its first row; row 0 is the start, and no step leads to it.
        parameters: a column for each parameter; loss: over all data.
        gradient: the gradient used, a column for each parameter.
        learning_rate: the rate in force; step_size: Euclidean.
        batch: the indices of the points used, None for a step that saw all; None where no step of the run draws any.
        states: state -> a column for each parameter; None unless asked for.
        last: its last row.
        end: how the run ended with it, None where it goes on.
    """

    first: int
    parameters: tuple[list[float], ...]
    loss: list[float]
    gradient: tuple[list[float], ...]
    learning_rate: list[float]
    step_size: list[float]
    batch: list[list[int] | None] | None
    states: Mapping[str, tuple[list[float], ...]] | None
    last: Row
    end: End | None

    def __len__(self) -> int:
        return len(self.loss)

    def followed_by(self, other: Block) -> Block:
        """Both as one block; the states of both are those of one rule."""
        states = None
        if self.states is not None and other.states is not None:
            states = {name: _joined(columns, other.states[name]) for name, columns in self.states.items()}
        return Block(
            self.first,
            _joined(self.parameters, other.parameters),
            self.loss + other.loss,
            _joined(self.gradient, other.gradient),
            self.learning_rate + other.learning_rate,
            self.step_size + other.step_size,
            self.batch + other.batch if self.batch is not None and other.batch is not None else None,
            states,
            other.last,
            other.end,
        )


def _joined(columns: tuple[list[float], ...], more: tuple[list[float], ...]) -> tuple[list[float], ...]:
    return tuple(one + rest for one, rest in zip(columns, more, strict=True))
