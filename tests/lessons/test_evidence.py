"""Every number of the answer to a figure stands in the figure: beside a mark, or as the page labels it."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from app.course.lessons import lessons, runs_of
from fallline.drawing.number_text import value_text
from fallline.problems.network import Network
from tests.presets.scene import Path
from tests.presets.test_evidence import numbers, shown, unmarked

FIGURES = {
    f"{lesson.name}-{figure.name}": figure
    for lesson in lessons().values()
    for figure in lesson.pieces("figure")
    if figure.question or figure.evidence
}
NOWHERE = {
    "trying_every_value-both": {"51": "a ratio of the two counts in the table"},
    "mini_batches-still": {
        "−5.6": "what the values are compared with; their chart draws runs alone",
        "4": "points of a batch",
    },
    "what_an_average_remembers-jumps": {"6": "a count along a line, which is gone through by eye"},
    "what_an_average_remembers-hundred": {"7": "the bars are counted", "52": "what these hold together"},
    "adagrad-rare": {"1.015": "a mean over losses, and no chart of these is there", "1.007": "the same"},
    "adagrad-wall": {"3×10⁻⁵": "a step too short to be seen"},
    "backpropagation-deep": {
        "0.016": "the length of a whole layer of derivatives",
        "3.1": "the same, of another layer",
    },
    "the_training_loop-houses": {
        "498,000": "euros; the network is drawn with what it is given, scaled",
        "60,000": "the same",
    },
}
"""Of a figure the numbers without a place in it, each with its reason."""


def as_scene(figure):
    """What the test of scenes asks of one."""
    values = runs_of(figure.spec)
    spec = values.plan.spec.model_dump(exclude_none=True)
    runs = [
        Path(
            SimpleNamespace(
                stop_reason=run.stop_reason,
                n_steps=run.n_steps,
                parameters=dict(enumerate(run.parameters)),
                loss=run.loss,
                step_size=run.step_size,
                gradient=dict(enumerate(run.gradient)),
            )
        )
        for run in values.runs
    ]
    preset = SimpleNamespace(marked=figure.evidence, plan=values.plan, spec=spec, count="steps", seeds=False)
    return SimpleNamespace(preset=preset, runs=runs)


def answer(figure):
    """What is told of it once its runs have come to their end; the loss of the run that is right to two digits."""
    guess = figure.question.guess if figure.question else {}
    value = guess["values"][guess["answer"]] if guess.get("kind") == "run" else None
    right = "" if value is None else value_text(value, 2 if guess["unit"] == "loss" else 6)
    said = figure.question.answer if guess.get("kind") in ("place", "step") else ""
    return f"{re.sub('<[^>]+>', '', figure.caption)} {said} {right}"


def labelled(figure):
    """What its views write beside what they draw, without any mark."""
    values = runs_of(figure.spec)
    if "search" in figure.show:  # a table: what was tried, where the lowest is, how many gradients
        tried = values.tried(101)
        yield from (tried.count, 101, tried.loss, *tried.at, *(edge for pair in values.window for edge in pair))
    if "average" in figure.show:  # the newest 1/(1 - beta), here ten, and what they hold
        yield from (10, 100 * (1 - 0.9**10))
    if isinstance(values.objective, Network):
        samples = range(1, 1 + len(values.objective.points))
        if {"network", "samples"} & set(
            figure.show
        ):  # every value of a sample stands at its neuron, outputs in a table
            for row in (0, -1):
                for number in samples:
                    yield from values.sample(0, row, number).values()
        yield len(values.at(0, 0))


@pytest.mark.parametrize("name", FIGURES)
def test_every_number_of_the_answer_stands_in_the_figure(name):
    figure = FIGURES[name]
    assert unmarked(answer(figure), [*shown(as_scene(figure)), *labelled(figure)]) == list(NOWHERE.get(name, ()))


def test_a_number_that_stands_nowhere_is_found():
    bare = as_scene(FIGURES["momentum-same"])
    bare.preset.marked = []
    assert unmarked(answer(FIGURES["momentum-same"]), shown(bare)) == ["196"]


def test_twice_the_condition_takes_twice_the_steps():
    """By hand: gradient descent on (x² + κ y²) / 2 at the rate 2 / (1 + κ), until a tenth of the distance is left."""

    def steps(condition):
        curved, w, count = np.array([1, condition]), np.array([-4.0, 1.0]), 0
        start = np.hypot(*w)
        while np.hypot(*w) > 0.1 * start:
            w, count = w - 2 / (1 + condition) * curved * w, count + 1
        return count

    figure = FIGURES["condition-digit"]
    left = figure.evidence[0]
    assert list(map(steps, (4, 25, 50, 100))) == [5, 29, 58, 116]
    assert dict(zip(left.texts, left.kept, strict=True)) == {
        f"condition {k}": pytest.approx((k - 1) / (k + 1)) for k in (4, 50, 100)
    }
    for mark, condition in zip(figure.evidence[1:], (1, 4, 25, 100), strict=True):
        x, y = np.transpose(mark.points)
        assert np.allclose(x**2 + condition * y**2, 1.25**2)


def test_few_numbers_have_no_place():
    assert sum(map(len, NOWHERE.values())) <= 0.12 * sum(len(numbers(answer(each))) for each in FIGURES.values())
