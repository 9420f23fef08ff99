"""The chain rule of a line fit: for every loss, over a batch, with noise and in standardised units.

The numbers by hand are those of the lecture this grew from: points (0.6, 1.1), (0.8, 1.2), (1.1, 2.1), from slope 1 and
intercept 0, where it derives

    dL/d intercept = 2 U1 (-1) + 2 U2 (-1) + 2 U3 (-1)
    dL/d slope     = 2 U1 (-0.6) + 2 U2 (-0.8) + 2 U3 (-1.1)
                   = -1.2 (1.1 - (0.6 slope + intercept)) - 1.6 (1.2 - (0.8 slope + intercept)) - 2.2 (2.1 - ...)

There U is 1.1 - 0.6 = 0.5, 1.2 - 0.8 = 0.4 and 2.1 - 1.1 = 1.
"""

import math
import re

import pytest
import sympy

from fallline.descent import Run, Setup, Stop
from fallline.descent.replay import replayed_step
from fallline.formulas import float_function, parse
from fallline.problems import LOSSES
from fallline.problems.line_fit import dataset_problem, line_fit_problem
from fallline.working import working
from tests.descent.runs import finished

DECK = ((0.6, 1.1), (0.8, 1.2), (1.1, 2.1))
RESIDUALS = (0.5, 0.4, 1.0)
BY_HAND = {
    "ssr": {"slope": (-0.6, -0.64, -2.2), "intercept": (-1, -0.8, -2)},
    "mse": {"slope": (-0.6, -0.64, -2.2), "intercept": (-1, -0.8, -2)},
    "mae": {"slope": (-0.6, -0.8, -1.1), "intercept": (-1, -1, -1)},
    "huber": {"slope": (-0.3, -0.32, -1.1), "intercept": (-0.5, -0.4, -1)},
}
TOTALS = {"ssr": (-3.44, -3.8), "mse": (-3.44 / 3, -3.8 / 3), "mae": (-2.5 / 3, -1), "huber": (-1.72 / 3, -1.9 / 3)}


def worked(problem, t=1, **values):
    """The working of one step of gradient descent."""
    run = Run(problem, Setup.of(values.pop("name", "gd"), learning_rate=0.05, **values), None, Stop(30), 7)
    return finished(working(run, finished(replayed_step(run, t))))


def computed(text, **values):
    """What a text computes where its names have these values."""
    names = tuple(values)
    return float_function(names, (parse(text, names),))(*values.values())[0]


@pytest.mark.parametrize("loss", LOSSES)
def test_the_terms_of_the_lecture_by_hand(loss):
    gradient = worked(line_fit_problem(DECK, loss)).gradient
    for parameter, by_hand in BY_HAND[loss].items():
        terms = gradient[parameter].terms
        assert [term.residual.value for term in terms] == pytest.approx(RESIDUALS)
        assert [term.chain.value for term in terms] == pytest.approx(by_hand)
    assert tuple(slope.value for slope in gradient.values()) == pytest.approx(TOTALS[loss])


def test_the_lines_of_the_lecture_for_squares():
    slope, intercept = worked(line_fit_problem(DECK, "ssr")).gradient.values()
    assert slope.chain.loss_latex == r"L = \sum_{i} U_{i}^{2}"
    assert slope.chain.residual_latex == r"U_{i} = y_{i} - (\mathrm{slope} \cdot x_{i} + \mathrm{intercept})"
    assert slope.chain.rule_latex == (
        r"\frac{\partial L}{\partial \mathrm{slope}} = "
        r"\sum_{i} \frac{\partial L}{\partial U_{i}} \cdot \frac{\partial U_{i}}{\partial \mathrm{slope}}"
    )
    assert slope.chain.product_latex == r"\sum_{i} 2 U_{i} (-x_{i})"
    assert intercept.chain.product_latex == r"\sum_{i} 2 U_{i} (-1)"
    assert slope.terms[0].residual.latex == r"1.1 - (1 \cdot 0.6 + 0)"
    assert [term.chain.latex for term in slope.terms] == [
        r"2 \cdot 0.5 \cdot (-0.6)",
        r"2 \cdot 0.4 \cdot (-0.8)",
        r"2 \cdot 1 \cdot (-1.1)",
    ]
    assert [term.formula for term in slope.terms] == [
        "-1.2*(1.1 - (slope*0.6 + intercept))",
        "-1.6*(1.2 - (slope*0.8 + intercept))",
        "-2.2*(2.1 - (slope*1.1 + intercept))",
    ]
    assert [term.formula for term in intercept.terms] == [
        "-2*(1.1 - (slope*0.6 + intercept))",
        "-2*(1.2 - (slope*0.8 + intercept))",
        "-2*(2.1 - (slope*1.1 + intercept))",
    ]


