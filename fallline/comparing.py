"""Comparing: each optimizer tuned on each problem, all with one budget and equally many tries.

What an optimizer needs on a problem, with some values of its hyperparameters, is the median over several starts, a
little apart, of the gradients after which the loss stays at the goal to the end of the budget: first coming there may
be luck, and so may one start. Whoever strays further than half a map outside of it counts as never there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product, repeat
from typing import Any

import numpy as np

from fallline.descent import Run, Stop
from fallline.descent.lanes import Region, ends_of_starts, one_at_a_time
from fallline.descent.rows import Block
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
"""The values tried of an optimizer's decays, such as beta, by how many it has; of more the first two are tuned."""
MULTIPLE_OF_TRIES = 24
"""Tries are a multiple of this, so that each optimizer has exactly as many, however they are spread."""
STARTS_APART = 0.04
"""From the start of the catalog to the others, as a share of the map's sides."""
OUTSIDE = 0.5
"""How far outside of the map a run may stray, as a share of its sides."""
_ROWS = 64
"""Looked at at once of a run that is made alone."""
OF_A_NETWORK = 0.1
"""The goal of a network: a share of the median loss of its starts, as no one knows its lowest."""


@dataclass(frozen=True)
class Rules:
    """What holds for all that are compared.

    Args:
        budget: gradients that a run may take; tries: values of the hyperparameters that each optimizer tries on each
            problem; starts: of each problem, an odd number; goal: as `Posed.goal` says; seed: of the first start.
    """

    budget: int
    tries: int
    starts: int
    goal: float
    seed: int


@dataclass(frozen=True, eq=False)
class Posed:
    """A problem as all optimizers are given it.

    Args:
        label: what it is called; kind: of `Problem`.
        lowest: its lowest loss that is known, None of a network.
        goal: the loss at or below which a run must stay. Of a surface `Rules.goal` above the lowest; of a line fit
            that share of what its start lies above the lowest; of a network `OF_A_NETWORK` of its starts' median loss.
        starts: (n, starts), each with a seed of its own.
        region: what a run may not leave; None of a network, which has no map.
    """

    label: str
    kind: str
    lowest: float | None
    goal: float
    starts: Array
    region: Region | None


@dataclass(frozen=True, eq=False)
class Needed:
    """What one optimizer needs on one problem, with the values that are best for it.

    A gradient comes with its loss; a method that asks for losses alone spends one for each, and a Hessian is as many as
    there are parameters. A start that is at the goal already needs one, so that ratios have a meaning.

    Args:
        gradients: the median over the starts, infinite where it is never there; of_starts: of each, (starts,).
        best: hyperparameter -> its value, of those tuned; None where none that was tried is ever there.
        good: from which learning rate to which, the others at their best, it needs at most twice as many.
        to_the_end: whether `good` reaches an end of the rates that were tried.
        tried: how many values.
    """

    gradients: float
    of_starts: Array
    best: Mapping[str, float] | None
    good: tuple[float, float] | None
    to_the_end: bool
    tried: int


@dataclass(frozen=True, eq=False)
class Compared:
    """What each optimizer needs on each problem: `needed[i][j]`, of optimizer i on problem j."""

    rules: Rules
    optimizers: Sequence[str]
    tuned: Sequence[Mapping[str, Array]]
    problems: Sequence[Posed]
    needed: Sequence[Sequence[Needed]]


def compared(specs: Sequence[Spec], rules: Rules) -> InParts[Compared]:
    """Tune every optimizer on every problem, one after the other.

    Args: specs: one for each problem, with the same optimizers.

    Raises: SpecError; ValueError, nothing is known of the lowest loss of a problem.
    """
    plans: list[Plan] = []
    for spec in specs:
        plan = yield from planning(spec, UNLIMITED)
        plans.append(plan)
    posed = [_posed(plan, rules) for plan in plans]
    choices = plans[0].spec.optimizers
    axes = [tried_values(choice, rules.tries) for choice in choices]
    for choice, run in zip(choices, plans[0].runs, strict=True):
        if one_at_a_time(run):
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
    """Hyperparameter -> the values tried of it, `tries` in all: rates as their slider runs, times those of the decays.

    A value that is given of an optimizer of the catalog stays as it is, and is not among them.
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
    """So many rates from one end of the slider to the other, of four digits each."""
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
    """Of a map the start of the catalog, and as many as there are more on an ellipse around it, or to both sides of a
    single parameter; of a network those of the seeds.
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
    """What a problem is called, and whether its data are standardised."""
    title = choice.title or choice.formula
    return f"{title[:1].upper()}{title[1:]}{', standardised' if getattr(choice, 'standardize', False) else ''}"


