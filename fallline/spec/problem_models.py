"""The models of a spec's problem: a surface, an expression, the fit of a line to data, or a network."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Self, get_args

from pydantic import Field, field_validator, model_validator
from typing_extensions import TypeAliasType

from fallline.errors import SpecError, errors_of
from fallline.problems import (
    DATASETS,
    LOSSES,
    SURFACES,
    Problem,
    dataset_problem,
    expression_problem,
    line_fit_problem,
    surface_problem,
)  # fmt: skip
from fallline.problems.network import Network
from fallline.problems.network_datasets import NETWORK_DATASETS, Kind, NetworkDataset, network_problem, own_dataset
from fallline.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from fallline.problems.problem import OWN_PROBLEMS
from fallline.sentences import few_names
from fallline.spec.fields import Coordinate, OneOf, Strict, check_names, name_of, whole_number

SQUARES = "ssr"
MAX_LAYERS, MAX_NEURONS = 4, 16
"""The most hidden layers of a network, and the most neurons in each."""
MAX_PARAMETERS = 400
"""The most weights and biases of a network in total."""
MAX_INPUTS = 16
"""The most inputs of a network that learns samples of one's own."""
LossName = Annotated[str, name_of("loss", LOSSES)]


class ProblemChoice(Strict):
    """What is minimised."""

    @model_validator(mode="before")
    @classmethod
    def _known_fields_only(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            data = {key: value for key, value in data.items() if key in cls.model_fields or not _is_default(key, value)}
            check_names(data, list(cls.model_fields))
        return data

    @property
    def title(self) -> str:
        """The title of its map; empty for a formula of one's own, which is shown instead."""
        return ""

    @property
    def formula(self) -> str:
        """The loss as a formula; empty if it is a sum over data."""
        return ""

    @property
    def network_in_force(self) -> dict[str, Any] | None:
        """Every value in force of a network; None for any other problem."""
        return None

    def build(self) -> Problem:
        """The problem itself."""
        raise NotImplementedError


class SurfaceChoice(ProblemChoice):
    """A surface of the catalog."""

    surface: Annotated[str, name_of("surface", ChainMap(OWN_PROBLEMS, SURFACES))] = Field(examples=["rosenbrock"])

    @property
    def title(self) -> str:
        own = OWN_PROBLEMS.get(self.surface)
        return own.title if own else SURFACES[self.surface].label

    @property
    def formula(self) -> str:
        return "" if self.surface in OWN_PROBLEMS else SURFACES[self.surface].expression

    def build(self) -> Problem:
        return OWN_PROBLEMS.get(self.surface) or surface_problem(self.surface)


class ExpressionChoice(ProblemChoice):
    """A formula of one's own in x, or in x and y."""

    expression: str = Field(examples=["x**2 + 3*y**2"])

    @field_validator("expression")
    @classmethod
    def _parses(cls, text: str) -> str:
        expression_problem(text)
        return text

    @property
    def formula(self) -> str:
        return self.expression

    def build(self) -> Problem:
        return expression_problem(self.expression)


class _LineFit(ProblemChoice):
    loss: LossName = Field(SQUARES, description="How far the line is from the points.")
    standardize: bool = Field(
        False,
        strict=True,
        description="Scale the feature and the target to mean 0 and standard deviation 1; slope and intercept too.",
    )


class DatasetChoice(_LineFit):
    """The line fit, slope and intercept, on a data set of the catalog."""

    dataset: Annotated[str, name_of("data_set", DATASETS)] = Field(examples=["shoe_size"])

    @property
    def title(self) -> str:
        return DATASETS[self.dataset].label

    def build(self) -> Problem:
        return dataset_problem(self.dataset, self.loss, self.standardize)


class PointsChoice(_LineFit):
    """The line fit, slope and intercept, on points of one's own."""

    points: list[Annotated[list[Coordinate], Field(min_length=2, max_length=2)]] = Field(
        min_length=1, examples=[[[0.6, 1.1], [0.8, 1.2], [1.1, 2.1]]]
    )

    @property
    def title(self) -> str:
        return f"Line through {len(self.points)} point{'s' * (len(self.points) > 1)}"

    def build(self) -> Problem:
        return line_fit_problem(tuple((x, y) for x, y in self.points), self.loss, self.standardize)


class NetworkFields(Strict):
    """A small fully connected network with one output. Fields that are left out have the values that suit the data."""

    dataset: Annotated[str, name_of("data_set_of_networks", NETWORK_DATASETS)] | None = Field(
        None, description="What it learns: a data set of the catalog, or `points`.", examples=["xor"]
    )
    points: list[Annotated[list[Coordinate], Field(min_length=2, max_length=MAX_INPUTS + 1)]] | None = Field(
        None,
        min_length=1,
        description="Samples of one's own, instead of `dataset`: each is its inputs followed by its target, and all "
        "have the same length.",
        examples=[[[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]],
    )
    kind: Annotated[Kind, name_of("kind_of_targets", get_args(Kind))] | None = Field(
        None,
        description="What the targets of `points` are: the labels 0 and 1 (`classification`), or any numbers "
        "(`regression`). By default labels, if every target is 0 or 1.",
    )
    hidden: list[Annotated[int, whole_number(1, MAX_NEURONS)]] | None = Field(
        None,
        max_length=MAX_LAYERS,
        description="The number of neurons in each hidden layer, from the first on; an empty list for no hidden layer.",
    )
    activation: Annotated[str, name_of("activation", ACTIVATIONS)] | None = Field(
        None, description="The activation of the hidden neurons."
    )
    loss: Annotated[str, name_of("loss_of_networks", NETWORK_LOSSES)] | None = Field(
        None, description=" ".join(f"`{loss.name}`: {loss.summary}" for loss in NETWORK_LOSSES.values())
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        errors = [error for fault in self._wrong_points() for error in errors_of(fault)]
        if errors:
            raise SpecError.for_all(errors)
        if self.loss and NETWORK_LOSSES[self.loss].labels and self.declared.kind == "regression":
            raise SpecError("needs_labels", ("loss",), self.loss, dataset=self.declared.name)
        sizes = [len(self.declared.inputs), *(self.declared.hidden if self.hidden is None else self.hidden), 1]
        count = sum((inputs + 1) * neurons for inputs, neurons in pairwise(sizes))
        if count > MAX_PARAMETERS:
            raise SpecError("network_too_large", ("hidden",), self.hidden, limit=MAX_PARAMETERS, count=count)
        return self

    def _wrong_points(self) -> Iterator[SpecError]:
        if (self.dataset is None) == (self.points is None):
            yield SpecError("not_exactly_one", (), self.model_dump(exclude_none=True), allowed=["dataset", "points"])
        elif self.points is None:
            if self.kind is not None:
                yield SpecError("both_given", ("kind",), self.kind, other="dataset")
        else:
            names = self._own.inputs
            for index, row in enumerate(self.points):
                if len(row) != len(names) + 1:
                    of_first = few_names([*names, "y"])
                    yield SpecError("wrong_count", ("points", index), row, count=len(names) + 1, names=of_first)
                elif self.kind == "classification" and row[-1] not in (0, 1):
                    yield SpecError("not_a_label", ("points", index, len(names)), row[-1])

    @cached_property
    def _own(self) -> NetworkDataset:
        return own_dataset(tuple(map(tuple, self.points or ())), self.kind)

    @property
    def declared(self) -> NetworkDataset:
        """The data set."""
        return self._own if self.dataset is None else NETWORK_DATASETS[self.dataset]


class NetworkChoice(ProblemChoice):
    """A network on data of the catalog or of one's own. Its parameters are the weights and biases, layer by layer."""

    network: NetworkFields
    standardize: bool = Field(
        False,
        strict=True,
        description="Scale inputs, and the targets of a regression, to mean 0 and standard deviation 1.",
    )

    @property
    def title(self) -> str:
        return f"a network for {self.network.declared.label}"

    @property
    def network_in_force(self) -> dict[str, Any]:
        spec, declared, network = self.network, self.network.declared, self.build().objective
        assert isinstance(network, Network)
        return {
            "dataset": spec.dataset,
            "hidden": network.hidden,
            "activation": network.activation.name,
            "loss": network.loss.name,
            "standardized": self.standardize or declared.always_standardized,
            "label": declared.label,
            "kind": declared.kind,
            "inputs": declared.inputs,
            "target": declared.target,
            "sizes": network.sizes,
            "output": network.loss.output,
            "samples": [{"inputs": inputs, "target": target} for *inputs, target in network.points],
        }

    def build(self) -> Problem:
        spec = self.network
        hidden = None if spec.hidden is None else tuple(spec.hidden)
        return network_problem(spec.declared, hidden, spec.activation, spec.loss, self.standardize)


PROBLEM_MODELS: Mapping[str, type[ProblemChoice]] = {
    "surface": SurfaceChoice,
    "expression": ExpressionChoice,
    "dataset": DatasetChoice,
    "points": PointsChoice,
    "network": NetworkChoice,
}
"""The field that only this kind of problem has -> the model of that kind."""


def _is_default(key: str, value: Any) -> bool:
    """Whether a field that belongs to another kind of problem has its default, and so may be ignored."""
    if value is None:
        return key in PROBLEM_MODELS or key in _LineFit.model_fields
    return (key, value) == ("loss", SQUARES) or (key == "standardize" and value is False)


def _choose(value: Mapping[str, Any]) -> type[ProblemChoice]:
    named = [kind for kind in PROBLEM_MODELS if kind in value]
    kinds = [kind for kind in named if value[kind] is not None] or named
    if len(kinds) != 1:
        raise SpecError("not_exactly_one", allowed=list(PROBLEM_MODELS))
    return PROBLEM_MODELS[kinds[0]]


if TYPE_CHECKING:
    AnyProblem = ProblemChoice
else:
    one_kind = OneOf("What is minimised, of one kind.", PROBLEM_MODELS.values(), _choose)
    AnyProblem = TypeAliasType("AnyProblem", Annotated[Any, one_kind])
