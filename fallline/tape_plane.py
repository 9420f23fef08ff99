"""A plane through trainings, with its landscape, its picture and its sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from fallline.in_parts import InParts, Progress, whole
from fallline.landscapes import Landscape
from fallline.over_plane import Along, LossAtPoint, Seen, Spanned, filter_normalised, places_around
from fallline.problems.plane import principal_plane
from fallline.progress_line import progress_line
from fallline.results.pictured import PicturedMap
from fallline.spec.models import DIRECTIONS, MAX_RESOLUTION
from fallline.types import Array, Pair

if TYPE_CHECKING:
    from fallline.tapes import Tape

NOTICEABLE = 1.05
"""The loss of a point and that of the plane below it count as different if their ratio is more than this."""


def plane_of_tapes(
    tapes: Sequence[Tape], evaluate: LossAtPoint, along: Along, filters: Sequence[tuple[int, ...]] | None, seed: int,
    resolution: int, progress: bool | None,
) -> PlaneOfTapes:  # fmt: skip
    """Lay a plane through tapes and evaluate the loss around it; see `Tape.plane`.

    Args: filters: the shape of each parameter of a model, for random directions as long as its filters; else None.
    """
    points = [tape.points.astype(float) for tape in tapes]
    counts = sorted({tape.shape[1] for tape in points})
    if along not in get_args(Along):
        raise ValueError(f"along must be principal or random; got {along!r}")
    if len(counts) > 1:
        raise ValueError(f"tapes on one plane must have as many parameters; got {' and '.join(map(str, counts))}")
    if isinstance(resolution, bool) or not isinstance(resolution, int) or not 2 <= resolution <= MAX_RESOLUTION:
        raise ValueError(f"resolution must be a whole number, 2 to {MAX_RESOLUTION}; got {resolution!r}")
    if along == "principal":
        rows = np.vstack(points)
        plane = principal_plane(rows, rows.mean(axis=0).tolist())
        spanned = Spanned(plane.origin, plane.directions)
    elif filters is None:
        raise ValueError("random directions are as long as the filters of a model: record one, or take principal ones")
    else:
        spanned = Spanned(points[0][-1], filter_normalised(points[0][-1], filters, seed))
    with progress_line("plane", progress) as tell:
        return whole(_laid(spanned, tapes, points, evaluate, along, resolution), tell)


def _laid(
    plane: Spanned, tapes: Sequence[Tape], points: Sequence[Array], evaluate: LossAtPoint, along: Along, resolution: int
) -> InParts[PlaneOfTapes]:
    """Return the plane with all its losses; yields its progress."""
    nearest = [plane.nearest(path) for path in points]
    x, y = places_around(np.vstack([places for places, _ in nearest]), along, resolution)
    grid = [(across, up) for up in y.tolist() for across in x.tolist()]
    coordinates = np.vstack([grid, *(places for places, _ in nearest)])
    without_losses = [path for tape, path in zip(tapes, points, strict=True) if tape.losses is None]
    counts = [len(grid), *map(len, points), *map(len, without_losses)]
    evaluated: list[float] = []
    for point in chain((plane.at(*place) for place in coordinates.tolist()), *without_losses):
        evaluated.append(evaluate(point))
        yield Progress(len(evaluated) / sum(counts))

    of_grid, *of_paths = np.split(evaluated, np.cumsum(counts)[:-1])
    below, computed = of_paths[: len(points)], iter(of_paths[len(points) :])
    of_points = [next(computed) if tape.losses is None else tape.losses for tape in tapes]
    outside = [float(np.sum(away**2)) for _, away in nearest]
    total = [float(np.sum((path - plane.origin) ** 2)) for path in points]
    shares = map(_share, outside, total)
    seen = [
        Seen(tape.label, tape.steps, places, away, at_points, on_plane, share)
        for tape, (places, away), at_points, on_plane, share in zip(
            tapes, nearest, of_points, below, shares, strict=True
        )
    ]
    loss = np.where(np.isfinite(of_grid), of_grid, np.nan).reshape(len(y), len(x))
    share = _share(sum(outside), sum(total))
    return PlaneOfTapes(plane, seen, Landscape(DIRECTIONS, x, y, loss), along, share, [t.sentence for t in tapes])


def _share(outside: float, total: float) -> float:
    """The share that lies in the plane. Args: the sums of squared distances from the plane, and from its origin."""
    return 1.0 if total == 0 else max(0.0, 1.0 - outside / total)


class PlaneOfTapes(PicturedMap):
    """Trainings on a plane, and the loss there. A notebook shows its map.

    On the map the tint of a point is its own loss, and its edge fades with its distance from the plane.

    Attributes:
        origin, directions: of the plane, (n,) and (2, n): its points are origin + x*directions[0] + y*directions[1].
        seen: each tape over the plane, as `Seen`.
        landscape: `x`, `y` and `loss`, (ny, nx), NaN where it is not finite.
        along: `principal` or `random`.
        share: the share of all paths that lies in the plane, from 0 to 1, measured by squared distances from `origin`.
    """

    def __init__(
        self,
        plane: Spanned,
        seen: Sequence[Seen],
        landscape: Landscape,
        along: Along,
        share: float,
        kept: Sequence[str],
    ) -> None:
        self.origin, self.directions = plane.origin, plane.directions
        self.seen, self.landscape, self.along, self.share, self._kept = list(seen), landscape, along, share, kept

    @property
    def domain(self) -> tuple[Pair, Pair]:
        """(low, high) of both coordinates."""
        x, y = self.landscape.x, self.landscape.y
        assert y is not None
        return (float(x[0]), float(x[-1])), (float(y[0]), float(y[-1]))

    @property
    def sentence(self) -> str:
        """A sentence on the share of the paths that lies in the plane, and on the point whose loss differs most from
        that of the plane below it.
        """
        paths = "the path" if len(self.seen) == 1 else f"the {len(self.seen)} paths"
        of = "their mean" if self.along == "principal" else f"the last point of {self.seen[0].label}"
        if self.along == "principal" and len(self.seen) == 1:
            of = "its mean"
        held = f"The plane holds {100 * self.share:.3g} % of {paths}, by squared distance from {of}"
        other = "Its contours are the losses of the plane, not of points beside it"
        worst = self._most_unlike()
        if worst is None:
            return f"{held}. {other}; here both are the same to {100 * (NOTICEABLE - 1):.0f} %."
        seen, row = worst
        return (
            f"{held}. {other}: at step {int(seen.steps[row]):,} the loss of {seen.label} is {seen.losses[row]:.3g}, "
            f"where the plane shows {seen.below[row]:.3g}."
        )

    def _most_unlike(self) -> tuple[Seen, int] | None:
        """The point whose loss differs most from that of the plane below; None if no ratio exceeds `NOTICEABLE`."""
        worst, most = None, 0.0
        for seen in self.seen:
            with np.errstate(all="ignore"):
                larger = np.maximum(np.abs(seen.losses), np.abs(seen.below))
                apart = np.abs(seen.losses - seen.below)
            apart = np.where(np.isfinite(apart) & (apart > (1 - 1 / NOTICEABLE) * larger), apart, 0.0)
            if apart.max() > most:
                worst, most = (seen, int(apart.argmax())), float(apart.max())
        return worst

    @property
    def notes(self) -> list[str]:
        """A sentence on each tape, which says how many points it has."""
        return list(self._kept)

    def _scene(self, pictures: Any) -> Any:
        return pictures.scene_of_tapes(self.seen, self.landscape, self.sentence)

    def to_json(self) -> str:
        """The plane as JSON, without `origin` and `directions`. A loss that is not finite is null."""
        tapes = [
            {"label": s.label, "steps": s.steps.tolist(), "x": s.places[:, 0].tolist(), "y": s.places[:, 1].tolist(),
             "distance": s.away.tolist(), "loss": _plain(s.losses), "plane_loss": _plain(s.below), "share": s.share}
            for s in self.seen
        ]  # fmt: skip
        assert self.landscape.y is not None
        grid = {"x": self.landscape.x.tolist(), "y": self.landscape.y.tolist()}
        loss = [_plain(row) for row in self.landscape.loss]
        about = {"along": self.along, "share": self.share, "sentence": self.sentence, "notes": self.notes}
        return json.dumps({**about, "landscape": {**grid, "loss": loss}, "tapes": tapes}, allow_nan=False)

    def __repr__(self) -> str:
        return f"<PlaneOfTapes: {self.sentence}>"


def _plain(losses: Array) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in losses.tolist()]
