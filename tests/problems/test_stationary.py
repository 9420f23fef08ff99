"""What a place is, from Hessians worked out by hand, and at minima and saddles of the literature."""

import math
from pathlib import Path

import pytest

from fallline.formulas import parse
from fallline.problems import SURFACES, Problem, expression_problem, line_fit_problem, surface_problem
from fallline.problems.network_datasets import network_problem
from fallline.problems.objective import Closed
from fallline.problems.stationary import NEAR, stationary_point


def found(text, *place):
    return stationary_point(expression_problem(text), place)


# x**2 + x*y + y**2: Hessian ((2, 1), (1, 2)), gradient (2x + y, x + 2y). saddle: (x, y**3 - y) with (1, 3y**2 - 1).
@pytest.mark.parametrize(
    ("text", "place", "kind", "norm", "eigenvalues"),
    [
        ("x**2 + x*y + y**2", (0, 0), "minimum", 0, (1, 3)),
        ("x**2 + x*y + y**2", (0.01, -0.01), "minimum", 0.01 * 2**0.5, (1, 3)),
        ("x**2 + x*y + y**2", (1, 1), "none", 3 * 2**0.5, (1, 3)),
        ("x**2/2 + (y**2 - 1)**2/4", (0, 0), "saddle", 0, (-1, 1)),
        ("x**2/2 + (y**2 - 1)**2/4", (0, -1), "minimum", 0, (1, 2)),
        ("-x**2 - 3*y**2", (0, 0), "maximum", 0, (-6, -2)),
        ("x**3 - 3*x*y**2", (0, 0), "degenerate", 0, (0, 0)),
        ("(x - y)**2", (2, 2), "degenerate", 0, (0, 4)),
        ("(x - y)**2 + x", (2, 2), "undecided", 1, (0, 4)),
        ("x + y", (0, 0), "undecided", 2**0.5, (0, 0)),
        ("cos(x)", (math.pi,), "minimum", 0, (1,)),
        ("cos(x)", (0,), "maximum", 0, (-1,)),
    ],
)
def test_a_place_is_what_its_gradient_and_hessian_say(text, place, kind, norm, eigenvalues):
    point = found(text, *place)
    assert point.kind == kind
    assert point.gradient_norm == pytest.approx(norm, abs=1e-12)
    assert point.eigenvalues == pytest.approx(eigenvalues, abs=1e-12)


def test_a_minimum_lies_where_gradient_and_hessian_put_it_and_only_next_to_the_place():
    edge = NEAR * 10  # of a map from -5 to 5
    assert found("(x - 1)**2 + 2*y**2", 1 + 0.9 * edge, 0.9 * edge).at == pytest.approx((1, 0))
    assert found("(x - 1)**2 + 2*y**2", 1 + 1.1 * edge, 0).kind == "none"
    assert found("(x - 1)**2 + 2*y**2", 1 + 1.1 * edge, 0).at is None


# Where the Hessian vanishes Newton's steps shrink by a factor alone, by a half for x**3 and by 2/3 for x**4; the other
# has its minimum where 3x**2 = 3e-4.
@pytest.mark.parametrize(
    ("text", "place", "kind", "at"),
    [
        ("x**3", (0.0199,), "degenerate", (0,)),
        ("x**4", (0.0199,), "degenerate", (0,)),
        ("(x - 1)**4 + 5", (1.0199,), "degenerate", (1,)),
        ("x**3 - 0.0003*x", (0.012,), "minimum", (0.01,)),
        ("x**3 - 3*x*y**2", (0.01, 0.01), "degenerate", (0, 0)),
        # Singular all along a line, beside which Newton's step along it is half as long as y
        ("x**2*y**2", (0.0005, 2), "degenerate", (0, 2)),
    ],
)
def test_it_is_decided_at_the_stationary_point_itself(text, place, kind, at):
    point = found(text, *place)
    assert point.kind == kind
    assert point.at == pytest.approx(at, abs=1e-6)


def test_beside_the_middle_line_of_a_twisted_plane_nothing_is_stationary():
    assert found("sin(x)*y", 1.579, 4.436).kind == "none"  # its gradient is (cos(x)*y, sin(x)), so at least sin(1.579)


