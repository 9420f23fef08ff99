"""What the catalog says of each surface, checked from its formula alone, with sympy and mpmath as the judges."""

from functools import cache

import mpmath
import numpy as np
import pytest
import sympy

from fallline.descent import Run, Setup, Stop
from fallline.optimizers import OPTIMIZERS
from fallline.problems import SURFACES, Surface, surface_problem
from fallline.problems.surface import Rates
from fallline.suggested import OF_A_PAIR, suggested_rates
from tests.descent.runs import RULES

NAMES = {
    "bowl", "ravine", "rotated_ravine", "saddle", "monkey_saddle", "plateau", "rosenbrock", "himmelblau", "beale",
    "booth", "matyas", "three_hump_camel", "six_hump_camel", "goldstein_price", "styblinski_tang", "rastrigin",
    "ackley", "griewank", "levy", "mccormick", "easom", "two_wells",
}  # fmt: skip
X, Y = sympy.symbols("x y", real=True)

every_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
every_minimum = pytest.mark.parametrize(
    ("surface", "minimum"),
    [pytest.param(s, m, id=f"{s.name}{m.at}") for s in SURFACES.values() for m in s.minima if m.smooth],
)
every_cusp = pytest.mark.parametrize(
    ("surface", "minimum"),
    [pytest.param(s, m, id=f"{s.name}{m.at}") for s in SURFACES.values() for m in s.minima if not m.smooth],
)


@cache
def formula(surface_name: str) -> sympy.Expr:
    """The surface as sympy reads it, with exact decimals."""
    text = SURFACES[surface_name].expression
    exact = sympy.sympify(text, locals={"x": X, "y": Y, "pi": sympy.pi, "e": sympy.E}, rational=True)
    assert exact.free_symbols == {X, Y}
    return exact


@cache
def functions(surface_name: str, module: str):
    """Loss, gradient and Hessian of a surface as functions of x and y."""
    loss = formula(surface_name)
    gradient = [sympy.diff(loss, v) for v in (X, Y)]
    curvature = sympy.hessian(loss, (X, Y))
    hessian = curvature if module == "mpmath" else curvature.tolist()
    return [sympy.lambdify((X, Y), part, module) for part in (loss, gradient, hessian)]


def test_the_permanent_names_are_there():
    assert set(SURFACES) >= NAMES


def test_a_rate_of_its_own_goes_before_those_of_the_kind():
    assert suggested_rates(Rates(0.1, 0.2), "rosenbrock")["nadam"] == 0.05
    assert suggested_rates(Rates(0.1, 0.2), "bowl")["nadam"] == 0.2
    assert all(surface in SURFACES and optimizer in OPTIMIZERS for surface, optimizer in OF_A_PAIR)


@every_minimum
def test_a_minimum_is_the_nearest_double_to_where_the_gradient_vanishes(surface, minimum):
    with mpmath.workdps(40):
        loss, gradient, hessian = functions(surface.name, "mpmath")
        root = mpmath.findroot(gradient, minimum.at, tol=1e-60, maxsteps=50)
        at, lowest = (float(root[0]), float(root[1])), float(loss(*root))
        true = f"Minimum({at}, {lowest!r}) is where the gradient vanishes"
        assert at == pytest.approx(minimum.at, rel=2.3e-16, abs=1e-16), true
        assert lowest == pytest.approx(minimum.loss, rel=2.3e-16, abs=1e-30), true
        curved = hessian(*root)
        assert curved[0, 0] > 0
        assert mpmath.det(curved) > 0


@every_cusp
def test_a_minimum_that_is_not_smooth_is_a_cusp(surface, minimum):
    assert all(rise > 0.01 for rise in rises(surface, minimum)), (
        "smooth=False, but the loss hardly rises at 1e-9 from it"
    )


def test_the_cusp_of_ackley_is_as_steep_all_around():
    assert rises(SURFACES["ackley"], SURFACES["ackley"].minima[0]) == pytest.approx([2 * 2**0.5] * 24, rel=1e-6)


