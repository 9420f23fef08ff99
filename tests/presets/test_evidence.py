"""Every number that a sentence says stands in the picture: beside a mark of its evidence, or as the page labels it."""

import re
from collections import Counter
from itertools import chain
from types import SimpleNamespace

import numpy as np
import pytest

from app.course.lessons.evidence import AwayMark, CrossingsMark, EndsMark, GoalMark, LeftMark, LineMark
from app.course.presets import PRESETS
from fallline.optimizers import OPTIMIZERS
from tests.presets.scene import Scene

NUMBER = re.compile(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
WRITTEN = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789", ",")


@pytest.fixture(scope="module")
def scenes():
    return {name: Scene(preset) for name, preset in PRESETS.items()}


def numbers(text):
    """As they are written, with the digits that they are written to."""
    return [(float(said.translate(WRITTEN).replace("×10", "e")), said) for said in NUMBER.findall(text)]


def rounds_to(value, said):
    """Whether a value is what is said, to the digits that it is said with."""
    front, _, power = said.translate(WRITTEN).partition("×10")
    decimals = len(front.partition(".")[2])
    return round(abs(value) / 10.0 ** int(power or 0), decimals) == abs(float(front))


def followed(mark, scene):
    """The numbers that the page works out itself from a mark and the runs."""
    if isinstance(mark, GoalMark):
        runs = [scene.runs[k] for k in mark.runs or range(len(scene.runs))]
        counts = [
            run.steps if mark.loss is None else run.settled(mark.loss) if mark.stays else run.to(mark.loss)
            for run in runs
        ]
        if scene.preset.count == "samples":
            sizes = [10 if "batch_size" in each else 1 for each in scene.preset.spec["optimizers"]]
            sizes[-1] = 50
            counts += [count * size for count, size in zip(counts, sizes, strict=True)]
        return [count for count in counts if count is not None]
    if isinstance(mark, AwayMark):
        return [run.first(np.abs(run.at[mark.parameter]) > mark.distance) for run in scene.runs]
    if isinstance(mark, CrossingsMark):
        values = [run.at[mark.parameter][: mark.steps + 1] for run in scene.runs]
        return [int((each[1:] * each[:-1] < 0).sum()) for each in values]
    if isinstance(mark, LeftMark):
        away = [np.hypot(*(at - to for at, to in zip(run.at, mark.at, strict=True))) for run in scene.runs]
        own = [int(np.argmax(each <= mark.share * each[0])) for each in away]
        return [*own, *(int(np.argmax(kept ** np.arange(1000) <= mark.share)) for kept in mark.kept)]
    if isinstance(mark, EndsMark):
        ends = [run.loss[-1] for run in scene.runs]
        # A loss is written to two digits.
        return [float(f"{e:.2g}") if mark.least is None else 100 * (e / mark.least - 1) for e in ends]
    return []


def told(mark):
    """The numbers of the words beside a mark."""
    words = " ".join([getattr(mark, "text", ""), *getattr(mark, "texts", [])])
    return [value for value, _ in numbers(words)]


def set_on_the_page(spec):
    """Numbers that the page shows as they are set: rates, the start, when to stop, the data."""
    for value in spec.values() if isinstance(spec, dict) else spec:
        if isinstance(value, dict | list):
            yield from set_on_the_page(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield value


def shown(scene):
    """The numbers that marks have beside them, and those that the page labels."""
    preset = scene.preset
    marked = list(chain.from_iterable([*told(mark), *followed(mark, scene)] for mark in preset.marked))
    minima = [minimum.loss for minimum in preset.plan.problem.minima]
    names = [value for run in preset.spec["optimizers"] for value, _ in numbers(run.get("label", ""))]
    used = [OPTIMIZERS[run["name"]] for run in preset.spec["optimizers"] if "name" in run]
    sliders = [param.default for optimizer in used for param in optimizer.params.values()]
    points = Counter(map(tuple, preset.spec["problem"].get("points", ())))
    data = [points.total(), *points.values()]
    seeds = [20] if preset.seeds else []
    return [*marked, *minima, *names, *sliders, *data, *seeds, *set_on_the_page(dict(preset.spec))]


def unmarked(said, values):
    """The numbers of a text that are none of the values."""
    return [number for _, number in numbers(said) if not any(rounds_to(value, number) for value in values)]


@pytest.mark.parametrize("name", PRESETS)
def test_every_number_of_the_sentence_stands_in_the_picture(scenes, name):
    assert unmarked(scenes[name].preset.sentence, shown(scenes[name])) == []


@pytest.mark.parametrize("name", PRESETS)
def test_every_number_that_a_change_leads_to_stands_in_the_picture(scenes, name):
    scene = scenes[name]
    change, changed = scene.preset.change, SimpleNamespace(preset=scene.preset, runs=scene.changed)
    marked = chain.from_iterable(followed(mark, changed) for mark in scene.preset.marked)
    after = chain.from_iterable(map(told, scene.preset.marked_after))
    values = [*shown(scene), *marked, *after, *set_on_the_page([change.control.value])]
    assert unmarked(change.then, values) == []


@pytest.mark.parametrize("name", ["start_right", "nesterov_looks_ahead"])
def test_a_length_that_is_written_is_that_of_its_line(name):
    shapes = {"measure", "bracket"}
    lengths = [mark for mark in PRESETS[name].marked if isinstance(mark, LineMark) and mark.shape in shapes]
    assert lengths
    for mark in lengths:
        (x, y), (to_x, to_y) = mark.points
        ((_, length),) = numbers(mark.text)
        assert rounds_to(np.hypot(to_x - x, to_y - y), length)


def test_after_the_change_the_first_step_without_correction_is_as_long_as_the_one_with_it():
    def brackets(marks, run):
        return [mark for mark in marks if isinstance(mark, LineMark) and mark.shape == "bracket" and mark.run == run]

    preset = PRESETS["bias_correction"]
    (without,), (corrected, _) = brackets(preset.marked_after, 0), brackets(preset.marked, 1)
    assert (without.text, corrected.text) == ("step 1: 1 ×", "1 ×")
    assert np.subtract(*without.points) == pytest.approx(np.subtract(*corrected.points), rel=1e-6)


def test_a_number_that_stands_nowhere_is_found():
    scene = Scene(PRESETS["ravine_zigzag"])
    scene.preset = type("Bare", (), {**vars(PRESETS["ravine_zigzag"]), "marked": []})
    scene.preset.plan = PRESETS["ravine_zigzag"].plan
    assert unmarked(scene.preset.sentence, shown(scene)) == ["0.0008", "106", "241", "52"]
