"""Where the marks of evidence lie, on surfaces of which that is known by hand."""

import numpy as np
import pytest

from app.course.lessons.evidence import brim, foot, outline_around

X = Y = np.linspace(-2, 2, 401)
WELLS = (X[None, :] ** 2 - 1) ** 2 + Y[:, None] ** 2
"""Two valleys, least at (-1, 0) and (1, 0), with a pass of loss 1 between them at (0, 0)."""


@pytest.mark.parametrize("at", [(-1, 0), (-1.3, 0.4), (0.7, -0.2)])
def test_a_valley_is_filled_to_just_below_its_pass(at):
    assert brim(X, Y, WELLS, at) == pytest.approx(0.98, abs=1e-6)


def test_a_valley_without_a_pass_is_filled_to_the_edge():
    bowl = X[None, :] ** 2 + Y[:, None] ** 2
    assert brim(X, Y, bowl, (0, 0)) == pytest.approx(0.98 * 4, rel=0.01)


def test_its_outline_surrounds_the_place_and_not_the_other_valley():
    outline = np.array(outline_around(X, Y, WELLS, 0.98, (-1, 0)))
    assert outline[:, 0].max() < 0
    assert outline[:, 0].min() == pytest.approx(-np.sqrt(1 + np.sqrt(0.98)), abs=0.01)
    assert np.abs(outline[:, 1]).max() == pytest.approx(np.sqrt(0.98), abs=0.01)


def test_the_foot_is_the_nearest_place_on_the_line():
    assert foot([3, 1], [1, 1]) == pytest.approx([2, 2])
    assert foot([0, 5], [2, 0]) == pytest.approx([0, 0])
