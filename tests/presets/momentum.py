"""Momentum: what is said of each scene."""

import numpy as np
import pytest

from app.course.presets import PRESETS
from fallline.problems import surface_problem
from tests.presets.scene import (
    STEPS_2000,
    STEPS_6000,
    across,
    curvatures,
    ends,
    reasons,
    shrink,
    spread,
    steps,
    swings,
)


def thrown_out(scene, name, rate, there):
    """Whether this run is at loss 0.01 after so many steps, and far above it again later."""
    run = scene.again([(name, rate)], stop=STEPS_6000)[0]
    return run.to(0.01) == there and run.highest_after(0.01) > 0.1


def as_long(scene):
    """Whether under a steady gradient the first two runs come to steps of one length."""
    descent, ball = scene.with_changes(problem={"expression": "x + 2*y"})[:2]
    return ball.step_size[-1] == pytest.approx(descent.step_size[-1])


def balls(scene, betas, place):
    """Whether balls with these betas, whose steps become as long as those of descent at 0.12, all end here."""
    return ends(scene, [("heavy_ball", 0.12 * (1 - beta), {"beta": beta}) for beta in betas], place)


def slowest_root(pull, beta):
    """By what factor a step the heavy ball shrinks where rate times curvature is `pull`."""
    return np.abs(np.roots([1, pull - 1 - beta, beta])).max()


def slower_than_descent(scene, rate, betas):
    """Of each beta whether the heavy ball takes longer than gradient descent to stay below loss 0.001."""
    descent = scene.again([("gd", rate)])[0].settled(0.001)
    balls = scene.again([("heavy_ball", rate, {"beta": beta}) for beta in betas])
    return [ball.settled(0.001) > descent for ball in balls]


CLAIMS = {
    "ravine_zigzag": [
        ("to stay below loss 0.0008 takes 106 steps at 0.08 instead of 241, and 52 with beta 0.8", lambda s: (
            [r.settled(0.0008) for r in s.runs] == [241, 106, 52] and s.rates[1] == s.rates[2]
        )),
        ("until the loss stays below 0.0008", lambda s: [
            (r.loss[n - 1] > 0.0008, r.loss[n:].max() <= 0.0008) for r, n in zip(s.runs, (241, 106, 52), strict=True)
        ] == [(True, True)] * 3),
        ("for the first time after 97 steps, or 33 with beta 0.8", lambda s: [r.to(0.0008) for r in s.runs[1:]] == [97, 33]),
        ("it swings across the ravine as well", lambda s: (np.diff(np.sign(s.runs[1].at[1])) != 0).sum() > 10),
    ],
    "nesterov_looks_ahead": [
        ("on the second swing", lambda s: len(set(s.rates)) == 1),
        ("the heavy ball still goes 0.71 out, Nesterov 0.08", lambda s: [
            float(f"{swings(r)[1]:.2f}") for r in s.runs] == [0.71, 0.08]),
        ("The first swings are 0.87 and 0.42", lambda s: [float(f"{swings(r)[0]:.2f}") for r in s.runs] == [0.87, 0.42]),
        ("To stay below loss 0.08 takes 38 steps against 64", lambda s: [r.settled(0.08) for r in s.runs] == [64, 38]),
    ],
    "too_much_beta": [
        ("108 steps without momentum, 29 with beta 0.64, 177 with beta 0.95", lambda s: (
            [r.settled(0.001) for r in s.runs] == [108, 29, 177]
            and [o.get("beta") for o in s.preset.spec["optimizers"]] == [None, 0.64, 0.95]
        )),
        ("until the loss stays below 0.001", lambda s: [
            (r.loss[n - 1] > 0.001, r.loss[n:].max() <= 0.001) for r, n in zip(s.runs, (108, 29, 177), strict=True)
        ] == [(True, True)] * 3),
    ],
    "rolls_over": [
        # It passes beside the outline of the valley, whose loss is that of the ridge: 2.667 at x = 0.
        ("rolls on past the shallow valley into the deep one", lambda s: (
            s.runs[1].ends_near(2, 0) and s.runs[1].loss[s.runs[1].at[0] < 0].min() > 8 / 3
        )),
        ("stay in the first", lambda s: all(s.runs[i].ends_near(-1, 0) for i in (0, 2, 3))),
    ],
    "rolls_past": [
        ("rolls out of the deep valley into the shallow one", lambda s: s.runs[1].ends_near(-1, 0)),
        ("gradient descent stays", lambda s: s.runs[0].ends_near(2, 0)),
        ("the same ball", lambda s: (
            s.preset.spec["optimizers"][1] == PRESETS["rolls_over"].spec["optimizers"][1]
        )),
    ],
    "banana_bend": [
        ("gradient descent needs 2,038 steps round the bend, Adam 1,533, momentum 182", steps(2038, 182, 1533)),
        ("Steps to loss 0.01", reasons(*["target_loss"] * 3)),
        ("stays below that for 6,000 steps", lambda s: [r.settled(0.01) for r in s.with_changes(stop=STEPS_6000)] == (
            [2038, 182, 1533]
        )),
        ("Adam at 0.15 is there after 423 steps and thrown out again later", lambda s: thrown_out(s, "adam", 0.15, 423)),
        ("above 2/λ = 0.002", lambda s: thrown_out(s, "gd", 0.0021, 1816)),
    ],
}  # fmt: skip
"""Preset -> what is claimed, in the scene's own words where it stands there, and how it shows in the runs."""

