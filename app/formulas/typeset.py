"""Expression trees to LaTeX, as a textbook prints them."""

from __future__ import annotations

import math
import re
from typing import ClassVar

from app.formulas.language import Rule
from app.formulas.nodes import Node, node, ordered
from app.formulas.printing import ATOM, POWER, SIGN, Printing, Text, arguments
from app.formulas.vocabulary import FUNCTIONS

MAX_PRINTED = 200
"""Past this many parts an expression is not printed: nobody reads it."""

SYMBOLS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_GREEK = (
    "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho",
    "sigma", "tau", "phi", "chi", "psi", "omega",
)  # fmt: skip
_LETTERS = {letter: rf"\{letter}" for letter in _GREEK} | {"eps": r"\varepsilon", "epsilon": r"\varepsilon"}
_INDICES = ("min", "max", "last", "next", "old", "new", "sum", "inf", "avg", "fast", "slow")
"""Parts of a name that say which of several it is; other parts of a word are words."""
_MARK = r"\\htmlData\{of=\w+\}\{"
_SIGNED = re.compile(rf"(?:{_MARK})?-")
_WORD = re.compile(rf"(?:{_MARK})?(?:\\widehat\{{)?\\mathrm\{{")
_TALL = (r"\frac", r"\begin", r"\left")
_GROWING = {
    "(": r"\!\left(", ")": r"\right)", r"\lvert ": r"\left|", r"\rvert": r"\right|",
    r"\lfloor": r"\left\lfloor", r"\rfloor": r"\right\rfloor",
}  # fmt: skip
"""Brackets of a function, and the same around something tall."""
_POWERED = ("sin", "cos", "tan", "sinh", "cosh", "tanh")


def latex(root: Node, printer: Printer | None = None) -> str | None:
    """The LaTeX of an expression; None when it has more than MAX_PRINTED parts written out."""
    if written_size(root) > MAX_PRINTED:
        return None
    return (printer or Printer()).text(root)[0]


def latex_name(text: str) -> str:
    """The LaTeX of a name: beta1 with an index, v_max too, m_hat with a hat, weight_decay as upright words."""
    head, *tail = [part for part in text.split("_") if part] or [text]
    hatted = bool(tail) and tail[-1] == "hat"
    tail = tail[:-1] if hatted else tail
    letters = head.rstrip("0123456789")
    symbol, indices = _LETTERS.get(letters, letters), [head[len(letters) :]] * (letters != head)
    if symbol == letters and len(letters) > 1:
        words = r"\ ".join([letters, *(part for part in tail if not _is_index(part))])
        symbol, tail = rf"\mathrm{{{words}}}", [part for part in tail if _is_index(part)]
    if hatted:
        symbol = rf"\{'widehat' if 'mathrm' in symbol else 'hat'}{{{symbol}}}"
    index = ",".join(indices + [_index(part) for part in tail])
    return symbol + (f"_{{{index}}}" if index else "")


def _is_index(part: str) -> bool:
    return part in _INDICES or part.isdigit() or len(part) == 1


def _index(part: str) -> str:
    """A part of a name as an index: upright where it is a word."""
    if part == "inf":
        return r"\infty"
    return part if part.isdigit() else _LETTERS.get(part) or (part if len(part) == 1 else rf"\mathrm{{{part}}}")


def latex_line(target: str, formula: Node, printer: Printer | None = None) -> str | None:
    """The LaTeX of one line of a rule, `target = formula` with an arrow where the target is read too."""
    printer = printer or Printer()
    right = latex(formula, printer)
    sign = r"\leftarrow" if target in formula.names else "="
    return None if right is None else f"{printer.name(target)[0]} {sign} {right}"


def latex_rule(rule: Rule) -> list[str | None]:
    """The LaTeX of each line of a rule."""
    return [latex_line(target, formula) for target, formula in rule.lines]


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


def written_size(root: Node) -> int:
    """How many parts an expression has when shared ones are written out each time."""
    sizes: dict[Node, int] = {}
    for item in ordered((root,)):
        sizes[item] = 1 + sum(sizes[a] for a in item.args)
    return sizes[root]


def number_strength(shown: str) -> Text:
    """A number's text, with how strongly it binds."""
    return shown, SIGN if shown.startswith("-") else POWER if "^" in shown else ATOM


def is_tall(shown: str) -> bool:
    """Whether brackets around a text must grow."""
    return any(part in shown for part in _TALL)


