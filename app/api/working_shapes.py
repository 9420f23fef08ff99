"""The shape of the working of a step, for its description only."""

from __future__ import annotations

from pydantic import Field

from app.api.shapes import Described


class FilledShape(Described):
    """A formula with its numbers."""

    value: float | None = Field(description="As it ran, to the last bit; null where it is not a finite number.")
    substituted: str | None = Field(description="The formula with every number in full: it computes `value` again.")
    latex: str | None = Field(description="The same, rounded to 4 significant digits; null where too long to read.")
    value_latex: str = Field(description="The value, rounded.")


class TermShape(FilledShape):
    """What one data point adds to a component of the gradient."""

    point: int = Field(description="Its index, from 0.")


class SlopeShape(FilledShape):
    """One component of the gradient used."""

    formula: str | None
    formula_latex: str | None
    clean: float = Field(description="Without the noise.")
    noise: float | None
    terms: list[TermShape] | None = Field(description="Over data: one for each point of the batch.")


class LineShape(Described):
    """One line of the rule."""

    name: str
    formula: str
    latex: str | None
    shared: bool = Field(description="Whether it is the same for every parameter.")
    values: dict[str, FilledShape]


class ScheduleLineShape(Described):
    """One line of the schedule."""

    name: str
    formula: str
    latex: str | None
    filled: FilledShape


class RateShape(FilledShape):
    """How the rate in force came about."""

    schedule: str
    label: str
    learning_rate: float
    factor: float
    lines: list[ScheduleLineShape]


class WorkingShape(Described):
    """A step, written out."""

    optimizer: dict[str, object] = Field(description="Every value in force.")
    t: int
    lr: float = Field(description="The rate in force.")
    rate: RateShape
    batch: list[int] | None = Field(description="Indices from 0 of the points seen; null for all.")
    before: dict[str, float]
    states: dict[str, dict[str, float]] = Field(description="State -> parameter -> value before the step.")
    gradient: dict[str, SlopeShape]
    lines: list[LineShape]
    after: dict[str, float]
    notes: list[str]
