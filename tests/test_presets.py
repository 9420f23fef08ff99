"""Every sentence of a preset is true of the runs it opens, and every number in it has been checked."""

import re
from functools import cached_property

import numpy as np
import pytest

from app.presets import PRESETS, Preset
from app.problems import SURFACES, dataset_problem, line_fit_problem

CORE = {
    "opening", "learning_rate_parabola", "learning_rate_line", "deck_stop_rule", "ravine_zigzag", "axes_aligned",
    "axes_turned", "saddle_escape", "rolls_over", "flat_ground", "adagrad_remembers", "rate_that_rises",
    "bias_correction", "one_some_all", "schedule_calms", "gd_wins",
}  # fmt: skip
SHOES_LEAST = 45 / 760
CARS_LEAST = dataset_problem("stopping_distance", "mse").minima[0].loss
STANDARD_LEAST = dataset_problem("stopping_distance", "mse", True).minima[0].loss


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
        """The same scene with other optimizers, (name, rate) each, and other changes."""
        chosen = [{"name": name, "learning_rate": rate} for name, rate in optimizers]
        return self.with_changes(optimizers=chosen, **changes)


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
    """How far beside the floor of the turned ravine."""
    return np.abs(run.at[0] - 2 * run.at[1]) / 5**0.5


def curvatures(problem):
    """Of a quadratic loss: the eigenvalues of its Hessian, from its values at nine points."""
    f = problem.loss_at
    xx, yy = f((1, 0)) - 2 * f((0, 0)) + f((-1, 0)), f((0, 1)) - 2 * f((0, 0)) + f((0, -1))
    xy = (f((1, 1)) - f((1, -1)) - f((-1, 1)) + f((-1, -1))) / 4
    return np.linalg.eigvalsh([[xx, xy], [xy, yy]])


def excess(loss, least):
    """Percent above the least loss."""
    return 100 * (loss / least - 1)


def longer(scene):
    """How many times as long as a step of the first run the same step of the second is."""
    return scene.runs[1].step_size / scene.runs[0].step_size


