"""The quantities of a rule: its states and what it computes on the way, as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.body import StrictRoute
from app.api.errors import REFUSALS, request_error
from app.api.requests import check_query_beside_body
from app.api.runs import Ending, ending
from app.api.shapes import Shape
from app.api.spec.models import SingleSpec
from app.api.spec.plan import Plan, planned
from app.api.worker import Work, compute, rows_a_block, worker_of
from app.descent.quantities import Columns, Quantities
from app.formulas.typeset import latex, latex_name
from app.formulas.written import written

ROWS = 256
"""Rows between two pauses at the most: a row costs several times what it costs to run."""

PerParameter = dict[str, list[float | None]]

router = APIRouter(tags=["runs"], route_class=StrictRoute)


class EffectiveRate(Shape):
    """The effective rate: what the step multiplies its direction by."""

    of: str = Field(description="The direction: `g`, or a name of the rule such as `m_hat`.")
    formula: str
    latex: str | None
    values: PerParameter


class RuleQuantities(Ending):
    """What a rule holds and computes, a list for each parameter."""

    optimizer: dict[str, Any] = Field(description="Every value in force.")
    states: dict[str, PerParameter] = Field(description="n_steps + 1 entries each: row 0 is before the first step.")
    values: dict[str, PerParameter] = Field(description="n_steps entries each; null where it is not a finite number.")
    rate: EffectiveRate | None = Field(description="Null where a step is no rate times a direction.")
    latex: dict[str, str] = Field(description="The LaTeX of each name.")


@router.post(
    "/trajectories/quantities", summary="What a rule holds and computes", response_model=RuleQuantities,
    responses=REFUSALS,
)  # fmt: skip
async def post_quantities(request: Request, spec: SingleSpec) -> Response:
    """The states of the rule at each row, and what it computes on the way in each step, for each parameter.

    `rate` is the effective rate that a parameter has come to: of AdaGrad `lr / sqrt(eps + v)`, of Adam
    `lr / (sqrt(v_hat) + eps)`, read off the rule.
    """
    check_query_beside_body(request)
    settings = worker_of(request).settings
    return await compute(request, _work(planned(spec, "body", settings), settings.max_numbers))


def _work(plan: Plan, most: int) -> Work:
    run = plan.runs[0]
    quantities, rows = Quantities(run), 0
    for piece in run.pieces(repeat(rows_a_block(run, ROWS))):
        quantities.add(piece)
        rows += len(piece.block)
        if rows * quantities.width > most:
            phrase = f"gives more than {most} numbers in a reply: ask for at most {most // quantities.width} steps"
            raise request_error(("body", "stop", "max_steps"), run.stop.max_steps, "too_many_numbers", phrase)
        yield
    assert piece.block.end is not None
    names = {name: latex_name(name) for name in (*quantities.states, *quantities.values)}
    texts = [orjson.dumps({"optimizer": plan.optimizer(0), **ending(piece.block.end), "latex": names})[:-1]]
    for text in _groups(quantities, run.problem.parameters):
        texts.append(text)
        yield
    return b"".join(texts) + b"}"


def _groups(quantities: Quantities, parameters: Sequence[str]) -> Iterator[bytes]:
    """`,"states":{...},"values":{...},"rate":{...}`, a list at a time."""
    for group in ("states", "values"):
        yield f',"{group}":{{'.encode()
        for index, (name, columns) in enumerate(getattr(quantities, group).items()):
            yield f'{"," if index else ""}"{name}":'.encode()
            yield from _object(parameters, columns)
        yield b"}"
    yield from _rate(quantities, parameters)


def _object(parameters: Sequence[str], columns: Columns) -> Iterator[bytes]:
    for index, (parameter, column) in enumerate(zip(parameters, columns, strict=True)):
        yield f'{"," if index else "{"}"{parameter}":'.encode() + orjson.dumps(column)
    yield b"}"


def _rate(quantities: Quantities, parameters: Sequence[str]) -> Iterator[bytes]:
    rate = quantities.effective
    if rate is None:
        yield b',"rate":null'
        return
    about = {"of": rate.of, "formula": written(rate.formula), "latex": latex(rate.formula)}
    yield b',"rate":' + orjson.dumps(about)[:-1] + b',"values":'
    yield from _object(parameters, quantities.rate)
    yield b"}"
