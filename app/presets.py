"""Scenes that each show one thing, with a sentence that is true of the runs they open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Window = tuple[float, float, float, float]
Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Preset:
    """One scene.

    Args:
        name: permanent, snake_case.
        group: the chapter of a course it belongs to.
        title: a few words; sentence: what is to be seen, every number of it true of the runs.
        more: the same in numbers, its cause, and the rates and starts for which it holds.
        spec: the runs, as the API takes them.
        window: the map, x from and to, then y; for a curve the loss from and to.
        core: whether it belongs to the short list.
        look_at: where the point is seen: on the map or in the loss chart.
        count: what the loss chart counts: steps, or samples seen on a logarithmic axis.
    """

    name: str
    group: str
    title: str
    sentence: str
    more: str = field(default="", kw_only=True)
    spec: Spec
    window: Window
    core: bool = False
    look_at: Literal["map", "loss"] = "map"
    count: Literal["steps", "samples"] = "steps"


def _runs(problem: Spec, start: tuple[float, ...], *optimizers: Spec, seed: int = 0, **stop: float) -> Spec:
    return {"problem": problem, "start": list(start), "optimizers": list(optimizers), "stop": stop, "seed": seed}


def _run(name: str, learning_rate: float, **more: Any) -> Spec:
    return {"name": name, "learning_rate": learning_rate, **more}


def _surface(name: str) -> Spec:
    return {"surface": name}


FIRST, DESCENT, STOCHASTIC = "First look", "Gradient descent", "One sample, some, all"
MOMENTUM, ADAPTIVE, ADAM = "Momentum", "AdaGrad and RMSProp", "Adam"
SHOES = {"points": [[0.6, 1.1], [0.8, 1.2], [1.1, 2.1]], "loss": "ssr"}
CARS = {"dataset": "stopping_distance", "loss": "mse"}
CARS_STANDARDIZED = {**CARS, "standardize": True}
CARS_WINDOW = (-1.8, 2.2, -2, 2)

_PRESETS = (
    Preset(
        "opening", FIRST, "Four ways down one hill",
        "Same start, same gradient: plain descent turns into the nearest valley, the heavy ball swings past it into "
        "another, RMSProp and Adam set off sideways, because they give the small gradient in x (18) as much say as "
        "the large one in y (370).",
        _runs(
            _surface("himmelblau"), (1, 5), _run("gd", 0.002), _run("heavy_ball", 0.0015), _run("rmsprop", 0.04),
            _run("adam", 0.2), max_steps=300, min_step_size=0.0001,
        ),
        (-6, 6, -6, 6), core=True,
    ),
    Preset(
        "learning_rate_parabola", DESCENT, "Too small, right, for ever, away",
        "On a parabola of curvature L everything hangs on one number: below 2/L descent arrives, at 2/L it bounces for "
        "ever, above it flies off. Here L is 2.",
        _runs({"expression": "x**2"}, (-1.5,), *(_run("gd", rate) for rate in (0.05, 0.3, 1, 1.05)), max_steps=30),
        (-3, 3, 0, 6), core=True,
    ),
    Preset(
        "learning_rate_line", DESCENT, "The same on a line through three points",
        "Here 2/L is 0.1947: a rate of 0.15 is fine, 0.21 leaves the map.",
        _runs(SHOES, (1, 0), *(_run("gd", rate) for rate in (0.21, 0.1947, 0.01, 0.15)), max_steps=40),
        (0, 3.4, -1.7, 1.7), core=True,
    ),
    Preset(
        "deck_stop_rule", DESCENT, "Small steps are not arrival",
        "Every run stopped because its steps fell below 0.001, and the smaller the rate, the further from the minimum: "
        "269 %, 97 % and 1 % above the least loss. Adam's first step, at its default rate, is below 0.001 already.",
        _runs(
            SHOES, (1, 0), _run("gd", 0.001), _run("gd", 0.01), _run("gd", 0.1), _run("adam", 0.001),
            max_steps=1000, min_step_size=0.001,
        ),
        (0.8, 2.3, -0.6, 0.9), core=True,
    ),
    Preset(
        "flat_ground", DESCENT, "Flat is not the bottom",
        "At its textbook rate 1/L plain descent spends 183 of its 193 steps on the flat; RMSProp and Adam, which "
        "divide by the gradient, are across in 15 and 18.",
        _runs(
            _surface("plateau"), (-4.5, 3.5), _run("gd", 1.5), _run("heavy_ball", 0.3), _run("rmsprop", 0.05),
            _run("adam", 0.1), max_steps=400, target_loss=0.001,
        ),
        (-6, 6, -6, 6), core=True,
    ),
    Preset(
        "nearest_valley", DESCENT, "Nobody sees over the next hill",
        "Four optimizers, one fate: the nearest valley (loss 17.9); the best is 0.",
        _runs(
            _surface("rastrigin"), (-3.3, 2.8), _run("gd", 0.002), _run("heavy_ball", 0.002), _run("rmsprop", 0.05),
            _run("adam", 0.2), max_steps=300, min_step_size=0.0001,
        ),
        (-5.12, 5.12, -5.12, 5.12),
    ),
    Preset(
        "large_then_small", DESCENT, "Start large, diminish",
        "A small rate stays in the first hole (loss 9.0), a large one never rests, a large one that falls to zero "
        "finds the bottom: no noise needed.",
        _runs(
            _surface("ackley"), (-3.3, 2.7), _run("gd", 0.03), _run("gd", 0.13),
            _run("gd", 0.13, schedule={"name": "linear", "steps": 400}), max_steps=400,
        ),
        (-5, 5, -5, 5),
    ),
    Preset(
        "units_raw", DESCENT, "The units make the ravine",
        "Miles and feet as they are: a condition number of 2,572, and 1,000 steps still end 3 % above the least loss.",
        _runs(CARS, (0, 0), _run("gd", 0.0036), max_steps=1000),
        (-18, 26, -30, 14),
    ),
    Preset(
        "units_standard", DESCENT, "The same cars, standardised",
        "The same line at the start, both columns scaled: the ravine is a round bowl, and 4 steps are enough.",
        _runs(CARS_STANDARDIZED, (0, -1.685), _run("gd", 0.3), max_steps=30, min_step_size=1e-06),
        CARS_WINDOW,
    ),
    Preset(
        "one_some_all", STOCHASTIC, "Pay per sample",
        "Same rate, some 25 steps to the valley each, but 22, 250 and 1,250 samples; the price of the cheap steps is a "
        "path that never comes to rest.",
        _runs(
            CARS_STANDARDIZED, (-1, 1.5), _run("sgd", 0.05), _run("mini_batch", 0.05, batch_size=10), _run("gd", 0.05),
            seed=3, max_steps=250,
        ),
        CARS_WINDOW, core=True, look_at="loss", count="samples",
    ),
    Preset(
        "schedule_calms", STOCHASTIC, "A falling rate calms the noise",
        "One sample a step: a constant rate rattles some 14 % above the least loss for ever, the same rate falling by "
        "1 % a step comes to rest within 0.001 %.",
        _runs(
            CARS_STANDARDIZED, (-1, 1.5), _run("sgd", 0.1),
            _run("sgd", 0.1, schedule={"name": "exponential", "decay": 0.99}), seed=3, max_steps=500,
        ),
        CARS_WINDOW, core=True, look_at="loss",
    ),
    Preset(
        "ravine_zigzag", MOMENTUM, "Momentum cancels the zig-zag",
        "Across the ravine the gradient changes sign each step and averages out, along it it adds up: 241 steps become "
        "64, or 33 with beta 0.8.",
        _runs(
            _surface("ravine"), (-4, 1), _run("gd", 0.019), _run("momentum", 0.04), _run("momentum", 0.08, beta=0.8),
            max_steps=300, target_loss=0.0008,
        ),
        (-4.8, 1.2, -3, 3), core=True,
    ),
    Preset(
        "nesterov_looks_ahead", MOMENTUM, "Look before you swing",
        "Same rate, same beta: after five steps the heavy ball still swings 0.71 across the valley, Nesterov 0.08.",
        _runs(
            _surface("rotated_ravine"), (-3.1, -2.7), _run("heavy_ball", 0.005), _run("nesterov", 0.005), max_steps=100
        ),
        (-4.2, 0.8, -3.5, 1.5),
    ),
    Preset(
        "rolls_over", MOMENTUM, "Momentum carries through the small valley",
        "The heavy ball rolls through the shallow valley into the deep one, for any rate from 0.01 to 0.1; plain "
        "descent, RMSProp and Adam stay in the first, for any rate from 0.005 to 0.15.",
        _runs(
            _surface("two_wells"), (-2.2, 1.5), _run("gd", 0.05), _run("heavy_ball", 0.05), _run("rmsprop", 0.05),
            _run("adam", 0.05), max_steps=200, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5), core=True,
    ),
    Preset(
        "rolls_past", MOMENTUM, "And out of the deep one",
        "From the other side the same speed does harm: the heavy ball rolls out of the deep valley into the shallow "
        "one, plain descent stays.",
        _runs(
            _surface("two_wells"), (3.4, 1.5), _run("gd", 0.05), _run("heavy_ball", 0.015),
            max_steps=200, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5),
    ),
    Preset(
        "banana_bend", MOMENTUM, "Round the bend",
        "Each near its best safe rate: plain descent needs 2,038 steps round the bend, Adam 423, momentum 251.",
        _runs(
            _surface("rosenbrock"), (-1.2, 1), _run("gd", 0.0019), _run("momentum", 0.012), _run("adam", 0.15),
            max_steps=3000, target_loss=0.01,
        ),
        (-1.8, 1.8, -1.2, 2.4),
    ),
    Preset(
        "axes_aligned", ADAPTIVE, "Adaptive rates know the axes",
        "Along the axes AdaGrad finds a rate for each parameter and needs 5 steps where plain descent needs 121, each "
        "near its best rate.",
        _runs(
            _surface("ravine"), (-4, 1), _run("gd", 0.019), _run("adagrad", 2.5), _run("adam", 0.1),
            max_steps=300, target_loss=0.08,
        ),
        (-4.8, 1.2, -3, 3), core=True,
    ),
    Preset(
        "axes_turned", ADAPTIVE, "And only the axes",
        "The same ravine turned by 27 degrees: plain descent does not notice (121 steps again), AdaGrad goes from 5 "
        "steps to 130, each near its best rate.",
        _runs(
            _surface("rotated_ravine"), (-3.1305, -2.6833), _run("gd", 0.019), _run("adagrad", 1.25), _run("adam", 0.1),
            max_steps=300, target_loss=0.08,
        ),
        (-5, 1, -4, 2), core=True,
    ),
    Preset(
        "adagrad_remembers", ADAPTIVE, "A rate that only falls",
        "AdaGrad never forgets the steep wall it started on (its first five steps make up 99.7 % of all it ever adds "
        "up): after 1,000 steps it is at loss 0.41 at its best rate, RMSProp at 0.07.",
        _runs(
            _surface("rosenbrock"), (-0.5, 3), _run("adagrad", 0.1), _run("adagrad", 1.2), _run("rmsprop", 0.01),
            max_steps=1000,
        ),
        (-2.5, 2.5, -1, 4), core=True,
    ),
    Preset(
        "rate_that_rises", ADAPTIVE, "And one that rises again",
        "RMSProp's own rate rises as the gradient shrinks: it reaches loss 1e-38, then kicks itself out again to "
        "0.017 and rattles; AdaGrad's only falls and keeps what it has.",
        _runs(_surface("bowl"), (-2.5, 2), _run("adagrad", 0.5), _run("rmsprop", 0.05), max_steps=200),
        (-3, 3, -3, 3), core=True, look_at="loss",
    ),
    Preset(
        "saddle_escape", ADAPTIVE, "Who gets off the saddle",
        "From 0.0001 beside the ridge plain descent and the ball need about 90 steps to leave; RMSProp and Adam, which "
        "see only the sign of so small a gradient, leave in a dozen.",
        _runs(
            _surface("saddle"), (-1.6, 0.0001), _run("gd", 0.1), _run("heavy_ball", 0.02), _run("rmsprop", 0.02),
            _run("adam", 0.05), max_steps=300, min_step_size=1e-05,
        ),
        (-2, 2, -2, 2), core=True,
    ),
    Preset(
        "bias_correction", ADAM, "Without the correction Adam starts too fast",
        "Uncorrected, the first step is 3.2 times as long and the fourth 5.1 times (0.72 instead of 0.14): it "
        "overshoots to x = 1.27 instead of 0.22.",
        _runs(_surface("bowl"), (-2.5, 2), _run("adam", 0.1), _run("adam", 0.1, form="uncorrected"), max_steps=120),
        (-3, 3, -3, 3), core=True,
    ),
    Preset(
        "gd_wins", ADAM, "Plain descent wins on a round bowl",
        "On a well-shaped bowl plain descent is done in 16 steps; momentum 0.9 and Adam still swing after 130 and "
        "RMSProp never settles.",
        _runs(
            {"expression": "x**2 + x*y + y**2"}, (-2.5, 1), _run("gd", 0.5), _run("heavy_ball", 0.1),
            _run("rmsprop", 0.1), _run("adam", 0.1), max_steps=200, min_step_size=0.0001,
        ),
        (-3, 3, -3, 3), core=True,
    ),
)  # fmt: skip

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _PRESETS}
