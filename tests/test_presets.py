"""What a scene says is true of the runs it opens: every number, what it comes from, and for which rates and starts."""

import re
from functools import cached_property
from itertools import pairwise

import numpy as np
import pytest

from app.presets import PRESETS, Preset
from app.problems import DATASETS, SURFACES, dataset_problem, expression_problem, line_fit_problem, surface_problem

CORE = {
    "opening", "learning_rate_parabola", "learning_rate_line", "deck_stop_rule", "ravine_zigzag", "axes_aligned",
    "axes_turned", "saddle_escape", "rolls_over", "flat_ground", "adagrad_remembers", "rate_that_rises",
    "bias_correction", "one_some_all", "schedule_calms", "gd_wins",
}  # fmt: skip
SHOES_LEAST = 45 / 760
CARS, STANDARDIZED = (dataset_problem("stopping_distance", "mse", standardize) for standardize in (False, True))
CARS_LEAST, STANDARD_LEAST = CARS.minima[0].loss, STANDARDIZED.minima[0].loss
CARS_POINTS = DATASETS["stopping_distance"].points
CARS_SPEED = np.array(CARS_POINTS)[:, 0]
STEPS_2000, STEPS_6000 = {"max_steps": 2000}, {"max_steps": 6000}
OWN_RULE = {"max_steps": 1000, "min_step_size": 0.001}


class Path:
    """One run of a reply, with the questions that sentences ask of it."""

    def __init__(self, run):
        self.reason, self.steps = run["stop_reason"], run["n_steps"]
        self.at = np.array(list(run["parameters"].values()))
        self.loss = np.array(run["loss"])
        self.step_size = np.array(run["step_size"])
        self.gradient = np.array(list(run["gradient"].values()))

    @property
    def end(self):
        return self.at[:, -1]

    def first(self, condition):
        """The first row of which this holds."""
        return int(np.argmax(condition)) if condition.any() else None

    def to(self, loss):
        return self.first(self.loss <= loss)

    def highest_after(self, loss):
        """The highest loss from where it first is at or below this."""
        return self.loss[self.to(loss) :].max()

    def settled(self, loss):
        """The step from which on the loss stays at or below this, None where it ends above."""
        above = np.flatnonzero(self.loss > loss)
        return None if above.size and above[-1] == self.steps else int(above[-1]) + 1 if above.size else 0

    def ends_near(self, *point, within=0.05):
        return bool(np.hypot(*(self.end - point)) < within)


class Scene:
    """A preset, run through the API."""

    def __init__(self, preset, client):
        self.preset, self.client = preset, client

    @cached_property
    def runs(self):
        return self.asked(self.preset.spec)

    def asked(self, spec):
        reply = self.client.post("/api/v1/trajectories", json=spec)
        assert reply.status_code == 200, reply.text
        return [Path(run) for run in reply.json()["runs"]]

    @property
    def rates(self):
        return [optimizer["learning_rate"] for optimizer in self.preset.spec["optimizers"]]

    def with_changes(self, **changes):
        return self.asked({**self.preset.spec, **changes})

    def again(self, optimizers, **changes):
        """The same scene with other optimizers, (name, rate) or (name, rate, values) each, and other changes."""
        chosen = [{"name": name, "learning_rate": rate} | dict(*values) for name, rate, *values in optimizers]
        return self.with_changes(optimizers=chosen, **changes)

    def seeds(self, count, optimizers=None):
        """The runs with each of so many seeds."""
        chosen = optimizers or self.preset.spec["optimizers"]
        return [self.with_changes(seed=seed, optimizers=chosen) for seed in range(count)]

    @cached_property
    def sixty_seeds(self):
        return self.seeds(60)


@pytest.fixture(scope="module")
def scenes(client):
    return {name: Scene(preset, client) for name, preset in PRESETS.items()}


def about(found, stated, digits=2):
    """Whether a value rounds to what a sentence states."""
    return f"{found:.{digits}g}" == f"{stated:.{digits}g}"


def steps(*expected):
    """The runs end after so many steps, None for one that is not asked about."""
    return lambda s: all(n is None or r.steps == n for r, n in zip(s.runs, expected, strict=True))


def reasons(*expected):
    return lambda s: [r.reason for r in s.runs] == list(expected)


def across(run):
    """How far beside the floor of the turned ravine, on which side by its sign."""
    return (run.at[0] - 2 * run.at[1]) / 5**0.5


def swings(run):
    """How far beside the floor each swing goes, from the first time over it."""
    beside = across(run)
    over = np.flatnonzero(np.diff(np.sign(beside)))
    return [np.abs(beside[a + 1 : b + 1]).max() for a, b in pairwise(over)]


def shrink(values):
    """By what factor a step they shrink as they swing: of the recurrence of second order that four of them follow."""
    u = values[5:9]
    _, product_of_roots = np.linalg.solve([[u[1], -u[0]], [u[2], -u[1]]], u[2:])
    return product_of_roots**0.5