def rises(surface, minimum):
    """How steeply the loss rises from a minimum, in 24 directions."""
    loss, _, _ = functions(surface.name, "mpmath")
    with mpmath.workdps(40):
        step, (x, y) = mpmath.mpf(10) ** -9, map(mpmath.mpf, minimum.at)
        lowest = loss(x, y)
        assert float(lowest) == pytest.approx(minimum.loss, rel=2.3e-16, abs=1e-30)
        around = [(x + step * mpmath.cos(angle), y + step * mpmath.sin(angle)) for angle in range(24)]
        return [float((loss(*at) - lowest) / step) for at in around]


@every_surface
def test_start_and_minima_go_together(surface: Surface):
    for at in (surface.start, *(minimum.at for minimum in surface.minima)):
        assert all(low < value < high for (low, high), value in zip(surface.domain, at, strict=True)), (
            f"{at} is outside"
        )
    losses = {m.kind: {n.loss for n in surface.minima if n.kind == m.kind} for m in surface.minima}
    assert len(losses["global"]) == 1
    assert min(losses.get("local", {float("inf")})) > max(losses["global"])
    assert losses["global"].pop() < surface_problem(surface.name).loss_at(surface.start)


@every_surface
def test_the_map_holds_nothing_lower_than_the_stated_minimum(surface: Surface):
    axes = [np.linspace(low, high, 512) for low, high in surface.domain]
    loss = surface_problem(surface.name).objective.value(np.meshgrid(*axes))
    lowest = min(m.loss for m in surface.minima)
    assert np.isfinite(loss).all()
    assert loss.min() >= lowest - 1e-12 * max(1, abs(lowest))


@pytest.mark.slow
def test_what_summaries_say_in_numbers_is_so():
    minima = {name: [minimum.loss for minimum in SURFACES[name].minima] for name in NAMES}
    assert "the deepest, two that are equally deep, and the shallowest" in SURFACES["styblinski_tang"].summary
    deepest, second, third, shallowest = minima["styblinski_tang"]
    assert deepest < second == third < shallowest
    assert "at losses from 3 to 840, under walls up to a million high" in SURFACES["goldstein_price"].summary
    assert minima["goldstein_price"] == [3, 30, 84, 840]
    walls = functions("goldstein_price", "numpy")[0](*np.meshgrid(np.linspace(-2, 2, 401), np.linspace(-2, 2, 401)))
    assert walls.max() == pytest.approx(1e6, rel=0.02)


UNLISTED = {"rastrigin": 120, "ackley": 120, "griewank": 16, "levy": 39}
"""How many smooth minima in the domain of a surface are not among its `minima`."""


@every_surface
def test_no_minimum_of_the_domain_is_missing(surface: Surface):
    """Newton's method from a fine grid finds every point where the gradient vanishes and the Hessian is positive."""
    found = minima_found(surface)
    listed = {tuple(round(value, 4) + 0.0 for value in m.at) for m in surface.minima if m.smooth}
    assert listed <= found
    missing = found - listed
    assert len(missing) == UNLISTED.get(surface.name, 0), (
        f"{len(missing)} local minima are not in minima, such as {sorted(missing)[:4]}: add them, or say so in UNLISTED"
    )


def minima_found(surface: Surface) -> set[tuple[float, float]]:
    """Smooth minima strictly inside the domain, to four decimals."""
    low, high = np.array(surface.domain).T[:, :, None]
    axes = np.linspace(low, high, 100)[1:-1, :, 0].T
    at = np.array([grid.ravel() for grid in np.meshgrid(*axes)])
    with np.errstate(all="ignore"):
        for _ in range(50):
            at = at + newton_step(surface.name, at, longest=(high - low).min() / 50)
        gx, gy, a, b, d = derivatives(surface.name, at)
    good = (a > 0) & (a * d - b * b > 1e-12) & (np.hypot(gx, gy) < 1e-7) & ((low < at) & (at < high)).all(axis=0)
    return {(round(x, 4) + 0.0, round(y, 4) + 0.0) for x, y in at[:, good].T.tolist()}


