"""Adam: what is said of each scene."""

import numpy as np
import pytest

from fallline.problems import expression_problem
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


def long_run(scene, run, **values):
    """One of the runs over 6,000 steps, with other values."""
    return scene.with_changes(optimizers=[scene.preset.spec["optimizers"][run] | values], stop=STEPS_6000)[0]


def out_again(run, loss):
    """The step at which the loss is above this for the first time after it was there for a hundred steps."""
    below = np.convolve(run.loss <= loss, np.ones(100), "valid") == 100
    return run.first((run.loss > loss) & (np.arange(run.steps + 1) > below.argmax() + 99))


def stretched(runs):
    """How many times as long as a step of the second run the same step of the first is."""
    return runs[0].step_size / runs[1].step_size


def longer(scene):
    """The same of the runs of a scene."""
    return stretched(scene.runs)


def leads(runs):
    """Whether at each step another of two runs is lower than at the step before."""
    return np.diff(runs[0].loss < runs[1].loss)


def with_beta2(scene, beta2, **changes):
    """The runs of a scene with another beta2."""
    return scene.with_changes(
        optimizers=[each | {"beta2": beta2} for each in scene.preset.spec["optimizers"]], **changes
    )


def corrected_and_not(scene, rate, **changes):
    """Adam at this rate, and its form without bias correction."""
    return scene.again([("adam", rate), ("adam", rate, {"form": "uncorrected"})], **changes)


CLAIMS = {
    "adam_in_a_ravine": [
        ("179 steps; momentum alone: 84; both, which is Adam: 74", lambda s: (
            [r.settled(0.01) for r in s.runs] == [179, 84, 347, 74]
        )),
        ("scaling alone: 347", lambda s: s.rates[2] == 0.08 and s.runs[2].settled(0.01) == 347),
        ("until the loss stays below 0.01", lambda s: [
            (r.loss[n - 1] > 0.01, r.loss[n:].max() <= 0.01) for r, n in zip(s.runs, (179, 84, 347, 74), strict=True)
        ] == [(True, True)] * 4),
        ("safe if it stays there up to step 1,000", lambda s: settling(s, 1, 1000) == [179, 84, 347, 74]),
        ("Momentum alone is Adam's average without the division", lambda s: (
            s.runs[1].at[0][:50] == pytest.approx(averaged(s.runs[1], s.rates[1])[:50])
        )),
        ("scaling alone is Adam with β₁ = 0", lambda s: s.preset.spec["optimizers"][2]["beta1"] == 0),
    ],
    "adam_on_the_flat": [
        ("112 steps; momentum alone: 64; scaling alone: 31; both, which is Adam: 39", lambda s: (
            [r.settled(0.01) for r in s.runs] == [112, 64, 31, 39]
        )),
        ("until the loss stays below 0.01", lambda s: [
            (r.loss[n - 1] > 0.01, r.loss[n:].max() <= 0.01) for r, n in zip(s.runs, (112, 64, 31, 39), strict=True)
        ] == [(True, True)] * 4),
        ("safe if it stays there up to step 1,000", lambda s: settling(s, 1, 1000) == [112, 64, 31, 39]),
        ("The gradient at the start is 0.0016 long", lambda s: about(np.hypot(*s.runs[0].gradient[:, 0]), 0.0016)),
        ("scaling alone jumps out again at step 1,305, as its rate rises, and Adam at 3,930", lambda s: [
            out_again(long_run(s, k), 0.01) for k in (2, 3)
        ] == [1305, 3930]),
        ("each of its parts divided by its own size is 1", lambda s: (
            np.abs(np.diff(s.runs[2].at[:, :2])) / s.rates[2] == pytest.approx(1, rel=1e-4)
        )),
    ],
    "bias_correction": [
        ("first step is 3.2 times as long as set", lambda s: (
            about(longer(s)[0], 3.2) and [about(abs(np.diff(r.at[0])[0]) / 0.1, n) for r, n in zip(s.runs, (3.2, 1), strict=True)]
            == [True, True]
        )),
        ("the fourth 5.1", lambda s: about(longer(s)[3], 5.1) and longer(s)[:24].argmax() == 3),
        ("0.72 instead of 0.14", lambda s: [round(r.step_size[3], 2) for r in s.runs] == [0.72, 0.14]),
        ("overshoots to x = 1.27, not 0.22", lambda s: (
            about(s.runs[0].at[0].max(), 1.27, 3) and about(s.runs[1].at[0].max(), 0.22)
        )),
        ("Later the lead keeps changing", lambda s: leads(s.runs)[20:].sum() == 10),
        ("both swing about the minimum, and the lead changes 40 times in 400 steps", lambda s: (
            leads(s.with_changes(stop={"max_steps": 400}))[1:].sum() == 40
            and all((np.diff(np.sign(r.at[:, 70:])) != 0).any(axis=1).all() for r in s.runs)
        )),
        ("the rate that was set is the length of the first steps", lambda s: (
            np.abs(np.diff(s.runs[1].at[:, :4])) == pytest.approx(0.1, rel=0.02)
        )),
        ("stay below loss 0.001 takes 88 steps with and 89 without", lambda s: [r.settled(0.001) for r in s.runs] == [89, 88]),
    ],
    "weight_decay": [
        # Curvature times (2 - w) is 0.25 w at 2/1.25 and at 200/100.25.
        ("decay 0.25 pulls the flat parameter from 2 to 1.6, the steep one to 1.995", lambda s: (
            s.runs[0].ends_near(2, 2, within=1e-3) and s.runs[1].ends_near(1.6, 200 / 100.25, within=1e-3)
            and about(s.runs[1].end[1], 1.995, 4) and s.preset.spec["optimizers"][1]["weight_decay"] == 0.25
        )),
        ("AdamW pulls both alike", lambda s: (
            s.runs[2].at[0] == pytest.approx(s.runs[2].at[1], abs=1e-6) and s.runs[2].loss[-1] > 1
        )),
        ("1 in x, 100 in y", lambda s: curvatures(formula(s)) == pytest.approx([1, 100])),
        ("down to 1.54 at step 48", lambda s: s.runs[2].at[0].argmin() == 48 and about(s.runs[2].at[0][48], 1.54, 3)),
        ("back towards 2 as v forgets the large gradients of the start: 1.83 after 300 steps, 1.99 after 6,000", lambda s: (
            [round(float(long_run(s, 2).at[0][n]), 2) for n in (300, 6000)] == [1.83, 1.99]
        )),
    ],
    "gd_wins": [
        ("done in 12 steps", steps(12, None, 49, None)),
        ("with a beta of 0.9, swing until steps 163 and 155", steps(None, 163, None, 155)),
        ("within 0.05 of the bottom, hard to see on the map, from steps 76 and 63 on", lambda s: [
            int(np.flatnonzero(np.hypot(*s.runs[k].at) > 0.05)[-1]) + 1 for k in (1, 3)
        ] == [76, 63]),
        ("every step is below 0.0001", reasons(*["min_step_size"] * 4)),
        ("as curved one way as the other", lambda s: (
            curvatures(expression_problem(s.preset.spec["problem"]["expression"])) == pytest.approx([2, 2])
        )),
    ],
}  # fmt: skip
"""Preset -> what is claimed, in the scene's own words where it stands there, and how it shows in the runs."""

