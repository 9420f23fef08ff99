"""Roots, edges and best rates of rules against the closed forms of the literature, and matrices against their lines.

Descent: root 1 - a of a = rate * curvature; fastest at 2/(least + largest), stable below 2/largest (Polyak 1964;
Nesterov 2018, Lectures on convex optimization, theorem 2.1.15). Heavy ball: r**2 - (1 + beta - a)*r + beta, of size
sqrt(beta) while complex, for a between (1 - sqrt(beta))**2 and (1 + sqrt(beta))**2, stable below 2*(1 + beta) (Polyak
1964). Nesterov: r**2 - (1 + beta)*(1 - a)*r + beta*(1 - a), stable below 2*(1 + beta)/(1 + 2*beta) (O'Donoghue and
Candes 2015, section 4). Averaged momentum is the heavy ball with (1 - beta)*a.
"""

import numpy as np
import pytest

from fallline.descent.linear_step import linear_rule, step_matrices
from fallline.descent.modes import (
    GradientNoise,
    LinearStep,
    limit,
    path_of_modes,
    rates,
    shared_step,
    stationary_covariance,
)
from fallline.descent.setup import Setup
from fallline.formulas import parse_rule
from fallline.optimizers import OPTIMIZERS
from fallline.optimizers.method import StepInput

BETA = 0.8
CURVATURES = np.array([1.0, 7.0, 100.0])
ZERO = np.zeros((1, 1))


def of_rates(setup):
    method = setup.rule_method
    linear = linear_rule(method.rule)
    states = dict.fromkeys(method.rule.states, ZERO)

    def step(tried):
        w = np.zeros((1, len(tried)))
        matrices = step_matrices(linear, method, 1.0, tried, tried, w, ZERO, states)[0]
        return LinearStep(matrices[..., :-1], matrices[..., -1])

    return step


def at_rate(setup, rate):
    of_one = of_rates(setup)(np.array([rate]))
    return LinearStep(of_one.rest[0], of_one.gradient[0])


def polynomial(name, a, beta):
    match name:
        case "gd":
            return [1, a - 1]
        case "heavy_ball":
            return [1, a - 1 - beta, beta]
        case "momentum":
            return [1, (1 - beta) * a - 1 - beta, beta]
        case "nesterov":
            return [1, -(1 + beta) * (1 - a), beta * (1 - a)]


@pytest.mark.parametrize("form", ["standard", "keras"])
@pytest.mark.parametrize("name", ["gd", "heavy_ball", "momentum", "nesterov"])
def test_the_roots_are_those_of_the_characteristic_polynomial(name, form):
    if form not in ("standard", *OPTIMIZERS[name].forms):
        form = "standard"
    setup = Setup.of(name, form, **({} if name == "gd" else {"beta": BETA}))
    for rate in (0.0004, 0.011, 0.02, 0.3):
        roots = at_rate(setup, rate).roots(CURVATURES)
        for own, curvature in zip(roots, CURVATURES, strict=True):
            expected = np.roots(polynomial(name, rate * curvature, BETA))
            assert sorted(np.abs(own), reverse=True) == [*np.abs(own)], "the largest comes first"
            np.testing.assert_allclose(np.poly(own), np.poly(expected), atol=1e-12)


EDGES = {"gd": 2, "heavy_ball": 2 * (1 + BETA), "nesterov": 2 * (1 + BETA) / (1 + 2 * BETA),
         "momentum": 2 * (1 + BETA) / (1 - BETA)}  # fmt: skip


@pytest.mark.parametrize("name", EDGES)
def test_the_edge_is_the_literatures(name):
    setup = Setup.of(name, **({} if name == "gd" else {"beta": BETA}))
    assert rates(of_rates(setup), CURVATURES).largest == pytest.approx(EDGES[name] / 100, rel=1e-9)
    assert limit(at_rate(setup, 0.01), 0.01) == pytest.approx(EDGES[name] / 0.01, rel=1e-9)


