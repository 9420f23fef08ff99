"""A step of one run, written out."""

from __future__ import annotations

import math
from typing import Annotated

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import ConfigDict, Field

from app.api.body import StrictRoute
from app.api.errors import REFUSALS, given, misfit
from app.api.requests import spec_in_body
from app.api.runs import rows_a_block
from app.api.shapes import Described
from app.api.spec.fields import whole
from app.api.spec.models import SingleSpec
from app.api.spec.plan import Plan, planned
from app.api.worker import Work, computed, worker_of
from app.descent.moment import PastTheEndError, reach
from app.descent.working import working


class FilledShape(Described):
    """A formula with its numbers."""

    value: float | None = Field(description="As it ran, to the last bit; null where it is not a finite number.")
    substituted: str | None = Field(
        description=(
            "The formula with every number in full: it computes `value` again. A `where` computes only the side that "
            "it takes, as Python's `yes if a > b else no` does; the other need not have a value."
        )
    )
    latex: str | None = Field(description="The same, rounded to 4 significant digits; null where too long to read.")
    value_latex: str = Field(description="The value, rounded.")


class TextShape(Described):
    """A formula."""

    formula: str
    latex: str | None = Field(description="Null where it is too long to print.")


class ChainShape(Described):
    """The chain rule for one parameter, in symbols: `residual` is U of point i."""

    residual: TextShape = Field(description="Of one point, in the parameters and the data.")
    loss: TextShape = Field(description="Of one point, in its residual.")
    outer: TextShape = Field(description="The derivative of the loss by the residual.")
    inner: TextShape = Field(description="The derivative of the residual by the parameter.")
    product: TextShape = Field(description="Of the two: what one point adds.")
    divisor: int | None = Field(description="By which the sum of the products is divided; null: it is not.")
    loss_latex: str | None = Field(description="The loss of all points seen; B is the batch.")
    residual_latex: str | None
    rule_latex: str = Field(description="The rule before anything is differentiated.")
    product_latex: str | None = Field(description="After: the component as a sum of products.")


class TermShape(FilledShape):
    """What one data point adds to a component of the gradient."""

    point: int = Field(description="Its index, from 0.")
    residual: FilledShape = Field(description="Target minus prediction.")
    chain: FilledShape = Field(description="The same value as the product that the chain rule makes of the residual.")
    formula: str | None = Field(description="With the data put in, in the parameters; null beyond 8 points.")
    formula_latex: str | None


class SlopeShape(FilledShape):
    """One component of the gradient used."""

    formula: str | None
    formula_latex: str | None
    clean: float = Field(description="Without the noise.")
    noise: float | None
    terms: list[TermShape] | None = Field(description="Over data: one for each point of the batch.")
    chain: ChainShape | None = Field(description="Over data: the rule that the terms follow.")


class LineShape(Described):
    """One line of the rule."""

    name: str
    formula: str
    latex: str | None
    shared: bool = Field(description="Whether it is the same for every parameter.")
    values: dict[str, FilledShape]


class ScheduleLineShape(Described):
    """One line of the schedule."""

    name: str
    formula: str
    latex: str | None
    filled: FilledShape


class RateShape(FilledShape):
    """How the rate in force came about."""

    schedule: str
    label: str
    learning_rate: float
    factor: float
    lines: list[ScheduleLineShape]


class WorkingShape(Described):
    """A step, written out."""

    optimizer: dict[str, object] = Field(description="Every value in force.")
    t: int
    lr: float = Field(description="The rate in force.")
    rate: RateShape
    batch: list[int] | None = Field(description="Indices from 0 of the points seen; null for all.")
    before: dict[str, float]
    states: dict[str, dict[str, float]] = Field(description="State -> parameter -> value before the step.")
    gradient: dict[str, SlopeShape]
    lines: list[LineShape]
    after: dict[str, float]
    notes: list[str]


class StepSpec(SingleSpec):
    """A spec with one optimizer, and which of its steps."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "problem": {"dataset": "shoe_size", "loss": "ssr"},
                    "optimizers": [{"name": "adam", "learning_rate": 0.1}],
                    "t": 1,
                }
            ]
        }
    )

    t: Annotated[int, whole(1, math.inf)] = Field(
        description="The number of the step, from 1 to the last of the run; it leads from row t - 1 to row t."
    )
    marked: bool = Field(
        False,
        strict=True,
        description="Whether the LaTeX tells whose each symbol and number is, as `\\htmlData{of=NAME}{...}`.",
    )


ROWS = 4096
"""Steps between two pauses at the most, where only the last is kept."""

router = APIRouter(tags=["runs"], route_class=StrictRoute)


@router.post("/trajectories/step", summary="One step, written out", response_model=WorkingShape, responses=REFUSALS)
async def post_step(request: Request, spec: StepSpec) -> Response:
    """Write out a step: the gradient, then each line of the rule, with its numbers.

    Values are those that ran. `substituted` holds every number in full, so that it computes the value again;
    `latex` is rounded for reading. On data each component of the gradient lists what each point seen adds to it.
    """
    spec_in_body(request)
    plan = planned(spec, "body", worker_of(request).settings)
    return await computed(request, _work(plan, spec.t, spec.marked))


def _work(plan: Plan, t: int, marked: bool) -> Work:
    run = plan.runs[0]
    try:
        moment = yield from reach(run, min(t, run.stop.max_steps + 1), rows_a_block(run, ROWS))
    except PastTheEndError as error:
        phrase = f"must be at most {error.end.n_steps}, as the run {error.end.sentence}; got {given(t)}"
        raise misfit(("body", "t"), t, "past_the_end", phrase) from None
    told = yield from working(run, moment, marked)
    return orjson.dumps({"optimizer": plan.optimizer(0)})[:-1] + b"," + orjson.dumps(told)[1:]