CAUSES = {
    "adam_in_a_ravine": [
        ("In the unturned ravine scaling alone takes 103 at the same rate, 0.08", lambda s: [
            r.settled(0.01) for r in s.with_changes(problem={"surface": "ravine"}, start=[-4, 1])
        ][:3] == [179, 84, 103]),
    ],
    "adam_on_the_flat": [
        ("From (-1, 1), off the flat, neither takes 2, scaling alone 15", lambda s: [
            s.with_changes(start=[-1, 1])[k].settled(0.01) for k in (0, 2)
        ] == [2, 15]),
    ],
    "bias_correction": [
        ("(1 - beta1)/√(1 - beta2) = 3.16 times as long", lambda s: (
            longer(s)[0] == pytest.approx((1 - 0.9) / (1 - 0.999) ** 0.5) and about(longer(s)[0], 3.16, 3)
        )),
        ("under a steady gradient step 12 is 6.6 times, step 100 still 3.2 times", lambda s: [
            round(float(steady[n - 1]), 1) for steady in [stretched(s.with_changes(problem={"expression": "x + 2*y"}))]
            for n in (12, int(steady.argmax()) + 1, 100)
        ] == [6.6, 6.6, 3.2]),
        ("With beta2 at 0.99 the first would be right, but others up to 2.1 times as long", lambda s: (
            with_beta2(s, 0.99)[0].step_size[0] == pytest.approx(0.1 * 2**0.5)
            and round(float(stretched(with_beta2(s, 0.99, problem={"expression": "x + 2*y"})).max()), 1) == 2.1
        )),
        ("overshoots to 0.62 instead of 0.24; with both betas at 0.9 to 0.44 instead of 0.43", lambda s: [
            round(float(r.at[0].max()), 2) for beta2 in (0.99, 0.9) for r in with_beta2(s, beta2)
        ] == [0.62, 0.24, 0.44, 0.43]),
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
        ("up to 1/decay = 4: with decay 0.5 and the minimum at (4, 4) it rests at 2", lambda s: (
            1 / s.preset.spec["optimizers"][2]["weight_decay"] == 4 and s.with_changes(
                problem={"expression": "(x - 4)**2/2 + 50*(y - 4)**2"}, start=[8, 8], stop=STEPS_6000,
                optimizers=[s.preset.spec["optimizers"][2] | {"weight_decay": 0.5}],
            )[0].ends_near(2, 2, within=0.01)
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
            best >= 0.85 * stated for stated, best in zip((179, 84, 347, 74), quickest(s, 0.5, 1.5, 1000), strict=True)
        )),
        ("For 300 steps 0.2565 is safe as well, and takes 142", lambda s: [
            s.with_changes(
                optimizers=[s.preset.spec["optimizers"][2] | {"learning_rate": 0.2565}], stop={"max_steps": n}
            )[0].settled(0.01) for n in (300, 1000)
        ] == [142, None]),
        ("Adam leaves at step 2,780, and for 6,000 steps it takes 260 at 0.11, when momentum alone is first", lambda s: [
            out_again(long_run(s, 3), 0.01), long_run(s, 3, learning_rate=0.11).settled(0.01), long_run(s, 1).settled(0.01)
        ] == [2780, 260, 84]),
        ("With rates 10 % smaller the order is the same", lambda s: np.argsort(settling(s, 0.9, 1000)).tolist() == [3, 1, 0, 2]),
    ],
    "adam_on_the_flat": [
        ("each near its best safe rate", lambda s: all(
            best >= 0.85 * stated for stated, best in zip((112, 64, 31, 39), quickest(s, 0.5, 1.2, 1000), strict=True)
        )),
        ("at 0.07 and 0.25 they stay for 6,000 steps and take 35 and 44", lambda s: [
            long_run(s, k, learning_rate=rate).settled(0.01) for k, rate in ((2, 0.07), (3, 0.25))
        ] == [35, 44]),
        ("With rates 10 % larger or smaller the order is the same", lambda s: (
            [np.argsort(settling(s, factor, 1000)).tolist() for factor in (0.9, 1, 1.1)] == [[2, 3, 1, 0]] * 3
        )),
    ],
    "bias_correction": [
        ("at any rate and from any start", lambda s: all(
            uncorrected.step_size[0] / adam.step_size[0] == pytest.approx(10**0.5)
            for rate in (0.01, 0.5) for start in ([1, 1], [3, -0.2])
            for adam, uncorrected in [corrected_and_not(s, rate, start=start)]
        )),
        ("at rate 0.01, where long steps help, 568 and 91", lambda s: [
            r.settled(0.001) for r in s.with_changes(optimizers=at_rate(s, 0.01), stop=STEPS_2000)
        ] == [91, 568]),
        ("It overshoots further at rates from 0.01 to 0.5", lambda s: all(
            uncorrected.at[0].max() > adam.at[0].max()
            for rate in (0.01, 0.05, 0.2, 0.5)
            for adam, uncorrected in [corrected_and_not(s, rate, stop=STEPS_2000)]
        )),
    ],
    "weight_decay": [
        ("Rates of 0.02 to 0.1 do the same", lambda s: all(
            l2.ends_near(1.6, 200 / 100.25, within=1e-3) and beside.at[0] == pytest.approx(beside.at[1], abs=1e-6)
            for rate in (0.02, 0.05, 0.1) for _, l2, beside in [s.with_changes(stop=STEPS_2000, optimizers=at_rate(s, rate))]
        )),
    ],
    "gd_wins": [
        ("From 0.05 to 0.6 gradient descent takes at most 76 steps, the ball and Adam at least 150", lambda s: (
            max(r.steps for r in s.again(spread("gd", 0.05, 0.6))) == 76
            and min(r.steps for name in ("heavy_ball", "adam")
                    for r in s.again(spread(name, 0.05, 0.6), stop={"max_steps": 300, "min_step_size": 1e-4})) >= 150
        )),
    ],
}  # fmt: skip
"""Preset -> the rates and starts for which it holds."""
