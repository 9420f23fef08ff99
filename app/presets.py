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


def _runs(problem: Spec, start: tuple[float, ...], *optimizers: Spec, seed: int = 0, **stop: Any) -> Spec:
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
        "Same start, same gradient: plain descent takes the nearest valley, the heavy ball swings past into another, "
        "RMSProp and Adam set off diagonally.",
        _runs(
            _surface("himmelblau"), (1, 5), _run("gd", 0.002), _run("heavy_ball", 0.0015), _run("rmsprop", 0.04),
            _run("adam", 0.2), max_steps=300, min_step_size=0.0001,
        ),
        (-6, 6, -6, 6), core=True,
        more=(
            "The gradient is 18 in x and 370 in y. RMSProp and Adam divide each by its own size, so x and y begin "
            "with steps of one length. The ball without its memory and RMSProp without its division go the way of "
            "plain descent. The valleys are the same for rates of 0.0005 to 0.014 (plain descent), 0.0008 to 0.0025 "
            "(heavy ball), 0.01 to 0.1 (RMSProp) and 0.01 to 1 (Adam), and from starts 0.1 away. All four are equally "
            "deep: this is no race."
        ),
    ),
    Preset(
        "learning_rate_parabola", DESCENT, "Too small, right, for ever, away",
        "On a parabola of curvature λ everything hangs on one number: below 2/λ descent arrives, at 2/λ it bounces "
        "for ever, above it flies off.",
        _runs({"expression": "x**2"}, (-1.5,), *(_run("gd", rate) for rate in (0.05, 0.3, 1, 1.05)), max_steps=30),
        (-3, 3, 0, 6), core=True,
        more=(
            "Here λ is 2. A step multiplies x by 1 - lr λ, which is 0.9, 0.4, -1 and -1.1 for these rates, from any "
            "start. On a parabola of curvature 4 the edge is at 0.5."
        ),
    ),
    Preset(
        "learning_rate_line", DESCENT, "The same on a line through three points",
        "On this line fit the edge 2/λ is 0.1947: a rate of 0.15 goes down at every step, one of 0.21 leaves the map.",
        _runs(SHOES, (1, 0), *(_run("gd", rate) for rate in (0.21, 0.1947, 0.01, 0.15)), max_steps=40),
        (0, 3.4, -1.7, 1.7), core=True,
        more=(
            "λ is the larger of the two curvatures, 10.27 and 0.148: it sets the edge, the smaller one the pace. "
            "After 40 steps 0.15 is 20 % above the least loss and 0.01 still 110 %; to come within 1 % they take 108 "
            "and 1,626 steps, and 0.185, near the best rate, takes 87. At the edge itself the loss neither falls nor "
            "rises. The edge is the same from every start; with the features centred it is 1/3."
        ),
    ),
    Preset(
        "deck_stop_rule", DESCENT, "Small steps are not arrival",
        "By the deck's rule, stop once every step is below 0.001, plain descent ends 269 % above the least loss at "
        "rate 0.001, Adam after one step.",
        _runs(
            SHOES, (1, 0), _run("gd", 0.001), _run("gd", 0.01), _run("gd", 0.1), _run("adam", 0.001),
            max_steps=1000, min_step_size=0.001, small="step",
        ),
        (0.8, 2.3, -0.6, 0.9), core=True,
        more=(
            "A step is the rate times the gradient, so a small rate makes small steps anywhere: at 0.001, 0.01 and "
            "0.1 plain descent stops 269 %, 97 % and 1 % above, after 129, 81 and 163 steps, and ever lower at rates "
            "from 0.0004 to 0.19. Adam's first step is a little less than its rate, here its default; at 0.0011 it "
            "would go on. The page's own rule also watches the rate times the gradient: under it Adam goes on to step "
            "347, 267 % above, and plain descent stops where it does here. At rate 0.01 the rule must be 0.0001 to "
            "come within 1 %."
        ),
    ),
    Preset(
        "flat_ground", DESCENT, "Flat is not the bottom",
        "On the flat, plain descent's steps are tiny: 183 of its 193 go there. RMSProp and Adam, which divide by "
        "the gradient, cross in 15 and 18.",
        _runs(
            _surface("plateau"), (-4.5, 3.5), _run("gd", 1.5), _run("heavy_ball", 0.3), _run("rmsprop", 0.05),
            _run("adam", 0.1), max_steps=400, target_loss=0.001,
        ),
        (-6, 6, -6, 6), core=True,
        more=(
            "It is flat where the loss is above 0.9. Plain descent runs at its textbook rate 1/λ = 1.5, λ being the "
            "curvature at the bottom; at no rate below 2/λ = 3 does it cross in less than 90 steps. For RMSProp and "
            "Adam the distance and the rate count, not the gradient: at 0.01 they take 134 and 113 steps, at 0.2 3 "
            "and 10, at their default 0.001 1,692 and 931. From (-5, 4), where it is flatter still, plain descent "
            "takes 1,043 steps, RMSProp 21 and Adam 23."
        ),
    ),
    Preset(
        "nearest_valley", DESCENT, "Nobody sees over the next hill",
        "Four optimizers, one fate: the nearest valley, of loss 17.9; the best is 0.",
        _runs(
            _surface("rastrigin"), (-3.3, 2.8), _run("gd", 0.002), _run("heavy_ball", 0.002), _run("rmsprop", 0.05),
            _run("adam", 0.2), max_steps=300, min_step_size=0.0001,
        ),
        (-5.12, 5.12, -5.12, 5.12),
        more=(
            "A gradient knows the place it is taken at, nothing beyond: from (0.3, -0.2) all four end in the lowest "
            "valley. RMSProp rattles on in its valley, to end at 18.15. The valley is the same for rates of 0.001 to "
            "0.004 (plain descent), 0.0003 to 0.005 (heavy ball), 0.01 to 0.1 (RMSProp) and 0.03 to 0.5 (Adam), and "
            "from starts 0.2 away."
        ),
    ),
    Preset(
        "large_then_small", DESCENT, "Start large, diminish",
        "A small rate stays in the first hole, of loss 9.0, a large one never rests, a large one that falls to zero "
        "finds the bottom.",
        _runs(
            _surface("ackley"), (-3.3, 2.7), _run("gd", 0.03), _run("gd", 0.13),
            _run("gd", 0.13, schedule={"name": "linear", "steps": 400}), max_steps=400,
        ),
        (-5, 5, -5, 5),
        more=(
            "No noise is needed: the large steps leap over the holes, and as they shrink the path comes to rest in "
            "the widest, the middle. Rates of 0.12 to 0.3 that fall to 0 over 400 steps find it from here; at 0.13 "
            "they do from nearly every start on the map, and a constant 0.13 or 0.03 from hardly any."
        ),
    ),
    Preset(
        "units_raw", DESCENT, "Raw numbers make a ravine",
        "Speeds in miles an hour, far from 0: a condition number of 2,572, and 1,000 steps still end 3 % above the "
        "least loss.",
        _runs(CARS, (0, 0), _run("gd", 0.0036), max_steps=1000),
        (-18, 26, -30, 14),
        more=(
            "Where 0 lies counts as much as the unit: centring the speeds alone leaves a condition number of 27, "
            "scaling them alone 112, and no unit of speed gets below 36; both together give 1. The feet of the target "
            "change nothing in it. The rate is just below the edge 2/λ = 0.00377, and no other ends lower."
        ),
    ),
    Preset(
        "units_standard", DESCENT, "The same cars, standardised",
        "The same line at the start, both columns standardised: the ravine is a round bowl, and 4 steps come within 1 "
        "% of the least loss.",
        _runs(CARS_STANDARDIZED, (0, -1.685), _run("gd", 0.3), max_steps=30, min_step_size=1e-06),
        CARS_WINDOW,
        more=(
            "Centring makes slope and intercept independent, scaling gives both the curvature 2. Any rate from 0.2 to "
            "0.8 takes 7 steps at most, and 1/λ = 0.5 a single one, from any start."
        ),
    ),
    Preset(
        "one_some_all", STOCHASTIC, "Pay per sample",
        "Same small rate, some 25 steps to the valley each, but 22, 250 and 1,250 samples; the cheap steps never come "
        "to rest.",
        _runs(
            CARS_STANDARDIZED, (-1, 1.5), _run("sgd", 0.05), _run("mini_batch", 0.05, batch_size=10), _run("gd", 0.05),
            seed=3, max_steps=250,
        ),
        CARS_WINDOW, core=True, look_at="loss", count="samples",
        more=(
            "On average each step follows the same gradient, so equally many steps get equally far, at rates from "
            "0.02 to 0.1 and for any batch; 22 is the luck of this seed, and the median of 20 seeds is 25. Each at a "
            "rate that suits it, 0.1, 0.4 and 0.5, they take about 14, 30 and 50 samples: the gradient of all the "
            "data stands larger steps, here even a single one."
        ),
    ),
    Preset(
        "schedule_calms", STOCHASTIC, "A falling rate calms the noise",
        "One sample a step: a constant rate rattles some 14 % above the least loss; falling by 1 % a step it comes to "
        "rest, mostly within 0.01 %.",
        _runs(
            CARS_STANDARDIZED, (-1, 1.5), _run("sgd", 0.1),
            _run("sgd", 0.1, schedule={"name": "exponential", "decay": 0.99}), seed=3, max_steps=500,
        ),
        CARS_WINDOW, core=True, look_at="loss",
        more=(
            "Of 60 seeds the median ends 0.004 % above the least loss and the worst 0.025 %; at the constant rate "
            "they rattle 11 to 21 % above. Such rates add up to 10 at most, so a run comes to rest wherever it has "
            "got to: falling by 10 % a step they add up to 1, and the median of 20 seeds freezes 21 % above."
        ),
    ),
    Preset(
        "ravine_zigzag", MOMENTUM, "Momentum stands a larger rate",
        "Averaged momentum is stable far beyond the rate at which plain descent flies off: 241 steps become 64, or 33 "
        "with beta 0.8.",
        _runs(
            _surface("ravine"), (-4, 1), _run("gd", 0.019), _run("momentum", 0.04), _run("momentum", 0.08, beta=0.8),
            max_steps=300, target_loss=0.0008,
        ),
        (-4.8, 1.2, -3, 3), core=True,
        more=(
            "Steps to loss 0.0008. Plain descent is stable to 2/λ = 0.02, averaged momentum to 2 (1 + beta)/(1 - "
            "beta)/λ = 0.38; it swings across the ravine as well, and at descent's own rate, 0.019, it takes 200 "
            "steps. At 0.04 both its directions shrink by √beta = 0.949 a step (0.894 with beta 0.8), the slow one of "
            "descent by 0.981. From 0.04 to 0.3 it takes at most 104 steps. To stay below that loss takes 106 steps, "
            "or 52 with beta 0.8."
        ),
    ),
    Preset(
        "nesterov_looks_ahead", MOMENTUM, "Look before you swing",
        "Same rate, same beta: on the second swing across the valley the heavy ball still goes 0.71 out, Nesterov "
        "0.08.",
        _runs(
            _surface("rotated_ravine"), (-3.1, -2.7), _run("heavy_ball", 0.005), _run("nesterov", 0.005), max_steps=100
        ),
        (-4.2, 0.8, -3.5, 1.5),
        more=(
            "The first swings are 0.87 and 0.42. The gradient counted once more damps what is strongly curved: across "
            "the valley Nesterov's swing shrinks by √(beta (1 - lr λ)) = 0.67 a step, the ball's by √beta = 0.949 at "
            "any rate. To stay below loss 0.08 takes 38 steps against 64, and less than the ball's for rates from "
            "0.004 to 0.013; at 0.002 both creep along the floor alike, and above 0.0136 Nesterov diverges, the ball "
            "above 0.038."
        ),
    ),
    Preset(
        "rolls_over", MOMENTUM, "Momentum carries through the small valley",
        "The heavy ball rolls through the shallow valley into the deep one; plain descent, RMSProp and Adam stay in "
        "the first.",
        _runs(
            _surface("two_wells"), (-2.2, 1.5), _run("gd", 0.05), _run("heavy_ball", 0.02), _run("rmsprop", 0.05),
            _run("adam", 0.05), max_steps=200, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5), core=True,
        more=(
            "The ball does so for rates from 0.006 to 0.1, from x below -1.8; the others stay for rates from 0.005 to "
            "0.15. It is its memory: with beta 0.8 or less it stays too, and so it does at rate 0.005, a tenth of "
            "theirs, at which its steps under a steady gradient are as long as descent's. Long steps alone can do it "
            "as well: plain descent jumps over at 0.25."
        ),
    ),
    Preset(
        "rolls_past", MOMENTUM, "And out of the deep one",
        "From the other side the same ball rolls out of the deep valley into the shallow one, while plain descent "
        "stays.",
        _runs(
            _surface("two_wells"), (3.4, 1.5), _run("gd", 0.05), _run("heavy_ball", 0.02),
            max_steps=200, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5),
        more=(
            "The speed that helped there does harm here, but only at rates from 0.01 to 0.029 and from x between 3.2 "
            "and 3.6: from 0.03 to 0.09 the ball swings back and stays in the deep valley. Again it is the memory: "
            "with beta 0.85 or less, or 0.95, it stays."
        ),
    ),
    Preset(
        "banana_bend", MOMENTUM, "Round the bend",
        "Each near its best safe rate: plain descent needs 2,038 steps round the bend, Adam 1,533, momentum 182.",
        _runs(
            _surface("rosenbrock"), (-1.2, 1), _run("gd", 0.0019), _run("momentum", 0.014), _run("adam", 0.02),
            max_steps=3000, target_loss=0.01,
        ),
        (-1.8, 1.8, -1.2, 2.4),
        more=(
            "Steps to loss 0.01. A rate is safe if the loss then stays below that for 6,000 steps: Adam at 0.15 is "
            "there after 423 steps and thrown out again later, plain descent likewise above 2/λ = 0.002. What helps "
            "momentum is the larger rate: at 0.0019, the rate of descent, it takes 2,011. Plain descent takes 2,608 "
            "to 1,923 steps at rates from 0.0015 to 0.002, momentum 421 to 182 from 0.008 to 0.016. From starts 0.1 "
            "away the order is the same."
        ),
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
        more=(
            "Steps to loss 0.08. AdaGrad divides each parameter by its own gradients, so a ravine along an axis is "
            "none to it; with an eps so large that nothing is divided it takes 121 steps too. It takes at most 18 for "
            "rates from 0.8 to 5, plain descent at least 115 at any rate, Adam 48 at 0.1."
        ),
    ),
    Preset(
        "axes_turned", ADAPTIVE, "And only the axes",
        "Turn the ravine by 27 degrees: plain descent does not notice, with 121 steps again; AdaGrad goes from 5 "
        "steps to 130.",
        _runs(
            _surface("rotated_ravine"), (-3.1305, -2.6833), _run("gd", 0.019), _run("adagrad", 1.25), _run("adam", 0.1),
            max_steps=300, target_loss=0.08,
        ),
        (-5, 1, -4, 2), core=True,
        more=(
            "Turned, both parameters see the steep wall, and a rate for each can no longer tell along from across. "
            "AdaGrad takes at least 125 steps at any rate. Adam goes from 48 to 226 at rate 0.1, and takes 51 at "
            "0.68. At 45 degrees AdaGrad needs 172."
        ),
    ),
    Preset(
        "adagrad_remembers", ADAPTIVE, "A rate that only falls",
        "AdaGrad never forgets the steep wall it starts on: after 1,000 steps it is at loss 0.41 at its best rate, "
        "RMSProp at 0.07.",
        _runs(
            _surface("rosenbrock"), (-0.5, 3), _run("adagrad", 0.1), _run("adagrad", 1.2), _run("rmsprop", 0.01),
            max_steps=1000,
        ),
        (-2.5, 2.5, -1, 4), core=True,
        more=(
            "Its first five steps make up 99.7 % of all that it ever adds up. Its best rate, 1.2, is sharp: at 0.5 it "
            "ends at 4.1, at 2 at 1.5. RMSProp ends below 0.11 for rates from 0.006 to 0.012. Without the wall, from "
            "(-0.5, 0.3), both end at 0.03. From starts 0.1 away RMSProp is lower, too; from (0.5, 3) it is not, as "
            "AdaGrad's first steps take it to a good place."
        ),
    ),
    Preset(
        "rate_that_rises", ADAPTIVE, "And one that rises again",
        "RMSProp's own rate rises as the gradient shrinks: far below the chart's floor it kicks itself out again, to "
        "0.017; AdaGrad's only falls.",
        _runs(_surface("bowl"), (-2.5, 2), _run("adagrad", 0.5), _run("rmsprop", 0.05), max_steps=200),
        (-3, 3, -3, 3), core=True, look_at="loss",
        more=(
            "RMSProp is below the floor, 1e-16, from step 93 on, at 1e-38 at step 105, then out at 0.017, and rattles "
            "at 0.0019 in the end, three quarters of its squared rate. It goes out because lr/√(eps + v) has passed "
            "2/λ = 0.5: with eps 0.01, which bounds it there, nothing of the kind happens. Rates "
            "from 0.02 to 0.5 end alike; at 0.01 it turns at 5e-13 already. AdaGrad keeps what it has, at rates from "
            "0.1 to 2."
        ),
    ),
    Preset(
        "saddle_escape", ADAPTIVE, "Who gets off the saddle",
        "All at rate 0.05 from 0.0001 beside the ridge: plain descent leaves after 178 steps, Adam, whose first step "
        "is never small, after 11.",
        _runs(
            _surface("saddle"), (-1.6, 0.0001), _run("gd", 0.05), _run("heavy_ball", 0.05), _run("rmsprop", 0.05),
            _run("adam", 0.05), max_steps=300, min_step_size=1e-05,
        ),
        (-2, 2, -2, 2), core=True,
        more=(
            "Left is more than 0.5 beside it. There the gradient is as small as the distance, so plain descent "
            "multiplies that by 1 + lr a step, which takes some ln(0.5/0.0001)/ln(1 + lr) = 175 steps; the ball's "
            "factor is larger, and it takes 50. RMSProp takes 5. From 0.000001 they take 272, 75, 5 and 11. The rate "
            "counts as well: plain descent leaves after 22 steps at 0.5, and at their default, 0.001, RMSProp after "
            "461 and Adam after 329. On the ridge itself nobody leaves."
        ),
    ),
    Preset(
        "bias_correction", ADAM, "Without the correction Adam starts too fast",
        "Without the correction Adam's first step is 3.2 times as long and the fourth 5.1 times: it overshoots to x = "
        "1.27 instead of 0.22.",
        _runs(_surface("bowl"), (-2.5, 2), _run("adam", 0.1), _run("adam", 0.1, form="uncorrected"), max_steps=120),
        (-3, 3, -3, 3), core=True,
        more=(
            "The first is (1 - beta1)/√(1 - beta2) = 3.16 times as long at any rate and from any start; with beta2 at "
            "0.99 it would be right. The fourth is 0.72 instead of 0.14. It overshoots further at rates from 0.01 to "
            "0.5. To stay below loss 0.001 takes both about as long, 88 and 89 steps."
        ),
    ),
    Preset(
        "gd_wins", ADAM, "Plain descent wins on a round bowl",
        "On a round bowl plain descent is done in 12 steps; the heavy ball and Adam, with a beta of 0.9, still swing "
        "after 150.",
        _runs(
            {"expression": "x**2 + y**2"}, (-2.5, 1), _run("gd", 0.3), _run("heavy_ball", 0.1),
            _run("rmsprop", 0.1), _run("adam", 0.1), max_steps=200, min_step_size=0.0001,
        ),
        (-3, 3, -3, 3), core=True,
        more=(
            "Done is when every step is below 0.0001. On a bowl as curved one way as the other no direction is slow, "
            "so a memory has nothing to make up for; it costs, as with beta 0.9 what is left shrinks by √0.9 = 0.949 "
            "a step at best, at any rate. With beta 0.1 the ball is done in 9 steps at rate 0.3. From 0.05 to 0.6 "
            "plain descent takes at most 76 steps, the ball and Adam at least 150."
        ),
    ),
)  # fmt: skip

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _PRESETS}