def test_each_loss_prints_what_its_own_declaration_gives():
    printed = {loss: worked(line_fit_problem(DECK, loss)).gradient["slope"].chain for loss in LOSSES}
    assert {loss: chain.outer.formula for loss, chain in printed.items()} == {
        "ssr": "2*residual",
        "mse": "2*residual",
        "mae": "sign(residual)",
        "huber": "where(abs(residual) <= 1, residual, sign(residual))",
    }
    assert {loss: chain.divisor for loss, chain in printed.items()} == {"ssr": None, "mse": 3, "mae": 3, "huber": 3}
    assert printed["mse"].product_latex == r"\frac{1}{3} \sum_{i} 2 U_{i} (-x_{i})"
    assert printed["huber"].product_latex.endswith(r"\end{cases}\right) (-x_{i})")
    assert printed["huber"].outer.latex.startswith(r"\begin{cases} U_{i} &")
    assert printed["mae"].loss_latex == r"L = \frac{1}{3} \sum_{i} \lvert U_{i}\rvert"


@pytest.mark.parametrize("loss", LOSSES)
def test_what_is_declared_of_the_residual_is_the_loss_of_the_points(loss):
    """sympy differentiates the losses as textbooks print them."""
    target, prediction = sympy.symbols("target prediction", real=True)
    by_hand = {
        "ssr": (target - prediction) ** 2,
        "mse": (target - prediction) ** 2,
        "mae": sympy.Abs(target - prediction),
        "huber": sympy.Piecewise(
            ((target - prediction) ** 2 / 2, sympy.Abs(target - prediction) <= 1),
            (sympy.Abs(target - prediction) - sympy.Rational(1, 2), True),
        ),
    }
    slope = -sympy.diff(by_hand[loss], prediction)
    outer = worked(line_fit_problem(DECK, loss)).gradient["slope"].chain.outer.formula
    for residual in (-3.0, -1.0, -0.25, 0.5, 1.0, 2.5):
        expected = float(slope.subs({target: residual, prediction: 0}))
        assert computed(outer, residual=residual) == pytest.approx(expected), residual


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("size", [None, 1, 4])
@pytest.mark.parametrize("standardize", [False, True])
def test_every_line_computes_its_value_again_to_the_last_bit(loss, size, standardize):
    problem = dataset_problem("stopping_distance", loss, standardize)
    told = worked(problem, 9, name="adam", batch_size=size, noise=0.01)
    seen = range(problem.objective.n_points) if size is None else told.batch
    for slope in told.gradient.values():
        assert [term.point for term in slope.terms] == list(seen)
        for term in slope.terms:
            x, y = problem.objective.points[term.point]
            assert computed(term.residual.substituted) == term.residual.value
            assert computed(term.chain.substituted) == term.chain.value == term.value
            at = {**told.before, "feature": x, "target": y}
            assert computed(slope.chain.residual.formula, **at) == term.residual.value
            product = computed(slope.chain.product.formula, residual=term.residual.value, feature=x)
            assert product == pytest.approx(term.value, rel=1e-15)
        total = math.fsum(term.chain.value for term in slope.terms) / (slope.chain.divisor or 1)
        assert slope.clean == pytest.approx(total, rel=1e-12)
        assert slope.value == slope.clean + slope.noise
    assert any("mean 0, standard deviation 1" in note for note in told.notes) == standardize


@pytest.mark.parametrize("loss", LOSSES)
def test_with_the_data_put_in_it_is_a_formula_in_the_parameters(loss):
    told = worked(line_fit_problem(DECK, loss))
    for slope in told.gradient.values():
        for term in slope.terms:
            assert computed(term.formula, **told.before) == pytest.approx(term.value, rel=1e-14)


def test_a_formula_with_the_data_put_in_is_rounded_and_for_few_points_only():
    few = worked(dataset_problem("stopping_distance", "mse", True), batch_size=2).gradient["slope"].terms
    numbers = re.findall(r"\d+\.(\d+)", few[0].formula_latex)
    assert len(numbers) == 3
    assert all(len(number.lstrip("0")) <= 4 for number in numbers), few[0].formula_latex
    many = worked(dataset_problem("stopping_distance", "mse", True)).gradient["slope"].terms
    assert {term.formula for term in many} == {None}


def test_a_batch_is_named_and_one_point_is_not_summed():
    batch = worked(dataset_problem("stopping_distance", "mse", True), batch_size=2).gradient["slope"].chain
    assert batch.loss_latex == r"L_{B} = \frac{1}{2} \sum_{i \in B} U_{i}^{2}"
    assert batch.rule_latex.startswith(r"\frac{\partial L_{B}}{\partial \mathrm{slope}} = \sum_{i \in B} ")
    told = worked(dataset_problem("stopping_distance", "mse", True), name="sgd", batch_size=1)
    one, point = told.gradient["slope"].chain, told.batch[0] + 1
    assert one.loss_latex == rf"L_{{{point}}} = U_{{{point}}}^{{2}}"
    assert one.product_latex == f"2 U_{{{point}}} (-x_{{{point}}})"
    assert one.divisor is None