CAUSES = {
    "ravine_zigzag": [
        ("Gradient descent is stable to 2/λ = 0.02, averaged momentum to 2 (1 + beta)/(1 - beta)/λ = 0.38, or 0.18 with beta 0.8", lambda s: [
            r.loss[-1] < 1e-3 for r in s.again(
                [("gd", 0.0199), ("gd", 0.0201), ("momentum", 0.379), ("momentum", 0.381), *(
                    ("momentum", rate, {"beta": 0.8}) for rate in (0.179, 0.181)
                )], stop={"max_steps": 5000})
        ] == [True, False] * 3),
        ("At 0.08 both its directions shrink by √beta = 0.949 a step (0.894 with beta 0.8)", lambda s: [
            [round(shrink(at), 3) for at in r.at] for r in s.with_changes(stop={"max_steps": 600})[1:]
        ] == [[0.949, 0.949], [0.894, 0.894]]),
        ("the slow one of descent by 0.981", lambda s: round(s.runs[0].at[0][101] / s.runs[0].at[0][100], 3) == 0.981),
    ],
    "nesterov_looks_ahead": [
        ("across the valley Nesterov's swing shrinks by √(beta (1 - lr λ)) = 0.67 a step", lambda s: (
            round(shrink(across(s.runs[1])), 4) == 0.6708 == round((0.9 * (1 - 0.005 * 100)) ** 0.5, 4)
        )),
        ("the ball's by √beta = 0.949 at any rate", lambda s: all(
            round(shrink(across(r)), 3) == 0.949
            for r in s.again([("heavy_ball", rate) for rate in (0.002, 0.005, 0.02)], stop={"max_steps": 400})
        )),
    ],
    "too_much_beta": [
        ("shrinks by √beta a step, 0.975 for 0.95, whatever the rate", lambda s: [
            round(shrink(r.at[0]), 3)
            for rate in (0.01, 0.02, 0.05) for r in s.again([("heavy_ball", rate, {"beta": 0.95})])
        ] == [0.975] * 3),
        ("Along the flat side, of curvature λ = 2, gradient descent shrinks by 1 - lr λ = 0.96", lambda s: (
            curvatures(surface_problem("bowl"))[0] == pytest.approx(2)
            and s.runs[0].at[0][1:] / s.runs[0].at[0][:-1] == pytest.approx(0.96)
        )),
        ("beta above 0.96² = 0.92 is slower than none", lambda s: [
            r.settled(0.001) > 108 for r in s.again([("heavy_ball", 0.02, {"beta": beta}) for beta in (0.9, 0.91, 0.93, 0.95)])
        ] == [False, False, True, True]),
        ("though 0.68 is here first, after 21 steps", lambda s: [
            [r.settled(loss) for r in s.again(
                [("heavy_ball", 0.02, {"beta": beta}) for beta in (0.62, 0.64, 0.68)], stop={"max_steps": 500}
            )]
            for loss in (1e-3, 1e-40)
        ] == [[32, 29, 21], [302, 228, 248]]),
        ("in the long run the best is (1 - √(lr λ))² = 0.64", lambda _: min(
            np.linspace(0, 0.99, 100), key=lambda beta: slowest_root(0.02 * 2, beta)
        ) == pytest.approx(0.64)),
    ],
    "rolls_over": [
        ("Gradient descent's steps are as long as the ball's under a steady gradient", as_long),
        ("With beta 0.75 or less and steps as long, at rate 0.12 (1 - beta), the ball stays too", lambda s: [
            balls(s, betas, place) for betas, place in (((0, 0.3, 0.6, 0.75), (-1, 0)), ((0.8, 0.85, 0.95, 0.98), (2, 0)))
        ] == [True, True]),
        ("from 0.2 on descent leaps over", lambda s: [
            r.ends_near(2, 0) for r in s.again([("gd", rate) for rate in (0.19, 0.2, 0.22, 0.25, 0.28)], stop=STEPS_2000)
        ] == [False, True, True, True, True]),
    ],
    "rolls_past": [
        ("gradient descent has steps as long under a steady gradient", as_long),
        ("At rate 0.12 (1 - beta), which keeps them so, the ball leaves with beta from 0.88 to 0.96 and stays with 0.86 or less",
         lambda s: balls(s, (0.88, 0.9, 0.92, 0.94, 0.96), (-1, 0)) and balls(s, (0, 0.3, 0.6, 0.8, 0.86), (2, 0))),
    ],
    "banana_bend": [
        ("at 0.0019, the rate of descent, it takes 2,011", lambda s: (
            s.rates[0] == 0.0019 and s.again([("momentum", 0.0019)])[0].steps == 2011
        )),
    ],
}  # fmt: skip
"""Preset -> what its effect comes from: that changed alone, the effect goes."""

