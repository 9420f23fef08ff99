"""What *Why* answers to the question of each scene: the cause that it names, seen in the runs or taken away from them."""

import numpy as np
import pytest

from app.course.presets import PRESETS
from tests.presets.causes import VALLEYS, ball_by_hand, chebyshev, left_at_worst
from tests.presets.scene import (
    CARS,
    CARS_POINTS,
    SHOES_LEAST,
    STANDARDIZED,
    across,
    curvatures,
    excess,
    hessian,
    points,
    shrink,
)
from tests.presets.stochastic import expected_rattle


def pulled_to(run, row, place):
    """Whether a small step against the gradient at a row leads nearer to a place."""
    return bool(-run.gradient[:, row] @ (np.array(place) - run.at[:, row]) > 0)


def keeps(run, rate, beta=0.9):
    """Whether each step is the rate times the gradient, and beside it so much of the step before."""
    moved = np.diff(run.at)
    return moved[:, 1:20] == pytest.approx(beta * moved[:, :19] - rate * run.gradient[:, 1:20])


def beside(scene, run):
    """How far from the least loss a line fit is, along the direction in which it is curved most."""
    x, y = np.array(scene.preset.spec["problem"]["points"]).T
    return np.abs(np.linalg.eigh(hessian(points(scene)))[1][:, 1] @ (run.at - np.polyfit(x, y, 1)[:, None]))


def parts(run, count):
    """The sizes of the first steps in each parameter."""
    return np.abs(np.diff(run.at))[:, :count]


def own_rates(scene, run):
    """Of AdaGrad the rate divided by the root of the sum of squares after the last step, for each parameter."""
    return scene.rates[run] / np.sqrt((scene.runs[run].gradient ** 2).sum(axis=1))


def fading(squares, beta):
    """The average of squares so far that keeps this much of itself at each step, from 0."""
    averages, now = [], 0.0
    for square in squares:
        now = beta * now + (1 - beta) * square
        averages.append(now)
    return np.array(averages)


def standard_cars():
    """Speeds and distances, each less its mean and over its deviation."""
    columns = np.array(CARS_POINTS).T
    return ((columns.T - columns.mean(axis=1)) / columns.std(axis=1)).tolist()


