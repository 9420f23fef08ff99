"""Trainings outside of this library: the points that their parameters went through, recorded from PyTorch or given."""

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
"""The default of the most memory for the points of a tape, 256 MB."""
SINGLE = 4
"""The bytes of a number in single precision."""
LossOf = Callable[[Any], Any]
"""A function of a model, or of a point if there is no model, that returns the loss: a number, or a tensor with one."""


class Tape:
    """The points that a training went through.

    Args:
        label: its name.
        every: the number of steps from one recorded point to the next. It is doubled, and every second point is
            dropped, whenever the points would take more than `most_bytes`.
        model: the PyTorch model whose parameters the points are; None for other points.
        loss: of the model, evaluated at each recorded point.
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
        """The parameters at each point, shape (rows, parameters); for a model, all that it trains, in its order."""
        return np.array(self._points)

    @property
    def steps(self) -> NDArray[np.int64]:
        """The number of steps before each point, shape (rows,); 0 for the start."""
        return np.array(self._steps, np.int64)

    @property
    def losses(self) -> Array | None:
        """The loss at each point, shape (rows,); None if neither the losses nor a function for them were given."""
        return np.array(self._losses) if self._losses else None

    @property
    def sentence(self) -> str:
        """A sentence on the number of recorded points and their memory."""
        rows, size = len(self._points), sum(point.nbytes for point in self._points)
        interval = "every step" if self.every == 1 else f"every {self.every} steps"
        recorded = f"{self.label}: {rows} points of {len(self._points[0])} parameters, {interval} of {self.taken:,}"
        return f"{recorded}, {size / 1e6:.3g} MB."

    def plane(
        self, loss: LossOf | None = None, *, beside: Sequence[Tape] = (), along: Along = "principal", seed: int = 0,
        resolution: int = 48, progress: bool | None = None,
    ) -> PlaneOfTapes:  # fmt: skip
        """Lay a plane through the points, and evaluate the loss on it.

        Args:
            loss: a function of the model, such as `lambda model: criterion(model(x), y)`; it is called with a copy of
                the model that has the parameters of a point. Without a model, a function of a point, which is an array.
                By default the loss of the recording. It is evaluated at up to `resolution`**2 points of the plane, and
                at each recorded point and its projection.
            beside: other tapes of the same parameters, on the same plane.
            along: `principal`: the plane passes through the mean of all points, along the two directions in which they
                differ most. `random`: it passes through the last point of this tape, along two random directions, in
                which each filter has the length of that of the model, and biases and other parameters with one axis are
                0 (Li et al. 2018, section 4).
            seed: of the random directions.
            resolution: points along the longer side, 2 to 256.
            progress: as for `basins`.

        Raises: ValueError, if a value is wrong, or there is no loss.
        """
        filters = None if self.model is None else [tuple(parameter.shape) for parameter in trained(self.model)]
        return plane_of_tapes([self, *beside], self._evaluate(loss), along, filters, seed, resolution, progress)

    def _evaluate(self, loss: LossOf | None) -> Callable[[Array], float]:
        """A function that returns the loss at a point. Raises: ValueError, if there is no loss."""
        loss = loss or self.loss
        if loss is None:
            raise ValueError("loss must be a function of the model, or of a point; it was not recorded with one")
        return evaluating(self.model, loss)

    def playground(
        self, loss: LossOf | None = None, *, beside: Sequence[Tape] = (), along: Along = "principal", seed: int = 0,
        progress: bool | None = None, **page: Any,
    ) -> Playground:  # fmt: skip
        """Serve the page on this machine with the plane of `plane` as its map, and each tape as a run on it.

        The map is the loss on the plane, which the model computes when the page requests it. A run shows its tape: the
        rows are the recorded points, each with its own loss; the run cannot be changed or repeated. Optimizers that are
        added on the page minimise the loss on the plane.

        Args:
            loss, beside, along, seed, progress: as for `plane`.
            page: `port`, `open`, `height`, `seconds`, `address`, as for `fallline.playground`.

        Raises: ValueError, as for `plane`, or if a loss is not finite, or two tapes have the same label; and what
            `fallline.playground` raises.
        """
        plane = self.plane(loss, beside=beside, along=along, seed=seed, resolution=2, progress=progress)
        spanned = Spanned(plane.origin, plane.directions)
        shown = recorded_plane(spanned, self._evaluate(loss), plane.domain, plane.seen, plane.sentence)
        fields = {"surface": shown.surface, "optimizers": shown.paths, "stop": {"max_steps": shown.longest}}
        return playground_of(fields, [path.label for path in shown.paths], **page)

    def keep(self, point: Array, loss: float | None = None, *, last: bool = False) -> None:
        """Record a point after `taken` steps. If there is no room for it, every second point is dropped first.

        Args: last: whether it is the last point, which is recorded whatever the number of its step.
        """
        while len(self._points) > 1 and (len(self._points) + 1) * point.nbytes > self.most_bytes:
            self.every *= 2
            rows = [k for k, step in enumerate(self._steps) if step % self.every == 0]
            self._points, self._steps = [self._points[k] for k in rows], [self._steps[k] for k in rows]
            self._losses = [self._losses[k] for k in rows] if self._losses else []
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
    """Make a tape of a list of points.

    Args:
        points: the parameters at each point, (rows, parameters), finite; at least two rows and two parameters.
        losses: at each point, (rows,); by default `Tape.plane` evaluates its `loss` there.
        label: the name of the tape.
        steps: the number of steps before each point, ascending; by default 0, 1, 2, ...

    Raises: ValueError, if a value is wrong or does not fit the others.

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
    """Record the parameters of a PyTorch model while an optimizer trains it, in the body of a `with`.

    The recorded points are the start, a point after every `every` steps of the optimizer, and the end.

    Args:
        model: a `torch.nn.Module`; all its parameters that need a gradient are recorded, buffers are not.
        optimizer: the `torch.optim.Optimizer` whose steps are counted.
        every: the number of steps from one point to the next. If the points would take more than `most_bytes` of
            memory, every second one is dropped, and `every` is doubled. `tape.sentence` says so.
        loss: a function of the model, such as `lambda model: criterion(model(x), y)`, which is evaluated at each
            recorded point, without gradients.
        label: the name of the tape; by default that of the optimizer's class.
        most_bytes: the most memory for the points, at least enough for three of them.

    Raises: ValueError, if a value is wrong.

    Source: Li et al. 2018, Visualizing the loss landscape of neural nets, section 7.
    """
    parameters = trained(model)
    size = sum(parameter.numel() * max(SINGLE, parameter.element_size()) for parameter in parameters)
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
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def vector_of(model: Any) -> Array:
    """The trained parameters of a model as one array, a copy.

    Half precision becomes single precision, as NumPy has only one of its two kinds.
    """
    tensors = [parameter.detach().cpu() for parameter in trained(model)]
    parts = [(tensor if tensor.element_size() >= SINGLE else tensor.float()).numpy().ravel() for tensor in tensors]
    vector: Array = np.concatenate(parts)
    return vector


def loss_of(model: Any, loss: LossOf) -> float:
    """The loss of a model, without its gradient."""
    with import_module("torch").no_grad():
        return float(loss(model))


def evaluating(model: Any, loss: LossOf) -> Callable[[Array], float]:
    """A function that returns the loss at a point: of a copy of the model with these parameters, or without a model of
    the point itself.
    """
    if model is None:
        return lambda point: float(loss(point))
    torch, copied = import_module("torch"), deepcopy(model)

    def evaluate(point: Array) -> float:
        first = 0
        with torch.no_grad():
            for parameter in trained(copied):
                part = point[first : first + parameter.numel()].reshape(tuple(parameter.shape))
                parameter.copy_(torch.as_tensor(np.ascontiguousarray(part)))
                first += parameter.numel()
        return loss_of(copied, loss)

    return evaluate
