"""What is asked of each scene: the answers that its sentence gives, and what its words say."""

import numpy as np
import pytest

from app.course.presets import PRESETS
from tests.presets import cause_questions
from tests.presets.scene import (
    CARS_LEAST,
    CARS_POINTS,
    STANDARD_LEAST,
    about,
    curvatures,
    excess,
    formula,
    hessian,
    left,
    rattles,
    swings,
    turned,
)


def valley(run):
    """Steps to within 10 % of the least loss of the cars."""
    return run.to(1.1 * STANDARD_LEAST)


def leaves(scene, run):
    """Whether a run ends outside the map."""
    left, right, bottom, top = scene.preset.window
    x, y = run.end
    return not (left < x < right and bottom < y < top)


def sizes(run):
    """The length of the gradient used in each step."""
    return np.hypot.reduce(run.gradient)


def there(*places):
    """Whether after the change each run ends near its place."""
    return lambda s: all(run.ends_near(*place, within=0.1) for run, place in zip(s.changed, places, strict=True))


def steepest_of_cars():
    """The larger of the two of the line fit in raw units: of 2 X'X/n."""
    x = np.array(CARS_POINTS)[:, 0]
    return np.linalg.eigvalsh(2 * np.array([[(x**2).mean(), x.mean()], [x.mean(), 1]]))[1]


ANSWERS = {
    "opening": (3.5844, -1.8481),
    "one_step": "Ever shorter",
    "learning_rate_parabola": "It bounces from side to side for ever",
    "learning_rate_line": 2,
    "edge_of_stability": (2.8, 0.357),
    "deck_stop_rule": 1,
    "flat_ground": 2,
    "nearest_valley": "None",
    "start_left": "All in the shallow one, on the left",
    "start_right": (2, 0),
    "large_then_small": 2,
    "warm_up": (-1, 0),
    "clipping": "It is thrown from side to side",
    "units_raw": (3.44, -9.14),
    "units_standard": 4,
    "one_some_all": "About the same",
    "batch_size": "A quarter as far",
    "schedule_calms": "Nearer",
    "ravine_zigzag": 2,
    "nesterov_looks_ahead": "Those of Nesterov",
    "too_much_beta": 1,
    "rolls_over": 1,
    "rolls_past": (-1, 0),
    "banana_bend": 1,
    "axes_aligned": 5,
    "axes_turned": 0,
    "adagrad_remembers": 2,
    "rare_feature": 1,
    "rate_that_rises": "RMSProp comes out again",
    "saddle_escape": 178,
    "adam_in_a_ravine": 2,
    "adam_on_the_flat": 2,
    "bias_correction": "Longer",
    "weight_decay": (1.6, 1.995),
    "gd_wins": 0,
    **cause_questions.ANSWERS,
}
"""Preset -> the answer that its sentence gives: a place, a run, a text or a number of steps."""

TRUE_TEXTS = {
    "one_step": lambda s: all((np.diff(r.step_size) < 0).all() for r in s.runs),
    "learning_rate_parabola": lambda s: set(np.abs(s.runs[2].at[0])) == {1.5},
    "nearest_valley": lambda s: all(r.ends_near(-0.995, 0.995) for r in s.runs),
    "start_left": lambda s: all(r.ends_near(-1, 0) for r in s.runs),
    "clipping": lambda s: (np.abs(np.diff(s.runs[0].at[0])) > 10).sum() == 4 and s.runs[0].loss[40:].min() > 5,
    "one_some_all": lambda s: max(map(valley, s.runs)) <= 1.2 * min(map(valley, s.runs)),
    "batch_size": lambda s: rattles([s.runs])[0][0] / rattles([s.runs])[0][1] == pytest.approx(4, rel=0.1),
    "schedule_calms": lambda s: excess(s.runs[1].loss[-1], STANDARD_LEAST) < 0.01 < 20 < rattles([s.runs])[0][0],
    "nesterov_looks_ahead": lambda s: all(
        nesterov < ball / 2 for ball, nesterov in zip(swings(s.runs[0])[:4], swings(s.runs[1])[:4], strict=True)
    ),
    "rate_that_rises": lambda s: [r.loss[-1] == r.loss.min() for r in s.runs] == [True, False],
    "bias_correction": lambda s: about(s.runs[0].step_size[0] / s.runs[1].step_size[0], 3.2),
    **cause_questions.TRUE_TEXTS,
}
"""Preset -> of the text that is the answer, how it shows in the runs."""

