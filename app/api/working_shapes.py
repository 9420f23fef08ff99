"""The shape of the working of a step, for its description only."""

from __future__ import annotations

from pydantic import Field

from app.api.shapes import Described


class FilledShape(Described):
    """A formula with its numbers."""

    value: float | None = Field(description="As it ran, to the last bit; null where it is not a finite number.")
    substituted: str | None = Field(
        description=(
            "The formula with every number in full: it computes `value` again. A `where` computes only the side that "
            "it takes, as Python's `yes if a > b else no` does; the other need not have a value."
        )
    )
    latex: str | None = Field(description="The same, rounded to 4 significant digits; null where too long to read.")
    value_latex: str = Field(description="The value, rounded.")


class TextShape(Described):
    """A formula."""

    formula: str
    latex: str | None = Field(description="Null where it is too long to print.")


class ChainShape(Described):
    """The chain rule for one parameter, in symbols: `residual` is U of point i."""

    residual: TextShape = Field(description="Of one point, in the parameters and the data.")
    loss: TextShape = Field(description="Of one point, in its residual.")
    outer: TextShape = Field(description="The derivative of the loss by the residual.")
    inner: TextShape = Field(description="The derivative of the residual by the parameter.")
    product: TextShape = Field(description="Of the two: what one point adds.")
    divisor: int | None = Field(description="By which the sum of the products is divided; null: it is not.")
    loss_latex: str | None = Field(description="The loss of all points seen; B is the batch.")
    residual_latex: str | None
    rule_latex: str = Field(description="The rule before anything is differentiated.")
    product_latex: str | None = Field(description="After: the component as a sum of products.")


class TermShape(FilledShape):
    """What one data point adds to a component of the gradient."""

    point: int = Field(description="Its index, from 0.")
    residual: FilledShape = Field(description="Target minus prediction.")
    chain: FilledShape = Field(description="The same value as the product that the chain rule makes of the residual.")
    formula: str | None = Field(description="With the data put in, in the parameters; null beyond 8 points.")
    formula_latex: str | None


class SlopeShape(FilledShape):
    """One component of the gradient used."""

    formula: str | None
    formula_latex: str | None
    clean: float = Field(description="Without the noise.")
    noise: float | None
    terms: list[TermShape] | None = Field(description="Over data: one for each point of the batch.")
    chain: ChainShape | None = Field(description="Over data: the rule that the terms follow.")


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
