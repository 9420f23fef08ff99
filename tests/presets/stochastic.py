"""One sample, some, all: what is said of each scene."""

import numpy as np
import pytest

from tests.presets.scene import CARS_POINTS, STANDARD_LEAST, about, drawn, excess, rattles, unlike


def to_valley(scene, optimizers):
    """The steps of one run to within a tenth of the least loss, with each of twenty seeds."""
    chosen = [{"name": name, "learning_rate": rate} | dict(*values) for name, rate, *values in optimizers]
    return [run.to(1.1 * STANDARD_LEAST) for (run,) in scene.seeds(20, chosen)]


def calmed(many):
    """Percent above the least loss at which the falling rate ends, for each seed."""
    return np.array([excess(runs[1].loss[-1], STANDARD_LEAST) for runs in many])


def typical(runs):
    """Percent above the least loss of the middle one of steps 100 to the end, at the constant rate."""
    return excess(np.median(runs[0].loss[100:]), STANDARD_LEAST)


def faster(scene):
    """The falling rate of the scene, by a tenth a step."""
    return [scene.preset.spec["optimizers"][1] | {"schedule": {"name": "exponential", "decay": 0.9}}]


def singles(scene):
    """Of batches of one at a quarter of the rate, medians of 20 seeds: steps to the valley, percent above the least there.

    An independent run in NumPy, with draws of its own and 60 seeds: 102 and 2.5.
    """
    single = scene.preset.spec["optimizers"][0] | {"learning_rate": 0.05 / 4}
    runs = [scene.with_changes(seed=seed, optimizers=[single], stop={"max_steps": 2000})[0] for seed in range(20)]
    above = np.median([excess(run.loss[400:].mean(), STANDARD_LEAST) for run in runs])
    return np.median([run.to(1.1 * STANDARD_LEAST) for run in runs]), above


def expected_rattle(rate, batch):
    """What it is for gradients of this covariance, by the recurrence of the variance: a step keeps 1 - 2 lr of both.

    The feature and the target have mean 0 and deviation 1, so the loss is the least plus slope² plus intercept² off it.
    """
    speed, distance = ((column - column.mean()) / column.std() for column in np.array(CARS_POINTS).T)
    residual = (speed * distance).mean() * speed - distance
    variance = (4 * residual**2 * (speed**2 + 1)).mean() / batch
    return excess(STANDARD_LEAST + rate**2 * variance / (1 - (1 - 2 * rate) ** 2), STANDARD_LEAST)


CLAIMS = {
    "one_some_all": [
        ("At one small rate", lambda s: len(set(s.rates)) == 1),
        ("within 10 % of the least loss", lambda s: s.runs[0].loss[22] <= 1.1 * STANDARD_LEAST < s.runs[0].loss[:22].min()),
        ("some 25 steps", lambda s: all(abs(r.to(1.1 * STANDARD_LEAST) - 25) <= 3 for r in s.runs)),
        ("22, 250 and 1,250 samples", lambda s: [
            r.to(1.1 * STANDARD_LEAST) * batch for r, batch in zip(s.runs, (1, 10, 50), strict=True)
        ] == [22, 250, 1250]),
        ("never rest", lambda s: [np.median(r.step_size[-50:]) > 1e-3 for r in s.runs] == [True, True, False]),
        ("the median of 20 seeds is 25", lambda s: np.median(to_valley(s, [("sgd", 0.05)])) == 25),
        ("at a rate that suits it, 0.1, 0.4 and 0.5, they take about 14, 30 and 50 samples", lambda s: [
            round(np.median(to_valley(s, [run])) * batch)
            for run, batch in ((("sgd", 0.1), 1), (("mini_batch", 0.4, {"batch_size": 10}), 10), (("gd", 0.5), 50))
        ] == [14, 30, 50]),
    ],
    "batch_size": [
        ("some 25 steps to the valley: 25, 100 and 400 samples", lambda s: (
            [o["batch_size"] * 25 for o in s.preset.spec["optimizers"]] == [25, 100, 400]
            and all(abs(np.median(to) - 25) <= 2 for to in zip(*(
                [r.to(1.1 * STANDARD_LEAST) for r in runs] for runs in s.sixty_seeds), strict=True))
            and all(abs(r.to(1.1 * STANDARD_LEAST) - 25) <= 5 for r in s.runs)
        )),
        ("within 10 % of the least loss", lambda s: all(
            r.loss[:20].min() > 1.1 * STANDARD_LEAST >= r.loss[:31].min() for r in s.runs
        )),
        ("About a quarter each time: 11 %, 2.5 % and 0.6 % above the least (median, 20 seeds)", lambda s: (
            [float(f"{middle:.2g}") for middle in np.median(rattles(s.seeds(20)), axis=0)] == [11, 2.5, 0.64]
            and [
                np.median(rattles(s.seeds(20)), axis=0)[k] / np.median(rattles(s.seeds(20)), axis=0)[k + 1]
                for k in (0, 1)
            ] == pytest.approx([4, 4], rel=0.1)
        )),
        ("the mean over steps 100 to 500", lambda s: s.runs[0].steps == 500),
        ("with this one 11 %, 2.8 % and 0.5 %, and at the last step, which the standings show, 2.3 %, 5.5 % and 0.03 %",
         lambda s: all(
            float(f"{value:.{digits}g}") == said for value, digits, said in zip(
                [*rattles([s.runs])[0], *(excess(r.loss[-1], STANDARD_LEAST) for r in s.runs)], (2, 2, 1, 2, 2, 1),
                (11, 2.8, 0.5, 2.3, 5.5, 0.03), strict=True
            )
        )),
    ],
    "schedule_calms": [
        ("a constant rate stays 24 %", lambda s: round(float(rattles([s.runs])[0][0])) == 24),
        ("half of these steps are within some 15 %", lambda s: [
            round(float(middle)) for middle in (typical(s.runs), np.median([typical(runs) for runs in s.sixty_seeds]))
        ] == [15, 15]),
        ("falling by 1 % a step", lambda s: s.preset.spec["optimizers"][1]["schedule"]["decay"] == 1 - 0.01),
        ("mostly within 0.01 %", lambda s: np.mean(calmed(s.sixty_seeds) < 0.01) > 0.8),
        ("Of 60 seeds the median ends 0.004 % above the least loss and the worst 0.025 %", lambda s: (
            about(np.median(calmed(s.sixty_seeds)), 0.004, 1) and about(calmed(s.sixty_seeds).max(), 0.025)
        )),
        ("they stay 20 to 29 % above, as a mean over steps 100 to 500", lambda s: (
            s.runs[0].steps == 500 and [round(float(f(rattles(s.sixty_seeds)[:, 0]))) for f in (min, max)] == [20, 29]
        )),
        ("add up to 10 at most", lambda _: sum(0.1 * 0.99**k for k in range(5000)) == pytest.approx(10)),
    ],
}  # fmt: skip
"""Preset -> what is claimed, in the scene's own words where it stands there, and how it shows in the runs."""

