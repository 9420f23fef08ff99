"""Planes through parameter space: where their points lie, and how much of a path they hold, by hand."""

import math

import numpy as np
import pytest

from fallline.problems.network_datasets import network_problem
from fallline.problems.plane import Plane, principal_plane, weights_plane


class Squares:
    """The sum of k*w_k**2 over five parameters, k from 1: the value on a plane can be told by hand."""

    parameters = tuple("abcde")

    def value(self, w):
        return sum(k * np.asarray(part) ** 2 for k, part in enumerate(w, 1))


THROUGH = (1.0, -2.0, 0.5, 3.0, 0.0)


def flat():
    """The plane along the second and the fourth parameter."""
    return weights_plane(Squares(), ("b", "d"), THROUGH)


def test_on_a_plane_along_two_parameters_the_coordinates_are_their_values():
    plane = flat()
    assert plane.parameters == ("b", "d")
    assert plane.project([THROUGH, (9, 0.25, 9, -1.5, 9)]).tolist() == [[-2, 3], [0.25, -1.5]]
    # 1*1 + 2*x**2 + 3*0.25 + 4*y**2 + 0
    x, y = np.array([[-2.0, 0.0, 1.0]]), np.array([[3.0], [0.5]])
    expected = [[1.75 + 8 + 36, 1.75 + 36, 1.75 + 2 + 36], [1.75 + 8 + 1, 1.75 + 1, 1.75 + 2 + 1]]
    assert plane.value(Squares(), x, y).tolist() == expected


def test_the_order_of_the_two_parameters_is_kept():
    plane = weights_plane(Squares(), ("d", "b"), THROUGH)
    assert plane.project([THROUGH]).tolist() == [[3, -2]]
    with pytest.raises(KeyError, match="z"):
        weights_plane(Squares(), ("b", "z"), THROUGH)


def test_a_grid_is_the_loss_at_its_points():
    problem = network_problem("xor")
    plane = weights_plane(problem, ("w1_1_1", "b2_1"), problem.start)
    x, y = np.linspace(-3, 3, 7)[None, :], np.linspace(-2, 2, 5)[:, None]
    whole = plane.value(problem.objective, x, y)
    w = np.array(problem.start)
    w[0], w[-1] = x[0, 4], y[3, 0]
    assert whole[3, 4] == pytest.approx(problem.objective.value(w), rel=1e-12)


def test_a_path_in_a_plane_is_held_whole_and_another_in_part():
    assert flat().share([THROUGH, (1, 5, 0.5, -3, 0)]) == 1
    # from (1, -2, 0.5, 3, 0): 3 along b, 4 along c; then 1 along e: 9 of 9 + 16 + 1
    assert flat().share([(1, 1, 4.5, 3, 0), (1, -2, 0.5, 3, 1)]) == pytest.approx(9 / 26)
    assert flat().share([(0, -2, 0.5, 3, 0)]) == 0
    assert flat().share([THROUGH]) == 1
    assert flat().distance([THROUGH, (1, 1, 4.5, 3, 0), (1, -2, 0.5, 3, 1)]) == pytest.approx([0, 4, 1])


def spiral_path(rows=40):
    """A path that goes round in the plane of two oblique directions and wanders off it a little."""
    t = np.linspace(0, 6, rows)[:, None]
    one, other, off = np.array([[3, 0, 4, 0, 0], [0, 5, 0, 0, 12], [4, 0, -3, 0, 0.0]]) / np.array([[5], [13], [5]])
    return THROUGH + 4 * t * np.cos(t) * one + t * np.sin(t) * other + 0.1 * t * off


def test_no_plane_holds_more_of_a_path_than_the_principal_one():
    path = spiral_path()
    plane = principal_plane(path, THROUGH)
    assert plane.directions @ plane.directions.T == pytest.approx(np.eye(2), abs=1e-14)
    # the three directions are orthonormal, so what is off the plane is known but for their small correlation
    off = np.sum((0.1 * np.linspace(0, 6, 40)) ** 2) / np.sum((path - THROUGH) ** 2)
    assert 1 - off <= plane.share(path) < 1
    random = np.random.default_rng(0)
    for _ in range(200):
        tilted, _ = np.linalg.qr((plane.directions + 0.1 * random.normal(size=(2, 5))).T)
        assert Plane(plane.origin, tilted.T, plane.through).share(path) < plane.share(path)


def test_the_principal_directions_are_those_of_the_scatter_about_the_point():
    """The eigenvectors of the matrix of second moments, by another decomposition."""
    path = spiral_path()
    plane = principal_plane(path, THROUGH)
    moments = (path - THROUGH).T @ (path - THROUGH)
    vectors = np.linalg.eigh(moments)[1][:, ::-1].T
    for found, vector in zip(plane.directions, vectors, strict=False):
        assert abs(found @ vector) == pytest.approx(1, abs=1e-12)
        assert found[np.argmax(abs(found))] > 0


def test_a_path_and_its_mirror_image_have_one_plane():
    path = spiral_path()
    mirrored = 2 * np.array(THROUGH) - path
    assert principal_plane(mirrored, THROUGH).directions == pytest.approx(principal_plane(path, THROUGH).directions)


def test_projected_on_its_plane_a_point_of_it_has_its_own_coordinates():
    plane = principal_plane(spiral_path(), THROUGH)
    point = plane.origin + 1.5 * plane.directions[0] - 0.25 * plane.directions[1]
    assert plane.project([point, THROUGH]) == pytest.approx(np.array([[1.5, -0.25], [0, 0]]), abs=1e-14)


@pytest.mark.parametrize(
    ("path", "directions"),
    [
        ([THROUGH], [(1, 0, 0, 0, 0), (0, 1, 0, 0, 0)]),
        ([THROUGH] * 3, [(1, 0, 0, 0, 0), (0, 1, 0, 0, 0)]),
        # straight along (3, 4) of the first two: the third axis is as far from it as any other left out
        (
            [THROUGH, (1 + 3, -2 + 4, 0.5, 3, 0), (1 + 6, -2 + 8, 0.5, 3, 0)],
            [(0.6, 0.8, 0, 0, 0), (0, 0, 1, 0, 0)],
        ),
        # straight along the first: the second completes it
        ([(5, -2, 0.5, 3, 0)], [(1, 0, 0, 0, 0), (0, 1, 0, 0, 0)]),
    ],
)
def test_a_path_that_settles_no_plane_gets_one_through_the_axes_it_leaves_out(path, directions):
    plane = principal_plane(path, THROUGH)
    assert plane.directions == pytest.approx(np.array(directions, dtype=float), abs=1e-14)
    assert plane.share(path) == pytest.approx(1, abs=1e-15)


def test_where_no_axis_is_left_out_the_completing_direction_is_still_orthogonal():
    plane = principal_plane([(2.0, 3.0)], (1.0, 1.0))
    root = math.sqrt(5)
    assert plane.directions == pytest.approx(np.array([(1 / root, 2 / root), (2 / root, -1 / root)]), abs=1e-14)


def test_the_domain_has_the_path_and_the_point_inside_with_a_margin():
    # b goes from -2 to 5, d stays at 3: 70 % of the width is 7, and the other way a quarter of that width
    x, y = flat().domain([(0, 5, 0, 3, 0), (0, 1, 0, 3, 0)])
    assert x == pytest.approx((1.5 - 5, 1.5 + 5))
    assert y == pytest.approx((3 - 1.25, 3 + 1.25))
    assert flat().domain() == ((-5, 1), (0, 6))
    assert flat().domain([THROUGH]) == ((-5, 1), (0, 6))
