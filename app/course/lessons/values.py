"""What the expressions of a lesson may say: its figures by name, other runs, and how numbers are printed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from app.course.questions import steps_below, steps_to
from app.server.settings import Settings
from fallline.descent import Block
from fallline.drawing.number_text import MINUS, place_text, value_text
from fallline.in_parts import whole
from fallline.pictures import routes_of
from fallline.problems.grid import axis, rows_on_grid
from fallline.problems.network import Network
from fallline.problems.objective import Objective
from fallline.spec.models import Spec
from fallline.spec.page import PageKeys, check_shown, read_keys
from fallline.spec.plan import planning
from fallline.spec.query import located_in_address, query_to_spec
from fallline.working.network_working import sample_values

BATCHES = 1000
"""Drawn to measure how far they lie apart."""

EXPRESSION = re.compile(r"\{\{ (.+?) \}\}", re.DOTALL)
"""An expression with a space on either side, so that braces of TeX beside it stay apart."""

FORMULA = re.compile(r"`+[^`]+`+|\$\$.+?\$\$|(?<!\\)\$(?!\s)(?:(?!\n\n)[^$])+(?<![\s\\])\$", re.DOTALL)
"""A formula, or code, in which a dollar begins none."""

_ASCII = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_POWER = re.compile(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")


class Values:
    """The runs of an address of the page, as expressions ask for them. Raises: SpecError."""

    def __init__(self, query: str) -> None:
        pairs = parse_qsl(query, keep_blank_values=True)
        with located_in_address(dict(pairs)):
            self.plan = whole(planning(Spec.model_validate(query_to_spec(pairs)), Settings().limits))
            page, problem = read_keys(PageKeys, pairs), self.plan.problem
            check_shown(page, problem, self.plan.spec.optimizers)
        self.routes, self.objective = routes_of(self.plan, None), problem.objective
        self.window = [(low, high) for low, high in page.window or problem.domain][: len(problem.parameters)]
        """(low, high) of each parameter in sight."""
        self.blocks = [route.run.whole() for route in self.routes]
        self.runs = [RunValues(block) for block in self.blocks]
        self._spreads: dict[tuple[int, int, int], float] = {}

    @property
    def names(self) -> list[str]:
        """Of each run, with what tells it apart."""
        return [route.whole_name for route in self.routes]

    def loss(self, run: int, row: int) -> float:
        """The loss over all data."""
        return float(self.runs[run].loss[self._row(run, row)])

    def at(self, run: int, row: int) -> list[float]:
        """The parameters."""
        return [float(value) for value in self.runs[run].parameters[:, self._row(run, row)]]

    def gradient(self, run: int, row: int) -> list[float]:
        """The gradient of the loss over all data, where that row is."""
        return list(map(float, self.objective.value_and_gradient_at(self.at(run, row))[1]))

    def curvatures(self, run: int, row: int) -> list[float]:
        """The eigenvalues of the Hessian of the loss over all data, where that row is, the largest first."""
        return curvatures_at(self.objective, self.at(run, row))

    def gradient_of(self, run: int, row: int, points: Sequence[int]) -> list[float]:
        """The gradient there of the loss over some of the data points, by their numbers from 1."""
        return list(map(float, self.objective.batch_gradient_at(self.at(run, row), [point - 1 for point in points])))

    def spread(self, run: int, row: int, size: int) -> float:
        """How far the gradients of batches of so many points lie there from that over all: the root of the mean square.

        Measured over a thousand batches, each drawn afresh and without putting back.
        """
        if (run, row, size) not in self._spreads:
            random, points, at = Random(0), range(self.objective.n_points or 0), np.array(self.at(run, row))
            drawn = [self.objective.batch_gradient(at, random.sample(points, size)) for _ in range(BATCHES)]
            squares = np.sum((np.array(drawn) - self.gradient(run, row)) ** 2, axis=1)
            self._spreads[run, row, size] = float(np.sqrt(np.mean(squares)))
        return self._spreads[run, row, size]

    def seen(self, run: int, row: int) -> int:
        """How many data points its steps up to that row have looked at, each as often as it was."""
        n_points, batches = self.objective.n_points or 0, self.blocks[run].batch
        return (
            n_points * row
            if batches is None
            else sum(n_points if batch is None else len(batch) for batch in batches[:row])
        )

    def sample(self, run: int, row: int, number: int | None = None) -> dict[str, float]:
        """The way of one sample forward and back through a network, and the parameters, named as in `fallline.working`.

        Args: number: of the sample, from 1; by default the first of those that the step from this row sees.
        """
        if not isinstance(self.objective, Network):
            raise ValueError(f"run {run} trains no network")
        at, batches = self.at(run, row), self.blocks[run].batch or []
        if number is None:
            number = 1 + ((batches[row] if 0 <= row < len(batches) else None) or [0])[0]
        if not 1 <= number <= len(self.objective.points):
            raise ValueError(f"the data have samples 1 to {len(self.objective.points)}; got {number}")
        return sample_values(self.objective, at, number - 1)

    def steps(self, run: int) -> int:
        """How many it takes."""
        return self.runs[run].n_steps

    def steps_to(self, run: int, loss: float) -> float:
        """The first row whose loss is at or below this, infinite where there is none."""
        return self.runs[run].steps_to(loss)

    def stays(self, run: int, loss: float) -> float:
        """The first row from which on the loss is at or below this, infinite where there is none."""
        return self.runs[run].stays(loss)

    def tried(self, values: int) -> Tried:
        """The lowest of all places of a grid over the window in sight, so many values of each parameter."""
        axes = [axis(low, high, values) for low, high in self.window]
        losses = np.concatenate(list(rows_on_grid(self.objective, axes)))
        *rows, x = np.unravel_index(int(np.nanargmin(losses)), losses.shape)
        at = [float(axes[0][x]), *(float(axes[1][row]) for row in rows)]
        return Tried(losses.size, float(np.nanmin(losses)), at)

    def _row(self, run: int, row: int) -> int:
        rows = len(self.runs[run].loss)
        if not -rows <= row < rows:
            raise ValueError(f"run {run} has rows 0 to {rows - 1}, or -1 for the last; got {row}")
        return row


def curvatures_at(objective: Objective, at: Sequence[float]) -> list[float]:
    """The eigenvalues of the Hessian at a place, the largest first."""
    hessian = objective.hessian_at(at)
    assert hessian is not None
    return [float(value) for value in np.linalg.eigvalsh(hessian)[::-1]]


runs_of = cache(Values)
"""The runs of an address, which are run once."""


@dataclass(frozen=True)
class Tried:
    """What an exhaustive search finds: of so many losses the lowest, and where it is."""

    count: int
    loss: float
    at: Sequence[float]


class RunValues:
    """One run: columns as they are in a block, states by name."""

    def __init__(self, block: Block) -> None:
        assert block.end is not None
        self._block = block
        self.loss, self.parameters, self.gradient = block.loss, block.parameters, block.gradient
        self.learning_rate, self.step_size, self.states = block.learning_rate, block.step_size, block.states
        self.n_steps, self.stop_reason = block.end.n_steps, str(block.end.reason)
        self.last_loss, self.end = float(block.loss[-1]), block.parameters[:, -1]

    def steps_to(self, loss: float) -> float:
        """The first row whose loss is at or below this, infinite where there is none."""
        row = steps_to(loss).of(self._block)
        return math.inf if row is None else row

    def stays(self, loss: float) -> float:
        """The first row from which on the loss is at or below this, infinite where there is none."""
        row = steps_below(loss).of(self._block)
        return math.inf if row is None else row


class ExpressionError(ValueError):
    """An expression that cannot be computed, or is not what it must be."""


class Expressions:
    """Computes the expressions of one lesson.

    Attributes:
        held: numbers that tests hold, by what each is.
    """

    def __init__(self, figures: Mapping[str, Values] = MappingProxyType({})) -> None:
        self.figures = figures
        self.held: dict[str, float] = {}
        self._environment = SandboxedEnvironment(undefined=StrictUndefined)
        self._environment.filters |= {"digits": printed}
        functions: dict[str, Any] = {
            "abs": abs, "min": min, "max": max, "sum": sum, "len": len, "round": round, "all": np.all, "any": np.any,
            "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "log10": math.log10, "cos": math.cos, "sin": math.sin,
            "norm": lambda values: math.hypot(*values), "pi": math.pi, "expect": expect,
            "held": self._hold, "run": runs_of,
        }  # fmt: skip
        self._names = {**functions, "figures": figures, **figures}

    def _hold(self, value: float, what: str) -> float:
        """A number that takes too long to compute here, and that a test holds by what it is."""
        if self.held.setdefault(what, value) != value:
            raise ValueError(f"{what} is held to be {self.held[what]}, and here to be {value}")
        return value

    def value(self, expression: str, **more: Any) -> Any:
        """The value of the expression, with `more` names. Raises: ExpressionError."""
        try:
            compiled = self._environment.compile_expression(expression.strip(), undefined_to_none=False)
            result = compiled(**self._names, **more)
            if isinstance(result, StrictUndefined):
                str(result)
        except (TemplateError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError) as fault:
            names = ", ".join(self.figures) or "none"
            raise ExpressionError(f"`{expression.strip()}`: {fault} (figures: {names})") from None
        return result

    def holds(self, expression: str, **more: Any) -> bool:
        """Whether it is true. Raises: ExpressionError, also where it is neither true nor false."""
        result = self.value(expression, **more)
        if not isinstance(result, bool | np.bool_):
            raise ExpressionError(f"`{expression}` must be true or false, got {result}")
        return bool(result)

    def filled(self, text: str, **more: Any) -> str:
        """A text with what its expressions come to, with `more` names, in a formula as TeX. Raises: ExpressionError."""
        spans = [match.span() for match in FORMULA.finditer(text)]

        def printed_at(match: re.Match[str]) -> str:
            value = self.value(match[1], **more)
            text = value if isinstance(value, str) else printed(value)
            in_formula = any(start < match.start() < end for start, end in spans)
            return _tex(text) if in_formula else text

        return EXPRESSION.sub(printed_at, text)


def printed(value: Any, digits: int = 6) -> str:
    """A number, or the numbers of a place, to so many significant digits; counts in full."""
    if isinstance(value, list | tuple | np.ndarray):
        return place_text([float(number) for number in value], digits)
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise ExpressionError(f"a text takes a number or several, got {value}")
    if isinstance(value, int | np.integer):
        return f"{value:,}".replace("-", MINUS)
    return value_text(float(value), digits)


def expect(value: float, expected: float) -> float:
    """The second, once the first is equal to it but for rounding. Raises: ExpressionError."""
    if not math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-12):
        raise ExpressionError(f"expected {expected}, and it is {value}")
    return expected


def _tex(text: str) -> str:
    text = _POWER.sub(lambda match: f"10^{{{match[1].translate(_ASCII)}}}", text)
    text = text if text.startswith("(") else text.replace(",", "{,}")
    return text.replace(MINUS, "-").replace("×", r" \times ").replace("∞", r"\infty ")