def in_brackets(shown: str) -> str:
    """The text in brackets: tall where it is, a size larger around other brackets."""
    if is_tall(shown):
        return rf"\left({shown}\right)"
    return rf"\bigl({shown}\bigr)" if "(" in shown else f"({shown})"


class Printer(Printing):
    """LaTeX of an expression."""

    signs: ClassVar = {"add": " + ", "sub": " - ", "mul": r" \cdot "}
    keeps_order: ClassVar = False

    def number(self, value: float) -> Text:
        return number_strength(latex_number(value))

    def name(self, name: str) -> Text:
        return latex_name(name), ATOM

    def is_signed(self, shown: str) -> bool:
        """Whether a text begins with a minus, also where that is marked with the name whose value it is."""
        return _SIGNED.match(shown) is not None

    def in_brackets(self, shown: str) -> str:
        return in_brackets(shown)

    def join(self, item: Node, first: str, second: str) -> str:
        if item.op != "mul":
            return super().join(item, first, second)
        last, next_ = self._end_name(item.args[0], -1), self._end_name(item.args[1], 0)
        if self.needs_dot(first, second) or _WORD.match(last):
            return super().join(item, first, second)
        return rf"{first}\,{second}" if r"_{\mathrm" in last + next_ else f"{first} {second}"

    def needs_dot(self, first: str, second: str) -> bool:
        """Whether a product is written with a dot: before a number, and before a word."""
        number = second[0].isdigit() or (first[-1].isdigit() and second.startswith(r"\frac"))
        return number or _WORD.match(second) is not None

    def _end_name(self, item: Node, end: int) -> str:
        """The text of the name a factor begins or ends with, if it does: words and their indices keep a distance."""
        while item.op == "mul":
            item = item.args[end]
        item = item.args[0] if item.op == "pow" else item
        return self.name(str(item.value))[0] if item.op == "name" else ""

    def quotient(self, item: Node) -> Text:
        above, below = item.args
        while above.op == "div":
            above, below = above.args[0], node("mul", above.args[1], below)
        sign, above = ("-", above.args[0]) if above.op == "neg" else ("", above)
        return rf"{sign}\frac{{{self.plain(above)}}}{{{self.plain(below)}}}", SIGN if sign else POWER

    def choice(self, item: Node) -> Text:
        """The cases with their conditions, those of another `where` in the last one among them."""
        rows: list[str] = []
        while item.op == "where":
            left, right, yes = (self.plain(a) for a in item.args[:3])
            rows.append(rf"{_at_full_size(yes)} & \text{{if }} {left} {SYMBOLS[str(item.value)]} {right}")
            item = item.args[3]
        cases = r" \\ ".join([*rows, rf"{_at_full_size(self.plain(item))} & \text{{otherwise}}"])
        return rf"\begin{{cases}} {cases} \end{{cases}}", ATOM

    def power(self, item: Node) -> Text:
        base, exponent = item.args
        shown = _raised(self.plain(exponent))
        if base.op == "call" and base.value in _POWERED and exponent.number is not None and exponent.number > 0:
            return self.operator(rf"\{base.value}^{{{shown}}}({{}})", self.plain(base.args[0])), POWER
        inner, strength = self.text(base)
        alone = strength == ATOM and (base.op in ("name", "number") or (base.op == "call" and base.value == "abs"))
        return f"{inner if alone else in_brackets(inner)}^{{{shown}}}", POWER

    def call(self, item: Node) -> Text:
        inside = ", ".join(self.plain(a) for a in arguments(item))
        function = FUNCTIONS[str(item.value)]
        return self.operator(function.latex, _raised(inside) if "^" in function.latex else inside), ATOM

    @staticmethod
    def operator(template: str, inside: str) -> str:
        """A function of what stands inside, with brackets as tall as that, and no gap before them."""
        if is_tall(inside):
            for still, tall in _GROWING.items():
                template = template.replace(still, tall)
        before, _, after = template.partition("{}")
        return f"{before}{inside}{after}"


def _raised(shown: str) -> str:
    """What stands in an exponent is small, larger brackets are not."""
    return shown.replace(r"\bigl", "").replace(r"\bigr", "")


def _at_full_size(shown: str) -> str:
    """What stands in a list of cases is set as small as an index unless it says otherwise."""
    return rf"\displaystyle {shown}" if r"\frac" in shown else shown
