"""Adam: what is said of each scene."""

import numpy as np
import pytest

from app.problems import expression_problem
from tests.presets.scene import (
    STEPS_2000,
    STEPS_6000,
    about,
    at_rate,
    averaged,
    curvatures,
    formula,
    reasons,
    shrink,
    spread,
    steps,
)


def settling(scene, factor, steps):
    """The steps after which each run stays below loss 0.01 until its end, all rates taken so many times as large."""
    chosen = [each | {"learning_rate": factor * each["learning_rate"]} for each in scene.preset.spec["optimizers"]]
    return [run.settled(0.01) or steps for run in scene.with_changes(optimizers=chosen, stop={"max_steps": steps})]


def quickest(scene, low, high, steps):
    """The fewest steps of each run among sixteen rates between these multiples of its own."""
    return np.min([settling(scene, factor, steps) for factor in np.linspace(low, high, 16)], axis=0)


def longer(scene):
    """How many times as long as a step of the first run the same step of the second is."""
    return scene.runs[1].step_size / scene.runs[0].step_size


def corrected_and_not(scene, rate, **changes):
    """Adam at this rate, and its form without bias correction."""
    return scene.again([("adam", rate), ("adam", rate, {"form": "uncorrected"})], **changes)


CLAIMS = {
    "adam_in_a_ravine": [
        ("takes 179 steps, momentum alone 84, both, which is Adam, 74", lambda s: (
            [r.settled(0.01) for r in s.runs] == [179, 84, None, 74]
        )),
        ("Scaling alone is not there after 300", lambda s: s.runs[2].steps == 300 and s.runs[2].loss[-1] > 1),
        ("until the loss stays below 0.01", lambda s: [
            (r.loss[n - 1] > 0.01, r.loss[n:].max() <= 0.01)
            for r, n in zip((s.runs[0], s.runs[1], s.runs[3]), (179, 84, 74), strict=True)
        ] == [(True, True)] * 3),
        ("Momentum alone is Adam's average without the division", lambda s: (
            s.runs[1].at[0][:50] == pytest.approx(averaged(s.runs[1], s.rates[1])[:50])
        )),
        ("scaling alone is Adam with β₁ = 0, which needs 750", lambda s: (
            s.preset.spec["optimizers"][2]["beta1"] == 0 and s.with_changes(stop=STEPS_2000)[2].settled(0.01) == 750
        )),
    ],
    "adam_on_the_flat": [
        ("takes 112 steps, momentum alone 64, scaling alone 27; both, which is Adam, 39", lambda s: (
            [r.settled(0.01) for r in s.runs] == [112, 64, 27, 39]
        )),
        ("until the loss stays below 0.01", lambda s: [
            (r.loss[n - 1] > 0.01, r.loss[n:].max() <= 0.01) for r, n in zip(s.runs, (112, 64, 27, 39), strict=True)
        ] == [(True, True)] * 4),
        ("The gradient at the start is 0.0016 long", lambda s: about(np.hypot(*s.runs[0].gradient[:, 0]), 0.0016)),
        ("Left to run, scaling alone jumps out again at step 990", lambda s: [
            100 + r.first(r.loss[100:] > 0.01) for r in s.with_changes(stop=STEPS_2000)[2:3]
        ] == [990]),
        ("each of its parts divided by its own size is 1", lambda s: (
            np.abs(np.diff(s.runs[2].at[:, :2])) / s.rates[2] == pytest.approx(1, rel=1e-4)
        )),
    ],
    "bias_correction": [
        ("first step is 3.2 times as long", lambda s: about(longer(s)[0], 3.2)),
        ("the fourth 5.1 times", lambda s: about(longer(s)[3], 5.1) and longer(s)[:24].argmax() == 3),
        ("0.72 instead of 0.14", lambda s: [round(r.step_size[3], 2) for r in s.runs] == [0.14, 0.72]),
        ("overshoots to x = 1.27 instead of 0.22", lambda s: (
            about(s.runs[1].at[0].max(), 1.27, 3) and about(s.runs[0].at[0].max(), 0.22)
        )),
        ("loss 0.001 takes both about as long, 88 and 89 steps", lambda s: [r.settled(0.001) for r in s.runs] == [88, 89]),
    ],
    "weight_decay": [
        # Curvature times (2 - w) is 0.5 w at 2/1.5 and at 200/100.5.
        ("decay 0.5 pulls the flat parameter from 2 to 1.33, the steep one to 1.99", lambda s: (
            s.runs[0].ends_near(2, 2, within=1e-3) and s.runs[1].ends_near(4 / 3, 200 / 100.5, within=1e-3)
            and s.preset.spec["optimizers"][1]["weight_decay"] == 0.5
        )),
        ("AdamW pulls both alike", lambda s: (
            s.runs[2].at[0] == pytest.approx(s.runs[2].at[1], abs=1e-6) and s.runs[2].loss[-1] > 1
        )),
        ("1 in x, 100 in y", lambda s: curvatures(formula(s)) == pytest.approx([1, 100])),
        ("to 1.57 after 300", lambda s: s.runs[2].steps == 300 and about(s.runs[2].end[0], 1.57, 3)),
        ("back towards 2 as v forgets the large gradients of the start", lambda s: (
            s.runs[2].at[0].min() < 1.4 and s.with_changes(stop=STEPS_6000)[2].end[0] > 1.75
        )),
    ],
    "gd_wins": [
        ("done in 12 steps", steps(12, None, 49, None)),
        ("with a beta of 0.9, still swing after 150", lambda s: s.runs[1].steps > 150 and s.runs[3].steps > 150),
        ("every step is below 0.0001", reasons(*["min_step_size"] * 4)),
        ("as curved one way as the other", lambda s: (
            curvatures(expression_problem(s.preset.spec["problem"]["expression"])) == pytest.approx([2, 2])
        )),
    ],
}  # fmt: skip
"""Preset -> what is claimed, in the scene's own words where it stands there, and how it shows in the runs."""

