"""AdaGrad and RMSProp: what is said of each scene."""

import numpy as np
import pytest

from fallline.problems import surface_problem
from tests.presets.scene import (
    STEPS_2000,
    about,
    at_rate,
    curvatures,
    drawn,
    excess,
    left,
    points,
    spread,
    steps,
    turned,
)


def own_points(scene):
    """The points of a scene with points of its own."""
    return scene.preset.spec["problem"]["points"]


def ending(many):
    """For each seed and run: the mean over the last 100 steps, in percent above the least loss, which is 1."""
    return np.array([[excess(run.loss[-100:].mean(), 1) for run in runs] for runs in many])


def common(scene, kind, rate, seeds):
    """One of the runs with each seed, at this rate, where half of the points have the feature."""
    points = [[1, 2], [1, 4], [0, 0], [0, 2]] * 10
    return [
        scene.with_changes(
            problem={"points": points, "loss": "mse"}, seed=seed, optimizers=[at_rate(scene, rate)[kind]]
        )
        for seed in range(seeds)
    ]


CLAIMS = {
    "axes_aligned": [
        ("needs 5 steps where gradient descent needs 121", steps(121, 5, 48)),
        ("Adam 48 at 0.1", lambda s: (s.rates[2], s.runs[2].steps) == (0.1, 48)),
        ("Steps to loss 0.08", lambda s: s.preset.spec["stop"]["target_loss"] == 0.08),
    ],
    "axes_turned": [
        ("by 27 degrees", lambda s: round(np.degrees(np.arctan(1 / 2))) == 27 and turned(s)),
        ("121 steps again", steps(121, None, None)),
        ("from 5 steps to 130", steps(None, 130, None)),
        ("from 48 to 226 at rate 0.1, and takes 51 at 0.68", lambda s: (
            s.runs[2].steps == 226 and s.again([("adam", 0.68)])[0].steps == 51
        )),
    ],
    "adagrad_remembers": [
        ("At its best rate, 1.2, the first five steps make up 99.7 %", lambda s: [
            round(100 * early / whole, 1) for early, whole in zip(
                (s.runs[1].gradient[:, :5] ** 2).sum(axis=1), (s.runs[1].gradient ** 2).sum(axis=1), strict=True)
        ] == [99.7, 99.7]),
        ("after 1,000 steps it is at loss 6.1 at rate 0.1, 0.41 at its best", lambda s: (
            s.rates[0] == 0.1 and [r.steps for r in s.runs[:2]] == [1000, 1000]
            and [about(r.loss[-1], stated) for r, stated in zip(s.runs, (6.1, 0.41), strict=False)] == [True, True]
        )),
        ("its best;", lambda s: min(
            r.loss[-1]
            for low in (0.001, 0.01, 0.1, 1) for r in s.again([("adagrad", low * 10 ** (i / 15)) for i in range(16)])
        ) > 0.41),
        ("RMSProp at 0.07", lambda s: about(s.runs[2].loss[-1], 0.07, 1)),
        ("That rate is sharp: at 0.5 it ends at 4.1, at 2 at 1.5", lambda s: s.rates[1] == 1.2 and [
            float(f"{r.loss[-1]:.2g}") for r in s.again([("adagrad", 0.5), ("adagrad", 2)])
        ] == [4.1, 1.5]),
    ],
    "rare_feature": [
        ("2 of 40 points show the slope", lambda s: [
            sum(x != 0 for x, _ in own_points(s)), len(own_points(s)), points(s).minima[0].loss
        ] == [2, 40, pytest.approx(1)]),
        ("the loss ends 1.7 % above the least, with AdaGrad's two 0.7 %", lambda s: [
            float(f"{middle:.2g}") for middle in np.median(ending(s.seeds(40)), axis=0)
        ] == [1.7, 0.69]),
        ("Medians of 40 seeds over the last 100 of 400 steps", lambda s: (
            s.runs[0].steps == 400 and ending([s.runs])[0] == pytest.approx(np.median(ending(s.seeds(40)), axis=0), rel=0.15)
        )),
        ("AdaGrad is lower in 39 of them", lambda s: sum(ada < one for one, ada in ending(s.seeds(40))) == 39),
        ("The feature is 0 in all but two of the 40 points", lambda s: sum(x == 0 for x, _ in own_points(s)) == 38),
    ],
    "rate_that_rises": [
        ("kicks itself out again, to 0.017", lambda s: about(s.runs[1].highest_after(1e-16), 0.017)),
        ("AdaGrad's only falls", lambda s: s.runs[0].loss[-1] == s.runs[0].loss.min() < 1e-18),
        ("below the floor, 1e-16, from step 93 on, at 1e-38 at step 105, then out at 0.017", lambda s: (
            s.runs[1].to(1e-16) == 93 and s.runs[1].loss.argmin() == 105 and 1e-38 <= s.runs[1].loss[105] < 2e-38
        )),
        ("jumps to and fro at 0.0019 in the end, three quarters of its squared rate", lambda s: [
            about(s.again([("rmsprop", 0.05)], stop=STEPS_2000)[0].loss[-100:].mean(), v, 2)
            for v in (0.0019, 0.75 * 0.05**2)
        ] == [True, True]),
    ],
    "saddle_escape": [
        ("At rate 0.05 from 0.0001 beside the ridge", lambda s: (
            set(s.rates) == {0.05} and s.preset.spec["start"][1] == 0.0001
        )),
        ("descent leaves after 178 steps", lambda s: left(s.runs[0]) == 178),
        ("after 5 and 11", lambda s: [left(r) for r in s.runs[2:]] == [5, 11]),
        ("more than 0.5 beside it", lambda s: abs(s.runs[0].at[1][177]) <= 0.5 < abs(s.runs[0].at[1][178])),
        ("it takes 50", lambda s: left(s.runs[1]) == 50),
    ],
}  # fmt: skip
"""Preset -> what is claimed, in the scene's own words where it stands there, and how it shows in the runs."""

