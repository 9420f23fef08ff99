"""The results of a spec: runs with their columns, and sweeps."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any, overload

import numpy as np

from fallline.columns import COLUMNS, table_columns
from fallline.results import display
from fallline.results.pictured import PicturedRuns
from fallline.spec_forms import SpecToRun
from fallline.sweeps import SweepEnds
from fallline.types import Array, json_text


class Reply:
    """An object of a reply. Args: reply: its fields, with the names of the REST API."""

    def __init__(self, reply: Mapping[str, Any]) -> None:
        self.reply = reply

    def to_json(self) -> str:
        """The reply as the REST API writes it in JSON: numbers that are not finite are null."""
        return json_text(self.reply)


class Tabular:
    """A result with a table."""

    def table(self) -> dict[str, Any]:
        """The columns of the table by name, all of the same length."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """The `table` as a DataFrame. Raises: ImportError, if pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise ImportError("to_pandas needs pandas, which is not installed; table() has the same columns") from None
        return pandas.DataFrame(self.table())


class Columns(Reply):
    """Rows of a run and the steps that led to them, as arrays, which are created when they are first read.

    Reading a column that was not requested raises AttributeError.
    """

    @cached_property
    def parameters(self) -> Mapping[str, Array]:
        """Parameter -> its value at each row, shape (rows,), in the units of the problem."""
        return self._by_name("parameters")

    @cached_property
    def loss(self) -> Array:
        """The loss of each row over all the data, shape (rows,)."""
        return self._numbers("loss")

    @cached_property
    def gradient(self) -> Mapping[str, Array]:
        """Parameter -> the component of the gradient that each step used, of the batch and with noise; shape (steps,).

        For a loss of one's own, `problem["gradient_source"]` of the result says what computed it.
        """
        return self._by_name("gradient")

    @cached_property
    def learning_rate(self) -> Array:
        """The learning rate in force at each step, after the schedule, shape (steps,)."""
        return self._numbers("learning_rate")

    @cached_property
    def step_size(self) -> Array:
        """The Euclidean length of each step over all parameters, shape (steps,)."""
        return self._numbers("step_size")

    @property
    def batch(self) -> list[list[int] | None] | None:
        """For each step, the indices, from 0, of the points that it used; None for a step that used all points.

        None instead of a list if every step used all points.
        """
        batch: list[list[int] | None] | None = self._column("batch")
        return batch

    @cached_property
    def evaluations(self) -> Mapping[str, Array]:
        """`loss`, `gradient`, `hessian` -> how often it was evaluated for the steps up to each row, shape (rows,).

        Evaluations that only the display of a row needs, and not the method, are not counted.
        """
        return self._by_name("evaluations")

    def _column(self, name: str) -> Any:
        if name not in self.reply:
            raise AttributeError(f"the column {name} was not asked for")
        return self.reply[name]

    def _numbers(self, name: str) -> Array:
        return np.asarray(self._column(name), float)

    def _by_name(self, name: str) -> dict[str, Array]:
        return {parameter: np.asarray(column, float) for parameter, column in self._column(name).items()}


class Ending(Reply):
    """The end of a run. Further fields are only in `reply`: `diverged_at`, `what_broke`, `threshold`."""

    @property
    def stop_reason(self) -> str:
        """`max_steps`, `min_step_size`, `target_loss`, `method_done` or `diverged`."""
        return str(self.reply["stop_reason"])

    @property
    def n_steps(self) -> int:
        """The number of steps that led to a row with finite numbers."""
        return int(self.reply["n_steps"])

    @property
    def sentence(self) -> str:
        """How the run ended, in words."""
        return str(self.reply["sentence"])

    @property
    def end_point(self) -> Mapping[str, Any] | None:
        """The stationary point next to the last point (`kind`, `at`, `eigenvalues`, ...), as the REST API describes it.

        None if the reply has none.
        """
        return self.reply.get("end_point")


class Run(Columns, Ending, Tabular):
    """One run: n_steps + 1 rows, row 0 being the start, and the n_steps steps between them."""

    @property
    def optimizer(self) -> Mapping[str, Any]:
        """The optimizer with every value in force. A spec may contain it as a run."""
        optimizer: Mapping[str, Any] = self.reply["optimizer"]
        return optimizer

    @property
    def label(self) -> str:
        """The label of the run."""
        return str(self.optimizer["label"])

    @property
    def notes(self) -> Sequence[str]:
        """Sentences for the reader of the run."""
        notes: Sequence[str] = self.reply["notes"]
        return notes

    def table(self) -> dict[str, Any]:
        """The requested columns, all with n_steps + 1 entries, with the names that they have in the CSV of the API.

        `t` is the number of the row. A value of a step is in the row from which the step starts; the last row has NaN
        there, or None in `batch`, which has lists.
        """
        there = {name: getattr(self, name) for name in COLUMNS if self.reply.get(name) is not None}
        rows = self.n_steps + 1
        columns = {name: _lengthened(column, rows) for name, column in table_columns(there).items()}
        return {"t": np.arange(rows), **columns}

    def average(self, first: int = 0) -> dict[str, Array]:
        """The mean of each parameter over the rows from `first` to each later one (Polyak and Ruppert's average).

        w_bar_t = (w_first + ... + w_t) / (t - first + 1); shape (n_steps + 1 - first,).

        Raises: ValueError, if there is no row `first`.

        Source: Polyak and Juditsky 1992, Acceleration of stochastic approximation by averaging.
        """
        if not 0 <= first <= self.n_steps:
            raise ValueError(f"first must be a row of the run, 0 to {self.n_steps}; got {first}")
        counts = np.arange(1, self.n_steps + 2 - first)
        return {name: np.cumsum(column[first:]) / counts for name, column in self.parameters.items()}

    def __repr__(self) -> str:
        return f"<Run {self.label!r}: {self.sentence}>"


