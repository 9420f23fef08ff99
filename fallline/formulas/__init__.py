"""Formulas: the text of one gives functions on floats and on arrays, derivatives, and LaTeX."""

from fallline.formulas.calculus import derivative, gradient, hessian
from fallline.formulas.errors import FormulaError
from fallline.formulas.formatter import to_source
from fallline.formulas.functions import array_function, float_function
from fallline.formulas.language import Rule, parse, parse_rule
from fallline.formulas.latex_formatter import latex, latex_name, latex_rule

__all__ = [
    "FormulaError", "Rule", "array_function", "derivative", "float_function", "gradient", "hessian", "latex",
    "latex_name", "latex_rule", "parse", "parse_rule", "to_source",
]  # fmt: skip
