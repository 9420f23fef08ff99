"""The first look, and plain descent: the step and its rate."""

from app.course.presets.declaration import DESCENT, FIRST, Preset, run, runs, surface
from app.course.presets.questions import (
    END_LOSS,
    STEPS,
    ChoiceGuess,
    Control,
    Dwell,
    PlaceGuess,
    ProposedChange,
    RunGuess,
    StepGuess,
)
from fallline.descent import Block

SHOES = {"points": [[0.6, 1.1], [0.8, 1.2], [1.1, 2.1]], "loss": "ssr"}


def _ratio(run: Block) -> float:
    """The length of the second step as a share of the first."""
    return float(run.step_size[1] / run.step_size[0])


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
        question="Where does the heavy ball end?",
        ask="Four runs leave one point with one gradient. Point at the place on the map where the ball comes to rest.",
        guess=PlaceGuess(run=1),
        change=ProposedChange(
            "Now set the heavy ball's rate to 0.0005",
            "it turns into the nearest valley, as plain descent does.",
            Control(1, "learning_rate", 0.0005),
        ),
        dwell=(Dwell(1, 3, 3, "RMSProp and Adam set off diagonally"),),
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
        question="How long are the steps that follow the first?",
        ask=(
            "A step is the rate times the gradient, and both rates stay what they are. Choose what becomes of the "
            "steps."
        ),
        guess=ChoiceGuess({
            "As long as the first": lambda runs: _ratio(runs[0]) == 1,
            "Ever shorter": lambda runs: _ratio(runs[0]) < 1,
            "Ever longer": lambda runs: _ratio(runs[0]) > 1,
        }),
        change=ProposedChange(
            "Now set the rate 0.2 to 0.5",
            "a single step lands on the bottom.",
            Control(1, "learning_rate", 0.5),
        ),
        dwell=(Dwell(1, 3, 0, "each step a fifth of the way left"),),
    ),
    Preset(
        "learning_rate_parabola", DESCENT, "One parabola, four rates",
        "On a parabola of curvature λ everything hangs on one number: below 2/λ descent arrives, at 2/λ it bounces "
        "for ever, above it flies off.",
        runs({"expression": "x**2"}, (-1.5,), *(run("gd", rate) for rate in (0.05, 0.3, 1, 1.05)), max_steps=30),
        (-3, 3, 0, 6), core=True,
        more=(
            "Here λ is 2. A step multiplies x by 1 - lr λ, which is 0.9, 0.4, -1 and -1.1 for these rates, from any "
            "start. On a parabola of curvature 4 the edge is at 0.5."
        ),
        question="What becomes of the run at rate 1?",
        ask="Four rates on one parabola, from one start. Choose before they run.",
        guess=ChoiceGuess({
            "It comes to rest at the bottom": lambda runs: runs[2].loss[-1] < 0.01 * runs[2].loss[0],
            "It bounces from side to side for ever": lambda runs: runs[2].loss[-1] == runs[2].loss[0],
            "It flies off": lambda runs: runs[2].loss[-1] > runs[2].loss[0],
        }),
        change=ProposedChange(
            "Now set the rate 1.05 to 0.95",
            "it still jumps across at every step, and is always as far from the bottom as the run at 0.05.",
            Control(3, "learning_rate", 0.95),
        ),
    ),
    Preset(
        "learning_rate_line", DESCENT, "The same on a line through three points",
        "On this line fit the edge 2/λ is 0.1947: a rate of 0.15 goes down at every step, one of 0.21 leaves the map.",
        runs(SHOES, (1, 0), *(run("gd", rate) for rate in (0.21, 0.1947, 0.15, 0.01)), max_steps=40),
        (0, 3.4, -1.7, 1.7), core=True,
        more=(
            "λ is the larger of the two curvatures, 10.27 and 0.148: it sets the edge, the smaller one the pace. After "
            "40 steps 0.15 is 20 % above the least loss and 0.01 still 110 %; to come within 1 % they take 108 and "
            "1,626 steps, and 0.185, near the best rate, takes 87. At the edge itself the swing across neither shrinks "
            "nor grows. The edge is the same from every start; with the features centred it is 1/3."
        ),
        question="Which of the four rates is lowest after 40 steps?",
        ask="One line fit, four rates from 0.01 to 0.21. A longer step gets further, up to a point. Choose a run.",
        guess=RunGuess(END_LOSS),
        change=ProposedChange(
            "Now set the rate 0.21 to 0.185",
            "it no longer leaves the map, and ends lowest of the four.",
            Control(0, "learning_rate", 0.185),
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
            "comes down, at 9.18; 0.4 goes on to 4.96, below its 5. Each rate from 0.24 to 0.42 ends within 1 % of "
            "2/rate, from starts 0.1 away too; from (3.2, 0.2) 0.4 flies off. From (2.5, 0.3), where the floor is "
            "flatter, 0.25 stays where 0.05 does. In networks the curvature first rises to this edge of stability; "
            "here the path comes down to it."
        ),
        question="Where on the valley floor does the rate 0.25 come to rest?",
        ask="All along the floor the loss is 0; to the left the valley is less curved. Point at the place.",
        guess=PlaceGuess(run=1),
        change=ProposedChange(
            "Now set the rate 0.25 to 0.35",
            "it goes on to where the curvature is 5.68, just below 2/0.35 = 5.71.",
            Control(1, "learning_rate", 0.35),
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
        question="After how many steps does Adam stop?",
        ask=(
            "A run stops once its step is below 0.001 in every parameter, at the latest after 1,000 steps. Give a "
            "number."
        ),
        guess=StepGuess(run=3, measure=STEPS),
        change=ProposedChange(
            "Now set Adam's rate to 0.0011",
            "its first steps are no longer below 0.001, and it goes on to step 75.",
            Control(3, "learning_rate", 0.0011),
        ),
        dwell=(Dwell(1, 1, 3, "Adam stops"),),
    ),
)  # fmt: skip
