"""The parts of a reply on runs: the problem, the columns of each run, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import Field

from app import notices
from app.api.shapes import Number, Shape, with_fields_of
from app.api.spec.models import FIELDS, STEP_FIELDS
from app.api.spec.plan import Plan
from app.descent import Block, Run
from app.descent.stops import Broken, StopReason
from app.formulas import latex, parse
from app.problems.problem import Kind
from app.problems.stationary import StationaryPoint, stationary_point


class Minimum(Shape):
    """A known minimum."""

    at: list[Number]
    loss: Number
    kind: Literal["global", "local"]


class NetworkInForce(Shape):
    """A network."""

    dataset: str
    hidden: list[int] = Field(description="Neurons of each hidden layer.")
    activation: str
    loss: str
    standardized: bool = Field(description="Whether inputs, and targets of a regression, were scaled.")


class Problem(Shape):
    """What was minimised."""

    kind: Kind
    parameters: list[str] = Field(examples=[["x", "y"]])
    domain: list[tuple[Number, Number]] = Field(description="(low, high) of each parameter on its map, if it has one.")
    minima: list[Minimum]
    latex: str | None = Field(None, description="Of a surface or an expression; null when it is too long to print.")
    points: list[tuple[Number, Number]] | None = Field(
        None, description="Of a line fit: the points as they are fitted."
    )
    network: NetworkInForce | None = Field(None, description="Of a network: every value in force.")


@with_fields_of(Broken)
class WhatBroke(Shape):
    """The quantity of a failed step that broke first."""


@with_fields_of(notices.Notice)
class Notice(Shape):
    """Something that a reader of a run must know."""


@with_fields_of(StationaryPoint)
class EndPoint(Shape):
    """What gradient and Hessian say of the place where a run ended."""


class Ending(Shape):
    """How a run ended."""

    stop_reason: StopReason
    n_steps: int
    diverged_at: int | None = Field(None, description="Only of a run that diverged: the step that failed.")
    threshold: float | None = Field(None, description="What the steps or the loss came below, where that ended it.")
    what_broke: WhatBroke | None = Field(None, description="Only of a run that diverged: in the step that failed.")
    sentence: str = Field(description="The same in words.")
    end_point: EndPoint | None = Field(
        None, description="Absent of a network, of a run that diverged, and where they are not finite."
    )


class Columns(Shape):
    """The columns of a run, in the order of a reply; those that `fields` leaves out are not there."""

    parameters: dict[str, list[float]] = Field(default_factory=dict, description="Where each row stands.")
    loss: list[float] = Field(default_factory=list, description="Over all the data.")
    gradient: dict[str, list[float | None]] = Field(
        default_factory=dict, description="The one used: of the batch, with its noise."
    )
    learning_rate: list[float | None] = Field(default_factory=list, description="The rate in force.")
    step_size: list[float | None] = Field(
        default_factory=list,
        description="The length of each step over all parameters, Euclidean; `min_step_size` watches each by itself.",
    )
    batch: list[list[int] | None] | None = Field(
        None, description="Indices from 0 of the points used; null where all were, at a step or throughout."
    )


class Trajectory(Columns, Ending):
    """One run. Row 0 is the start; `gradient` and what follows it have one entry less than `parameters`.

    With `align=true` they begin with a null, so that every column has n_steps + 1 entries.
    """

    optimizer: dict[str, Any] = Field(description="Every value in force; it can be sent back as it is.")
    notes: list[str] = Field(description='Sentences such as "the noise is simulated".')
    notices: list[Notice] = Field(description="The same as codes and the values of each sentence.")


class Heading(Shape):
    """What a reply says before its runs."""

    problem: Problem
    start: list[float]
    seed: int


class Trajectories(Heading):
    """The runs of a spec."""

    runs: list[Trajectory]


BY_PARAMETER = ("parameters", "gradient")
"""The columns that are a list for each parameter."""


def heading(plan: Plan) -> dict[str, Any]:
    """The fields of a reply before its runs."""
    problem, formula, network = plan.problem, plan.spec.problem.formula, plan.spec.problem.network_in_force
    fields: dict[str, Any] = {
        "kind": problem.kind,
        "parameters": problem.parameters,
        "domain": problem.domain,
        "minima": [{"at": each.at, "loss": each.loss, "kind": each.kind} for each in problem.minima],
    }
    if formula:
        fields["latex"] = _typeset(formula)
    if problem.points is not None:
        fields["points"] = problem.points
    if network:
        fields["network"] = network
    return {"problem": fields, "start": plan.start, "seed": plan.spec.seed}


@lru_cache(maxsize=256)
def _typeset(formula: str) -> str | None:
    """The LaTeX of a formula; None when it is too long to print."""
    return latex(parse(formula, ("x", "y")))


def columns(
    block: Block, begin: int, end: int, parameters: Sequence[str], fields: Sequence[str], align: bool = False
) -> dict[str, Any]:
    """The columns of some rows of a block by name: a list each, or a list for each parameter.

    Args: align: whether those of the steps have a null in row 0.
    """
    to_first = len(block.loss) - len(block.step_size)
    rows, steps = slice(begin, end), slice(max(begin - to_first, 0), end - to_first)
    columns_by_name: dict[str, Any] = {}
    for field in fields:
        value, some = getattr(block, field), steps if field in STEP_FIELDS else rows
        if value is not None:
            value = value[:, some] if field in BY_PARAMETER else value[some]
        if align and field in STEP_FIELDS and block.first + begin == 0 and value is not None:
            value = [[None, *column] for column in value] if field in BY_PARAMETER else [None, *value]
        columns_by_name[field] = dict(zip(parameters, value, strict=True)) if field in BY_PARAMETER else value
    return columns_by_name


def ending(run: Run, block: Block) -> dict[str, Any]:
    """How a run ended with its last block; what is null is left out, but within its parts."""
    end = block.end
    assert end is not None
    diverged = end.reason == "diverged"
    point = None if diverged else stationary_point(run.problem, tuple(map(float, block.last.parameters)))
    fields = {
        "stop_reason": end.reason,
        "n_steps": end.n_steps,
        "diverged_at": end.diverged_at,
        "threshold": end.threshold,
        "what_broke": end.what_broke,
        "sentence": end.sentence,
        "end_point": point,
    }
    return {name: value for name, value in fields.items() if value is not None}


def notes(plan: Plan, index: int) -> dict[str, Any]:
    """What a reader of one run must know, as sentences and as codes with values."""
    all_notices = plan.notices(index)
    return {"notes": [each.msg for each in all_notices], "notices": all_notices}


async def reply_fields(
    fields: Annotated[
        str | None,
        Query(description=f"The columns wanted, joined by commas, of {', '.join(FIELDS)}; by default all."),
    ] = None,
) -> tuple[str, ...]:
    """The columns of the reply, in its own order; `PageKeys` has checked their names."""
    names = FIELDS if fields is None else fields.split(",")
    return tuple(field for field in FIELDS if field in names)


Fields = Annotated[tuple[str, ...], Depends(reply_fields)]

Align = Annotated[
    bool,
    Query(
        description=f"true: the columns of the steps ({', '.join(STEP_FIELDS)}) have a null in row 0 and then in each "
        "row the step that led to it, so that all columns have n_steps + 1 entries, in every format and in a stream."
    ),
]
