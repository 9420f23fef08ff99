"""A step, written out: its gradient, and each line of the rule with its numbers."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from app.api.response_models import Number, ResponseModel
from app.api.response_models.runs import NoticeOut


class EvaluationOut(ResponseModel):
    """A formula with its numbers."""

    value: float | None = Field(description="As it ran, to the last bit.")
    substituted: str | None = Field(
        description="Its text with every number in full, which computes `value` again; null where a number in it is "
        "not finite, or where it is too long to read. A `where` computes only the side that it takes, as Python's "
        "`yes if a > b else no` does, and the other need not have a value."
    )
    latex: str | None = Field(
        description="The formula with its numbers rounded to at most 4 significant digits; null where it is too long "
        "for that."
    )
    value_latex: str = Field(description="The value, rounded.")


class FormulaOut(ResponseModel):
    """A formula in symbols."""

    formula: str = Field(description="As text of the language.")
    latex: str | None = Field(description="Null where it is too long to print.")


class ScheduleLineOut(ResponseModel):
    """One line of a schedule, which is the same for every parameter."""

    name: str
    formula: str
    latex: str | None
    filled: EvaluationOut


class RateInForceOut(EvaluationOut):
    """The learning rate in force, with how it is computed."""

    schedule: str = Field(description="Its name.")
    label: str = Field(description="As a person reads it.")
    learning_rate: Number = Field(description="The hyperparameter.")
    factor: Number = Field(description="What it was multiplied by.")
    lines: list[ScheduleLineOut] = Field(description="The schedule's own, the last of which assigns the factor.")


class TermOut(EvaluationOut):
    """The term of one data point in a component of the gradient."""

    point: int = Field(description="Its index, from 0.")
    residual: EvaluationOut = Field(description="Target minus prediction.")
    chain: EvaluationOut = Field(
        description="The value of the term as a product, d loss / d residual times d residual / d parameter."
    )
    formula: str | None = Field(description="With the data put in, in the parameters; null where the points are many.")
    formula_latex: str | None = Field(
        description="With the data put in, in the parameters; null where the points are many."
    )


class ChainOut(ResponseModel):
    """The chain rule for one parameter, in symbols: for every point i, or for the one point seen."""

    residual: FormulaOut = Field(description="Of one point, in the parameters and the data.")
    loss: FormulaOut = Field(description="Of one point, in its residual.")
    outer: FormulaOut = Field(description="The derivative of the loss by the residual.")
    inner: FormulaOut = Field(description="The derivative of the residual by the parameter.")
    product: FormulaOut = Field(description="Of the two, what one point adds.")
    divisor: int | None = Field(description="By which the sum of the products is divided, null where it is not.")
    loss_latex: str | None = Field(description="The loss of all points seen, of which B is the batch.")
    residual_latex: str | None = Field(description="U of point i.")
    rule_latex: str = Field(description="The rule before anything is differentiated.")
    product_latex: str | None = Field(description="After, the component as a sum.")


class ComponentOut(EvaluationOut):
    """One component of the gradient that a step uses."""

    formula: str | None = Field(description="Of the component, null where it is too long to read.")
    formula_latex: str | None = Field(description="Of the component, null where it is too long to read.")
    clean: Number = Field(description="The value without the noise.")
    noise: Number | None = Field(description="What was added to it, null where nothing was.")
    terms: list[TermOut] | None = Field(description="Over data, one for each point of the batch.")
    chain: ChainOut | None = Field(description="Over data, the rule that the terms follow.")


class LineOut(ResponseModel):
    """One line of a rule."""

    name: str = Field(description="What it assigns.")
    formula: str = Field(description="Its right side as text.")
    latex: str | None = Field(description="The line whole.")
    shared: bool = Field(description="Whether it is the same for every parameter.")
    values: dict[str, EvaluationOut] = Field(description="Parameter -> the formula with its numbers.")


class EquationOut(EvaluationOut):
    """A named value with its numbers."""

    name: str = Field(description="What it computes.")
    formula_latex: str | None = Field(description="The whole equation in symbols, null where it is too long to read.")


class ForwardLayerOut(ResponseModel):
    """The equations of a layer for one sample, one for each neuron."""

    preactivation: list[EquationOut]
    activation: list[EquationOut]


class SampleOut(ResponseModel):
    """The forward pass of one sample."""

    index: int = Field(description="Among all.")
    input: list[Number] = Field(description="Its features.")
    layers: list[ForwardLayerOut] = Field(description="From the first hidden one to the output.")
    output: Number = Field(description="Of the network.")
    target: Number = Field(description="What it should be.")
    error: EquationOut = Field(description="Its loss.")


class DeltaOut(EquationOut):
    """The derivative of one sample's loss in one neuron's pre-activation: the product of two."""

    sample: int = Field(description="Its index.")
    neuron: int = Field(description="Counted from 1.")
    local_derivative: EquationOut = Field(description="Of the activation in the pre-activation.")
    from_above: EquationOut = Field(
        description="Of the loss in the activation. Under cross-entropy it is not finite where the output rounds to 0 "
        "or 1; delta is finite there, as its formula is the simplified product."
    )


class BackwardLayerOut(ResponseModel):
    """The backward pass through a layer."""

    layer: int = Field(description="Counted from 1.")
    delta: list[DeltaOut] = Field(description="For each sample that is written out, and each neuron.")
    gradient: dict[str, EquationOut] = Field(
        description="Parameter -> the mean over all samples of delta times the activation before the layer."
    )


class StepOut(ResponseModel):
    """A step, written out."""

    optimizer: dict[str, Any] = Field(description="The one that takes it, every value in force.")
    samples: list[SampleOut] | None = Field(description="The forward pass of those seen.")
    more_samples: int = Field(description="How many are not written out.")
    backward: list[BackwardLayerOut] | None = Field(description="The layers from the output to the first.")
    t: int = Field(description="Its number, from 1.")
    lr: Number = Field(description="The rate in force.")
    rate: RateInForceOut = Field(description="How it is computed.")
    batch: list[int] | None = Field(description="The indices from 0 of the points seen, null for all.")
    before: dict[str, Number] = Field(description="Parameter -> value on both sides.")
    states: dict[str, dict[str, Number]] = Field(description="State -> parameter -> value before the step.")
    gradient: dict[str, ComponentOut] = Field(description="Parameter -> the component used.")
    lines: list[LineOut] = Field(description="The lines of the rule, in order.")
    after: dict[str, Number] = Field(description="Parameter -> value on both sides.")
    notes: list[str] = Field(description="Sentences for the reader.")
    notices: list[NoticeOut] = Field(description="These sentences as codes and values.")
