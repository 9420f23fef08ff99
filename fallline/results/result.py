"""What comes of a spec: runs as columns, and where the runs of a sweep end."""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any, TypedDict, overload

import numpy as np
import orjson
from numpy.typing import NDArray

from fallline.columns import COLUMNS, table_columns
from fallline.given import Asked
from fallline.results import display
from fallline.results.pictured import PicturedRuns
from fallline.types import Array


class Reply:
    """An object of a reply. Args: reply: its fields, as the REST API names them."""

    def __init__(self, reply: Mapping[str, Any]) -> None:
        self.reply = reply

    def to_json(self) -> str:
        """The reply as JSON, as the REST API writes it: what is not finite is null."""
        return orjson.dumps(self.reply, option=orjson.OPT_SERIALIZE_NUMPY, default=str).decode()


class Tabular(Reply):
    """A reply with a table."""

    def table(self) -> dict[str, Any]:
        """Its columns by name, all of one length."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """The `table` as a DataFrame. Raises: ImportError, pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise ImportError("to_pandas needs pandas, which is not installed; table() has the same columns") from None
        return pandas.DataFrame(self.table())


class Columns(Reply):
    """Some rows of a run and the steps that led to them, as arrays that are made when they are first read.

    A column that was not asked for raises an AttributeError.
    """

    @cached_property
    def parameters(self) -> Mapping[str, Array]:
        """Name -> where each row stands, shape (rows,), in the units of the problem."""
        return self._by_name("parameters")

    @cached_property
    def loss(self) -> Array:
        """The loss of each row over all the data, shape (rows,)."""
        return self._numbers("loss")

    @cached_property
    def gradient(self) -> Mapping[str, Array]:
        """Name -> that component of the gradient each step used: of the batch, with its noise; shape (steps,).

        By what it is, where by no formula, is `gradient_source` of the `problem` of the result.
        """
        return self._by_name("gradient")

    @cached_property
    def learning_rate(self) -> Array:
        """The rate in force at each step, after its schedule, shape (steps,)."""
        return self._numbers("learning_rate")

    @cached_property
    def step_size(self) -> Array:
        """The Euclidean length of each step over all parameters, shape (steps,)."""
        return self._numbers("step_size")

    @property
    def batch(self) -> list[list[int] | None] | None:
        """The indices, from 0, of the points that each step used; None where all were, at a step or throughout."""
        batch: list[list[int] | None] | None = self._column("batch")
        return batch

    @cached_property
    def evaluations(self) -> Mapping[str, Array]:
        """`loss`, `gradient`, `hessian` -> how often each was evaluated for the steps up to each row, shape (rows,).

        What a row shows beside what its method needs is not counted.
        """
        return self._by_name("evaluations")

    def _column(self, name: str) -> Any:
        if name not in self.reply:
            raise AttributeError(f"the column {name} was not asked for")
        return self.reply[name]

    def _numbers(self, name: str) -> Array:
        return np.asarray(self._column(name), float)

    def _by_name(self, name: str) -> dict[str, Array]:
        return {each: np.asarray(column, float) for each, column in self._column(name).items()}


class Ending(Reply):
    """How a run ended. What is not a property here is in `reply`: `diverged_at`, `what_broke`, `threshold`."""

    @property
    def stop_reason(self) -> str:
        """`max_steps`, `min_step_size`, `target_loss`, `method_done` or `diverged`."""
        return str(self.reply["stop_reason"])

    @property
    def n_steps(self) -> int:
        """The steps that led to a finite row."""
        return int(self.reply["n_steps"])

    @property
    def sentence(self) -> str:
        """How it ended, in words."""
        return str(self.reply["sentence"])

    @property
    def end_point(self) -> Mapping[str, Any] | None:
        """What gradient and Hessian say of the place where it ended (`kind`, `at`, `eigenvalues`, ...), if they do."""
        return self.reply.get("end_point")