def test_without_known_minima_nothing_is_said_of_the_lowest():
    assert found("x**2 + y**2", 0, 0).lowest is None


# Of Rastrigin one parameter alone: 2x + 20 pi sin(2 pi x) = 0 beside each whole number. Surjanovic & Bingham.
@pytest.mark.parametrize(
    ("surface", "place", "lowest"),
    [
        ("rastrigin", (0, 0), True),
        ("rastrigin", (0.9949586376, 0), False),
        ("rastrigin", (-2.9848556, 2.9848556), False),
        ("rastrigin", (4.5229866, 0.9949586376), None),
        ("himmelblau", (3, 2), True),
        ("himmelblau", (-2.805118, 3.131312), True),
        ("himmelblau", (-3.779310, -3.283186), True),
        ("himmelblau", (3.584428, -1.848126), True),
        ("two_wells", (-1, 0), False),
        ("two_wells", (2, 0), True),
        ("ackley", (1e-6, -1e-6), True),
        ("ackley", (-2.97897, 2.97897), False),
    ],
)
def test_minima_of_the_literature(surface, place, lowest):
    point = stationary_point(surface_problem(surface), place)
    if lowest is None:
        assert point.kind == "saddle"  # a crest between two minima in x, a minimum in y
    else:
        assert (point.kind, point.lowest) == ("minimum", lowest)


# Where Himmelblau's gradient vanishes besides: found by solving 4x(x**2 + y - 11) + 2(x + y**2 - 7) = 0 and its twin.
@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ((-0.270845, -0.923039), "maximum"),
        ((0.086678, 2.884255), "saddle"),
        ((3.385154, 0.073852), "saddle"),
        ((-3.073026, -0.081353), "saddle"),
        ((-0.127961, -1.953715), "saddle"),
    ],
)
def test_himmelblau_has_a_maximum_and_four_saddles(place, kind):
    assert stationary_point(surface_problem("himmelblau"), place).kind == kind


@pytest.mark.parametrize("name", SURFACES)
def test_every_listed_minimum_is_one_and_the_global_ones_are_the_lowest(name):
    for minimum in SURFACES[name].minima:
        beside = minimum.at if minimum.smooth else tuple(value + 1e-6 for value in minimum.at)
        point = stationary_point(surface_problem(name), beside)
        assert (point.kind, point.lowest) == ("minimum", minimum.kind == "global"), minimum
        assert point.at == minimum.at


# Features 0 and 1, targets 1 and 3: the line 2x + 1 leaves no residual. Hessian of the sum 2*((1, 1), (1, 2)).
@pytest.mark.parametrize("loss", ["ssr", "mse", "huber"])
def test_the_best_line(loss):
    point = stationary_point(line_fit_problem(((0, 1), (1, 3)), loss), (2, 1))
    assert (point.kind, point.gradient_norm) == ("minimum", 0)
    share = {"ssr": 1, "mse": 1 / 2, "huber": 1 / 4}[loss]
    assert point.eigenvalues == pytest.approx([share * (3 - 5**0.5), share * (3 + 5**0.5)])


def test_straight_pieces_and_data_without_a_best_line_decide_nothing():
    assert stationary_point(line_fit_problem(((0, 1), (1, 3)), "mae"), (2.1, 1)).kind == "undecided"
    assert stationary_point(line_fit_problem(((2, 1), (2, 3)), "ssr"), (1, 0)).kind == "degenerate"


def test_nothing_is_said_of_a_network_nor_where_the_hessian_is_not_finite():
    network = network_problem("xor")
    assert stationary_point(network, network.start) is None
    assert found("sqrt(x**2 + y**2)", 0, 0) is None


def test_nothing_is_said_of_more_than_two_parameters():
    names = ("x", "y", "z")
    problem = Problem("expression", Closed(names, parse("x**2 + y**2 + z**2", names)), (), (1, 1, 1))
    assert stationary_point(problem, (0, 0, 0)) is None


def test_the_page_has_the_same_measure_of_what_is_next_to_a_place():
    words = (Path(__file__).parents[2] / "static/page/math/near.ts").read_text()
    assert f"const NEAR = {NEAR};" in words
