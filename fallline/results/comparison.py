"""The result of a comparison of optimizers: a table, a heat map, performance profiles, and sentences."""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from fallline.comparing import OF_A_NETWORK, OUTSIDE, STARTS_APART, Compared, Needed, Posed
from fallline.profiles import performance_ratios, shares_within
from fallline.results import display
from fallline.results.pictured import PicturedChart
from fallline.results.result import Reply, Tabular
from fallline.types import Array

_TWICE = 2.0
_KINDS = {"line_fit": "line fit", "network": "network"}
"""A kind of problem -> its name in sentences; all other kinds are called surface."""


class Profiles(PicturedChart):
    """Performance profiles. Their chart has a staircase for each optimizer.

    Args:
        names: of the optimizers.
        ratios: the gradients that each needs, divided by the fewest on the problem; infinite for never; shape
            (optimizers, problems).
        of: what the shares are shares of, such as "the 12 surfaces"; note: the text below the chart.

    Source: Dolan and Moré 2002, Benchmarking optimization software with performance profiles.
    """

    def __init__(self, names: Sequence[str], ratios: Array, of: str, note: str) -> None:
        self.names, self.ratios, self._of, self._note = list(names), ratios, of, note

    def shares(self, factors: Sequence[float] | Array) -> Array:
        """The share of the problems on which each optimizer needs at most `factors` times the fewest gradients.

        Returns: shape (optimizers, factors), from 0 to 1.
        """
        return shares_within(self.ratios, np.asarray(factors, float))

    def to_json(self) -> str:
        """The fields `of`, `optimizers` and `ratios` as JSON; a ratio is null for never."""
        fields = {"of": self._of, "optimizers": self.names, "ratios": self.ratios}
        return orjson.dumps(fields, option=orjson.OPT_SERIALIZE_NUMPY).decode()

    def _chart(self, drawing: Any) -> Any:
        return drawing.ProfileChart(self.names, self.ratios, self._of, self._note)

    def __repr__(self) -> str:
        shares = zip(self.names, self.shares([1])[:, 0], strict=True)
        return f"<Profiles over {self._of}: quickest on {', '.join(f'{name} {share:.0%}' for name, share in shares)}>"


