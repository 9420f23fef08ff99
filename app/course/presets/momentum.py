"""Momentum: what it allows, where it carries, and too much of it."""

import numpy as np

from app.course.presets.declaration import MOMENTUM, Preset, run, runs, surface
from app.course.presets.questions import (
    END_LOSS,
    STEPS,
    ChoiceGuess,
    Control,
    PlaceGuess,
    ProposedChange,
    RunGuess,
    steps_below,
)
from fallline.descent import Block


def _swing(run: Block) -> float:
    """How far beside the floor x = 2y of the turned ravine, summed over all rows."""
    x, y = run.parameters
    return float(np.abs(x - 2 * y).sum())


MOMENTUM_SCENES = (
    Preset(
        "ravine_zigzag", MOMENTUM, "A long, narrow ravine",
        "Averaged momentum stands far higher rates than plain descent: to stay below loss 0.0008 takes 106 steps "
        "instead of 241, or 52 with beta 0.8.",
        runs(
            surface("ravine"), (-4, 1), run("gd", 0.019), run("momentum", 0.04), run("momentum", 0.08, beta=0.8),
            max_steps=300,
        ),
        (-4.8, 1.2, -3, 3), core=True,
        more=(
            "Counted until the loss stays below 0.0008; it is there for the first time after 64 steps, or 33 with beta "
            "0.8. Plain descent is stable to 2/λ = 0.02, averaged momentum to 2 (1 + beta)/(1 - beta)/λ = 0.38; it "
            "swings across the ravine as well, and at descent's own rate, 0.019, it takes 200 steps. At 0.04 both its "
            "directions shrink by √beta = 0.949 a step (0.894 with beta 0.8), the slow one of descent by 0.981. From "
            "0.04 to 0.3 it takes at most 120 steps, descent at least 233 at any rate."
        ),
        question="Which of the three is first to stay below loss 0.0008?",
        ask=(
            "Plain descent runs just below the rate at which it flies off, averaged momentum at twice and four times "
            "that. Choose a run."
        ),
        guess=RunGuess(steps_below(0.0008)),
        change=ProposedChange(
            "Now set momentum's rate 0.04 to 0.019, that of plain descent",
            "it takes 200 steps, not many fewer than plain descent's 241.",
            Control(1, "learning_rate", 0.019),
        ),
    ),
    Preset(
        "nesterov_looks_ahead", MOMENTUM, "Look before you swing",
        "Same rate, same beta: on the second swing across the valley the heavy ball still goes 0.71 out, Nesterov "
        "0.08.",
        runs(
            surface("rotated_ravine"), (-3.1, -2.7), run("heavy_ball", 0.005), run("nesterov", 0.005), max_steps=100
        ),
        (-4.2, 0.8, -3.5, 1.5),
        more=(
            "The first swings are 0.87 and 0.42. The gradient counted once more damps what is strongly curved: across "
            "the valley Nesterov's swing shrinks by √(beta (1 - lr λ)) = 0.67 a step, the ball's by √beta = 0.949 at "
            "any rate. To stay below loss 0.08 takes 38 steps against 64, and less than the ball's for rates from "
            "0.004 to 0.013; at 0.002 both creep along the floor alike, and above 0.0136 Nesterov diverges, the ball "
            "above 0.038."
        ),
        question="Whose swings across the valley die away sooner?",
        ask="Same rate, same beta, one start. Watch how far each goes to either side of the floor. Choose.",
        guess=ChoiceGuess({
            "Those of the heavy ball": lambda runs: _swing(runs[1]) > 1.2 * _swing(runs[0]),
            "Those of Nesterov": lambda runs: _swing(runs[0]) > 1.2 * _swing(runs[1]),
            "Both alike": lambda runs: 1 / 1.2 <= _swing(runs[0]) / _swing(runs[1]) <= 1.2,
        }),
        change=ProposedChange(
            "Now set Nesterov's rate to 0.014",
            "its swings grow until it leaves the map; the ball stands that rate.",
            Control(1, "learning_rate", 0.014),
        ),
    ),
    Preset(
        "too_much_beta", MOMENTUM, "How much momentum",
        "Same rate: 108 steps without momentum, 29 with beta 0.64, 455 with beta 0.98, which still swings long after "
        "it is there.",
        runs(
            surface("bowl"), (-2.5, 2), run("gd", 0.02), run("heavy_ball", 0.02, beta=0.64),
            run("heavy_ball", 0.02, beta=0.98), max_steps=500,
        ),
        (-3, 3, -3, 3),
        more=(
            "Counted until the loss stays below 0.001. Once it swings, the ball shrinks by √beta a step, 0.99 for "
            "0.98, whatever the rate. Along the flat side, of curvature λ = 2, plain descent shrinks by 1 - lr λ = "
            "0.96, so beta above 0.96² = 0.92 is slower than none; in the long run the best is (1 - √(lr λ))² = 0.64, "
            "though 0.68 is here first, after 21 steps. At rate 0.05 these two are 0.81 and 0.47."
        ),
        question="Which beta is first to stay below loss 0.001?",
        ask="Plain descent has none, the heavy ball 0.64 or 0.98, all at one rate. Choose a run.",
        guess=RunGuess(steps_below(0.001)),
        change=ProposedChange(
            "Now set beta 0.98 to 0.9",
            "it takes 82 steps, fewer than the 108 without momentum.",
            Control(2, "beta", 0.9),
        ),
    ),
    Preset(
        "rolls_over", MOMENTUM, "Two valleys on the way",
        "The heavy ball rolls through the shallow valley into the deep one; plain descent, RMSProp and Adam stay in "
        "the first.",
        runs(
            surface("two_wells"), (-2.2, 1.5), run("gd", 0.12), run("heavy_ball", 0.012), run("rmsprop", 0.05),
            run("adam", 0.05), max_steps=200, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5), core=True,
        more=(
            "Under a steady gradient plain descent's steps are as long as the ball's, and it stays: it is the memory. "
            "With beta 0.75 or less and steps as long, at rate 0.12 (1 - beta), the ball stays too. It crosses at "
            "rates from 0.006 to 0.1; the others stay at rates from 0.005 to 0.15. From x between -2.7 and -1.95 both "
            "do as here. Long steps alone can do it as well: from 0.2 on descent leaps over, too."
        ),
        question="Which of the four reaches the deep valley?",
        ask="All set off on the left, and come to the shallow valley first. One of them gets through. Choose a run.",
        guess=RunGuess(END_LOSS),
        change=ProposedChange(
            "Now set the heavy ball's beta to 0.5",
            "it stays in the first valley like the others.",
            Control(1, "beta", 0.5),
        ),
    ),
    Preset(
        "rolls_past", MOMENTUM, "The same from the other side",
        "From the other side the same ball rolls out of the deep valley into the shallow one, while plain descent "
        "stays.",
        runs(
            surface("two_wells"), (3.4, 1.5), run("gd", 0.12), run("heavy_ball", 0.012),
            max_steps=200, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5),
        more=(
            "The speed that helped there does harm here, but only at rates from 0.01 to 0.029: from 0.03 to 0.09 the "
            "ball swings back and stays in the deep valley. Again it is the memory, as plain descent has steps as long "
            "under a steady gradient. At rate 0.12 (1 - beta), which keeps them so, the ball leaves with beta from "
            "0.88 to 0.96 and stays with 0.86 or less. From x between 3.35 and 3.75 both do as here. From 0.164 to "
            "0.256 descent leaps out, too."
        ),
        question="Where does the same ball end from the other side?",
        ask="It sets off on the right and comes to the deep valley first. Point at the place where it comes to rest.",
        guess=PlaceGuess(run=1),
        change=ProposedChange(
            "Now set the heavy ball's rate to 0.05",
            "it swings back and stays in the deep valley.",
            Control(1, "learning_rate", 0.05),
        ),
    ),
    Preset(
        "banana_bend", MOMENTUM, "Round the bend",
        "Each at a safe rate: plain descent needs 2,038 steps round the bend, Adam 1,533, momentum 182.",
        runs(
            surface("rosenbrock"), (-1.2, 1), run("gd", 0.0019), run("momentum", 0.014), run("adam", 0.02),
            max_steps=3000, target_loss=0.01,
        ),
        (-1.8, 1.8, -1.2, 2.4),
        more=(
            "Steps to loss 0.01. A rate is safe if the loss then stays below that for 6,000 steps: Adam at 0.15 is "
            "there after 423 steps and thrown out again later, plain descent likewise above 2/λ = 0.002. What helps "
            "momentum is the larger rate: at 0.0019, the rate of descent, it takes 2,011. Plain descent takes 2,608 to "
            "1,923 steps at rates from 0.0015 to 0.002, momentum 421 to 176 from 0.008 to 0.016. Above, momentum goes "
            "up and down with the rate: 137 at 0.0175, 228 at 0.0195, 109 at 0.0285. From starts 0.1 away the order is "
            "the same."
        ),
        question="Which of the three is first round the bend?",
        ask="Each goes at a safe rate until its loss is 0.01. Choose a run.",
        guess=RunGuess(STEPS),
        change=ProposedChange(
            "Now set momentum's rate to 0.0019, that of plain descent",
            "it takes 2,011 steps: the larger rate was what helped.",
            Control(1, "learning_rate", 0.0019),
        ),
    ),
)  # fmt: skip