CAUSES = {
    "axes_aligned": [
        ("with an eps so large that nothing is divided it takes 121 steps too", lambda s: (
            s.again([("adagrad", 0.019e6, {"eps": 1e12})])[0].steps == 121
        )),
    ],
    "axes_turned": [
        ("the ravine is the same", lambda _: curvatures(surface_problem("rotated_ravine")) == (
            pytest.approx(curvatures(surface_problem("ravine")))
        )),
    ],
    "adagrad_remembers": [
        ("from (-0.5, 0.3), AdaGrad at 0.1 ends at 0.03, as RMSProp does at 0.01; RMSProp at 0.005 ends at 0.017", lambda s: [
            round(float(r.loss[-1]), digits) for r, digits in zip(s.again(
                [("adagrad", 0.1), ("rmsprop", 0.01), ("rmsprop", 0.005)], start=[-0.5, 0.3]), (2, 2, 3), strict=True)
        ] == [0.03, 0.03, 0.017]),
        ("At 1.2 AdaGrad's first step takes it up a wall from there too, to loss 1,440, and it ends at 0.41", lambda s: [
            float(f"{r.loss[at]:.{digits}g}") for r in s.again([("adagrad", 1.2)], start=[-0.5, 0.3])
            for at, digits in ((1, 3), (-1, 2))
        ] == [1440, 0.41]),
    ],
    "rare_feature": [
        ("drawn with replacement it is 3.4 % and 1.6 %", lambda s: [
            float(f"{middle:.2g}") for middle in np.median(ending(s.seeds(40, drawn(s))), axis=0)
        ] == [3.4, 1.6]),
        ("Where half of the points have the feature, the two are even, each at its best rate: 0.5 %", lambda s: [
            round(min(np.median(ending(common(s, kind, rate, 20))) for rate in (0.15, 0.2, 0.3, 0.4, 0.5)), 1)
            for kind in (0, 1)
        ] == [0.5, 0.5]),
    ],
    "rate_that_rises": [
        ("lr/√(eps + v) has passed 2/λ = 0.5", lambda _: curvatures(surface_problem("bowl"))[1] == pytest.approx(2 / 0.5)),
        ("with eps 0.01, which bounds it there, nothing of the kind happens", lambda s: (
            np.isclose(0.05 / 0.01**0.5, 0.5)
            and s.again([("rmsprop", 0.05, {"eps": 0.01})], stop=STEPS_2000)[0].highest_after(1e-16) < 1e-16
        )),
    ],
    "saddle_escape": [
        ("gradient descent multiplies that by 1.05 a step", lambda s: s.runs[0].at[1][1] / 0.0001 == pytest.approx(1.05)),
        ("5,000 times as far takes some ln 5000/ln 1.05 = 175 steps", lambda _: (
            pytest.approx(5000) == 0.5 / 0.0001 and round(np.log(5000) / np.log(1.05)) == 175
        )),
        # Its distance follows d[t+1] = (1 + beta + lr) d[t] - beta d[t-1], with beta 0.9 and lr 0.05.
        ("by 1.2, the larger root of z² - 1.95 z + 0.9", lambda s: (
            max(np.roots([1, -1.95, 0.9])) == pytest.approx(1.2)
            and s.runs[1].at[1][40] / s.runs[1].at[1][39] == pytest.approx(1.2, rel=1e-3)
        )),
        ("ln 5000/ln 1.2 = 47", lambda _: round(np.log(5000) / np.log(1.2)) == 47),
        # That of RMSProp is 0.05 g/√(eps + g²/10), at 0.0001 with eps 1e-8.
        ("RMSProp and Adam, whose first step is about their rate", lambda s: (
            [run.at[1][1] - 1e-4 for run in s.runs[2:]] == pytest.approx([0.05 / 1.1**0.5, 0.05], rel=1e-3)
            and all(
                run.at[1][1] - y == pytest.approx(0.05, rel=0.1)
                for y in (1e-2, 1e-4, 1e-6) for run in s.with_changes(start=[-1.6, y])[3:]
            )
        )),
        ("On the ridge itself nobody leaves", lambda s: not any(r.at[1].any() for r in s.with_changes(start=[-1.6, 0]))),
    ],
}  # fmt: skip
"""Preset -> what its effect comes from: that changed alone, the effect goes."""

