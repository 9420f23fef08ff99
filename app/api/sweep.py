"""A sweep: where one run would end with each of many values of one hyperparameter."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
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
from app.api.spec.fields import Coordinate, Strict, real, whole_number
from app.api.spec.models import SingleSpec, examples
from app.api.spec.optimizers import RunChoice
from app.api.spec.plan import Plan
from app.api.worker import Work, compute, worker_of
from app.descent import Phase, Run
from app.descent.edge import LANES, LANES_A_ROUND, ROUNDS, find_edge
from app.descent.lanes import cost, sweep
from app.descent.stops import StopReason
from app.hyperparameters import POSITIVE, Param, Scale
from app.types import Array

MAX_VALUES = 256

Spacing = Callable[[float], float]
SPACINGS: Mapping[Scale, tuple[Spacing, Spacing]] = {
    "log": (math.log, math.exp),
    "decay": (lambda value: math.log(1 - value), lambda place: 1 - math.exp(place)),
    "linear": (float, float),
}
"""How a slider runs: from a value to its place, and back."""

router = APIRouter(tags=["runs"], route_class=StrictRoute)


class Span(Strict):
    """Values from one end to the other, both taken, evenly spaced as the hyperparameter's slider runs."""

    low: Coordinate = Field(alias="from")
    high: Coordinate = Field(alias="to")
    count: Annotated[int, whole_number(2, MAX_VALUES)]

    def values(self, scale: Scale) -> list[float]:
        """The values, in order."""
        return [self.low, *_between(self.low, self.high, self.count - 2, scale), self.high]


def _between(low: float, high: float, count: int, scale: Scale) -> list[float]:
    """So many values between two."""
    there, back = SPACINGS[scale]
    first, last = there(low), there(high)
    return [back(first + (last - first) * i / (count + 1)) for i in range(1, count + 1)]


class SweepSpec(SingleSpec):
    """A spec with one optimizer, and the hyperparameter of it to try many values of."""

    model_config = examples(
        {
            "problem": {"surface": "rosenbrock"},
            "optimizers": [{"name": "momentum"}],
            "stop": {"max_steps": 200},
            "over": {"learning_rate": {"from": 1e-5, "to": 10, "count": 73}},
        }
    )

    over: dict[str, Span] = Field(
        min_length=1,
        max_length=1,
        description="The hyperparameter, of the optimizer that the run begins with -> its values; `learning_rate` and "
        "others with a log slider by equal ratios.",
        examples=[{"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}],
    )


class GapOut(ResponseModel):
    """Two values with nothing tried between them."""

    holds: Number = Field(description="The last value that does not fail.")
    fails: Number = Field(description="The next one: it and all that were tried beyond it fail.")


class EdgeOut(ResponseModel):
    """Where values begin to fail, narrowed down from the gap between two values of the sweep to a 1089th part of it (or
    less far, where that is too much work). Null where none fails, where all do, and where the largest does not.
    """

    rises: GapOut | None = Field(description="To fail is to end above the start, or to diverge.")
    diverges: GapOut | None = Field(description="To fail is to diverge.")


class SweepEnds(ResponseModel):
    """Where each value ends: four lists with one entry a value, and the edge beyond which no value is any good."""

    over: str = Field(description="The hyperparameter.")
    scale: Scale = Field(description="How the values are spaced: as its slider runs.")
    values: list[Number]
    loss: list[Number | None] = Field(description="Of the last row; null where the run diverges.")
    n_steps: list[int]
    stop_reason: list[StopReason]
    edge: EdgeOut


@router.post(
    "/trajectories/sweep", summary="Where many values of one hyperparameter end", response_model=SweepEnds,
    responses=REFUSALS,
)  # fmt: skip
async def post_sweep(request: Request, spec: SweepSpec) -> Response:
    """Say where a run ends for each of many values of one of its hyperparameters, as single runs would.

    `over` names the hyperparameter and gives both ends and the count of its values. They have equal ratios for a
    rate and whatever else spans decades, equal steps otherwise; those of a decay close in on 1. `edge` says more
    closely from where on the run ends above its start, and from where on it diverges; of descent on a quadratic both
    come to 2 over the largest eigenvalue of its Hessian as the steps become many.
    """
    plan = await plan_of_body(request, spec)
    return await compute(request, _work(spec, plan, worker_of(request).settings.max_work))


def _work(spec: SweepSpec, plan: Plan, most: float) -> Work:
    run, choice = plan.runs[0], spec.optimizers[0]
    ((name, span),) = spec.over.items()
    if name not in choice.params:
        near = known_names(name, choice.params)
        raise Refused("unknown_name", ("body", "over", name), name, what="hyperparameter", **near)
    param = choice.params[name]
    _check_span(span, param, ("body", "over", name))
    values = span.values(param.scale)
    _check_work(run, len(values), most)
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
    for end, value in (("from", span.low), ("to", span.high)):
        with located(*loc, end, value=value):
            real(param.allowed, param.whole).check(value)
    if param.scale == "log":
        with located(*loc, "from", value=span.low):
            real(POSITIVE).check(span.low)
    if not span.low < span.high:
        raise Refused("not_above", (*loc, "to"), span.high, other="from", low=span.low)


def _check_work(run: Run, lanes: int, most: float) -> None:
    one, steps = cost(run, lanes), run.stop.max_steps
    if steps * one > most:
        work = {"limit": int(most // one), "cost": one}
        raise Refused("work_too_large", ("body", "stop", "max_steps"), steps, **work)


def _rounds(run: Run, lanes: int, most: float) -> int:
    """How often the edge can be narrowed after a sweep of so many lanes."""
    left = most / max(1, run.stop.max_steps) - cost(run, lanes)
    return min(ROUNDS, int(left / cost(run, LANES_A_ROUND)))
