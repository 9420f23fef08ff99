"""The functions that a formula may call: each with its functions on floats and arrays, its derivative and its LaTeX."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}


@dataclass(frozen=True)
class Function:
    """A function of the language.

    Args:
        name: its name in a formula.
        on_floats: computes it on Python floats; may raise ArithmeticError or ValueError where `on_arrays` gives inf or
            nan.
        on_arrays: computes it on NumPy arrays, elementwise.
        derivative: d/du as a formula in u; None for max and min, which `calculus.py` derives itself.
        latex: a template with one `{}` for the argument.
        many: whether it takes two or more arguments instead of one.
        lowered: a formula in u (and v) that is computed in its place; None if the function itself is computed.
    """

    name: str
    on_floats: Callable[..., float] | None
    on_arrays: Callable[..., object] | None
    derivative: str | None
    latex: str
    many: bool = False
    lowered: str | None = None


def _floor(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else value


_OPERATOR = r"\{}({{}})".format
_FUNCTIONS = (
    Function("sqrt", math.sqrt, np.sqrt, "1/(2*sqrt(u))", r"\sqrt{{}}"),
    Function("exp", math.exp, np.exp, "exp(u)", r"e^{{}}"),
    Function("log", math.log, np.log, "1/u", _OPERATOR("ln")),
    Function("log1p", math.log1p, np.log1p, "1/(1 + u)", _OPERATOR("operatorname{log1p}")),
    Function("sin", math.sin, np.sin, "cos(u)", _OPERATOR("sin")),
    Function("cos", math.cos, np.cos, "-sin(u)", _OPERATOR("cos")),
    Function("tan", math.tan, np.tan, "1/cos(u)**2", _OPERATOR("tan")),
    Function("atan", math.atan, np.arctan, "1/(1 + u**2)", _OPERATOR("arctan")),
    Function("sinh", math.sinh, np.sinh, "cosh(u)", _OPERATOR("sinh")),
    Function("cosh", math.cosh, np.cosh, "sinh(u)", _OPERATOR("cosh")),
    Function("tanh", math.tanh, np.tanh, "1 - tanh(u)**2", _OPERATOR("tanh")),
    Function("abs", math.fabs, np.abs, "sign(u)", r"\lvert {}\rvert"),
    Function("sign", None, None, "0", _OPERATOR("operatorname{sign}"), lowered="where(u > 0, 1, where(u < 0, -1, u))"),
    Function("floor", _floor, np.floor, "0", r"\lfloor {} \rfloor"),
    Function("max", None, None, None, _OPERATOR("max"), many=True, lowered="where(u >= v, u, v)"),
    Function("min", None, None, None, _OPERATOR("min"), many=True, lowered="where(u <= v, u, v)"),
)
FUNCTIONS: Mapping[str, Function] = {function.name: function for function in _FUNCTIONS}
