"""One sample, some, all: what a step sees, what it costs, and how it comes to rest."""

from math import inf

from app.course.presets.declaration import CARS_LEAST, CARS_STANDARDIZED, CARS_WINDOW, STOCHASTIC, Preset, run, runs
from app.course.presets.questions import ChoiceGuess, Control, ProposedChange, Runs, steps_to
from fallline.descent import Block


def _steps(runs: Runs, run: int) -> float:
    """Steps of one run to within 10 % of the least loss."""
    return steps_to(1.1 * CARS_LEAST).of(runs[run]) or inf


def _above(run: Block, rows: int) -> float:
    """How far above the least loss the last rows are, as a mean."""
    return float(run.loss[-rows:].mean()) - CARS_LEAST


def _calmer(runs: Runs) -> float:
    """How many times as far above the least loss the smallest batch stays as the next one."""
    return _above(runs[0], 400) / _above(runs[1], 400)


STOCHASTIC_SCENES = (
    Preset(
        "one_some_all", STOCHASTIC, "Pay per sample",
        "Same small rate, some 25 steps to the valley each, but 22, 250 and 1,250 samples; the cheap steps never come "
        "to rest.",
        runs(
            CARS_STANDARDIZED, (-1, 1.5), run("sgd", 0.05), run("mini_batch", 0.05, batch_size=10), run("gd", 0.05),
            seed=3, max_steps=250,
        ),
        CARS_WINDOW, core=True, look_at="loss", count="samples",
        more=(
            "To the valley is to within 10 % of the least loss. On average each step follows the same gradient, so "
            "equally many steps get equally far, at rates from 0.02 to 0.1 and for any batch; 22 is the luck of this "
            "seed, and the median of 20 seeds is 25. Each at a rate that suits it, 0.1, 0.4 and 0.5, they take about "
            "14, 30 and 50 samples: the gradient of all the data stands larger steps, here even a single one."
        ),
        question="Who takes more steps to the valley: one sample a step, or all 50?",
        ask="Batches of 1, 10 and all 50, at one small rate. The valley is within 10 % of the least loss. Choose.",
        guess=ChoiceGuess({
            "One sample, several times as many": lambda runs: _steps(runs, 0) > 2 * _steps(runs, 2),
            "All 50, several times as many": lambda runs: _steps(runs, 2) > 2 * _steps(runs, 0),
            "Both about as many": lambda runs: 0.5 <= _steps(runs, 0) / _steps(runs, 2) <= 2,
        }),
        change=ProposedChange(
            "Now set plain descent's rate to 0.5",
            "a single step on all 50 samples takes it to the valley.",
            Control(2, "learning_rate", 0.5),
        ),
    ),
    Preset(
        "batch_size", STOCHASTIC, "Four times the batch",
        "Median of 60 seeds: the loss stays 11 %, 2.5 % and 0.6 % above the least, as a mean of n samples has an n-th "
        "of the variance.",
        runs(
            CARS_STANDARDIZED, (-1, 1.5), *(
                run("mini_batch", 0.05, batch_size=size, sampling="replacement", label=label)
                for size, label in ((1, "Batch of 1"), (4, "Batch of 4"), (16, "Batch of 16"))
            ), seed=5, max_steps=500,
        ),
        CARS_WINDOW, look_at="loss", count="samples",
        more=(
            "Each takes some 25 steps to the valley: 25, 100 and 400 samples. To the valley is to within 10 % of the "
            "least loss. Of each seed it is the mean over steps 100 to 500, as the loss jumps about: with this one 11 "
            "%, 2.8 % and 0.5 %, and at the last step, which the standings show, 2.3 %, 5.5 % and 0.03 %. It grows "
            "with the rate: at 0.1 it is 26 %, 5.5 % and 1.4 %. A batch of 4 is calmer at equal samples because it "
            "takes a quarter of the steps, each with the errors of its samples averaged: single samples at a quarter "
            "of the rate, 0.0125, take 100 to the valley too, and stay some 2.5 % above. Points are drawn with "
            "replacement."
        ),
        question="Four times the batch: how much less does the loss jump about?",
        ask="Batches of 1, 4 and 16 at one rate. Once they are in the valley, look at the loss chart. Choose.",
        guess=ChoiceGuess({
            "As much as before": lambda runs: _calmer(runs) < 1.4,
            "Half as much": lambda runs: 1.4 <= _calmer(runs) < 2.8,
            "A quarter as much": lambda runs: 2.8 <= _calmer(runs) < 5.6,
            "A sixteenth as much": lambda runs: _calmer(runs) >= 5.6,
        }),
        change=ProposedChange(
            "Now set the rate of the batch of 1 to 0.1",
            "it stays 26 % above the least loss, more than twice as much.",
            Control(0, "learning_rate", 0.1),
        ),
    ),
    Preset(
        "schedule_calms", STOCHASTIC, "A falling rate against the noise",
        "One shuffled sample a step: a constant rate stays 24 % above the least loss; falling by 1 % a step it "
        "comes to rest, mostly within 0.01 %.",
        runs(
            CARS_STANDARDIZED, (-1, 1.5), run("sgd", 0.1),
            run("sgd", 0.1, schedule={"name": "exponential", "decay": 0.99}), seed=3, max_steps=500,
        ),
        CARS_WINDOW, core=True, look_at="loss",
        more=(
            "Of 60 seeds the median ends 0.004 % above the least loss and the worst 0.025 %; at the constant rate they "
            "stay 20 to 29 % above, as a mean over steps 100 to 500; half of these steps are within some 15 %. The "
            "points are shuffled anew for each epoch, so that their errors nearly cancel out. Drawn with replacement, "
            "the median ends 0.41 % above and the worst 6.2 %. Such rates add up to 10 at most, so a run comes to rest "
            "wherever it has got to: falling by 10 % a step they add up to 1, and the median of 20 seeds freezes 21 % "
            "above."
        ),
        question="Does the falling rate get nearer to the least loss than the constant one?",
        ask="One sample a step: one run keeps its rate, that of the other falls by 1 % a step. Choose how it ends.",
        guess=ChoiceGuess({
            "Nearer": lambda runs: _above(runs[1], 1) < 0.5 * _above(runs[0], 400),
            "As near": lambda runs: 0.5 <= _above(runs[1], 1) / _above(runs[0], 400) <= 2,
            "Less near, as it freezes too soon": lambda runs: _above(runs[1], 1) > 2 * _above(runs[0], 400),
        }),
        change=ProposedChange(
            "Now set the decay of the falling rate to 0.9, 10 % a step",
            "it freezes before it gets there, 19 % above the least loss.",
            Control(1, "schedule.decay", 0.9),
        ),
    ),
)  # fmt: skip