CLAIMS = {
    "opening": [
        ("small gradient in x (18)", lambda s: s.runs[0].gradient[0][0] == 18),
        ("large one in y (370)", lambda s: s.runs[0].gradient[1][0] == 370),
        ("plain descent turns into the nearest valley", lambda s: s.runs[0].ends_near(3, 2)),
        ("the heavy ball swings past it into another", lambda s: s.runs[1].ends_near(3.5844, -1.8481)),
        ("RMSProp and Adam set off sideways", lambda s: all(r.ends_near(-2.8051, 3.1313) for r in s.runs[2:])),
        ("all come to rest", reasons(*["min_step_size"] * 4)),
        ("not only from here", lambda s: all(
            run.ends_near(*here.end, within=0.1)
            for dx in (-0.1, 0.1) for dy in (-0.1, 0.1)
            for run, here in zip(s.with_changes(start=[1 + dx, 5 + dy]), s.runs, strict=True)
        )),
    ],
    "learning_rate_parabola": [
        ("below 2/L descent arrives", lambda s: s.runs[0].loss[-1] < 0.005 and s.runs[1].loss[-1] < 1e-20),
        ("at 2/L it bounces for ever", lambda s: set(np.abs(s.runs[2].at[0])) == {1.5}),
        ("above it flies off", lambda s: s.runs[3].loss[-1] > 600 and (np.diff(s.runs[3].loss) > 0).all()),
        ("L is 2", lambda s: s.rates[2] == 2 / 2),
    ],
    "learning_rate_line": [
        ("2/L is 0.1947", lambda s: about(2 / curvatures(points(s))[1], 0.1947, 4)),
        ("0.15 is fine", lambda s: about(s.runs[3].loss[-1], 0.0713, 3)),
        ("0.21 leaves the map", lambda s: s.runs[0].loss[-1] > 1e5 and np.abs(s.runs[0].end).max() > 100),
        ("at the edge it neither falls nor rises", lambda s: 1.3 < s.runs[1].loss[-1] < 1.41),
    ],
    "deck_stop_rule": [
        ("Every run stopped because its steps fell below 0.001", reasons(*["min_step_size"] * 4)),
        ("269 %, 97 % and 1 %", lambda s: [round(excess(r.loss[-1], SHOES_LEAST)) for r in s.runs[:3]] == [269, 97, 1]),
        ("Adam's first step, at its default rate, is below 0.001", lambda s: (
            s.rates[3] == 0.001 and (np.abs(np.diff(s.runs[3].at[:, :2])) < 0.001).all()
        )),
        ("the steps of each", lambda s: [r.steps for r in s.runs[:3]] == [129, 81, 163]),
        ("at rate 0.01 the rule must be 0.0001", lambda s: excess(
            s.again([("gd", 0.01)], stop={"max_steps": 5000, "min_step_size": 0.0001})[0].loss[-1], SHOES_LEAST
        ) < 1),
    ],
    "flat_ground": [
        ("textbook rate 1/L", lambda s: s.rates[0] == 1 / (2 / 3)),
        ("183 of its 193 steps", lambda s: (s.runs[0].to(0.9), s.runs[0].steps) == (183, 193)),
        ("across in 15 and 18", lambda s: (s.runs[2].to(0.9), s.runs[3].to(0.9)) == (15, 18)),
        ("at smaller and larger rates too", lambda s: [
            r.to(0.9) for r in s.again([("gd", 1), ("gd", 2.6), ("adam", 0.05), ("adam", 0.2)])
        ] == [273, 107, 32, 10]),
    ],
    "nearest_valley": [
        ("one fate: the nearest valley", lambda s: all(r.ends_near(-2.985, 2.985) for r in s.runs)),
        ("loss 17.9", lambda s: all(about(r.loss.min(), 17.9, 3) for r in s.runs)),
        ("the best is 0", lambda _: [m.loss for m in SURFACES["rastrigin"].minima if m.kind == "global"] == [0]),
        ("at smaller and larger rates too", lambda s: all(r.ends_near(-2.985, 2.985, within=0.3) for r in s.again([
            ("gd", 0.001), ("gd", 0.004), ("heavy_ball", 0.0003), ("heavy_ball", 0.005),
            ("rmsprop", 0.01), ("rmsprop", 0.1), ("adam", 0.03), ("adam", 0.5),
        ]))),
    ],
    # The path is chaotic, so only where it ends is asked.
    "large_then_small": [
        ("stays in the first hole (loss 9.0)", lambda s: (
            about(s.runs[0].loss[-1], 9.0) and s.runs[0].loss[20:].min() > 8.9
        )),
        ("a large one never rests", lambda s: (
            s.runs[1].step_size[-50:].mean() > 0.3 and s.runs[1].loss[-50:].mean() > 2
        )),
        ("falls to zero finds the bottom", lambda s: s.runs[2].loss[-1] < 0.01),
        ("from beside the start too", lambda s: all(
            s.with_changes(start=[-3.3 + 0.001 * i, 2.7])[2].loss[-1] < 0.01 for i in range(20)
        )),
    ],
    "units_raw": [
        ("a condition number of 2,572", lambda _: about(condition("stopping_distance", False), 2572, 4)),
        ("1,000 steps still end 3 %", lambda s: (
            s.runs[0].steps == 1000 and round(excess(s.runs[0].loss[-1], CARS_LEAST)) == 3
        )),
    ],
    "units_standard": [
        ("a round bowl", lambda _: condition("stopping_distance", True) == pytest.approx(1, abs=1e-9)),
        ("4 steps are enough", lambda s: s.runs[0].to(1.01 * STANDARD_LEAST) == 4),
        # A slope and an intercept of 0: a prediction of 0 feet, mean over standard deviation below the mean.
        ("The same line at the start", lambda s: s.runs[0].at[:, 0] == pytest.approx([0, -42.98 / 25.51], abs=1e-3)),
    ],
    "one_some_all": [
        ("Same rate", lambda s: len(set(s.rates)) == 1),
        ("some 25 steps", lambda s: all(abs(r.to(1.1 * STANDARD_LEAST) - 25) <= 3 for r in s.runs)),
        ("22, 250 and 1,250 samples", lambda s: [
            r.to(1.1 * STANDARD_LEAST) * batch for r, batch in zip(s.runs, (1, 10, 50), strict=True)
        ] == [22, 250, 1250]),
        ("never comes to rest", lambda s: [np.median(r.step_size[-50:]) > 1e-3 for r in s.runs] == [True, True, False]),
    ],
    "schedule_calms": [
        ("some 14 %", lambda s: round(excess(np.median(s.runs[0].loss[250:]), STANDARD_LEAST)) == 14),
        ("falling by 1 % a step", lambda s: s.preset.spec["optimizers"][1]["schedule"]["decay"] == 1 - 0.01),
        ("within 0.001 %", lambda s: excess(s.runs[1].loss[-1], STANDARD_LEAST) < 0.001),
    ],
    "ravine_zigzag": [
        ("241 steps become 64, or 33 with beta 0.8", steps(241, 64, 33)),
        ("with beta 0.8", lambda s: [o.get("beta") for o in s.preset.spec["optimizers"]] == [None, None, 0.8]),
        ("the gradient changes sign each step", lambda s: (np.diff(np.sign(s.runs[0].gradient[1][:100])) != 0).all()),
        ("along it it adds up", lambda s: (s.runs[0].gradient[0] < 0).all()),
    ],
    "nesterov_looks_ahead": [
        ("the heavy ball still swings 0.71", lambda s: about(across(s.runs[0])[5:].max(), 0.71)),
        ("Nesterov 0.08", lambda s: about(across(s.runs[1])[5:].max(), 0.08, 1)),
    ],
    "rolls_over": [
        ("rolls through the shallow valley into the deep one", lambda s: s.runs[1].ends_near(2, 0)),
        ("stay in the first", lambda s: all(s.runs[i].ends_near(-1, 0) for i in (0, 2, 3))),
        ("any rate from 0.01 to 0.1", lambda s: all(
            r.ends_near(2, 0, within=0.1) for r in s.again(spread("heavy_ball", 0.01, 0.1), stop={"max_steps": 1000})
        )),
        ("any rate from 0.005 to 0.15", lambda s: all(
            r.ends_near(-1, 0, within=0.2)
            for name in ("gd", "rmsprop", "adam") for r in s.again(spread(name, 0.005, 0.15), stop={"max_steps": 2000})
        )),
    ],
    "rolls_past": [
        ("rolls out of the deep valley into the shallow one", lambda s: s.runs[1].ends_near(-1, 0)),
        ("plain descent stays", lambda s: s.runs[0].ends_near(2, 0)),
        ("at other rates too", lambda s: all(
            r.ends_near(-1, 0) for r in s.again(spread("heavy_ball", 0.01, 0.02), stop={"max_steps": 1000})
        )),
    ],
    "banana_bend": [
        ("plain descent needs 2,038", steps(2038, None, None)),
        ("Adam 423, momentum 251", steps(None, 251, 423)),
        ("all arrive", reasons(*["target_loss"] * 3)),
        ("best safe rate", lambda s: s.again([("gd", 0.0021)], stop={"max_steps": 6000})[0].loss[-500:].max() > 1e-4),
    ],
    "axes_aligned": [
        ("needs 5 steps where plain descent needs 121", steps(121, 5, 48)),
    ],
    "axes_turned": [
        ("turned by 27 degrees", lambda s: round(np.degrees(np.arctan(1 / 2))) == 27 and turned(s)),
        ("(121 steps again)", steps(121, None, None)),
        ("from 5 steps to 130", steps(None, 130, None)),
        ("near its best rate", lambda s: min(
            r.steps for r in s.again([("adagrad", 0.5 * 1.25**i) for i in range(12)])
        ) >= 125),
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
    ],
    "rate_that_rises": [
        ("it reaches loss 1e-38", lambda s: 1e-38 <= s.runs[1].loss.min() < 1e-37),
        ("kicks itself out again to 0.017", lambda s: about(s.runs[1].loss[s.runs[1].loss.argmin() :].max(), 0.017)),
        ("and rattles", lambda s: 0.001 < s.runs[1].loss[-20:].mean() < 0.01),
        ("AdaGrad's only falls and keeps what it has", lambda s: s.runs[0].loss[-1] == s.runs[0].loss.min() < 1e-18),
    ],
    "saddle_escape": [
        ("From 0.0001 beside the ridge", lambda s: s.preset.spec["start"][1] == 0.0001),
        ("about 90 steps", lambda s: [left(r) for r in s.runs[:2]] == [91, 88]),
        ("leave in a dozen", lambda s: [left(r) for r in s.runs[2:]] == [12, 11]),
        ("on the ridge nobody leaves", lambda s: not any(r.at[1].any() for r in s.with_changes(start=[-1.6, 0]))),
    ],
    "bias_correction": [
        ("the first step is 3.2 times as long", lambda s: about(longer(s)[0], 3.2)),
        ("the fourth 5.1 times", lambda s: about(longer(s)[3], 5.1) and longer(s)[:24].argmax() == 3),
        ("(0.72 instead of 0.14)", lambda s: [round(r.step_size[3], 2) for r in s.runs] == [0.14, 0.72]),
        ("overshoots to x = 1.27 instead of 0.22", lambda s: (
            about(s.runs[1].at[0].max(), 1.27, 3) and about(s.runs[0].at[0].max(), 0.22)
        )),
    ],
    "gd_wins": [
        ("done in 16 steps", steps(16, None, None, None)),
        ("momentum 0.9 and Adam still swing after 130", lambda s: s.runs[1].steps > 130 and s.runs[3].steps > 130),
        ("RMSProp never settles", lambda s: s.runs[2].reason == "max_steps" and s.runs[2].loss[-50:].min() > 0.007),
    ],
}  # fmt: skip
"""Preset -> what is claimed, in the sentence's own words where it stands there, and how it shows in the runs."""


