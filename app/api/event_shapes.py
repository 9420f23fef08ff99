"""The shapes of the events of a stream: what the `data` of each is, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from app.api.errors import Complaints
from app.api.runs import Columns, Ending, Heading, Notice
from app.api.shapes import Shape


class RunOfStream(Shape):
    """A run of which rows will follow."""

    run: int = Field(description="Its place in the spec, from 0, by which the other events name it.")
    optimizer: dict[str, Any] = Field(description="Every value in force; it can be sent back as it is.")
    notes: list[str] = Field(description='Sentences such as "the noise is simulated".')
    notices: list[Notice] = Field(description="The same as codes and the values of each sentence.")


class StartEvent(Heading):
    """The first event: what runs."""

    runs: list[RunOfStream]


class StepsEvent(Columns):
    """The next rows of one run, at most 64.

    `parameters` and `loss` are of these rows, the other columns of the steps that led to them, so one fewer in the
    event with row 0. The same column of all the events of a run, joined, is that of the reply.
    """

    run: int
    first: int = Field(alias="from", description="The number of the first of these rows.")


class EndEvent(Ending):
    """A run has ended: all its rows have been sent."""

    run: int


class DoneEvent(Shape):
    """The last event: every run has ended."""


class ErrorEvent(Complaints):
    """The stream breaks off, and why."""


EVENTS: Mapping[str, type[BaseModel]] = {
    "start": StartEvent,
    "steps": StepsEvent,
    "end": EndEvent,
    "done": DoneEvent,
    "error": ErrorEvent,
}
"""The name of each event -> the shape of its data."""
