"""What comes of comparing optimizers: a table, a heat map, performance profiles, and what they say."""

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
from fallline.results.result import Tabular
from fallline.types import Array

_TWICE = 2.0
_KINDS = {"line_fit": "line fit", "network": "network"}
"""How a kind of problem is called; all others are surfaces."""


class Profiles(PicturedChart):
    """Performance profiles. Their chart has a staircase for each.

    Args:
        names: of the optimizers; ratios: what each needs over the fewest, (optimizers, problems), infinite for never.
        of, note: what the shares are of, and what stands below the chart.

    Source: Dolan and Moré 2002, Benchmarking optimization software with performance profiles.
    """

    def __init__(self, names: Sequence[str], ratios: Array, of: str, note: str) -> None:
        self.names, self.ratios, self._of, self._note = list(names), ratios, of, note

    def shares(self, factors: Sequence[float] | Array) -> Array:
        """On which share of the problems each needs at most so many times the fewest, (optimizers, factors)."""
        return shares_within(self.ratios, np.asarray(factors, float))

    def to_json(self) -> str:
        """Its names and ratios as JSON, with what the shares are of; null for never."""
        fields = {"of": self._of, "optimizers": self.names, "ratios": self.ratios}
        return orjson.dumps(fields, option=orjson.OPT_SERIALIZE_NUMPY).decode()

    def _chart(self, drawing: Any) -> Any:
        return drawing.ProfileChart(self.names, self.ratios, self._of, self._note)

    def __repr__(self) -> str:
        shares = zip(self.names, self.shares([1])[:, 0], strict=True)
        return f"<Profiles over {self._of}: quickest on {', '.join(f'{name} {share:.0%}' for name, share in shares)}>"


class Comparison(PicturedChart, Tabular):
    """What optimizers need on problems, each tuned on each: by `str()` in Markdown, in a notebook as a heat map.

    The heat map has the gradients of each on each problem, tinted by how many times the fewest they are.

    `reply` has all of it as plain values, with None for what is infinite.
    """

    def __init__(self, compared: Compared) -> None:
        super().__init__(_reply(compared))
        self._compared = compared

    @property
    def optimizers(self) -> list[str]:
        """What the optimizers are called."""
        return list(self._compared.optimizers)

    @property
    def problems(self) -> list[str]:
        """What the problems are called."""
        return [posed.label for posed in self._compared.problems]

    @cached_property
    def gradients(self) -> Array:
        """What each needs until the loss stays at the goal, infinite for never, shape (optimizers, problems).

        The median over the starts. A gradient comes with its loss; a method that asks for losses alone spends one for
        each, and a Hessian is as many as there are parameters.
        """
        return np.array([[each.gradients for each in row] for row in self._compared.needed])

    @cached_property
    def of_starts(self) -> Array:
        """The same of each start with the values that are best for the median, (optimizers, problems, starts)."""
        return np.array([[each.of_starts for each in row] for row in self._compared.needed])

    @cached_property
    def ratios(self) -> Array:
        """The same as `gradients`, over the fewest that any needs on that problem; infinite for never."""
        return performance_ratios(self.gradients)

    @property
    def best(self) -> list[list[Mapping[str, float] | None]]:
        """Of each optimizer on each problem the values of what was tuned; None where it is never there."""
        return [[each.best for each in row] for row in self._compared.needed]

    @property
    def sentence(self) -> str:
        """Who is there most often, and who needs at most twice the fewest gradients most often."""
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
        """What was asked of all of them, in words: goal, budget, starts and what was tried."""
        return " ".join(_rules(self._compared))

    @property
    def notes(self) -> list[str]:
        """What a reader must know: where what was tried may have ended too early, and whose tries were fewer."""
        return list(_notes(self._compared))

    def table(self) -> dict[str, Any]:
        """A row for each optimizer on each problem: `gradients` (the median; infinite for never), `least` and `most` of
        the starts, how many of them are `there`, the values of all that was tuned (NaN where that is never there or
        not one of its own), from which rate to which it is good, and the `goal`.
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
        """The `table` as CSV, with `inf` for never; also written to a file where there is a path."""
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
        """The performance profiles: on which share of the problems each needs at most so many times the fewest."""
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
        """For notebooks: the heat map, and behind it the table."""
        return display.html_of_comparison(self._repr_svg_(), self.sentence, self.table())

    def _of(self) -> str:
        kinds = set(map(_kind, self._compared.problems))
        return f"{kinds.pop()}s" if len(kinds) == 1 else "problems"

    def _counts(self, factor: float) -> Any:
        """On how many problems each is there with at most so many times the fewest."""
        return (np.isfinite(self.ratios) & (self.ratios <= factor)).sum(axis=1)

    def _order(self) -> list[int]:
        """The optimizers, those first that are within twice the fewest on more problems, then those at more goals."""
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
    """Those with the most, and what they do."""
    *most, last = [label for label, count in zip(labels, counts, strict=True) if count == counts.max()]
    if len(most) > 1 and len(most) + 1 == len(labels):
        return f"All {len(labels)} {many}"
    return f"{', '.join(most)} and {last} {many}" if most else f"{last} {one}"


def _row(each: Needed, names: Mapping[str, None]) -> dict[str, Any]:
    there = np.isfinite(each.of_starts)
    values = {name: math.nan if each.best is None else each.best.get(name, math.nan) for name in names}
    low, high = each.good or (math.nan, math.nan)
    least, most = float(each.of_starts.min()), float(each.of_starts.max())
    return {
        "gradients": each.gradients, "least": least, "most": most, "there": int(there.sum()), **values,
        "good_from": low, "good_to": high, "tried": each.tried,
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
    edge = sum(each.to_the_end for row in done.needed for each in row)
    if edge:
        yield f"In {edge} of {sum(map(len, done.needed))} places the good rates reach an end of those tried."


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _reply(done: Compared) -> dict[str, Any]:
    problems = [{"label": p.label, "kind": p.kind, "lowest": p.lowest, "goal": p.goal} for p in done.problems]
    needed = [
        [
            {
                "gradients": _finite(each.gradients), "of_starts": [*map(_finite, each.of_starts.tolist())],
                "best": each.best, "good": each.good, "to_the_end": each.to_the_end, "tried": each.tried,
            }
            for each in row
        ]
        for row in done.needed
    ]  # fmt: skip
    return {"rules": vars(done.rules), "optimizers": [*done.optimizers], "problems": problems, "needed": needed}