def points(scene):
    """The line fit of a scene with points of its own."""
    problem = scene.preset.spec["problem"]
    return line_fit_problem(tuple(tuple(point) for point in problem["points"]), problem["loss"])


def condition(dataset, standardize):
    """How many times as strongly curved the line fit is one way as the other."""
    low, high = curvatures(dataset_problem(dataset, "mse", standardize))
    return high / low


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


@pytest.mark.parametrize(
    ("name", "claim"), [pytest.param(n, c, id=f"{n}: {c[0]}") for n, claims in CLAIMS.items() for c in claims]
)
def test_what_a_sentence_says_is_true_of_its_runs(scenes, name, claim):
    said, holds = claim
    assert holds(scenes[name]), f"{said}: {[(r.steps, r.reason, r.end, r.loss[-1]) for r in scenes[name].runs]}"


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_number_of_a_sentence_is_claimed_and_checked(preset: Preset):
    number = re.compile(r"\d[\d,.]*(?:e-\d+)?\b")
    claimed = " ".join(said for said, _ in CLAIMS[preset.name] if said in preset.sentence)
    assert set(number.findall(preset.sentence)) <= set(number.findall(claimed))
    assert preset.sentence.endswith(".")
    assert len(preset.title) <= 45


def test_the_scenes_are_all_there_and_grouped_without_a_break():
    assert set(CLAIMS) == set(PRESETS)
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