def newton_step(surface_name: str, at, longest: float):
    """One step of Newton's method for all points at once, none longer than `longest`."""
    gx, gy, a, b, d = derivatives(surface_name, at)
    step = np.array([b * gy - d * gx, b * gx - a * gy]) / (a * d - b * b)
    return np.nan_to_num(step * np.minimum(1, longest / np.hypot(*step)))


def derivatives(surface_name: str, at):
    """The gradient and the upper triangle of the Hessian at many points."""
    _, gradient, hessian = functions(surface_name, "numpy")
    (a, b), (_, d) = hessian(*at)
    return [np.broadcast_to(value, at.shape[1:]) for value in (*gradient(*at), a, b, d)]


@every_surface
def test_loss_and_gradient_are_sympys(surface: Surface):
    loss, gradient, _ = functions(surface.name, "mpmath")
    draw = np.random.default_rng(1)
    for at in draw.uniform(*np.array(surface.domain).T, (20, 2)).tolist():
        found_loss, found_gradient = surface_problem(surface.name).objective.value_and_gradient_at(at)
        with mpmath.workdps(40):
            true = [float(value) for value in gradient(*at)]
            size = max(1, *map(abs, true))
            assert found_loss == pytest.approx(float(loss(*at)), rel=1e-12, abs=1e-12)
            assert found_gradient == pytest.approx(true, rel=1e-11, abs=1e-12 * size)


@every_surface
@pytest.mark.parametrize("name", ["bfgs", "conjugate_gradient", "nelder_mead"])
def test_at_the_suggested_rate_a_method_that_compares_losses_falls_on_the_map_and_is_done(surface: Surface, name: str):
    rows, loss = path(surface, name, suggested_rates(surface.rates, surface.name)[name])
    assert (np.diff(loss) <= 0).all()
    assert loss[-1] < loss[0]
    assert len(rows) < 301
    assert keeps_to_the_map(surface, rows)


@every_surface
def test_the_suggested_rate_gives_every_rule_a_path_that_can_be_seen_and_stays(surface: Surface):
    rates = suggested_rates(surface.rates, surface.name)
    for name in RULES:
        rate = rates[name]
        if not shown(surface, name, rate):
            others = [float(f"{rate * 1.25**power:.2g}") for power in range(-16, 9)]
            good = [other for other in others if shown(surface, name, other)]
            pytest.fail(
                f"{name} has no path to look at on {surface.name} with rate {rate:g}; of others, these give one: "
                f"{good}. Change the factor in step_length of {name}, or say its rate in OF_A_PAIR of "
                "fallline/suggested.py; where the surface is new, try other rates or another start first."
            )


def shown(surface: Surface, optimizer_name: str, rate: float) -> bool:
    """Whether there is a path to look at with this rate, and with some more and some less."""
    return all(seen(surface, *path(surface, optimizer_name, share * rate)) for share in (0.75, 1, 1.35))


def path(surface: Surface, optimizer_name: str, learning_rate: float):
    """The rows of 300 steps and the loss at each."""
    setup = Setup.of(optimizer_name, learning_rate=learning_rate)
    blocks = list(Run(surface_problem(surface.name), setup, surface.start, Stop(300)).blocks())
    columns = [[value for block in blocks for value in block.parameters[i]] for i in (0, 1)]
    return np.array(columns).T, np.array([value for block in blocks for value in block.loss])


def keeps_to_the_map(surface: Surface, rows) -> bool:
    """Whether all of a path lies on the map, or little beside it."""
    low, high = np.array(surface.domain).T
    return bool(((rows > low - 0.15 * (high - low)) & (rows < high + 0.15 * (high - low))).all())


def seen(surface: Surface, rows, loss) -> bool:
    """Whether a path keeps to the map, falls, gets somewhere and does so in more than a few jumps."""
    low, high = np.array(surface.domain).T
    width = np.hypot(*(high - low))
    reach = np.hypot(*(rows - rows[0]).T).max() / width
    longest = np.hypot(*np.diff(rows, axis=0).T).max() / width
    return bool(
        len(rows) == 301
        and keeps_to_the_map(surface, rows)
        and loss[-20:].mean() < loss[0]
        and reach > 0.035
        and longest < 0.15
    )
