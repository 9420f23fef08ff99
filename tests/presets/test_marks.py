"""Where the marks of evidence lie, on surfaces of which that is known by hand."""

import numpy as np
import pytest

from app.course.lessons import lessons, runs_of
from app.course.lessons.evidence import RescaledMark, StepMark
from app.course.lessons.marking import Marking, foot, parts_of_step
from app.course.lessons.outlines import brim, outline_around
from app.course.presets import PRESETS

X = Y = np.linspace(-2, 2, 401)
WELLS = (X[None, :] ** 2 - 1) ** 2 + Y[:, None] ** 2
"""Two valleys, least at (-1, 0) and (1, 0), with a pass of loss 1 between them at (0, 0)."""


@pytest.mark.parametrize("at", [(-1, 0), (-1.3, 0.4), (0.7, -0.2)])
def test_a_valley_is_filled_to_just_below_its_pass(at):
    assert brim(X, Y, WELLS, at) == pytest.approx((1, 0.98), abs=1e-6)


def test_a_valley_without_a_pass_is_filled_to_the_edge():
    bowl = X[None, :] ** 2 + Y[:, None] ** 2
    assert brim(X, Y, bowl, (0, 0)) == pytest.approx((4, 0.98 * 4), rel=0.01)


def test_its_outline_surrounds_the_place_and_not_the_other_valley():
    outline = np.array(outline_around(X, Y, WELLS, 0.98, (-1, 0)))
    assert outline[:, 0].max() < 0
    assert outline[:, 0].min() == pytest.approx(-np.sqrt(1 + np.sqrt(0.98)), abs=0.01)
    assert np.abs(outline[:, 1]).max() == pytest.approx(np.sqrt(0.98), abs=0.01)


def test_the_foot_is_the_nearest_place_on_the_line():
    assert foot([3, 1], [1, 1]) == pytest.approx([2, 2])
    assert foot([0, 5], [2, 0]) == pytest.approx([0, 0])


STEPS = [
    (f"{name}, step {mark.step} of run {mark.run}", preset.plan, mark)
    for name, preset in PRESETS.items()
    for mark in preset.marked
    if isinstance(mark, StepMark)
] + [
    (f"{lesson.name}, {figure.name}", runs_of(figure.spec).plan, mark)
    for lesson in lessons().values()
    for figure in lesson.pieces("figure")
    for mark in figure.evidence
    if isinstance(mark, StepMark)
]


def term(written, **values):
    """What a term of a rule comes to, as `lr (1 − β) g`: names and numbers side by side are multiplied."""
    plain = written.replace(" − ", "-").replace(" + ", "+").replace("²", "**2").replace("β", "beta")
    return eval("*".join(plain.split()), values)


@pytest.mark.parametrize(("plan", "mark"), [pytest.param(*rest, id=name) for name, *rest in STEPS])
def test_the_parts_of_a_step_are_what_its_terms_say(plan, mark):
    """By the recursion of momentum, as Polyak 1964 and Sutskever et al. 2013 write it, from the gradients alone."""
    run, optimizer = plan.runs[mark.run].whole(), plan.spec.optimizers[mark.run]
    lr, beta = optimizer.learning_rate, getattr(optimizer, "beta", None) or 0.9
    m = np.zeros(2)
    for row in range(mark.step - 1):
        m = beta * m + run.gradient[:, row] * (1 - beta if optimizer.name == "momentum" else 1)
    values = {"lr": lr, "beta": beta, "m": m, "g": run.gradient[:, mark.step - 1]}
    assert mark.at == pytest.approx(run.parameters[:, mark.step - 1])
    for part, written in zip((mark.kept, mark.added), mark.terms, strict=True):
        assert part == pytest.approx(-term(written, **values), abs=1e-12)
    step = run.parameters[:, mark.step] - run.parameters[:, mark.step - 1]
    assert np.add(mark.kept, mark.added) == pytest.approx(step, abs=1e-12)