def test_the_best_rate_of_descent_is_2_over_the_least_and_the_largest_curvature():
    found = rates(of_rates(Setup.of("gd")), CURVATURES)
    assert (found.best, found.factor) == (pytest.approx(2 / 101, rel=1e-9), pytest.approx(99 / 101, rel=1e-9))
    assert found.best_to == pytest.approx(found.best, rel=1e-9)


def test_a_heavy_ball_is_equally_fast_while_all_its_modes_swing():
    found = rates(of_rates(Setup.of("heavy_ball", beta=0.9)), CURVATURES)
    assert found.best == pytest.approx((1 - 0.9**0.5) ** 2, rel=1e-7)
    assert found.best_to == pytest.approx((1 + 0.9**0.5) ** 2 / 100, rel=1e-7)
    assert found.factor == pytest.approx(0.9**0.5, rel=1e-9)


def test_the_best_pair_of_a_heavy_ball_is_polyaks():
    beta = (9 / 11) ** 2  # ((sqrt(k) - 1)/(sqrt(k) + 1))**2 with k = 100: Polyak 1964
    found = rates(of_rates(Setup.of("heavy_ball", beta=beta)), CURVATURES)
    assert found.best == pytest.approx((2 / 11) ** 2, rel=1e-6)
    assert found.factor == pytest.approx(9 / 11, rel=1e-6)


def test_where_no_curvature_is_positive_no_rate_is_best():
    assert rates(of_rates(Setup.of("gd")), np.array([-1.0, 0.0])) is None


@pytest.mark.parametrize("name", [name for name, each in OPTIMIZERS.items() if each.rule])
def test_what_is_held_leaves_the_step_as_it_is(name):
    """The matrix times what the step sets off from is the step, for a rule whose factors are not those of later."""
    for form in ("standard", *OPTIMIZERS[name].forms):
        setup = Setup.of(name, form)
        method = setup.rule_method
        linear = linear_rule(method.rule)
        if linear is None or any("t at last" in factor.names for row in linear.factors for factor in row):
            continue
        values = {state: np.array([0.2 + 0.1 * place]) for place, state in enumerate(method.rule.states)}
        w, g = np.array([0.7]), np.array([0.3])
        after = method.step(StepInput(5, w, 0.0, g, values, 0.01, 0.01, None))
        matrix = step_matrices(linear, method, 5.0, 0.01, 0.01, w, g, values)[0]
        before = np.array([0.7, *(values[state][0] for state in linear.states), 0.3])
        expected = [after[each][0] for each in ("w", *linear.states)]
        np.testing.assert_allclose(matrix @ before, expected, rtol=1e-12)


@pytest.mark.parametrize("name", ["lion", "rprop"])
def test_a_step_by_the_sign_of_the_gradient_is_no_such_sum(name):
    assert linear_rule(Setup.of(name).rule_method.rule) is None


@pytest.mark.parametrize(
    ("lines", "states", "held"),
    [
        ("m = beta*m + g\nw = w - lr*m/(1 + abs(w))", ("m",), {"w"}),
        ("w = w - lr*min(max(g, -1), 1)", None, None),
        ("w = w - lr*where(abs(g) < 1, g, g/abs(g))", (), {"g"}),
        ("n = 0.9*n\nm = n*m + g\nw = w - lr*m", ("m",), {"n"}),
        ("w = w - lr*g + 0.1", (), set()),
        ("w = w - lr*(g - 3*m)\nm = g", ("m",), set()),
    ],
)
def test_rules_of_ones_own_are_read_line_by_line(lines, states, held):
    linear = linear_rule(parse_rule(lines))
    assert (linear and linear.states, linear and linear.held) == (states, held)


def test_adams_modes_are_those_of_the_scaled_hessian():
    """2*(1 + beta1)/((1 - beta1)*lr): Cohen et al. 2022, Adaptive gradient methods at the edge of stability."""
    setup = Setup.of("adam", learning_rate=0.5)
    method = setup.rule_method
    linear = linear_rule(method.rule)
    w, states = np.array([0.1, -2.0]), {"m": np.array([0.3, 0.1]), "v": np.array([4.0, 0.01])}
    matrices = step_matrices(linear, method, 900.0, 0.5, 0.5, w, np.array([2.0, 0.1]), states)
    step, scales = shared_step(matrices, 0.5, alike=False)
    v_hat = (0.999 * states["v"] + 0.001 * np.array([4.0, 0.01])) / (1 - 0.999**900)
    np.testing.assert_allclose(scales, 1 / (np.sqrt(v_hat) + 1e-8), rtol=1e-12)
    assert limit(step, 0.5) == pytest.approx(2 * 1.9 / (0.1 * 0.5), rel=1e-9)


