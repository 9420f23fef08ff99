"""Routes for one run: a step written out, the states and values of its rule, a program, and a sweep."""

import ast
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.api.requests import StrictRoute, keys_beside_spec, plan_of, plan_of_body
from app.api.response_models import ResponseModel
from app.api.response_models.runs import EndingOut
from app.server.refusals import REFUSALS
from app.work.worker import respond, worker_of
from fallline.descent.quantities import ParameterColumns, Quantities
from fallline.descent.replay import PastTheEndError, replayed_step
from fallline.errors import SpecError, known_names
from fallline.formulas import latex, latex_name, to_source
from fallline.in_parts import InParts
from fallline.programs import PROGRAMS
from fallline.reply import ending_fields
from fallline.spec.fields import whole_number
from fallline.spec.models import SingleSpec, examples
from fallline.spec.plan import Plan, refuse_methods
from fallline.sweeps import SweepEnds, SweepSpec, swept
from fallline.working import Working, working

router = APIRouter(tags=["runs"], route_class=StrictRoute)


class StepSpec(SingleSpec):
    """A spec with one optimizer, and the number of a step."""

    model_config = examples(
        {
            "problem": {"dataset": "shoe_size", "loss": "ssr"},
            "optimizers": [{"name": "adam", "learning_rate": 0.1}],
            "t": 1,
        }
    )

    t: Annotated[int, whole_number(1, math.inf)] = Field(
        description="The number of the step, from 1 to the last one of the run. It leads from row t - 1 to row t."
    )
    marked: bool = Field(
        False,
        strict=True,
        description="Whether each symbol and number in the LaTeX is marked with its name, as "
        "`\\htmlData{of=NAME}{...}`.",
    )
    sample: Annotated[int, whole_number(0, math.inf)] | None = Field(
        None,
        description="For a network: the index, from 0, of the only sample of the step to be written out, at most the "
        "last. By default, the first 8 samples are.",
    )


ROWS_REPLAYED = 4096
"""The most steps between two pauses while steps are replayed, of which only the last is kept."""


@dataclass(frozen=True, kw_only=True)
class Step(Working):
    """A step, written out."""

    optimizer: dict[str, Any]
    """The optimizer that takes the step, with every value in force."""


@router.post("/trajectories/step", summary="One step, written out", response_model=Step, responses=REFUSALS)
async def post_step(request: Request, spec: StepSpec) -> Response:
    """Write out a step: the gradient, then each line of the rule, with its numbers.

    Values are those of the run. `substituted` has every number in full, and computes the value again: to the last digit
    if whole powers are computed as products, such as `y*(y*y)` for `y**3`; and for the passes of a network up to
    rounding. `latex` has rounded numbers. A value that is not a finite number is null. With data, each component of the
    gradient has the term of each point that the step uses.
    """
    plan = await plan_of_body(request, spec)
    return await respond(request, _step(plan, spec))


def _step(plan: Plan, spec: StepSpec) -> InParts[bytes]:
    run, t = plan.runs[0], spec.t
    try:
        step = yield from replayed_step(run, min(t, run.stop.max_steps + 1), run.rows_a_block(ROWS_REPLAYED))
    except PastTheEndError as error:
        if not error.end.n_steps:
            raise SpecError("no_step", ("t",), t, stop_reason=error.end.reason) from None
        end = {"limit": error.end.n_steps, "stop_reason": error.end.reason}
        raise SpecError("past_the_end", ("t",), t, **end) from None
    written_out = yield from working(run, step, spec.marked, spec.sample)
    return orjson.dumps({"optimizer": plan.optimizer_at(0, t), **vars(written_out), "notes": written_out.notes})


ROWS_OF_QUANTITIES = 256
"""The most rows between two pauses; computing the quantities of a row takes several times as long as running it."""

PerParameter = dict[str, list[float | None]]


class EffectiveRate(ResponseModel):
    """The effective rate: the factor by which a constant gradient is multiplied in a step, with the squares of past
    gradients held at their values.
    """

    of: str = Field(description="The direction of the step: `g`, or a formula in names of the rule, such as `m_hat`.")
    gain: str = Field(
        description="The factor by which a constant gradient is multiplied in `of` in the long run: `1` for an "
        "average, `1/(1 - beta)` for the sum of the heavy ball. A step is the effective rate times `of`, divided by "
        "this."
    )
    formula: str = Field(description="The effective rate as a formula.")
    latex: str | None = Field(description="The LaTeX of the formula; null if it is too long to print.")
    values: PerParameter = Field(description="Parameter -> the effective rate in each step.")


class RuleQuantities(EndingOut):
    """The states of a rule and the values that it computes, as a list for each parameter."""

    optimizer: dict[str, Any] = Field(description="The optimizer with every value in force.")
    states: dict[str, PerParameter] = Field(
        description="State -> parameter -> its value at each row, n_steps + 1 of them; row 0 is before the first step."
    )
    values: dict[str, PerParameter] = Field(
        description="Name -> parameter -> the value computed in each step, n_steps of them; null if it is not finite."
    )
    rate: EffectiveRate | None = Field(
        description="The effective rate of the first optimizer whose step is a rate times a direction; its values are "
        "null in the steps of other optimizers. Null if there is no such optimizer."
    )
    latex: dict[str, str] = Field(description="The name of a state or a value -> its LaTeX.")


