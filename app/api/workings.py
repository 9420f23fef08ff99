"""The working of a step."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response

from app.api.body import StrictRoute
from app.api.columns import rows_a_block
from app.api.computing import Work, computed
from app.api.errors import given
from app.api.requests import spec_in_body
from app.api.shapes import REFUSALS
from app.api.spec.plan import Plan, planned
from app.api.spec.single import misfit
from app.api.spec.step import StepSpec
from app.api.worker import worker_of
from app.api.working_shapes import WorkingShape
from app.descent.moment import PastTheEndError, reach
from app.descent.working import working

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
