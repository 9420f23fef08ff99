"""First look and gradient descent, its rates and when it stops: what is said of each scene."""

import numpy as np
import pytest

from fallline.problems import SURFACES
from tests.presets.scene import (
    OWN_RULE,
    SHOES_LEAST,
    STEPS_2000,
    about,
    curvatures,
    ends,
    excess,
    formula,
    hessian,
    points,
    reasons,
    spread,
    steps,
    unlike,
)


def beside(scene, run):
    """How far from the least loss a line fit is, along the direction in which the loss is curved most."""
    x, y = np.array(scene.preset.spec["problem"]["points"]).T
    across = np.linalg.eigh(hessian(points(scene)))[1][:, 1]
    return np.abs(across @ (run.at - np.polyfit(x, y, 1)[:, None]))


def arriving(scene, count):
    """The share of each run's starts, of so many at random on the map, from which it gets to loss 0.01."""
    left, right, bottom, top = scene.preset.window
    starts = np.random.default_rng(0).uniform((left, bottom), (right, top), (count, 2)).tolist()
    return np.mean([[r.loss[-1] < 0.01 for r in scene.with_changes(start=start)] for start in starts], axis=0)


def curvature_at(problem, place):
    """The largest eigenvalue of the Hessian there, by central differences."""
    f, (x, y), h = problem.loss_at, place, 1e-4
    xx, yy = ((f((x + a, y + b)) - 2 * f((x, y)) + f((x - a, y - b))) / h**2 for a, b in ((h, 0), (0, h)))
    xy = (f((x + h, y + h)) - f((x + h, y - h)) - f((x - h, y + h)) + f((x - h, y - h))) / (4 * h**2)
    return np.linalg.eigvalsh([[xx, xy], [xy, yy]])[1]


def holes(funnel):
    """Ackley's holes, in a funnel at this squared distance from its centre."""
    waves = "-exp((cos(2*pi*x) + cos(2*pi*y))/2)"
    return waves if funnel is None else f"{waves} - 20*exp(-0.2*sqrt(({funnel})/2 + 1e-12))"


def steepest(scene, run, **changes):
    """The largest curvature where this run ends."""
    runs = scene.with_changes(**changes) if changes else scene.runs
    return curvature_at(formula(scene), runs[run].end)


def warmed(scene, run, low, high):
    """One of the runs at sixteen rates."""
    return [scene.preset.spec["optimizers"][run] | {"learning_rate": rate} for rate in np.linspace(low, high, 16)]


def flattens(scene, start):
    """Whether each of sixteen rates from 0.24 to 0.42 ends on the floor, within 1 % below the curvature 2/rate."""
    optimizers = spread("gd", 0.24, 0.42)
    runs = scene.again(optimizers, start=start)
    shares = [np.hypot(*run.end) ** 2 * rate / 2 for (_, rate), run in zip(optimizers, runs, strict=True)]
    return min(shares) > 0.99 and max(shares) < 1 and max(run.loss[-1] for run in runs) < 1e-5


def comes_down_centred(scene, rate):
    """Whether gradient descent ends below the loss of its start, on the scene's points with centred features."""
    centred = [[x - 2.5 / 3, y] for x, y in scene.preset.spec["problem"]["points"]]
    (run,) = scene.again([("gd", rate)], problem={"points": centred, "loss": "ssr"})
    return run.loss[-1] < run.loss[0]


