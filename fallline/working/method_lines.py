"""The working of a step of a method that is not a rule: each of its lines, with the matrices of this step."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from typing import Any

import numpy as np

from fallline.descent.evaluations import CountedObjective
from fallline.descent.replay import Step
from fallline.formulas.latex_formatter import latex_matrix, latex_name, latex_value
from fallline.optimizers.method import Method, StepInput
from fallline.problems.objective import Objective
from fallline.types import Described

MOST_SHOWN = 16
"""A matrix of more numbers than this is not printed."""


@dataclass(frozen=True)
class MethodLine(Described):
    """One line of a method that is not a rule."""

    name: str
    """The name that it assigns."""
    latex: str
    """The LaTeX of the whole line in symbols."""
    value: float | list[float] | list[list[float]] | str
    """The assigned value: a number, a vector, a matrix as a list of rows, or the name of the move that was made."""
    filled_latex: str | None
    """The LaTeX of the right side with the numbers of this step, rounded; null if it has no numbers, or too many."""
    value_latex: str | None
    """The LaTeX of the value, rounded; null if it has too many numbers."""


def method_latex(method: type[Method]) -> dict[str, str]:
    """Name -> the LaTeX of the line that assigns it, in order."""
    lines = {}
    for name, text in method.lines.items():
        symbols = {name: _symbol(method, name) for name in Template(text).get_identifiers()}
        sign = r"\leftarrow" if name in symbols else "="  # an arrow if the line reads the name that it assigns
        lines[name] = f"{_symbol(method, name)} {sign} {_filled(text, symbols)}"
    return lines


def method_lines(step: Step, objective: Objective, lr: float) -> list[MethodLine]:
    """The lines of the method that takes a step, each with its numbers. Args: lr: the learning rate in force."""
    method, before, setup = step.phase.setup.method, step.before, step.phase.setup
    if not method.lines and not method.is_code:
        return []
    w, g = np.array(step.w_before), np.array(step.gradient)
    with np.errstate(all="ignore"):
        evaluate = CountedObjective(objective)
        result = method.step(StepInput(step.count, w, before.loss, g, before.states, lr, setup.learning_rate, evaluate))
    if method.is_code:
        return _code_lines({name: (before.states[name], result[name]) for name in method.columns()}, (w, result["w"]))
    hyperparameters = {name: getattr(method, name) for name in method.hyperparameter_names()}
    known: dict[str, Any] = {**hyperparameters, **before.states, "w": w, "g": g, "lr": lr, "loss": before.loss}
    lines, whole = [], method_latex(type(method))
    for name, text in method.lines.items():
        printed = {name: shown for name, of in known.items() if (shown := _printed(of)) is not None}
        filled, value = _filled(text, printed) if "$" in text else None, result[name]
        lines.append(MethodLine(name, whole[name], _plain(value), filled, _printed(value)))
        known[name] = value
    return lines


def _code_lines(states: Mapping[str, tuple[Any, Any]], w: tuple[Any, Any]) -> list[MethodLine]:
    """The lines of a step that is code: each state before and after the step, and how far the step led.

    Args: states: name -> (before, after); w: the point (before, after).
    """
    lines = []
    for name, (before, after) in states.items():
        symbol = rf"\texttt{{{name.replace('_', chr(92) + '_')}}}"
        filled = rf"\text{{before: }} {_printed(before)}" if _printed(before) is not None else None
        lines.append(MethodLine(name, rf"{symbol} \leftarrow \text{{code}}(g)", _plain(after), filled, _printed(after)))
    moved = np.asarray(w[1]) - np.asarray(w[0])
    lines.append(MethodLine("step", r"\text{the step} = \text{code}(w, g)", _plain(moved), None, _printed(moved)))
    filled = f"{_printed(w[0])} + {_printed(moved)}" if _printed(moved) is not None else None
    return [
        *lines,
        MethodLine("w", r"w \leftarrow w + \text{the step}", _plain(w[1]), filled, _printed(w[1])),
    ]


def _symbol(method: type[Method], name: str) -> str:
    return method.symbols.get(name, latex_name(name))


def _filled(text: str, values: Mapping[str, str]) -> str | None:
    """A line with texts in place of its names; None if a name has no text."""
    try:
        return Template(text).substitute(values)
    except KeyError:
        return None


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else np.asarray(value).tolist()


def _printed(value: Any) -> str | None:
    if isinstance(value, str):
        return rf"\text{{{value}}}"
    array = np.asarray(value, dtype=float)
    if array.size > MOST_SHOWN:
        return None
    return latex_matrix(array.tolist()) if array.ndim else latex_value(float(array))
