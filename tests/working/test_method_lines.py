"""The working of a method that is no rule, against numbers worked out by hand."""

import pytest

from fallline.descent import Run, Setup, Stop
from fallline.descent.quantities import Quantities
from fallline.descent.replay import replayed_step
from fallline.optimizers import OPTIMIZERS
from fallline.problems import expression_problem, surface_problem
from fallline.problems.network_datasets import network_problem
from fallline.working import working
from tests.descent.runs import METHODS, finished
from tests.formulas.latex import check

QUADRATIC = expression_problem("x**2 + x*y + y**2")


def told(problem, name, t=1, start=None, **values):
    """The lines of a step, by name."""
    run = Run(problem, Setup.of(name, **values), start, Stop(20))
    return {line.name: line for line in finished(working(run, finished(replayed_step(run, t)))).method_lines}


@pytest.mark.parametrize("name", METHODS)
def test_every_line_of_every_method_is_told(name):
    lines = told(surface_problem("rosenbrock"), name, 3)
    assert list(lines) == list(OPTIMIZERS[name].method.lines)
    for line in lines.values():
        for text in (line.latex, line.filled_latex, line.value_latex):
            check(text or "")


def test_newton_has_its_matrices():
    """Of x**2 + x*y + y**2 at (1, 0): the Hessian is [[2, 1], [1, 2]], g = (2, 1), and its step leads to (0, 0)."""
    lines = told(QUADRATIC, "newton", start=(1.0, 0.0))
    assert lines["H"].value == [[2, 1], [1, 2]]
    assert lines["p"].value == pytest.approx([-1, 0], abs=1e-15)
    assert lines["H"].value_latex == r"\begin{bmatrix} 2 & 1 \\ 1 & 2 \end{bmatrix}"
    assert lines["p"].latex == r"p = -\left(H + \mathrm{damping}\, I\right)^{-1} g"
    assert lines["p"].filled_latex == (
        r"-\left(\begin{bmatrix} 2 & 1 \\ 1 & 2 \end{bmatrix} + 0\, I\right)^{-1} \begin{bmatrix} 2 \\ 1 \end{bmatrix}"
    )


def test_bfgs_makes_its_matrix_of_one_step():
    """On x**2 from 1 at rate 1/4: p = -1/2, s = -1/2, y = -1, so that rho = 2, V = 0 and the inverse is 1/2."""
    lines = told(expression_problem("x**2"), "bfgs", start=(1.0,), learning_rate=0.25)
    assert {name: line.value for name, line in lines.items()} == {
        "p": [-0.5], "length": 1.0, "s": [-0.5], "w": [0.5], "y": [-1.0], "rho": 2.0, "V": [[0.0]], "inverse": [[0.5]],
    }  # fmt: skip


def test_the_simplex_says_which_move_it_made():
    """Corners of x**2 from 1 with side 1 are 1 and 2: 2 over 1 is 0, lower than both, and beyond it -1 is not."""
    lines = told(expression_problem("x**2"), "nelder_mead", start=(1.0,), learning_rate=1.0)
    assert (lines["reflected"].value, lines["move"].value) == ([0.0], "reflect")
    assert lines["corners"].value == [[0.0], [1.0]]
    assert lines["losses"].value == [0.0, 1.0]


def test_a_matrix_with_too_many_numbers_is_not_printed_but_told():
    line = told(network_problem("xor", (3,)), "bfgs")["inverse"]
    assert (line.filled_latex, line.value_latex) == (None, None)
    assert (len(line.value), len(line.value[0])) == (13, 13)


def test_its_states_with_a_value_a_parameter_are_its_quantities():
    run = Run(QUADRATIC, Setup.of("conjugate_gradient", learning_rate=0.1), (1.0, 0.0), Stop(2))
    quantities = Quantities(run)
    block = run.next_block()
    quantities.add(block)
    while block.end is None:
        block = run.next_block(block.last)
        quantities.add(block)
    assert list(quantities.states) == ["d", "g_old"]
    assert [column[1] for column in quantities.states["g_old"]] == [2, 1]
    assert (quantities.values, quantities.rate_formulas) == ({}, None)


@pytest.mark.parametrize("name", METHODS)
def test_where_the_lines_lead_is_where_the_run_went_to_the_last_bit(name):
    run = Run(surface_problem("himmelblau"), Setup.of(name, learning_rate=0.01), None, Stop(8))
    for t, there in enumerate(run.whole().parameters.T[1:].tolist(), 1):
        step = finished(replayed_step(run, t))
        (w,) = (line.value for line in finished(working(run, step)).method_lines if line.name == "w")
        assert w == there
