"""The results of analyses: ends of a run from other starts or with other values, curvature, and tuning."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.results import display
from fallline.results.pictured import PicturedChart, PicturedMap
from fallline.results.result import Reply, Tabular
from fallline.types import Array


class StartEnds(Tabular):
    """The ends of a run from each of many starts."""

    @cached_property
    def starts(self) -> Array:
        """The starts, shape (starts, parameters)."""
        return np.asarray(self.reply["starts"], float)

    @cached_property
    def ends(self) -> Array:
        """The last point from each start, shape (starts, parameters); NaN if the run diverged or had a fault."""
        return np.asarray(self.reply["ends"], float)

    @cached_property
    def loss(self) -> Array:
        """The loss at the last points, shape (starts,)."""
        return np.asarray(self.reply["loss"], float)

    @cached_property
    def n_steps(self) -> NDArray[np.int64]:
        """The number of steps from each start, shape (starts,)."""
        return np.asarray(self.reply["n_steps"], np.int64)

    @property
    def stop_reason(self) -> list[str]:
        """Why the run from each start ended, as `Ending.stop_reason`."""
        return list(self.reply["stop_reason"])

    def table(self) -> dict[str, Any]:
        """A row for each start: its parameters, as `start_x`, the last point, as `x`, and the other properties."""
        names = self.reply["parameters"]
        starts = {f"start_{name}": at for name, at in zip(names, self.starts.T, strict=True)}
        ends = dict(zip(names, self.ends.T, strict=True))
        return {**starts, **ends, **{name: getattr(self, name) for name in ("loss", "n_steps", "stop_reason")}}

    def __repr__(self) -> str:
        lost = int(np.isnan(self.loss).sum())
        least = np.nanmin(self.loss, initial=np.inf)
        return f"<StartEnds of {len(self.starts)} starts; least loss {least:.4g}, {lost} lost>"


class SweepGrid(PicturedChart, Tabular):
    """The last losses of several runs for each value of a hyperparameter, or each pair of values of two.

    Its chart shows the last loss of each run against the values; for pairs, a map for each run.
    """

    @property
    def labels(self) -> list[str]:
        """The labels of the runs, in the order of the first axis of `loss`."""
        return list(self.reply["labels"])

    @cached_property
    def values(self) -> dict[str, Array]:
        """Hyperparameter -> its values, in the order of the other axes of `loss`."""
        return {name: np.asarray(values, float) for name, values in self.reply["over"].items()}

    @cached_property
    def loss(self) -> Array:
        """The last loss, shape (runs, values) or (runs, values, values); NaN if a run diverged or had a fault."""
        return np.asarray(self.reply["loss"], float)

    @property
    def start_loss(self) -> float:
        """The loss at the start, which all runs share."""
        return float(self.reply["start_loss"])

    @cached_property
    def n_steps(self) -> NDArray[np.int64]:
        """The number of steps, of the same shape as `loss`."""
        return np.asarray(self.reply["n_steps"], np.int64)

    @property
    def best(self) -> list[dict[str, float] | None]:
        """For each run, the values with the least last loss; None if all are NaN."""
        return [self._best(losses) for losses in self.loss]

    def _best(self, losses: Array) -> dict[str, float] | None:
        if np.isnan(losses).all():
            return None
        place = np.unravel_index(int(np.nanargmin(losses)), losses.shape)
        axes = zip(self.values.items(), place, strict=True)
        return {name: float(values[index]) for (name, values), index in axes}

    def table(self) -> dict[str, Any]:
        """A row for each run and each value, or pair of values."""
        count = self.loss[0].size
        places = (grid.ravel() for grid in np.meshgrid(*self.values.values(), indexing="ij"))
        columns = {name: np.tile(each, len(self.labels)) for name, each in zip(self.values, places, strict=True)}
        ends = {"loss": self.loss.ravel(), "n_steps": self.n_steps.ravel()}
        return {"label": np.repeat(self.labels, count), **columns, **ends}

    def _chart(self, drawing: Any) -> Any:
        problem = self.reply["problem"]
        of = problem[:1].upper() + problem[1:]
        return drawing.GridOfLosses(self.labels, self.values, self.loss, self.start_loss, of)

    def __repr__(self) -> str:
        shape = " x ".join(f"{len(values)} of {name}" for name, values in self.values.items())
        return f"<SweepGrid of {', '.join(self.labels)} over {shape}>"


class Curvature(Reply):
    """The curvature of the loss at a row of a run, and how a step changes the distance along each mode.

    Further fields are only in `reply`: `scale`, `learning_rate_best_to`, `excess`, `curve`, `values`, `limit`,
    `leaving`, `momentum`, `plane`, `polynomial`, `notices`.
    """

    @property
    def of(self) -> str:
        """`loss` for the Hessian of the loss; `preconditioned` if it is scaled as the rule scales each gradient."""
        return str(self.reply["of"])

    @cached_property
    def at(self) -> Array:
        """The point, shape (parameters,)."""
        return np.asarray(self.reply["at"], float)

    @cached_property
    def hessian(self) -> Array | None:
        """The Hessian of the loss, shape (parameters, parameters); None for more than two parameters."""
        return None if self.reply["hessian"] is None else np.asarray(self.reply["hessian"], float)

    @cached_property
    def eigenvalues(self) -> Array:
        """The curvature along each mode, ascending, shape (modes,)."""
        return self._of_modes("eigenvalue")

    @cached_property
    def directions(self) -> Array:
        """A unit vector along each mode, shape (modes, parameters); NaN for more than two parameters."""
        return np.array([[np.nan] if mode["direction"] is None else mode["direction"] for mode in self.reply["modes"]])

    @cached_property
    def factors(self) -> Array:
        """The factor by which a step multiplies the distance along each mode in the long run, shape (modes,).

        NaN if the rule has no roots.
        """
        return self._of_modes("factor")

    @cached_property
    def roots(self) -> NDArray[np.complex128] | None:
        """The roots of each mode, the largest first, shape (modes, roots); None if the rule has no roots."""
        roots = [mode["roots"] for mode in self.reply["modes"]]
        return None if None in roots else np.array(roots, float).view(complex)[..., 0]

    @property
    def condition_number(self) -> float | None:
        """The largest eigenvalue of the Hessian divided by the smallest; None unless all are above 0."""
        return self._number("condition_number")

    @property
    def learning_rate_max(self) -> float | None:
        """The learning rate above which the mode with the largest curvature grows; None if there is no such rate."""
        return self._number("learning_rate_max")

    @property
    def learning_rate_best(self) -> float | None:
        """The learning rate with which the slowest mode shrinks fastest; the least one, if several are equally fast."""
        return self._number("learning_rate_best")

    @property
    def factor_best(self) -> float | None:
        """The factor of the slowest mode with `learning_rate_best`."""
        return self._number("factor_best")

    @cached_property
    def predicted(self) -> Mapping[str, Array] | None:
        """Parameter -> the path computed from the modes alone, shape (rows,).

        None unless it was requested, and if the loss is not quadratic.
        """
        predicted = self.reply["predicted"]
        return predicted and {name: np.asarray(column, float) for name, column in predicted.items()}

    @cached_property
    def covariance(self) -> Array | None:
        """The stationary covariance under the declared noise, shape (parameters, parameters)."""
        return None if self.reply["covariance"] is None else np.asarray(self.reply["covariance"], float)

    @cached_property
    def columns(self) -> Mapping[str, Array] | None:
        """`t`, `lambda_max` and `limit` along the run; None unless `every` was given. `reply` also has `crosses`."""
        columns = self.reply["columns"]
        return columns and {name: np.asarray(columns[name], float) for name in ("t", "lambda_max", "limit")}

    @property
    def notes(self) -> Sequence[str]:
        """Sentences for the reader of the result."""
        notes: Sequence[str] = self.reply["notes"]
        return notes

    def _number(self, name: str) -> float | None:
        value: float | None = self.reply[name]
        return value

    def _of_modes(self, name: str) -> Array:
        return np.array([mode[name] for mode in self.reply["modes"]], float)

    def __repr__(self) -> str:
        factors = ", ".join(f"{factor:.4g}" for factor in self.factors)
        curved = ", ".join(f"{eigenvalue:.4g}" for eigenvalue in self.eigenvalues)
        return f"<Curvature of the {self.of} at row {self.reply['t']}: {curved}; each step keeps {factors}>"


class Basins(Reply, PicturedMap):
    """The minimum in which a run ends from each start of a grid. A notebook shows it as a map and a table.

    As on the page, the tints of the map show the end of each start, and each minimum has a letter.

    Args: spec: as values of JSON.
    """

    def __init__(self, reply: Mapping[str, Any], spec: Mapping[str, Any]) -> None:
        super().__init__(reply)
        self._spec = spec

    @cached_property
    def x(self) -> Array:
        """The first parameter of the starts, shape (columns,)."""
        return np.asarray(self.reply["x"], float)

    @cached_property
    def y(self) -> Array | None:
        """The second parameter of the starts, shape (rows,); None for a problem with one parameter."""
        return None if self.reply["y"] is None else np.asarray(self.reply["y"], float)

    @cached_property
    def end(self) -> NDArray[np.int64]:
        """The index in `minima` of the minimum in which each run ends, shape (rows, columns) or (columns,).

        -1 if it ends next to no minimum, -2 if it diverged.
        """
        return np.asarray(self.reply["end"], np.int64)

    @cached_property
    def n_steps(self) -> NDArray[np.int64]:
        """The number of steps from each start, of the same shape as `end`."""
        return np.asarray(self.reply["n_steps"], np.int64)

    @cached_property
    def minima(self) -> Array:
        """The parameters of each minimum and its loss, shape (minima, parameters + 1)."""
        return np.asarray(self.reply["minima"], float).reshape(-1, 2 if self.y is None else 3)

    @cached_property
    def shares(self) -> Array:
        """The share of the starts that end in each minimum, shape (minima,)."""
        return np.asarray(self.reply["shares"], float)

    @cached_property
    def shares_over(self) -> Array | None:
        """The shares with each value of `over`, shape (values, minima); None without `over`. `reply` has the values."""
        over = self.reply["over"]
        return over and np.asarray(over["shares"], float)

    @property
    def share_elsewhere(self) -> float:
        """The share of the starts that end next to no minimum."""
        return float(self.reply["share_elsewhere"])

    @property
    def share_diverged(self) -> float:
        """The share of the starts from which the run diverged."""
        return float(self.reply["share_diverged"])

    def _scene(self, pictures: Any) -> Any:
        return pictures.scene_of_ends(self._spec, self.reply)

    def _repr_html_(self) -> str:
        """For notebooks: the picture, and the share of the starts that end in each minimum."""
        return display.html_of_basins(self._repr_svg_(), repr(self), self.reply["minima"], self.shares.tolist())

    def __repr__(self) -> str:
        shares = ", ".join(f"{share:.1%}" for share in self.shares)
        return f"<Basins of {self.end.size} starts: {shares}; diverged {self.share_diverged:.1%}>"


class Tuning(Reply):
    """The values of hyperparameters with which a run reaches a loss in the fewest steps.

    Further fields are only in `reply`: `evaluations`, `target_loss`, `stays`, `budget`, `notices`.
    """

    @property
    def best(self) -> Mapping[str, float] | None:
        """Hyperparameter -> its best value; None if no value that was tried reaches the loss."""
        best: Mapping[str, float] | None = self.reply["best"]
        return best

    @property
    def steps(self) -> float | None:
        """The number of steps with the best values, the median over the seeds; None if there are no best values."""
        steps: float | None = self.reply["steps"]
        return steps

    @property
    def range(self) -> Mapping[str, Sequence[float]] | None:
        """Hyperparameter -> [low, high] of the values that need at most twice the fewest steps.

        The other hyperparameters have their best values.
        """
        good: Mapping[str, Sequence[float]] | None = self.reply["range"]
        return good

    @cached_property
    def curve(self) -> Array:
        """The values of the first hyperparameter and the steps they need, infinite for never; shape (values, 2)."""
        curve = np.array(self.reply["curve"], float)
        return np.where(np.isnan(curve), np.inf, curve)

    @property
    def notes(self) -> Sequence[str]:
        """Sentences for the reader of the result."""
        notes: Sequence[str] = self.reply["notes"]
        return notes

    def __repr__(self) -> str:
        if self.best is None:
            return f"<Tuning: {self.notes[0]}>"
        values = ", ".join(f"{name} {value:.4g}" for name, value in self.best.items())
        return f"<Tuning: {values} in {self.steps:g} steps>"
