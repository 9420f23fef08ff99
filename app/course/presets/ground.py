"""Plain descent on its ground: the start, the valley, the cliff, the units."""

import numpy as np

from app.course.presets.declaration import (
    CARS,
    CARS_LEAST,
    CARS_STANDARDIZED,
    CARS_WINDOW,
    DESCENT,
    Preset,
    run,
    runs,
    surface,
)
from app.course.presets.questions import (
    END_LOSS,
    ChoiceGuess,
    Control,
    Dwell,
    PlaceGuess,
    ProposedChange,
    RunGuess,
    Runs,
    StepGuess,
    steps_to,
)
from fallline.descent import Block

CLIPPED = "clipped = max(-clip, min(clip, g))\nw = w - lr*clipped"


def _lowest(runs: Runs) -> int:
    """How many end next to loss 0."""
    return sum(run.loss[-1] < 0.01 for run in runs)


def _sides(run: Block) -> int:
    """How often x changes its sign."""
    return int((np.diff(np.sign(run.parameters[0])) != 0).sum())


GROUND_SCENES = (
    Preset(
        "flat_ground", DESCENT, "Flat is not the bottom",
        "On the flat, plain descent's steps are tiny: 183 of its 193 go there. RMSProp and Adam, which divide by "
        "the gradient, cross in 15 and 18.",
        runs(
            surface("plateau"), (-4.5, 3.5), run("gd", 1.5), run("heavy_ball", 0.3), run("rmsprop", 0.05),
            run("adam", 0.1), max_steps=400, target_loss=0.001,
        ),
        (-6, 6, -6, 6), core=True,
        more=(
            "It is flat where the loss is above 0.9. Plain descent runs at its textbook rate 1/λ = 1.5, λ being the "
            "curvature at the bottom; at no rate below 2/λ = 3 does it cross in less than 90 steps. For RMSProp and "
            "Adam the distance and the rate count, not the gradient: at 0.01 they take 134 and 113 steps, at 0.2 3 and "
            "10, and at their default 0.001 1,692 and 931, more than plain descent here. From (-5, 4), where it is "
            "flatter still, plain descent takes 1,043 steps, RMSProp 21 and Adam 23."
        ),
        question="Which of the four is first off the flat?",
        ask="It is flat where the loss is above 0.9: the gradient there is small. Choose a run.",
        guess=RunGuess(steps_to(0.9)),
        change=ProposedChange(
            "Now set RMSProp's rate to 0.001, its default",
            "it is still on the flat after 400 steps.",
            Control(2, "learning_rate", 0.001),
        ),
        dwell=(Dwell(12, 18, 2, "RMSProp and Adam leave the flat"),),
    ),
    Preset(
        "nearest_valley", DESCENT, "Four optimizers among many valleys",
        "Four optimizers, one fate: the nearest valley, of loss 17.9; the best is 0.",
        runs(
            surface("rastrigin"), (-3.3, 2.8), run("gd", 0.002), run("heavy_ball", 0.002), run("rmsprop", 0.05),
            run("adam", 0.2), max_steps=300, min_step_size=0.0001,
        ),
        (-5.12, 5.12, -5.12, 5.12),
        more=(
            "A gradient knows the place it is taken at, nothing beyond: from (0.3, -0.2) all four end in the lowest "
            "valley. RMSProp jumps about in its valley, to end at 18.15. The valley is the same for rates of 0.001 to "
            "0.004 (plain descent), 0.0003 to 0.005 (heavy ball), 0.01 to 0.1 (RMSProp) and 0.03 to 0.5 (Adam), and "
            "from starts 0.2 away."
        ),
        question="How many of the four find the lowest valley?",
        ask="It lies in the middle of the map, and the start at the upper left. Choose.",
        guess=ChoiceGuess({
            "None": lambda runs: _lowest(runs) == 0,
            "One": lambda runs: _lowest(runs) == 1,
            "Two or three": lambda runs: _lowest(runs) in (2, 3),
            "All four": lambda runs: _lowest(runs) == 4,
        }),
        change=ProposedChange(
            "Now set the start to (0.3, -0.2)",
            "all four end in the lowest valley, as it is the nearest.",
            Control(None, "start", (0.3, -0.2)),
        ),
    ),
    Preset(
        "start_left", DESCENT, "The start decides the valley",
        "From just left of the ridge all four optimizers roll into the shallow valley, of loss 2.25, and stay there.",
        runs(
            surface("two_wells"), (-0.3, 1.5), run("gd", 0.1), run("heavy_ball", 0.05), run("rmsprop", 0.05),
            run("adam", 0.1), max_steps=300, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5),
        more=(
            "The ridge is at x = 0. From any start between -1.4 and 0 all four end here, and at rates from a fifth to "
            "twice these. A ball from further up, at -2.2, has the speed to roll across."
        ),
        question="In which valley do the four end?",
        ask="They set off just left of the ridge between a shallow valley and a deep one. Choose.",
        guess=ChoiceGuess({
            "All in the deep one, on the right": lambda runs: _lowest(runs) == 4,
            "All in the shallow one, on the left": lambda runs: _lowest(runs) == 0,
            "Some in this, some in that": lambda runs: 0 < _lowest(runs) < 4,
        }),
        change=ProposedChange(
            "Now set the start to (-2.2, 1.5)",
            "the heavy ball comes with enough speed to roll across the ridge, the other three stay on the left.",
            Control(None, "start", (-2.2, 1.5)),
        ),
    ),
    Preset(
        "start_right", DESCENT, "The same, a step to the right",
        "Same optimizers, same rates, a start 0.6 further right: all four end in the deep valley, of loss 0.",
        runs(
            surface("two_wells"), (0.3, 1.5), run("gd", 0.1), run("heavy_ball", 0.05), run("rmsprop", 0.05),
            run("adam", 0.1), max_steps=300, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5),
        more=(
            "Only the start has moved, across the ridge at x = 0. From any start between 0 and 2.7 all four end here. "
            "Nothing they meet on their way tells them of the other valley."
        ),
        question="Where does Adam end from here?",
        ask="Only the start has moved, across the ridge. Point at the place on the map where Adam comes to rest.",
        guess=PlaceGuess(run=3),
        change=ProposedChange(
            "Now set the start to (3.1, 1.5)",
            "the heavy ball rolls out of the deep valley into the shallow one, the other three stay.",
            Control(None, "start", (3.1, 1.5)),
        ),
    ),
    Preset(
        "large_then_small", DESCENT, "Small, large, or falling",
        "A small rate stays in the first hole, of loss 9.0, a large one never rests, a large one that falls to zero "
        "finds the bottom.",
        runs(
            surface("ackley"), (-3.3, 2.7), run("gd", 0.03), run("gd", 0.13),
            run("gd", 0.13, schedule={"name": "linear", "steps": 400}), max_steps=400,
        ),
        (-5, 5, -5, 5),
        more=(
            "No noise is needed: the large steps leap over the holes, and the funnel that the holes lie in steers them "
            "to its centre: with that at (2, -1) the path ends there, and without a funnel at (-3, 3). Of the rates "
            "from 0.12 to 0.3 that fall to 0 over 400 steps 99 in 100 find it from here, as the leaps are chaotic and "
            "a few miss; at 0.13 they do from nearly every start on the "
            "map, and a constant 0.13 or 0.03 from hardly any."
        ),
        question="Which of the three ends lowest?",
        ask="A small rate, a large one, and one that begins as large and falls to zero. Choose a run.",
        guess=RunGuess(END_LOSS),
        change=ProposedChange(
            "Now set the falling rate to 0.03",
            "it stays in the first hole, too: it must begin large.",
            Control(2, "learning_rate", 0.03),
        ),
    ),
    Preset(
        "warm_up", DESCENT, "Warm-up past a steep start",
        "The rate 0.16 throws the first step from the steep start into the shallow valley; reached over 10 steps, it "
        "ends in the deep one.",
        runs(
            surface("two_wells"), (3.7, 1.5), *(
                run("gd", 0.16, schedule={"name": "warmup_cosine", "warmup": warmup, "steps": 100}, label=label)
                for warmup, label in ((0, "No warm-up"), (10, "Warm-up of 10 steps"))
            ), max_steps=100,
        ),
        (-3, 4, -3.5, 3.5),
        more=(
            "The gradient at the start is 29.6 in x: 0.16 times that is 4.7, a tenth of it 0.47. Rates up to 0.125 "
            "need no warm-up and take 27 steps or more to loss 0.001; with it rates up to 0.3 arrive, in 15. Without "
            "it 0.13 to 0.19 end in the shallow valley, 0.25 and more fly off; about 0.2 the path happens to come "
            "back. From x = 3, where the gradient is 12, 0.16 needs none. Both rates then fall along a cosine."
        ),
        question="Where does the run without warm-up end?",
        ask="At this start the gradient is steep; both runs have the same rate. Point at the place on the map.",
        guess=PlaceGuess(run=0),
        change=ProposedChange(
            "Now set the rate without warm-up to 0.12",
            "its first step is short enough, and it ends in the deep valley, too.",
            Control(0, "learning_rate", 0.12),
        ),
        dwell=(Dwell(1, 1, 0, "a first step of 4.7 in x"),),
    ),
    Preset(
        "clipping", DESCENT, "Clipping at a cliff",
        "On the cliffs the gradient is 20, the step 10: thrown from side to side for ever. Clipped at 1, the same rate "
        "arrives in 48 steps.",
        runs(
            {"expression": "x**2/20 + y**2/4 + 20*min(max(abs(x) - 2, 0), 0.5)"}, (-6, 2), run("gd", 0.5),
            {"rule": CLIPPED, "learning_rate": 0.5, "clip": 1, "label": "Clipped at 1"}, max_steps=100,
        ),
        (-9, 9, -9, 9),
        more=(
            "Everywhere else on its path the gradient is at most 1, so only the cliffs are clipped. Without clipping "
            "rates from 0.25 to 0.8 never arrive; up to 0.22 the throw ends between the cliffs; the best, near 0.14, "
            "takes 64 steps to loss 0.01. Clipped, 0.8 takes 28. Without the cliffs plain descent takes 51 at this "
            "rate. Each parameter's gradient is clipped by itself here; clipping the length of the whole gradient "
            "would keep its direction."
        ),
        question="What do the cliffs do to plain descent?",
        ask=(
            "On the two cliffs the gradient is far larger than anywhere else. Choose what becomes of the run that is "
            "not clipped."
        ),
        guess=ChoiceGuess({
            "It falls down one and arrives": lambda runs: runs[0].loss[-1] < 0.01,
            "It is thrown from side to side": lambda runs: 0.01 < runs[0].loss[-1] < 100 and _sides(runs[0]) > 2,
            "It stops at the edge": lambda runs: 0.01 < runs[0].loss[-1] < 100 and _sides(runs[0]) == 0,
            "It flies off the map": lambda runs: runs[0].loss[-1] > 100,
        }),
        change=ProposedChange(
            "Now set plain descent's rate to 0.14",
            "the throw ends between the cliffs, and it is at loss 0.01 after 64 steps.",
            Control(0, "learning_rate", 0.14),
        ),
        dwell=(Dwell(19, 19, 0, "a step of 10 off the cliff"),),
    ),
    Preset(
        "units_raw", DESCENT, "Raw numbers make a ravine",
        "Speeds in miles an hour, far from 0: a condition number of 2,572, and 1,000 steps still end 3 % above the "
        "least loss.",
        runs(CARS, (0, 0), run("gd", 0.0036), max_steps=1000),
        (-18, 26, -30, 14),
        more=(
            "Where 0 lies counts as much as the unit: centring the speeds alone leaves a condition number of 27, "
            "scaling them alone 112, and no unit of speed gets below 36; both together give 1. The feet of the target "
            "change nothing in it. The rate is just below the edge 2/λ = 0.00377, and none ends below 3.0 %."
        ),
        question="Where is the run after 1,000 steps?",
        ask=(
            "It sets off at slope 0 and intercept 0; the least loss is at slope 3.93 and intercept -17.6. Point at the "
            "place."
        ),
        guess=PlaceGuess(run=0),
        change=ProposedChange(
            "Now set the rate to 0.0038",
            "it is past the edge, and swings out of the map.",
            Control(0, "learning_rate", 0.0038),
        ),
    ),
    Preset(
        "units_standard", DESCENT, "The same cars, standardised",
        "The same line at the start, both columns standardised: the ravine is a round bowl, and 4 steps come within 1 "
        "% of the least loss.",
        runs(CARS_STANDARDIZED, (0, -1.685), run("gd", 0.3), max_steps=30, min_step_size=1e-06),
        CARS_WINDOW,
        more=(
            "Centring makes slope and intercept independent, scaling gives both the curvature 2. Any rate from 0.2 to "
            "0.8 takes 7 steps at most, and 1/λ = 0.5 a single one, from any start."
        ),
        question="After how many steps is it within 1 % of the least loss?",
        ask="The same line at the start as in raw numbers, where 1,000 steps were not enough. Give a number.",
        guess=StepGuess(run=0, measure=steps_to(1.01 * CARS_LEAST)),
        change=ProposedChange(
            "Now set the rate to 0.5, which is 1/λ",
            "a single step is enough.",
            Control(0, "learning_rate", 0.5),
        ),
        dwell=(Dwell(1, 4, 0, "to within 1 % of the least loss"),),
    ),
)  # fmt: skip
