"""What is asked of one run: a step written out, what its rule holds and computes, a program, a sweep."""

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


ROWS_REPLAYED = 4096
"""Steps between two pauses at the most, where only the last is kept."""


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
    return orjson.dumps({"optimizer": plan.optimizer_at(0, t), **vars(written_out)})


ROWS_OF_QUANTITIES = 256
"""Rows between two pauses at the most: a row costs several times what it costs to run."""

PerParameter = dict[str, list[float | None]]


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
    """Parameter -> its column as JSON, with a pause after each, as orjson holds the interpreter while it writes."""
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
        description="`python`: nothing but the standard library; `pytorch`: the gradient by autograd.",
        json_schema_extra={"enum": list(PROGRAMS)},
    ),
]


@router.post(
    "/trajectories/program", summary="A run as a program", response_class=Response, responses=PROGRAM_TEXTS | REFUSALS
)
async def post_program(request: Request, spec: SingleSpec, language: ProgramLanguage = DEFAULT) -> Response:
    """Write a program that repeats the run and prints each last parameter in full.

    It is written to be read, and ends within 1e-9 of where the run does, unless rounding grows along a run that swings
    for long. In `python` it needs only the standard library, and stops where Python's floats refuse, as at
    `1/(1 + exp(800))`, though the run may go on with infinity; in `pytorch` the gradient is autograd's.
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
    "/trajectories/sweep", summary="Where many values of one hyperparameter, seeds or angles end",
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
    `curves` the reply says between which losses the middle half of these runs lies at each step. With
    `over: {"angle": {"from": 0, "to": 180, "count": 61}}` a quadratic of two parameters is turned about its stationary
    point, and the start with it: `angle` says at which it lies as it is.
    """
    plan = await plan_of_body(request, spec)
    return await respond(request, _sweep(swept(spec, plan, worker_of(request).settings.limits)))


def _sweep(work: InParts[SweepEnds]) -> InParts[bytes]:
    ends = yield from work
    return orjson.dumps(ends.reply(), option=orjson.OPT_SERIALIZE_NUMPY)
