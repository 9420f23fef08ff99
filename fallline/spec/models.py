"""The models of requests: a spec, a landscape, and the other keys of a page's address."""

import math
from collections.abc import Sequence
from typing import Annotated, Any, Self, get_args

from pydantic import ConfigDict, Field, ModelWrapValidatorHandler, ValidationError, model_validator

from fallline.descent import Run, Stop
from fallline.descent.stops import Small
from fallline.errors import Loc, SpecError, errors_of
from fallline.hyperparameters import Interval
from fallline.spec.fields import MAX_SEED, Coordinate, Nullable, Strict, name_of, real, whole_number
from fallline.spec.problem_models import PROBLEM_MODELS, AnyProblem
from fallline.spec.run_models import OPTIMIZER_MODELS, AnyRun
from fallline.types import Pair

MAX_RESOLUTION = 256
LOSS_DIGITS = 7
"""Significant digits of a loss unless fewer are asked for."""

MAP_PARAMETERS = 2
"""The most parameters of a problem that a map shows without a plane."""

DIRECTIONS = ("direction 1", "direction 2")
"""What the axes along principal directions are called."""

NARROWEST_DOMAIN = 1e-12
"""The least width of a domain against its distance from 0: below it neighbouring points are the same float."""

Axis = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]


def examples(*bodies: dict[str, Any]) -> ConfigDict:
    """The configuration of a model that shows `bodies` in the documentation."""
    return ConfigDict(json_schema_extra={"examples": [*bodies]})


class StopRules(Strict):
    """When a run ends: at the first of these, or when it diverges."""

    max_steps: Annotated[int, whole_number(1, math.inf)] = Field(
        1000, description="After this many steps, at most the catalog's limit."
    )
    min_step_size: Annotated[float, real(Interval(low=0))] | None = Field(
        None,
        description="When both the step and rate times gradient are smaller in every parameter; null or 0: off.",
    )
    target_loss: Annotated[float, real()] | None = Field(
        None, description="When the loss over all data is at or below it; null: off."
    )
    small: Annotated[Small, name_of("rule_for_small_steps", get_args(Small))] = Field(
        "step_and_gradient",
        description="What min_step_size watches; `step`: the step alone, whatever the gradient and the rate.",
    )

    def rules(self) -> Stop:
        """These rules as a run takes them."""
        return Stop(self.max_steps, self.min_step_size, self.target_loss, self.small)


class Spec(Strict):
    """A problem, a start, the optimizers that set off from it, and when they stop."""

    model_config = examples(
        {
            "problem": {"surface": "rosenbrock"},
            "start": [-1.5, 2.0],
            "optimizers": [
                {"name": "adam", "learning_rate": 0.05},
                {
                    "name": "gd",
                    "learning_rate": 0.001,
                    "schedule": {"name": "exponential", "decay": 0.99},
                    "label": "decayed",
                },
                {
                    "rule": "m = beta*m + (1 - beta)*g\nw = w - lr*m",
                    "learning_rate": 0.01,
                    "beta": 0.9,
                    "label": "mine",
                },
            ],
            "stop": {"max_steps": 200, "min_step_size": 0.0001},
            "seed": 0,
        }
    )

    problem: AnyProblem
    start: list[Coordinate] | None = Field(
        None, description="One number for each parameter; by default the problem's own."
    )
    optimizers: list[AnyRun] = Field(min_length=1, description="The runs, at most the catalog's limit of them.")
    stop: Annotated[StopRules, Nullable] = Field(default_factory=StopRules)
    seed: Annotated[int, whole_number(0, MAX_SEED)] = Field(
        0, description="Of the batches and the noise; runs with one seed see the same batches."
    )

    def stop_rules(self) -> Stop:
        """Those of its runs."""
        return self.stop.rules()

    def cost(self, runs: Sequence[Run]) -> float:
        """Operations of a step of all that is asked for, about. Args: runs: one for each of the optimizers."""
        return sum(run.cost for run in runs)

    @model_validator(mode="wrap")
    @classmethod
    def _kinds_of_problem_are_named(cls, data: Any, validate: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return validate(data)
        except ValidationError as fault:
            kinds = {"ctx": {"allowed": list(PROBLEM_MODELS)}}
            of_problem = ("missing", ("problem",))
            errors = [each | kinds if (each["type"], each["loc"]) == of_problem else each for each in errors_of(fault)]
            raise SpecError.for_all(errors) from None


class SingleSpec(Spec):
    """A spec with exactly one optimizer."""

    model_config = examples({"problem": {"surface": "bowl"}, "optimizers": [{"name": "adam", "learning_rate": 0.1}]})

    optimizers: list[AnyRun] = Field(min_length=1, max_length=1, description="The one run.")

    @model_validator(mode="before")
    @classmethod
    def _rate_by_its_name(cls, data: Any) -> Any:
        """Where `over` has the learning rate by the name of its author, put it under that of a spec."""
        match data:
            case {"optimizers": [{"name": str(name)}], "over": {}} if name in OPTIMIZER_MODELS:
                return {**data, "over": OPTIMIZER_MODELS[name].by_spec_names(dict(data["over"]))}
        return data


class Grid(Strict):
    """The rectangle of the parameters over which a loss is wanted, and how finely."""

    domain: list[Axis] | None = Field(None, description="[low, high] for each parameter; by default the problem's own.")
    resolution: Annotated[int, whole_number(2, MAX_RESOLUTION)] = Field(128, description="Points along each side.")
    digits: Annotated[int, whole_number(3, LOSS_DIGITS)] = Field(
        LOSS_DIGITS, description="Significant digits of the loss; five weigh a quarter less and draw the same map."
    )
    plane: Annotated[list[str], Field(min_length=2, max_length=2)] | None = Field(
        None, description="Of a network: the two parameters along which its plane lies; by default those of its runs."
    )
    at: list[Coordinate] | None = Field(
        None, description="Of a network: the point that its plane goes through; by default the start."
    )


class LandscapeSpec(Grid, Spec):
    """A problem, and the rectangle of its parameters over which its loss is wanted.

    Of a network it is a plane through its parameters, along two of them or along the principal directions of runs;
    of any other problem the runs of the spec do not matter, and it may have none.
    """

    model_config = examples({"problem": {"surface": "himmelblau"}, "domain": [[-6, 6], [-6, 6]], "resolution": 64})

    optimizers: Annotated[list[AnyRun], Nullable] = Field(
        default_factory=list, description="Of a network: the runs that its plane shows."
    )


def axis_names(parameters: Sequence[str], plane: Sequence[str] | None) -> Sequence[str]:
    """What the axes of a plane are called; where it is along what is no parameter, that is refused elsewhere."""
    return plane if plane and set(plane) <= set(parameters) else DIRECTIONS


def checked_axes(names: Sequence[str], axes: Sequence[Sequence[float]], loc: Loc) -> tuple[Pair, ...]:
    """The rectangle at a place of a request, one of `names` along each axis. Raises: SpecError."""
    if len(axes) != len(names):
        raise SpecError("wrong_axes", loc, axes, names=list(names))
    for index, (low, high) in enumerate(axes):
        if not high - low > NARROWEST_DOMAIN * max(abs(low), abs(high)):
            raise SpecError("empty_interval", (*loc, index), [low, high])
    return tuple((low, high) for low, high in axes)
