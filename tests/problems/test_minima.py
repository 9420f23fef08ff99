"""Which minimum each end of a map of starts has reached: as `stationary_point` says, and by hand."""

import numpy as np
import pytest

from fallline.descent import Run, Setup, Stop
from fallline.descent.lanes import ends_of_starts
from fallline.in_parts import whole
from fallline.problems import SURFACES, expression_problem, surface_problem
from fallline.problems.line_fit import dataset_problem
from fallline.problems.minima import DIVERGED, ELSEWHERE, minima_reached
from fallline.problems.network_datasets import network_problem
from fallline.problems.stationary import NEAR, stationary_point

# Surjanovic & Bingham
OF_HIMMELBLAU = {(3, 2), (-2.805118, 3.131313), (-3.779310, -3.283186), (3.584428, -1.848127)}


def reached(problem, setup, steps, across=29):
    """What a map of starts reaches, and its starts."""
    axes = [np.linspace(low, high, across) for low, high in problem.domain]
    starts = np.stack([axis.ravel() for axis in np.meshgrid(*axes)])
    ends = whole(ends_of_starts(Run(problem, setup, stop=Stop(steps)), starts))
    return whole(minima_reached(problem, ends.parameters)), starts


@pytest.mark.parametrize("name", SURFACES)
def test_each_place_has_reached_what_is_stationary_next_to_it(name):
    problem, random = surface_problem(name), np.random.default_rng(0)
    low, high = np.array(problem.domain).T[:, :, None]
    beside = [np.array(minimum.at)[:, None] for minimum in problem.minima]
    places = np.concatenate(
        [random.uniform(low, high, (2, 40)), *(at + random.uniform(-2, 2, (2, 20)) * NEAR * (high - low) for at in beside)],
        axis=1,
    )  # fmt: skip
    found = whole(minima_reached(problem, places))
    for place, index in zip(places.T.tolist(), found.index, strict=True):
        point = stationary_point(problem, place)
        is_minimum = point is not None and point.kind == "minimum"
        if is_minimum:
            assert found.minima[index][0] == pytest.approx(point.at, abs=1e-6)
        elif index >= 0:  # Newton's way from the rim may lead out, the distance alone counts here
            away = np.abs(np.array(place) - found.minima[index][0]) / (NEAR * (high - low)[:, 0])
            assert 0.95 < away.max() <= 1


def test_minima_that_are_not_known_are_found_and_each_is_listed_once():
    problem = expression_problem("(x**2 + y - 11)**2 + (x + y**2 - 7)**2")
    found, _ = reached(problem, Setup.of("adam", learning_rate=0.2), 300)
    assert {tuple(round(value, 6) for value in at) for at, _ in found.minima} == OF_HIMMELBLAU
    assert [loss for _, loss in found.minima] == pytest.approx([0] * 4, abs=1e-15)
    assert sum(found.shares) == pytest.approx(1, abs=0.01)


def test_minima_lie_apart_wherever_they_lie():
    """cos(2*pi*x) has its minima at 0.5 and all numbers beside it, the lines of many a grid."""
    found = whole(
        minima_reached(expression_problem("cos(6.283185307179586*x)"), np.linspace(-4.001, 3.999, 9)[None] + 0.5)
    )
    assert [round(at[0], 9) for at, _ in found.minima] == [k + 0.5 for k in range(-4, 5)]
    assert found.index.tolist() == list(range(9))


def test_shares_of_two_wells_are_those_of_the_sides_of_its_crest():
    """The derivative in x is x*(x - 2)*(x + 1): a small rate leads from x < 0 to -1, from x > 0 to 2, and stays at 0."""
    found, starts = reached(surface_problem("two_wells"), Setup.of("gd", learning_rate=0.05), 400)
    assert [at for at, _ in found.minima] == [(2, 0), (-1, 0)]
    assert found.shares == pytest.approx([16 / 29, 12 / 29])
    assert np.array_equal(found.index, np.select([starts[0] > 0, starts[0] < 0], [0, 1], ELSEWHERE))


def test_what_moves_stops_on_a_flat_or_diverged_has_reached_none():
    moving, _ = reached(surface_problem("two_wells"), Setup.of("gd", learning_rate=1e-4), 3, 10)
    assert set(moving.index) == {ELSEWHERE}
    assert moving.shares == [0, 0]
    # flat where |x| > 1; x**2 is multiplied by 1 - 2*lr a step
    flat = expression_problem("where(x**2 < 1, x**2, 1) + 0*y")
    assert set(reached(flat, Setup.of("gd", learning_rate=0.1), 200)[0].index) == {ELSEWHERE}, "a line is no minimum"
    diverged, starts = reached(expression_problem("x**2 + y**2"), Setup.of("gd", learning_rate=1.1), 3000)
    away = starts.any(axis=0)
    assert set(diverged.index[away]) == {DIVERGED}
    assert diverged.index[~away].tolist() == [0]


def test_of_one_parameter_and_of_data():
    curve, _ = reached(expression_problem("(x**2 - 1)**2"), Setup.of("gd", learning_rate=0.01), 300)
    assert sorted(at[0] for at, _ in curve.minima) == pytest.approx([-1, 1])
    line, _ = reached(dataset_problem("shoe_size", "mse", True), Setup.of("gd", learning_rate=0.3), 300, 5)
    assert set(line.index) == {0}
    assert len(line.minima) == 1


def test_nothing_is_said_of_a_network():
    network = network_problem("xor")
    assert whole(minima_reached(network, np.array(network.start)[:, None])) is None
