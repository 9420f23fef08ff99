"""Sweeps: the ends of one run with each of many values of a hyperparameter, with each of many seeds, or with the loss
rotated by each of many angles.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from fallline.curvatures.at_row import AtRow, stationary_point_of_quadratic, steady_quadratic
from fallline.descent import Phase, Run
from fallline.descent.lanes import cost_of_lanes, ends_of_turned, one_by_one, sweep
from fallline.descent.seeds import Curves, curves, runs_of_seeds
from fallline.descent.stops import StopReason
from fallline.errors import Loc, SpecError, known_names, located
from fallline.hyperparameters import POSITIVE, Interval, Param, Scale
from fallline.in_parts import InParts
from fallline.limits import Limits
from fallline.problems.minima import minima_reached
from fallline.problems.turned import TurnedQuadratic, turns
from fallline.spec.fields import MAX_SEED, Coordinate, Nullable, Strict, real, whole_number
from fallline.spec.models import SingleSpec, examples
from fallline.spec.plan import Plan
from fallline.spec.run_models import RunChoice
from fallline.types import Array, Described, Finite, Listed, Matrix, WholeNumbers

MAX_VALUES = 256
CURVES = 4
"""The number of columns of the curves."""
SEED = "seed"
"""The name in `over` for a sweep over seeds, even if a hyperparameter has this name."""
ANGLE = "angle"
"""The name in `over` for a sweep over the angle at which a ravine lies, even if a hyperparameter has this name."""

SPACINGS: Mapping[Scale, Callable[[float, float, int], Array]] = {
    "log": np.geomspace,
    "decay": lambda low, high, count: 1 - np.geomspace(1 - low, 1 - high, count),
    "linear": np.linspace,
}
"""The scale of a slider -> the function of low, high and a count. It returns this many values, evenly spaced on it."""

STILL = 1e-9
"""A run counts as ending above the start only if its loss is higher by more than this share of the loss there."""
LANES = 32
"""The number of values tried at a time within a gap; fewer lanes would take nearly as long."""
ROUNDS = 2
"""Each round narrows a gap to one part in `LANES` + 1. After two, a gap of a twelfth of a decade has a relative width
of 0.0002."""
LANES_A_ROUND = 2 * LANES

Fails = Callable[[float], bool]


class Span(Strict):
    """The values of a sweep.

    Values of a hyperparameter and angles go from one end to the other, both included; those of a hyperparameter are
    evenly spaced on the scale of its slider. Seeds are consecutive numbers.
    """

    low: Coordinate = Field(alias="from", description="The first value, or the first seed.")
    high: Coordinate | None = Field(
        None, alias="to", description="The last value. It is required, except for seeds, which have none."
    )
    count: Annotated[int, whole_number(2, MAX_VALUES)] = Field(description="The number of values or seeds.")


def _between(low: float, high: float, count: int, scale: Scale) -> list[float]:
    """`count` values between two others, evenly spaced on a scale."""
    values: list[float] = SPACINGS[scale](low, high, count + 2)[1:-1].tolist()
    return values


class SweepSpec(SingleSpec):
    """A spec with one optimizer, and many values to try for a hyperparameter of it, the seed, or the angle."""

    model_config = examples(
        {
            "problem": {"surface": "rosenbrock"},
            "optimizers": [{"name": "momentum"}],
            "stop": {"max_steps": 200},
            "over": {"learning_rate": {"from": 1e-5, "to": 10, "count": 73}},
        },
        {
            "problem": {"dataset": "noisy_line", "standardize": True},
            "optimizers": [{"name": "sgd", "learning_rate": 0.05}],
            "stop": {"max_steps": 200},
            "over": {"seed": {"from": 0, "count": 20}},
            "curves": True,
        },
        {
            "problem": {"surface": "ravine"},
            "optimizers": [{"name": "adam", "learning_rate": 0.1}],
            "stop": {"max_steps": 300, "target_loss": 0.08},
            "over": {"angle": {"from": 0, "to": 180, "count": 61}},
        },
    )

    over: dict[str, Span] = Field(
        min_length=1,
        max_length=1,
        description="A hyperparameter of the first optimizer of the run -> its values; those of `learning_rate` and "
        "others with a log slider have equal ratios. Or `seed`, which replaces the seed of the spec. Or `angle`, for a "
        "quadratic of two parameters: the degrees from the first parameter to the direction of least curvature.",
        examples=[{"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}, {"seed": {"from": 0, "count": 20}}],
    )
    curves: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="For seeds: also return the quartiles of the loss at each step."
    )

    def cost(self, runs: Sequence[Run]) -> float:
        """The operations of a step with all values, or seeds."""
        ((name, span),) = self.over.items()
        return runs[0].cost * span.count if name == SEED else cost_of_lanes(runs[0], span.count)


@dataclass(frozen=True)
class Gap(Described):
    """Two neighbouring values of a sweep."""

    holds: float
    """The last value that does not fail."""
    fails: float
    """The next value: it fails, and so do all larger values that were tried."""


@dataclass(frozen=True)
class Growth(Described):
    """The learning rate above which a mode of a quadratic grows with each step."""

    above: float
    """The largest stable learning rate, computed from the roots of a step."""
    curvature: float
    """The largest eigenvalue of the Hessian."""


@dataclass(frozen=True)
class Edge(Described):
    """The values from which on all runs fail.

    The gap between two values of the sweep is narrowed to a 1089th part of it, or less if that is too much work. A gap
    is null if no value fails, if all fail, and if the largest value does not fail. If values fail, hold and fail again,
    the gap is the last one; `first_rising` and `first_diverging` have the first value that failed. Values whose run
    ends by a fault in code of one's own are ignored.
    """

    rises: Gap | None
    """The gap, where a run fails if it ends above the start or diverges."""
    diverges: Gap | None
    """The gap, where a run fails if it diverges."""
    first_rising: float | None
    """The least of `values` whose run ends above the start or diverges, not narrowed; null if there is none. If it is
    below `rises.holds`, a larger value does not fail. If `rises` is null, the largest value does not fail, or all fail.
    """
    first_diverging: float | None
    """The least of `values` whose run diverges, not narrowed; null if there is none."""
    grows: Growth | None = None
    """For learning rates, a quadratic loss, and a rule that adds up multiples of gradients: the learning rate above
    which the mode with the largest curvature grows, after any number of steps; otherwise null."""


NO_EDGE = Edge(None, None, None, None)


@dataclass(frozen=True)
class SweepEnds(Described):
    """The end of the run with each value, as lists with one entry for each value; and from which value on runs fail."""

    may_lack: ClassVar[Collection[str]] = ("curves",)

    over: str
    """The name of the hyperparameter, `seed`, or `angle`."""
    scale: Scale
    """The scale on which the values are evenly spaced: that of the slider; `linear` for seeds and angles."""
    values: Listed
    """The values that were tried."""
    loss: Finite
    """The loss of the last row with each value; null if the run diverges or ends by a fault."""
    n_steps: WholeNumbers
    """The number of steps with each value."""
    stop_reason: list[StopReason]
    """Why the run with each value ended."""
    edge: Edge
    """The values from which on runs fail; all its fields are null for seeds and angles."""
    end: WholeNumbers | None = None
    """With each value, the index in `minima` of the minimum next to the last point; -1 if there is none, -2 if the run
    diverged or had a fault. Null for seeds and angles, for a network, and for more than two parameters."""
    minima: Matrix | None = None
    """Each minimum as its parameters, then its loss. The known minima come first, reached or not; then others in which
    a run ends. Null if `end` is null."""
    fault: str | None = None
    """The function of one's own that failed in the first run whose `stop_reason` is `fault`; null if there is none."""
    angle: float | None = None
    """For angles: the angle at which the loss lies without rotation; otherwise null."""
    curves: Curves | None = None
    """The quartiles of the loss over the seeds; only if the request has `curves`."""