class Run(Columns, Ending, Tabular):
    """One run: n_steps + 1 rows, of which row 0 is the start, and the n_steps steps between them."""

    @property
    def optimizer(self) -> Mapping[str, Any]:
        """The optimizer, every value in force; it may stand in a spec as it is."""
        optimizer: Mapping[str, Any] = self.reply["optimizer"]
        return optimizer

    @property
    def label(self) -> str:
        """What the run is called."""
        return str(self.optimizer["label"])

    @property
    def notes(self) -> Sequence[str]:
        """What a reader of the run must know, in sentences."""
        notes: Sequence[str] = self.reply["notes"]
        return notes

    def table(self) -> dict[str, Any]:
        """The columns that are there, all with n_steps + 1 entries, named as in the CSV of the API.

        `t` is the number of the row. What belongs to a step stands in the row that it sets off from, and is NaN (of
        `batch`, which has lists, None) in the last row.
        """
        there = {name: getattr(self, name) for name in COLUMNS if self.reply.get(name) is not None}
        rows = self.n_steps + 1
        columns = {name: _lengthened(column, rows) for name, column in table_columns(there).items()}
        return {"t": np.arange(rows), **columns}

    def average(self, first: int = 0) -> dict[str, Array]:
        """The mean of each parameter over the rows from `first` to each later one (Polyak and Ruppert's average).

        w_bar_t = (w_first + ... + w_t) / (t - first + 1); shape (n_steps + 1 - first,).

        Raises: ValueError, there is no such row.

        Source: Polyak and Juditsky 1992, Acceleration of stochastic approximation by averaging.
        """
        if not 0 <= first <= self.n_steps:
            raise ValueError(f"first must be a row of the run, 0 to {self.n_steps}; got {first}")
        counts = np.arange(1, self.n_steps + 2 - first)
        return {name: np.cumsum(column[first:]) / counts for name, column in self.parameters.items()}

    def __repr__(self) -> str:
        return f"<Run {self.label!r}: {self.sentence}>"


class Result(Tabular, PicturedRuns, Sequence[Run]):
    """The runs of a spec, by number or label. A notebook shows their paths on the map, and how they ended in a table.

    Args: asked: what was run.
    """

    def __init__(self, asked: Asked, reply: Mapping[str, Any]) -> None:
        super().__init__(reply)
        self._asked = asked
        self.runs = tuple(map(Run, reply["runs"]))

    @property
    def spec(self) -> Mapping[str, Any]:
        """The spec that was run."""
        spec: Mapping[str, Any] = json.loads(self._asked.text)
        return spec

    @property
    def problem(self) -> Mapping[str, Any]:
        """What was minimised: its `kind`, `parameters`, `domain`, known `minima`, and on data its points.

        Of a loss of one's own `gradient_source` says what its gradient is by, as `JAX`.
        """
        problem: Mapping[str, Any] = self.reply["problem"]
        return problem

    @cached_property
    def start(self) -> Array:
        """Where the runs set off, one number for each parameter."""
        return np.asarray(self.reply["start"], float)

    @property
    def seed(self) -> int:
        """Of batches, noise and drawn starts."""
        return int(self.reply["seed"])

    def __len__(self) -> int:
        return len(self.runs)

    @overload
    def __getitem__(self, key: int | str) -> Run: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Run]: ...
    def __getitem__(self, key: int | str | slice) -> Run | Sequence[Run]:
        """The run of a number or a label. Raises: IndexError; KeyError, no run or several have the label."""
        if not isinstance(key, str):
            return self.runs[key]
        found = [run for run in self.runs if run.label == key]
        if len(found) != 1:
            labels = ", ".join(repr(run.label) for run in self.runs)
            raise KeyError(f"{len(found)} runs are called {key!r}; the labels are {labels}")
        return found[0]

    def table(self) -> dict[str, Any]:
        """The tables of the runs below each other, after columns with the number (`run`) and the `label` of each."""
        tables = [
            {"run": np.full(run.n_steps + 1, number), "label": np.full(run.n_steps + 1, run.label), **run.table()}
            for number, run in enumerate(self.runs)
        ]
        names = dict.fromkeys(name for table in tables for name in table)
        return {name: np.concatenate([_column_of(table, name) for table in tables]) for name in names}

    def __repr__(self) -> str:
        return f"<Result {list(self.runs)}>"

    def _repr_html_(self) -> str:
        """For notebooks, which prefer it to the picture alone, so it has both."""
        return display.html_of_runs(self._repr_svg_(), self.runs)