class Result(Reply, Tabular, PicturedRuns, Sequence[Run]):
    """The runs of a spec, by number or label. A notebook shows their paths on the map, and their ends in a table.

    Args: spec: the spec that was run.
    """

    def __init__(self, spec: SpecToRun, reply: Mapping[str, Any]) -> None:
        super().__init__(reply)
        self._spec = spec
        self.runs = tuple(map(Run, reply["runs"]))

    @property
    def spec(self) -> Mapping[str, Any]:
        """The spec that was run."""
        return self._spec.fields

    @property
    def problem(self) -> Mapping[str, Any]:
        """The problem: its `kind`, `parameters`, `domain`, known `minima`, and with data its points.

        For a loss of one's own, `gradient_source` says what computes its gradient, such as `JAX`.
        """
        problem: Mapping[str, Any] = self.reply["problem"]
        return problem

    @cached_property
    def start(self) -> Array:
        """The start of the runs, shape (parameters,)."""
        return np.asarray(self.reply["start"], float)

    @property
    def seed(self) -> int:
        """The seed of batches, noise and drawn starts."""
        return int(self.reply["seed"])

    def __len__(self) -> int:
        return len(self.runs)

    @overload
    def __getitem__(self, key: int | str) -> Run: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Run]: ...
    def __getitem__(self, key: int | str | slice) -> Run | Sequence[Run]:
        """The run with a number or a label. Raises: IndexError; KeyError, if no run or several runs have the label."""
        if not isinstance(key, str):
            return self.runs[key]
        runs = [run for run in self.runs if run.label == key]
        if len(runs) != 1:
            labels = ", ".join(repr(run.label) for run in self.runs)
            raise KeyError(f"{len(runs)} runs are called {key!r}; the labels are {labels}")
        return runs[0]

    def table(self) -> dict[str, Any]:
        """The tables of all runs in one; its first columns are the number (`run`) and the `label` of the run."""
        tables = [
            {"run": np.full(run.n_steps + 1, number), "label": np.full(run.n_steps + 1, run.label), **run.table()}
            for number, run in enumerate(self.runs)
        ]
        names = dict.fromkeys(name for table in tables for name in table)
        return {name: np.concatenate([_column_of(table, name) for table in tables]) for name in names}

    def __repr__(self) -> str:
        return f"<Result {list(self.runs)}>"

    def _repr_html_(self) -> str:
        """For notebooks: the picture and the table. Notebooks show this rather than the picture alone."""
        return display.html_of_runs(self._repr_svg_(), self.runs)


class Sweep(SweepEnds, Tabular):
    """The ends of a run with each of many values of a hyperparameter, or with each of many seeds."""

    @property
    def best(self) -> float | None:
        """The value with the least last loss; None if all runs diverged or had a fault."""
        return None if np.isnan(self.loss).all() else float(self.values[np.nanargmin(self.loss)])

    def table(self) -> dict[str, Any]:
        """A row for each value: the value, `loss`, `n_steps` and `stop_reason`."""
        return {self.over: self.values, **{name: getattr(self, name) for name in ("loss", "n_steps", "stop_reason")}}

    def __repr__(self) -> str:
        return f"<Sweep over {len(self.values)} values of {self.over}; least loss at {self.best}>"

    def _repr_html_(self) -> str:
        return display.html_of_sweep(self.table(), self.best)


def _lengthened(column: Any, rows: int) -> Any:
    """A column with an empty entry added for the last row if it has one entry for each step."""
    if len(column) == rows:
        return column
    return np.append(column, np.nan) if isinstance(column, np.ndarray) else [*column, None]


def _column_of(table: Mapping[str, Any], name: str) -> Any:
    """A column of a table; if the table has none of this name, one without values. Lists in it remain lists."""
    column = table.get(name, [None] * len(table["t"]))
    if isinstance(column, np.ndarray):
        return column
    objects = np.empty(len(column), object)
    objects[:] = column
    return objects
