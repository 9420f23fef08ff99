"""A run as a program to take home."""

from __future__ import annotations

import ast
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.api.body import StrictRoute
from app.api.requests import keys_beside_spec, plan_of
from app.server.refusals import REFUSALS
from app.work.worker import respond
from fallline.errors import SpecError, known_names
from fallline.in_parts import InParts
from fallline.programs import PROGRAMS
from fallline.spec.models import SingleSpec
from fallline.spec.plan import Plan, refuse_methods

PYTHON = "text/x-python"

KEY = "language"
DEFAULT = next(iter(PROGRAMS))

PROGRAM_TEXTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The program.", "content": {PYTHON: {"schema": {"type": "string"}}}}
}

router = APIRouter(tags=["runs"], route_class=StrictRoute)

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
    response = await respond(request, _work(plan, language), PYTHON)
    name = plan.spec.optimizers[0].identity().get("name", "own_rule")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}_{language}.py"'
    return response


def _work(plan: Plan, language: str) -> InParts[bytes]:
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
