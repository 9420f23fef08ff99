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
"""Significant digits of a loss, unless a request wants fewer."""

MAP_PARAMETERS = 2
"""A problem with more parameters than this needs a plane for its map."""

DIRECTIONS = ("direction 1", "direction 2")
"""The names of axes along principal directions."""

NARROWEST_DOMAIN = 1e-12
"""The least width of a domain, relative to its end farthest from 0. In a narrower one, neighbouring points of a grid
would be the same float."""

Axis = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]


def examples(*bodies: dict[str, Any]) -> ConfigDict:
    """The configuration of a model whose documentation shows `bodies` as examples."""
    return ConfigDict(json_schema_extra={"examples": [*bodies]})


class StopRules(Strict):
    """When a run stops: as soon as one of these conditions holds, or when it diverges."""

    max_steps: Annotated[int, whole_number(1, math.inf)] = Field(
        1000, description="Stop after this many steps; at most the limit of the catalog."
    )
    min_step_size: Annotated[float, real(Interval(low=0))] | None = Field(
        None,
        description="Stop when, in every parameter, both the step and the learning rate times the gradient are smaller "
        "than this; null or 0: never.",
    )
    target_loss: Annotated[float, real()] | None = Field(
        None, description="Stop when the loss over all data is at most this; null: never."
    )
    small: Annotated[Small, name_of("rule_for_small_steps", get_args(Small))] = Field(
        "step_and_gradient",
        description="What `min_step_size` is compared with. `step_and_gradient`: the step, and the learning rate times "
        "the gradient; `step`: the step alone.",
    )

    def rules(self) -> Stop:
        """These rules in the form that a run needs."""
        return Stop(self.max_steps, self.min_step_size, self.target_loss, self.small)


class Spec(Strict):
    """A problem, a start, the optimizers that run from it, and when they stop."""

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
        None, description="One number for each parameter; by default the start of the problem."
    )
    optimizers: list[AnyRun] = Field(min_length=1, description="The runs; at most as many as the catalog's limit.")
    stop: Annotated[StopRules, Nullable] = Field(default_factory=StopRules)
    seed: Annotated[int, whole_number(0, MAX_SEED)] = Field(
        0, description="The seed of the batches and the noise; runs with the same seed see the same batches."
    )

    def stop_rules(self) -> Stop:
        """The stop rules of its runs."""
        return self.stop.rules()

    def cost(self, runs: Sequence[Run]) -> float:
        """Roughly the operations of one step of everything requested. Args: runs: one for each optimizer."""
        return sum(run.cost for run in runs)

    @model_validator(mode="wrap")
    @classmethod
    def _kinds_of_problem_are_named(cls, data: Any, validate: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return validate(data)
        except ValidationError as fault:
            kinds = {"ctx": {"allowed": list(PROBLEM_MODELS)}}
            of_problem = ("missing", ("problem",))
            errors = [
                error | kinds if (error["type"], error["loc"]) == of_problem else error for error in errors_of(fault)
            ]
            raise SpecError.for_all(errors) from None


class SingleSpec(Spec):
    """A spec with exactly one optimizer."""

    model_config = examples({"problem": {"surface": "bowl"}, "optimizers": [{"name": "adam", "learning_rate": 0.1}]})

    optimizers: list[AnyRun] = Field(min_length=1, max_length=1, description="The one run.")

    @model_validator(mode="before")
    @classmethod
    def _rate_by_its_name(cls, data: Any) -> Any:
        """In `over`, rename the learning rate to `learning_rate` where it has the name that its author gives it."""
        match data:
            case {"optimizers": [{"name": str(name)}], "over": {}} if name in OPTIMIZER_MODELS:
                return {**data, "over": OPTIMIZER_MODELS[name].by_spec_names(dict(data["over"]))}
        return data


class Grid(Strict):
    """The rectangle of parameters over which the loss is evaluated, and the resolution."""

    domain: list[Axis] | None = Field(
        None, description="[low, high] for each parameter; by default the domain of the problem."
    )
    resolution: Annotated[int, whole_number(2, MAX_RESOLUTION)] = Field(128, description="Points along each side.")
    digits: Annotated[int, whole_number(3, LOSS_DIGITS)] = Field(
        LOSS_DIGITS,
        description="Significant digits of the loss. Five make a reply a quarter smaller, and the map looks the same.",
    )
    plane: Annotated[list[str], Field(min_length=2, max_length=2)] | None = Field(
        None,
        description="For a network: the two parameters that are the axes of the plane; by default the plane lies along "
        "the principal directions of the runs.",
    )
    at: list[Coordinate] | None = Field(
        None, description="For a network: the point that the plane passes through; by default the start."
    )


class LandscapeSpec(Grid, Spec):
    """A problem, and the rectangle of its parameters over which its loss is evaluated.

    For a network the rectangle lies in a plane through parameter space, along two parameters or along the principal
    directions of runs. For any other problem the runs of the spec have no effect, and may be left out.
    """

    model_config = examples({"problem": {"surface": "himmelblau"}, "domain": [[-6, 6], [-6, 6]], "resolution": 64})

    optimizers: Annotated[list[AnyRun], Nullable] = Field(
        default_factory=list, description="For a network: the runs whose principal directions the plane follows."
    )


def axis_names(parameters: Sequence[str], plane: Sequence[str] | None) -> Sequence[str]:
    """The names of the axes of a plane: its two parameters, or the principal directions.

    A plane that names an unknown parameter is refused elsewhere.
    """
    return plane if plane and set(plane) <= set(parameters) else DIRECTIONS


def checked_axes(names: Sequence[str], axes: Sequence[Sequence[float]], loc: Loc) -> tuple[Pair, ...]:
    """A rectangle of a request, with one interval for each of `names`.

    Args: loc: where the request has it, for errors. Raises: SpecError.
    """
    if len(axes) != len(names):
        raise SpecError("wrong_axes", loc, axes, names=list(names))
    for index, (low, high) in enumerate(axes):
        if not high - low > NARROWEST_DOMAIN * max(abs(low), abs(high)):
            raise SpecError("empty_interval", (*loc, index), [low, high])
    return tuple((low, high) for low, high in axes)