RANGES = {
    "ravine_zigzag": [
        ("From 0.04 to 0.3 it takes at most 120 steps", lambda s: max(
            r.settled(0.0008) for low in (0.04, 0.17, 0.24, 0.299) for r in s.again(spread("momentum", low, min(low + 0.13, 0.3)))
        ) in (119, 120)),
        ("with beta 0.8 from 0.06 to 0.17 at most 59", lambda s: max(
            r.settled(0.0008) for r in s.again([("momentum", rate / 200, {"beta": 0.8}) for rate in range(12, 35)])
        ) == 59),
        ("descent at least 233 at any rate", lambda s: min(
            r.settled(0.0008) for low in (0.017, 0.0194) for r in s.again(spread("gd", low, low + 0.0003))
        ) in (233, 234)),
    ],
    "nesterov_looks_ahead": [
        ("less than the ball's for rates from 0.004 to 0.013; at 0.002 both creep along the floor alike", lambda s: [
            round(float(np.subtract(*(r.settled(0.08) for r in s.again(
                [("heavy_ball", rate), ("nesterov", rate)], stop={"max_steps": 300}))))) > 5
            for rate in (0.002, 0.004, 0.007, 0.01, 0.013)
        ] == [False, True, True, True, True]),
        ("above 0.0136 Nesterov diverges, the ball above 0.038", lambda s: [
            r.loss[-1] < 1 for r in s.again([
                ("nesterov", 0.0135), ("nesterov", 0.0137), ("heavy_ball", 0.0379), ("heavy_ball", 0.0381)],
                stop={"max_steps": 3000})
        ] == [True, False, True, False]),
    ],
    "too_much_beta": [
        ("At rate 0.05 these two are 0.81 and 0.47", lambda s: (
            slower_than_descent(s, 0.05, (0.47, 0.75, 0.85, 0.9)) == [False, False, True, True]
            and min(np.linspace(0, 0.99, 100), key=lambda beta: slowest_root(0.05 * 2, beta)) == pytest.approx(0.47)
        )),
    ],
    "rolls_over": [
        ("rates from 0.006 to 0.1", lambda s: ends(s, spread("heavy_ball", 0.006, 0.1), (2, 0))),
        ("From x between -2.7 and -1.95 both do as here", lambda s: all(
            gd.ends_near(-1, 0) and ball.ends_near(2, 0)
            for x in (-2.7, -2.5, -2.3, -2, -1.95) for y in (-3, 0, 1.5)
            for gd, ball, *_ in [s.with_changes(start=[x, y], stop=STEPS_2000)]
        )),
        ("at rates from 0.005 to 0.15", lambda s: all(
            ends(s, spread(name, 0.005, 0.15), (-1, 0), within=0.2) for name in ("gd", "rmsprop", "adam")
        )),
    ],
    "rolls_past": [
        ("at rates from 0.01 to 0.029", lambda s: ends(s, spread("heavy_ball", 0.01, 0.029), (-1, 0))),
        ("From x between 3.35 and 3.75 both do as here", lambda s: [
            [round(r.end[0]) for r in s.with_changes(start=[x, 1.5], stop=STEPS_2000)]
            for x in (3.3, 3.35, 3.4, 3.5, 3.6, 3.7, 3.75, 3.8)
        ] == [[2, 2], *[[2, -1]] * 6, [-1, -1]]),
        ("From 0.164 to 0.256 descent leaps out", lambda s: (
            ends(s, spread("gd", 0.164, 0.256), (-1, 0)) and ends(s, spread("gd", 0.05, 0.162), (2, 0))
        )),
        ("from 0.03 to 0.09", lambda s: ends(s, spread("heavy_ball", 0.03, 0.09), (2, 0))),
    ],
    "banana_bend": [
        ("2,608 to 1,923 steps at rates from 0.0015 to 0.002", lambda s: [
            r.steps for r in s.again([("gd", 0.0015), ("gd", 0.002)])
        ] == [2608, 1923]),
        ("momentum 421 to 176 from 0.008 to 0.016", lambda s: [
            pick(r.steps for k in (0, 8) for r in s.again([("momentum", 0.008 + 0.0005 * (k + i)) for i in range(9)]))
            for pick in (max, min)
        ] == [421, 176]),
        ("137 at 0.0175, 228 at 0.0195, 109 at 0.0285", lambda s: [
            r.settled(0.01) for r in s.again([("momentum", rate) for rate in (0.0175, 0.0195, 0.0285)], stop=STEPS_6000)
        ] == [137, 228, 109]),
        ("From starts 0.1 away the order is the same", lambda s: all(
            gd.steps > adam.steps > momentum.steps
            for start in ([-1.1, 0.9], [-1.3, 1.1]) for gd, momentum, adam in [s.with_changes(start=start)]
        )),
    ],
}  # fmt: skip
"""Preset -> the rates and starts for which it holds."""
