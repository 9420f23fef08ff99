"""The first look, and plain descent: the step, the rate, the start, the ground."""

from app.presets.declaration import CARS, CARS_STANDARDIZED, CARS_WINDOW, DESCENT, FIRST, Preset, run, runs, surface

SHOES = {"points": [[0.6, 1.1], [0.8, 1.2], [1.1, 2.1]], "loss": "ssr"}
CLIPPED = "clipped = max(-clip, min(clip, g))\nw = w - lr*clipped"

DESCENT_SCENES = (
    Preset(
        "opening", FIRST, "Four ways down one hill",
        "Same start, same gradient: plain descent takes the nearest valley, the heavy ball swings past into another, "
        "RMSProp and Adam set off diagonally.",
        runs(
            surface("himmelblau"), (1, 5), run("gd", 0.002), run("heavy_ball", 0.0015), run("rmsprop", 0.04),
            run("adam", 0.2), max_steps=300, min_step_size=0.0001,
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
        "one_step", DESCENT, "One step: the gradient times the rate",
        "At x = -3 the gradient is -6: times the rate 0.1, a step of 0.6. Nearer the bottom gradient and step are "
        "smaller.",
        runs({"expression": "x**2"}, (-3,), run("gd", 0.1), run("gd", 0.2), max_steps=20),
        (-4, 4, 0, 10),
        more=(
            "The gradient of x² is 2x. Twice the rate makes the first step twice as long, 1.2, and so does a start "
            "twice as far away. Every step of a run is the same share of the way left: a fifth at rate 0.1, two "
            "fifths at 0.2. At 0.5 it lands in one step, above it steps across."
        ),
    ),
    Preset(
        "learning_rate_parabola", DESCENT, "Too small, right, for ever, away",
        "On a parabola of curvature λ everything hangs on one number: below 2/λ descent arrives, at 2/λ it bounces "
        "for ever, above it flies off.",
        runs({"expression": "x**2"}, (-1.5,), *(run("gd", rate) for rate in (0.05, 0.3, 1, 1.05)), max_steps=30),
        (-3, 3, 0, 6), core=True,
        more=(
            "Here λ is 2. A step multiplies x by 1 - lr λ, which is 0.9, 0.4, -1 and -1.1 for these rates, from any "
            "start. On a parabola of curvature 4 the edge is at 0.5."
        ),
    ),
    Preset(
        "learning_rate_line", DESCENT, "The same on a line through three points",
        "On this line fit the edge 2/λ is 0.1947: a rate of 0.15 goes down at every step, one of 0.21 leaves the map.",
        runs(SHOES, (1, 0), *(run("gd", rate) for rate in (0.21, 0.1947, 0.01, 0.15)), max_steps=40),
        (0, 3.4, -1.7, 1.7), core=True,
        more=(
            "λ is the larger of the two curvatures, 10.27 and 0.148: it sets the edge, the smaller one the pace. After "
            "40 steps 0.15 is 20 % above the least loss and 0.01 still 110 %; to come within 1 % they take 108 and "
            "1,626 steps, and 0.185, near the best rate, takes 87. At the edge itself the swing across neither shrinks "
            "nor grows. The edge is the same from every start; with the features centred it is 1/3."
        ),
    ),
    Preset(
        "edge_of_stability", DESCENT, "The rate chooses the minimum",
        "All along this valley the loss is 0, but rate 0.25 rests only where the curvature is below 2/0.25 = 8: it "
        "ends at 7.97.",
        runs(
            {"expression": "(x**2*y**2 - 1)**2/8"}, (3, 0.2), run("gd", 0.05), run("gd", 0.25), run("gd", 0.4),
            max_steps=1000,
        ),
        (1.4, 3.4, -1, 1),
        more=(
            "On the floor, xy = 1, the curvature across is x² + y². Rate 0.05 may rest up to 40 and stays where it "
            "comes down, at 9.18; 0.4 goes on to 4.96, below its 5. Each rate from 0.22 to 0.42 ends within 1 % of "
            "2/rate, from starts nearby too. From (2.5, 0.3), where the floor is flatter, 0.25 stays where 0.05 does. "
            "In networks the curvature first rises to this edge of stability; here the path comes down to it."
        ),
    ),
    Preset(
        "deck_stop_rule", DESCENT, "Small steps are not arrival",
        "By the deck's rule, stop once every step is below 0.001, plain descent ends 269 % above the least loss at "
        "rate 0.001, Adam 2,269 % after one step.",
        runs(
            SHOES, (1, 0), run("gd", 0.001), run("gd", 0.01), run("gd", 0.1), run("adam", 0.001),
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
    ),
    Preset(
        "nearest_valley", DESCENT, "Nobody sees over the next hill",
        "Four optimizers, one fate: the nearest valley, of loss 17.9; the best is 0.",
        runs(
            surface("rastrigin"), (-3.3, 2.8), run("gd", 0.002), run("heavy_ball", 0.002), run("rmsprop", 0.05),
            run("adam", 0.2), max_steps=300, min_step_size=0.0001,
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
        "start_left", DESCENT, "The start decides the valley",
        "From just left of the ridge all four optimizers roll into the shallow valley, of loss 2.25, and stay there.",
        runs(
            surface("two_wells"), (-0.3, 1.5), run("gd", 0.1), run("heavy_ball", 0.05), run("rmsprop", 0.05),
            run("adam", 0.1), max_steps=300, min_step_size=0.0001,
        ),
        (-3, 4, -3.5, 3.5),
        more=(
            "The ridge is at x = 0. From any start between -1.4 and 0 all four end here, and at rates from a fifth to "
            "twice these. A ball from further up the slope, at -2.2, has the speed to roll across."
        ),
    ),
    Preset(
        "start_right", DESCENT, "A step to the right, another valley",
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
    ),
    Preset(
        "large_then_small", DESCENT, "Start large, diminish",
        "A small rate stays in the first hole, of loss 9.0, a large one never rests, a large one that falls to zero "
        "finds the bottom.",
        runs(
            surface("ackley"), (-3.3, 2.7), run("gd", 0.03), run("gd", 0.13),
            run("gd", 0.13, schedule={"name": "linear", "steps": 400}), max_steps=400,
        ),
        (-5, 5, -5, 5),
        more=(
            "No noise is needed: the large steps leap over the holes, and the funnel that the holes lie in steers them "
            "to its centre: with that at (2, -1) the path ends there, and without a funnel at (-3, 3). Rates of 0.12 "
            "to 0.3 that fall to 0 over 400 steps find it from here; at 0.13 they do from nearly every start on the "
            "map, and a constant 0.13 or 0.03 from hardly any."
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
    ),
)  # fmt: skip
