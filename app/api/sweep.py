"""A sweep: where one run would end with each of many values of one hyperparameter, or with each of many seeds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Annotated

import numpy as np
import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.body import StrictRoute
from app.api.errors import REFUSALS, Loc, Refused, known_names, located
from app.api.requests import plan_of_body
from app.api.response_models import Number, ResponseModel
from app.api.spec.fields import MAX_SEED, Coordinate, Nullable, Strict, real, whole_number
from app.api.spec.models import SingleSpec, examples
from app.api.spec.optimizers import RunChoice
from app.api.spec.plan import Plan
from app.api.worker import Work, compute, worker_of
from app.descent import Phase, Run
from app.descent.edge import LANES, LANES_A_ROUND, ROUNDS, Edge, find_edge
from app.descent.lanes import cost, sweep
from app.descent.seeds import curves, runs_of_seeds
from app.descent.stops import StopReason
from app.hyperparameters import POSITIVE, Interval, Param, Scale
from app.settings import Settings
from app.types import Array

MAX_VALUES = 256
CURVES = 4
"""Columns of the curves."""
SEED = "seed"
"""What a sweep over seeds is called, be there a hyperparameter of this name or not."""

Spacing = Callable[[float], float]
SPACINGS: Mapping[Scale, tuple[Spacing, Spacing]] = {
    "log": (math.log, math.exp),
    "decay": (lambda value: math.log(1 - value), lambda place: 1 - math.exp(place)),
    "linear": (float, float),
}
"""How a slider runs: from a value to its place, and back."""

router = APIRouter(tags=["runs"], route_class=StrictRoute)


class Span(Strict):
    """Values from one end to the other, both taken, evenly spaced as the hyperparameter's slider runs; or seeds, from
    one on, which follow one another.
    """

    low: Coordinate = Field(alias="from")
    high: Coordinate | None = Field(None, alias="to", description="Required of a hyperparameter; seeds have none.")
    count: Annotated[int, whole_number(2, MAX_VALUES)]


def _between(low: float, high: float, count: int, scale: Scale) -> list[float]:
    """So many values between two."""
    there, back = SPACINGS[scale]
    first, last = there(low), there(high)
    return [back(first + (last - first) * i / (count + 1)) for i in range(1, count + 1)]


class SweepSpec(SingleSpec):
    """A spec with one optimizer, and what to try many values of: a hyperparameter of it, or the seed."""

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
    )

    over: dict[str, Span] = Field(
        min_length=1,
        max_length=1,
        description="The hyperparameter, of the optimizer that the run begins with -> its values; `learning_rate` and "
        "others with a log slider by equal ratios. Or `seed`, in place of the seed of the spec.",
        examples=[{"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}, {"seed": {"from": 0, "count": 20}}],
    )
    curves: Annotated[bool, Field(strict=True), Nullable(lambda: False)] = Field(
        False, description="Over seeds: also the quartiles of the loss at each step."
    )

    def cost(self, runs: Sequence[Run]) -> float:
        """Operations of a step of all the values, or seeds."""
        ((name, span),) = self.over.items()
        return runs[0].cost * span.count if name == SEED else cost(runs[0], span.count)


class GapOut(ResponseModel):
    """Two values with nothing tried between them."""

    holds: Number = Field(description="The last value that does not fail.")
    fails: Number = Field(description="The next one: it and all that were tried beyond it fail.")


class EdgeOut(ResponseModel):
    """From which value on all fail, narrowed down from the gap between two values of the sweep to a 1089th part of it
    (or less far, where that is too much work). Null where none fails, where all do, and where the largest does not.

    Where runs fail, hold and fail again, this is the last such place; the first value that failed is told beside it.
    """

    rises: GapOut | None = Field(description="To fail is to end above the start, or to diverge.")
    diverges: GapOut | None = Field(description="To fail is to diverge.")
    first_rising: Number | None = Field(
        description="The least of the `values` that ends above the start or diverges, not narrowed down; null where "
        "none does. Where it is below `rises.holds`, or `rises` is null, some larger value holds again, or all fail."
    )
    first_diverging: Number | None = Field(description="The same of those that diverge.")


class CurvesOut(ResponseModel):
    """The loss at each step, of the runs with all seeds: four lists that begin with the start. A run that has ended
    counts with its last loss, one that has diverged with an infinite one.
    """

    samples: list[int] | None = Field(
        description="How many data points, each counted as often as it was used, a run has seen by then; null of a "
        "problem without data."
    )
    low: list[Number | None] = Field(
        description="The lower quartile, interpolated between the runs on either side of it; null where not finite."
    )
    median: list[Number | None]
    high: list[Number | None] = Field(description="The upper quartile.")


class SweepEnds(ResponseModel):
    """Where each value ends: four lists with one entry a value, and the edge beyond which no value is any good."""

    over: str = Field(description="The hyperparameter, or `seed`.")
    scale: Scale = Field(description="How the values are spaced: as its slider runs; seeds are `linear`.")
    values: list[Number]
    loss: list[Number | None] = Field(description="Of the last row; null where the run diverges.")
    n_steps: list[int]
    stop_reason: list[StopReason]
    edge: EdgeOut = Field(description="Over seeds all of it is null.")
    curves: CurvesOut | None = Field(None, description="Only where the request has `curves`.")


@router.post(
    "/trajectories/sweep", summary="Where many values of one hyperparameter, or many seeds, end",
    response_model=SweepEnds, responses=REFUSALS,
)  # fmt: skip
async def post_sweep(request: Request, spec: SweepSpec) -> Response:
    """Say where a run ends for each of many values of one of its hyperparameters, as single runs would.

    `over` names the hyperparameter and gives both ends and the count of its values. They have equal ratios for a
    rate and whatever else spans decades, equal steps otherwise; those of a decay close in on 1. `edge` says more
    closely from where on every run ends above its start, and from where on each diverges; of descent on a quadratic
    both come to 2 over the largest eigenvalue of its Hessian as the steps become many. Where runs rise before that
    and end lower again further on, `first_rising` has the first value that did.

    With `over: {"seed": {"from": 0, "count": 20}}` the run is made with as many seeds that follow one another, and with
    `curves` the reply says between which losses the middle half of these runs lies at each step.
    """
    plan = await plan_of_body(request, spec)
    return await compute(request, written_sweep(spec, plan, worker_of(request).settings))


def written_sweep(spec: SweepSpec, plan: Plan, settings: Settings) -> Work:
    """Make the runs of a sweep and return where they end, as JSON. Raises: Refused."""
    ((name, span),) = spec.over.items()
    if name == SEED:
        return _work_on_seeds(spec, span, plan, settings)
    if spec.curves:
        raise Refused("only_for_seeds", ("body", "curves"), spec.curves)
    return _work(spec, plan, settings.max_work)


def _work_on_seeds(spec: SweepSpec, span: Span, plan: Plan, settings: Settings) -> Work:
    loc: Loc = ("body", "over", SEED)
    if span.high is not None:
        raise Refused("seeds_follow", (*loc, "to"), span.high)
    with located(*loc, "from", value=span.low):
        first = int(real(Interval(0, MAX_SEED - span.count + 1), whole=True).check(span.low))
    steps = spec.stop.max_steps
    if spec.curves and CURVES * (steps + 1) > settings.max_numbers:
        most = {"limit": settings.max_numbers, "steps": settings.max_numbers // CURVES - 1}
        raise Refused("too_many_numbers", ("body", "stop", "max_steps"), steps, **most)
    seeds = list(range(first, first + span.count))
    runs = yield from runs_of_seeds([plan.run(spec.optimizers[0], seed) for seed in seeds])
    columns = {
        "values": seeds,
        "loss": [None if run.end.reason == "diverged" else float(run.loss[-1]) for run in runs],
        "n_steps": [run.end.n_steps for run in runs],
        "stop_reason": [run.end.reason for run in runs],
    }
    more = {"curves": curves(runs)} if spec.curves else {}
    none = asdict(Edge(None, None, None, None))
    reply = {"over": SEED, "scale": "linear", **columns, "edge": none, **more}
    return orjson.dumps(reply, option=orjson.OPT_SERIALIZE_NUMPY)


def _work(spec: SweepSpec, plan: Plan, most: float) -> Work:
    run, choice = plan.runs[0], spec.optimizers[0]
    ((name, span),) = spec.over.items()
    if name not in choice.params:
        near = known_names(name, choice.params)
        raise Refused("unknown_name", ("body", "over", name), name, what="hyperparameter", **near)
    param = choice.params[name]
    _check_span(span, param, ("body", "over", name))
    assert span.high is not None
    values = [span.low, *_between(span.low, span.high, span.count - 2, param.scale), span.high]
    ends = yield from sweep(run, _phases(choice, name, np.array(values)), len(values))
    columns = {"values": values, "loss": ends.loss, "n_steps": ends.n_steps, "stop_reason": ends.stop_reason}
    lanes, between = partial(_phases, choice, name), partial(_between, count=LANES, scale=param.scale)
    edge = yield from find_edge(run, lanes, values, ends.loss, between, _rounds(run, len(values), most))
    return orjson.dumps({"over": name, "scale": param.scale, **columns, "edge": asdict(edge)})


def _phases(choice: RunChoice, over: str, values: Array) -> list[Phase]:
    """Those of the run, each lane with its own value until a change sets it or another optimizer takes over."""
    varies, phases = True, list[Phase]()
    for index, phase in enumerate(choice.phases):
        varies = varies and not (index and (phase.restarts or over in phase.given))
        phases.append(replace(phase, setup=phase.setup.with_value(over, values)) if varies else phase)
    return phases


def _check_span(span: Span, param: Param, loc: Loc) -> None:
    if span.high is None:
        raise Refused("missing", (*loc, "to"))
    for end, value in (("from", span.low), ("to", span.high)):
        with located(*loc, end, value=value):
            real(param.allowed, param.whole).check(value)
    if param.scale == "log":
        with located(*loc, "from", value=span.low):
            real(POSITIVE).check(span.low)
    if not span.low < span.high:
        raise Refused("not_above", (*loc, "to"), span.high, other="from", low=span.low)


def _rounds(run: Run, lanes: int, most: float) -> int:
    """How often the edge can be narrowed after a sweep of so many lanes."""
    left = most / max(1, run.stop.max_steps) - cost(run, lanes)
    return min(ROUNDS, int(left / cost(run, LANES_A_ROUND)))
