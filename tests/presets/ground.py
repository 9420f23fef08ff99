"""Gradient descent by where it starts, on what ground and in what units: what is said of each scene."""

import numpy as np
import pytest

from app.course.presets import PRESETS
from fallline.problems import SURFACES, line_fit_problem, surface_problem
from tests.presets.scene import (
    CARS,
    CARS_LEAST,
    CARS_POINTS,
    CARS_SPEED,
    STANDARD_LEAST,
    STANDARDIZED,
    STEPS_2000,
    about,
    curvatures,
    ends,
    excess,
    hessian,
    spread,
    unlike,
)


def condition(feature):
    """Of the least-squares fit to a feature: how many times as strongly curved it is one way as the other."""
    design = np.stack([feature, np.ones_like(feature)])
    return np.linalg.cond(design @ design.T)


def most_steps(scene, start):
    """The most steps to within 1 % of the least loss at sixteen rates from 0.2 to 0.8."""
    return max(run.to(1.01 * STANDARD_LEAST) for run in scene.again(spread("gd", 0.2, 0.8), start=start))


CLAIMS = {
    "flat_ground": [
        ("183 of 193", lambda s: (s.runs[0].to(0.9), s.runs[0].steps) == (183, 193)),
        ("cross in 15 and 18", lambda s: (s.runs[2].to(0.9), s.runs[3].to(0.9)) == (15, 18)),
        ("where the loss is above 0.9", lambda s: np.hypot(*s.runs[0].gradient)[s.runs[0].loss[:-1] > 0.9].max() < 0.15),
        ("textbook rate 1/λ = 1.5", lambda s: s.rates[0] == 1 / (2 / 3)),
    ],
    "nearest_valley": [
        ("one fate: the nearest valley", lambda s: all(r.ends_near(-0.995, 0.995) for r in s.runs)),
        ("floor at loss 1.99", lambda s: all(about(r.loss[-1], 1.99, 3) for r in s.runs)),
        ("The lowest, at 0", lambda _: [
            (m.loss, m.at) for m in SURFACES["rastrigin"].minima if m.kind == "global"
        ] == [(0, (0, 0))]),
        # Halfway between the two floors.
        ("over the next hill", lambda s: s.with_changes(start=[-0.5, 0.5])[0].loss[0] > 40),
    ],
    # The path is chaotic, so only where it ends is asked.
    "start_left": [
        ("all four optimizers roll into the shallow valley, of loss 2.25", lambda s: (
            len(s.runs) == 4 and all(r.ends_near(-1, 0) and about(r.loss[-1], 2.25, 3) for r in s.runs)
        )),
        ("The ridge is at x = 0", lambda _: max(
            np.linspace(-1, 2, 301), key=lambda x: surface_problem("two_wells").loss_at((x, 0))
        ) == pytest.approx(0, abs=1e-9)),
    ],
    "start_right": [
        ("Same optimizers, same rates, a start 0.6 further right", lambda s: (
            unlike(s.preset.spec, PRESETS["start_left"].spec) == {"start"}
            and s.preset.spec["start"] == [PRESETS["start_left"].spec["start"][0] + 0.6, 1.5]
        )),
        ("all four end in the deep valley, of loss 0", lambda s: (
            len(s.runs) == 4 and all(r.ends_near(2, 0) and r.loss[-1] < 1e-5 for r in s.runs)
        )),
    ],
    "units_raw": [
        ("a condition number of 2,572", lambda _: about(condition(CARS_SPEED), 2572, 4)),
        ("far from 0", lambda _: CARS_SPEED.mean() > 2.5 * CARS_SPEED.std()),
        ("Where 0 lies", lambda _: condition(CARS_SPEED + 100) > 100 * condition(CARS_SPEED)),
        ("1,000 steps still end 3 %", lambda s: (
            s.runs[0].steps == 1000 and round(excess(s.runs[0].loss[-1], CARS_LEAST)) == 3
        )),
        ("the edge 2/λ = 0.00377", lambda _: about(2 / curvatures(CARS)[1], 0.00377, 3)),
    ],
    "units_standard": [
        ("a round bowl", lambda _: curvatures(STANDARDIZED) == pytest.approx([2, 2])),
        ("4 steps come within 1 %", lambda s: s.runs[0].to(1.01 * STANDARD_LEAST) == 4),
        # A slope and an intercept of 0: a prediction of 0 feet, mean over standard deviation below the mean.
        ("From the same line", lambda s: s.runs[0].at[:, 0] == pytest.approx([0, -42.98 / 25.51], abs=1e-3)),
        ("both the curvature 2", lambda _: curvatures(STANDARDIZED)[0] == pytest.approx(2)),
    ],
}  # fmt: skip