class Comparison(Reply, PicturedChart, Tabular):
    """The gradients that optimizers need on problems, with each optimizer tuned on each problem.

    `str()` returns it in Markdown. A notebook shows it as a heat map of the gradients, tinted by their ratio to the
    fewest on the problem. `reply` has everything as plain values, with None for infinite ones.
    """

    def __init__(self, compared: Compared) -> None:
        super().__init__(_reply(compared))
        self._compared = compared

    @property
    def optimizers(self) -> list[str]:
        """The names of the optimizers."""
        return list(self._compared.optimizers)

    @property
    def problems(self) -> list[str]:
        """The names of the problems."""
        return [posed.label for posed in self._compared.problems]

    @cached_property
    def gradients(self) -> Array:
        """The gradients until the loss stays at the goal, shape (optimizers, problems); infinite for never.

        It is the median over the starts. A gradient includes its loss. A loss without a gradient counts as one
        gradient, and a Hessian as many as there are parameters.
        """
        return np.array([[needed.gradients for needed in row] for row in self._compared.needed])

    @cached_property
    def of_starts(self) -> Array:
        """The gradients from each start, with the values that are best for the median.

        Shape (optimizers, problems, starts); infinite for never.
        """
        return np.array([[needed.of_starts for needed in row] for row in self._compared.needed])

    @cached_property
    def ratios(self) -> Array:
        """`gradients` divided by the fewest that any optimizer needs on the problem; infinite for never."""
        return performance_ratios(self.gradients)

    @property
    def best(self) -> list[list[Mapping[str, float] | None]]:
        """For each optimizer and problem, the best values of what was tuned; None if the goal is not reached."""
        return [[needed.best for needed in row] for row in self._compared.needed]

    @property
    def sentence(self) -> str:
        """Which optimizers reach the goal most often, and which need at most twice the fewest gradients most often."""
        there, twice = (self._counts(factor) for factor in (math.inf, _TWICE))
        of = f"of {len(self.problems)} {self._of()}"
        if not there.any():
            return f"None stays at the goal on any {of}."
        return (
            f"{_names(self.optimizers, there)} the goal on {there.max()} {of}; "
            f"{_names(self.optimizers, twice, 'needs', 'need')} at most twice the fewest gradients on {twice.max()}."
        )

    @property
    def rules(self) -> str:
        """The rules of the comparison, in words: goal, budget, starts, and the number of values tried."""
        return " ".join(_rules(self._compared))

    @property
    def notes(self) -> list[str]:
        """Sentences for the reader: how often good values lie at an end of those tried, and which optimizers had fewer
        tries.
        """
        return list(_notes(self._compared))

    def table(self) -> dict[str, Any]:
        """A row for each optimizer and problem.

        `gradients` is the median over the starts, `least` and `most` are the extremes; infinite for never. `there` is
        the number of starts that reach the goal. Each tuned hyperparameter has a column with its best value, NaN if
        the goal is not reached or the optimizer has no such hyperparameter. `good_from` and `good_to` are the ends of
        the good learning rates, `tried` is the number of tries, and `goal` the loss to reach.
        """
        done = self._compared
        names = dict.fromkeys(name for axes in done.tuned for name in axes)
        rows = [
            {"optimizer": optimizer, "problem": posed.label, **_of_problem(posed), **_row(each, names)}
            for optimizer, row in zip(done.optimizers, done.needed, strict=True)
            for posed, each in zip(done.problems, row, strict=True)
        ]  # fmt: skip
        return {name: np.array([row[name] for row in rows]) for name in rows[0]}

    def to_csv(self, path: str | Path | None = None) -> str:
        """The `table` as CSV, with `inf` for never. Args: path: if given, the CSV is also written to this file."""
        text, table = io.StringIO(), self.table()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table)
        writer.writerows(zip(*(column.tolist() for column in table.values()), strict=True))
        if path is not None:
            Path(path).write_text(text.getvalue(), encoding="utf-8")
        return text.getvalue()

    def _chart(self, drawing: Any) -> Any:
        order = self._order()
        note = " ".join([self.sentence, self.rules, *self.notes])
        names, needed, ratios = [self.optimizers[k] for k in order], self.gradients[order].T, self.ratios[order].T
        return drawing.HeatMap("", note, self.problems, names, needed.tolist(), ratios.tolist())

    def profile(self) -> "Profiles":
        """The performance profiles: the share of problems on which an optimizer needs at most some multiple of the
        fewest gradients.
        """
        note = f"{self.rules} With other rivals the curves would be others."
        return Profiles(self.optimizers, self.ratios, f"the {len(self.problems)} {self._of()}", note)

    def __str__(self) -> str:
        order = self._order()
        heads = ["gradients", *(self.optimizers[k] for k in order)]
        rows = []
        for j, problem in enumerate(self.problems):
            cells = [_cell(self.gradients[k, j], best=self.ratios[k, j] == 1) for k in order]
            rows.append([problem, *cells])
        for name, factor in (("at the goal", math.inf), ("within twice the fewest", _TWICE)):
            counts = self._counts(factor)
            rows.append([f"*{name}*", *(f"{counts[k]} of {len(self.problems)}" for k in order)])
        lines = [f"| {' | '.join(row)} |" for row in (heads, ["---", *["---:"] * len(order)], *rows)]
        return "\n".join([self.sentence, "", *lines, "", " ".join([self.rules, *self.notes])])

    def __repr__(self) -> str:
        return f"<Comparison of {len(self.optimizers)} optimizers on {len(self.problems)} problems: {self.sentence}>"

    def _repr_html_(self) -> str:
        """For notebooks: the heat map, and the table, which can be opened."""
        return display.html_of_comparison(self._repr_svg_(), self.sentence, self.table())

    def _of(self) -> str:
        kinds = set(map(_kind, self._compared.problems))
        return f"{kinds.pop()}s" if len(kinds) == 1 else "problems"

    def _counts(self, factor: float) -> Any:
        """The number of problems on which each optimizer reaches the goal with at most `factor` times the fewest."""
        return (np.isfinite(self.ratios) & (self.ratios <= factor)).sum(axis=1)

    def _order(self) -> list[int]:
        """The indices of the optimizers, sorted by the number of problems on which they need at most twice the fewest
        gradients, then by the number of goals that they reach.
        """
        twice, there = self._counts(_TWICE), self._counts(math.inf)
        return sorted(range(len(self.optimizers)), key=lambda k: (-twice[k], -there[k], k))