def test_parameters_that_are_not_stepped_alike_share_no_step():
    """Decay that goes through the average is divided with the gradient: no mode is by itself."""
    setup = Setup.of("adamw", "l2", learning_rate=0.5, weight_decay=0.4)
    method = setup.rule_method
    states = {"m": np.zeros(2), "v": np.array([4.0, 0.01])}
    matrices = step_matrices(
        linear_rule(method.rule), method, 9.0, 0.5, 0.5, np.array([1.0, 1.0]), np.array([2.0, 0.1]), states
    )
    assert shared_step(matrices, 0.5, alike=False) is None


def test_the_path_of_the_modes_is_the_product_of_the_matrices():
    step = at_rate(Setup.of("heavy_ball", beta=BETA), 0.01)
    first = np.array([[1.0, 0.0], [2.0, 0.5], [-1.0, 0.1]])
    path = path_of_modes(step, CURVATURES, first, 6)
    for mode, curvature in enumerate(CURVATURES):
        w, m = first[mode]
        for t in range(7):
            assert path[mode, t] == pytest.approx(w, rel=1e-12)
            m = BETA * m + curvature * w
            w -= 0.01 * m


def test_the_variances_are_those_of_the_literature():
    """Descent: lr*s**2/(curvature*(2 - lr*curvature)) (Mandt, Hoffman and Blei 2017, section 3, exact in discrete time).

    Heavy ball: lr**2*s**2*(1 + beta)/((1 - beta)*a*(2*(1 + beta) - a)), with a = lr*curvature (Gitman et al. 2019,
    Understanding the role of momentum in stochastic gradient methods, theorem 3).
    """
    lr, noise = 0.005, 0.3
    a = lr * CURVATURES
    descent = variances(at_rate(Setup.of("gd"), lr), noise)
    np.testing.assert_allclose(descent, lr * noise**2 / (CURVATURES * (2 - a)), rtol=1e-10)
    ball = variances(at_rate(Setup.of("heavy_ball", beta=BETA), lr), noise)
    expected = lr**2 * noise**2 * (1 + BETA) / ((1 - BETA) * a * (2 * (1 + BETA) - a))
    np.testing.assert_allclose(ball, expected, rtol=1e-10)


def variances(step, noise, hessian=None, spread=()):
    hessian = np.diag(CURVATURES) if hessian is None else hessian
    n = len(hessian)
    of_gradients = GradientNoise(noise**2 * np.eye(n), np.reshape(spread, (-1, n, n)), 1, np.zeros((n, n)))
    covariance = stationary_covariance(step, hessian, of_gradients)
    return None if covariance is None else np.diag(covariance)


def test_what_grows_has_no_variance_to_come_to():
    assert variances(at_rate(Setup.of("gd"), 0.03), 0.1) is None
    assert variances(at_rate(Setup.of("gd"), 0.01), 0.1, np.diag([-1.0, 1.0])) is None


def test_a_spread_of_single_gradients_widens_it_and_may_make_it_grow():
    """w' = (1 - rate*(h + d*z))*w + rate*noise: variance rate**2*noise**2/(1 - (1 - rate*h)**2 - rate**2*d**2)."""
    step, h, noise = at_rate(Setup.of("gd"), 0.1), np.array([[2.0]]), 0.3
    expected = 0.1**2 * noise**2 / (1 - 0.8**2 - 0.1**2 * 3**2)
    assert variances(step, noise, h, [[[3.0]]])[0] == pytest.approx(expected, rel=1e-12)
    assert variances(step, noise, h, [[[6.1]]]) is None