CAUSES = {
    "flat_ground": [
        ("without the division RMSProp is as slow", lambda s: abs(
            s.again([("rmsprop", 1500, {"eps": 1e6})])[0].to(0.9) - 183) <= 1
        ),
        ("From (-5, 4), where it is flatter still, gradient descent takes 1,043 steps, RMSProp 21 and Adam 23", lambda s: [
            r.to(0.9) for r in s.with_changes(start=[-5, 4], stop=STEPS_2000)
        ][::2] == [1043, 21] and s.with_changes(start=[-5, 4])[3].to(0.9) == 23),
    ],
    "nearest_valley": [
        ("from (0.3, -0.2) all four end in the lowest valley", lambda s: all(
            r.ends_near(0, 0) for r in s.with_changes(start=[0.3, -0.2])
        )),
    ],
    "start_left": [
        ("the same from the other side of the ridge", lambda s: all(
            r.ends_near(2, 0) for r in s.with_changes(start=[0.3, 1.5])
        )),
        ("A ball from further up, at -2.2, has the speed to roll across", lambda s: [
            r.ends_near(2, 0) for r in s.with_changes(start=[-2.2, 1.5])
        ] == [False, True, False, False]),
    ],
    "start_right": [
        ("Only the start has moved, across the ridge at x = 0", lambda s: (
            s.preset.spec["start"][0] > 0 > PRESETS["start_left"].spec["start"][0]
        )),
    ],
    "units_raw": [
        ("centring the speeds alone leaves a condition number of 27", lambda _: round(
            condition(CARS_SPEED - CARS_SPEED.mean())) == 27),
        ("scaling them alone 112", lambda _: round(condition(CARS_SPEED / CARS_SPEED.std())) == 112),
        ("no unit of speed gets below 36", lambda _: 36 < min(
            condition(CARS_SPEED * 1.01**k) for k in range(-1000, 1000)) < 37),
        ("both together give 1", lambda _: condition((CARS_SPEED - CARS_SPEED.mean()) / CARS_SPEED.std()) == (
            pytest.approx(1)
        )),
        ("The feet of the target change nothing in it", lambda _: curvatures(line_fit_problem(
            tuple((x, 0.3048 * y) for x, y in CARS_POINTS), "mse")) == pytest.approx(curvatures(CARS))),
    ],
    "units_standard": [
        ("Centring makes slope and intercept independent", lambda _: hessian(STANDARDIZED)[0, 1] == pytest.approx(0)),
    ],
}  # fmt: skip

RANGES = {
    "flat_ground": [
        ("at no rate below 2/λ = 3 does it cross in less than 90", lambda s: min(
            r.to(0.9) for r in s.again(spread("gd", 0.5, 2.99), stop=STEPS_2000)) >= 90),
        ("at 0.01 they take 134 and 113 steps, at 0.2 3 and 10, and at their default 0.001 1,692 and 931, more than gradient descent here", lambda s: [
            r.to(0.9) for rate in (0.01, 0.2, 0.001)
            for r in s.again([("rmsprop", rate), ("adam", rate)], stop=STEPS_2000)
        ] == [134, 113, 3, 10, 1692, 931]),
    ],
    "nearest_valley": [
        ("0.001 to 0.004 (gradient descent)", lambda s: ends(s, spread("gd", 0.001, 0.004), (-0.995, 0.995), within=0.3)),
        ("0.0003 to 0.005 (heavy ball)", lambda s: (
            ends(s, spread("heavy_ball", 0.0003, 0.005), (-0.995, 0.995), within=0.3)
        )),
        ("0.01 to 0.1 (RMSProp)", lambda s: ends(s, spread("rmsprop", 0.01, 0.1), (-0.995, 0.995), within=0.3)),
        ("0.03 to 0.5 (Adam)", lambda s: ends(s, spread("adam", 0.03, 0.5), (-0.995, 0.995), within=0.3)),
        ("from starts 0.2 away", lambda s: all(
            r.ends_near(-0.995, 0.995, within=0.1)
            for dx in (-0.2, 0.2) for dy in (-0.2, 0.2) for r in s.with_changes(start=[-1.3 + dx, 0.8 + dy])
        )),
    ],
    "start_left": [
        ("From any start between -1.4 and 0 all four end here", lambda s: all(
            r.ends_near(-1, 0) for x in np.linspace(-1.4, -0.05, 10) for r in s.with_changes(start=[x, 1.5], stop=STEPS_2000)
        )),
        ("at rates from a fifth to twice these", lambda s: all(
            r.ends_near(-1, 0, within=0.1) for factor in (0.2, 0.5, 1.5, 2) for r in s.again(
                [(o["name"], factor * o["learning_rate"]) for o in s.preset.spec["optimizers"]], stop=STEPS_2000)
        )),
    ],
    "start_right": [
        ("From any start between 0 and 2.7 all four end here", lambda s: all(
            r.ends_near(2, 0) for x in np.linspace(0.05, 2.7, 10) for r in s.with_changes(start=[x, 1.5], stop=STEPS_2000)
        )),
    ],
    "units_raw": [
        ("none ends below 3.0 %", lambda s: 3.0 < min(
            excess(r.loss[-1], CARS_LEAST) for low in (0.001, 0.0036, 0.00373)
            for r in s.again(spread("gd", low, 0.00377))) < 3.06),
    ],
    "units_standard": [
        ("Any rate from 0.2 to 0.8 takes 7 steps at most, and 1/λ = 0.5 a single one, from any start", lambda s: all(
            most_steps(s, start) <= 8
            and s.again([("gd", 0.5)], start=start)[0].to(1.0001 * STANDARD_LEAST) == 1
            for start in ([0, -1.685], [-1, 1.5], [1.5, 1])
        )),
    ],
}  # fmt: skip
