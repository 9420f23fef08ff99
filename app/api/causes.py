"""Why a run goes as it does: the curvature at a row, where other starts end, what other values would need."""

from fastapi import APIRouter, Request, Response

from app.api.long_work import AS_EVENTS, AsEvents, plan_long, respond_long
from app.api.requests import StrictRoute, plan_of_body
from app.server.refusals import REFUSALS
from app.work.worker import worker_of
from fallline.curvature_models import CurvatureAtRow, CurvatureSpec
from fallline.curvatures import curvature_of
from fallline.starts import BasinsReached, BasinsSpec, basins_of
from fallline.tuning import Tuned, TuneSpec, tuned

router = APIRouter(tags=["runs"], route_class=StrictRoute)


@router.post(
    "/trajectories/curvature", summary="The curvature at a row, and what the optimizer makes of it",
    response_model=CurvatureAtRow, responses=REFUSALS,
)  # fmt: skip
async def post_curvature(request: Request, spec: CurvatureSpec) -> Response:
    """Say how the loss is curved at row `t` of a run, and how fast the optimizer's steps shrink along each direction.

    A rule that adds up multiples of `w`, of gradients and of earlier states takes the distance along an eigenvector of
    the Hessian from step to step by a matrix, read off its lines; `roots` are its eigenvalues, `factor` the size of
    the largest. Descent has the root 1 - lr*eigenvalue; the heavy ball those of r**2 - (1 + beta - lr*eigenvalue)*r +
    beta. Rules of one's own are read likewise. Of one that divides each parameter's gradient, as Adam's, the modes are
    of the Hessian scaled by that (`of` is `preconditioned`), with what divides as it stands at the row: Adam grows
    past 2*(1 + beta1)/((1 - beta1)*lr), RMSProp past 2/lr. A rule for which none of this holds, as one by the sign of
    the gradient, has `modes` without roots.

    The second derivatives are exact; those of a network are differences of its exact gradient, and of more than 80
    parameters the largest eigenvalues come out closely (Lanczos's method).
    """
    plan = await plan_of_body(request, spec)
    return await respond_long(request, curvature_of(spec, plan, worker_of(request).settings.limits), as_events=False)


@router.post(
    "/trajectories/basins", summary="Where each of many starts ends", response_model=BasinsReached, responses=AS_EVENTS
)
async def post_basins(request: Request, spec: BasinsSpec, as_events: AsEvents) -> Response:
    """Run from each start of a grid, and say in which minimum each run ends, and which share of them in each.

    A run ends in a minimum that lies within 0.2 % of the map of its last row in each parameter; whether there is one
    is decided by gradient and Hessian, known minimum or not. Batches and noise are drawn as those of a single run with
    this seed are. As events (`Accept: text/event-stream`) the map comes coarse at first, in `so_far`: of every so many
    starts, then of twice as many along each side, each run once; with `over` then the shares with one value
    after another.
    """
    plan = await plan_of_body(request, spec)
    return await respond_long(request, basins_of(spec, plan, coarse_first=as_events), as_events)


@router.post(
    "/trajectories/tune",
    summary="Which hyperparameters reach a loss soonest",
    response_model=Tuned,
    responses=AS_EVENTS,
)
async def post_tune(request: Request, spec: TuneSpec, as_events: AsEvents) -> Response:
    """Search for the values of one to three hyperparameters that reach `stop.target_loss` in the fewest steps.

    A grid over all of them, spaced as their sliders are, then finer ones around the best. With `seeds` each is
    tried with so many, and the median counts; with `stays` the loss must stay there to the last step, so that a path
    that only passes through does not count. `range` says how wide the good values lie around the best, each by itself.
    As events (`Accept: text/event-stream`) it tells how far it is, and may be ten times as much work.
    """
    plan = await plan_long(request, spec, as_events)
    return await respond_long(request, tuned(spec, plan), as_events)
