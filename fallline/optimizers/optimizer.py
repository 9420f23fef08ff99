"""The declaration of an optimizer: the lines that a textbook prints, and all facts about them."""

import inspect
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fallline.hyperparameters import Param
from fallline.optimizers.method import Method
from fallline.types import InCatalog

STANDARD = "standard"
Family = Literal["descent", "momentum", "adaptive", "classical", "own"]
StepKind = Literal["gradient", "length", "both", "whole"]


@dataclass(frozen=True)
class Equal:
    """Another rule that gives the same path, once some values are converted."""

    name: str
    """The name of that rule."""
    form: str = STANDARD
    """The form of that rule."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Hyperparameter of that rule -> formula over those of this rule; the others are the same."""
    constant_rate: bool = False
    """Whether the paths are the same only while the rate in force is constant."""


@dataclass(frozen=True)
class Form:
    """An optimizer as another source writes it, such as PyTorch or Keras: its lines, over the names of the standard
    form.
    """

    label: str
    """The name for readers."""
    rule: str
    """Its lines."""
    summary: str
    """How it differs, in one sentence."""
    equals: tuple[Equal, ...] = ()
    """Rules that give the path of this form."""
    whose: str = ""
    """Who writes it so, such as `as the deck`, if the label does not say it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", inspect.cleandoc(self.rule))


@dataclass(frozen=True)
class StepLength:
    """How the length of a step depends on the learning rate, from which a landscape's suggested rate follows."""

    kind: StepKind
    """`gradient`: a step is the rate times the gradient. `length`: it is about as long as the rate. `both`: some steps
    are of either kind. `whole`: the rate is a factor on a step that has its own length.
    """
    factor: float = 1.0
    """The suggested rate as a multiple of the landscape's rate of that kind."""
    most: float = math.inf
    """The largest rate that is ever suggested."""


@dataclass(frozen=True, kw_only=True)
class Optimizer(InCatalog):
    """The declaration of one optimizer."""

    family: Family
    """The chapter of a course it belongs to."""
    intuition: str
    """How to think of it, in one sentence."""
    params: Mapping[str, Param]
    """Its hyperparameters, `learning_rate` first."""
    source: str
    """Where it was published."""
    differs: str
    """How PyTorch, Keras and Optax write it differently."""
    step_length: StepLength
    """How the length of its steps depends on the learning rate."""
    rule: str = ""
    """Lines `name = formula`. `w` is a parameter, `g` its gradient, `t` the step number from 1, `lr` the learning rate
    in force. A name read before it is assigned is a state; a name that is never assigned is a hyperparameter. The lines
    apply to each parameter by itself. Empty for an optimizer with a method of its own, such as Newton's."""
    method: type[Method] | None = None
    """The method that takes its steps, if it has no rule; its fields are the hyperparameters except `learning_rate`."""
    initial: Mapping[str, str] = field(default_factory=dict)
    """State -> formula over the hyperparameters for its value before step 1; by default 0."""
    forms: Mapping[str, Form] = field(default_factory=dict)
    """Further forms of the same optimizer, by name."""
    equals: tuple[Equal, ...] = ()
    """Rules that give the path of this one."""
    whose: str = ""
    """Who writes it in these lines, if it has forms."""
    batch_size: int | None = None
    """The number of points that a step uses; null for all."""
    own: bool = False
    """Whether it is code of one's own, in the catalog of this process only."""
    rate_name: str = "learning_rate"
    """Its author's name for the learning rate; a spec may use that name, too."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", inspect.cleandoc(self.rule))

    @property
    def needs_sampling(self) -> bool:
        """Whether it needs a batch of data or noise to differ from gradient descent."""
        return self.batch_size is not None

    def text(self, form: str = STANDARD) -> str:
        """The lines of one form.

        Raises:
            KeyError: there is no form of this name.
        """
        return self.rule if form == STANDARD else self.forms[form].rule
