"""One sample, some, all: what a step sees, what it costs, and how it comes to rest."""

from app.presets.declaration import CARS_STANDARDIZED, CARS_WINDOW, STOCHASTIC, Preset, run, runs

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
    ),
    Preset(
        "batch_size", STOCHASTIC, "Four times the batch, a quarter of the rattle",
        "Same rate, some 25 steps to the valley: 25, 100 and 400 samples. There the loss rattles 11 %, 2.5 % and "
        "0.6 % above the least.",
        runs(
            CARS_STANDARDIZED, (-1, 1.5), *(
                run("mini_batch", 0.05, batch_size=size, sampling="replacement", label=label)
                for size, label in ((1, "Batch of 1"), (4, "Batch of 4"), (16, "Batch of 16"))
            ), seed=5, max_steps=500,
        ),
        CARS_WINDOW, look_at="loss", count="samples",
        more=(
            "To the valley is to within 10 % of the least loss. Medians of 60 seeds, each a mean over steps 100 to "
            "500. The mean of n samples has an n-th of the variance, and so has the rattle. It grows with the rate: at "
            "0.1 it is 26 %, 5.5 % and 1.4 %. The points are drawn with replacement."
        ),
    ),
    Preset(
        "schedule_calms", STOCHASTIC, "A falling rate calms the noise",
        "One shuffled sample a step: a constant rate rattles 24 % above the least loss; falling by 1 % a step it "
        "comes to rest, mostly within 0.01 %.",
        runs(
            CARS_STANDARDIZED, (-1, 1.5), run("sgd", 0.1),
            run("sgd", 0.1, schedule={"name": "exponential", "decay": 0.99}), seed=3, max_steps=500,
        ),
        CARS_WINDOW, core=True, look_at="loss",
        more=(
            "Of 60 seeds the median ends 0.004 % above the least loss and the worst 0.025 %; at the constant rate they "
            "rattle 20 to 29 % above, as a mean over steps 100 to 500; half of these steps are within some 15 %. The "
            "points are shuffled anew for each epoch, so that their errors nearly cancel out. Drawn with replacement, "
            "the median ends 0.41 % above and the worst 6.2 %. Such rates add up to 10 at most, so a run comes to rest "
            "wherever it has got to: falling by 10 % a step they add up to 1, and the median of 20 seeds freezes 21 % "
            "above."
        ),
    ),
)  # fmt: skip
