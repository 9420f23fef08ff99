"""Trainings made elsewhere: their plane is that of NumPy's singular vectors, and every loss on it the loss itself."""

from __future__ import annotations

import json
import math
from xml.etree import ElementTree

import numpy as np
import pytest

import fallline
from fallline.over_plane import filter_normalised
from fallline.problems.plane import principal_plane
from fallline.problems.sampled import Sampled
from fallline.tapes import Tape

DRAWS = np.random.default_rng(7)
CURVATURES = np.array([1.0, 3.0, 10.0, 0.2, 0.5])
RATE = 0.15


def loss(w):
    """A bowl in five parameters, whose descent can be written down."""
    return float(CURVATURES @ w**2 / 2)


START = np.array([1.0, -2.0, 0.5, 3.0, 1.0])
POINTS = np.array([START * (1 - RATE * CURVATURES) ** t for t in range(40)])
OTHER = np.array([START * (1 - 0.05 * CURVATURES) ** t for t in range(60)])


@pytest.fixture(scope="module")
def plane():
    first = fallline.path(POINTS, [loss(w) for w in POINTS], label="quick")
    return first.plane(loss, beside=[fallline.path(OTHER, label="slow")], resolution=24)


def test_its_directions_are_numpys_singular_vectors(plane):
    rows = np.vstack([POINTS, OTHER])
    middle = rows.mean(axis=0)
    _, lengths, vectors = np.linalg.svd(rows - middle, full_matrices=False)
    assert np.allclose(plane.origin, middle)
    for direction, vector in zip(plane.directions, vectors[:2], strict=True):
        assert abs(direction @ vector) == pytest.approx(1, abs=1e-12)
    assert plane.share == pytest.approx((lengths[:2] ** 2).sum() / (lengths**2).sum(), abs=1e-12)


def test_each_point_lies_where_it_is_projected_as_far_off_as_it_is(plane):
    for seen, points in zip(plane.seen, (POINTS, OTHER), strict=True):
        foot = plane.origin + seen.places @ plane.directions
        assert np.allclose((points - foot) @ plane.directions.T, 0, atol=1e-12)
        assert np.allclose(np.linalg.norm(points - foot, axis=1), seen.away)
        assert np.allclose(seen.losses, [loss(w) for w in points])
        assert np.allclose(seen.below, [loss(w) for w in foot])
        offsets = points - plane.origin
        assert seen.share == pytest.approx(1 - (seen.away**2).sum() / (offsets**2).sum())


def test_its_ground_is_the_loss_at_each_place(plane):
    x, y, ground = plane.landscape.x, plane.landscape.y, plane.landscape.loss
    assert ground.shape == (len(y), len(x))
    for j, i in ((0, 0), (3, 20), (len(y) - 1, len(x) - 1)):
        assert ground[j, i] == loss(plane.origin + x[i] * plane.directions[0] + y[j] * plane.directions[1])
    (x0, x1), (y0, y1) = plane.domain
    for seen in plane.seen:
        assert ((seen.places > [x0, y0]) & (seen.places < [x1, y1])).all()
    assert 0.49 < (y1 - y0) / (x1 - x0) < 0.73


def test_the_sentence_tells_where_contours_are_furthest_from_the_loss(plane):
    apart, step, own, below = max(
        (abs(own - below), step, own, below)
        for seen in plane.seen
        for step, own, below in zip(seen.steps, seen.losses, seen.below, strict=True)
    )
    assert apart > 0
    assert f"The plane holds {100 * plane.share:.3g} % of the 2 paths" in plane.sentence
    assert f"at step {step} the loss of quick is {own:.3g}, where the plane shows {below:.3g}." in plane.sentence
    # In a plane through all points nothing is apart.
    flat = fallline.path(POINTS[:, :2]).plane(lambda w: loss(np.append(w, [0, 0, 0])), resolution=5)
    assert flat.share == pytest.approx(1)
    assert "here both are the same to 5 %" in flat.sentence


def test_the_picture_has_a_dot_for_each_point_in_its_own_tint_fading_with_its_distance(plane):
    svg = plane.svg()
    dots = [
        each for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}circle")
        if each.get("stroke-opacity") and each.get("r") == "4.2"
    ]  # fmt: skip
    assert len(dots) == 40 + 60
    far = max(seen.away.max() for seen in plane.seen)
    expected = np.sort(np.concatenate([1 - 0.78 * seen.away / far for seen in plane.seen]))
    assert np.allclose(np.sort([float(dot.get("stroke-opacity")) for dot in dots]), expected, atol=0.006)
    assert len({dot.get("fill") for dot in dots}) > 3
    words = " ".join(ElementTree.fromstring(svg).itertext())
    assert "quick 39 steps" in words
    assert plane.sentence[:40] in words
    narrow = ElementTree.fromstring(plane.svg(width="88mm", title="Two rates", theme="night"))
    assert narrow.get("width") == "88mm"


def test_of_a_long_tape_some_points_are_drawn_and_it_says_so():
    turns = np.linspace(0, 6, 500)
    spiral = np.column_stack([turns * np.cos(turns), turns * np.sin(turns), turns])
    svg = fallline.path(spiral).plane(lambda w: float(w @ w), resolution=4).svg()
    assert "A dot every 7 rows." in svg
    assert svg.count('r="4.2"') == math.ceil(500 / 7)


