"""One optimizer with every value in force, and from which row of a run on it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.descent.unroll import schedule_values
from app.formulas.language import Rule
from app.schedules import SCHEDULES, Schedule


@dataclass(frozen=True)
class Setup:
    """One optimizer with every value in force.

    Args:
        rule: its lines.
        learning_rate: above 0.
        values: hyperparameter -> value, for every one the rule reads.
        initial: state -> formula of its value before step 1.
        schedule, schedule_values: the factor on the learning rate.
        batch_size: points a step sees, None for all.
        sampling: `shuffle` (a new order each epoch, a last short batch as it is) or `replacement`.
        noise: standard deviation of a Gaussian added to each gradient component.
    """

    rule: Rule
    learning_rate: float
    values: Mapping[str, float] = field(default_factory=dict)
    initial: Mapping[str, str] = field(default_factory=dict)
    schedule: Schedule = SCHEDULES["constant"]
    schedule_values: Mapping[str, float] = field(default_factory=dict)
    batch_size: int | None = None
    sampling: str = "shuffle"
    noise: float = 0.0

    @property
    def known(self) -> dict[str, float]:
        """Every constant of the run by the name that the unrolled rule uses."""
        own = {"learning_rate": self.learning_rate, **self.values, **schedule_values(self.schedule_values)}
        return {text: float(value) for text, value in own.items()}


@dataclass(frozen=True)
class Phase:
    """The steps of a run from one change of its optimizer to the next.

    Args:
        after: the row after which it begins: its first step is `after` + 1; 0 for the first phase.
        setup: the optimizer with its values.
        began: the row at which this optimizer itself began, with fresh states: `t` in its rule and in its schedule is
            the step's number less `began`. Where only values were changed it is that of the phase before.
    """

    after: int
    setup: Setup
    began: int