def hessian(problem):
    """Of a quadratic loss, from its values at nine points."""
    f = problem.loss_at
    xx, yy = f((1, 0)) - 2 * f((0, 0)) + f((-1, 0)), f((0, 1)) - 2 * f((0, 0)) + f((0, -1))
    xy = (f((1, 1)) - f((1, -1)) - f((-1, 1)) + f((-1, -1))) / 4
    return np.array([[xx, xy], [xy, yy]])


def curvatures(problem):
    """Of a quadratic loss: the eigenvalues of its Hessian."""
    return np.linalg.eigvalsh(hessian(problem))


def excess(loss, least):
    """Percent above the least loss."""
    return 100 * (loss / least - 1)


def longer(scene):
    """How many times as long as a step of the first run the same step of the second is."""
    return scene.runs[1].step_size / scene.runs[0].step_size


CLAIMS = {
    "opening": [
        ("18 in x and 370 in y", lambda s: s.runs[0].gradient[:, 0].tolist() == [18, 370]),
        ("plain descent takes the nearest valley", lambda s: s.runs[0].ends_near(3, 2)),
        ("the heavy ball swings past into another", lambda s: s.runs[1].ends_near(3.5844, -1.8481)),
        ("RMSProp and Adam set off diagonally", lambda s: all(
            np.diff(r.at[:, :2])[0] == pytest.approx(np.diff(r.at[:, :2])[1], rel=1e-6) and r.ends_near(-2.8051, 3.1313)
            for r in s.runs[2:]
        )),
        ("all come to rest", reasons(*["min_step_size"] * 4)),
        ("All four are equally deep", lambda _: [m.loss for m in SURFACES["himmelblau"].minima] == [0] * 4),
    ],
    "learning_rate_parabola": [
        ("below 2/λ descent arrives", lambda s: s.runs[0].loss[-1] < 0.005 and s.runs[1].loss[-1] < 1e-20),
        ("at 2/λ it bounces for ever", lambda s: set(np.abs(s.runs[2].at[0])) == {1.5}),
        ("above it flies off", lambda s: s.runs[3].loss[-1] > 600 and (np.diff(s.runs[3].loss) > 0).all()),
        ("λ is 2", lambda s: s.rates[2] == 2 / 2),
        ("1 - lr λ, which is 0.9, 0.4, -1 and -1.1", lambda s: [r.at[0][1] / r.at[0][0] for r in s.runs] == (
            pytest.approx([0.9, 0.4, -1, -1.1])
        )),
    ],
    "learning_rate_line": [
        ("2/λ is 0.1947", lambda s: about(2 / curvatures(points(s))[1], 0.1947, 4)),
        ("0.15 goes down at every step", lambda s: (np.diff(s.runs[3].loss) < 0).all()),
        ("0.21 leaves the map", lambda s: s.runs[0].loss[-1] > 1e5 and np.abs(s.runs[0].end).max() > 100),
        ("10.27 and 0.148", lambda s: [float(f"{c:.4g}") for c in curvatures(points(s))] == [0.148, 10.27]),
        ("After 40 steps 0.15 is 20 % above the least loss and 0.01 still 110 %", lambda s: (
            [r.steps for r in s.runs] == [40] * 4
            and [round(excess(r.loss[-1], SHOES_LEAST)) for r in s.runs[2:]] == [110, 20]
        )),
        ("within 1 % they take 108 and 1,626 steps, and 0.185, near the best rate, takes 87", lambda s: [
            r.to(1.01 * SHOES_LEAST) for r in s.again([("gd", rate) for rate in (0.15, 0.01, 0.185)], stop=STEPS_2000)
        ] == [108, 1626, 87]),
        ("neither falls nor rises", lambda s: 1.3 < s.runs[1].loss[-1] < 1.41),
    ],
    "deck_stop_rule": [
        ("stop once every step is below 0.001", lambda s: (
            s.preset.spec["stop"]["small"] == "step" and {r.reason for r in s.runs} == {"min_step_size"}
        )),
        ("269 % above the least loss at rate 0.001", lambda s: (
            s.rates[0] == 0.001 and round(excess(s.runs[0].loss[-1], SHOES_LEAST)) == 269
        )),
        ("Adam after one step", lambda s: s.runs[3].steps == 1),
        ("at 0.001, 0.01 and 0.1 plain descent", lambda s: s.rates[:3] == [0.001, 0.01, 0.1]),
        ("269 %, 97 % and 1 %", lambda s: [round(excess(r.loss[-1], SHOES_LEAST)) for r in s.runs[:3]] == [269, 97, 1]),
        ("after 129, 81 and 163 steps", steps(129, 81, 163, None)),
        ("a little less than its rate", lambda s: 0 < s.rates[3] - np.diff(s.runs[3].at).max() < 1e-8),
        ("At rate 0.01 the rule must be 0.0001 to come within 1 %", lambda s: [excess(
            s.again([("gd", 0.01)], stop={"max_steps": 5000, "min_step_size": small})[0].loss[-1], SHOES_LEAST
        ) < 1 for small in (0.0002, 0.0001)] == [False, True]),
    ],
    "flat_ground": [
        ("183 of its 193", lambda s: (s.runs[0].to(0.9), s.runs[0].steps) == (183, 193)),
        ("cross in 15 and 18", lambda s: (s.runs[2].to(0.9), s.runs[3].to(0.9)) == (15, 18)),
        ("where the loss is above 0.9", lambda s: np.hypot(*s.runs[0].gradient)[s.runs[0].loss[:-1] > 0.9].max() < 0.15),
        ("textbook rate 1/λ = 1.5", lambda s: s.rates[0] == 1 / (2 / 3)),
    ],
    "nearest_valley": [
        ("one fate: the nearest valley", lambda s: all(r.ends_near(-2.985, 2.985) for r in s.runs)),
        ("of loss 17.9", lambda s: all(about(r.loss.min(), 17.9, 3) for r in s.runs)),
        ("the best is 0", lambda _: [m.loss for m in SURFACES["rastrigin"].minima if m.kind == "global"] == [0]),
        ("RMSProp rattles on in its valley, to end at 18.15", lambda s: (
            s.runs[2].step_size[-1] > 0.04 and about(s.runs[2].loss[-1], 18.15, 4)
        )),
    ],
    # The path is chaotic, so only where it ends is asked.
    "large_then_small": [
        ("stays in the first hole, of loss 9.0", lambda s: (
            about(s.runs[0].loss[-1], 9.0) and s.runs[0].loss[20:].min() > 8.9
        )),
        ("a large one never rests", lambda s: (
            s.runs[1].step_size[-50:].mean() > 0.3 and s.runs[1].loss[-50:].mean() > 2
        )),
        ("falls to zero finds the bottom", lambda s: s.runs[2].loss[-1] < 0.01),
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
        ("The same line at the start", lambda s: s.runs[0].at[:, 0] == pytest.approx([0, -42.98 / 25.51], abs=1e-3)),
        ("both the curvature 2", lambda _: curvatures(STANDARDIZED)[0] == pytest.approx(2)),
    ],
    "one_some_all": [
        ("Same small rate", lambda s: len(set(s.rates)) == 1),
        ("some 25 steps", lambda s: all(abs(r.to(1.1 * STANDARD_LEAST) - 25) <= 3 for r in s.runs)),
        ("22, 250 and 1,250 samples", lambda s: [
            r.to(1.1 * STANDARD_LEAST) * batch for r, batch in zip(s.runs, (1, 10, 50), strict=True)
        ] == [22, 250, 1250]),
        ("never come to rest", lambda s: [np.median(r.step_size[-50:]) > 1e-3 for r in s.runs] == [True, True, False]),
        ("the median of 20 seeds is 25", lambda s: np.median(to_valley(s, [("sgd", 0.05)])) == 25),
        ("at a rate that suits it, 0.1, 0.4 and 0.5, they take about 14, 30 and 50 samples", lambda s: [
            round(np.median(to_valley(s, [run])) * batch)
            for run, batch in ((("sgd", 0.1), 1), (("mini_batch", 0.4, {"batch_size": 10}), 10), (("gd", 0.5), 50))
        ] == [14, 30, 50]),
    ],
    "schedule_calms": [
        ("some 14 %", lambda s: round(excess(np.median(s.runs[0].loss[250:]), STANDARD_LEAST)) == 14),
        ("falling by 1 % a step", lambda s: s.preset.spec["optimizers"][1]["schedule"]["decay"] == 1 - 0.01),
        ("mostly within 0.01 %", lambda s: np.mean(calmed(s) < 0.01) > 0.8),
        ("Of 60 seeds the median ends 0.004 % above the least loss and the worst 0.025 %", lambda s: (
            about(np.median(calmed(s)), 0.004, 1) and about(calmed(s).max(), 0.025)
        )),
        ("they rattle 11 to 21 % above", lambda s: (
            [round(f([excess(np.median(runs[0].loss[250:]), STANDARD_LEAST) for runs in s.sixty_seeds])) for f in (min, max)]
            == [11, 21]
        )),
        ("add up to 10 at most", lambda _: sum(0.1 * 0.99**k for k in range(5000)) == pytest.approx(10)),
    ],
    "ravine_zigzag": [
        ("241 steps become 64, or 33 with beta 0.8", steps(241, 64, 33)),
        ("Steps to loss 0.0008", lambda s: s.preset.spec["stop"]["target_loss"] == 0.0008),
        ("it swings across the ravine as well", lambda s: (np.diff(np.sign(s.runs[1].at[1])) != 0).sum() > 10),
        ("To stay below that loss takes 106 steps, or 52 with beta 0.8", lambda s: [
            r.settled(0.0008) for r in s.with_changes(stop={"max_steps": 400})[1:]
        ] == [106, 52]),
    ],
    "nesterov_looks_ahead": [
        ("on the second swing", lambda s: len(set(s.rates)) == 1),
        ("the heavy ball still goes 0.71 out, Nesterov 0.08", lambda s: [
            float(f"{swings(r)[1]:.2f}") for r in s.runs] == [0.71, 0.08]),
        ("The first swings are 0.87 and 0.42", lambda s: [float(f"{swings(r)[0]:.2f}") for r in s.runs] == [0.87, 0.42]),
        ("To stay below loss 0.08 takes 38 steps against 64", lambda s: [r.settled(0.08) for r in s.runs] == [64, 38]),
    ],
    "rolls_over": [
        ("rolls through the shallow valley into the deep one", lambda s: s.runs[1].ends_near(2, 0)),
        ("stay in the first", lambda s: all(s.runs[i].ends_near(-1, 0) for i in (0, 2, 3))),
    ],
    "rolls_past": [
        ("rolls out of the deep valley into the shallow one", lambda s: s.runs[1].ends_near(-1, 0)),
        ("plain descent stays", lambda s: s.runs[0].ends_near(2, 0)),
        ("the same ball", lambda s: (
            s.preset.spec["optimizers"][1] == PRESETS["rolls_over"].spec["optimizers"][1]
        )),
    ],
    "banana_bend": [
        ("plain descent needs 2,038 steps round the bend, Adam 1,533, momentum 182", steps(2038, 182, 1533)),
        ("Steps to loss 0.01", reasons(*["target_loss"] * 3)),
        ("stays below that for 6,000 steps", lambda s: [r.settled(0.01) for r in s.with_changes(stop=STEPS_6000)] == (
            [2038, 182, 1533]
        )),
        ("Adam at 0.15 is there after 423 steps and thrown out again later", lambda s: thrown_out(s, "adam", 0.15, 423)),
        ("above 2/λ = 0.002", lambda s: thrown_out(s, "gd", 0.0021, 1816)),
    ],
    "axes_aligned": [
        ("needs 5 steps where plain descent needs 121", steps(121, 5, 48)),
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
        ("first five steps make up 99.7 %", lambda s: [
            round(100 * early / whole, 1) for early, whole in zip(
                (s.runs[1].gradient[:, :5] ** 2).sum(axis=1), (s.runs[1].gradient ** 2).sum(axis=1), strict=True)
        ] == [99.7, 99.7]),
        ("after 1,000 steps it is at loss 0.41", lambda s: s.runs[1].steps == 1000 and about(s.runs[1].loss[-1], 0.41)),
        ("at its best rate", lambda s: min(
            r.loss[-1]
            for low in (0.001, 0.01, 0.1, 1) for r in s.again([("adagrad", low * 10 ** (i / 15)) for i in range(16)])
        ) > 0.41),
        ("RMSProp at 0.07", lambda s: about(s.runs[2].loss[-1], 0.07, 1)),
        ("1.2, is sharp: at 0.5 it ends at 4.1, at 2 at 1.5", lambda s: s.rates[1] == 1.2 and [
            float(f"{r.loss[-1]:.2g}") for r in s.again([("adagrad", 0.5), ("adagrad", 2)])
        ] == [4.1, 1.5]),
    ],
    "rate_that_rises": [
        ("kicks itself out again, to 0.017", lambda s: about(s.runs[1].highest_after(1e-16), 0.017)),
        ("AdaGrad's only falls", lambda s: s.runs[0].loss[-1] == s.runs[0].loss.min() < 1e-18),
        ("below the floor, 1e-16, from step 93 on, at 1e-38 at step 105, then out at 0.017", lambda s: (
            s.runs[1].to(1e-16) == 93 and s.runs[1].loss.argmin() == 105 and 1e-38 <= s.runs[1].loss[105] < 2e-38
        )),
        ("rattles at 0.0019 in the end, three quarters of its squared rate", lambda s: [
            about(s.again([("rmsprop", 0.05)], stop=STEPS_2000)[0].loss[-100:].mean(), v, 2)
            for v in (0.0019, 0.75 * 0.05**2)
        ] == [True, True]),
    ],
    "saddle_escape": [
        ("All at rate 0.05 from 0.0001 beside the ridge", lambda s: (
            set(s.rates) == {0.05} and s.preset.spec["start"][1] == 0.0001
        )),
        ("plain descent leaves after 178 steps", lambda s: left(s.runs[0]) == 178),
        ("after 11", lambda s: left(s.runs[3]) == 11),
        ("more than 0.5 beside it", lambda s: abs(s.runs[0].at[1][177]) <= 0.5 < abs(s.runs[0].at[1][178])),
        ("the ball's factor is larger, and it takes 50. RMSProp takes 5", lambda s: [left(r) for r in s.runs[1:3]] == [50, 5]),
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
    "opening": [
        ("The ball without its memory and RMSProp without its division go the way of plain descent", lambda s: all(
            r.ends_near(3, 2)
            for r in s.again([("heavy_ball", 0.0015, {"beta": 0}), ("rmsprop", 2, {"eps": 1e6})], stop=STEPS_2000)
        )),
    ],
    "learning_rate_parabola": [
        ("On a parabola of curvature 4 the edge is at 0.5", lambda s: [
            abs(r.at[0][-1]) < 1e-2 for r in s.again(
                [("gd", 0.45), ("gd", 0.55)], problem={"expression": "2*x**2"}, stop={"max_steps": 30})
        ] == [True, False]),
    ],
    "learning_rate_line": [
        ("with the features centred it is 1/3", lambda s: [
            r.loss[-1] < r.loss[0] for r in s.again(
                [("gd", 0.21), ("gd", 0.33), ("gd", 0.34)],
                problem={"points": [[x - 2.5 / 3, y] for x, y in s.preset.spec["problem"]["points"]], "loss": "ssr"})
        ] == [True, True, False]),
    ],
    "deck_stop_rule": [
        ("at 0.0011 it would go on", lambda s: s.again([("adam", 0.0011)])[0].steps > 1),
        ("Adam goes on to step 347, 267 % above, and plain descent stops where it does here", lambda s: (
            [r.steps for r in s.with_changes(stop=OWN_RULE)] == [129, 81, 163, 347]
            and round(excess(s.with_changes(stop=OWN_RULE)[3].loss[-1], SHOES_LEAST)) == 267
        )),
    ],
    "flat_ground": [
        ("without the division RMSProp is as slow", lambda s: abs(
            s.again([("rmsprop", 1500, {"eps": 1e6})])[0].to(0.9) - 183) <= 1
        ),
        ("From (-5, 4), where it is flatter still, plain descent takes 1,043 steps, RMSProp 21 and Adam 23", lambda s: [
            r.to(0.9) for r in s.with_changes(start=[-5, 4], stop=STEPS_2000)
        ][::2] == [1043, 21] and s.with_changes(start=[-5, 4])[3].to(0.9) == 23),
    ],
    "nearest_valley": [
        ("from (0.3, -0.2) all four end in the lowest valley", lambda s: all(
            r.ends_near(0, 0) for r in s.with_changes(start=[0.3, -0.2])
        )),
    ],
    "large_then_small": [
        ("of the large rates only the schedule differs", lambda s: (
            {**s.preset.spec["optimizers"][2], "schedule": None} == {**s.preset.spec["optimizers"][1], "schedule": None}
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
    "one_some_all": [
        ("for any batch", lambda s: all(
            abs(np.median(to_valley(s, [("mini_batch", 0.05, {"batch_size": batch})])) - 25) <= 2
            for batch in (1, 2, 5, 10, 25, 50)
        )),
    ],
    "schedule_calms": [
        ("falling by 10 % a step they add up to 1, and the median of 20 seeds freezes 21 % above", lambda s: (
            sum(0.1 * 0.9**k for k in range(500)) == pytest.approx(1)
            and round(np.median([excess(run.loss[-1], STANDARD_LEAST) for (run,) in s.seeds(20, faster(s))])) == 21
            and all(run.step_size[-1] < 1e-15 for (run,) in s.seeds(20, faster(s)))
        )),
    ],
    "ravine_zigzag": [
        ("Plain descent is stable to 2/λ = 0.02, averaged momentum to 2 (1 + beta)/(1 - beta)/λ = 0.38", lambda s: [
            r.loss[-1] < 1e-3 for r in s.again(
                [("gd", 0.0199), ("gd", 0.0201), ("momentum", 0.379), ("momentum", 0.381)], stop={"max_steps": 5000})
        ] == [True, False, True, False]),
        ("at descent's own rate, 0.019, it takes 200 steps", lambda s: s.again([("momentum", s.rates[0])])[0].steps == 200),
        ("At 0.04 both its directions shrink by √beta = 0.949 a step (0.894 with beta 0.8)", lambda s: [
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
    "rolls_over": [
        ("with beta 0.8 or less it stays too", lambda s: all(
            r.ends_near(-1, 0) for r in s.again(
                [("heavy_ball", 0.02, {"beta": beta}) for beta in (0, 0.3, 0.6, 0.8)], stop=STEPS_2000)
        )),
        ("at rate 0.005, a tenth of theirs", lambda s: s.again([("heavy_ball", 0.005)], stop=STEPS_2000)[0].ends_near(-1, 0)),
        ("plain descent jumps over at 0.25", lambda s: s.again([("gd", 0.25)])[0].ends_near(2, 0)),
    ],
    "rolls_past": [
        ("with beta 0.85 or less, or 0.95, it stays", lambda s: all(
            r.ends_near(2, 0) for r in s.again(
                [("heavy_ball", 0.02, {"beta": beta}) for beta in (0, 0.3, 0.6, 0.8, 0.85, 0.95)], stop=STEPS_2000)
        )),
    ],
    "banana_bend": [
        ("at 0.0019, the rate of descent, it takes 2,011", lambda s: (
            s.rates[0] == 0.0019 and s.again([("momentum", 0.0019)])[0].steps == 2011
        )),
    ],
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
        ("Without the wall, from (-0.5, 0.3), both end at 0.03", lambda s: [
            about(min(r.loss[-1] for r in s.again(tried, start=[-0.5, 0.3])), 0.03, 1)
            for tried in ([("adagrad", 0.05 * 1.36**k) for k in range(16)], [("rmsprop", 0.01)])
        ] == [True, True]),
    ],
    "rate_that_rises": [
        ("lr/√(eps + v) has passed 2/λ = 0.5", lambda _: curvatures(surface_problem("bowl"))[1] == pytest.approx(2 / 0.5)),
        ("with eps 0.01, which bounds it there, nothing of the kind happens", lambda s: (
            np.isclose(0.05 / 0.01**0.5, 0.5)
            and s.again([("rmsprop", 0.05, {"eps": 0.01})], stop=STEPS_2000)[0].highest_after(1e-16) < 1e-16
        )),
    ],
    "saddle_escape": [
        ("plain descent multiplies that by 1 + lr a step", lambda s: s.runs[0].at[1][1] / 0.0001 == pytest.approx(1.05)),
        ("ln(0.5/0.0001)/ln(1 + lr) = 175 steps", lambda _: round(np.log(0.5 / 0.0001) / np.log(1.05)) == 175),
        ("Adam, whose first step is never small", lambda s: all(
            run.at[1][1] - y == pytest.approx(0.05, rel=0.1)
            for y in (1e-2, 1e-4, 1e-6) for run in s.with_changes(start=[-1.6, y])[3:]
        )),
        ("On the ridge itself nobody leaves", lambda s: not any(r.at[1].any() for r in s.with_changes(start=[-1.6, 0]))),
    ],
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
    "opening": [
        ("rates of 0.0005 to 0.014 (plain descent)", lambda s: ends(s, spread("gd", 0.0005, 0.014), (3, 2))),
        ("0.0008 to 0.0025 (heavy ball)", lambda s: ends(s, spread("heavy_ball", 0.0008, 0.0025), (3.5844, -1.8481))),
        ("0.01 to 0.1 (RMSProp)", lambda s: ends(s, spread("rmsprop", 0.01, 0.1), (-2.8051, 3.1313), within=0.2)),
        ("0.01 to 1 (Adam)", lambda s: ends(s, spread("adam", 0.01, 1), (-2.8051, 3.1313), within=0.2)),
        ("from starts 0.1 away", lambda s: all(
            run.ends_near(*here.end, within=0.1)
            for dx in (-0.1, 0.1) for dy in (-0.1, 0.1)
            for run, here in zip(s.with_changes(start=[1 + dx, 5 + dy]), s.runs, strict=True)
        )),
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
    "deck_stop_rule": [
        ("ever lower at rates from 0.0004 to 0.19", lambda s: (np.diff([
            r.loss[-1] for r in s.again([("gd", 0.0004 * (0.19 / 0.0004) ** (k / 15)) for k in range(16)])
        ]) < 0).all()),
    ],
    "flat_ground": [
        ("at no rate below 2/λ = 3 does it cross in less than 90", lambda s: min(
            r.to(0.9) for r in s.again(spread("gd", 0.5, 2.99), stop=STEPS_2000)) >= 90),
        ("at 0.01 they take 134 and 113 steps, at 0.2 3 and 10, at their default 0.001 1,692 and 931", lambda s: [
            r.to(0.9) for rate in (0.01, 0.2, 0.001)
            for r in s.again([("rmsprop", rate), ("adam", rate)], stop=STEPS_2000)
        ] == [134, 113, 3, 10, 1692, 931]),
    ],
    "nearest_valley": [
        ("0.001 to 0.004 (plain descent)", lambda s: ends(s, spread("gd", 0.001, 0.004), (-2.985, 2.985), within=0.3)),
        ("0.0003 to 0.005 (heavy ball)", lambda s: (
            ends(s, spread("heavy_ball", 0.0003, 0.005), (-2.985, 2.985), within=0.3)
        )),
        ("0.01 to 0.1 (RMSProp)", lambda s: ends(s, spread("rmsprop", 0.01, 0.1), (-2.985, 2.985), within=0.3)),
        ("0.03 to 0.5 (Adam)", lambda s: ends(s, spread("adam", 0.03, 0.5), (-2.985, 2.985), within=0.3)),
        ("from starts 0.2 away", lambda s: all(
            r.ends_near(-2.985, 2.985, within=0.1)
            for dx in (-0.2, 0.2) for dy in (-0.2, 0.2) for r in s.with_changes(start=[-3.3 + dx, 2.8 + dy])
        )),
    ],
    "large_then_small": [
        ("Rates of 0.12 to 0.3 that fall to 0 over 400 steps find it from here", lambda s: all(
            r.loss[-1] < 0.01 for r in s.again([
                ("gd", rate, {"schedule": {"name": "linear", "steps": 400}}) for rate in (0.12, 0.15, 0.2, 0.25, 0.3)])
        )),
        ("at 0.13 they do from nearly every start on the map, and a constant 0.13 or 0.03 from hardly any", lambda s: (
            [share > 0.9 for share in arriving(s, 40)] == [False, False, True] and max(arriving(s, 40)[:2]) < 0.1
        )),
    ],
    "units_raw": [
        ("no other ends lower", lambda s: min(
            excess(r.loss[-1], CARS_LEAST) for r in s.again(spread("gd", 0.001, 0.00375))) > 2.9),
    ],
    "units_standard": [
        ("Any rate from 0.2 to 0.8 takes 7 steps at most, and 1/λ = 0.5 a single one, from any start", lambda s: all(
            max(r.to(1.01 * STANDARD_LEAST) for r in s.again(spread("gd", 0.2, 0.8), start=start)) <= 8
            and s.again([("gd", 0.5)], start=start)[0].to(1.0001 * STANDARD_LEAST) == 1
            for start in ([0, -1.685], [-1, 1.5], [1.5, 1])
        )),
    ],
    "one_some_all": [
        ("at rates from 0.02 to 0.1", lambda s: all(
            np.median(to_valley(s, [(name, rate)])) == pytest.approx(s.again([("gd", rate)])[0].to(1.1 * STANDARD_LEAST), rel=0.2)
            for rate in (0.02, 0.05, 0.1) for name in ("sgd", "mini_batch")
        )),
    ],
    "schedule_calms": [
        ("at other rates too", lambda s: all(
            excess(r.loss[-1], STANDARD_LEAST) < 0.2 for r in s.again([
                ("sgd", rate, {"schedule": {"name": "exponential", "decay": 0.99}}) for rate in (0.03, 0.1, 0.2)])
        )),
    ],
    "ravine_zigzag": [
        ("From 0.04 to 0.3 it takes at most 104 steps", lambda s: max(
            r.steps for r in s.again(spread("momentum", 0.04, 0.3))) == 104),
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
    "rolls_over": [
        ("for rates from 0.006 to 0.1", lambda s: ends(s, spread("heavy_ball", 0.006, 0.1), (2, 0))),
        ("from x below -1.8", lambda s: all(
            s.again([("heavy_ball", 0.02)], start=[x, y], stop=STEPS_2000)[0].ends_near(2, 0)
            for x in (-1.8, -2, -2.4, -2.9) for y in (-3, 0, 1.5)
        )),
        ("for rates from 0.005 to 0.15", lambda s: all(
            ends(s, spread(name, 0.005, 0.15), (-1, 0), within=0.2) for name in ("gd", "rmsprop", "adam")
        )),
    ],
    "rolls_past": [
        ("at rates from 0.01 to 0.029", lambda s: ends(s, spread("heavy_ball", 0.01, 0.029), (-1, 0))),
        ("from x between 3.2 and 3.6", lambda s: [
            round(s.with_changes(start=[x, 1.5])[1].end[0]) for x in (3.1, 3.2, 3.3, 3.5, 3.6, 3.7)
        ] == [2, -1, -1, -1, -1, 2]),
        ("from 0.03 to 0.09", lambda s: ends(s, spread("heavy_ball", 0.03, 0.09), (2, 0))),
    ],
    "banana_bend": [
        ("2,608 to 1,923 steps at rates from 0.0015 to 0.002", lambda s: [
            r.steps for r in s.again([("gd", 0.0015), ("gd", 0.002)])
        ] == [2608, 1923]),
        ("momentum 421 to 182 from 0.008 to 0.016", lambda s: [
            pick(r.steps for r in s.again([("momentum", 0.008 + 0.002 * k) for k in range(5)])) for pick in (max, min)
        ] == [421, 182]),
        ("From starts 0.1 away the order is the same", lambda s: all(
            gd.steps > adam.steps > momentum.steps
            for start in ([-1.1, 0.9], [-1.3, 1.1]) for gd, momentum, adam in [s.with_changes(start=start)]
        )),
    ],
    "axes_aligned": [
        ("at most 18 for rates from 0.8 to 5", lambda s: max(r.steps for r in s.again(spread("adagrad", 0.8, 5))) == 18),
        ("plain descent at least 115 at any rate", lambda s: min(r.steps for r in s.again(spread("gd", 0.017, 0.0199))) >= 115),
    ],
    "axes_turned": [
        ("AdaGrad takes at least 125 steps at any rate", lambda s: min(
            r.steps for r in s.again([("adagrad", 0.5 * 1.25**i) for i in range(12)])
        ) >= 125),
        ("At 45 degrees AdaGrad needs 172", lambda s: s.again(
            [("adagrad", 1.25)], problem={"expression": "(x + y)**2/4 + 25*(x - y)**2"},
            start=[-3 / 2**0.5, -5 / 2**0.5])[0].steps == 172),
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


def points(scene):
    """The line fit of a scene with points of its own."""
    problem = scene.preset.spec["problem"]
    return line_fit_problem(tuple(tuple(point) for point in problem["points"]), problem["loss"])


def condition(feature):
    """Of the least-squares fit to a feature: how many times as strongly curved it is one way as the other."""
    design = np.stack([feature, np.ones_like(feature)])
    return np.linalg.cond(design @ design.T)


def turned(scene):
    """Whether the start is that of the aligned scene, turned with the ravine: x runs along (2, 1), y along (1, -2)."""
    x, y = PRESETS["axes_aligned"].spec["start"]
    there = np.array([2 * x + y, x - 2 * y]) / 5**0.5
    return scene.preset.spec["start"] == pytest.approx(there.tolist(), abs=1e-4)


def left(run):
    """The step at which a run is off the ridge of the saddle."""
    return run.first(np.abs(run.at[1]) > 0.5)


def spread(name, low, high):
    """Sixteen rates of one optimizer, evenly from low to high."""
    return [(name, low + (high - low) * i / 15) for i in range(16)]


def ends(scene, optimizers, place, within=0.1):
    """Whether all of them end near this place, given the time."""
    return all(r.ends_near(*place, within=within) for r in scene.again(optimizers, stop={"max_steps": 4000}))


def to_valley(scene, optimizers):
    """The steps of one run to within a tenth of the least loss, with each of twenty seeds."""
    chosen = [{"name": name, "learning_rate": rate} | dict(*values) for name, rate, *values in optimizers]
    return [run.to(1.1 * STANDARD_LEAST) for (run,) in scene.seeds(20, chosen)]


def arriving(scene, count):
    """The share of each run's starts, of so many at random on the map, from which it gets to loss 0.01."""
    left, right, bottom, top = scene.preset.window
    starts = np.random.default_rng(0).uniform((left, bottom), (right, top), (count, 2)).tolist()
    return np.mean([[r.loss[-1] < 0.01 for r in scene.with_changes(start=start)] for start in starts], axis=0)


def calmed(scene):
    """Percent above the least loss at which the falling rate ends, for sixty seeds."""
    return np.array([excess(runs[1].loss[-1], STANDARD_LEAST) for runs in scene.sixty_seeds])


def faster(scene):
    """The falling rate of the scene, by a tenth a step."""
    return [scene.preset.spec["optimizers"][1] | {"schedule": {"name": "exponential", "decay": 0.9}}]


def thrown_out(scene, name, rate, there):
    """Whether this run is at loss 0.01 after so many steps, and far above it again later."""
    run = scene.again([(name, rate)], stop=STEPS_6000)[0]
    return run.to(0.01) == there and run.highest_after(0.01) > 0.1


ALL = {name: [*CLAIMS[name], *CAUSES[name], *RANGES[name]] for name in CLAIMS}


@pytest.mark.parametrize(
    ("name", "claim"), [pytest.param(n, c, id=f"{n}: {c[0]}") for n, claims in ALL.items() for c in claims]
)
def test_what_a_scene_says_is_true_of_its_runs(scenes, name, claim):
    said, holds = claim
    assert holds(scenes[name]), f"{said}: {[(r.steps, r.reason, r.end, r.loss[-1]) for r in scenes[name].runs]}"


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_number_of_a_scene_is_claimed_and_checked(preset: Preset):
    number = re.compile(r"\d[\d,.]*(?:e-\d+)?\b")
    text = f"{preset.sentence} {preset.more}"
    claimed = " ".join(said for said, _ in ALL[preset.name] if said in text)
    assert set(number.findall(text)) <= set(number.findall(claimed))


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_sentence_is_one_breath(preset: Preset):
    assert len(re.findall(r"[^\s%]+", preset.sentence)) <= 27
    assert preset.sentence.endswith(".")
    assert len(preset.title) <= 45


def test_every_scene_has_a_cause_and_a_range():
    assert set(PRESETS) == set(CLAIMS) == set(CAUSES) == set(RANGES)


def test_the_scenes_are_all_there_and_grouped_without_a_break():
    assert next(iter(PRESETS)) == "opening"
    assert {name for name, preset in PRESETS.items() if preset.core} == CORE
    groups = [preset.group for preset in PRESETS.values()]
    assert groups == sorted(groups, key=groups.index)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_the_map_of_a_scene_shows_its_start(preset: Preset):
    left, right, bottom, top = preset.window
    x, *y = preset.spec["start"]
    assert left < x < right
    assert all(bottom < value < top for value in y)
