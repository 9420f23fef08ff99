"""A step of one run, written out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.body import StrictRoute
from app.api.requests import plan_of_body
from app.server.refusals import REFUSALS
from app.work.worker import respond
from fallline.descent.replay import PastTheEndError, replayed_step
from fallline.errors import SpecError
from fallline.in_parts import InParts
from fallline.spec.fields import whole_number
from fallline.spec.models import SingleSpec, examples
from fallline.spec.plan import Plan
from fallline.working import Working, working


class StepSpec(SingleSpec):
    """A spec with one optimizer, and which of its steps."""

    model_config = examples(
        {
            "problem": {"dataset": "shoe_size", "loss": "ssr"},
            "optimizers": [{"name": "adam", "learning_rate": 0.1}],
            "t": 1,
        }
    )

    t: Annotated[int, whole_number(1, math.inf)] = Field(
        description="The number of the step, from 1 to the last of the run; it leads from row t - 1 to row t."
    )
    marked: bool = Field(
        False,
        strict=True,
        description="Whether the LaTeX tells whose each symbol and number is, as `\\htmlData{of=NAME}{...}`.",
    )
    sample: Annotated[int, whole_number(0, math.inf)] | None = Field(
        None,
        description="Of a network: which of the samples that the step sees is written out alone, from 0; past the last "
        "one the last. By default the first 8 are.",
    )


ROWS = 4096
"""Steps between two pauses at the most, where only the last is kept."""

router = APIRouter(tags=["runs"], route_class=StrictRoute)


@dataclass(frozen=True, kw_only=True)
class Step(Working):
    """A step, written out."""

    optimizer: dict[str, Any]
    """The one that takes it, every value in force."""


@router.post("/trajectories/step", summary="One step, written out", response_model=Step, responses=REFUSALS)
async def post_step(request: Request, spec: StepSpec) -> Response:
    """Write out a step: the gradient, then each line of the rule, with its numbers.

    Values are those that ran. `substituted` holds every number in full, so that it computes the value again: to the
    last digit where whole powers are products, as `y*(y*y)` for `y**3`, and on the way through a network but for
    rounding. `latex` is rounded for reading. A value that is not a finite number is null. On data each component of the
    gradient lists what each point seen adds to it.
    """
    plan = await plan_of_body(request, spec)
    return await respond(request, _work(plan, spec))


def _work(plan: Plan, spec: StepSpec) -> InParts[bytes]:
    run, t = plan.runs[0], spec.t
    try:
        step = yield from replayed_step(run, min(t, run.stop.max_steps + 1), run.rows_a_block(ROWS))
    except PastTheEndError as error:
        if not error.end.n_steps:
            raise SpecError("no_step", ("t",), t, stop_reason=error.end.reason) from None
        end = {"limit": error.end.n_steps, "stop_reason": error.end.reason}
        raise SpecError("past_the_end", ("t",), t, **end) from None
    written_out = yield from working(run, step, spec.marked, spec.sample)
    return orjson.dumps({"optimizer": plan.optimizer_at(0, t), **vars(written_out)})
