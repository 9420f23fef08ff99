"""What comes of asking why a run goes where it goes: the curvature at a row, where other starts end, and
what other hyperparameters would need.
"""

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
    """Where a run ends from each of many starts."""

    @cached_property
    def starts(self) -> Array:
        """Shape (starts, parameters)."""
        return np.asarray(self.reply["starts"], float)

    @cached_property
    def ends(self) -> Array:
        """Where each ends, shape (starts, parameters); NaN where it diverges, or is cut short by a fault."""
        return np.asarray(self.reply["ends"], float)

    @cached_property
    def loss(self) -> Array:
        """The loss there, shape (starts,)."""
        return np.asarray(self.reply["loss"], float)

    @cached_property
    def n_steps(self) -> NDArray[np.int64]:
        """The steps from each, shape (starts,)."""
        return np.asarray(self.reply["n_steps"], np.int64)

    @property
    def stop_reason(self) -> list[str]:
        """Why each ended."""
        return list(self.reply["stop_reason"])

    def table(self) -> dict[str, Any]:
        """A row for each start: where it is and where it ends, as `start_x` and `x`."""
        names = self.reply["parameters"]
        starts = {f"start_{name}": at for name, at in zip(names, self.starts.T, strict=True)}
        ends = dict(zip(names, self.ends.T, strict=True))
        return {**starts, **ends, **{name: getattr(self, name) for name in ("loss", "n_steps", "stop_reason")}}

    def __repr__(self) -> str:
        lost = int(np.isnan(self.loss).sum())
        least = np.nanmin(self.loss, initial=np.inf)
        return f"<StartEnds of {len(self.starts)} starts; least loss {least:.4g}, {lost} lost>"


class SweepGrid(PicturedChart, Tabular):
    """Where each of several runs ends with every value, or pair of values, of one or two hyperparameters.

    Its chart has the last loss of each run against the values of a hyperparameter; over pairs a map for each run.
    """

    @property
    def labels(self) -> list[str]:
        """What the runs are called, in the order of the first axis of `loss`."""
        return list(self.reply["labels"])

    @cached_property
    def values(self) -> dict[str, Array]:
        """Hyperparameter -> its values, in the order of the other axes of `loss`."""
        return {name: np.asarray(values, float) for name, values in self.reply["over"].items()}

    @cached_property
    def loss(self) -> Array:
        """The last loss, shape (runs, values) or (runs, values, values); NaN where one diverged, or had a fault."""
        return np.asarray(self.reply["loss"], float)

    @property
    def start_loss(self) -> float:
        """The loss at the start, which is that of all runs."""
        return float(self.reply["start_loss"])

    @cached_property
    def n_steps(self) -> NDArray[np.int64]:
        """The steps, of the same shape."""
        return np.asarray(self.reply["n_steps"], np.int64)

    @property
    def best(self) -> list[dict[str, float] | None]:
        """Of each run the values with the least last loss; None where all are NaN."""
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
        places = (each.ravel() for each in np.meshgrid(*self.values.values(), indexing="ij"))
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
    """How the loss is curved at a row of a run, and what the optimizer makes of it.

    What is not a property here is in `reply`: `scale`, `learning_rate_best_to`, `excess`, `curve`, `values`,
    `limit`, `leaving`, `momentum`, `plane`,
    `polynomial`, `notices`.
    """

    @property
    def of(self) -> str:
        """`loss`; or `preconditioned`, of the Hessian scaled by what the rule divides each gradient by."""
        return str(self.reply["of"])

    @cached_property
    def at(self) -> Array:
        """The point, shape (parameters,)."""
        return np.asarray(self.reply["at"], float)

    @cached_property
    def hessian(self) -> Array | None:
        """The second derivatives of the loss, shape (parameters, parameters); None of more than two parameters."""
        return None if self.reply["hessian"] is None else np.asarray(self.reply["hessian"], float)

    @cached_property
    def eigenvalues(self) -> Array:
        """The curvature along each mode, from the smallest, shape (modes,)."""
        return self._of_modes("eigenvalue")

    @cached_property
    def directions(self) -> Array:
        """Of length 1, shape (modes, parameters); NaN of more than two parameters."""
        return np.array([[np.nan] if mode["direction"] is None else mode["direction"] for mode in self.reply["modes"]])

    @cached_property
    def factors(self) -> Array:
        """What a step keeps of the distance along each mode in the long run, shape (modes,); NaN without roots."""
        return self._of_modes("factor")

    @cached_property
    def roots(self) -> NDArray[np.complex128] | None:
        """The roots of each mode, the largest first, shape (modes, roots); None where the rule has none."""
        roots = [mode["roots"] for mode in self.reply["modes"]]
        return None if None in roots else np.array(roots, float).view(complex)[..., 0]

    @property
    def condition_number(self) -> float | None:
        """The largest eigenvalue of the Hessian over the smallest; None where one is not above 0."""
        return self._number("condition_number")

    @property
    def learning_rate_max(self) -> float | None:
        """Beyond it the largest curvature grows; None where there is no such rate."""
        return self._number("learning_rate_max")

    @property
    def learning_rate_best(self) -> float | None:
        """With which the slowest mode shrinks fastest; the least, where a range of rates is equally fast."""
        return self._number("learning_rate_best")

    @property
    def factor_best(self) -> float | None:
        """What the slowest mode keeps a step at that rate."""
        return self._number("factor_best")

    @cached_property
    def predicted(self) -> Mapping[str, Array] | None:
        """Name -> the path by the modes alone, shape (rows,); None unless asked for, or of no quadratic."""
        predicted = self.reply["predicted"]
        return predicted and {name: np.asarray(column, float) for name, column in predicted.items()}

    @cached_property
    def covariance(self) -> Array | None:
        """The stationary covariance under the declared noise, shape (parameters, parameters)."""
        return None if self.reply["covariance"] is None else np.asarray(self.reply["covariance"], float)

    @cached_property
    def columns(self) -> Mapping[str, Array] | None:
        """`t`, `lambda_max` and `limit` along the run, where asked for by `every`; where it `crosses` is in `reply`."""
        columns = self.reply["columns"]
        return columns and {name: np.asarray(columns[name], float) for name in ("t", "lambda_max", "limit")}

    @property
    def notes(self) -> Sequence[str]:
        """What a reader must know."""
        notes: Sequence[str] = self.reply["notes"]
        return notes

    def _number(self, name: str) -> float | None:
        value: float | None = self.reply[name]
        return value

    def _of_modes(self, name: str) -> Array:
        return np.array([mode[name] for mode in self.reply["modes"]], float)

    def __repr__(self) -> str:
        kept = ", ".join(f"{factor:.4g}" for factor in self.factors)
        curved = ", ".join(f"{each:.4g}" for each in self.eigenvalues)
        return f"<Curvature of the {self.of} at row {self.reply['t']}: {curved}; each step keeps {kept}>"


