"""A path that was recorded elsewhere, as a run: its rows are the recorded ones, and none is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from fallline.descent.draws import Draws
from fallline.descent.evaluations import EVALUATED
from fallline.descent.rows import Block, Row
from fallline.descent.run import Run
from fallline.descent.stops import End, ending
from fallline.notices import Notice, notice
from fallline.optimizers.method import Method, MethodError, Refused, StepInput
from fallline.sentences import Template, sentence
from fallline.types import Array

ENDS: Template = "the recorded path ends with its row {n_steps}"


@dataclass(frozen=True, eq=False)
class RecordedPath:
    """A path on a plane through many parameters, row by row.

    Args:
        label: the name of the path.
        surface: the name of the plane's loss, the only one on which the path can be shown.
        steps: the number of steps that had been taken at each row.
        places: the nearest points of the plane, (rows, 2); distance: the distance of each point from the plane,
            (rows,).
        losses: at the recorded points themselves, not at the places on the plane, (rows,).
        share: the share of the squared distance from the plane's point that lies within the plane, 0 to 1.
    """

    label: str
    surface: str
    steps: Sequence[int]
    places: Array
    distance: Array
    losses: Array
    share: float


class RecordedMethod(Method):
    """Replaces the method of a recorded path, which takes no step. Each path has its own subclass."""

    path: ClassVar[RecordedPath]
    needs_all_data = False

    @classmethod
    def refuses(cls) -> list[Refused]:
        return [*super().refuses(), "sweep"]

    def step(self, at: StepInput) -> Mapping[str, Any]:
        """Raises: MethodError, always."""
        raise MethodError(f"{self.path.label} is a recorded path, which takes no step; got step {at.t}")


def method_of_path(path: RecordedPath) -> type[RecordedMethod]:
    """The method of one path: a class, as an optimizer of the catalog declares the class of its method."""
    return type("Recorded", (RecordedMethod,), {"path": path})


def recorded_path(method: Method) -> RecordedPath | None:
    """The recorded path in whose place a method stands; None if it takes steps."""
    return method.path if isinstance(method, RecordedMethod) else None


class RecordedRun(Run):
    """A recorded path as a run, without gradients. It begins at its own start, and ignores any other.

    It ends with its last row, or at `max_steps`; no other stop rule applies.
    """

    @property
    def path(self) -> RecordedPath:
        """The recorded path."""
        path = recorded_path(self.setup.method)
        assert path is not None
        return path

    @property
    def notices(self) -> tuple[Notice, ...]:
        path = self.path
        last = {"row": len(path.steps) - 1, "t": int(path.steps[-1]), "share": round(100 * path.share, 1)}
        return (*super().notices, notice("recorded_path", what=path.label, **last))

    def _row(self, t: int) -> Row:
        w, evaluations = self.path.places[t], np.zeros(len(EVALUATED), dtype=np.int64)
        return Row(t, w, float(self.path.losses[t]), None, {}, Draws(self.seed), evaluations=evaluations)

    @property
    def first_row(self) -> Row:
        return self._row(0)

    def next_block(self, row: Row | None = None, most_rows: int = 1024) -> Block:
        ends_at = min(self.stop.max_steps, len(self.path.losses) - 1)
        first = 0 if row is None else row.t + 1
        last = 0 if row is None else min(row.t + most_rows, ends_at)
        rows, steps = slice(first, last + 1), last + 1 - max(first, 1)
        places = np.ascontiguousarray(self.path.places[rows].T)
        return Block(
            before=row, parameters=places, loss=self.path.losses[rows], gradient=np.full((len(places), steps), np.nan),
            learning_rate=np.full(steps, np.nan), batch=None, states={},
            evaluations=np.zeros((len(EVALUATED), last + 1 - first), dtype=np.int64), last=self._row(last),
            end=self._end(last) if last == ends_at else None,
        )  # fmt: skip

    def _end(self, n_steps: int) -> End:
        if n_steps < len(self.path.losses) - 1:
            return ending("max_steps", n_steps, self.stop)
        return End("method_done", n_steps, None, sentence(ENDS, {"n_steps": n_steps}))