MEASURES = {
    "learning_rate_line": lambda r: r.loss[40],
    "deck_stop_rule": lambda r: r.steps,
    "flat_ground": lambda r: r.to(0.9),
    "large_then_small": lambda r: r.loss[400],
    "units_standard": lambda r: r.to(1.01 * STANDARD_LEAST),
    "ravine_zigzag": lambda r: r.settled(0.0008),
    "too_much_beta": lambda r: r.settled(0.001),
    "rolls_over": lambda r: r.loss[r.steps],
    "banana_bend": lambda r: r.to(0.01),
    "axes_aligned": lambda r: r.to(0.08),
    "axes_turned": lambda r: r.to(0.08),
    "adagrad_remembers": lambda r: r.loss[1000],
    "rare_feature": lambda r: r.loss[301:401].sum() / 100,
    "saddle_escape": left,
    "adam_in_a_ravine": lambda r: r.settled(0.01),
    "adam_on_the_flat": lambda r: r.settled(0.01),
    "rates_in_turn": lambda r: r.loss[64],
    "gd_wins": lambda r: r.steps,
}
"""Preset -> the number of a run that is asked for, or by which runs are compared."""

ASKED = {
    "opening": [("Four optimizers set off downhill from one start", lambda s: (
        len(s.runs) == 4
        and len({tuple(r.gradient[:, 0]) for r in s.runs}) == 1
        and all(r.loss[1] < r.loss[0] for r in s.runs)
    )), ("The heavy ball, or momentum, adds nine tenths of its last step to the next", lambda s: (
        s.again([("heavy_ball", 0.0015, {"beta": 0.9})])[0].loss.tolist() == s.runs[1].loss.tolist()
    ))],
    "learning_rate_line": [("A longer step gets further, up to a point", lambda s: [
        r.loss[-1] < r.loss[0] for r in s.again([("gd", 0.01), ("gd", 0.15), ("gd", 0.21)])
    ] == [True, True, False])],
    "edge_of_stability": [
        ("All along the floor the loss is 0", lambda s: max(formula(s).loss_at((x, 1 / x)) for x in (1.5, 2.2, 3.3)) < 1e-12),
        ("to the left the valley is less curved", lambda _: (np.diff([x**2 + x**-2 for x in np.linspace(1.4, 3.4, 9)]) > 0).all()),
    ],
    "flat_ground": [("above 0.9: the gradient there is small", lambda s: all(
        sizes(r)[:r.to(0.9)].max() < 0.5 * sizes(r).max() for r in s.runs
    ))],
    "start_right": [("Only the start has moved, across the ridge", lambda s: (
        s.preset.spec | {"start": None} == PRESETS["start_left"].spec | {"start": None}
        and s.preset.spec["start"][0] > 0 > PRESETS["start_left"].spec["start"][0]
    ))],
    "warm_up": [("both runs have the same rate", lambda s: len(set(s.rates)) == 1)],
    "clipping": [("On the two cliffs the gradient is far larger than anywhere else", lambda s: (
        (at := np.abs(s.runs[0].at[0][:-1])) is not None
        and np.abs(s.runs[0].gradient[0][(at > 2) & (at < 2.5)]).min() > 19
        and np.abs(s.runs[0].gradient[0][(at < 2) | (at > 2.5)]).max() < 1
    ))],
    "units_raw": [
        ("sets off at slope 0 and intercept 0", lambda s: s.preset.spec["start"] == [0, 0]),
        ("the least loss is at slope 3.93 and intercept −17.6", lambda _: [
            f"{each:.3g}" for each in np.polyfit(*np.array(CARS_POINTS).T, 1)
        ] == ["3.93", "-17.6"]),
    ],
    "units_standard": [
        ("within 1 % of the least loss", lambda s: (
            s.runs[0].loss[3] > 1.01 * STANDARD_LEAST >= s.runs[0].loss[4]
        )),
        ("in raw numbers, where 1,000 steps were not enough", lambda s: (
            s.asked(PRESETS["units_raw"].spec)[0].loss[1000] > 1.01 * CARS_LEAST
        )),
    ],
    "one_some_all": [
        ("Batches of 1, 10 and all 50", lambda s: (
            [o.get("batch_size") for o in s.preset.spec["optimizers"]] == [None, 10, None] and len(CARS_POINTS) == 50
        )),
        ("within 10 % of the least loss", lambda s: [valley(r) for r in s.runs] == [22, 25, 25]),
    ],
    "batch_size": [("the means from step 100 on", lambda s: [(m.first, m.last) for m in s.preset.marked] == [(100, 500)] * 3)],
    "schedule_calms": [("falls by 1 % a step", lambda s: s.preset.spec["optimizers"][1]["schedule"]["decay"] == 0.99)],
    "ravine_zigzag": [
        ("just below the rate at which it flies off", lambda s: [
            r.loss[-1] < 1 for r in s.again([("gd", 0.019), ("gd", 0.0201)], stop={"max_steps": 5000})] == [True, False]),
        ("at four times that, with beta 0.9 and with 0.8", lambda s: (
            [round(rate / s.rates[0]) for rate in s.rates[1:]] == [4, 4]
            and [s.preset.plan.optimizer(run)["beta"] for run in (1, 2)] == [0.9, 0.8]
        )),
    ],
    "rolls_over": [
        ("come to the shallow valley first", lambda s: all(np.abs(r.at[0] + 1).min() < 0.2 for r in s.runs)),
        ("One of them gets through", lambda s: sum(r.ends_near(2, 0) for r in s.runs) == 1),
    ],
    "rolls_past": [("comes to the deep valley first", lambda s: (
        np.abs(s.runs[1].at[0] - 2).argmin() < np.abs(s.runs[1].at[0] + 1).argmin()
    ))],
    "banana_bend": [("Each goes at a safe rate", lambda s: all(
        r.highest_after(0.01) <= 0.011 for r in s.with_changes(stop={"max_steps": 6000})
    ))],
    "axes_aligned": [
        ("Gradient descent takes 121 at nearly its best rate", lambda s: (
            s.runs[0].steps == 121 and min(r.to(0.08) for r in s.again([("gd", 0.018 + k / 5000) for k in range(10)])) >= 115
        )),
        ("AdaGrad has nearly its best rate as well", lambda s: min(
            r.to(0.08) for r in s.again([("adagrad", 0.4 * 1.2**k) for k in range(16)])) >= 4),
    ],
    "axes_turned": [("turned by 27 degrees, and the start turned with it", turned)],
    "adagrad_remembers": [("They start on a steep wall", lambda s: sizes(s.runs[0])[0] > 100 * sizes(s.runs[2])[-1])],
    "rare_feature": [
        ("one point in 20 shows the slope", lambda s: np.mean([x for x, _ in s.preset.spec["problem"]["points"]]) == 1 / 20),
        ("a step sees one point", lambda s: all(o["batch_size"] == 1 for o in s.preset.spec["optimizers"])),
    ],
    "saddle_escape": [("more than 0.5 away", lambda s: abs(s.runs[0].at[1][177]) <= 0.5 < abs(s.runs[0].at[1][178]))],
    "bias_correction": [("Both averages begin at 0, so both are too small at first", lambda s: (
        # m is (1 - beta1) g and v is (1 - beta2) g² after a step, so the uncorrected one is this many times as long
        s.runs[0].step_size[0] / s.runs[1].step_size[0] == pytest.approx(0.1 / 0.001**0.5, rel=1e-4)
    ))],
    "weight_decay": [
        ("least at (2, 2)", lambda s: formula(s).loss_at((2, 2)) == 0),
        ("flat in x and steep in y", lambda s: hessian(formula(s)).diagonal() == pytest.approx([1, 100])),
        ("pulls both towards 0", lambda s: (s.runs[1].end < s.runs[0].end).all()),
    ],
    "gd_wins": [("curved alike in all directions", lambda s: curvatures(formula(s)) == pytest.approx([2, 2]))],
    **cause_questions.ASKED,
}  # fmt: skip
"""Preset -> what its question says beside asking, and how it shows."""

