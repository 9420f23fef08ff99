"""Sweeps: where one run would end with each of many values of one hyperparameter, with each of many seeds, or with the
loss turned by each of many angles.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from fallline.curvatures import AtRow, stationary_point_of_quadratic, steady_quadratic
from fallline.descent import Phase, Run
from fallline.descent.lanes import Ends, cost_of_lanes, ends_of_turned, one_at_a_time, sweep
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
from fallline.spec.plan import Plan, refuse_methods
from fallline.spec.run_models import RunChoice
from fallline.types import Array, Described

MAX_VALUES = 256
CURVES = 4
"""Columns of the curves."""
SEED = "seed"
"""What a sweep over seeds is called, be there a hyperparameter of this name or not."""
ANGLE = "angle"
"""The same of one over the angle at which a ravine lies."""

SPACINGS: Mapping[Scale, Callable[[float, float, int], Array]] = {
    "log": np.geomspace,
    "decay": lambda low, high, count: 1 - np.geomspace(1 - low, 1 - high, count),
    "linear": np.linspace,
}
"""So many values from one to another, as a slider runs."""

STILL = 1e-9
"""Of the loss at the start: what ends higher by less has not moved."""
LANES = 32
"""Tried at a time within a gap: fewer side by side take nearly as long."""
ROUNDS = 2
"""Each leaves of a gap one part in `LANES` + 1: a twelfth of a decade comes down to a relative 0.0002."""
LANES_A_ROUND = 2 * LANES

Fails = Callable[[float], bool]


class Span(Strict):
    """Values from one end to the other, both taken, evenly spaced as the hyperparameter's slider runs; angles likewise;
    or seeds, from one on, which follow one another.
    """

    low: Coordinate = Field(alias="from")
    high: Coordinate | None = Field(None, alias="to", description="Required of a hyperparameter; seeds have none.")
    count: Annotated[int, whole_number(2, MAX_VALUES)]


def _between(low: float, high: float, count: int, scale: Scale) -> list[float]:
    """So many values between two."""
    values: list[float] = SPACINGS[scale](low, high, count + 2)[1:-1].tolist()
    return values


class SweepSpec(SingleSpec):
    """A spec with one optimizer, and what to try many values of: a hyperparameter of it, the seed, or the angle."""

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
        description="The hyperparameter, of the optimizer that the run begins with -> its values; `learning_rate` and "
        "others with a log slider by equal ratios. Or `seed`, in place of the seed of the spec. Or `angle`, of a "
        "quadratic of two parameters: the degrees from the first parameter to the direction of least curvature.",
        examples=[{"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}, {"seed": {"from": 0, "count": 20}}],
    )
    curves: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Over seeds: also the quartiles of the loss at each step."
    )

    def cost(self, runs: Sequence[Run]) -> float:
        """Operations of a step of all the values, or seeds."""
        ((name, span),) = self.over.items()
        return runs[0].cost * span.count if name == SEED else cost_of_lanes(runs[0], span.count)


@dataclass(frozen=True)
class Gap(Described):
    """Two values with nothing tried between them."""

    holds: float
    """The last value that does not fail."""
    fails: float
    """The next one: it and all that were tried beyond it fail."""


@dataclass(frozen=True)
class Growth(Described):
    """From where on a direction of a quadratic grows with each step."""

    above: float
    """The largest stable learning rate, by the roots of a step."""
    curvature: float
    """The largest eigenvalue of the Hessian."""


@dataclass(frozen=True)
class Edge(Described):
    """From which value on all fail, narrowed down from the gap between two values of the sweep to a 1089th part of it
    (or less far, where that is too much work). Null where none fails, where all do, and where the largest does not.
    Values that end by a fault in code of one's own are left out.

    Where runs fail, hold and fail again, this is the last such place; the first value that failed is told beside it.
    """

    rises: Gap | None
    """To fail is to end above the start, or to diverge."""
    diverges: Gap | None
    """To fail is to diverge."""
    first_rising: float | None
    """The least of the `values` that ends above the start or diverges, not narrowed down; null where none does. Where
    it is below `rises.holds`, or `rises` is null, some larger value holds again, or all fail."""
    first_diverging: float | None
    """The same of those that diverge."""
    grows: Growth | None = None
    """Of a learning rate, on a loss that is a quadratic, and of a rule that adds up multiples of gradients: from which
    rate on the largest curvature grows, however few or many steps are taken; else null."""


NO_EDGE = Edge(None, None, None, None)


@dataclass(frozen=True)
class SweepEnds(Described):
    """Where each value ends: four lists with one entry a value, and the edge beyond which no value is any good."""

    over: str
    """The hyperparameter, `seed`, or `angle`."""
    scale: Scale
    """How the values are spaced: as its slider runs; seeds and angles are `linear`."""
    values: list[float]
    loss: list[float | None]
    """Of the last row; null where the run diverges, or ends by a fault."""
    n_steps: list[int]
    stop_reason: list[StopReason]
    edge: Edge
    """Over seeds and angles all of it is null."""
    end: list[int] | None = None
    """Which of `minima` lies next to where each value ends, -1 where none does, -2 where it diverged or had a fault.
    Null over seeds and angles, of a network, and of more than two parameters."""
    minima: list[list[float]] | None = None
    """The parameters of each, then its loss: those known, reached or not, and any other in which a run ends. Null where
    `end` is."""
    fault: str | None = None
    """In what code of one's own the first of the values fails whose `stop_reason` is `fault`; null where none does."""
    angle: float | None = None
    """Over angles: at which the loss as it is lies; else null."""
    curves: Curves | None = None
    """Only where the request has `curves`."""

    def reply(self) -> dict[str, Any]:
        """Its fields as the REST API names them, columns as arrays; without curves where there are none."""
        return {name: value for name, value in asdict(self).items() if name != "curves" or value}


