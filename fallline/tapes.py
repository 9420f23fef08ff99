"""Trainings made elsewhere: the points that parameters went through, kept while a PyTorch model learns, or given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.over_plane import Along, Spanned
from fallline.playgrounds import Playground, playground_of
from fallline.recorded_planes import recorded_plane
from fallline.tape_plane import PlaneOfTapes, plane_of_tapes
from fallline.types import Array

MOST_BYTES = 2**28
"""Of the points of a tape, 256 MB."""
SINGLE = 4
"""Bytes of a number in single precision."""
LossOf = Callable[[Any], Any]
"""From a model, or of a list of points from one of them, to its loss: a number, or a tensor with one."""


class Tape:
    """The points that a training went through.

    Args:
        label: what it is called.
        every: steps between two of the points that are kept; it doubles, and every other point is dropped, whenever
            they would take more than `most_bytes`.
        model: where the points are those of a PyTorch model; loss: of it, evaluated at each point that is kept.
    """

    def __init__(
        self,
        label: str,
        every: int = 1,
        most_bytes: float = math.inf,
        model: Any = None,
        loss: LossOf | None = None,
    ) -> None:
        self.label, self.every, self.most_bytes, self.model, self.loss = label, every, most_bytes, model, loss
        self.taken = 0
        self._points: list[Array] = []
        self._losses: list[float] = []
        self._steps: list[int] = []

    @property
    def points(self) -> Array:
        """The parameters at each point, shape (rows, parameters); of a model all that it trains, in its own order."""
        return np.array(self._points)

    @property
    def steps(self) -> NDArray[np.int64]:
        """How many steps had been taken at each, shape (rows,); 0 is the start."""
        return np.array(self._steps, np.int64)

    @property
    def losses(self) -> Array | None:
        """The loss at each, shape (rows,); None where it was not given, nor how to evaluate it."""
        return np.array(self._losses) if self._losses else None

    @property
    def sentence(self) -> str:
        """How many points were kept, and how much they take."""
        rows, size = len(self._points), sum(point.nbytes for point in self._points)
        each = "every step" if self.every == 1 else f"every {self.every} steps"
        kept = f"{self.label}: {rows} points of {len(self._points[0])} parameters, {each} of {self.taken:,}"
        return f"{kept}, {size / 1e6:.3g} MB."

    def plane(
        self, loss: LossOf | None = None, *, beside: Sequence[Tape] = (), along: Along = "principal", seed: int = 0,
        resolution: int = 48, progress: bool | None = None,
    ) -> PlaneOfTapes:  # fmt: skip
        """Lay a plane through the points, and evaluate the loss on it.

        Args:
            loss: of the model, a copy of which takes on each point of the plane in turn, as
                `lambda model: criterion(model(x), y)`; of a list of points, of one point, an array. By default that
                which was recorded with. It is evaluated at `resolution`**2 places at the most, and at each point and
                below it.
            beside: other tapes of the same parameters, on the same plane.
            along: `principal`, through the mean of all points, along the two directions in which they differ most; or
                `random`, through the last point of this tape, along two random directions, each filter of which is as
                long as that of the model and is 0 for biases and what else has one axis (Li et al. 2018, section 4).
            seed: of the random directions.
            resolution: places along the longer side, 2 to 256.
            progress: as for `basins`.

        Raises: ValueError, one of these is wrong, or there is no loss.
        """
        filters = None if self.model is None else [tuple(each.shape) for each in trained(self.model)]
        return plane_of_tapes([self, *beside], self._evaluate(loss), along, filters, seed, resolution, progress)

    def _evaluate(self, loss: LossOf | None) -> Callable[[Array], float]:
        """The loss at a point. Raises: ValueError, there is none."""
        loss = loss or self.loss
        if loss is None:
            raise ValueError("loss must be a function of the model, or of a point; it was not recorded with one")
        return evaluating(self.model, loss)

    def playground(
        self, loss: LossOf | None = None, *, beside: Sequence[Tape] = (), along: Along = "principal", seed: int = 0,
        progress: bool | None = None, **page: Any,
    ) -> Playground:  # fmt: skip
        """Serve the page on this machine with the plane of `plane` as its map, and each tape as a run on it.

        The map is the loss at the points of the plane, by the model itself wherever the page asks. A run is its tape:
        its rows are the points that were kept, with the loss of each own point; nothing of it can be set or run anew.
        Optimizers that are added on the page descend the loss of the plane.

        Args:
            loss, beside, along, seed, progress: as for `plane`.
            page: `port`, `open`, `height`, `seconds`, `address`, as for `fallline.playground`.

        Raises: ValueError, as for `plane`, or a loss is not finite, or two tapes have one label; what
            `fallline.playground` raises.
        """
        plane = self.plane(loss, beside=beside, along=along, seed=seed, resolution=2, progress=progress)
        spanned = Spanned(plane.origin, plane.directions)
        shown = recorded_plane(spanned, self._evaluate(loss), plane.domain, plane.seen, plane.sentence)
        fields = {"surface": shown.surface, "optimizers": shown.paths, "stop": {"max_steps": shown.longest}}
        return playground_of(fields, [each.label for each in shown.paths], **page)

    def keep(self, point: Array, loss: float | None = None, *, last: bool = False) -> None:
        """Keep a point, after `taken` steps; where there is no room for one more, first drop every other one.

        Args: last: kept even where it does not stand at one of the steps that are.
        """
        while len(self._points) > 1 and (len(self._points) + 1) * point.nbytes > self.most_bytes:
            self.every *= 2
            kept = [k for k, step in enumerate(self._steps) if step % self.every == 0]
            self._points, self._steps = [self._points[k] for k in kept], [self._steps[k] for k in kept]
            self._losses = [self._losses[k] for k in kept] if self._losses else []
        if self.taken % self.every and not last:
            return
        self._points.append(point)
        self._steps.append(self.taken)
        if loss is not None:
            self._losses.append(loss)

    def __len__(self) -> int:
        return len(self._points)

    def __repr__(self) -> str:
        return f"<Tape {self.sentence}>"


def path(
    points: Any, losses: Any = None, *, label: str = "path", steps: Sequence[int] | None = None
) -> Tape:  # fmt: skip
    """Take any list of points as a training.

    Args:
        points: the parameters at each, (rows, parameters), finite; two rows and two parameters at the least.
        losses: at each, (rows,); by default the `loss` that `Tape.plane` is given says them.
        label: what it is called.
        steps: how many had been taken at each, ascending; by default 0, 1, 2, ...

    Raises: ValueError, these do not fit.

    Example: `path(weights, losses).plane(lambda w: ((x @ w - y) ** 2).mean())`
    """
    rows = np.array(points, dtype=float)
    if rows.ndim != 2 or len(rows) < 2 or rows.shape[1] < 2 or not np.isfinite(rows).all():
        raise ValueError(f"points must be finite numbers in two rows and two columns or more; got shape {rows.shape}")
    numbers = list(range(len(rows)) if steps is None else map(int, steps))
    if len(numbers) != len(rows) or any(later <= step for step, later in pairwise(numbers)):
        raise ValueError(f"steps must be {len(rows)} whole numbers, each above the one before; got {numbers[:8]}")
    of_each = None if losses is None else np.array(losses, dtype=float)
    if of_each is not None and of_each.shape != (len(rows),):
        raise ValueError(f"losses must be {len(rows)} numbers, one for each point; got shape {of_each.shape}")
    tape = Tape(label)
    for k, row in enumerate(rows):
        tape.taken = numbers[k]
        tape.keep(row, None if of_each is None else float(of_each[k]))
    return tape


@contextmanager
def record(
    model: Any, optimizer: Any, *, every: int = 1, loss: LossOf | None = None, label: str | None = None,
    most_bytes: int = MOST_BYTES,
) -> Iterator[Tape]:  # fmt: skip
    """Keep the parameters of a PyTorch model while an optimizer trains it, in the body of a `with`.

    What is kept is the start, every so many steps of the optimizer, and the end.

    Args:
        model: a `torch.nn.Module`; all its parameters that need a gradient are kept, buffers are not.
        optimizer: whose steps count, a `torch.optim.Optimizer`.
        every: steps from one point to the next; once the points take `most_bytes` of memory every other is dropped, and
            from then on half as many are kept. `tape.sentence` says so.
        loss: a function of the model, as `lambda model: criterion(model(x), y)`, that is evaluated at each point that
            is kept; it costs one evaluation without gradients each.
        label: by default the name of the optimizer's class.
        most_bytes: of memory for the points, enough for three of them at the least.

    Raises: ValueError, one of these is wrong.

    Source: Li et al. 2018, Visualizing the loss landscape of neural nets, section 7.
    """
    parameters = trained(model)
    size = sum(each.numel() * max(SINGLE, each.element_size()) for each in parameters)
    if isinstance(every, bool) or not isinstance(every, int) or every < 1:
        raise ValueError(f"every must be a whole number, at least 1; got {every!r}")
    if not parameters:
        raise ValueError("model must have parameters that need a gradient; got none")
    if most_bytes < 3 * size:
        raise ValueError(f"most_bytes must be at least {3 * size:,}, three points of this model; got {most_bytes:,}")
    tape = Tape(label or type(optimizer).__name__, every, most_bytes, model, loss)

    def keep(*, last: bool = False) -> None:
        tape.keep(vector_of(model), None if loss is None else loss_of(model, loss), last=last)

    def stepped(*_: Any) -> None:
        tape.taken += 1
        if tape.taken % tape.every == 0:
            keep()

    keep()
    hook = optimizer.register_step_post_hook(stepped)
    try:
        yield tape
    finally:
        hook.remove()
        if tape.steps[-1] != tape.taken:
            keep(last=True)


def trained(model: Any) -> list[Any]:
    """The parameters of a model that need a gradient."""
    return [each for each in model.parameters() if each.requires_grad]


def vector_of(model: Any) -> Array:
    """What a model trains as one array, a copy; half precision, of which NumPy has but one kind, in single."""
    tensors = [each.detach().cpu() for each in trained(model)]
    parts = [(each if each.element_size() >= SINGLE else each.float()).numpy().ravel() for each in tensors]
    vector: Array = np.concatenate(parts)
    return vector


def loss_of(model: Any, loss: LossOf) -> float:
    """The loss of a model, without its gradient."""
    with import_module("torch").no_grad():
        return float(loss(model))


def evaluating(model: Any, loss: LossOf) -> Callable[[Array], float]:
    """The loss at a point: of a copy of the model that takes it on, or of the point itself where there is no model."""
    if model is None:
        return lambda point: float(loss(point))
    torch, copied = import_module("torch"), deepcopy(model)

    def evaluate(point: Array) -> float:
        first = 0
        with torch.no_grad():
            for each in trained(copied):
                part = point[first : first + each.numel()].reshape(tuple(each.shape))
                each.copy_(torch.as_tensor(np.ascontiguousarray(part)))
                first += each.numel()
        return loss_of(copied, loss)

    return evaluate
