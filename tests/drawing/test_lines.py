"""Lines with fewer vertices, and where runs go: nothing is bent, nothing is clamped, nothing is made up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallline.descent import End
from fallline.drawing.axes import Axes, ScaledAxis
from fallline.drawing.geometry import Box, joined, outermost, separate, simplified
from fallline.drawing.paths import CUT_MARGIN, MOST_OF_ONE, Path, path_of
from fallline.drawing.svg import TENTHS, path_data
from fallline.problems import surface_problem
from tests.drawing.scenes import away, corners, done, scene

BOX = Box(100, 50, 400, 300)
AXES = Axes(BOX, ScaledAxis("x", 0, 40, 100, 500, 10), ScaledAxis("y", 0, 30, 350, 50, 10))
"""Ten pixels a unit."""

FINITE = st.floats(-1e100, 1e100)
WALKS = st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=2, max_size=60)


def one(points, stray=0.1, passes=6):
    return simplified(np.array(points, dtype=float), stray, passes)


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
    lines = [np.array([(0.0, 0), (1, 0), (2, 0)]), np.array([(9.0, 9), (9, 8), (9, 7)])]
    kept = separate(simplified(joined(lines), 0.1, 3))
    assert [part.tolist() for part in kept] == [[[0, 0], [2, 0]], [[9, 9], [9, 7]]]


def test_lines_are_joined_and_separated_again_but_for_those_of_one_vertex():
    lines = [np.array([(0.0, 0), (1, 1)]), np.array([(5.0, 5)]), np.array([(7.0, 7), (8, 8)])]
    assert [part.tolist() for part in separate(joined(lines))] == [[[0, 0], [1, 1]], [[7, 7], [8, 8]]]
    assert separate(joined([])) == []


def test_of_far_too_many_vertices_the_first_and_the_outermost_stay():
    random = np.random.default_rng(5)
    points = random.normal(size=(20_000, 2))
    points[15_000] = (50, -60)
    kept = points[outermost(points, 1000)]
    assert len(kept) <= 1001
    assert kept[:500].tolist() == points[:500].tolist()
    assert kept[-1].tolist() == points[-1].tolist()
    for line in (kept.min(axis=0), kept.max(axis=0)):
        assert line.tolist() in (points.min(axis=0).tolist(), points.max(axis=0).tolist())


@settings(deadline=None, derandomize=True)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)), min_size=2, max_size=9), max_size=5
    )
)
def test_path_data_leads_to_the_same_places(lines):
    expected = []
    for line in lines:
        places = [point for k, point in enumerate(line) if k == 0 or point != line[k - 1]]
        closed = len(places) > 1 and places[0] == places[-1]
        expected += places[:-1] if closed else places if len(places) > 1 else places * 2
    found = corners(path_data(joined([np.array(line) / TENTHS for line in lines])))
    assert list(found) == expected


def path(*rows):
    places = np.column_stack(AXES.pixels(*np.array(rows, dtype=float).T))
    return Path(0, None, BOX, places, len(rows) - 1, End("max_steps", len(rows) - 1, None, ""))


def test_rows_lie_at_their_places():
    found = path((0, 0), (40, 30), (10, 20))
    assert found.places.tolist() == [[100, 350], [500, 50], [200, 150]]
    assert found.head == (200, 150)
    assert found.left_at is None


@pytest.mark.parametrize("step", [0, 7, 1023, 1024, 2000])
def test_what_is_walked_ends_at_the_step_of_the_scene_in_whichever_block_that_lies(step):
    shown = scene(surface_problem("bowl"), 1e-4, steps=3000, step=step)
    found, pauses = done(path_of(0, shown.routes[0], shown, AXES))
    assert pauses > 1
    assert found.goes_on
    assert (found.step, len(found.places)) == (step, 3001)


def test_a_run_that_leaves_is_drawn_up_to_a_little_outside_the_frame():
    found = path((20, 15), (20, 25), (20, 35), (20, 45), (20, 1e90))
    assert found.head is None
    assert found.left_at == 2
    assert found.walked[-1].tolist() == pytest.approx([300, 50 - CUT_MARGIN])


def test_a_run_that_comes_back_is_drawn_where_it_is_in_the_frame():
    found = path((20, 15), (60, 15), (70, 15), (80, 15), (30, 15))
    assert [line.tolist() for line in separate(found.walked)] == [
        [[300, 200], [524, 200]], [pytest.approx([524, 200]), [400, 200]]
    ]  # fmt: skip
    assert found.left_at is None
    assert found.head == (400, 200)


def test_a_segment_with_both_ends_outside_is_not_drawn():
    assert separate(path((-10, 15), (50, 15)).walked) == []
    assert path((-10, 15), (50, 15)).left_at is None


def test_a_long_run_is_drawn_with_so_many_vertices_and_still_it_is_known_where_it_left():
    random = np.random.default_rng(3)
    rows = np.column_stack([random.uniform(5, 35, 30_000), random.uniform(5, 25, 30_000)])
    found = path(*rows, (20, 15), (20, 45))
    assert len(found.walked) <= MOST_OF_ONE + 2
    assert found.left_at == 30_001
    inside = found.walked[:-1]
    assert inside.min(axis=0).tolist() == pytest.approx([150, 100], abs=1)
    assert inside.max(axis=0).tolist() == pytest.approx([450, 300], abs=1)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(FINITE, FINITE) | st.tuples(st.floats(0, 40), st.floats(0, 30)), min_size=1, max_size=30))
def test_nothing_is_drawn_far_from_the_frame_and_every_vertex_inside_is_a_row(rows):
    found = path(*rows)
    wide = BOX.around(CUT_MARGIN + 1e-6)
    places = {(round(x, 6), round(y, 6)) for x, y in map(AXES.pixels, *zip(*rows, strict=True))}
    for line in separate(found.walked):
        for x, y in line.tolist():
            assert wide.holds(x, y)
            assert not BOX.holds(x, y) or (round(x, 6), round(y, 6)) in places


@settings(deadline=None, derandomize=True)
@given(st.tuples(st.floats(100, 500), st.floats(50, 350)), st.tuples(st.floats(-100, 700), st.floats(-100, 500)))
def test_the_way_out_of_a_box_is_that_found_by_trying(start, end):
    x, y = BOX.way_out(start, end)
    assert BOX.around(1e-6).holds(x, y)
    if BOX.holds(*end):
        assert (x, y) == pytest.approx(end)
    else:
        ways = [
            (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in np.linspace(0, 1, 501)
        ]
        last = max(k for k, place in enumerate(ways) if BOX.holds(*place))
        assert away((x, y), ways[last : last + 2]) < 1e-6