RANGES = {
    "axes_aligned": [
        ("at most 18 for rates from 0.8 to 5", lambda s: max(r.steps for r in s.again(spread("adagrad", 0.8, 5))) == 18),
        ("gradient descent at least 115 at any rate", lambda s: min(r.steps for r in s.again(spread("gd", 0.017, 0.0199))) >= 115),
    ],
    "axes_turned": [
        ("AdaGrad takes at least 125 steps at any rate", lambda s: min(
            r.steps for r in s.again([("adagrad", 0.5 * 1.25**i) for i in range(12)])
        ) >= 125),
        ("At 45 degrees AdaGrad needs 172, Adam 269", lambda s: [run.steps for run in s.again(
            [("adagrad", 1.25), ("adam", 0.1)], problem={"expression": "(x + y)**2/4 + 25*(x - y)**2"},
            start=[-3 / 2**0.5, -5 / 2**0.5])] == [172, 269]),
    ],
    "adagrad_remembers": [
        ("RMSProp ends below 0.11 for rates from 0.006 to 0.012", lambda s: max(
            r.loss[-1] for r in s.again(spread("rmsprop", 0.006, 0.012))) < 0.11),
        ("From starts 0.1 away RMSProp is lower, too; from (0.5, 3) it is not", lambda s: [
            min(r.loss[-1] for r in s.again([("adagrad", 0.3 * 10 ** (k / 15)) for k in range(16)], start=[x, y]))
            > s.again([("rmsprop", 0.01)], start=[x, y])[0].loss[-1]
            for x, y in ((-0.6, 2.9), (-0.6, 3.1), (-0.4, 2.9), (-0.4, 3.1), (0.5, 3))
        ] == [True, True, True, True, False]),
    ],
    "rare_feature": [
        ("At any common rate from 0.3 to 1 AdaGrad ends lower", lambda s: all(
            np.subtract(*np.median(ending(s.seeds(20, at_rate(s, rate))), axis=0)) > 0 for rate in (0.3, 0.4, 0.6, 0.8, 1)
        )),
        ("0.5 is near the best rate of both", lambda s: all(
            middle <= 1.25 * best for middle, best in zip(
                np.median(ending(s.seeds(20)), axis=0), np.min([
                    np.median(ending(s.seeds(20, at_rate(s, rate))), axis=0) for rate in (0.2, 0.3, 0.4, 0.6, 0.8, 1)
                ], axis=0), strict=True)
        )),
    ],
    "rate_that_rises": [
        ("Rates from 0.02 to 0.5 end alike", lambda s: all(
            r.loss[-100:].mean() == pytest.approx(0.75 * rate**2, rel=0.01) and r.loss.min() < 1e-16
            for rate in (0.02, 0.05, 0.1, 0.2, 0.5) for r in s.again([("rmsprop", rate)], stop=STEPS_2000)
        )),
        ("at 0.01 it turns at 5e-13", lambda s: about(s.again([("rmsprop", 0.01)], stop=STEPS_2000)[0].loss.min(), 5e-13, 1)),
        ("AdaGrad keeps what it has, at rates from 0.1 to 2", lambda s: all(
            (np.diff(r.loss) <= 0).all() for r in s.again(spread("adagrad", 0.1, 2))
        )),
    ],
    "saddle_escape": [
        ("From 0.000001 they take 272, 75, 5 and 11", lambda s: [
            left(r) for r in s.with_changes(start=[-1.6, 1e-6], stop=STEPS_2000)
        ] == [272, 75, 5, 11]),
        ("after 22 steps at 0.5", lambda s: left(s.again([("gd", 0.5)])[0]) == 22),
        ("at their default, 0.001, RMSProp after 461 and Adam after 329", lambda s: [
            left(r) for r in s.again([("rmsprop", 0.001), ("adam", 0.001)], stop=STEPS_2000)
        ] == [461, 329]),
    ],
}  # fmt: skip
"""Preset -> the rates and starts for which it holds."""