CHANGES = {
    "opening": [("it turns into the nearest valley, as gradient descent does", lambda s: (
        s.changed[0].ends_near(3, 2) and s.changed[1].ends_near(3, 2)
    ))],
    "one_step": [("a single step lands on the bottom", lambda s: s.changed[1].at[0][1] == 0)],
    "learning_rate_parabola": [
        ("jumps across at every step", lambda s: (np.diff(np.sign(s.changed[3].at[0])) != 0).all()),
        ("always as far from the bottom as the run at 0.05", lambda s: (
            np.abs(s.changed[3].at[0]) == pytest.approx(np.abs(s.changed[0].at[0])) and s.rates[0] == 0.05
        )),
    ],
    "learning_rate_line": [("no longer leaves the map, and ends lowest of the four", lambda s: (
        leaves(s, s.runs[0]) and not leaves(s, s.changed[0]) and s.changed[0].loss[-1] == min(run.loss[-1] for run in s.changed)
    ))],
    "edge_of_stability": [("it goes on to x = 2.34, where the curvature has fallen below 2/0.35 = 5.71", lambda s: (
        about(s.changed[1].end[0], 2.34, 3) and 5.6 < (s.changed[1].end ** 2).sum() < 2 / 0.35 and about(2 / 0.35, 5.71, 3) and s.changed[1].loss[-1] < 1e-6
    ))],
    "deck_stop_rule": [
        ("its first steps are no longer below 0.001", lambda s: np.abs(np.diff(s.changed[3].at[:, :3])).max() > 0.001),
        ("goes on to step 75", lambda s: s.changed[3].steps == 75),
    ],
    "flat_ground": [("still on the flat after 400 steps", lambda s: s.changed[2].steps == 400 and s.changed[2].loss.min() > 0.9)],
    "nearest_valley": [("all four end in the lowest valley, as it is the nearest", lambda s: (
        # the valleys lie next to whole numbers
        np.rint(s.preset.change.control.value).tolist() == [0, 0]
        and all(run.ends_near(0, 0, within=0.3) for run in s.changed)
    ))],
    "start_left": [
        ("the heavy ball comes with enough speed to roll across", there((-1, 0), (2, 0), (-1, 0), (-1, 0))),
        ("the other three stay on the left", lambda s: all(s.changed[i].at[0].max() < 0 for i in (0, 2, 3))),
    ],
    "start_right": [("the heavy ball rolls out of the deep valley into the shallow one, the other three stay", lambda s: (
        there((2, 0), (-1, 0), (2, 0), (2, 0))(s)
        and all(s.with_changes(start=[x, 1.5])[1].ends_near(-1, 0) for x in (3.05, 3.15))
    ))],
    "large_then_small": [
        ("stays in the first hole, too", lambda s: s.changed[2].ends_near(*s.changed[0].end, within=1e-3)),
        ("it must begin large", lambda s: s.runs[2].loss[-1] < 0.01),
    ],
    "warm_up": [
        ("its first step is short enough", lambda s: s.changed[0].at[0].min() > 0),
        ("ends in the deep valley, too", lambda s: all(run.ends_near(2, 0) for run in s.changed)),
    ],
    "clipping": [
        ("the throw ends between the cliffs", lambda s: (np.abs(s.changed[0].at[0][np.abs(np.diff(s.changed[0].at[0])).argmax() + 1 :]) < 2).all()),
        ("at loss 0.01 after 64 steps", lambda s: s.changed[0].settled(0.01) == 64),
    ],
    "units_raw": [
        ("past the edge", lambda s: 0.0038 > 2 / steepest_of_cars() > s.rates[0]),
        ("swings off the map", lambda s: leaves(s, s.changed[0]) and not leaves(s, s.runs[0])),
    ],
    "units_standard": [
        ("which is 1/λ", lambda s: s.changed[0].gradient[:, 0] == pytest.approx((s.changed[0].at[:, 0] - s.runs[0].end) / 0.5, abs=1e-5)),
        ("a single step is enough", lambda s: s.changed[0].to(1.01 * STANDARD_LEAST) == 1),
    ],
    "one_some_all": [("a single step on all 50 samples takes it to the valley", lambda s: (
        valley(s.changed[2]) == 1 and len(CARS_POINTS) == 50
    ))],
    "batch_size": [("it stays 26 % above the least loss, more than twice as much", lambda s: (
        about(rattles([s.changed])[0][0], 26) and rattles([s.changed])[0][0] > 2 * rattles([s.runs])[0][0]
    ))],
    "schedule_calms": [
        ("0.9, 10 % a step", lambda s: s.preset.change.control.value == 1 - 10 / 100),
        ("it freezes before it gets there, 19 % above the least loss", lambda s: (
            about(excess(s.changed[1].loss[-1], STANDARD_LEAST), 19) and s.changed[1].step_size[-1] < 1e-15
        )),
    ],
    "ravine_zigzag": [
        ("the rate with beta 0.8 to 0.019, that of gradient descent", lambda s: (
            s.rates[0] == 0.019 and s.preset.spec["optimizers"][2]["beta"] == 0.8
        )),
        ("it takes 225 steps, not many fewer than gradient descent's 241", lambda s: (
            [run.settled(0.0008) for run in s.changed] == [241, 106, 225]
        )),
    ],
    "nesterov_looks_ahead": [
        ("its swings grow until it leaves the map", lambda s: (np.diff(swings(s.changed[1])[3:]) > 0).all() and leaves(s, s.changed[1])),
        ("the ball tolerates that rate", lambda s: s.again([("heavy_ball", 0.014)])[0].loss[-1] < 0.01),
    ],
    "too_much_beta": [("it takes 82 steps, fewer than the 108 without momentum", lambda s: (
        [s.changed[0].settled(0.001), s.changed[2].settled(0.001)] == [108, 82]
    ))],
    "rolls_over": [("it stays in the first valley like the others", there(*[(-1, 0)] * 4))],
    "rolls_past": [("swings back and stays in the deep valley", lambda s: (
        s.changed[1].at[0].min() < 0 and s.changed[1].ends_near(2, 0)
    ))],
    "banana_bend": [
        ("0.0019, that of gradient descent", lambda s: s.rates[0] == 0.0019),
        ("it takes 2,011 steps: the larger rate was what helped", lambda s: s.changed[1].steps == 2011),
    ],
    "axes_aligned": [("it takes 18 steps, still far fewer than gradient descent", lambda s: (
        (s.changed[1].steps, s.changed[0].steps) == (18, 121)
    ))],
    "axes_turned": [("it takes 51 steps", lambda s: s.changed[2].steps == 51)],
    "adagrad_remembers": [
        ("off the wall", lambda s: sizes(s.changed[0])[0] < 0.1 * sizes(s.runs[0])[0]),
        ("AdaGrad at 0.1 ends at loss 0.03, as low as RMSProp", lambda s: [
            about(s.changed[i].loss[-1], 0.03, 1) for i in (0, 2)] == [True, True] and s.rates[0] == 0.1),
    ],
    "rare_feature": [
        ("to all 40 points", lambda s: len(s.preset.spec["problem"]["points"]) == 40),
        ("it no longer jumps about", lambda s: (np.diff(s.changed[0].loss) < 0).all()),
        ("ends as low as AdaGrad", lambda s: abs(s.changed[0].loss[-1] - s.changed[1].loss[-1]) < 0.002),
    ],
    "rate_that_rises": [("its own rate rises no further than 0.5, and it stays", lambda s: (
        s.rates[1] / 0.01**0.5 == pytest.approx(0.5) and s.changed[1].loss[-1] == s.changed[1].loss.min() < 1e-40
    ))],
    "saddle_escape": [("it leaves after 22 steps", lambda s: left(s.changed[0]) == 22)],
    "adam_in_a_ravine": [("it takes 260 steps, and momentum alone is first", lambda s: (
        [run.settled(0.01) for run in s.changed] == [179, 84, 347, 260]
    ))],
    "adam_on_the_flat": [
        ("off the flat", lambda s: s.changed[0].loss[0] < 0.9),
        ("the run with neither takes 2 steps, scaling alone 15", lambda s: (
            (s.changed[0].settled(0.01), s.changed[2].settled(0.01)) == (2, 15)
        )),
    ],
    "bias_correction": [("its first step is right, but it still overshoots, to x = 0.62", lambda s: (
        s.changed[0].step_size[0] == pytest.approx(s.changed[1].step_size[0]) and about(s.changed[0].at[0].max(), 0.62)
    ))],
    "weight_decay": [("x rests at 1, y still at 1.98", lambda s: (
        s.changed[1].end == pytest.approx([1, 200 / 101], abs=1e-3) and about(s.changed[1].end[1], 1.98, 3)
    ))],
    "gd_wins": [("it is done after 35 steps instead of 163", lambda s: (s.runs[1].steps, s.changed[1].steps) == (163, 35))],
    **cause_questions.CHANGES,
}  # fmt: skip
"""Preset -> what its change says, and how it shows in the runs before and after it."""

