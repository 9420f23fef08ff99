"""Expression trees to LaTeX, as a textbook prints them."""

from __future__ import annotations

import math
import re

from app.formulas.language import Rule
from app.formulas.nodes import Node, ordered
from app.formulas.vocabulary import FUNCTIONS
from app.formulas.written import arguments

MAX_PRINTED = 200
"""Past this many parts an expression is not printed: nobody reads it."""

SUM, PRODUCT, FRACTION, POWER, ATOM = 1, 2, 3, 4, 5
"""How strongly the outermost operation of a text binds."""

SYMBOLS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_GREEK = (
    "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho",
    "sigma", "tau", "phi", "chi", "psi", "omega",
)  # fmt: skip
_LETTERS = {letter: rf"\{letter}" for letter in _GREEK} | {"eps": r"\varepsilon", "epsilon": r"\varepsilon"}
_MARK = r"\\htmlData\{of=\w+\}\{"
_SIGNED = re.compile(rf"(?:{_MARK})?-")
_LONE_NUMBER = re.compile(rf"-?[\d.]+|{_MARK}-?[\d.]+\}}")
_POWERED = ("sin", "cos", "tan", "sinh", "cosh", "tanh")


def latex(root: Node, printer: Printer | None = None) -> str | None:
    """The LaTeX of an expression; None when it has more than MAX_PRINTED parts written out."""
    if written_size(root) > MAX_PRINTED:
        return None
    return (printer or Printer()).text(root)[0]


def latex_name(text: str) -> str:
    """The LaTeX of a name: `beta1` as beta with index 1, `m_hat` as m with a hat, `v_max` as v with index max."""
    head, *tail = text.split("_")
    hatted = bool(tail) and tail[-1] == "hat"
    tail = tail[:-1] if hatted else tail
    letters = head.rstrip("0123456789")
    digits = head[len(letters) :]
    symbol = _LETTERS.get(letters) or (letters if len(letters) <= 1 else rf"\mathrm{{{letters}}}")
    symbol = rf"\hat{{{symbol}}}" if hatted else symbol
    index = [digits] * bool(digits) + [part if part.isdigit() else rf"\mathrm{{{part}}}" for part in tail if part]
    return symbol + (rf"_{{{','.join(index)}}}" if index else "")


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
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


def written_size(root: Node) -> int:
    """How many parts an expression has when shared ones are written out each time."""
    sizes: dict[Node, int] = {}
    for item in ordered((root,)):
        sizes[item] = 1 + sum(sizes[a] for a in item.args)
    return sizes[root]


def number_strength(shown: str) -> tuple[str, int]:
    """A number's text, with how strongly it binds."""
    if shown.startswith("-"):
        return shown, SUM
    return shown, PRODUCT if "cdot" in shown else POWER if "^" in shown else ATOM


def is_signed(shown: str) -> bool:
    """Whether a text begins with a minus, also where that is marked with the name whose value it is."""
    return _SIGNED.match(shown) is not None


def in_brackets(shown: str) -> str:
    """The text in brackets: plain ones around a lone number, else as tall as what they hold."""
    return f"({shown})" if _LONE_NUMBER.fullmatch(shown) else rf"\left({shown}\right)"


class Printer:
    """LaTeX of a node with the strength of its outermost operation, so that brackets stand only where needed."""

    def text(self, item: Node) -> tuple[str, int]:
        match item.op:
            case "number":
                return number_strength(latex_number(item.number or 0.0))
            case "name":
                return self.name(str(item.value))
            case "neg":
                return f"-{self._bracketed(item.args[0], PRODUCT)}", SUM
            case "add" | "sub":
                return self._sum(item), SUM
            case "mul":
                return self._product(item, leading=True)
            case "div" if item.args[0].op == "neg":
                above, below = self._plain(item.args[0].args[0]), self._plain(item.args[1])
                return rf"-\frac{{{above}}}{{{below}}}", SUM
            case "div":
                return rf"\frac{{{self._plain(item.args[0])}}}{{{self._plain(item.args[1])}}}", FRACTION
            case "pow":
                return self._power(item), POWER
            case "where":
                return self.where(item)
        return self._call(item), ATOM

    def name(self, name: str) -> tuple[str, int]:
        """What stands for a variable."""
        return latex_name(name), ATOM

    def where(self, item: Node) -> tuple[str, int]:
        """The cases with their conditions, those of another `where` in the last one among them."""
        rows: list[str] = []
        while item.op == "where":
            left, right, yes = (self._plain(a) for a in item.args[:3])
            rows.append(rf"{yes} & \text{{if }} {left} {SYMBOLS[str(item.value)]} {right}")
            item = item.args[3]
        cases = r" \\ ".join([*rows, rf"{self._plain(item)} & \text{{otherwise}}"])
        return rf"\begin{{cases}} {cases} \end{{cases}}", ATOM

    def times(self, first: str, second: str) -> str:
        """A product of two factors."""
        needs_sign = second[0].isdigit() or (first[-1].isdigit() and second[:5] == r"\frac")
        return rf"{first} \cdot {second}" if needs_sign else rf"{first}\,{second}"

    def _plain(self, item: Node) -> str:
        return self.text(item)[0]

    def _bracketed(self, item: Node, needed: int) -> str:
        shown, strength = self.text(item)
        return shown if strength >= needed else in_brackets(shown)

    def _later(self, item: Node, needed: int) -> str:
        """An operand that is not the first: no sign of its own may follow the operator."""
        if item.op == "mul":
            return self._product(item, leading=False)[0]
        shown = self._bracketed(item, needed)
        return in_brackets(shown) if is_signed(shown) else shown

    def _sum(self, item: Node) -> str:
        left, right = item.args
        second = self._later(right, PRODUCT if item.op == "sub" else SUM)
        return f"{self._bracketed(left, SUM)} {'+' if item.op == 'add' else '-'} {second}"

    def _product(self, item: Node, leading: bool) -> tuple[str, int]:
        """A product; where it leads, a negative number may stand first in it without brackets."""
        left, right = item.args
        first, strength = self._product(left, leading) if left.op == "mul" else self.text(left)
        signed = leading and is_signed(first) and left.op in ("number", "name", "neg", "mul")
        first = first if signed or strength >= PRODUCT else in_brackets(first)
        return self.times(first, self._later(right, PRODUCT)), SUM if signed else PRODUCT

    def _power(self, item: Node) -> str:
        base, exponent = item.args
        shown = self._plain(exponent)
        if base.op == "call" and base.value in _POWERED and exponent.number is not None and exponent.number > 0:
            return rf"\{base.value}^{{{shown}}}\left({self._plain(base.args[0])}\right)"
        inner, strength = self.text(base)
        plain = strength == ATOM and (base.op in ("name", "number") or (base.op == "call" and base.value == "abs"))
        return f"{inner if plain else in_brackets(inner)}^{{{shown}}}"

    def _call(self, item: Node) -> str:
        inside = ", ".join(self._plain(a) for a in arguments(item))
        return FUNCTIONS[str(item.value)].latex.format(inside)