def swept(spec: SweepSpec, plan: Plan, limits: Limits) -> InParts[SweepEnds]:
    """Make the runs of a sweep and return where they end. Raises: SpecError."""
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
        [*seeds],
        [None if run.end.reason == "diverged" else float(run.loss[-1]) for run in runs],
        [run.end.n_steps for run in runs],
        [run.end.reason for run in runs],
        NO_EDGE,
        curves=curves(runs) if spec.curves else None,
    )


def _over_angles(span: Span, plan: Plan) -> InParts[SweepEnds]:
    """Turn a quadratic, and the start with it, so that its direction of least curvature lies at each angle."""
    run, loc = plan.runs[0], ("over", ANGLE)
    refuse_methods(plan, "no_lanes", "sweep", instead="seeds")
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
    own, values = math.degrees(math.atan2(up, across)) % 180, np.linspace(low, high, span.count)
    turned = turns(np.radians(values - own))
    hessians = np.einsum("ijk,jl,mlk->imk", turned, at.hessian, turned)
    starts = stationary[:, None] + np.einsum("ijk,j->ik", turned, at.w - stationary)
    loss = run.problem.loss_at(tuple(stationary.tolist()))
    ends = yield from ends_of_turned(run, starts, TurnedQuadratic(run.problem.parameters, stationary, loss, hessians))
    return SweepEnds(
        ANGLE, "linear", values.tolist(), _losses(ends), ends.n_steps.tolist(), ends.reasons, NO_EDGE, angle=own
    )


def _losses(ends: Ends) -> list[float | None]:
    return [None if math.isnan(each) else each for each in ends.loss.tolist()]


def _over_values(spec: SweepSpec, plan: Plan, most: float) -> InParts[SweepEnds]:
    run, choice = plan.runs[0], spec.optimizers[0]
    ((name, span),) = spec.over.items()
    param = hyperparameter_of(choice, name)
    refuse_methods(plan, "no_lanes", "sweep", instead="seeds")
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
        name, param.scale, values, _losses(ends), ends.n_steps.tolist(), ends.reasons, edge,
        end=reached.index.tolist() if reached else None, minima=reached.listed if reached else None,
        fault=ends.fault.where if ends.fault else None,
    )  # fmt: skip


def _growth(run: Run) -> InParts[Growth | None]:
    """Return from which learning rate on a quadratic grows; None of any other loss, and where the steps change."""
    start = yield from steady_quadratic(run)
    good = start.good_rates() if start else None
    if start is None or good is None or good.largest is None:
        return None
    return Growth(good.largest, float(start.modes.eigenvalues[-1]))


def _phases_of(choice: RunChoice, over: str) -> Callable[[Array], list[Phase]]:
    return lambda values: phases_with(choice, {over: values})


def phases_with(choice: RunChoice, values: Mapping[str, Array]) -> list[Phase]:
    """Those of the run, each lane with its own value of some hyperparameters.

    A lane has its own until a change sets it or another optimizer takes over.
    """
    phases = choice.phases
    for name, own in values.items():
        ends = (index for index, change in enumerate(choice.changes, 1) if change.restarts or name in change.given)
        end = next(ends, len(phases))
        varying = [replace(phase, setup=phase.setup.with_value(name, own)) for phase in phases[:end]]
        phases = [*varying, *phases[end:]]
    return phases


def hyperparameter_of(choice: RunChoice, name: str) -> Param:
    """The one of a run that is to be varied. Raises: SpecError, the run has none of this name."""
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
    """How often the edge can be narrowed after a sweep of so many lanes; not where each is run by itself."""
    if one_at_a_time(run):
        return 0
    left = most / max(1, run.stop.max_steps) - cost_of_lanes(run, lanes)
    return int(min(ROUNDS, left / cost_of_lanes(run, LANES_A_ROUND)))


def find_edge(
    run: Run, phases_of: Callable[[Array], list[Phase]], values: Sequence[float], loss: Array,
    between: Callable[[float, float], Sequence[float]], rounds: int = ROUNDS,
) -> InParts[Edge]:  # fmt: skip
    """Narrow the gap between the last value of a sweep that holds and the next; pauses as a sweep does.

    Args:
        phases_of: those of the run, each lane with its own value.
        values, loss: of the sweep; the loss is nan where the run diverges.
        between: `LANES` values between two, in order.
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
    """From the last value that does not fail to the next. Args: tried: value -> the loss it ends with, in order."""
    values = [*tried]
    last = max((k for k, value in enumerate(values) if not fails(tried[value])), default=len(values))
    return Gap(values[last], values[last + 1]) if last + 1 < len(values) else None