CLAIMS = {
    "opening": [
        ("18 in x and 370 in y", lambda s: s.runs[0].gradient[:, 0].tolist() == [18, 370]),
        ("At these rates gradient descent takes the nearest valley", lambda s: s.runs[0].ends_near(3, 2)),
        ("the heavy ball swings past into another", lambda s: s.runs[1].ends_near(3.5844, -1.8481)),
        ("RMSProp and Adam divide the gradient's parts by size, starting diagonally", lambda s: all(
            np.diff(r.at[:, :2])[0] == pytest.approx(np.diff(r.at[:, :2])[1], rel=1e-6) and r.ends_near(-2.8051, 3.1313)
            for r in s.runs[2:]
        )),
        ("0.2 with Adam, and with RMSProp, which takes a root of a tenth of the square, 0.126", lambda s: (
            [np.abs(np.diff(r.at[:, :2])).ravel() for r in s.runs[2:]]
            == [pytest.approx([0.04 / 0.1**0.5] * 2, rel=1e-6), pytest.approx([0.2] * 2)]
        )),
        ("all come to rest", reasons(*["min_step_size"] * 4)),
        ("All four are equally deep", lambda _: [m.loss for m in SURFACES["himmelblau"].minima] == [0] * 4),
    ],
    "one_step": [
        ("At x = −3 the gradient is −6, so the step is −0.1 times −6: 0.6 to the right", lambda s: (
            (s.runs[0].at[0][0], s.runs[0].gradient[0][0], s.rates[0]) == (-3, -6, 0.1)
            and s.runs[0].step_size[0] == pytest.approx(0.6)
        )),
        ("The next two are 0.48 and 0.384", lambda s: s.runs[0].step_size[1:3] == pytest.approx([0.48, 0.384])),
        ("Nearer the bottom gradient and step are smaller", lambda s: all(
            (np.diff(np.abs(r.gradient[0])) < 0).all() and (np.diff(r.step_size) < 0).all() for r in s.runs
        )),
        ("a fifth at rate 0.1, two fifths at 0.2", lambda s: [set((r.step_size / np.abs(r.at[0][:-1])).round(9))
            for r in s.runs] == [{0.2}, {0.4}]),
    ],
    "learning_rate_parabola": [
        ("at a rate below 2/λ descent arrives", lambda s: s.runs[0].loss[-1] < 0.005 and s.runs[1].loss[-1] < 1e-20),
        ("at 2/λ it bounces for ever", lambda s: set(np.abs(s.runs[2].at[0])) == {1.5}),
        ("above, it flies off", lambda s: s.runs[3].loss[-1] > 600 and (np.diff(s.runs[3].loss) > 0).all()),
        ("the curvature λ = f″ is 2", lambda s: s.rates[2] == 2 / 2),
        ("λ is the second derivative of x²", lambda s: s.runs[0].gradient[0][0] / s.runs[0].at[0][0] == 2),
        ("1 - lr λ, which is 0.9, 0.4, -1 and -1.1", lambda s: [r.at[0][1] / r.at[0][0] for r in s.runs] == (
            pytest.approx([0.9, 0.4, -1, -1.1])
        )),
    ],
    "learning_rate_line": [
        ("four rates", lambda s: s.rates == sorted(s.rates, reverse=True)),
        ("makes 2/λ 0.1947", lambda s: about(2 / curvatures(points(s))[1], 0.1947, 4)),
        ("0.15 goes down at every step", lambda s: (np.diff(s.runs[2].loss) < 0).all()),
        ("0.21 leaves the map", lambda s: s.runs[0].loss[-1] > 1e5 and np.abs(s.runs[0].end).max() > 100),
        ("10.27 and 0.148", lambda s: [float(f"{c:.4g}") for c in curvatures(points(s))] == [0.148, 10.27]),
        ("After 40 steps 0.15 is 20 % above the least loss and 0.01 still 110 %", lambda s: (
            [r.steps for r in s.runs] == [40] * 4
            and [round(excess(r.loss[-1], SHOES_LEAST)) for r in s.runs[2:]] == [20, 110]
        )),
        ("within 1 % they take 108 and 1,626 steps, and 0.185, near the best rate, takes 87", lambda s: [
            r.to(1.01 * SHOES_LEAST) for r in s.again([("gd", rate) for rate in (0.15, 0.01, 0.185)], stop=STEPS_2000)
        ] == [108, 1626, 87]),
        ("the swing across neither shrinks nor grows", lambda s: (
            beside(s, s.runs[1]) == pytest.approx(np.full(41, 0.4988), rel=0.002)
            and beside(s, s.runs[2])[-1] < 1e-8 and beside(s, s.runs[0])[-1] > 100
        )),
    ],
    "edge_of_stability": [
        ("All along this valley the loss is 0", lambda s: not any(formula(s).loss_at((x, 1 / x)) for x in (0.5, 1, 2, 4))),
        # On the floor the curvature is 8 at x² = 4 + √15, x = 2.806.
        ("rate 0.25 rests only where the curvature is below 2/0.25 = 8: it ends at x = 2.8", lambda s: (
            s.rates[1] == 0.25 and s.runs[1].loss[-1] < 1e-6 and about(s.runs[1].end[0], 2.8, 3)
            and s.runs[1].end[0] < (4 + 15**0.5) ** 0.5
        )),
        ("The curvature there is 7.97", lambda s: about(steepest(s, 1), 7.97, 3)),
        ("On the floor, xy = 1, the curvature across is x² + y²", lambda s: all(
            curvature_at(formula(s), (x, 1 / x)) == pytest.approx(x**2 + 1 / x**2, rel=1e-5) for x in (1, 2, 2.8, 3)
        )),
        ("Rate 0.05 may rest up to 40 and stays where it comes down, at 9.18", lambda s: (
            2 / s.rates[0] == 40 and about(steepest(s, 0), 9.18, 3) and s.runs[0].at[0].min() >= 3
        )),
        ("0.4 goes on to 4.96, below its 5", lambda s: 2 / 0.4 == 5 and about(
            curvature_at(formula(s), s.again([("gd", 0.4)])[0].end), 4.96, 3
        )),
    ],
    "deck_stop_rule": [
        ("to stop once steps are below 0.001", lambda s: (
            s.preset.spec["stop"]["small"] == "step" and {r.reason for r in s.runs} == {"min_step_size"}
        )),
        ("269 % above the least loss at rate 0.001", lambda s: (
            s.rates[0] == 0.001 and round(excess(s.runs[0].loss[-1], SHOES_LEAST)) == 269
        )),
        ("Adam 2,269 % after one step", lambda s: (
            s.runs[3].steps == 1 and round(excess(s.runs[3].loss[-1], SHOES_LEAST)) == 2269
        )),
        ("at 0.001, 0.01 and 0.1 gradient descent", lambda s: s.rates[:3] == [0.001, 0.01, 0.1]),
        ("269 %, 97 % and 1 %", lambda s: [round(excess(r.loss[-1], SHOES_LEAST)) for r in s.runs[:3]] == [269, 97, 1]),
        ("after 129, 81 and 163 steps", steps(129, 81, 163, None)),
        ("a little less than its rate", lambda s: 0 < s.rates[3] - np.diff(s.runs[3].at).max() < 1e-8),
        ("At rate 0.01 the rule must be 0.0001 to come within 1 %", lambda s: [excess(
            s.again([("gd", 0.01)], stop={"max_steps": 5000, "min_step_size": small})[0].loss[-1], SHOES_LEAST
        ) < 1 for small in (0.0002, 0.0001)] == [False, True]),
    ],
    "large_then_small": [
        ("stays in the first hole, of loss 9.0", lambda s: (
            about(s.runs[0].loss[-1], 9.0) and s.runs[0].loss[20:].min() > 8.9
        )),
        ("a large one never rests", lambda s: (
            s.runs[1].step_size[-50:].mean() > 0.3 and s.runs[1].loss[-50:].mean() > 2
        )),
        ("falls from large to zero finds the bottom", lambda s: s.runs[2].loss[-1] < 0.01),
    ],
    "warm_up": [
        ("At 0.16 the first step from the steep start lands in the shallow valley", lambda s: (
            s.rates == [0.16] * 2 and s.runs[0].at[0][1] < 0 and s.runs[0].ends_near(-1, 0)
        )),
        ("with 10 steps of warm-up the run ends in the deep one", lambda s: s.runs[1].ends_near(2, 0)),
        # The gradient in x is x (x + 1)(x - 2).
        ("The gradient at the start is 29.6 in x", lambda s: all(
            g == pytest.approx(3.7 * 4.7 * 1.7) and about(g, 29.6, 3) for g in (r.gradient[0][0] for r in s.runs)
        )),
        ("0.16 times that is 4.7, a tenth of it 0.47", lambda s: [
            round(float(-np.diff(r.at[0][:2])[0]), digits) for r, digits in zip(s.runs, (1, 2), strict=True)
        ] == [4.7, 0.47]),
    ],
    "clipping": [
        ("On the cliffs the gradient is 20: steps of 10", lambda s: [
            {round(float(size)) for size in np.abs(s.runs[0].gradient[0]) if size > 1},
            {round(float(size)) for size in s.runs[0].step_size if size > 1},
        ] == [{20}, {10}]),
        ("throw the run from side to side for ever", lambda s: all(
            (r.at[0][-1000:] > 2).any() and (r.at[0][-1000:] < -2).any() and r.loss.min() > 5
            for r in s.again([("gd", 0.5)], stop={"max_steps": 10000})
        )),
        ("Clipped at 1, it arrives in 48 steps", lambda s: (
            s.rates == [0.5] * 2 and s.preset.spec["optimizers"][1]["clip"] == 1 and s.runs[1].settled(0.01) == 48
        )),
        ("Everywhere else on its path the gradient is at most 1", lambda s: (
            not ((np.abs(s.runs[1].gradient) > 1) & (np.abs(s.runs[1].gradient) < 20)).any()
        )),
    ],
}  # fmt: skip