WHYS = {
    "opening": [
        ("keeps nine tenths", lambda s: keeps(s.runs[1], 0.0015)),
        ("on past the place where the gradient already pulls it towards the nearest valley", lambda s: (
            pulled_to(s.runs[1], 5, (3, 2)) and (np.diff(s.runs[1].at[1])[5:10] < 0).all() and s.runs[1].at[1][10] < 2
        )),
        ("so the ball", lambda s: s.again([("heavy_ball", 0.0015, {"beta": 0})], stop={"max_steps": 2000})[0].ends_near(3, 2)),
    ],
    "one_step": [("nearer to the bottom, where a parabola's gradient is smaller", lambda s: all(
        (np.diff(np.abs(r.at[0])) < 0).all() and r.gradient[0] == pytest.approx(2 * r.at[0][:20]) for r in s.runs
    ))],
    "learning_rate_parabola": [("At rate 1 a step is twice the way to the bottom", lambda s: (
        s.runs[2].step_size == pytest.approx(2 * np.abs(s.runs[2].at[0][:-1]))
    ))],
    "learning_rate_line": [
        ("from 2/λ on the swing across no longer dies away", lambda s: [
            bool(beside(s, r)[-1] < 0.99 * beside(s, r)[0]) for r in s.runs
        ] == [False, False, True, True]),
        ("Below it, 0.15 is largest", lambda s: s.rates[2] == 0.15 == max(
            rate for rate in s.rates if rate < 0.999 * 2 / curvatures(points(s))[1]
        ) and excess(s.runs[2].loss[-1], SHOES_LEAST) < excess(s.runs[3].loss[-1], SHOES_LEAST)),
    ],
    # Across the floor of (x²y² - 1)²/8 at (x, 1/x) the curvature is x² + 1/x².
    "edge_of_stability": [
        ("overshoots and the swings grow", lambda s: all(
            (np.diff(np.abs(s.runs[1].at.prod(axis=0) - 1)[side:10:2]) > 0).all() for side in (1, 2)
        ) and (s.runs[1].at[0][2:10] ** 2 + s.runs[1].at[0][2:10] ** -2.0 > 2 / 0.25).all()),
        ("they carry the run left to flatter ground", lambda s: (
            s.runs[1].end[0] < s.runs[0].end[0] and np.hypot(*s.runs[1].end) ** 2 < 8 < np.hypot(*s.runs[0].end) ** 2
        )),
    ],
    "deck_stop_rule": [("Whatever the gradient, Adam's first step is a little shorter than its rate, 0.001", lambda s: all(
        0 < 0.001 - parts(s.with_changes(start=start)[3], 1).max() < 1e-7 for start in ([0, 0], [1, 0], [3, -2], [-40, 9])
    ))],
    "flat_ground": [
        ("its steps here are 0.10 to 0.15 in each parameter", lambda s: (
            parts(s.runs[2], 15).min() > 0.095 and parts(s.runs[2], 15).max() < 0.155
        )),
        ("Adam's about 0.1", lambda s: parts(s.runs[3], 15) == pytest.approx(0.1, rel=0.05)),
        # Gradient descent shrinks with the gradient.
        ("however small that is", lambda s: parts(s.runs[0], 15).max() < 0.005),
    ],
    "nearest_valley": [("from here all four are led into the same valley", lambda s: all(
        r.ends_near(-0.995, 0.995) for r in s.runs
    ) and all(r.ends_near(0, 0) for r in s.with_changes(start=[0.3, -0.2])))],
    "start_left": [
        ("the gradient leads further left", lambda s: all(
            r.gradient[0][0] > 0 and (r.at[0] < 0).all() for r in s.runs
        )),
        ("from so near it no run, not even the ball, gathers enough speed to come back over", lambda s: [
            r.ends_near(2, 0) for r in s.with_changes(start=[-2.2, 1.5])
        ] == [False, True, False, False]),
    ],
    "start_right": [("the gradient leads further right, and that is all Adam knows", lambda s: (
        s.runs[3].gradient[0][0] < 0 and (s.runs[3].at[0] > 0).all()
        and PRESETS["start_left"].plan.runs[3].whole().gradient[0][0] > 0
    ))],
    "large_then_small": [("Large steps leap over the holes", lambda s: (
        # Holes are a unit apart; a step of the falling rate is at first longer than half of that.
        s.runs[2].step_size[:100].max() > 1 > 0.05 > s.runs[2].step_size[-20:].max() and s.runs[1].loss[-1] > 1
    ))],
    "warm_up": [("0.16 times its gradient is a step across the deep valley and over the ridge; the warm-up begins with a tenth",
        lambda s: (
            s.runs[0].at[0][1] < 0 < 2 < s.runs[0].at[0][0]
            and s.runs[1].step_size[0] == pytest.approx(0.1 * s.runs[0].step_size[0], rel=0.01)
        ))],
    "clipping": [("one step leads past the other cliff; the ground beyond leads back to it", lambda s: [
        [2 < abs(x[k]) < 2.5 < abs(x[k + 1]) and x[k] * x[k + 1] < 0 for k in np.flatnonzero(s.runs[0].step_size > 5)]
        for x in [s.runs[0].at[0]]
    ] == [[True] * 4] and all(
        (np.diff(np.abs(s.runs[0].at[0]))[s.runs[0].step_size < 5] < 0).tolist()
    ))],
    # The smaller of the two curvatures, of 2 X'X/n.
    "units_raw": [("1,000 steps leave nearly half the way", lambda _: (
        0.45 < (1 - 0.0036 * curvatures(CARS)[0]) ** 1000 < 0.5
    ))],
    "units_standard": [("the curvature is 2 in every direction, so one rate suits all: at 0.3 each step leaves four tenths", lambda s: (
        curvatures(STANDARDIZED) == pytest.approx([2, 2])
        and s.runs[0].step_size[1:6] / s.runs[0].step_size[:5] == pytest.approx(0.4)
    ))],
    "one_some_all": [("The gradient of one sample is on average that of all", lambda s: (
        np.mean([2 * (x * w + b - y) * np.array([x, 1]) for x, y in standard_cars()
                 for w, b in [s.preset.spec["start"]]], axis=0)
        == pytest.approx(s.runs[2].gradient[:, 0], rel=1e-6)
    ))],
    "batch_size": [("an n-th of the variance of one, and at a small rate the loss stays above the least in proportion", lambda _: (
        [expected_rattle(0.05, n) * n for n in (1, 4, 16)] == pytest.approx([expected_rattle(0.05, 1)] * 3)
    ))],
    "schedule_calms": [("is multiplied by the rate: at a constant rate the errors keep coming, with a falling one they fade", lambda s: (
        # The gradients of the samples stay as they are, the steps do not.
        np.median(np.hypot(*s.runs[1].gradient)[-100:]) > 0.5 * np.median(np.hypot(*s.runs[0].gradient)[-100:])
        and s.runs[1].step_size[-50:].max() < 0.1 * np.median(s.runs[0].step_size[-50:])
    ))],
    "ravine_zigzag": [
        ("tolerates rates beyond descent's 2/λ, λ the curvature", lambda s: min(s.rates[1:]) > 2 / 100 > s.rates[0] and (
            s.again([("gd", s.rates[1])])[0].loss[-1] > 1e6
        )),
        ("by √0.8 a step, not √0.9", lambda s: [shrink(r.at[1]) for r in s.runs[1:]] == pytest.approx([0.9**0.5, 0.8**0.5], rel=1e-3)),
    ],
    # Its step is lr (β² m + (1 + β) g), where the ball's is lr (β m + g).
    "nesterov_looks_ahead": [("counts the new gradient nearly twice", lambda s: (
        s.runs[1].step_size[0] == pytest.approx(1.9 * s.runs[0].step_size[0])
        and shrink(across(s.runs[1])) < 0.75 * shrink(across(s.runs[0]))
    ))],
    "too_much_beta": [("swings shrink by √beta a step; less is better until it only just swings: (1 − √(lr λ))² = 0.64, λ = 2 along x", lambda _: (
        pytest.approx(0.64) == (1 - (0.02 * 2) ** 0.5) ** 2
        and [abs(np.roots([1, 0.04 - 1 - beta, beta])).max() for beta in (0.65, 0.7, 0.98)]
        == pytest.approx([0.65**0.5, 0.7**0.5, 0.98**0.5]) and abs(np.roots([1, 0.04 - 1.6, 0.6])).max() > 0.86
    ))],
    "rolls_over": [("keeps nine tenths of each step", lambda s: keeps(s.runs[1], 0.012) and (
        s.again([("heavy_ball", 0.03, {"beta": 0.75})])[0].ends_near(-1, 0)
    ))],
    "rolls_past": [("with nine tenths of each step kept, the ball at this rate climbs out", lambda s: (
        keeps(s.runs[1], 0.012) and s.again([("heavy_ball", 0.12, {"beta": 0})])[0].ends_near(2, 0)
    ))],
    "banana_bend": [("seven times descent's rate; and along it the larger rate is what counts", lambda s: (
        round(s.rates[1] / s.rates[0]) == 7 and s.again([("momentum", s.rates[0])])[0].steps > 0.95 * s.runs[0].steps
    ))],
    "axes_aligned": [("begin with steps of one length", lambda s: parts(s.runs[1], 1).ravel() == pytest.approx([2.5, 2.5]))],
    "axes_turned": [("turned, both meet the steep wall", lambda s: (
        # In the turned ravine the steep direction is (1, -2), so its gradient is in both.
        0.4 < abs(s.runs[1].gradient[0][1] / s.runs[1].gradient[1][1]) < 0.6
        and (s.runs[0].steps, len(PRESETS["axes_aligned"].plan.runs[0].whole()) - 1) == (121, 121)
    ))],
    "adagrad_remembers": [("those of the wall keep its rate small for good; RMSProp's average has forgotten them", lambda s: (
        (np.cumsum(s.runs[0].gradient[1] ** 2)[50] > 0.9 * (s.runs[0].gradient[1] ** 2).sum()) and 0.9**100 < 1e-4
    ))],
    "rare_feature": [("rate for it stays large, while the intercept's, with a gradient at each step, falls", lambda s: (
        own_rates(s, 1)[0] > 2 * own_rates(s, 1)[1] and (s.runs[1].gradient[1] != 0).all()
        and (s.runs[1].gradient[0] != 0).sum() == 20
    ))],
    "rate_that_rises": [("its own rate rises past 2/curvature, and the steps grow", lambda s: (
        # The average has a tenth of each new square; the curvature is 4 across the bowl.
        (rates := 0.05 / (np.sqrt(fading(s.runs[1].gradient[1] ** 2, 0.9)) + 1e-8))[:60].max() < 0.5 < rates[100:140].max()
        and s.runs[1].step_size[110:132].argmax() > 15
    ))],
    "saddle_escape": [("a step makes that only 1.05 times as large, and it must grow 5,000-fold", lambda s: (
        s.runs[0].at[1][1:20] / s.runs[0].at[1][:19] == pytest.approx(1.05, rel=1e-4) and pytest.approx(0.5) == 0.0001 * 5000
    ))],
    "adam_in_a_ravine": [("unturned, scaling alone takes 103", lambda s: s.with_changes(
        problem={"surface": "ravine"}, start=[-4, 1], optimizers=s.preset.spec["optimizers"][2:3]
    )[0].settled(0.01) == 103)],
    "adam_on_the_flat": [("its first step is 0.08 long in each parameter; an average of tiny gradients stays tiny", lambda s: (
        parts(s.runs[2], 1).ravel() == pytest.approx([0.08, 0.08], rel=1e-3) and np.hypot(*s.runs[1].gradient)[:3].max() < 0.005
    ))],
    # m is 0.1 g, and v 0.001 g².
    "bias_correction": [("Both averages begin at 0, and v's root lags behind m, a third of its size at first", lambda s: (
        pytest.approx(0.316, abs=1e-3) == 0.001**0.5 / 0.1
        and s.runs[0].step_size[0] / s.runs[1].step_size[0] == pytest.approx(0.1 / 0.001**0.5, rel=1e-6)
    ))],
    "weight_decay": [("rests where curvature times the distance from the minimum equals decay times w", lambda s: (
        np.array([1, 100]) * (2 - s.runs[1].end) == pytest.approx(0.25 * s.runs[1].end, abs=1e-3)
    ))],
    "gd_wins": [("with beta 0.9 what is left shrinks by √0.9 a step at best", lambda _: min(
        abs(np.roots([1, pull - 1.9, 0.9])).max() for pull in np.linspace(1e-3, 3.8, 500)
    ) == pytest.approx(0.9**0.5))],
    "creeps_and_swings": [("r² − (1.7 − rate × curvature) r + 0.7 = 0: real along the ravine, complex across", lambda _: [
        bool(np.isreal(np.roots([1, 0.018 * curvature - 1.7, 0.7])).all()) for curvature in (1, 100)
    ] == [True, False])],
    "swings_flatten": [("each swing across is wider than the last, and wide swings carry it to where the floor is flatter", lambda s: (
        (np.diff(np.abs(1 - s.runs[0].at.prod(axis=0))[1:7]) > 0).all()
        and np.hypot(*s.runs[0].end) < np.hypot(*s.runs[0].at[:, 0])
    ))],
    "adams_edge": [("As gradients fade, so does √v", lambda s: (
        np.sqrt(fading(s.runs[0].gradient[1] ** 2, 0.999))[[100, 1000, 2400]] == pytest.approx(
            np.sqrt(fading(s.runs[0].gradient[1] ** 2, 0.999))[100] * 0.999 ** (np.array([0, 900, 2300]) / 2), rel=0.1)
    ))],
    "rattle_foretold": [("The data fix how much noise a step adds, rate and curvature how much of it dies away", lambda _: (
        # Were the noise the same everywhere, 10.3 %: a bit less than what is foretold.
        expected_rattle(0.05, 1) == pytest.approx(10.3, abs=0.1)
    ))],
    # Across the ridge of the saddle the curvature is 3 y² - 1.
    "newton_at_a_saddle": [("below 0 across the ridge: that turns its steps round, uphill", lambda s: (
        3 * 0.3**2 - 1 < 0 and s.runs[0].gradient[1][0] * (s.runs[0].at[1][1] - 0.3) > 0
        and np.abs(s.runs[0].gradient[:, -1]).max() < 1e-3
    ))],
    "votes_and_weights": [("a pull three times as hard counts once, and four beat two", lambda s: (
        {*np.abs(s.runs[0].gradient[0])} == {1, 3}
        and np.median(parts(s.runs[0], 600)[0][s.runs[0].gradient[0] == 3])
        < 1.3 * np.median(parts(s.runs[0], 600)[0][s.runs[0].gradient[0] == -1])
    ))],
    "where_starts_end": [("each step keeping nine tenths of the one before, that the ball shoots past nearer valleys", lambda s: (
        keeps(s.runs[0], 0.0005)
        and np.hypot(*(VALLEYS - s.again([("heavy_ball", 0.0005, {"beta": 0})], stop={"max_steps": 3000})[0].end).T).argmin() != 1
    ))],
    "rates_in_turn": [("Each rate removes the distance along one curvature", lambda _: (
        all(abs(ball_by_hand([rate], 0, [1.0], np.array([1 / rate]))[-1]) < 1e-12 for rate in chebyshev())
    )), ("so after all 64 hardly any is left", lambda _: left_at_worst(chebyshev()) < 1e-5)],
}  # fmt: skip
"""Preset -> what is claimed, in the words of its *why*, and how it shows."""
