"""Text of strangers reaches a program as one comment alone, and names of a rule meet nobody else's."""

import ast

import pytest

from fallline.descent import RuleMethod, Run, Setup, Stop
from fallline.formulas import parse_rule
from fallline.problems.problem import expression_problem, surface_problem
from fallline.programs import PythonProgram, TorchProgram
from tests.programs.running import IN_BOTH, check, text

SURFACE = surface_problem("himmelblau")

HOSTILE = [
    "x\nimport os", "x\rimport os", "x\u2028import os", "x\u2029import os", "x\x85import os", "x\x0bimport os", "x\x0cimport os",
    '""" + 1', "''' + 1", "\\", "# coding: utf-7", "-*- coding: rot13 -*-", "\u202e#", "\x00", "\ud800", "{count}", "%s",
    "import os  #", "\\N{DIGIT ONE}", "\ufeff", "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("place", ["{}", "coding: {}", "{} on Bowl"])
@pytest.mark.parametrize("program", [PythonProgram, TorchProgram])
def test_a_title_stays_one_comment(place, program):
    run = Run(SURFACE, Setup.of("gd"), None, Stop(3))
    plain = text(program, run, "title")
    for title in HOSTILE:
        hostile = text(program, run, place.format(title))
        assert ast.dump(ast.parse(hostile)) == ast.dump(ast.parse(plain)), title
        hostile.encode()
        assert hostile.split("\n")[:2] == plain.split("\n")[:2], "an encoding is read from the first two lines"
        assert [line for line in hostile.split("\n") if not line.startswith("#")] == [
            line for line in plain.split("\n") if not line.startswith("#")
        ], title


@IN_BOTH
@pytest.mark.parametrize(
    "name",
    ["sqrt", "max", "print", "loss", "gradient", "step", "rate", "math", "power", "over", "start", "points", "random",
     "ahead", "count", "match", "float", "zip", "list", "value", "x", "y", "k", "i", "c", "each", "lost", "quiet", "torch",
     "range", "isfinite", "reason", "a", "u", "states", "maximum", "name", "lr_", "residual"],
)  # fmt: skip
def test_names_of_a_rule_do_not_meet_those_of_python_or_of_the_program(name, program):
    """As state, as intermediate and as hyperparameter."""
    for lines in (
        f"{name} = 0.5*{name} + g\nw = w - lr*sqrt(abs({name}))*max(g, -1)",
        f"{name} = g**2 + 1\nw = w - lr*g/sqrt({name})",
        f"m = {name}*m + max(g, 0.1)\nw = w - lr*m/sqrt(abs(m) + 1)",
    ):
        rule = parse_rule(lines)
        values = dict.fromkeys(rule.hyperparameters, 0.7)
        check(
            Run(expression_problem("x**2 + y**2"), Setup(RuleMethod(rule, values), 0.1), None, Stop(20, 1e-9)), program
        )


def test_names_that_differ_by_a_line_stay_apart():
    rule = parse_rule("sqrt = 0.5*sqrt + g\nsqrt_ = 0.25*sqrt_ + sqrt\nw = w - lr*sqrt_")
    check(Run(SURFACE, Setup(RuleMethod(rule), 1e-4), None, Stop(20)))
