"""The shapes of the answers, for their description only: nothing that leaves is validated again."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Reason = Literal["max_steps", "min_step_size", "target_loss", "diverged"]


class Described(BaseModel):
    """A shape that may have more than is described."""

    model_config = ConfigDict(extra="allow")


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


class Landscape(Described):
    """The loss on a grid."""

    parameters: list[str]
    x: list[float]
    y: list[float] | None
    loss: list[list[float | None]] | list[float | None]


class Complaint(Described):
    """One thing that is wrong: where, what is allowed and what came."""

    loc: list[str | int]
    msg: str
    type: str
    ctx: dict[str, Any] | None = Field(None, description="Of a formula: line and column from 1, word, allowed.")


class Complaints(BaseModel):
    """Everything that is wrong with a request."""

    detail: list[Complaint]


def _refusal(description: str) -> dict[str, Any]:
    return {"model": Complaints, "description": description}


Responses = dict[int | str, dict[str, Any]]

KNOWN: Responses = {304: {"description": "Not changed since the ETag that was sent as If-None-Match."}}
"""How a GET is answered that was asked before."""

NO_KEYS: Responses = {422: _refusal("The address has a key, and takes none.")}
"""How a GET that has nothing to ask may be refused."""

UNACCEPTED: Responses = {406: _refusal("Accept allows none of the media types that there are.")}
"""How a request may be refused where there are several media types."""

REFUSED_QUERY: Responses = {
    414: _refusal("The query is too long: send the spec as the body of a POST."),
    422: _refusal("Something in the request is wrong; each message names the field, what is allowed and what came."),
    429: _refusal("The server is busy; Retry-After says when to come back."),
}
"""How a GET may be refused."""

REFUSALS: Responses = {
    413: _refusal("The body is too large."),
    415: _refusal("The body is not declared as JSON."),
    **REFUSED_QUERY,
}
"""How a POST may be refused."""

TABLE = (
    "A table with a heading. A label that begins with one of = + - @ has a ' before it, "
    "as a spreadsheet would take it for a formula."
)

TABLES: Responses = {
    200: {
        "description": "The runs.",
        "content": {
            "application/jsonl": {"schema": {"type": "string", "description": "One JSON object a row."}},
            "text/csv": {"schema": {"type": "string", "description": TABLE}},
        },
    },
    **UNACCEPTED,
}

EVENTS: Responses = {
    200: {
        "description": "Events `start`, `steps`, `end` and `done`; a fault is an `error` event.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}