class Gap(TypedDict):
    """Two values with nothing tried between them: the last that does not fail, and the next, which fails as all do
    that were tried beyond it.
    """

    holds: float
    fails: float


class Edge(TypedDict):
    """Where the values of a sweep begin to fail: `rises`, to end above the start or diverge, and `diverges`.

    Both are None where no value fails, where all do, and where the largest does not; and over seeds. Where runs rise,
    fall and rise again they have the last rise; `first_rising` and `first_diverging` are the least of the values that
    failed, None where none did. `grows`, of learning rates on a quadratic: `above` which its largest
    `curvature` grows with each step.
    """

    rises: Gap | None
    diverges: Gap | None
    first_rising: float | None
    first_diverging: float | None
    grows: Mapping[str, float] | None


class Sweep(Tabular):
    """Where a run ends with each of many values of a hyperparameter, or with each of many seeds."""

    @property
    def over(self) -> str:
        """The hyperparameter, or `seed`."""
        return str(self.reply["over"])

    @cached_property
    def values(self) -> Array:
        """What was tried, shape (values,)."""
        return np.asarray(self.reply["values"], float)

    @cached_property
    def loss(self) -> Array:
        """The last loss with each value, NaN where the run diverged or had a fault, shape (values,)."""
        return np.asarray(self.reply["loss"], float)

    @cached_property
    def n_steps(self) -> NDArray[np.int64]:
        """The steps with each value, shape (values,)."""
        return np.asarray(self.reply["n_steps"], np.int64)

    @property
    def stop_reason(self) -> list[str]:
        """Why each run ended."""
        return list(self.reply["stop_reason"])

    @property
    def fault(self) -> str | None:
        """In what code of one's own the first of those fails whose `stop_reason` is `fault`; None where none does."""
        fault: str | None = self.reply.get("fault")
        return fault

    @cached_property
    def end(self) -> NDArray[np.int64] | None:
        """Which of `minima` each value ends in, -1 in none, -2 where it diverged, shape (values,); None where that is
        not told: over seeds and angles, of a network, and of more than two parameters.
        """
        end = self.reply.get("end")
        return None if end is None else np.asarray(end, np.int64)

    @cached_property
    def minima(self) -> Array | None:
        """The parameters of each minimum and its loss, shape (minima, parameters + 1); None likewise."""
        minima = self.reply.get("minima")
        return None if minima is None else np.asarray(minima, float)

    @property
    def edge(self) -> Edge:
        """From which value on all runs end above the start, and from which on all diverge, if there is such a value."""
        edge: Edge = self.reply["edge"]
        return edge

    @cached_property
    def curves(self) -> Mapping[str, Array] | None:
        """`low`, `median` and `high`, the quartiles of the loss at each row over the seeds, NaN where infinite.

        `samples`, of a problem with data, counts the data points used by then. None unless asked for.
        """
        curves = self.reply.get("curves")
        return curves and {name: np.asarray(column, float) for name, column in curves.items() if column is not None}

    @property
    def best(self) -> float | None:
        """The value with the least last loss; None where all diverged or had a fault."""
        return None if np.isnan(self.loss).all() else float(self.values[np.nanargmin(self.loss)])

    def table(self) -> dict[str, Any]:
        """The values and where they end, as columns of one length."""
        return {self.over: self.values, **{name: getattr(self, name) for name in ("loss", "n_steps", "stop_reason")}}

    def __repr__(self) -> str:
        return f"<Sweep over {len(self.values)} values of {self.over}; least loss at {self.best}>"

    def _repr_html_(self) -> str:
        return display.html_of_sweep(self.table(), self.best)


def _lengthened(column: Any, rows: int) -> Any:
    """A column of steps with an empty entry for the last row; one of rows as it is."""
    if len(column) == rows:
        return column
    return np.append(column, np.nan) if isinstance(column, np.ndarray) else [*column, None]


def _column_of(table: Mapping[str, Any], name: str) -> Any:
    """A column of a table, empty where it has none of this name; lists in it stay lists."""
    column = table.get(name, [None] * len(table["t"]))
    if isinstance(column, np.ndarray):
        return column
    objects = np.empty(len(column), object)
    objects[:] = column
    return objects
