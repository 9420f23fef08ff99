"""Lines with fewer vertices, and where runs go: nothing is bent, nothing is clamped, nothing is made up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.svg import outline
from app.drawing.thinning import outermost, sampled, straightened
from app.drawing.trail import BEYOND, CLOSE, MOST, Trail
from app.drawing.view import Box, View
from tests.drawing.scenes import away, corners

BOX = Box(100, 50, 400, 300)
VIEW = View(BOX, 0, 40, 0, 30, equal=True)
"""Ten pixels a unit."""

FINITE = st.floats(-1e100, 1e100)
WALKS = st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=2, max_size=60)


def one(points, stray=0.1, passes=6):
    line = np.array(points, dtype=float)
    return straightened(line, np.array([0, len(line)]), stray, passes)[0]


@settings(deadline=None, derandomize=True)
@given(WALKS)
def test_what_is_left_out_lies_on_the_line_that_is_left(steps):
    points = np.cumsum(np.array(steps), axis=0)
    kept = one(points)
    assert kept[0].tolist() == points[0].tolist()
    assert kept[-1].tolist() == points[-1].tolist()
    assert all(away(point, kept) < 6 * 0.1 + 1e-9 for point in points)


def test_a_straight_line_needs_its_ends_alone():
    assert one([(k, 2 * k) for k in range(33)], passes=12).tolist() == [[0, 0], [32, 64]]


def test_turning_back_on_the_same_line_is_kept():
    there_and_back = [(0, 0), (10, 0), (-8, 0), (6, 0), (-4, 0)]
    assert one(there_and_back).tolist() == [list(map(float, point)) for point in there_and_back]


def test_each_of_several_lines_keeps_its_ends():
    points = np.array([(0, 0), (1, 0), (2, 0), (9, 9), (9, 8), (9, 7)], dtype=float)
    kept, offsets = straightened(points, np.array([0, 3, 6]), 0.1, 3)
    assert kept.tolist() == [[0, 0], [2, 0], [9, 9], [9, 7]]
    assert offsets.tolist() == [0, 2, 4]


def test_of_far_too_many_vertices_the_first_and_the_outermost_stay():
    random = np.random.default_rng(5)
    points = random.normal(size=(20_000, 2))
    points[15_000] = (50, -60)
    kept = outermost(points, 1000)
    assert len(kept) <= 1000
    assert kept[:500].tolist() == points[:500].tolist()
    assert kept[-1].tolist() == points[-1].tolist()
    for line in (kept.min(axis=0), kept.max(axis=0)):
        assert line.tolist() in (points.min(axis=0).tolist(), points.max(axis=0).tolist())


def test_ever_so_many_lines_are_as_many_as_there_is_room_for():
    lines = [np.array([(k, 0.0), (k, 1.0)]) for k in range(5000)]
    kept = sampled(lines, 600)
    assert sum(map(len, kept)) <= 602
    assert all(np.array_equal(a, b) for a, b in zip(kept, lines, strict=False))


@settings(deadline=None, derandomize=True)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)), min_size=2, max_size=9), max_size=5
    )
)
def test_path_data_leads_to_the_same_places(lines):
    if not lines:
        return
    points = np.array([point for line in lines for point in line], dtype=float)
    offsets = np.cumsum([0, *map(len, lines)])
    expected = [
        point
        for line in lines
        for k, point in enumerate(line)
        if k == 0 or point != line[k - 1] or (set(line) == {point} and k == 1)
    ]
    assert [(x, y) for x, y in corners(outline(points, offsets, closed=False))] == expected


def trail(*rows, first=0):
    found = Trail(VIEW)
    found.add(first, [x for x, _ in rows], [y for _, y in rows])
    return found


def test_rows_lie_at_their_places():
    found = trail((0, 0), (40, 30), (10, 20))
    assert found.places.tolist() == [[100, 350], [500, 50], [200, 150]]
    assert found.rows.tolist() == [0, 1, 2]
    assert found.head == (200, 150)
    assert found.exit() is None


def test_rows_the_eye_cannot_tell_apart_are_one_and_the_last_is_kept():
    found = trail((1, 1), (1.01, 1), (1.02, 1), (1.03, 1), (1.031, 1))
    assert CLOSE == 0.25
    assert found.rows.tolist() == [0, 3, 4]


def test_blocks_join():
    whole, parts = trail((1, 1), (2, 2), (3, 1)), Trail(VIEW)
    for row, place in enumerate(((1, 1), (2, 2), (3, 1))):
        parts.add(row, [place[0]], [place[1]])
    assert parts.rows.tolist() == whole.rows.tolist()
    assert parts.places.tolist() == whole.places.tolist()


def test_a_block_without_rows_changes_nothing():
    found = trail((1, 1), (2, 2))
    found.add(2, [], [])
    assert found.rows.tolist() == [0, 1]


def test_up_to_a_step_the_rows_are_the_first_of_the_whole():
    found = Trail(VIEW)
    for first in (0, 3, 6):
        found.add_until(4, first, [first, first + 1, first + 2], [0, 0, 0])
    assert found.rows.tolist() == [0, 1, 2, 3, 4]


def test_a_run_that_leaves_has_its_exit_on_the_frame_and_its_place_outside():
    found = trail((20, 15), (20, 25), (20, 35), (20, 45), (20, 1e90))
    assert found.head is None
    gone = found.exit()
    assert (gone.x, gone.y) == pytest.approx((300, 50))
    assert gone.angle == pytest.approx(-math.pi / 2)
    assert gone.row == 2
    (line,) = found.stretches()
    assert line[-1].tolist() == pytest.approx([300, 50 - BEYOND])


def test_a_run_that_comes_back_is_drawn_where_it_is_on_the_sheet():
    found = trail((20, 15), (60, 15), (70, 15), (80, 15), (30, 15))
    assert [line.tolist() for line in found.stretches()] == [
        [[300, 200], [524, 200]], [pytest.approx([524, 200]), [400, 200]]
    ]  # fmt: skip
    assert found.exit() is None
    assert found.head == (400, 200)


def test_a_segment_with_both_ends_outside_is_not_drawn():
    assert trail((-10, 15), (50, 15)).stretches() == []
    assert trail((-10, 15), (50, 15)).exit() is None


def test_a_trail_holds_so_many_vertices_and_no_more_and_still_knows_where_it_left():
    random = np.random.default_rng(3)
    found = Trail(VIEW)
    for first in range(0, 30_000, 1000):
        found.add(first, random.uniform(5, 35, 1000).tolist(), random.uniform(5, 25, 1000).tolist())
        assert len(found.rows) <= MOST
    beginning = found.places[:1000].tolist()
    found.add(30_000, [20.0, 20.0], [15.0, 45.0])
    assert found.exit().row == 30_001
    assert found.rows[:1000].tolist() == list(range(1000))
    assert beginning == found.places[:1000].tolist()
    low, high = found.places[:-1].min(axis=0), found.places[:-1].max(axis=0)
    assert low.tolist() == pytest.approx([150, 100], abs=1)
    assert high.tolist() == pytest.approx([450, 300], abs=1)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(FINITE, FINITE) | st.tuples(st.floats(0, 40), st.floats(0, 30)), min_size=1, max_size=30))
def test_nothing_is_drawn_far_from_the_frame_and_every_vertex_inside_is_a_row(rows):
    found = trail(*rows)
    wide = BOX.around(BEYOND + 1e-6)
    places = {(round(x, 6), round(y, 6)) for x, y in map(VIEW.at, *zip(*rows, strict=True))}
    for line in found.stretches():
        for x, y in line.tolist():
            assert wide.holds(x, y)
            assert not BOX.holds(x, y) or (round(x, 6), round(y, 6)) in places


@settings(deadline=None, derandomize=True)
@given(st.lists(st.floats(-100, 600), min_size=4, max_size=4))
def test_the_part_of_a_segment_in_a_box_is_that_found_by_trying(ends):
    x0, y0, x1, y1 = ends
    part = BOX.cut(x0, y0, x1, y1)
    shares = np.linspace(0, 1, 501)
    inside = [t for t in shares if BOX.holds(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)]
    if len(inside) > 1:
        assert part is not None
        assert part[0] <= inside[0] + 1e-9
        assert part[1] >= inside[-1] - 1e-9
    if part:
        for t in part:
            assert BOX.around(1e-6).holds(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
