"""The map tinted by where each start ends: every start has its cell, every end its tint, pattern and letter."""

from __future__ import annotations

import re

import pytest

from fallline.drawing.ends import end_colours
from fallline.drawing.theme import THEMES
from tests.drawing.scenes import ENDS, SVG, drawn, elements, samples, texts


def cells(root):
    """What each end is painted with -> its rectangles, in tenths of a pixel: left, top, right, bottom."""
    (group,) = [each for each in elements(root, "g") if each.get("shape-rendering") == "crispEdges"]
    rectangles, found = r"M(-?\d+) (-?\d+)H(-?\d+)V(-?\d+)H-?\d+z", {}
    for path in group:
        found.setdefault(path.get("fill"), []).extend(
            tuple(map(int, each)) for each in re.findall(rectangles, path.get("d"))
        )
    return found


@pytest.mark.parametrize("theme", ["day", "night"])
def test_every_start_has_the_tint_of_its_end_and_its_pattern(theme):
    root = drawn(samples()["ends"], theme=theme)
    found, colours = cells(root), THEMES[theme]
    # From the least: diverged is hatched, none is paper, the first end is plain, and the fifth has its tint
    first = end_colours(0, colours)[0]
    assert list(found) == ["url(#end-2)", colours.paper, first, *(f"url(#end{k})" for k in (1, 2, 3, 4))]
    assert end_colours(4, colours)[0] == first
    # By hand: half a cell at the edges, so 8 by 6 of the map lie 1, 2, 2, 2, 1 by 1.5, 3, 1.5
    wide, high = [1, 2, 2, 2, 1], [1.5, 3, 1.5]
    whole = sum((r - left) * (b - t) for at in found.values() for left, t, r, b in at)
    for fill, ends in {"url(#end-2)": (-2,), colours.paper: (-1,), first: (0,), "url(#end3)": (3,)}.items():
        area = sum((right - left) * (bottom - top) for left, top, right, bottom in found[fill])
        expected = sum(
            wide[column] * high[row] for row in range(3) for column in range(5) if ENDS.end[row, column] in ends
        )
        assert area / whole == pytest.approx(expected / 48, rel=0.01), fill
    patterns = {each.get("id"): each for each in elements(root, "pattern")}
    for index in (1, 2, 3, 4):
        ground, lines = patterns[f"end{index}"]
        assert (ground.get("fill"), lines.get("stroke")) == end_colours(index, colours)
    assert len({each[1].get("d") + each.get("patternTransform") for each in patterns.values()}) == 5


def test_minima_in_sight_have_their_letters_and_no_start_is_marked():
    root = drawn(samples()["ends"])
    said = texts(root)
    assert [text for text in said if re.fullmatch("[A-Z]", text)] == ["A", "A", "B", "B", "C", "C", "D", "D"], (
        "and halos"
    )
    assert "start" not in said
    assert any(text.startswith("Lines: loss") for text in said)
    assert not [each for each in elements(root, "text") if each.text == "loss"], "tints are no losses"


def test_on_a_curve_ends_are_stripes_below_its_line():
    root = drawn(samples()["ends on a curve"])
    (reached,) = [at for fill, at in cells(root).items() if fill.startswith("#")]
    (box,) = [each[0] for each in elements(root, "clipPath") if each.get("id") == "frame"]
    left, top, right, bottom = reached[0]
    assert (bottom - top) / 10 == pytest.approx(float(box.get("height")), abs=0.1)
    assert (right - left) / 10 == pytest.approx(0.75 * float(box.get("width")), abs=0.2)
    assert root.findall(f".//{SVG}path[@stroke-width='16']"), "the curve"