CAUSES = {
    "opening": [
        ("The ball without its memory and RMSProp without its division go the way of gradient descent", lambda s: all(
            r.ends_near(3, 2)
            for r in s.again([("heavy_ball", 0.0015, {"beta": 0}), ("rmsprop", 2, {"eps": 1e6})], stop=STEPS_2000)
        )),
    ],
    "one_step": [
        ("Twice the rate makes the first step twice as long, 1.2", lambda s: (
            s.rates[1] == 0.2 and s.runs[1].step_size[0] == pytest.approx(1.2)
        )),
        ("so does a start twice as far away", lambda s: s.with_changes(start=[-6])[0].step_size[0] == pytest.approx(1.2)),
    ],
    "learning_rate_parabola": [
        ("On a parabola of curvature 4 the edge is at 0.5", lambda s: [
            abs(r.at[0][-1]) < 1e-2 for r in s.again(
                [("gd", 0.45), ("gd", 0.55)], problem={"expression": "2*x**2"}, stop={"max_steps": 30})
        ] == [True, False]),
    ],
    "learning_rate_line": [
        ("with the features centred it is 1/3", lambda s: [
            comes_down_centred(s, rate) for rate in (0.21, 0.33, 0.34)
        ] == [True, True, False]),
    ],
    "edge_of_stability": [
        ("From (2.5, 0.3), where the floor is flatter, 0.25 stays where 0.05 does", lambda s: (
            [round(steepest(s, k, start=[2.5, 0.3]), 1) for k in (0, 1)] == [6.5, 6.5]
        )),
    ],
    "deck_stop_rule": [
        ("at 0.0011 it would go on", lambda s: s.again([("adam", 0.0011)])[0].steps > 1),
        ("Adam goes on to step 347, 267 % above, and gradient descent stops where it does here", lambda s: (
            [r.steps for r in s.with_changes(stop=OWN_RULE)] == [129, 81, 163, 347]
            and round(excess(s.with_changes(stop=OWN_RULE)[3].loss[-1], SHOES_LEAST)) == 267
        )),
    ],
    "large_then_small": [
        ("at (2, -1) the path ends there, and without a funnel at (-3, 3)", lambda s: [
            s.with_changes(problem={"expression": holes(funnel)})[2].ends_near(*place)
            for funnel, place in (("x**2 + y**2", (0, 0)), ("(x - 2)**2 + (y + 1)**2", (2, -1)), (None, (-3, 3)))
        ] == [True] * 3),
        ("of the large rates only the schedule differs", lambda s: (
            {**s.preset.spec["optimizers"][2], "schedule": None} == {**s.preset.spec["optimizers"][1], "schedule": None}
        )),
    ],
    "warm_up": [
        ("of the two runs only the warm-up differs", lambda s: (
            unlike(*s.preset.spec["optimizers"]) == {"schedule", "label"}
            and unlike(*(each["schedule"] for each in s.preset.spec["optimizers"])) == {"warmup"}
        )),
        ("From x = 3, where the gradient is 12, 0.16 needs none", lambda s: all(
            r.gradient[0][0] == 3 * 4 * 1 and r.ends_near(2, 0) for r in s.with_changes(start=[3, 1.5])
        )),
    ],
    "clipping": [
        ("clipped at what is never reached it is gradient descent", lambda s: (
            s.with_changes(optimizers=[s.preset.spec["optimizers"][1] | {"clip": 30}])[0].at.tolist() == s.runs[0].at.tolist()
        )),
        ("Without the cliffs gradient descent takes 51", lambda s: (
            s.with_changes(problem={"expression": "x**2/20 + y**2/4"})[0].settled(0.01) == 51
        )),
    ],
}  # fmt: skip