@router.post(
    "/trajectories/quantities", summary="The states and values of a rule", response_model=RuleQuantities,
    responses=REFUSALS,
)  # fmt: skip
async def post_quantities(request: Request, spec: SingleSpec) -> Response:
    """Return the states of the rule at each row, and the values that it computes in each step, for each parameter.

    `rate` has the effective rate of each parameter, derived from the rule: for AdaGrad `lr / sqrt(eps + v)`, for Adam
    `lr / (sqrt(v_hat) + eps)`, for averaged momentum `lr`, for the heavy ball `lr / (1 - beta)`.
    """
    plan = await plan_of_body(request, spec)
    return await respond(request, _quantities(plan, worker_of(request).settings.max_numbers))


def _quantities(plan: Plan, most: int) -> InParts[bytes]:
    run = plan.runs[0]
    quantities, rows_a_block = Quantities(run), run.rows_a_block(ROWS_OF_QUANTITIES)
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
    if rate := quantities.rate_formulas:
        values = yield from _written_columns(run.problem.parameters, quantities.effective_rate)
        formula, text = to_source(rate.formula), latex(rate.formula)
        body["rate"] = {
            "of": to_source(rate.of), "gain": to_source(rate.gain), "formula": formula, "latex": text, "values": values,
        }  # fmt: skip
    return orjson.dumps(body)


def _written_columns(parameters: Sequence[str], columns: ParameterColumns) -> InParts[dict[str, orjson.Fragment]]:
    """Return parameter -> its column as JSON; pauses after each, as orjson blocks all other threads while it writes."""
    written = {}
    for parameter, column in zip(parameters, columns, strict=True):
        written[parameter] = orjson.Fragment(orjson.dumps(column))
        yield
    return written


PYTHON = "text/x-python"

KEY = "language"
DEFAULT = next(iter(PROGRAMS))

PROGRAM_TEXTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The program.", "content": {PYTHON: {"schema": {"type": "string"}}}}
}


ProgramLanguage = Annotated[
    str,
    Query(
        description="`python`: with only the standard library; `pytorch`: with the gradient by autograd.",
        json_schema_extra={"enum": list(PROGRAMS)},
    ),
]


@router.post(
    "/trajectories/program", summary="A run as a program", response_class=Response, responses=PROGRAM_TEXTS | REFUSALS
)
async def post_program(request: Request, spec: SingleSpec, language: ProgramLanguage = DEFAULT) -> Response:
    """Write a program that repeats the run and prints the last value of each parameter in full.

    The program is readable, and its result is within 1e-9 of that of the run, unless rounding errors grow in a run that
    oscillates for long. In `python` it needs only the standard library, and stops where Python's floats raise, as at
    `1/(1 + exp(800))`, while the run may continue with infinity. In `pytorch` the gradient is by autograd.
    """
    page = keys_beside_spec(request, (KEY,))
    if language not in PROGRAMS:
        raise SpecError("unknown_name", ("query", KEY), language, what="language", **known_names(language, PROGRAMS))
    plan = await plan_of(request, spec, page)
    response = await respond(request, _program(plan, language), PYTHON)
    name = plan.spec.optimizers[0].identity().get("name", "own_rule")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}_{language}.py"'
    return response


def _program(plan: Plan, language: str) -> InParts[bytes]:
    run, choice = plan.runs[0], plan.spec.optimizers[0]
    refuse_methods(plan, "no_rule", "program", what="program")
    yield
    optimizers = [choice.display_name, *(each.title for change, each in choice.later if change.restarts)]
    title = f"{', then '.join(optimizers)} on {plan.spec.problem.title or 'a problem of its own'}"
    try:
        text = PROGRAMS[language](run, title).text()
        ast.parse(text)
    except (SyntaxError, RecursionError, MemoryError):
        raise SpecError("program_too_deep", ("problem",)) from None
    return text.encode()


@router.post(
    "/trajectories/sweep", summary="The ends of a run with many values of a hyperparameter, seeds or angles",
    response_model=SweepEnds, responses=REFUSALS,
)  # fmt: skip
async def post_sweep(request: Request, spec: SweepSpec) -> Response:
    """Return the end of a run with each of many values of one of its hyperparameters, equal to those of single runs.

    `over` has the name of the hyperparameter, both ends of its values and their count. The values have equal ratios
    for a learning rate and for others whose slider is logarithmic, and equal steps otherwise; those of a decay approach
    1. `edge` has the value, more precisely, from which on every run ends above its start, and the one from which on
    every run diverges. For gradient descent on a quadratic, both approach 2 over the largest eigenvalue of the Hessian
    with many steps. If runs with smaller values end above the start too, `first_rising` has the smallest of these.

    With `over: {"seed": {"from": 0, "count": 20}}` the run is repeated with that many consecutive seeds, and with
    `curves` the reply has the quartiles of the loss of these runs at each step. With
    `over: {"angle": {"from": 0, "to": 180, "count": 61}}` a quadratic of two parameters is rotated about its stationary
    point, together with the start; `angle` is its angle without rotation.
    """
    plan = await plan_of_body(request, spec)
    return await respond(request, _sweep(swept(spec, plan, worker_of(request).settings.limits)))


def _sweep(work: InParts[SweepEnds]) -> InParts[bytes]:
    ends = yield from work
    return orjson.dumps(ends.reply, option=orjson.OPT_SERIALIZE_NUMPY)