DWELLS = {
    "opening": lambda s: all(np.diff(r.at[0][:4]) == pytest.approx(np.diff(r.at[1][:4]), rel=0.04) for r in s.runs[2:]),
    "one_step": lambda s: s.runs[0].step_size[:3] / np.abs(s.runs[0].at[0][:3]) == pytest.approx(1 / 5),
    "deck_stop_rule": lambda s: s.runs[3].steps == s.dwell.last,
    "flat_ground": lambda s: all(s.dwell.first <= s.runs[i].to(0.9) <= s.dwell.last for i in (2, 3)),
    "warm_up": lambda s: about(s.runs[0].step_size[0], 4.7) and s.dwell.last == 1,
    "clipping": lambda s: (
        about(s.runs[0].step_size[s.dwell.first - 1], 10) and s.runs[0].step_size[: s.dwell.first - 1].max() < 1
    ),
    "units_standard": lambda s: s.runs[0].to(1.01 * STANDARD_LEAST) == s.dwell.last,
    "axes_aligned": lambda s: s.runs[1].steps == s.dwell.last == 5,
    "adagrad_remembers": lambda s: about(
        100 * (s.runs[1].gradient[:, : s.dwell.last] ** 2).sum() / (s.runs[1].gradient ** 2).sum(), 99.7, 3
    ),
    "rate_that_rises": lambda s: (
        s.runs[1].loss[s.dwell.first - 1] < 1e-15 and s.runs[1].loss[100:].argmax() + 100 == s.dwell.last
    ),
    "saddle_escape": lambda s: left(s.runs[2]) < left(s.runs[3]) == s.dwell.last,
    "bias_correction": lambda s: about((s.runs[0].step_size / s.runs[1].step_size)[: s.dwell.last].max(), 5.1),
}
"""Preset -> how it shows what its dwell says of its steps."""