CAUSES = {
    "adam_in_a_ravine": [
        ("In the unturned ravine scaling alone takes 77", lambda s: s.with_changes(
            problem={"surface": "ravine"}, start=[-4, 1], optimizers=[s.preset.spec["optimizers"][2] | {"learning_rate": 0.107}]
        )[0].settled(0.01) == 77),
    ],
    "adam_on_the_flat": [
        ("From (-1, 1), off the flat, neither takes 2, scaling alone 13", lambda s: [
            s.with_changes(start=[-1, 1])[k].settled(0.01) for k in (0, 2)
        ] == [2, 13]),
    ],
    "bias_correction": [
        ("(1 - beta1)/√(1 - beta2) = 3.16 times as long", lambda s: (
            longer(s)[0] == pytest.approx((1 - 0.9) / (1 - 0.999) ** 0.5) and about(longer(s)[0], 3.16, 3)
        )),
        ("with beta2 at 0.99 it would be right", lambda s: [
            r.step_size[0] for r in s.again([("adam", 0.1), ("adam", 0.1, {"beta2": 0.99, "form": "uncorrected"})])
        ] == pytest.approx([0.1 * 2**0.5] * 2)),
    ],
    "weight_decay": [
        ("With equal curvatures L2 pulls both alike", lambda s: all(
            r.at[0] == pytest.approx(r.at[1], abs=1e-6) and r.end[0] < 1.95
            for r in s.with_changes(problem={"expression": "(x - 2)**2/2 + (y - 2)**2/2"})[1:]
        )),
        ("without decay all end at 2", lambda s: all(
            r.ends_near(2, 2, within=1e-3)
            for r in s.with_changes(optimizers=[o | {"weight_decay": 0} for o in s.preset.spec["optimizers"][1:]])
        )),
    ],
    "gd_wins": [
        ("shrinks by √0.9 = 0.949 a step at best, at any rate", lambda s: all(
            round(shrink(r.at[0]), 3) == 0.949 for r in s.again(
                [("heavy_ball", rate) for rate in (0.001, 0.01, 0.1, 0.6, 1.8)], stop={"max_steps": 400})
        )),
        ("With beta 0.1 the ball is done in 9 steps at rate 0.3", lambda s: (
            s.again([("heavy_ball", 0.3, {"beta": 0.1})])[0].steps == 9
        )),
    ],
}  # fmt: skip
"""Preset -> what its effect comes from: that changed alone, the effect goes."""

RANGES = {
    "adam_in_a_ravine": [
        ("each near its best safe rate", lambda s: all(
            best >= 0.85 * stated for stated, best in zip((179, 84, 750, 74), quickest(s, 0.5, 1.07, 2000), strict=True)
        )),
        ("With rates 10 % smaller the order is the same", lambda s: np.argsort(settling(s, 0.9, 2000)).tolist() == [3, 1, 0, 2]),
    ],
    "adam_on_the_flat": [
        ("each near its best safe rate", lambda s: all(
            best >= 0.85 * stated for stated, best in zip((112, 64, 27, 39), quickest(s, 0.5, 1.15, 300), strict=True)
        )),
        ("With rates 10 % larger or smaller the order is the same", lambda s: (
            [np.argsort(settling(s, factor, 300)).tolist() for factor in (0.9, 1, 1.1)] == [[2, 3, 1, 0]] * 3
        )),
    ],
    "bias_correction": [
        ("at any rate and from any start", lambda s: all(
            uncorrected.step_size[0] / adam.step_size[0] == pytest.approx(10**0.5)
            for rate in (0.01, 0.5) for start in ([1, 1], [3, -0.2])
            for adam, uncorrected in [corrected_and_not(s, rate, start=start)]
        )),
        ("further at rates from 0.01 to 0.5", lambda s: all(
            uncorrected.at[0].max() > adam.at[0].max()
            for rate in (0.01, 0.05, 0.2, 0.5)
            for adam, uncorrected in [corrected_and_not(s, rate, stop=STEPS_2000)]
        )),
    ],
    "weight_decay": [
        ("Rates of 0.02 to 0.1 do the same", lambda s: all(
            l2.ends_near(4 / 3, 200 / 100.5, within=1e-3) and beside.at[0] == pytest.approx(beside.at[1], abs=1e-6)
            for rate in (0.02, 0.05, 0.1) for _, l2, beside in [s.with_changes(stop=STEPS_2000, optimizers=at_rate(s, rate))]
        )),
    ],
    "gd_wins": [
        ("From 0.05 to 0.6 plain descent takes at most 76 steps, the ball and Adam at least 150", lambda s: (
            max(r.steps for r in s.again(spread("gd", 0.05, 0.6))) == 76
            and min(r.steps for name in ("heavy_ball", "adam")
                    for r in s.again(spread(name, 0.05, 0.6), stop={"max_steps": 300, "min_step_size": 1e-4})) >= 150
        )),
    ],
}  # fmt: skip
"""Preset -> the rates and starts for which it holds."""
