"""Routes that explain a run: the curvature at a row, the ends from other starts, and the search for better values."""

from fastapi import APIRouter, Request, Response

from app.api.long_work import AS_EVENTS, AsEvents, plan_long, respond_long
from app.api.requests import StrictRoute, plan_of_body
from app.server.refusals import REFUSALS
from app.work.worker import worker_of
from fallline.curvatures.at_row import curvature_of
from fallline.curvatures.curvature_models import CurvatureAtRow, CurvatureSpec
from fallline.starts import BasinsReached, BasinsSpec, basins_of
from fallline.tuning import Tuned, TuneSpec, tuned

router = APIRouter(tags=["runs"], route_class=StrictRoute)


@router.post(
    "/trajectories/curvature", summary="The curvature at a row, and the factors of a step",
    response_model=CurvatureAtRow, responses=REFUSALS,
)  # fmt: skip
async def post_curvature(request: Request, spec: CurvatureSpec) -> Response:
    """Return the curvature of the loss at row `t` of a run, and the factor by which a step multiplies the distance
    along each mode.

    If a rule adds up multiples of `w`, of gradients and of earlier states, a step multiplies the distance along an
    eigenvector of the Hessian, together with the states, by a matrix. The matrix is derived from the lines of the rule,
    also of a rule of one's own. `roots` are its eigenvalues, and `factor` is the absolute value of the largest. Descent
    has the root 1 - lr*eigenvalue; the heavy ball has the roots of r**2 - (1 + beta - lr*eigenvalue)*r + beta.

    If a rule divides the gradient of each parameter, as Adam does, the modes are those of the Hessian scaled by the
    divisors (`of` is `preconditioned`), with the values that these have at the row. A mode grows for Adam if its
    eigenvalue is above 2*(1 + beta1)/((1 - beta1)*lr), for RMSProp if it is above 2/lr.

    For any other rule, for instance one that uses the sign of the gradient, the `modes` have no roots.

    The second derivatives are exact. Those of a network are differences of its exact gradient; with more than 80
    parameters, the largest eigenvalues are close approximations (Lanczos's method).
    """
    plan = await plan_of_body(request, spec)
    return await respond_long(request, curvature_of(spec, plan, worker_of(request).settings.limits), as_events=False)


@router.post(
    "/trajectories/basins",
    summary="The ends of a run from many starts",
    response_model=BasinsReached,
    responses=AS_EVENTS,
)
async def post_basins(request: Request, spec: BasinsSpec, as_events: AsEvents) -> Response:
    """Run from each start of a grid, and return the minimum in which each run ends, and the share of the starts that
    end in each.

    A run ends in a minimum if there is one within 0.2 % of the map of its last row, in each parameter. Gradient and
    Hessian decide whether there is one, also an unknown one. Batches and noise are those of a single run with this
    seed.

    As events (`Accept: text/event-stream`), `so_far` first has a coarse map, with some of the starts, then maps with
    twice as many along each side; no start is run twice. With `over`, the shares for each value follow.
    """
    plan = await plan_of_body(request, spec)
    return await respond_long(request, basins_of(spec, plan, coarse_first=as_events), as_events)


@router.post(
    "/trajectories/tune",
    summary="The hyperparameters that reach a loss in the fewest steps",
    response_model=Tuned,
    responses=AS_EVENTS,
)
async def post_tune(request: Request, spec: TuneSpec, as_events: AsEvents) -> Response:
    """Search for the values of one to three hyperparameters that reach `stop.target_loss` in the fewest steps.

    The search tries a grid over all of them, spaced as their sliders, and then finer grids around the best values. With
    `seeds`, each combination is tried with this many seeds, and the median counts. With `stays`, the loss must stay at
    or below the target to the last step, so that a path that only passes through does not count. `range` has the good
    values of each hyperparameter around its best one.

    As events (`Accept: text/event-stream`), the reply includes the progress, and the search may be ten times as much
    work.
    """
    plan = await plan_long(request, spec, as_events)
    return await respond_long(request, tuned(spec, plan), as_events)
