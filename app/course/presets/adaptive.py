"""AdaGrad and RMSProp: a rate for each parameter, which falls or rises again."""

from app.course.presets.declaration import ADAPTIVE, Preset, run, runs, surface
from app.course.presets.questions import (
    END_LOSS,
    STEPS,
    ChoiceGuess,
    Control,
    Dwell,
    ProposedChange,
    RunGuess,
    StepGuess,
    mean_loss,
    steps_away,
)
from fallline.descent import Block

# Two points in 40 have the feature; all scatter by 1 about target = 1 + 2 feature, so the least loss is 1.
RARE = {"points": [[1, 2], [1, 4]] + [[0, 0], [0, 2]] * 19, "loss": "mse"}
ONE_FALLING_RATE = "w = w - lr*g/sqrt(t)"


def _out(run: Block) -> bool:
    """Whether it ends far above where it has been."""
    return bool(run.loss[-1] > 1e6 * run.loss.min())


ADAPTIVE_SCENES = (
    Preset(
        "axes_aligned", ADAPTIVE, "Adaptive rates know the axes",
        "Along the axes AdaGrad finds a rate for each parameter and needs 5 steps where plain descent needs 121, each "
        "near its best rate.",
        runs(
            surface("ravine"), (-4, 1), run("gd", 0.019), run("adagrad", 2.5), run("adam", 0.1),
            max_steps=300, target_loss=0.08,
        ),
        (-4.8, 1.2, -3, 3), core=True,
        more=(
            "Steps to loss 0.08. AdaGrad divides each parameter by its own gradients, so a ravine along an axis is "
            "none to it; with an eps so large that nothing is divided it takes 121 steps too. It takes at most 18 for "
            "rates from 0.8 to 5, plain descent at least 115 at any rate, Adam 48 at 0.1."
        ),
        question="How many steps does AdaGrad take to loss 0.08?",
        ask=(
            "Plain descent takes 121 at nearly its best rate, and AdaGrad has nearly its best rate as well. Give a "
            "number."
        ),
        guess=StepGuess(run=1, measure=STEPS),
        change=ProposedChange(
            "Now set AdaGrad's rate to 0.8",
            "it takes 18 steps, still far fewer than plain descent.",
            Control(1, "learning_rate", 0.8),
        ),
        dwell=(Dwell(1, 5, 1, "AdaGrad's five steps"),),
    ),
    Preset(
        "axes_turned", ADAPTIVE, "The same ravine, turned",
        "Turn the ravine by 27 degrees: plain descent does not notice, with 121 steps again; AdaGrad goes from 5 "
        "steps to 130.",
        runs(
            surface("rotated_ravine"), (-3.1305, -2.6833), run("gd", 0.019), run("adagrad", 1.25), run("adam", 0.1),
            max_steps=300, target_loss=0.08,
        ),
        (-5, 1, -4, 2), core=True,
        more=(
            "Turned, both parameters see the steep wall, and a rate for each can no longer tell along from across. "
            "AdaGrad takes at least 125 steps at any rate. Adam goes from 48 to 226 at rate 0.1, and takes 51 at "
            "0.68. At 45 degrees AdaGrad needs 172."
        ),
        question="Which of the three is first now?",
        ask="The same ravine, turned by 27 degrees, and the start turned with it; again to loss 0.08. Choose a run.",
        guess=RunGuess(STEPS),
        change=ProposedChange("Now set Adam's rate to 0.68", "it takes 51 steps.", Control(2, "learning_rate", 0.68)),
    ),
    Preset(
        "adagrad_remembers", ADAPTIVE, "A rate that only falls",
        "AdaGrad never forgets the steep wall it starts on: after 1,000 steps it is at loss 6.1 at rate 0.1, 0.41 at "
        "its best; RMSProp at 0.07.",
        runs(
            surface("rosenbrock"), (-0.5, 3), run("adagrad", 0.1), run("adagrad", 1.2), run("rmsprop", 0.01),
            max_steps=1000,
        ),
        (-2.5, 2.5, -1, 4), core=True,
        more=(
            "At its best rate, 1.2, the first five steps make up 99.7 % of all that it ever adds up. That rate is "
            "sharp: at 0.5 it ends at 4.1, at 2 at 1.5. RMSProp ends below 0.11 for rates from 0.006 to 0.012. Without "
            "the wall, from (-0.5, 0.3), AdaGrad at 0.1 ends at 0.03, as RMSProp does at 0.01; RMSProp at 0.005 ends "
            "at 0.017. At 1.2 AdaGrad's first step takes it up a wall from there too, to loss 1,440, and it ends at "
            "0.41. From starts 0.1 away RMSProp is lower, too; from (0.5, 3) it is not, as AdaGrad's first steps take "
            "it to a good place."
        ),
        question="Which of the three is lowest after 1,000 steps?",
        ask="They start on a steep wall: AdaGrad at rate 0.1 and at 1.2, RMSProp at 0.01. Choose a run.",
        guess=RunGuess(END_LOSS),
        change=ProposedChange(
            "Now set the start to (-0.5, 0.3), off the wall",
            "AdaGrad at 0.1 ends at loss 0.03, as low as RMSProp.",
            Control(None, "start", (-0.5, 0.3)),
        ),
        dwell=(Dwell(1, 5, 1, "99.7 % of all that AdaGrad adds up"),),
    ),
    Preset(
        "rare_feature", ADAPTIVE, "A rare feature",
        "Only one point in 20 shows the slope. With one falling rate for both parameters the loss ends 1.7 % above the "
        "least, with AdaGrad's two 0.7 %.",
        runs(
            RARE, (0, 0),
            {"rule": ONE_FALLING_RATE, "learning_rate": 0.5, "batch_size": 1, "label": "One rate falling as 1/√t"},
            run("adagrad", 0.5, batch_size=1), seed=9, max_steps=400,
        ),
        (-1, 3, -1, 3),
        more=(
            "Medians of 40 seeds over the last 100 of 400 steps, one sample a step; AdaGrad is lower in 39 of them. "
            "The points are shuffled anew for each epoch; drawn with replacement it is 3.4 % and 1.6 %. The feature "
            "is 0 in all but two of the 40 points, so few samples move the slope, and one rate large enough for it "
            "keeps the intercept jumping about. 0.5 is near the best rate of both. At any common rate from 0.3 to 1 "
            "AdaGrad ends lower. Where half of the points have the feature, the two are even, each at its best rate: "
            "0.5 %."
        ),
        question="Which of the two has the lower loss over the last 100 steps?",
        ask=(
            "Only one point in 20 shows the slope, and a step sees one point. One falling rate for both parameters, or "
            "AdaGrad's two? Choose a run."
        ),
        guess=RunGuess(mean_loss(100)),
        change=ProposedChange(
            "Now set the batch of the one falling rate to all 40 points",
            "it no longer jumps about, and ends as low as AdaGrad.",
            Control(0, "batch_size", 40),
        ),
    ),
    Preset(
        "rate_that_rises", ADAPTIVE, "And one that can rise",
        "RMSProp's own rate rises as the gradient shrinks: far below the chart's floor it kicks itself out again, to "
        "0.017; AdaGrad's only falls.",
        runs(surface("bowl"), (-2.5, 2), run("adagrad", 0.5), run("rmsprop", 0.05), max_steps=200),
        (-3, 3, -3, 3), core=True, look_at="loss",
        more=(
            "RMSProp is below the floor, 1e-16, from step 93 on, at 1e-38 at step 105, then out at 0.017, and jumps "
            "to and fro at 0.0019 in the end, three quarters of its squared rate. It goes out because lr/√(eps + v) "
            "has passed 2/λ = 0.5: with eps 0.01, which bounds it there, nothing of the kind happens. Rates from 0.02 "
            "to 0.5 end alike; at 0.01 it turns at 5e-13 already. AdaGrad keeps what it has, at rates from 0.1 to 2."
        ),
        question="Once at the bottom, do both stay there?",
        ask="AdaGrad and RMSProp on a bowl, for 200 steps: watch the loss chart. Choose.",
        guess=ChoiceGuess({
            "Both stay": lambda runs: not _out(runs[0]) and not _out(runs[1]),
            "AdaGrad comes out again": lambda runs: _out(runs[0]) and not _out(runs[1]),
            "RMSProp comes out again": lambda runs: _out(runs[1]) and not _out(runs[0]),
        }),
        change=ProposedChange(
            "Now set RMSProp's eps to 0.01",
            "its own rate rises no further than 0.5, and it stays.",
            Control(1, "eps", 0.01),
        ),
        dwell=(Dwell(125, 133, 1, "RMSProp is thrown out"),),
    ),
    Preset(
        "saddle_escape", ADAPTIVE, "Who gets off the saddle",
        "All at rate 0.05 from 0.0001 beside the ridge: plain descent leaves after 178 steps, Adam, whose first step "
        "is as long as its rate, after 11.",
        runs(
            surface("saddle"), (-1.6, 0.0001), run("gd", 0.05), run("heavy_ball", 0.05), run("rmsprop", 0.05),
            run("adam", 0.05), max_steps=300, min_step_size=1e-05,
        ),
        (-2, 2, -2, 2), core=True,
        more=(
            "Left is more than 0.5 beside it. There the gradient is as small as the distance, so plain descent "
            "multiplies that by 1.05 a step, and to get 5,000 times as far takes some ln 5000/ln 1.05 = 175 steps. The "
            "ball comes to multiply it by 1.2, the larger root of z² - 1.95 z + 0.9, and takes some ln 5000/ln 1.2 = "
            "47: it takes 50. RMSProp takes 5. From 0.000001 they take 272, 75, "
            "5 and 11. The rate counts as well: plain descent leaves after 22 steps at 0.5, and at their default, "
            "0.001, RMSProp after 461 and Adam after 329. On the ridge itself nobody leaves."
        ),
        question="After how many steps does plain descent leave the ridge?",
        ask="It sets off 0.0001 beside it, at rate 0.05, and has left once it is more than 0.5 away. Give a number.",
        guess=StepGuess(run=0, measure=steps_away(1, 0.5)),
        change=ProposedChange(
            "Now set plain descent's rate to 0.5",
            "it leaves after 22 steps.",
            Control(0, "learning_rate", 0.5),
        ),
        dwell=(Dwell(1, 11, 3, "RMSProp and Adam leave the ridge"),),
    ),
)  # fmt: skip