RANGES = {
    "opening": [
        ("rates of 0.0005 to 0.014 (gradient descent)", lambda s: ends(s, spread("gd", 0.0005, 0.014), (3, 2))),
        ("0.0008 to 0.0025 (heavy ball)", lambda s: ends(s, spread("heavy_ball", 0.0008, 0.0025), (3.5844, -1.8481))),
        ("0.01 to 0.1 (RMSProp)", lambda s: ends(s, spread("rmsprop", 0.01, 0.1), (-2.8051, 3.1313), within=0.2)),
        ("0.01 to 1 (Adam)", lambda s: ends(s, spread("adam", 0.01, 1), (-2.8051, 3.1313), within=0.2)),
        ("from starts 0.1 away", lambda s: all(
            run.ends_near(*here.end, within=0.1)
            for dx in (-0.1, 0.1) for dy in (-0.1, 0.1)
            for run, here in zip(s.with_changes(start=[1 + dx, 5 + dy]), s.runs, strict=True)
        )),
    ],
    "one_step": [
        ("At 0.5 it lands in one step; above, it steps across", lambda s: [
            np.sign(r.at[0][1]) for r in s.again([("gd", rate) for rate in (0.01, 0.49, 0.5, 0.51, 0.9)])
        ] == [-1, -1, 0, 1, 1]),
    ],
    "learning_rate_parabola": [
        ("from any start", lambda s: [
            [round(r.at[0][1] / r.at[0][0], 9) for r in s.with_changes(start=[x])] for x in (-3, 0.01, 40)
        ] == [[0.9, 0.4, -1, -1.1]] * 3),
    ],
    "learning_rate_line": [
        ("The edge is the same from every start", lambda s: all(
            [r.loss[-1] < r.loss[0] for r in s.again([("gd", 0.19), ("gd", 0.2)], start=start)] == [True, False]
            for start in ([0, 0], [3, 3], [-5, 2])
        )),
    ],
    "edge_of_stability": [
        ("Each rate from 0.24 to 0.42 ends within 1 % of 2/rate, from starts 0.1 away too", lambda s: all(
            flattens(s, [3 + dx, 0.2 + dy]) for dx in (-0.1, 0, 0.1) for dy in (-0.1, 0, 0.1)
        )),
        ("from (3.2, 0.2) 0.4 flies off", lambda s: s.again([("gd", 0.4)], start=[3.2, 0.2])[0].reason == "diverged"),
    ],
    "deck_stop_rule": [
        ("ever lower at rates from 0.0004 to 0.19", lambda s: (np.diff([
            r.loss[-1] for r in s.again([("gd", 0.0004 * (0.19 / 0.0004) ** (k / 15)) for k in range(16)])
        ]) < 0).all()),
    ],
    "large_then_small": [
        # Of 1,801 rates, a ten-thousandth apart, 99.4 in 100 do in an independent run in NumPy. 0.296 does not.
        ("Of the rates from 0.12 to 0.3 that fall to 0 over 400 steps 99 in 100 find it from here", lambda s: (
            np.mean([r.loss[-1] < 0.05 for first in range(0, 360, 15) for r in s.again([
                ("gd", 0.12 + k / 2000, {"schedule": {"name": "linear", "steps": 400}}) for k in range(first, first + 15)
            ])]) > 0.99
            and s.again([("gd", 0.296, {"schedule": {"name": "linear", "steps": 400}})])[0].loss[-1] > 1
        )),
        ("at 0.13 they do from nearly every start on the map, and a constant 0.13 or 0.03 from hardly any", lambda s: (
            [share > 0.9 for share in arriving(s, 40)] == [False, False, True] and max(arriving(s, 40)[:2]) < 0.1
        )),
    ],
    "warm_up": [
        ("Rates up to 0.125 need no warm-up and take 27 steps or more to loss 0.001", lambda s: min(
            r.settled(0.001) for low in (45, 61, 77, 93, 109)
            for r in s.again([("gd", (low + k) / 1000) for k in range(1, 17)])
        ) == 27),
        ("with it rates up to 0.3 arrive, in 15", lambda s: (
            all(r.ends_near(2, 0) for r in s.with_changes(optimizers=warmed(s, 1, 0.1, 0.3)))
            and s.with_changes(optimizers=warmed(s, 1, 0.3, 0.3))[0].settled(0.001) == 15
        )),
        ("Without it 0.13 to 0.19 end in the shallow valley", lambda s: all(
            r.ends_near(-1, 0) for r in s.with_changes(optimizers=warmed(s, 0, 0.13, 0.19))
        )),
        ("0.25 and more fly off", lambda s: all(
            r.reason == "diverged" for r in s.with_changes(optimizers=warmed(s, 0, 0.25, 1))
        )),
        ("about 0.2 the path happens to come back", lambda s: all(
            r.ends_near(2, 0) for r in s.with_changes(optimizers=warmed(s, 0, 0.2, 0.22))
        )),
    ],
    "clipping": [
        ("Without clipping rates from 0.25 to 0.8 never arrive", lambda s: all(
            r.loss.min() > 5 for r in s.again(spread("gd", 0.25, 0.8), stop=STEPS_2000)
        )),
        ("up to 0.22 the throw ends between the cliffs; the best, near 0.14, takes 64 steps to loss 0.01", lambda s: (
            s.again([("gd", 0.14)])[0].settled(0.01) == 64
            and 62 <= min(r.settled(0.01) for r in s.again(spread("gd", 0.05, 0.22), stop=STEPS_2000)) <= 64
        )),
        ("Clipped, 0.8 takes 28", lambda s: (
            s.with_changes(optimizers=[s.preset.spec["optimizers"][1] | {"learning_rate": 0.8}])[0].settled(0.01) == 28
        )),
    ],
}  # fmt: skip
