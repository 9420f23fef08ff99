"""A plane of recorded paths in the catalog of this process: its loss as a surface, and each path as an optimizer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fallline.descent.recorded import RecordedPath, method_of_path
from fallline.notices import notice
from fallline.optimizers import Optimizer, StepLength
from fallline.over_plane import LossAtPoint, Seen, Spanned
from fallline.own.naming import own_label, own_name
from fallline.own.own_loss import OwnLoss, forget_loss, from_loss, register_loss
from fallline.own.own_optimizer import OwnOptimizer, forget_optimizer, own_optimizers, register_optimizer
from fallline.own.signature import NO_RATE
from fallline.types import Pair

MOST_ROWS_SHOWN = 2000
"""The most rows of a path that are shown; a longer path keeps only every second row, every third and so on."""


@dataclass(frozen=True)
class RecordedPlane:
    """A plane in the catalog. Args: longest: the number of the last row of its longest path."""

    surface: OwnLoss
    paths: Sequence[OwnOptimizer]
    longest: int


def recorded_plane(
    plane: Spanned, evaluate: LossAtPoint, domain: Sequence[Pair], seen: Sequence[Seen], told: str
) -> RecordedPlane:
    """Put a plane with its paths into the catalog. Entries with the same labels are replaced.

    Args:
        evaluate: returns the loss at a point of all parameters; domain: (low, high) of both coordinates.
        told: a sentence about the plane, for the reader.

    Raises:
        ValueError: a loss of a path is not finite, or two paths have the same label.
        SpecError: a label cannot be shown.
    """
    labels = [own_label(tape.label, tape.label) for tape in seen]
    if len({*labels}) < len(labels):
        raise ValueError(f"tapes that are shown on one page must have labels of their own; got {', '.join(labels)}")
    for tape in seen:
        if not np.isfinite(tape.losses).all():
            at = int(tape.steps[np.argmin(np.isfinite(tape.losses))])
            raise ValueError(f"the loss of {tape.label} at step {at:,} is not finite: a page shows finite losses alone")

    def on_plane(x: float, y: float) -> float:
        return evaluate(plane.at(float(x), float(y)))

    on_plane.__doc__ = told
    on_plane.__name__ = on_plane.__qualname__ = f"plane of {labels[0]}"
    start = seen[0].places[0].tolist()
    surface = from_loss(on_plane, domain=domain, start=start, gradient="differences")
    forget_loss(surface)
    notices = (*surface.problem.notices, notice("recorded_plane", told=told))
    surface.problem = replace(surface.problem, notices=notices)
    register_loss(surface)
    paths = [_thinned(each, label, surface.name) for each, label in zip(seen, labels, strict=True)]
    return RecordedPlane(surface, list(map(_in_catalog, paths)), max(len(path.steps) for path in paths) - 1)


def _thinned(seen: Seen, label: str, surface: str) -> RecordedPath:
    last = len(seen.steps) - 1
    rows = [*range(0, last, -(-last // (MOST_ROWS_SHOWN - 1))), last]
    steps = seen.steps[rows].tolist()
    return RecordedPath(label, surface, steps, seen.places[rows], seen.away[rows], seen.losses[rows], seen.share)


def _in_catalog(path: RecordedPath) -> OwnOptimizer:
    definition = ("a recorded path", path.label)
    for existing in own_optimizers():
        if existing.definition == definition:
            forget_optimizer(existing)
    summary = f"A path that was recorded, {path.steps[-1]:,} steps long."
    declaration = Optimizer(
        name=own_name(path.label), label=path.label, family="own", summary=summary, intuition=summary,
        method=method_of_path(path), params={"learning_rate": NO_RATE}, source="",
        differs="", step_length=StepLength("whole"), own=True,
    )  # fmt: skip
    own = OwnOptimizer(declaration, definition)
    register_optimizer(own)
    return own