def _kind(posed: Posed) -> str:
    return _KINDS.get(posed.kind, "surface")


def _of_problem(posed: Posed) -> dict[str, Any]:
    return {"kind": _kind(posed), "goal": posed.goal}


def _cell(gradients: float, *, best: bool) -> str:
    if not math.isfinite(gradients):
        return "never"
    return f"**{gradients:,.0f}**" if best else f"{gradients:,.0f}"


def _names(labels: Sequence[str], counts: Any, one: str = "stays at", many: str = "stay at") -> str:
    """The labels with the highest count, followed by the verb in singular or plural."""
    *most, last = [label for label, count in zip(labels, counts, strict=True) if count == counts.max()]
    if len(most) > 1 and len(most) + 1 == len(labels):
        return f"All {len(labels)} {many}"
    return f"{', '.join(most)} and {last} {many}" if most else f"{last} {one}"


def _row(needed: Needed, names: Mapping[str, None]) -> dict[str, Any]:
    arrived = np.isfinite(needed.of_starts)
    values = {name: math.nan if needed.best is None else needed.best.get(name, math.nan) for name in names}
    low, high = needed.good or (math.nan, math.nan)
    least, most = float(needed.of_starts.min()), float(needed.of_starts.max())
    return {
        "gradients": needed.gradients, "least": least, "most": most, "there": int(arrived.sum()), **values,
        "good_from": low, "good_to": high, "tried": needed.tried,
    }  # fmt: skip


def _rules(done: Compared) -> Iterator[str]:
    rules, kinds = done.rules, set(map(_kind, done.problems))
    goals = {
        "surface": f"on a surface within {rules.goal:g} of its lowest",
        "line fit": f"on a line fit within {100 * rules.goal:g} % of what its start lies above its lowest",
        "network": f"on a network at {100 * OF_A_NETWORK:g} % of the median loss of its starts or below",
    }
    told = ", ".join(text for kind, text in goals.items() if kind in kinds)
    yield f"Goal: the loss stays {told}, to gradient {rules.budget:,}."
    mapped = [posed for posed in done.problems if posed.region is not None]
    stray = f", or strays more than {100 * OUTSIDE:g} % of the map outside of it" if mapped else ""
    few = rules.starts // 2 + 1
    yield f"Never: on {few} or more of {rules.starts} starts it does not{stray}."
    yield "The number is the median of the starts:"
    of = [f"the catalog's and {rules.starts - 1} about it, {100 * STARTS_APART:g} % of the map away"] if mapped else []
    of += [f"those of {rules.starts} seeds of a network"] if len(mapped) < len(done.problems) else []
    yield f"{', '.join(of)}."
    yield f"Each tried {rules.tries} values of its rate and its decays on each problem."


def _notes(done: Compared) -> Iterator[str]:
    for optimizer, row in zip(done.optimizers, done.needed, strict=True):
        if row[0].tried < done.rules.tries:
            yield f"{optimizer} is held at what was given, and tried {row[0].tried}."
    edge = sum(needed.to_the_end for row in done.needed for needed in row)
    if edge:
        yield f"In {edge} of {sum(map(len, done.needed))} places the good rates reach an end of those tried."


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _reply(done: Compared) -> dict[str, Any]:
    problems = [{"label": p.label, "kind": p.kind, "lowest": p.lowest, "goal": p.goal} for p in done.problems]
    needed = [
        [
            {
                "gradients": _finite(needed.gradients), "of_starts": [*map(_finite, needed.of_starts.tolist())],
                "best": needed.best, "good": needed.good, "to_the_end": needed.to_the_end, "tried": needed.tried,
            }
            for needed in row
        ]
        for row in done.needed
    ]  # fmt: skip
    return {"rules": vars(done.rules), "optimizers": [*done.optimizers], "problems": problems, "needed": needed}
