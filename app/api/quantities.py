"""The quantities of a rule: its states and what it computes on the way, as columns."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.body import StrictRoute
from app.api.requests import plan_of_body
from app.api.response_models import ResponseModel
from app.api.response_models.runs import EndingOut
from app.server.refusals import REFUSALS
from app.work.worker import respond, worker_of
from fallline.descent.quantities import Columns, Quantities
from fallline.errors import SpecError
from fallline.formulas import latex, latex_name, to_source
from fallline.in_parts import InParts
from fallline.reply import ending_fields
from fallline.spec.models import SingleSpec
from fallline.spec.plan import Plan

ROWS = 256
"""Rows between two pauses at the most: a row costs several times what it costs to run."""

PerParameter = dict[str, list[float | None]]

router = APIRouter(tags=["runs"], route_class=StrictRoute)


class EffectiveRate(ResponseModel):
    """The effective rate: what a gradient that stays the same comes to be multiplied by, the squares as they stand."""

    of: str = Field(description="The direction of the step: `g`, or in names of the rule, such as `m_hat`.")
    gain: str = Field(
        description="How many times a gradient that stays the same comes to count in `of`: `1` for an average, "
        "`1/(1 - beta)` for the heavy ball's sum. A step is the effective rate times `of`, divided by this."
    )
    formula: str
    latex: str | None
    values: PerParameter


class RuleQuantities(EndingOut):
    """What a rule holds and computes, a list for each parameter."""

    optimizer: dict[str, Any] = Field(description="Every value in force.")
    states: dict[str, PerParameter] = Field(description="n_steps + 1 entries each: row 0 is before the first step.")
    values: dict[str, PerParameter] = Field(description="n_steps entries each; null where it is not a finite number.")
    rate: EffectiveRate | None = Field(
        description="Of the first optimizer whose step is a rate times a direction, null in the steps of another; "
        "null altogether where there is none."
    )
    latex: dict[str, str] = Field(description="The LaTeX of each name.")


@router.post(
    "/trajectories/quantities", summary="What a rule holds and computes", response_model=RuleQuantities,
    responses=REFUSALS,
)  # fmt: skip
async def post_quantities(request: Request, spec: SingleSpec) -> Response:
    """The states of the rule at each row, and what it computes on the way in each step, for each parameter.

    `rate` is the effective rate that a parameter has come to: of AdaGrad `lr / sqrt(eps + v)`, of Adam
    `lr / (sqrt(v_hat) + eps)`, of averaged momentum `lr`, of the heavy ball `lr / (1 - beta)`, read off the rule.
    """
    plan = await plan_of_body(request, spec)
    return await respond(request, _work(plan, worker_of(request).settings.max_numbers))


def _work(plan: Plan, most: int) -> InParts[bytes]:
    run = plan.runs[0]
    quantities, rows_a_block = Quantities(run), run.rows_a_block(ROWS)
    block = run.next_block()
    quantities.add(block)
    while block.end is None:
        block = run.next_block(block.last, rows_a_block)
        quantities.add(block)
        if (block.last.t + 1) * quantities.width > most:
            limits = {"limit": most, "steps": most // quantities.width}
            raise SpecError("too_many_numbers", ("stop", "max_steps"), run.stop.max_steps, **limits)
        yield len(block.learning_rate)
    body: dict[str, Any] = {
        "optimizer": plan.optimizer(0),
        **ending_fields(run, block),
        "latex": {name: latex_name(name) for name in (*quantities.states, *quantities.values)},
        "rate": None,
    }
    for group, by_name in (("states", quantities.states), ("values", quantities.values)):
        body[group] = {}
        for name, columns in by_name.items():
            body[group][name] = yield from _written_columns(run.problem.parameters, columns)
    if rate := quantities.effective:
        values = yield from _written_columns(run.problem.parameters, quantities.rate)
        formula, text = to_source(rate.formula), latex(rate.formula)
        body["rate"] = {
            "of": to_source(rate.of), "gain": to_source(rate.gain), "formula": formula, "latex": text, "values": values,
        }  # fmt: skip
    return orjson.dumps(body)


def _written_columns(parameters: Sequence[str], columns: Columns) -> Generator[None, None, dict[str, orjson.Fragment]]:
    """Parameter -> its column as JSON, with a pause after each, as orjson holds the interpreter while it writes."""
    written = {}
    for parameter, column in zip(parameters, columns, strict=True):
        written[parameter] = orjson.Fragment(orjson.dumps(column))
        yield
    return written
