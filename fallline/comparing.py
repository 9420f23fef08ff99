"""Comparing: each optimizer is tuned on each problem, all with the same budget and the same number of tries.

The result of an optimizer on a problem, with some values of its hyperparameters, is the number of gradients after which
the loss stays at the goal to the end of the budget, as the median over several starts that lie close together. (To
reach the goal only once may be luck, and so may a single start.) A run that leaves the map by more than half its size
counts as never reaching the goal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from fallline.descent import Run, Stop
from fallline.descent.evaluations import Counts
from fallline.descent.lanes import Aim, Region, ends_of_starts, one_by_one
from fallline.hyperparameters import Param
from fallline.in_parts import InParts, telling
from fallline.limits import UNLIMITED
from fallline.problems.problem import Problem
from fallline.slowness import warn_of_runs
from fallline.spec.models import Spec
from fallline.spec.plan import Plan, planning
from fallline.spec.problem_models import ProblemChoice
from fallline.spec.run_models import CatalogRun, RunChoice
from fallline.sweeps import SPACINGS, phases_with
from fallline.tuning import FIRST_STEPS, GOOD, LONGER, good_range
from fallline.types import Array

DECAYS_TRIED: Sequence[Sequence[Sequence[float]]] = (
    (),
    ((0.5, 0.8, 0.9, 0.95, 0.99, 0.999),),
    ((0.5, 0.8, 0.9, 0.95), (0.99, 0.999)),
)
"""The values to try for the decays of an optimizer, such as beta: for no decay, one, or two. Of more than two decays
the first two are tuned."""
MULTIPLE_OF_TRIES = 24
"""The number of tries is a multiple of this, so that it is the same for optimizers with no, one or two decays."""
STARTS_APART = 0.04
"""The distance from the start of the catalog to the other starts, as a share of the map's sides."""
OUTSIDE = 0.5
"""How far a run may leave the map, as a share of its sides."""
OF_A_NETWORK = 0.1
"""The goal for a network, as a share of the median loss of its starts, as its lowest loss is not known."""


@dataclass(frozen=True)
class Rules:
    """The rules of a comparison, the same for all optimizers.

    Args:
        budget: the most gradients of a run.
        tries: the number of combinations of hyperparameters that each optimizer tries on each problem.
        starts: the number of starts on each problem, odd.
        goal: the excess loss to reach, see `Posed.goal`.
        seed: of the first start.
    """

    budget: int
    tries: int
    starts: int
    goal: float
    seed: int


@dataclass(frozen=True, eq=False)
class Posed:
    """A problem with its goal and its starts, the same for all optimizers.

    Args:
        label: its name; kind: as in `Problem`.
        lowest: the lowest known loss; None for a network.
        goal: the loss at or below which a run must stay. For a surface it is `lowest` plus `Rules.goal`. For a line fit
            it is `lowest` plus that share of the excess loss at the start. For a network it is `OF_A_NETWORK` times the
            median loss of the starts.
        starts: shape (n, starts); each has its own seed.
        region: (low, high) that a run may not leave; None for a network, which has no map.
    """

    label: str
    kind: str
    lowest: float | None
    goal: float
    starts: Array
    region: Region | None


@dataclass(frozen=True, eq=False)
class Needed:
    """The gradients that one optimizer needs on one problem, with its best values.

    A gradient includes its loss. A loss without a gradient counts as one gradient, and a Hessian as many as there are
    parameters. A start that is at the goal already counts as one, so that ratios are defined.

    Args:
        gradients: the median over the starts, infinite for never; of_starts: from each start, (starts,).
        best: tuned hyperparameter -> its best value; None if no value that was tried reaches the goal.
        good: (low, high) of the learning rates that need at most twice the fewest, with the other values at their best.
        to_the_end: whether `good` reaches an end of the rates that were tried.
        tried: the number of combinations that were tried.
    """

    gradients: float
    of_starts: Array
    best: Mapping[str, float] | None
    good: tuple[float, float] | None
    to_the_end: bool
    tried: int


@dataclass(frozen=True, eq=False)
class Compared:
    """A finished comparison: `needed[i][j]` is that of optimizer i on problem j.

    Args: tuned: for each optimizer, hyperparameter -> the values tried.
    """

    rules: Rules
    optimizers: Sequence[str]
    tuned: Sequence[Mapping[str, Array]]
    problems: Sequence[Posed]
    needed: Sequence[Sequence[Needed]]


