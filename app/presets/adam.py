"""Adam: what it is made of, its correction, its decay, and where it is not needed."""

from app.presets.declaration import ADAM, Preset, run, runs, surface

ADAM_SCENES = (
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