def swept(spec: SweepSpec, plan: Plan, limits: Limits) -> InParts[SweepEnds]:
    """Run a sweep and return the ends. Raises: SpecError."""
    ((name, span),) = spec.over.items()
    if name == SEED:
        return (yield from _over_seeds(spec, span, plan, limits))
    if spec.curves:
        raise SpecError("only_for_seeds", ("curves",), spec.curves)
    if name == ANGLE:
        return (yield from _over_angles(span, plan))
    return (yield from _over_values(spec, plan, limits.max_work))


def _over_seeds(spec: SweepSpec, span: Span, plan: Plan, limits: Limits) -> InParts[SweepEnds]:
    loc: Loc = ("over", SEED)
    if span.high is not None:
        raise SpecError("seeds_follow", (*loc, "to"), span.high)
    with located(*loc, "from", value=span.low):
        first = int(real(Interval(0, MAX_SEED - span.count + 1), whole=True).check(span.low))
    steps = spec.stop.max_steps
    if spec.curves and CURVES * (steps + 1) > limits.max_numbers:
        most = {"limit": limits.max_numbers, "steps": limits.max_numbers // CURVES - 1}
        raise SpecError("too_many_numbers", ("stop", "max_steps"), steps, **most)
    seeds = list(range(first, first + span.count))
    runs = yield from runs_of_seeds([plan.run(spec.optimizers[0], seed) for seed in seeds])
    return SweepEnds(
        SEED,
        "linear",
        np.array(seeds, float),
        np.array([math.nan if run.end.reason == "diverged" else run.loss[-1] for run in runs]),
        np.array([run.end.n_steps for run in runs]),
        [run.end.reason for run in runs],
        NO_EDGE,
        curves=curves(runs) if spec.curves else None,
    )


def _over_angles(span: Span, plan: Plan) -> InParts[SweepEnds]:
    """Rotate a quadratic, and the start with it, so that its direction of least curvature is at each angle."""
    run, loc = plan.runs[0], ("over", ANGLE)
    low, high = span.low, span.high
    if high is None:
        raise SpecError("missing", (*loc, "to"))
    if not low < high:
        raise SpecError("not_above", (*loc, "to"), high, other="from", low=low)
    at = yield from AtRow.of(run, run.first_row)
    stationary = stationary_point_of_quadratic(at) if len(at.w) == 2 and not run.sampled else None
    if stationary is None or at.hessian is None:
        raise SpecError("not_turned", loc)
    across, up = np.linalg.eigh(at.hessian)[1][:, 0]
    angle, values = math.degrees(math.atan2(up, across)) % 180, np.linspace(low, high, span.count)
    turned = turns(np.radians(values - angle))
    hessians = np.einsum("ijk,jl,mlk->imk", turned, at.hessian, turned)
    starts = stationary[:, None] + np.einsum("ijk,j->ik", turned, at.w - stationary)
    loss = run.problem.loss_at(tuple(stationary.tolist()))
    ends = yield from ends_of_turned(run, starts, TurnedQuadratic(run.problem.parameters, stationary, loss, hessians))
    return SweepEnds(ANGLE, "linear", values, ends.loss, ends.n_steps, ends.reasons, NO_EDGE, angle=angle)


def _over_values(spec: SweepSpec, plan: Plan, most: float) -> InParts[SweepEnds]:
    run, choice = plan.runs[0], spec.optimizers[0]
    ((name, span),) = spec.over.items()
    param = hyperparameter_of(choice, name)
    if span.high is None:
        raise SpecError("missing", ("over", name, "to"))
    check_span(span.low, span.high, param, ("over", name))
    values = [span.low, *_between(span.low, span.high, span.count - 2, param.scale), span.high]
    phases_of, between = _phases_of(choice, name), partial(_between, count=LANES, scale=param.scale)
    ends = yield from sweep(run, phases_of(np.array(values)), len(values))
    told = np.array(ends.reasons) != "fault"
    whole = [value for value, is_told in zip(values, told, strict=True) if is_told]
    edge = yield from find_edge(run, phases_of, whole, ends.loss[told], between, _rounds(run, len(values), most))
    if name == "learning_rate":
        edge = replace(edge, grows=(yield from _growth(run)))
    reached = yield from minima_reached(run.problem, ends.parameters)
    return SweepEnds(
        name, param.scale, np.array(values), ends.loss, ends.n_steps, ends.reasons, edge,
        end=reached.index if reached else None, minima=np.array(reached.listed, float) if reached else None,
        fault=ends.fault.where if ends.fault else None,
    )  # fmt: skip


def _growth(run: Run) -> InParts[Growth | None]:
    """Return the learning rate above which a quadratic grows; None for any other loss, and if steps change."""
    start = yield from steady_quadratic(run)
    good = start.good_rates() if start else None
    if start is None or good is None or good.largest is None:
        return None
    return Growth(good.largest, float(start.modes.eigenvalues[-1]))


def _phases_of(choice: RunChoice, over: str) -> Callable[[Array], list[Phase]]:
    return lambda values: phases_with(choice, {over: values})


def phases_with(choice: RunChoice, values: Mapping[str, Array]) -> list[Phase]:
    """The phases of a run, with an array of values, one for each lane, for some hyperparameters.

    A lane has its value until a change sets the hyperparameter or replaces the optimizer.
    """
    phases = choice.phases
    for name, of_lanes in values.items():
        ends = (index for index, change in enumerate(choice.changes, 1) if change.restarts or name in change.given)
        end = next(ends, len(phases))
        varying = [replace(phase, setup=phase.setup.with_value(name, of_lanes)) for phase in phases[:end]]
        phases = [*varying, *phases[end:]]
    return phases


def hyperparameter_of(choice: RunChoice, name: str) -> Param:
    """The declaration of a hyperparameter of a run. Raises: SpecError, if the run has none of this name."""
    if name not in choice.params:
        near = known_names(name, choice.params)
        raise SpecError("unknown_name", ("over", name), name, what="hyperparameter", **near)
    return choice.params[name]


def check_span(low: float, high: float, param: Param, loc: Loc) -> None:
    """Check both ends of the values of a hyperparameter. Raises: SpecError."""
    for end, value in (("from", low), ("to", high)):
        with located(*loc, end, value=value):
            real(param.allowed, param.whole).check(value)
    if param.scale == "log":
        with located(*loc, "from", value=low):
            real(POSITIVE).check(low)
    if not low < high:
        raise SpecError("not_above", (*loc, "to"), high, other="from", low=low)


def _rounds(run: Run, lanes: int, most: float) -> int:
    """How often the edge can be narrowed after a sweep of this many lanes; never if each lane runs alone."""
    if one_by_one(run):
        return 0
    left = most / max(1, run.stop.max_steps) - cost_of_lanes(run, lanes)
    return int(min(ROUNDS, left / cost_of_lanes(run, LANES_A_ROUND)))


def find_edge(
    run: Run, phases_of: Callable[[Array], list[Phase]], values: Sequence[float], loss: Array,
    between: Callable[[float, float], Sequence[float]], rounds: int = ROUNDS,
) -> InParts[Edge]:  # fmt: skip
    """Narrow the gap between the last value of a sweep that holds and the next; pauses as a sweep does.

    Args:
        phases_of: returns the phases of the run with an array of values, one for each lane.
        values, loss: of the sweep; the loss is nan if the run diverges.
        between: returns `LANES` values between two, in order.
        rounds: how often the gap is narrowed.
    """
    start = run.first_row.loss
    highest = start + STILL * abs(start)
    both: tuple[Fails, Fails] = (lambda end: not end <= highest, math.isnan)
    tried = dict(zip(values, loss.tolist(), strict=True))
    for _ in range(rounds):
        gaps = filter(None, (_gap(tried, fails) for fails in both))
        inner = sorted({value for gap in gaps for value in between(gap.holds, gap.fails)})
        if not inner:
            break
        ends = yield from sweep(run, phases_of(np.array(inner)), len(inner))
        tried = dict(sorted([*tried.items(), *zip(inner, ends.loss.tolist(), strict=True)]))
    rises, diverges = (_gap(tried, fails) for fails in both)
    rising, diverging = (next((value for value in values if fails(tried[value])), None) for fails in both)
    return Edge(rises, diverges, rising, diverging)


def _gap(tried: Mapping[float, float], fails: Fails) -> Gap | None:
    """The gap after the last value that does not fail. Args: tried: value -> the last loss with it, in order."""
    values = [*tried]
    last = max((k for k, value in enumerate(values) if not fails(tried[value])), default=len(values))
    return Gap(values[last], values[last + 1]) if last + 1 < len(values) else None