class Basins(Reply, PicturedMap):
    """In which minimum a run ends from each start of a grid. A notebook shows it as a map and a table.

    The map is tinted by where each start ends as that of the page, each minimum with its letter.

    Args: text: the JSON of the spec.
    """

    def __init__(self, reply: Mapping[str, Any], text: str) -> None:
        super().__init__(reply)
        self._text = text

    @cached_property
    def x(self) -> Array:
        """The first parameter of the starts, shape (columns,)."""
        return np.asarray(self.reply["x"], float)

    @cached_property
    def y(self) -> Array | None:
        """The second, shape (rows,); None of a problem with one."""
        return None if self.reply["y"] is None else np.asarray(self.reply["y"], float)

    @cached_property
    def end(self) -> NDArray[np.int64]:
        """Which of `minima` each ends in, -1 in none, -2 where it diverged; shape (rows, columns) or (columns,)."""
        return np.asarray(self.reply["end"], np.int64)

    @cached_property
    def n_steps(self) -> NDArray[np.int64]:
        """The steps from each start, likewise."""
        return np.asarray(self.reply["n_steps"], np.int64)

    @cached_property
    def minima(self) -> Array:
        """The parameters of each minimum and its loss, shape (minima, parameters + 1)."""
        return np.asarray(self.reply["minima"], float).reshape(-1, 2 if self.y is None else 3)

    @cached_property
    def shares(self) -> Array:
        """Of the starts, that end in each minimum, shape (minima,)."""
        return np.asarray(self.reply["shares"], float)

    @cached_property
    def shares_over(self) -> Array | None:
        """The same with each value of `over`, shape (values, minima); None unless asked for. `reply` has the rest."""
        over = self.reply["over"]
        return over and np.asarray(over["shares"], float)

    @property
    def share_elsewhere(self) -> float:
        """Of those that end next to no minimum."""
        return float(self.reply["share_elsewhere"])

    @property
    def share_diverged(self) -> float:
        """Of those whose run diverged."""
        return float(self.reply["share_diverged"])

    def _scene(self, pictures: Any) -> Any:
        return pictures.scene_of_ends(self._text, self.reply)

    def _repr_html_(self) -> str:
        """For notebooks: the picture, and the share of the starts that ends in each minimum."""
        return display.html_of_basins(self._repr_svg_(), repr(self), self.reply["minima"], self.shares.tolist())

    def __repr__(self) -> str:
        shares = ", ".join(f"{share:.1%}" for share in self.shares)
        return f"<Basins of {self.end.size} starts: {shares}; diverged {self.share_diverged:.1%}>"


class Tuning(Reply):
    """The values of hyperparameters that reach a loss in the fewest steps.

    What is not a property here is in `reply`: `evaluations`, `target_loss`, `stays`, `budget`, `notices`.
    """

    @property
    def best(self) -> Mapping[str, float] | None:
        """Hyperparameter -> its value; None where none that was tried reaches the loss."""
        best: Mapping[str, float] | None = self.reply["best"]
        return best

    @property
    def steps(self) -> float | None:
        """The steps to the loss with these, of several seeds the median."""
        steps: float | None = self.reply["steps"]
        return steps

    @property
    def range(self) -> Mapping[str, Sequence[float]] | None:
        """Hyperparameter -> from where to where, the others at their best, it needs at most twice as many."""
        good: Mapping[str, Sequence[float]] | None = self.reply["range"]
        return good

    @cached_property
    def curve(self) -> Array:
        """The first hyperparameter and the steps it needs, infinite where never, shape (values, 2)."""
        curve = np.array(self.reply["curve"], float)
        return np.where(np.isnan(curve), np.inf, curve)

    @property
    def notes(self) -> Sequence[str]:
        """What a reader must know."""
        notes: Sequence[str] = self.reply["notes"]
        return notes

    def __repr__(self) -> str:
        if self.best is None:
            return f"<Tuning: {self.notes[0]}>"
        values = ", ".join(f"{name} {value:.4g}" for name, value in self.best.items())
        return f"<Tuning: {values} in {self.steps:g} steps>"