def compared(specs: Sequence[Spec], rules: Rules) -> InParts[Compared]:
    """Tune every optimizer on every problem, one after the other.

    Args: specs: one for each problem, with the same optimizers.

    Raises: SpecError; ValueError, if the lowest loss of a problem is not known.
    """
    plans: list[Plan] = []
    for spec in specs:
        plan = yield from planning(spec, UNLIMITED)
        plans.append(plan)
    posed = [_posed(plan, rules) for plan in plans]
    choices = plans[0].spec.optimizers
    axes = [tried_values(choice, rules.tries) for choice in choices]
    for choice, run in zip(choices, plans[0].runs, strict=True):
        if one_by_one(run):
            warn_of_runs(run, choice.display_name, rules.tries * rules.starts * len(plans), rules.budget)
    columns: list[list[Needed]] = []
    total = len(plans) * len(choices)
    for plan, there in zip(plans, posed, strict=True):
        columns.append([])
        for index, choice in enumerate(choices):
            tries, begun = _Tries(plan, choice, there, rules), (len(columns) - 1) * len(choices) + index
            best = tries.best_of(axes[index])
            needed = yield from telling(best, begun / total, (begun + 1) / total, tries.most_steps(axes[index]))
            columns[-1].append(needed)
    labels = list(_told_apart(choice.display_name for choice in choices))
    return Compared(rules, labels, axes, posed, [list(row) for row in zip(*columns, strict=True)])