CAUSES = {
    "one_some_all": [
        ("for any batch", lambda s: all(
            abs(np.median(to_valley(s, [("mini_batch", 0.05, {"batch_size": batch})])) - 25) <= 2
            for batch in (1, 2, 5, 10, 25, 50)
        )),
    ],
    "batch_size": [
        ("only the batch differs", lambda s: (
            unlike(s.preset.spec["optimizers"][0], s.preset.spec["optimizers"][2]) == {"batch_size", "label"}
        )),
        ("A batch of 4 is calmer at equal samples", lambda s: singles(s) == pytest.approx((100, 2.5), rel=0.1)),
        ("single samples at a quarter of the rate, 0.0125, take 100 to the valley too, and stay some 2.5 % above",
         lambda s: s.rates[0] / 4 == 0.0125 and expected_rattle(0.0125, 1) == pytest.approx(2.5, rel=0.05)),
        ("has an n-th of the variance, and so has the loss above the least", lambda s: (
            np.mean(rattles(s.sixty_seeds), axis=0)[1:] == pytest.approx([expected_rattle(0.05, n) for n in (4, 16)], rel=0.15)
        )),
    ],
    "schedule_calms": [
        ("Drawn with replacement, the median ends 0.41 % above and the worst 6.2 %", lambda s: [
            float(f"{pick(calmed(s.seeds(60, drawn(s)))):.2g}") for pick in (np.median, np.max)
        ] == [0.41, 6.2]),
        ("falling by 10 % a step they add up to 1, and the median of 20 seeds freezes 21 % above", lambda s: (
            sum(0.1 * 0.9**k for k in range(500)) == pytest.approx(1)
            and round(np.median([excess(run.loss[-1], STANDARD_LEAST) for (run,) in s.seeds(20, faster(s))])) == 21
            and all(run.step_size[-1] < 1e-15 for (run,) in s.seeds(20, faster(s)))
        )),
    ],
}  # fmt: skip
"""Preset -> what its effect comes from: that changed alone, the effect goes."""

RANGES = {
    "one_some_all": [
        ("at rates from 0.02 to 0.1", lambda s: all(
            np.median(to_valley(s, [(name, rate)])) == pytest.approx(s.again([("gd", rate)])[0].to(1.1 * STANDARD_LEAST), rel=0.2)
            for rate in (0.02, 0.05, 0.1) for name in ("sgd", "mini_batch")
        )),
    ],
    "batch_size": [
        ("at 0.1 it is 26 %, 5.5 % and 1.4 %", lambda s: [
            float(f"{middle:.2g}") for middle in np.median(rattles(s.seeds(20, [
                o | {"learning_rate": 0.1} for o in s.preset.spec["optimizers"]])), axis=0)
        ] == [26, 5.5, 1.4]),
    ],
    "schedule_calms": [
        ("at other rates too", lambda s: all(
            excess(r.loss[-1], STANDARD_LEAST) < 0.2 for r in s.again([
                ("sgd", rate, {"schedule": {"name": "exponential", "decay": 0.99}}) for rate in (0.03, 0.1, 0.2)])
        )),
    ],
}  # fmt: skip
"""Preset -> the rates and starts for which it holds."""
