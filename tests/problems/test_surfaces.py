"""What the catalog says of each surface, checked from its formula alone, with sympy and mpmath as the judges."""

from functools import cache

import mpmath
import numpy as np
import pytest
import sympy

from app.descent import Run, Setup, Stop
from app.formulas import parse_rule
from app.optimizers import OPTIMIZERS
from app.problems import SURFACES, Surface, surface_problem
from app.problems.objective import evaluate

NAMES = (
    "bowl", "ravine", "rotated_ravine", "saddle", "monkey_saddle", "plateau", "rosenbrock", "himmelblau", "beale",
    "booth", "matyas", "three_hump_camel", "six_hump_camel", "goldstein_price", "styblinski_tang", "rastrigin",
    "ackley", "griewank", "levy", "mccormick", "easom", "two_wells",
)  # fmt: skip
MANY = {"rastrigin": 121, "griewank": 17, "levy": 40, "ackley": 120}
"""Smooth minima in the domain, where the catalog lists the global one alone."""
X, Y = sympy.symbols("x y", real=True)

every_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
every_minimum = pytest.mark.parametrize(
    ("surface", "minimum"),
    [pytest.param(s, m, id=f"{s.name}{m.at}") for s in SURFACES.values() for m in s.minima if m.smooth],
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
    slopes = [sympy.diff(loss, v) for v in (X, Y)]
    curvature = sympy.hessian(loss, (X, Y))
    hessian = curvature if module == "mpmath" else curvature.tolist()
    return [sympy.lambdify((X, Y), part, module) for part in (loss, slopes, hessian)]


def test_the_permanent_names_are_there():
    assert tuple(SURFACES)[: len(NAMES)] == NAMES


@every_minimum
def test_a_minimum_is_the_nearest_double_to_where_the_slope_vanishes(surface, minimum):
    with mpmath.workdps(40):
        loss, slopes, hessian = functions(surface.name, "mpmath")
        root = mpmath.findroot(slopes, minimum.at, tol=1e-60, maxsteps=50)
        at = [float(root[0]), float(root[1])]
        assert at == pytest.approx(minimum.at, rel=2.3e-16, abs=1e-16)
        assert float(loss(*root)) == pytest.approx(minimum.loss, rel=2.3e-16, abs=1e-30)
        curved = hessian(*root)
        assert curved[0, 0] > 0
        assert mpmath.det(curved) > 0


def test_the_cusp_of_ackley_is_the_only_minimum_without_a_slope():
    assert [s.name for s in SURFACES.values() if not all(m.smooth for m in s.minima)] == ["ackley"]
    loss, _, _ = functions("ackley", "mpmath")
    with mpmath.workdps(40):
        assert abs(loss(mpmath.mpf(0), mpmath.mpf(0))) < 1e-35
        for angle in range(24):
            step = mpmath.mpf(10) ** -9
            risen = loss(step * mpmath.cos(angle), step * mpmath.sin(angle))
            assert risen / step == pytest.approx(2 * 2**0.5, rel=1e-6)


@every_surface
def test_domain_start_and_minima_go_together(surface: Surface):
    inside = [
        all(low < value < high for (low, high), value in zip(surface.domain, m.at, strict=True)) for m in surface.minima
    ]
    assert all(inside)
    assert all(low < value < high for (low, high), value in zip(surface.domain, surface.start, strict=True))
    losses = {m.kind: {n.loss for n in surface.minima if n.kind == m.kind} for m in surface.minima}
    assert len(losses["global"]) == 1
    assert min(losses.get("local", {float("inf")})) > max(losses["global"])
    assert losses["global"].pop() < surface_problem(surface.name).loss_at(surface.start)


@every_surface
def test_the_map_holds_nothing_lower_than_the_stated_minimum(surface: Surface):
    _, _, loss = surface_problem(surface.name).landscape(surface.domain, 512)
    lowest = min(m.loss for m in surface.minima)
    assert np.isfinite(loss).all()
    assert loss.min() >= lowest - 1e-12 * max(1, abs(lowest))


@every_surface
def test_no_minimum_of_the_domain_is_missing(surface: Surface):
    """Newton's method from a fine grid finds every point where the slope vanishes and the Hessian is positive."""
    found = minima_found(surface)
    listed = {tuple(round(value, 4) + 0.0 for value in m.at) for m in surface.minima if m.smooth}
    assert listed <= found
    assert len(found) == MANY.get(surface.name, len(listed))


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
    _, slopes, hessian = functions(surface_name, "numpy")
    (a, b), (_, d) = hessian(*at)
    return [np.broadcast_to(value, at.shape[1:]) for value in (*slopes(*at), a, b, d)]


@every_surface
def test_loss_and_gradient_are_sympys(surface: Surface):
    loss, slopes, _ = functions(surface.name, "mpmath")
    draw = np.random.default_rng(1)
    for at in draw.uniform(*np.array(surface.domain).T, (20, 2)).tolist():
        found_loss, found_slopes = evaluate(surface_problem(surface.name).objective, at)
        with mpmath.workdps(40):
            size = max(abs(float(value)) for value in slopes(*at))
            assert found_loss == pytest.approx(float(loss(*at)), rel=1e-12, abs=1e-12)
            assert found_slopes == pytest.approx([float(v) for v in slopes(*at)], rel=1e-11, abs=1e-12 * max(1, size))


@every_surface
def test_suggested_rates_give_every_optimizer_a_path_that_can_be_seen_and_stays(surface: Surface):
    unseen = [
        (name, share)
        for name in OPTIMIZERS
        for share in (0.75, 1, 1.35)
        if not seen(surface, *path(surface, name, share * surface.suggested[name]))
    ]
    assert not unseen


def path(surface: Surface, optimizer_name: str, learning_rate: float):
    """The rows of 300 steps and the loss at each."""
    optimizer = OPTIMIZERS[optimizer_name]
    values = {key: param.default for key, param in optimizer.params.items() if key != "learning_rate"}
    setup = Setup(parse_rule(optimizer.rule), learning_rate, values, optimizer.initial)
    blocks = list(Run(surface_problem(surface.name), setup, surface.start, Stop(300)).blocks())
    columns = [[value for block in blocks for value in block.parameters[i]] for i in (0, 1)]
    return np.array(columns).T, np.array([value for block in blocks for value in block.loss])


def seen(surface: Surface, rows, loss) -> bool:
    """Whether a path keeps to the map, falls, gets somewhere and does so in more than a few jumps."""
    low, high = np.array(surface.domain).T
    width = np.hypot(*(high - low))
    on_the_map = ((rows > low - 0.15 * (high - low)) & (rows < high + 0.15 * (high - low))).all()
    reach = np.hypot(*(rows - rows[0]).T).max() / width
    longest = np.hypot(*np.diff(rows, axis=0).T).max() / width
    return bool(len(rows) == 301 and on_the_map and loss[-20:].mean() < loss[0] and reach > 0.035 and longest < 0.15)
