"""The LaTeX of expression trees, in a textbook's notation, and of numbers, in full or rounded."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from fallline.formulas.formatter import ATOM, POWER, SIGN, Formatter, Fragment, call_arguments, number_fragment
from fallline.formulas.language import Rule
from fallline.formulas.nodes import Node, node
from fallline.formulas.vocabulary import FUNCTIONS

MAX_PRINTED = 200
"""An expression of more parts than this is not printed, as it would be too long to read."""

DIGITS = 4
"""Significant digits of a rounded number; whole numbers below LARGEST_WHOLE are shown whole."""
LARGEST_WHOLE = 1e6
SMALLEST_POWER = -3
"""A number of a smaller power of ten than this is written with that power."""
FLOAT_NOISE = 1e-12
"""A number is shown as a shorter one if their relative difference is at most this: 0.1 + 0.2 as 0.3."""

COMPARISON_SIGNS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_GREEK = (
    "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho",
    "sigma", "tau", "phi", "chi", "psi", "omega",
)  # fmt: skip
_LETTERS = {letter: rf"\{letter}" for letter in _GREEK} | {"eps": r"\varepsilon", "epsilon": r"\varepsilon"}
_INDICES = ("min", "max", "last", "next", "old", "new", "sum", "inf", "avg", "fast", "slow")
"""Parts of a name that are set as an index, as in v_max. Other long parts are set as words, as in weight_decay."""
_MARK = r"\\htmlData\{of=\w+\}\{"
_MINUS = re.compile(rf"(?:{_MARK})?-")
_WORD = re.compile(rf"(?:{_MARK})?(?:\\widehat\{{)?\\mathrm\{{")
_TALL = (r"\frac", r"\begin", r"\left")
_GROWING = {
    "(": r"\!\left(", ")": r"\right)", r"\lvert ": r"\left|", r"\rvert": r"\right|",
    r"\lfloor": r"\left\lfloor", r"\rfloor": r"\right\rfloor",
}  # fmt: skip
"""Brackets of a function -> brackets that grow with their content."""
_POWERED = ("sin", "cos", "tan", "sinh", "cosh", "tanh")
"""Functions whose exponent is set before the argument, as in sin^2(x)."""


def latex_number(value: float) -> str:
    """The LaTeX of a number in full: 1e-08 as a power of ten, pi and e by name."""
    if value in (math.pi, math.e):
        return r"\pi" if value == math.pi else r"\mathrm{e}"
    text = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa}{{\times}}{power}"


def latex_value(value: float, digits: int = DIGITS) -> str:
    """The LaTeX of a number, rounded to this many significant digits; zeros at the end are left out if it is exact.

    Whole numbers are shown whole, very large and very small ones with a power of ten.
    """
    if math.isnan(value):
        return r"\text{undefined}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    if value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    exponent = int(power)
    exact = math.isclose(float(f"{value:.{digits}g}"), value, rel_tol=FLOAT_NOISE, abs_tol=0.0)
    if SMALLEST_POWER <= exponent < digits:
        return _trimmed(f"{value:.{digits - 1 - exponent}f}", exact)
    text, ten = _trimmed(mantissa, exact), f"10^{{{exponent}}}"
    return text.replace("1", ten) if text in ("1", "-1") else rf"{text}{{\times}}{ten}"


def _trimmed(text: str, exact: bool) -> str:
    """The text of a number, without zeros at its end if it is exact."""
    return text.rstrip("0").rstrip(".") if exact and "." in text else text


def latex_matrix(rows: Sequence[float] | Sequence[Sequence[float]]) -> str:
    """The LaTeX of a matrix, or of a vector as a column, with each number rounded."""
    cells = [[each] if isinstance(each, float) else each for each in rows]
    lines = r" \\ ".join(" & ".join(map(latex_value, row)) for row in cells)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"


def latex_sum(terms: Sequence[str]) -> str:
    """The LaTeX of a sum; a term that begins with a minus is subtracted."""
    first, *rest = terms
    return first + "".join(f" - {term[1:]}" if term.startswith("-") else f" + {term}" for term in rest)


def latex_name(text: str) -> str:
    """The LaTeX of a name: beta1 with an index, v_max too, m_hat with a hat, weight_decay as upright words."""
    head, *tail = [part for part in text.split("_") if part] or [text]
    hatted = bool(tail) and tail[-1] == "hat"
    tail = tail[:-1] if hatted else tail
    letters = head.rstrip("0123456789")
    symbol = _LETTERS.get(letters, letters)
    indices = [head[len(letters) :]] if letters != head else []
    if symbol == letters and len(letters) > 1:
        words = r"\ ".join([letters, *(part for part in tail if not _is_index(part))])
        symbol = rf"\mathrm{{{words}}}"
        tail = [part for part in tail if _is_index(part)]
    if hatted:
        symbol = rf"\{'widehat' if 'mathrm' in symbol else 'hat'}{{{symbol}}}"
    index = ",".join(indices + [_index(part) for part in tail])
    return symbol + (f"_{{{index}}}" if index else "")


def _is_index(part: str) -> bool:
    return part in _INDICES or part.isdigit() or len(part) == 1


def _index(part: str) -> str:
    """The LaTeX of a part of a name as an index; a word is set upright."""
    if part == "inf":
        return r"\infty"
    letter = _LETTERS.get(part, part)
    return rf"\mathrm{{{part}}}" if letter == part and len(part) > 1 and not part.isdigit() else letter


def latex(formula: Node, formatter: LatexFormatter | None = None) -> str | None:
    """The LaTeX of an expression; None if it has, written out, more than MAX_PRINTED parts."""
    return None if formula.expanded_size > MAX_PRINTED else (formatter or LatexFormatter()).format(formula)


def latex_line(target: str, formula: Node, formatter: LatexFormatter | None = None) -> str | None:
    """The LaTeX of one line of a rule, `target = formula`, with an arrow for = if the formula contains the target."""
    formatter = formatter or LatexFormatter()
    right = latex(formula, formatter)
    sign = r"\leftarrow" if target in formula.names else "="
    return None if right is None else f"{formatter.format_name(target)[0]} {sign} {right}"


def latex_rule(rule: Rule) -> list[str | None]:
    """The LaTeX of each line of a rule."""
    return [latex_line(target, formula) for target, formula in rule.lines]


def _is_tall(text: str) -> bool:
    """Whether brackets around a text must grow."""
    return any(part in text for part in _TALL)


class LatexFormatter(Formatter):
    r"""LaTeX of expressions.

    Args:
        symbols: name -> its LaTeX, if that differs from `latex_name`.
        marked: whether the LaTeX of each name is marked with the name, as `\htmlData{of=NAME}{...}`.
        number: returns the LaTeX of a constant.
    """

    infix: ClassVar = {"add": " + ", "sub": " - ", "mul": r" \cdot "}
    keeps_order: ClassVar = False

    def __init__(
        self,
        symbols: Mapping[str, str] | None = None,
        *,
        marked: bool = False,
        number: Callable[[float], str] = latex_number,
    ) -> None:
        self.symbols = symbols or {}
        self.marked = marked
        self.number = number

    def fragment(self, item: Node) -> Fragment:
        """The fragment of an expression; a division of a division is one fraction."""
        if item.op != "div":
            return super().fragment(item)
        above, below = item.args
        while above.op == "div":
            above, below = above.args[0], node("mul", above.args[1], below)
        sign, above = ("-", above.args[0]) if above.op == "neg" else ("", above)
        return rf"{sign}\frac{{{self.format(above)}}}{{{self.format(below)}}}", SIGN if sign else POWER

    def format_number(self, value: float) -> Fragment:
        return number_fragment(self.number(value))

    def format_name(self, name: str) -> Fragment:
        return self.mark(name, self.symbols.get(name) or latex_name(name)), ATOM

    def mark(self, name: str, text: str) -> str:
        """The text of a name, marked with the name if `marked` is set."""
        return rf"\htmlData{{of={name}}}{{{text}}}" if self.marked else text

    def starts_with_minus(self, text: str) -> bool:
        """Whether a text starts with a minus, also with one inside a mark."""
        return _MINUS.match(text) is not None

    def parenthesized(self, text: str) -> str:
        """A text in parentheses. They are as tall as a tall text, and larger if the text has parentheses itself."""
        if _is_tall(text):
            return rf"\left({text}\right)"
        return rf"\bigl({text}\bigr)" if "(" in text else f"({text})"

    def join(self, item: Node, left: str, right: str) -> str:
        if item.op != "mul":
            return super().join(item, left, right)
        last, first = self._end_name(item.args[0], -1), self._end_name(item.args[1], 0)
        if self.needs_dot(left, right) or _WORD.match(last):
            return super().join(item, left, right)
        return rf"{left}\,{right}" if r"_{\mathrm" in last + first else f"{left} {right}"

    def needs_dot(self, left: str, right: str) -> bool:
        """Whether a product is written with a dot, which it is before a number and before a word."""
        number = right[0].isdigit() or (left[-1].isdigit() and right.startswith(r"\frac"))
        return number or _WORD.match(right) is not None

    def _end_name(self, item: Node, end: int) -> str:
        """The LaTeX of the name with which a factor ends (`end` -1) or begins (0); empty if that is no name."""
        while item.op == "mul":
            item = item.args[end]
        item = item.args[0] if item.op == "pow" else item
        return self.format_name(str(item.value))[0] if item.op == "name" else ""

    def format_where(self, item: Node) -> Fragment:
        """The cases with their conditions; the cases of a `where` in the last case are added to the list."""
        rows: list[str] = []
        while item.op == "where":
            left, right, yes = (self.format(arg) for arg in item.args[:3])
            rows.append(rf"{_at_full_size(yes)} & \text{{if }} {left} {COMPARISON_SIGNS[str(item.value)]} {right}")
            item = item.args[3]
        cases = r" \\ ".join([*rows, rf"{_at_full_size(self.format(item))} & \text{{otherwise}}"])
        return rf"\begin{{cases}} {cases} \end{{cases}}", ATOM

    def format_power(self, item: Node) -> Fragment:
        base, exponent = item.args
        raised = _at_index_size(self.format(exponent))
        if base.op == "call" and base.value in _POWERED and exponent.number is not None and exponent.number > 0:
            return _applied(rf"\{base.value}^{{{raised}}}({{}})", self.format(base.args[0])), POWER
        text, precedence = self.fragment(base)
        alone = precedence == ATOM and (base.op in ("name", "number") or (base.op == "call" and base.value == "abs"))
        return f"{text if alone else self.parenthesized(text)}^{{{raised}}}", POWER

    def format_call(self, item: Node) -> Fragment:
        inside = ", ".join(map(self.format, call_arguments(item)))
        template = FUNCTIONS[str(item.value)].latex
        return _applied(template, _at_index_size(inside) if "^" in template else inside), ATOM


def _applied(template: str, inside: str) -> str:
    """The template of a function with its arguments filled in; its brackets are as tall as the arguments."""
    if _is_tall(inside):
        for still, tall in _GROWING.items():
            template = template.replace(still, tall)
    before, _, after = template.partition("{}")
    return f"{before}{inside}{after}"


def _at_index_size(text: str) -> str:
    """A text for an exponent, without the larger brackets, which would not shrink with it."""
    return text.replace(r"\bigl", "").replace(r"\bigr", "")


def _at_full_size(text: str) -> str:
    """A text for a list of cases, in full size: otherwise LaTeX would set fractions there as small as an index."""
    return rf"\displaystyle {text}" if r"\frac" in text else text
