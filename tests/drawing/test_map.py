"""The map: contours where the loss has their value, and numbers and words where there is room for them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fallline.drawing.axes import axes_of
from fallline.drawing.contours import APART, CROSSINGS, contours_of, levels_in_sight, sampled
from fallline.drawing.geometry import Box
from fallline.drawing.labels import CELL, Occupancy, placed_labels
from fallline.drawing.levels import losses, scale_of
from fallline.problems import DATASETS, SURFACES, dataset_problem, expression_problem, line_fit_problem, surface_problem
from tests.drawing.scenes import done

BOX = Box(0, 0, 600, 450)


def traced(problem):
    scale, _ = done(scale_of(problem))
    axes = axes_of(("x", "y"), problem.domain, BOX, equal=True)
    samples, _ = done(sampled(problem.objective, axes, APART))
    levels = levels_in_sight(scale, samples[2], CROSSINGS * 600 * 450)
    return axes, samples, list(contours_of(samples, scale, levels))


def strays(problem, axes, contour):
    """For each vertex in sight, how many pixels the loss of its contour is away at the most."""
    for x, y in contour.area.tolist():
        if BOX.around(-8).holds(x, y):
            yield next((reach for reach in (0.5, 1, 2.5) if has(problem, axes, contour.level.value, x, y, reach)), 9)


def has(problem, axes, value, px, py, reach):
    steps = (-reach, 0, reach)
    around = [problem.loss_at(axes.values(px + dx, py + dy)) - value for dx in steps for dy in steps]
    return min(around) <= 0 <= max(around)


@pytest.mark.parametrize("name", ["bowl", "rosenbrock", "himmelblau", "ravine", "rastrigin", "beale"])
def test_contours_run_where_the_loss_has_their_value(name):
    problem = surface_problem(name)
    axes, _, found = traced(problem)
    away = [stray for contour in found for stray in strays(problem, axes, contour)]
    assert len(away) > 100
    assert max(away) <= 2.5
    assert np.mean(np.array(away) <= 1) > 0.99


@pytest.mark.parametrize("name", SURFACES)
def test_contours_ascend(name):
    _, _, found = traced(surface_problem(name))
    values = [contour.level.value for contour in found]
    assert values == sorted(values)


def test_a_map_too_busy_to_draw_is_drawn_with_few_vertices():
    _, _, found = traced(expression_problem("sin(97*x)*cos(89*y)"))
    assert found
    assert sum(len(contour.area) for contour in found) < 60_000


def test_where_the_loss_is_not_finite_nothing_is_traced():
    axes, samples, found = traced(expression_problem("sqrt(4 - x**2 - y**2)"))
    assert np.isnan(samples[2]).any()
    for contour in found:
        x, y = axes.values(*contour.area.T)
        assert not (np.hypot(x, y) > 2).any()
        # The area ends at the rim, where the loss ends; the line does not run along it.
        x, y = axes.values(*contour.line.T)
        assert np.nanmax(np.hypot(x, y)) < math.sqrt(4 - contour.level.value**2) + 0.05
    _, _, nothing = traced(expression_problem("log(-1 - x**2 - y**2)"))
    assert nothing == []


def test_losses_are_those_of_the_problem_whatever_it_costs():
    points = tuple((0.01 * k, math.sin(k)) for k in range(400))
    for problem in (surface_problem("ackley"), line_fit_problem(points, "huber"), dataset_problem("noisy_line", "mae")):
        x, y = np.linspace(-2, 2, 40), np.linspace(-1, 3, 30)
        found, _ = done(losses(problem.objective, [x, y]))
        for j, i in ((0, 0), (7, 31), (29, 39)):
            assert found[j, i] == pytest.approx(problem.loss_at((float(x[i]), float(y[j]))))


def test_a_problem_of_many_points_is_sampled_more_coarsely_and_in_pieces():
    problem = line_fit_problem(tuple((0.001 * k, math.sin(k)) for k in range(1000)), "ssr")
    axes = axes_of(("x", "y"), ((0, 4), (0, 3)), Box(0, 0, 2000, 1500), equal=True)
    samples, pauses = done(sampled(problem.objective, axes, 4.0))
    assert samples[2].size < 10_000
    assert pauses > 10


def ring(radius, points=400):
    angle = np.linspace(0, 2 * math.pi, points)
    return np.column_stack([300 + radius * np.cos(angle), 225 + radius * np.sin(angle)])


def test_numbers_stand_on_their_line_upright_and_apart():
    labels, _ = done(placed_labels([(100.0, ring(180)), (10.0, ring(60))], 12.0, Occupancy(BOX)))
    assert {label.text for label in labels} == {"10", "100"}
    for label in labels:
        radius = {100.0: 180, 10.0: 60}[label.value]
        assert math.hypot(label.x - 300, label.y - 225) == pytest.approx(radius, abs=1)
        assert -math.pi / 2 <= label.angle <= math.pi / 2
        tangent = math.atan2(label.x - 300, 225 - label.y)
        assert math.sin(label.angle - tangent) == pytest.approx(0, abs=0.05)
    assert len([label for label in labels if label.value == 100]) <= 3


def test_numbers_keep_off_what_is_drawn():
    occupancy = Occupancy(BOX)
    occupancy.take(Box(0, 0, 300, 450))
    labels, _ = done(placed_labels([(100.0, ring(180))], 12.0, occupancy))
    assert labels
    assert all(label.x > 300 for label in labels)


def test_a_line_too_short_or_too_bent_has_no_number():
    assert done(placed_labels([(1.0, ring(9))], 12.0, Occupancy(BOX)))[0] == []


def test_squares_are_taken_under_what_is_drawn_and_everywhere_outside():
    occupancy = Occupancy(Box(0, 0, 120, 60))
    assert occupancy.crowd(Box(6, 6, 40, 20)) == 0
    occupancy.take_lines(np.array([(10.0, 10.0), (100.0, 10.0), (np.nan, np.nan), (-500.0, 40.0), (700.0, 40.0)]))
    assert occupancy.crowd(Box(10, 8, 89, 3)) == 90 // CELL + 1
    assert occupancy.crowd(Box(10, 20, 89, 4)) == 0
    assert occupancy.crowd(Box(0, 38, 119, 3)) == 120 // CELL
    assert occupancy.crowd(Box(-60, -60, 29, 29)) == 25


def test_words_stand_in_the_frame_beside_their_mark_and_off_each_other():
    occupancy, place = Occupancy(BOX), (598.0, 2.0)
    occupancy.take(Box(*place, 0, 0).around(8))
    first, second = (occupancy.take_beside(place, (200, 17), 13) for _ in range(2))
    for words in (first, second):
        assert BOX.holds(words.left, words.top)
        assert BOX.holds(words.right, words.bottom)
        assert not words.holds(*place)
    assert second.top > first.bottom


def test_every_data_set_has_levels():
    for name in DATASETS:
        scale, _ = done(scale_of(dataset_problem(name, "ssr")))
        assert 4 <= len(scale.levels) <= 17


def test_samples_reach_one_beyond_the_frame():
    _, (x, y, _), _ = traced(surface_problem("bowl"))
    assert x[1] == pytest.approx(0)
    assert x[-2] == pytest.approx(600)
    assert x[0] < 0 < 450 < y[-1]
