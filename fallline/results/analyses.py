"""The results of analyses: ends of a run from other starts or with other values, curvature, and tuning."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.curvatures.curvature_models import CurvatureAtRow
from fallline.results import display
from fallline.results.pictured import PicturedChart, PicturedMap
from fallline.results.result import Reply, Tabular
from fallline.starts import BasinsReached
from fallline.tuning import Tuned
from fallline.types import Array


class StartEnds(Reply, Tabular):
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


class SweepGrid(Reply, PicturedChart, Tabular):
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


class Curvature(CurvatureAtRow):
    """The curvature of the loss at a row of a run, and how a step changes the distance along each mode."""

    @property
    def eigenvalues(self) -> Array:
        """The curvature along each mode, ascending, shape (modes,)."""
        return np.array([mode.eigenvalue for mode in self.modes], float)

    @property
    def directions(self) -> Array:
        """A unit vector along each mode, shape (modes, parameters); NaN for more than two parameters."""
        return np.array([[np.nan] if mode.direction is None else mode.direction for mode in self.modes])

    @property
    def factors(self) -> Array:
        """The factor by which a step multiplies the distance along each mode in the long run, shape (modes,).

        NaN if the rule has no roots.
        """
        return np.array([mode.factor for mode in self.modes], float)

    @property
    def roots(self) -> NDArray[np.complex128] | None:
        """The roots of each mode, the largest first, shape (modes, roots); None if the rule has no roots."""
        roots = [mode.roots for mode in self.modes]
        return None if None in roots else np.array(roots, float).view(complex)[..., 0]

    def __repr__(self) -> str:
        factors = ", ".join(f"{factor:.4g}" for factor in self.factors)
        curved = ", ".join(f"{eigenvalue:.4g}" for eigenvalue in self.eigenvalues)
        return f"<Curvature of the {self.of} at row {self.t}: {curved}; each step keeps {factors}>"


class Basins(BasinsReached, PicturedMap):
    """The minimum in which a run ends from each start of a grid. A notebook shows it as a map and a table.

    As on the page, the tints of the map show the end of each start, and each minimum has a letter.

    Args: spec: as values of JSON.
    """

    def __init__(self, reached: BasinsReached, spec: Mapping[str, Any]) -> None:
        super().__init__(**vars(reached))
        vars(self)["_spec"] = spec

    @property
    def shares_over(self) -> Array | None:
        """The shares with each value of `over`, shape (values, minima); None without `over`."""
        return np.asarray(self.over.shares, float) if self.over else None

    def _scene(self, pictures: Any) -> Any:
        return pictures.scene_of_ends(vars(self)["_spec"], self)

    def _repr_html_(self) -> str:
        """For notebooks: the picture, and the share of the starts that end in each minimum."""
        return display.html_of_basins(self._repr_svg_(), repr(self), self.minima.tolist(), self.shares.tolist())

    def __repr__(self) -> str:
        shares = ", ".join(f"{share:.1%}" for share in self.shares)
        return f"<Basins of {self.end.size} starts: {shares}; diverged {self.share_diverged:.1%}>"


class Tuning(Tuned):
    """The values of hyperparameters with which a run reaches a loss in the fewest steps."""

    def __repr__(self) -> str:
        if self.best is None:
            return f"<Tuning: {self.notes[0]}>"
        values = ", ".join(f"{name} {value:.4g}" for name, value in self.best.items())
        return f"<Tuning: {values} in {self.steps:g} steps>"
