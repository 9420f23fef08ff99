"""A sweep: where one run would end with each of many values of one hyperparameter, or with each of many seeds."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response

from app.api.body import StrictRoute
from app.api.requests import plan_of_body
from app.server.refusals import REFUSALS
from app.work.worker import respond, worker_of
from fallline.in_parts import InParts
from fallline.sweeps import SweepEnds, SweepSpec, swept

router = APIRouter(tags=["runs"], route_class=StrictRoute)


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
    return await respond(request, _written(swept(spec, plan, worker_of(request).settings.limits)))


def _written(work: InParts[SweepEnds]) -> InParts[bytes]:
    ends = yield from work
    return orjson.dumps(ends.reply(), option=orjson.OPT_SERIALIZE_NUMPY)