def _told_apart(labels: Iterator[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        yield label if seen[label] == 1 else f"{label} ({seen[label]})"


class _Tries:
    """What one optimizer needs on one problem with many values."""

    def __init__(self, plan: Plan, choice: RunChoice, posed: Posed, rules: Rules) -> None:
        self.choice, self.posed, self.rules, self.problem = choice, posed, rules, plan.problem
        setup = choice.phases[0].setup
        self.drawn = setup.sees_batches(plan.problem.objective.n_points) or setup.noise > 0
        self.alone = "sweep" in setup.method.refuses()
        self.a_step = 1 + len(plan.problem.parameters) * setup.method.needs_hessian

    def most_steps(self, axes: Mapping[str, Array]) -> int:
        """The steps that the best of a grid takes at the most, of all its runs together."""
        tried, along = math.prod(map(len, axes.values())), len(axes.get("learning_rate", ())) + 1
        of_each = sum(min(by, self.rules.budget) for by in self._looked_for_by()) * tried + self.rules.budget * along
        return int(of_each) * self.rules.starts // self.a_step

    def _looked_for_by(self) -> Iterator[float]:
        """Gradients within which values are looked for, one after the other, until there are any."""
        by = FIRST_STEPS
        while by < self.rules.budget:
            yield by
            by *= LONGER
        yield math.inf

    def best_of(self, axes: Mapping[str, Array]) -> InParts[Needed]:
        """Return the best of a grid. Values that need few gradients are looked for first."""
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
        # Of the best alone it matters how late others are.
        most = np.array([*np.full(len(rates), GOOD * least), math.inf])
        needed = yield from self.of_starts(along, len(most), most)
        if not len(rates):
            return Needed(least, needed[:, -1], best, None, False, tried)
        low, high = good_range(rates, _median(needed)[:-1], best["learning_rate"], GOOD * least)
        return Needed(least, needed[:, -1], best, (low, high), low == rates[0] or high == rates[-1], tried)

    def of_starts(self, values: Mapping[str, Array], tries: int, by: float | Array) -> InParts[Array]:
        """Return the gradients to the goal from each start with each of so many values, (starts, tries).

        Args: by: those that need more count as infinite; one for all, or one for each of the values.
        """
        starts = self.posed.starts
        by = np.broadcast_to(by, tries)
        if self.alone:
            return (yield from self._one_by_one(values, by))
        if self.drawn:
            parts = []
            for k, start in enumerate(starts.T):
                lanes = np.repeat(start[:, None], tries, axis=1)
                parts.append((yield from self._side_by_side(self._run(k), lanes, values, by)))
            return np.array(parts)
        tiled = {name: np.tile(column, starts.shape[1]) for name, column in values.items()}
        found = yield from self._side_by_side(
            self._run(0), np.repeat(starts, tries, axis=1), tiled, np.tile(by, starts.shape[1])
        )
        return found.reshape(starts.shape[1], tries)

    def _run(self, k: int, values: Mapping[str, Any] | None = None) -> Run:
        """The run from the k-th start, with its seed."""
        first, *changes = phases_with(self.choice, values or {})
        stop, start = Stop(self.rules.budget // self.a_step), self.posed.starts[:, k].tolist()
        return Run(self.problem, first.setup, start, stop, self.rules.seed + k, changes)

    def _side_by_side(self, run: Run, starts: Array, values: Mapping[str, Array], by: Array) -> InParts[Array]:
        phases, posed = phases_with(self.choice, values), self.posed
        ends = yield from ends_of_starts(run, starts, phases, posed.goal, by / self.a_step, posed.region)
        there = (ends.below_from <= ends.n_steps) & np.isfinite(ends.loss)
        found: Array = np.where(there, np.maximum(1, ends.below_from) * self.a_step, np.inf)
        return found

    def _one_by_one(self, values: Mapping[str, Array], by: Array) -> InParts[Array]:
        """The same, one run after the other, of a method that steps one point alone."""
        found = np.full((self.posed.starts.shape[1], len(by)), np.inf)
        for k, at in np.ndindex(found.shape):
            run = self._run(k, {name: float(column[at]) for name, column in values.items()})
            found[k, at] = yield from self._of_run(run, float(by[at]))
        return found

    def _of_run(self, run: Run, by: float) -> InParts[float]:
        """Return what one run takes until it stays at the goal; infinite where it never does, or not `by` then."""
        posed, there = self.posed, math.inf
        for block in run.blocks(repeat(run.rows_a_block(_ROWS))):
            spent = _spent(block, len(run.start))
            inside = spent <= self.rules.budget
            spent, w, above = spent[inside], block.parameters.T[inside], ~(block.loss[inside] <= posed.goal)
            if posed.region is not None and ((w < posed.region[0]) | (w > posed.region[1])).any():
                return math.inf
            last = np.flatnonzero(above)[-1:]
            if last.size:
                if spent[last[0]] >= by:
                    return math.inf
                there = float(spent[last[0] + 1]) if last[0] + 1 < len(spent) else math.inf
            elif spent.size and math.isinf(there):
                there = float(spent[0])
            if block.end and block.end.reason in ("diverged", "fault"):
                return math.inf
            if not inside.all():
                break
            yield len(block.learning_rate)
        return max(1.0, there) if there <= by else math.inf


def _spent(block: Block, parameters: int) -> Array:
    """What each row has taken: a gradient with its loss counts once, a Hessian as one gradient a parameter."""
    losses, gradients, hessians = block.evaluations
    spent: Array = np.maximum(losses, gradients) + float(parameters) * hessians
    return spent


def _median(of_starts: Array) -> Array:
    """Of an odd number of starts; infinite where it is so for more than half."""
    middle: Array = np.sort(of_starts, axis=0)[len(of_starts) // 2]
    return middle