def tried_values(choice: RunChoice, tries: int) -> dict[str, Array]:
    """Hyperparameter -> the values to try. All combinations of learning rates and decays are `tries` together.

    A hyperparameter whose value is given for an optimizer of the catalog keeps it, and is not tuned.
    """
    kept = choice.model_fields_set if isinstance(choice, CatalogRun) else frozenset()
    free = {name: param for name, param in choice.params.items() if name not in kept}
    decays = [name for name, param in free.items() if param.scale == "decay"][: len(DECAYS_TRIED) - 1]
    grids = {name: np.array(values) for name, values in zip(decays, DECAYS_TRIED[len(decays)], strict=True)}
    rate = free.get("learning_rate")
    if rate is not None and rate.min < rate.max:
        rates = _rates(rate, tries // math.prod(map(len, grids.values())))
        return {"learning_rate": rates, **grids}
    return grids


def _rates(param: Param, number: int) -> Array:
    """Learning rates from one end of the slider to the other, with equal ratios, rounded to four digits."""
    return np.array([float(f"{rate:.4g}") for rate in SPACINGS["log"](param.min, param.max, number)])


def _posed(plan: Plan, rules: Rules) -> Posed:
    problem = plan.problem
    lowest = min((minimum.loss for minimum in problem.minima), default=None)
    starts = _starts(problem, rules)
    if problem.domain:
        low, high = np.array(problem.domain, dtype=float).T
        stray = OUTSIDE * (high - low)
        region = low - stray, high + stray
    else:
        region = None
    if lowest is None and problem.domain:
        raise ValueError(f"{_label(plan.spec.problem)} has no known minimum, by which compare sets its goal")
    if lowest is None:
        losses = [problem.loss_at(tuple(start)) for start in starts.T.tolist()]
        goal = OF_A_NETWORK * float(np.median(losses))
    elif problem.kind == "line_fit":
        goal = lowest + rules.goal * (problem.loss_at(problem.start) - lowest)
    else:
        goal = lowest + rules.goal
    return Posed(_label(plan.spec.problem), problem.kind, lowest, goal, starts, region)


def _starts(problem: Problem, rules: Rules) -> Array:
    """The starts on a problem, (n, starts).

    With two parameters: the start of the catalog, and the others on an ellipse around it. With one parameter: evenly
    spaced on both sides of it. For a network: the starts of several seeds.
    """
    if not problem.domain:
        return np.array([problem.start_for(rules.seed + k) for k in range(rules.starts)]).T
    start, sides = np.array(problem.start), np.array([high - low for low, high in problem.domain])
    if len(start) == 1:
        places = np.linspace(-1.0, 1.0, rules.starts)[:, None]
    else:
        angles = 2 * math.pi * np.arange(rules.starts - 1) / max(1, rules.starts - 1)
        places = np.vstack([np.zeros(2), np.column_stack([np.cos(angles), np.sin(angles)])])
    starts: Array = (start + STARTS_APART * sides * places).T
    return starts


def _label(choice: ProblemChoice) -> str:
    """The name of a problem, which says if its data are standardised."""
    title = choice.title or choice.formula
    return f"{title[:1].upper()}{title[1:]}{', standardised' if getattr(choice, 'standardize', False) else ''}"


def _told_apart(labels: Iterator[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        yield label if seen[label] == 1 else f"{label} ({seen[label]})"


class _Tries:
    """Computes the gradients that one optimizer needs on one problem with many values of its hyperparameters."""

    def __init__(self, plan: Plan, choice: RunChoice, posed: Posed, rules: Rules) -> None:
        self.choice, self.posed, self.rules, self.problem = choice, posed, rules, plan.problem
        setup = choice.phases[0].setup
        self.drawn = setup.sees_batches(plan.problem.objective.n_points) or setup.noise > 0
        self.a_step = 1 + len(plan.problem.parameters) * setup.method.needs_hessian

    def most_steps(self, axes: Mapping[str, Array]) -> int:
        """The most steps that `best_of` takes, of all its runs together."""
        tried, along = math.prod(map(len, axes.values())), len(axes.get("learning_rate", ())) + 1
        of_each = sum(min(by, self.rules.budget) for by in self._looked_for_by()) * tried + self.rules.budget * along
        return int(of_each) * self.rules.starts // self.a_step

    def _looked_for_by(self) -> Iterator[float]:
        """Limits of gradients, growing up to infinity: values are searched within each until some reach the goal."""
        by = FIRST_STEPS
        while by < self.rules.budget:
            yield by
            by *= LONGER
        yield math.inf

    def best_of(self, axes: Mapping[str, Array]) -> InParts[Needed]:
        """Return the best values of a grid. Values that need few gradients are searched first."""
        grid = np.array([*product(*axes.values())]).T
        values, tried = dict(zip(axes, grid, strict=True)), grid.shape[1]
        for by in self._looked_for_by():
            needed = yield from self.of_starts(values, tried, by)
            medians = _median(needed)
            if np.isfinite(medians).any():
                break
        least = float(medians.min())
        if not math.isfinite(least):
            return Needed(math.inf, needed[:, 0], None, None, False, tried)
        equal = np.flatnonzero(medians == least)
        place = int(equal[len(equal) // 2])
        best = {name: float(column[place]) for name, column in values.items()}
        rates = axes.get("learning_rate", np.empty(0))
        along = {name: np.full(len(rates) + 1, value) for name, value in best.items()}
        if len(rates):
            along["learning_rate"][:-1] = rates
        # Only of the best values is the result needed from every start; others just must not need too many.
        most = np.array([*np.full(len(rates), GOOD * least), math.inf])
        needed = yield from self.of_starts(along, len(most), most)
        if not len(rates):
            return Needed(least, needed[:, -1], best, None, False, tried)
        low, high = good_range(rates, _median(needed)[:-1], best["learning_rate"], GOOD * least)
        return Needed(least, needed[:, -1], best, (low, high), low == rates[0] or high == rates[-1], tried)

    def of_starts(self, values: Mapping[str, Array], tries: int, by: float | Array) -> InParts[Array]:
        """Return the gradients to the goal from each start with each combination of values, (starts, tries).

        Args: by: results above it count as infinite; one number for all, or one for each combination.
        """
        starts = self.posed.starts
        by = np.broadcast_to(by, tries)
        if self.drawn:
            parts = []
            for k, start in enumerate(starts.T):
                lanes = np.repeat(start[:, None], tries, axis=1)
                parts.append((yield from self._needed(self._run(k), lanes, values, by)))
            return np.array(parts)
        tiled = {name: np.tile(column, starts.shape[1]) for name, column in values.items()}
        needed = yield from self._needed(
            self._run(0), np.repeat(starts, tries, axis=1), tiled, np.tile(by, starts.shape[1])
        )
        return needed.reshape(starts.shape[1], tries)

    def _run(self, k: int) -> Run:
        """The run from the k-th start, with its seed."""
        first, *changes = self.choice.phases
        stop, start = Stop(self.rules.budget // self.a_step), self.posed.starts[:, k].tolist()
        return Run(self.problem, first.setup, start, stop, self.rules.seed + k, changes)

    def _needed(self, run: Run, starts: Array, values: Mapping[str, Array], by: Array) -> InParts[Array]:
        phases, posed = phases_with(self.choice, values), self.posed
        aim = Aim(posed.goal, by, posed.region, self._spent, self.rules.budget)
        ends = yield from ends_of_starts(run, starts, phases, aim)
        needed: Array = np.where(ends.stays & np.isfinite(ends.loss), np.maximum(1, ends.below_from), np.inf)
        return needed

    def _spent(self, evaluations: Counts) -> Array:
        """The gradients used up to each row: one with its loss counts once, a Hessian once for each parameter."""
        losses, gradients, hessians = evaluations
        spent: Array = np.maximum(losses, gradients) + float(len(self.problem.parameters)) * hessians
        return spent


def _median(of_starts: Array) -> Array:
    """The median over an odd number of starts; infinite if more than half are infinite."""
    middle: Array = np.sort(of_starts, axis=0)[len(of_starts) // 2]
    return middle
