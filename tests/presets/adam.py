"""Adam: what is said of each scene."""

import pytest

from app.problems import expression_problem
from tests.presets.scene import STEPS_2000, about, curvatures, reasons, shrink, spread, steps


def longer(scene):
    """How many times as long as a step of the first run the same step of the second is."""
    return scene.runs[1].step_size / scene.runs[0].step_size


CLAIMS = {
    "bias_correction": [
        ("first step is 3.2 times as long", lambda s: about(longer(s)[0], 3.2)),
        ("the fourth 5.1 times", lambda s: about(longer(s)[3], 5.1) and longer(s)[:24].argmax() == 3),
        ("0.72 instead of 0.14", lambda s: [round(r.step_size[3], 2) for r in s.runs] == [0.14, 0.72]),
        ("overshoots to x = 1.27 instead of 0.22", lambda s: (
            about(s.runs[1].at[0].max(), 1.27, 3) and about(s.runs[0].at[0].max(), 0.22)
        )),
        ("loss 0.001 takes both about as long, 88 and 89 steps", lambda s: [r.settled(0.001) for r in s.runs] == [88, 89]),
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
    "bias_correction": [
        ("(1 - beta1)/√(1 - beta2) = 3.16 times as long", lambda s: (
            longer(s)[0] == pytest.approx((1 - 0.9) / (1 - 0.999) ** 0.5) and about(longer(s)[0], 3.16, 3)
        )),
        ("with beta2 at 0.99 it would be right", lambda s: [
            r.step_size[0] for r in s.again([("adam", 0.1), ("adam", 0.1, {"beta2": 0.99, "form": "uncorrected"})])
        ] == pytest.approx([0.1 * 2**0.5] * 2)),
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
    "bias_correction": [
        ("at any rate and from any start", lambda s: all(
            uncorrected.step_size[0] / adam.step_size[0] == pytest.approx(10**0.5)
            for rate in (0.01, 0.5) for start in ([1, 1], [3, -0.2])
            for adam, uncorrected in [s.again([("adam", rate), ("adam", rate, {"form": "uncorrected"})], start=start)]
        )),
        ("further at rates from 0.01 to 0.5", lambda s: all(
            uncorrected.at[0].max() > adam.at[0].max()
            for rate in (0.01, 0.05, 0.2, 0.5)
            for adam, uncorrected in [s.again([("adam", rate), ("adam", rate, {"form": "uncorrected"})], stop=STEPS_2000)]
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
