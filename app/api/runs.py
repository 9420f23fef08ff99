"""What replies say of runs: the problem, the columns, the end; and which of the columns a request wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import Field

from app.api.errors import Refused, path, unknown
from app.api.shapes import Described
from app.descent import Block, End, Run

Reason = Literal["max_steps", "min_step_size", "target_loss", "diverged"]


class MinimumShape(Described):
    """A known minimum."""

    at: list[float]
    loss: float
    kind: Literal["global", "local"]


class ProblemShape(Described):
    """What was minimised."""

    kind: Literal["surface", "expression", "line_fit"]
    parameters: list[str] = Field(examples=[["x", "y"]])
    domain: list[tuple[float, float]] = Field(description="(low, high) of the map for each parameter.")
    minima: list[MinimumShape]
    latex: str | None = Field(None, description="Of a surface or an expression; null when it is too long to print.")
    points: list[tuple[float, float]] | None = Field(None, description="Of a line fit: the points as they are fitted.")


class RunShape(Described):
    """One run. Row 0 is the start; `gradient` and what follows it have one entry less than `parameters`."""

    optimizer: dict[str, Any] = Field(description="Every value in force; it can be sent back as it is.")
    stop_reason: Reason
    n_steps: int
    diverged_at: int | None = Field(None, description="Only of a run that diverged: the step that failed.")
    sentence: str = Field(description="Why it stopped, in words.")
    notes: list[str] = Field(description='Sentences such as "the noise is simulated".')
    parameters: dict[str, list[float]]
    loss: list[float] = Field(description="Over all the data.")
    gradient: dict[str, list[float]] = Field(description="The one used: of the batch, with its noise.")
    learning_rate: list[float] = Field(description="The rate in force.")
    step_size: list[float] = Field(description="Euclidean.")
    batch: list[list[int]] | None = Field(description="Indices from 0 of the points used; null where all were.")


class Trajectories(Described):
    """The runs of a spec."""

    problem: ProblemShape
    start: list[float]
    seed: int
    runs: list[RunShape]


FIELDS = ("parameters", "loss", "gradient", "learning_rate", "step_size", "batch")
"""The columns of a run, in the order of a reply."""

BY_PARAMETER = ("parameters", "gradient")

OPERATIONS_A_BLOCK = 50_000
"""About a millisecond of work, so that a slice ends near its time whatever a step costs."""


def rows_a_block(run: Run, most: int) -> int:
    """How many rows to compute at once: a pure function of the spec."""
    return max(1, min(most, int(OPERATIONS_A_BLOCK / run.cost)))


def columns(block: Block, parameters: Sequence[str], fields: Sequence[str]) -> dict[str, Any]:
    """The columns of a block by name: a list each, or a list for each parameter."""
    return {
        field: dict(zip(parameters, getattr(block, field), strict=True))
        if field in BY_PARAMETER
        else getattr(block, field)
        for field in fields
    }


def ending(end: End) -> dict[str, Any]:
    """How a run ended, as a reply tells it."""
    diverged = {} if end.diverged_at is None else {"diverged_at": end.diverged_at}
    return {"stop_reason": end.reason, "n_steps": end.n_steps, **diverged, "sentence": end.sentence}


async def wanted_fields(
    fields: Annotated[
        str | None,
        Query(description=f"The columns wanted, joined by commas, of {', '.join(FIELDS)}; by default all."),
    ] = None,
) -> tuple[str, ...]:
    """The columns of the reply, in its own order."""
    names = FIELDS if fields is None else tuple(fields.split(","))
    for name in names:
        if name not in FIELDS:
            loc = ("query", "fields")
            raise Refused(422, loc, f"{path(loc)} {unknown('a column', name, FIELDS, came=True)}", "name")
    return tuple(field for field in FIELDS if field in names)


Fields = Annotated[tuple[str, ...], Depends(wanted_fields)]
