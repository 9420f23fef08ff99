"""Expression trees to LaTeX, as a textbook prints them."""

from __future__ import annotations

import math

from app.formulas.language import Rule
from app.formulas.nodes import Node, ordered
from app.formulas.vocabulary import FUNCTIONS

MAX_PRINTED = 200
"""Past this many parts an expression is not printed: nobody reads it."""

_SUM, _PRODUCT, _FRACTION, _POWER, _ATOM = 1, 2, 3, 4, 5
_SYMBOLS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_GREEK = (
    "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho",
    "sigma", "tau", "phi", "chi", "psi", "omega",
)  # fmt: skip
_LETTERS = {letter: rf"\{letter}" for letter in _GREEK} | {"eps": r"\varepsilon", "epsilon": r"\varepsilon"}
_POWERED = ("sin", "cos", "tan", "sinh", "cosh", "tanh")


def latex(root: Node) -> str | None:
    """The LaTeX of an expression; None when it has more than MAX_PRINTED parts written out."""
    if _written_size(root) > MAX_PRINTED:
        return None
    return _Printer().text(root)[0]


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


def latex_line(target: str, formula: Node) -> str | None:
    """The LaTeX of one line of a rule, `target = formula` with an arrow where the target is read too."""
    right = latex(formula)
    sign = r"\leftarrow" if target in formula.names else "="
    return None if right is None else f"{latex_name(target)} {sign} {right}"


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


def _written_size(root: Node) -> int:
    sizes: dict[Node, int] = {}
    for item in ordered((root,)):
        sizes[item] = 1 + sum(sizes[a] for a in item.args)
    return sizes[root]


class _Printer:
    """LaTeX of a node with the strength of its outermost operation, so that brackets stand only where needed."""

    def text(self, item: Node) -> tuple[str, int]:
        match item.op:
            case "number":
                value = item.number or 0.0
                shown = latex_number(value)
                return shown, _SUM if value < 0 else _PRODUCT if "cdot" in shown else _ATOM
            case "name":
                return latex_name(str(item.value)), _ATOM
            case "neg":
                return f"-{self._bracketed(item.args[0], _PRODUCT)}", _SUM
            case "add" | "sub":
                return self._sum(item), _SUM
            case "mul":
                return self._product(item), _PRODUCT
            case "div" if item.args[0].op == "neg":
                above, below = self._plain(item.args[0].args[0]), self._plain(item.args[1])
                return rf"-\frac{{{above}}}{{{below}}}", _SUM
            case "div":
                return rf"\frac{{{self._plain(item.args[0])}}}{{{self._plain(item.args[1])}}}", _FRACTION
            case "pow":
                return self._power(item), _POWER
            case "where":
                return self._cases(item), _ATOM
        return self._call(item), _ATOM

    def _plain(self, item: Node) -> str:
        return self.text(item)[0]

    def _bracketed(self, item: Node, needed: int) -> str:
        shown, strength = self.text(item)
        return shown if strength >= needed else rf"\left({shown}\right)"

    def _sum(self, item: Node) -> str:
        left, right = item.args
        first = self._bracketed(left, _SUM)
        second = self._bracketed(right, _PRODUCT if item.op == "sub" or right.op == "neg" else _SUM)
        return f"{first} {'+' if item.op == 'add' else '-'} {second}"

    def _product(self, item: Node) -> str:
        left, right = item.args
        first, second = self._bracketed(left, _PRODUCT), self._bracketed(right, _PRODUCT)
        needs_sign = second[0].isdigit() or second.startswith("-") or (first[-1].isdigit() and second[:5] == r"\frac")
        return rf"{first} \cdot {second}" if needs_sign else rf"{first}\,{second}"

    def _power(self, item: Node) -> str:
        base, exponent = item.args
        shown = self._plain(exponent)
        if base.op == "call" and base.value in _POWERED and exponent.number is not None and exponent.number > 0:
            return rf"\{base.value}^{{{shown}}}\left({self._plain(base.args[0])}\right)"
        plain = base.op == "name" or (base.number is not None and base.number >= 0 and "cdot" not in self._plain(base))
        inner = self._plain(base)
        absolute = base.op == "call" and base.value == "abs"
        return f"{inner}^{{{shown}}}" if plain or absolute else rf"\left({inner}\right)^{{{shown}}}"

    def _cases(self, item: Node) -> str:
        left, right, yes, no = (self._plain(a) for a in item.args)
        test = f"{left} {_SYMBOLS[str(item.value)]} {right}"
        return rf"\begin{{cases}} {yes} & \text{{if }} {test} \\ {no} & \text{{otherwise}} \end{{cases}}"

    def _call(self, item: Node) -> str:
        inside = ", ".join(self._plain(a) for a in self._flat(item))
        return FUNCTIONS[str(item.value)].latex.format(inside)

    def _flat(self, item: Node) -> list[Node]:
        """max(max(a, b), c) reads as max(a, b, c)."""
        if not FUNCTIONS[str(item.value)].many:
            return list(item.args)
        first, second = item.args
        same = first.op == "call" and first.value == item.value
        return [*(self._flat(first) if same else [first]), second]