def test_json_has_all_of_it(plane):
    told = json.loads(plane.to_json())
    assert told["share"] == plane.share
    assert told["landscape"]["loss"] == plane.landscape.loss.tolist()
    first = told["tapes"][0]
    assert (first["label"], first["loss"]) == ("quick", plane.seen[0].losses.tolist())
    assert first["steps"] == list(range(40))


def test_a_loss_that_is_not_finite_is_left_out_of_the_ground():
    plane = fallline.path(POINTS[:, :3]).plane(lambda w: math.inf if w[0] > 0.9 else float(w @ w), resolution=12)
    assert np.isnan(plane.landscape.loss).any()
    assert plane.svg().startswith("<svg")
    assert any(None in row for row in json.loads(plane.to_json())["landscape"]["loss"])


def test_principal_directions_of_many_parameters_are_those_of_few():
    points = np.zeros((30, 900))
    points[:, :40] = DRAWS.standard_normal((30, 40)) * np.linspace(3, 1, 40)
    through = points.mean(axis=0)
    few, many = principal_plane(points[:, :40], through[:40]), principal_plane(points, through)
    assert np.allclose(many.directions[:, :40], few.directions, atol=1e-9)
    assert np.allclose(many.directions[:, 40:], 0)
    still = principal_plane(np.zeros((4, 900)), np.zeros(900))
    assert np.allclose(still.directions @ still.directions.T, np.eye(2))
    assert still.settled == 0
    line = principal_plane(np.outer(np.arange(4.0), points[0]), np.zeros(900))
    assert line.settled == 1
    assert np.allclose(line.directions @ line.directions.T, np.eye(2))


def test_between_the_places_of_a_grid_a_sampled_loss_is_bilinear():
    x, y = np.linspace(-1, 2, 7), np.linspace(0, 1, 5)
    sampled = Sampled(("a", "b"), x, y, 2 + 3 * x - y[:, None] + 4 * x * y[:, None])
    at = np.array([[-0.9, 0.3, 1.7], [0.1, 0.55, 0.9]])
    value, gradient = sampled.value_and_gradient(at)
    assert np.allclose(value, 2 + 3 * at[0] - at[1] + 4 * at[0] * at[1])
    assert np.allclose(gradient, [3 + 4 * at[1], -1 + 4 * at[0]])
    assert np.isnan(sampled.value((np.array([-1.2, 0.0]), np.array([0.5, 1.2])))).all()


def test_filters_of_random_directions_are_as_long_as_those_of_the_weights():
    shapes = [(4, 3), (4,), (2, 4, 3, 3), (2,)]
    weights = DRAWS.standard_normal(sum(map(math.prod, shapes)))
    directions = filter_normalised(weights, shapes, seed=3)
    assert (directions == filter_normalised(weights, shapes, seed=3)).all()
    assert (directions != filter_normalised(weights, shapes, seed=4)).any()
    assert abs(directions[0] @ directions[1]) < directions[0] @ directions[0]
    for direction in directions:
        assert np.allclose(
            np.linalg.norm(direction[:12].reshape(4, 3), axis=1), np.linalg.norm(weights[:12].reshape(4, 3), axis=1)
        )
        assert (direction[12:16] == 0).all()
        own, drawn = (each[16:88].reshape(2, 36) for each in (weights, direction))
        assert np.allclose(np.linalg.norm(drawn, axis=1), np.linalg.norm(own, axis=1))
        assert (direction[88:] == 0).all()


@pytest.mark.parametrize("room", [3, 4, 5, 8, 9])
def test_memory_is_bounded_and_it_says_how(room):
    tape = Tape("long", most_bytes=room * 16)
    for step in range(101):
        tape.taken = step
        if step % tape.every == 0:
            tape.keep(np.array([step, 1.0]), float(step), last=step == 100)
    assert 2 <= len(tape) <= room
    assert tape.points[:, 0].tolist() == tape.steps.tolist() == tape.losses.tolist()
    assert tape.steps[0] == 0
    assert (tape.steps[:-1] % tape.every == 0).all()
    assert (np.diff(tape.steps[:-1]) == tape.every).all()
    assert f"every {tape.every} steps of 100, {len(tape) * 16 / 1e6:.3g} MB." in tape.sentence


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: fallline.path([1, 2]), "points must be finite numbers in two rows and two columns or more; got shape"),
        (lambda: fallline.path([[1, 2], [1, math.nan]]), "points must be finite"),
        (lambda: fallline.path(POINTS, [1, 2]), "losses must be 40 numbers, one for each point; got shape"),
        (
            lambda: fallline.path(POINTS[:3], steps=[0, 2, 2]),
            "steps must be 3 whole numbers, each above the one before",
        ),
        (lambda: fallline.path(POINTS).plane(), "loss must be a function"),
        (lambda: fallline.path(POINTS).plane(loss, along="up"), "along must be principal or random; got 'up'"),
        (lambda: fallline.path(POINTS).plane(loss, along="random"), "random directions are as long as the filters"),
        (lambda: fallline.path(POINTS).plane(loss, resolution=1), "resolution must be a whole number, 2 to 256; got 1"),
        (
            lambda: fallline.path(POINTS).plane(loss, beside=[fallline.path(POINTS[:, :3])]),
            "tapes on one plane must have as many parameters; got 3 and 5",
        ),
    ],
)
def test_what_is_wrong_is_told(ask, says):
    with pytest.raises(ValueError, match=says):
        ask()
