"""Sweeps: where one run would end with each of many values of a hyperparameter."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.body import StrictRoute
from app.api.computing import Work, computed
from app.api.requests import spec_in_body
from app.api.shapes import REFUSALS, Described, Reason
from app.api.spec.sweep import Sweeping, SweepSpec, swept
from app.api.worker import worker_of
from app.descent.lanes import Sweep
from app.hyperparameters import Scale

router = APIRouter(tags=["runs"], route_class=StrictRoute)


class SweepShape(Described):
    """Where each value ends: four lists with one entry a value."""

    over: str = Field(description="The hyperparameter.")
    scale: Scale = Field(description="How the values are spaced: as its slider runs.")
    values: list[float]
    loss: list[float | None] = Field(description="Of the last row; null where the run diverges.")
    n_steps: list[int]
    stop_reason: list[Reason]


@router.post(
    "/trajectories/sweep", summary="Where many values of one hyperparameter end", response_model=SweepShape,
    responses=REFUSALS,
)  # fmt: skip
async def post_sweep(request: Request, spec: SweepSpec) -> Response:
    """Say where a run ends for each of many values of one of its hyperparameters, as single runs would.

    `over` names the hyperparameter and gives both ends and the count of its values. They have equal ratios for a
    rate and whatever else spans decades, equal steps otherwise; those of a decay close in on 1.
    """
    spec_in_body(request)
    return await computed(request, _work(swept(spec, worker_of(request).settings)))


def _work(wanted: Sweeping) -> Work:
    found = Sweep(wanted.values)
    for found in wanted.work():  # noqa: B007 (the last one is whole)
        yield
    told = {"over": wanted.over, "scale": wanted.scale, "values": found.values, "loss": found.loss}
    return orjson.dumps({**told, "n_steps": found.n_steps, "stop_reason": found.stop_reason})
