"""Why it goes there: what each scene asks, and what its change then says."""

import numpy as np

from tests.lessons.edges import VALLEYS, cloud_of_cars, ends_on_himmelblau, pairs_apart
from tests.presets.causes import chebyshev, sharpness
from tests.presets.scene import STANDARD_LEAST, about, excess

ANSWERS = {
    "where_starts_end": (-2.805, 3.131),
    "creeps_and_swings": "No, it creeps up to the bottom",
    "swings_flatten": (2.796, 0.358),
    "adams_edge": "It is thrown out, above 0.01",
    "rattle_foretold": "About 10 %",
    "newton_at_a_saddle": (0, 0),
    "votes_and_weights": (1, 0),
    "rates_in_turn": 2,
}

TRUE_TEXTS = {
    "creeps_and_swings": lambda s: s.runs[0].at[0].max() <= 0 < s.runs[0].at[1].max() and s.runs[0].at[1].min() < -0.5,
    "adams_edge": lambda s: s.runs[0].loss[2785] > 1,
    "rattle_foretold": lambda s: 8 < excess(s.runs[0].loss[100:].mean(), STANDARD_LEAST) < 13,
}

ASKED = {
    "where_starts_end": [
        ("Four valleys are equally deep", lambda s: max(s.preset.plan.problem.loss_at(tuple(at)) for at in VALLEYS) < 1e-9),
        ("Afterwards each start gets the tint of the valley that it ends in", lambda s: s.preset.ends),
    ],
    "swings_flatten": [("All along the floor the loss is 0, and to the left it is less curved", lambda s: (
        max(s.preset.plan.problem.loss_at((x, 1 / x)) for x in (2.2, 2.8, 3.4)) < 1e-12
        and (np.diff([sharpness((x, 1 / x)) for x in np.linspace(2.1, 3.8, 9)]) > 0).all()
    ))],
    "adams_edge": [
        ("for 3,000 steps", lambda s: s.runs[0].steps == 3000),
        ("at the bottom after a few hundred steps", lambda s: s.runs[0].loss[400:2500].max() < 1e-16),
    ],
    "rattle_foretold": [
        ("the least loss is 0.349", lambda _: about(STANDARD_LEAST, 0.349, 3)),
        ("a mean over the last 500 steps", lambda s: s.runs[0].steps == 600),
    ],
    "rates_in_turn": [("many of them far too large to keep", lambda _: (chebyshev() > 2 * 0.02).sum() > 16)],
}  # fmt: skip

CHANGES = {
    "where_starts_end": [
        ("the ball ends at (3, 2)", lambda s: s.changed[0].ends_near(*VALLEYS[0])),
        ("starts side by side end apart far more often", lambda _: (
            pairs_apart(ends_on_himmelblau(0.008)) > 10 * pairs_apart(ends_on_himmelblau(0.0005))
        )),
    ],
    "creeps_and_swings": [("it takes 46 steps instead of 64 to stay below loss 0.0008", lambda s: (
        s.changed[0].settled(0.0008) == 46 and s.runs[0].settled(0.0008) == 64
    ))],
    "swings_flatten": [("it holds up to 12.5: the run rests beside its start", lambda s: (
        2 / 0.16 == 12.5 and s.changed[0].ends_near(*s.preset.spec["start"])
    ))],
    "adams_edge": [("it sees no more than 71, below its edge, and stays at the bottom", lambda s: (
        about(100 / 1.4, 71) and s.changed[0].loss[1000:].max() < 1e-16
    ))],
    "rattle_foretold": [
        ("5.2 % is predicted, less than half as much", lambda s: (
            about(100 * cloud_of_cars(0.025)[1] / STANDARD_LEAST, 5.2)
            and excess(s.changed[0].loss[100:].mean(), STANDARD_LEAST) < excess(s.runs[0].loss[100:].mean(), STANDARD_LEAST)
        )),
    ],
    "newton_at_a_saddle": [("Newton's method ends in a minimum, too", lambda s: s.changed[0].ends_near(0, 1))],
    "votes_and_weights": [("goes to slope −1 as well", lambda s: abs(s.changed[0].end[0] + 1) < 0.12)],
    "rates_in_turn": [("eight rates come eight times, and it ends at 1.4×10⁻⁵", lambda s: (
        about(s.changed[2].loss[-1], 1.4e-5)
    ))],
}  # fmt: skip
