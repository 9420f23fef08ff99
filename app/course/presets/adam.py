"""Adam: what it is made of, its correction, its decay, and where it is not needed."""

from app.course.presets.declaration import ADAM, Preset, Spec, run, runs, surface
from app.course.presets.questions import (
    STEPS,
    ChoiceGuess,
    Control,
    Dwell,
    PlaceGuess,
    ProposedChange,
    RunGuess,
    Runs,
    steps_below,
)


def _parts(neither: float, momentum: float, scaling: float, both: float) -> tuple[Spec, ...]:
    """What Adam is made of, switched on one by one, each at a learning rate of its own."""
    return (
        run("gd", neither, label="Neither"),
        run("momentum", momentum, form="corrected", label="Momentum alone"),
        run("adam", scaling, beta1=0, label="Scaling alone"),
        run("adam", both, label="Both (Adam)"),
    )


def _first_step(runs: Runs) -> float:
    """The first step without the correction, as a share of that with it."""
    return float(runs[1].step_size[0] / runs[0].step_size[0])


ADAM_SCENES = (
    Preset(
        "adam_in_a_ravine", ADAM, "Adam's two parts in a ravine",
        "Neither takes 179 steps, momentum alone 84, both, which is Adam, 74. Scaling alone takes 347.",
        runs(
            surface("rotated_ravine"), (-3.1305, -2.6833), *_parts(0.0185, 0.033, 0.08, 0.5), max_steps=400
        ),
        (-4.2, 0.8, -3.5, 1.5),
        more=(
            "Counted until the loss stays below 0.01, each near its best safe rate: safe if it stays there up to step "
            "1,000. Momentum alone is Adam's average without the division, scaling alone is Adam with β₁ = 0: the "
            "ravine is turned, and a rate for each parameter is of no use. In the unturned ravine scaling alone takes "
            "103 at the same rate, 0.08. Large rates are thrown out again later. For 300 steps 0.2565 is safe as well, "
            "and takes 142; Adam leaves at step 2,780, and for 6,000 steps it takes 260 at 0.11, when momentum alone "
            "is first. With rates 10 % smaller the order is the same."
        ),
        question="Which of the four takes longest to stay below loss 0.01?",
        ask=(
            "Adam is momentum and scaling: here are neither, each alone, and both, near their best safe rates. Choose "
            "a run."
        ),
        guess=RunGuess(steps_below(0.01), "most"),
        change=ProposedChange(
            "Now set Adam's rate to 0.11",
            "it takes 260 steps, and momentum alone is first.",
            Control(3, "learning_rate", 0.11),
        ),
    ),
    Preset(
        "adam_on_the_flat", ADAM, "Adam's two parts on the flat",
        "Neither takes 112 steps, momentum alone 64, scaling alone 31; both, which is Adam, 39.",
        runs(surface("plateau"), (-4.5, 3.5), *_parts(2.6, 20, 0.08, 0.31), max_steps=150),
        (-6, 6, -6, 6),
        more=(
            "Counted until the loss stays below 0.01, each near its best safe rate: safe if it stays there up to step "
            "1,000. The gradient at the start is 0.0016 long; each of its parts divided by its own size is 1. From "
            "(-1, 1), off the flat, neither takes 2, scaling alone 15. Left to run, scaling alone jumps out again at "
            "step 1,305, as its rate rises, and Adam at 3,930; at 0.07 and 0.25 they stay for 6,000 steps and take 35 "
            "and 44. In the turned ravine it was momentum that paid; Adam is close to the best in both. With rates 10 "
            "% larger or smaller the order is the same."
        ),
        question="Which of the four is first to stay below loss 0.01?",
        ask="Neither, momentum, scaling, both: now from a plateau, where the gradient is tiny. Choose a run.",
        guess=RunGuess(steps_below(0.01)),
        change=ProposedChange(
            "Now set the start to (-1, 1), off the flat",
            "the run with neither takes 2 steps, scaling alone 15.",
            Control(None, "start", (-1, 1)),
        ),
    ),
    Preset(
        "bias_correction", ADAM, "Adam without its correction",
        "Without the correction Adam's first step is 3.2 times as long and the fourth 5.1 times: it overshoots to x = "
        "1.27 instead of 0.22.",
        runs(surface("bowl"), (-2.5, 2), run("adam", 0.1), run("adam", 0.1, form="uncorrected"), max_steps=120),
        (-3, 3, -3, 3), core=True,
        more=(
            "Both averages start empty, and v fills more slowly than m. The first step is (1 - beta1)/√(1 - beta2) = "
            "3.16 times as long at any rate and from any start, and under a steady gradient step 12 is 6.6 times, step "
            "100 still 3.2 times. With beta2 at 0.99 the first would be right, but others up to 2.1 times as long, and "
            "it overshoots to 0.62 instead of 0.24; with both betas at 0.9 to 0.44 instead of 0.43. The fourth is 0.72 "
            "instead of 0.14. It overshoots further at rates from 0.01 to 0.5. To stay below loss 0.001 takes 88 steps "
            "with and 89 without; at rate 0.01, where long steps help, 568 and 91."
        ),
        question="Without the correction, is Adam's first step shorter or longer?",
        ask="Both averages begin at 0, so both are too small at first; the correction makes up for that. Choose.",
        guess=ChoiceGuess({
            "Shorter": lambda runs: _first_step(runs) < 0.9,
            "Just as long": lambda runs: 0.9 <= _first_step(runs) <= 1.1,
            "Longer": lambda runs: _first_step(runs) > 1.1,
        }),
        change=ProposedChange(
            "Now set beta2 to 0.99 in the run without correction",
            "its first step is right, but it still overshoots, to x = 0.62.",
            Control(1, "beta2", 0.99),
        ),
        dwell=(Dwell(1, 4, 1, "up to 5.1 times as long"),),
    ),
    Preset(
        "weight_decay", ADAM, "Weight decay: inside Adam or beside it",
        "As L2 in Adam's gradient, decay 0.25 pulls the flat parameter from 2 to 1.6, the steep one to 1.995; "
        "AdamW pulls both alike.",
        runs(
            {"expression": "(x - 2)**2/2 + 50*(y - 2)**2"}, (4, 4), run("adam", 0.05),
            run("adamw", 0.05, form="l2", weight_decay=0.25, label="Adam with L2"),
            run("adamw", 0.05, weight_decay=0.25), max_steps=300,
        ),
        (0.5, 4.5, 0.5, 4.5),
        more=(
            "L2 rests where curvature times (2 - w) is decay times w, so the curvature decides: 1 in x, 100 in y. "
            "AdamW adds the decay to a step that Adam has scaled: x and y go the same way at every step, down to 1.54 "
            "at step 48, and from there back towards 2 as v forgets the large gradients of the start: 1.83 after 300 "
            "steps, 1.99 after 6,000. Adam's steps hold a parameter against the decay up to 1/decay = 4: with decay "
            "0.5 and the minimum at (4, 4) it rests at 2. Rates of 0.02 to 0.1 do the same. With equal curvatures L2 "
            "pulls both alike; without decay all end at 2."
        ),
        question="Where does Adam with L2 come to rest?",
        ask="The loss is least at (2, 2), flat in x and steep in y; decay pulls both towards 0. Point at the place.",
        guess=PlaceGuess(run=1),
        change=ProposedChange(
            "Now set the weight decay of Adam with L2 to 1",
            "x rests at 1, y still at 1.98.",
            Control(1, "weight_decay", 1),
        ),
    ),
    Preset(
        "gd_wins", ADAM, "Four ways into a round bowl",
        "On a round bowl plain descent is done in 12 steps; the heavy ball and Adam, with a beta of 0.9, swing to "
        "step 163 and 155.",
        runs(
            {"expression": "x**2 + y**2"}, (-2.5, 1), run("gd", 0.3), run("heavy_ball", 0.1),
            run("rmsprop", 0.1), run("adam", 0.1), max_steps=200, min_step_size=0.0001,
        ),
        (-3, 3, -3, 3), core=True,
        more=(
            "Done is when every step is below 0.0001; they are within 0.05 of the bottom, hard to see on the map, from "
            "steps 76 and 63 on. On a bowl as curved one way as the other no direction is slow, so a memory has "
            "nothing to make up for; it costs, as with beta 0.9 what is left shrinks by √0.9 = 0.949 a step at best, "
            "at any rate. With beta 0.1 the ball is done in 9 steps at rate 0.3. From 0.05 to 0.6 plain descent takes "
            "at most 76 steps, the ball and Adam at least 150."
        ),
        question="Which of the four is done first?",
        ask=(
            "A bowl that is curved alike in all directions. A run is done when every step is below 0.0001. Choose a "
            "run."
        ),
        guess=RunGuess(STEPS),
        change=ProposedChange(
            "Now set the heavy ball's beta to 0.1",
            "it is done after 35 steps instead of 163.",
            Control(1, "beta", 0.1),
        ),
    ),
)  # fmt: skip
