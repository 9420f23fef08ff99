"""The methods that are no rule against SciPy, and against what their line search promises."""

import numpy as np
import pytest

from fallline.descent import Run, Setup, Stop
from fallline.problems import expression_problem
from fallline.problems.objective import InFormulas
from fallline.suggested import suggested_rates
from tests.golden.test_golden import SCIPY, problem_of

SEARCHED = ("bfgs", "conjugate_gradient")


def whole(problem, name, start, steps=400, **values):
    return Run(problem, Setup.of(name, **values), start, Stop(steps)).whole()


@pytest.mark.parametrize("case", SCIPY["nelder_mead"], ids=lambda case: case["problem"])
def test_the_simplex_goes_the_way_of_scipys_and_evaluates_as_many_losses(case):
    rows = whole(problem_of(case["problem"]), "nelder_mead", case["start"], learning_rate=case["edge"], tolerance=0.0)
    for number, there in case["rows"].items():
        row = int(number)
        assert rows.parameters[:, row] == pytest.approx(there["at"], rel=1e-9, abs=1e-12), f"row {row}"
        assert rows.evaluations[:, row].tolist() == [there["losses"], 0, 0]


@pytest.mark.parametrize("case", SCIPY["ends"], ids=lambda case: f"{case['optimizer']}-{case['problem']}")
def test_a_line_search_leads_where_scipys_does_with_about_as_many_evaluations(case):
    problem = problem_of(case["problem"])
    rate = suggested_rates(problem.rates)["gd"]
    rows = whole(problem, case["optimizer"], case["start"], learning_rate=rate)
    assert rows.end.reason == "method_done"
    assert rows.parameters[:, -1] == pytest.approx(case["at"], abs=1e-6)
    near = int(np.argmax(rows.loss <= rows.loss[-1] + 1e-12 * max(1, abs(rows.loss[-1]))))
    assert rows.evaluations[1, near] <= 4 * case["gradients"] + 20


@pytest.mark.parametrize("name", SEARCHED)
def test_with_exact_lengths_a_quadratic_is_done_in_two_steps_by_the_points_of_linear_conjugate_gradients(name):
    """For c2 near 0 a length is taken only where the slope along the line vanishes."""
    case = SCIPY["quadratic"]
    rows = whole(expression_problem(case["expression"]), name, case["start"], 2, c1=1e-15, c2=1e-12, learning_rate=1.0)
    assert pytest.approx(np.array(case["rows"]), rel=1e-9) == rows.parameters[:, 1:].T


@pytest.mark.parametrize("name", SEARCHED)
@pytest.mark.parametrize("problem", ["rosenbrock", "himmelblau", "beale", "mccormick"])
def test_each_step_meets_the_strong_wolfe_conditions(name, problem):
    """Nocedal & Wright 2006, eq. 3.7, of the step s: L falls by c1 g.s at least, |g.s| to c2 of what it was."""
    setup = Setup.of(name, learning_rate=0.005)
    rows = Run(problem_of(problem), setup, None, Stop(5)).whole()
    objective = problem_of(problem).objective
    for row in range(5):
        here, there = rows.parameters[:, row], rows.parameters[:, row + 1]
        (loss, g), (next_loss, next_g) = (objective.value_and_gradient(at) for at in (here, there))
        s = there - here
        assert g @ s < 0
        assert next_loss <= loss + setup.method.c1 * (g @ s)
        assert abs(next_g @ s) <= setup.method.c2 * abs(g @ s) * (1 + 1e-12)


def test_the_matrix_of_bfgs_makes_of_each_change_of_the_gradient_the_step_that_it_came_of():
    """The secant equation, eq. 6.6: inverse times y is s."""
    run = Run(problem_of("rosenbrock"), Setup.of("bfgs"), None, Stop(12))
    row = run.first_row
    while row.t < 10:
        block = run.next_block(row, 1)
        s, y = block.last.parameters - row.parameters, block.last.gradient - row.gradient
        assert block.last.states["inverse"] @ y == pytest.approx(s, rel=1e-9)
        row = block.last


def test_a_search_that_finds_nothing_lower_ends_the_run_where_it_stands():
    rows = whole(expression_problem("x**2"), "bfgs", (0.0,))
    assert (rows.end.reason, rows.end.n_steps) == ("method_done", 1)
    assert rows.parameters.tolist() == [[0, 0]]


def test_newton_goes_to_a_saddle_where_the_ground_bends_both_ways_and_damping_leads_down():
    """Of x**2 - y**2 the gradient vanishes at (0, 0); with 4 added, y doubles: y - (-2y)/(-2 + 4)."""
    saddle = expression_problem("x**2 - y**2")
    assert whole(saddle, "newton", (1.0, 0.5), 1).parameters[:, 1].tolist() == [0, 0]
    assert whole(saddle, "newton", (1.0, 0.5), 1, damping=4.0).parameters[1].tolist() == [0.5, 1.0]


def test_newton_diverges_where_its_equations_have_no_solution():
    end = whole(expression_problem("x + y**2"), "newton", (1.0, 1.0), 3).end
    assert end.sentence == "diverged at step 1: x is not a number (such as 0/0)"


def test_what_is_counted_is_what_was_asked(monkeypatch):
    """BFGS asks for the loss at each length and for the gradient where that falls enough; the start has both already."""
    called, value = [], InFormulas.value
    monkeypatch.setattr(InFormulas, "value", lambda self, w: called.append(tuple(w)) or value(self, w))
    rows = whole(problem_of("rosenbrock"), "bfgs", None, 12, learning_rate=0.0015)
    assert rows.evaluations[0, -1] == len(called) + 1
    assert len(called) == len(set(called)), "no point twice"


def test_evaluations_are_those_of_the_steps():
    """Gradient descent takes a gradient a step, Newton's method a gradient and a Hessian."""
    bowl = problem_of("bowl")
    assert whole(bowl, "gd", None, 3).evaluations.tolist() == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 0, 0, 0]]
    assert whole(bowl, "newton", None, 2).evaluations.tolist() == [[0, 0, 0], [0, 1, 2], [0, 1, 2]]