@pytest.mark.parametrize(("plan", "mark"), [pytest.param(*rest, id=name) for name, *rest in STEPS])
def test_every_step_multiplies_its_gradient_alike(plan, mark):
    """By this the page draws the step from wherever the playhead is."""
    run = plan.runs[mark.run].whole()
    gradient = run.gradient[:, mark.step - 1]
    factor = np.dot(mark.added, gradient) / np.dot(gradient, gradient)
    for step in (1, 2, min(mark.step + 1, run.gradient.shape[1])):
        kept, added = parts_of_step(plan.runs[mark.run], run, step)
        assert added == pytest.approx(factor * run.gradient[:, step - 1])
        assert kept == pytest.approx(run.parameters[:, step] - run.parameters[:, step - 1] - added, abs=1e-9)


def test_a_step_by_the_sign_has_no_parts():
    plan = runs_of("surface=bowl&start=1,1&max_steps=5&optimizer=lion:learning_rate=0.1").plan
    marking = Marking(plan, [run.whole() for run in plan.runs], [(-3, 3), (-3, 3)])
    with pytest.raises(ValueError, match="no sum"):
        marking.step(0, 2, [])


def test_a_step_that_is_corrected_by_its_number_has_none_that_add_up_to_it():
    plan = runs_of("surface=bowl&start=1,1&max_steps=5&optimizer=momentum:learning_rate=0.1,form=corrected").plan
    marking = Marking(plan, [run.whole() for run in plan.runs], [(-3, 3), (-3, 3)])
    with pytest.raises(ValueError, match="do not add up"):
        marking.step(0, 2, [])


def test_the_first_step_of_adam_is_said_as_its_rule_has_it():
    """Kingma and Ba 2015, algorithm 1, at t = 1: the corrected averages are the gradient and its square."""
    preset = PRESETS["opening"]
    (mark,) = [mark for mark in preset.marked if isinstance(mark, RescaledMark)]
    optimizer = preset.plan.spec.optimizers[mark.run]
    assert (optimizer.name, mark.step, mark.at) == ("adam", 1, (1, 5))
    # By hand, of (x² + y − 11)² + (x + y² − 7)² at (1, 5).
    assert mark.gradient == (4 * 1 * (1 + 5 - 11) + 2 * (1 + 25 - 7), 2 * (1 + 5 - 11) + 4 * 5 * (1 + 25 - 7))
    assert mark.moved == pytest.approx([-0.2 * g / (abs(g) + 1e-8) for g in mark.gradient], rel=1e-12)
    assert mark.texts == ["x: 0.2 · 18 / 18 = 0.2", "y: 0.2 · 370 / 370 = 0.2"]


def test_a_rate_for_each_parameter_is_that_of_the_rule_over_what_it_divides_by():
    """Duchi et al. 2011: at the first step AdaGrad divides by the gradient's own size, (4, 100) on x²/2 + 50 y² at (-4, 1)."""
    preset = PRESETS["axes_aligned"]
    (mark,) = [mark for mark in preset.marked if isinstance(mark, RescaledMark)]
    assert mark.gradient == (-4, 100)
    assert mark.texts == [f"x: {2.5 / 4} · 4 = 2.5", f"y: {2.5 / 100} · 100 = 2.5"]


def test_rmsprop_divides_by_the_root_of_its_average():
    plan = runs_of("surface=bowl&start=1,2&max_steps=5&optimizer=rmsprop:learning_rate=0.1").plan
    marking = Marking(plan, [run.whole() for run in plan.runs], [(-3, 3), (-3, 3)])
    mark = marking.rescaled(0, 2, "")
    first, second = (plan.runs[0].whole().gradient[:, row] for row in (0, 1))
    size = np.sqrt(0.9 * 0.1 * first**2 + 0.1 * second**2)
    assert mark.moved == pytest.approx(-0.1 * second / size, rel=1e-6)
    for text, g, by in zip(mark.texts, second, size, strict=True):
        assert text[3:].startswith(f"0.1 · {g:.3g} / {by:.3g} = ")


@pytest.mark.parametrize("optimizer", ["adam", "nesterov"])
def test_a_step_along_an_average_is_no_gradient_that_is_rescaled(optimizer):
    plan = runs_of(f"surface=bowl&start=1,2&max_steps=5&optimizer={optimizer}:learning_rate=0.1").plan
    marking = Marking(plan, [run.whole() for run in plan.runs], [(-3, 3), (-3, 3)])
    with pytest.raises(ValueError, match="effective rate"):
        marking.rescaled(0, 2, "")
