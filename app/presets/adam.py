"""Adam: what it is made of, its correction, its decay, and where it is not needed."""

from app.presets.declaration import ADAM, Preset, Spec, run, runs, surface


def _parts(neither: float, momentum: float, scaling: float, both: float) -> tuple[Spec, ...]:
    """What Adam is made of, switched on one by one, each at a learning rate of its own."""
    return (
        run("gd", neither, label="Neither"),
        run("momentum", momentum, form="corrected", label="Momentum alone"),
        run("adam", scaling, beta1=0, label="Scaling alone"),
        run("adam", both, label="Both (Adam)"),
    )


ADAM_SCENES = (
    Preset(
        "adam_in_a_ravine", ADAM, "Adam in a ravine: momentum pays",
        "Neither takes 179 steps, momentum alone 84, both, which is Adam, 74. Scaling alone is not there after 300.",
        runs(
            surface("rotated_ravine"), (-3.1305, -2.6833), *_parts(0.0185, 0.033, 0.035, 0.5), max_steps=300
        ),
        (-4.2, 0.8, -3.5, 1.5),
        more=(
            "Counted until the loss stays below 0.01, each near its best safe rate. Momentum alone is Adam's average "
            "without the division, scaling alone is Adam with β₁ = 0, which needs 750: the ravine is turned, and a "
            "rate for each parameter is of no use. In the unturned ravine scaling alone takes 77. With rates 10 % "
            "smaller the order is the same."
        ),
    ),
    Preset(
        "adam_on_the_flat", ADAM, "Adam on the flat: scaling pays",
        "Neither takes 112 steps, momentum alone 64, scaling alone 27; both, which is Adam, 39.",
        runs(surface("plateau"), (-4.5, 3.5), *_parts(2.6, 20, 0.09, 0.31), max_steps=150),
        (-6, 6, -6, 6),
        more=(
            "Counted until the loss stays below 0.01, each near its best safe rate. The gradient at the start is "
            "0.0016 long; each of its parts divided by its own size is 1. From (-1, 1), off the flat, neither takes "
            "2, scaling alone 13. Left to run, scaling alone jumps out again at step 990, as its rate rises. In the "
            "turned ravine it was momentum that paid; Adam is close to the best in both. With rates 10 % larger or "
            "smaller the order is the same."
        ),
    ),
    Preset(
        "bias_correction", ADAM, "Without the correction Adam starts too fast",
        "Without the correction Adam's first step is 3.2 times as long and the fourth 5.1 times: it overshoots to x = "
        "1.27 instead of 0.22.",
        runs(surface("bowl"), (-2.5, 2), run("adam", 0.1), run("adam", 0.1, form="uncorrected"), max_steps=120),
        (-3, 3, -3, 3), core=True,
        more=(
            "The first is (1 - beta1)/√(1 - beta2) = 3.16 times as long at any rate and from any start; with beta2 at "
            "0.99 it would be right. The fourth is 0.72 instead of 0.14. It overshoots further at rates from 0.01 to "
            "0.5. To stay below loss 0.001 takes both about as long, 88 and 89 steps."
        ),
    ),
    Preset(
        "weight_decay", ADAM, "Weight decay: inside Adam or beside it",
        "As L2 in Adam's gradient, decay 0.5 pulls the flat parameter from 2 to 1.33, the steep one to 1.99; AdamW "
        "pulls both alike.",
        runs(
            {"expression": "(x - 2)**2/2 + 50*(y - 2)**2"}, (4, 4), run("adam", 0.05),
            run("adamw", 0.05, form="l2", weight_decay=0.5, label="Adam with L2"),
            run("adamw", 0.05, weight_decay=0.5), max_steps=300,
        ),
        (0.5, 4.5, 0.5, 4.5),
        more=(
            "L2 rests where curvature times (2 - w) is decay times w, so the curvature decides: 1 in x, 100 in y. "
            "AdamW adds the decay to a step that Adam has scaled: x and y go the same way at every step, to 1.57 "
            "after 300, and from there back towards 2 as v forgets the large gradients of the start. Rates of 0.02 to "
            "0.1 do the same. With equal curvatures L2 pulls both alike; without decay all end at 2."
        ),
    ),
    Preset(
        "gd_wins", ADAM, "Plain descent wins on a round bowl",
        "On a round bowl plain descent is done in 12 steps; the heavy ball and Adam, with a beta of 0.9, still swing "
        "after 150.",
        runs(
            {"expression": "x**2 + y**2"}, (-2.5, 1), run("gd", 0.3), run("heavy_ball", 0.1),
            run("rmsprop", 0.1), run("adam", 0.1), max_steps=200, min_step_size=0.0001,
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
