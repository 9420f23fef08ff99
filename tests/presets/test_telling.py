"""The step at which what a scene is about happens: by its numbers, written beside it by hand."""

import numpy as np
import pytest

from app.course.presets import PRESETS


class At:
    """A run where a step sets off: `w` and `g` there, what the step before and this one are, and the next loss."""

    def __init__(self, preset):
        run, row = preset.plan.runs[preset.telling.run].whole(), preset.telling.step - 1
        self.run, self.row = run, row
        self.w, self.g, self.next = run.parameters[:, row], run.gradient[:, row], run.parameters[:, row + 1]
        self.step = self.next - self.w
        self.last = self.w - run.parameters[:, row - 1] if row else np.zeros_like(self.w)
        self.loss, self.next_loss, self.lr = run.loss[row], run.loss[row + 1], run.learning_rate[row]
        self.batch = run.batch[row] if run.batch else None

    @property
    def against(self):
        """Whether the gradient now pulls back from the way the step before went."""
        return bool(-self.g @ self.last < 0)


CLAIMS = {
    # The gradient leads up and to the right, to (3, 2); the ball goes on down.
    "opening": lambda at: -at.g[1] > 0 > at.step[1] and at.against,
    "one_step": lambda at: at.g[0] == -6 and np.isclose(at.step[0], 0.6),
    "learning_rate_parabola": lambda at: (at.w[0], at.next[0]) == (-1.5, 1.5),
    # Each swing is 1.157 times the one before, 0.21 * 10.27 - 1.
    "learning_rate_line": lambda at: np.isclose(np.hypot(*at.step) / np.hypot(*at.last), 1.157, atol=0.002),
    # Across the floor it swings as far as it ever does after the first step.
    "edge_of_stability": lambda at: at.run.step_size[at.row] == at.run.step_size[1:].max(),
    "deck_stop_rule": lambda at: len(at.run) == 2 and abs(at.step).max() < 0.001,
    "flat_ground": lambda at: np.hypot(*at.g) < 0.005 and np.hypot(*at.step) < 0.01 and at.loss > 0.9,
    "nearest_valley": lambda at: at.next_loss < at.loss and np.hypot(*at.next - (-0.995, 0.995)) < 0.1,
    "start_left": lambda at: at.w[0] < 0 and at.step[0] < 0,
    "start_right": lambda at: at.w[0] > 0 and at.step[0] > 0,
    # Holes are a unit apart.
    "large_then_small": lambda at: np.hypot(*at.step) > 0.3,
    "warm_up": lambda at: np.isclose(at.step[0], -0.16 * 29.6, atol=0.01),
    "clipping": lambda at: np.isclose(abs(at.g[0]), 20.2, atol=0.3) and np.isclose(abs(at.step[0]), 10, atol=0.2),
    # Steps of the slope past its best and back; the intercept has hardly moved.
    "units_raw": lambda at: at.step[0] * at.last[0] < 0 and abs(at.step[1]) < 0.1 * abs(at.step[0]),
    # Curvature 2 in both: 0.6 of the way.
    "units_standard": lambda at: np.allclose(at.step, 0.6 * (at.run.parameters[:, -1] - at.w), rtol=1e-4),
    "one_some_all": lambda at: len(at.batch) == 1 and at.next_loss > at.loss,
    "batch_size": lambda at: len(at.batch) == 1 and abs(at.loss / 0.3489 - 1) < 0.5,
    "schedule_calms": lambda at: np.isclose(at.lr, 0.1 * 0.99**99),
    # Across, what it keeps and what is added are within a tenth of each other and opposite; along, it goes on.
    "ravine_zigzag": lambda at: abs(at.step[1]) < 0.1 * abs(at.last[1]) and at.step[0] > 0.9 * at.last[0],
    "nesterov_looks_ahead": lambda at: np.hypot(*at.step) < 0.2 * np.hypot(*at.last) and at.against,
    # Past the bottom, on its way out: nearly all of the step before is kept.
    "too_much_beta": lambda at: at.against and at.next_loss > at.loss and np.hypot(*at.step) > 0.8 * np.hypot(*at.last),
    "rolls_over": lambda at: -1 < at.w[0] < 0 and at.g[0] > 0 and at.step[0] > 0,
    "rolls_past": lambda at: 0 < at.w[0] < 2 and at.g[0] < 0 and at.step[0] < 0,
    # In the bend, y = x² about x = 0.
    "banana_bend": lambda at: abs(at.w[0]) < 0.15 and abs(at.w[1] - at.w[0] ** 2) < 0.1,
    # 4 and 100 become two steps of one length.
    "axes_aligned": lambda at: np.allclose(at.g, (-4, 100)) and np.allclose(abs(at.step), 2.5, atol=1e-4),
    # No longer 41 against 91: along the floor both are alike, and so are the divisors' shares.
    "axes_turned": lambda at: 0.7 < at.g[0] / at.g[1] < 1.4 and np.hypot(*at.step) < 0.1 * at.run.step_size[0],
    "adagrad_remembers": lambda at: np.hypot(*at.g) > 700 and at.run.step_size[at.row] < 0.4 * at.run.step_size[0],
    "rare_feature": lambda at: at.batch[0] in (0, 1) and at.g[0] != 0,
    # Sixty times the loss and more in a step.
    "rate_that_rises": lambda at: at.next_loss > 60 * at.loss,
    "saddle_escape": lambda at: abs(at.g[1]) < 1e-3 and np.isclose(abs(at.step[1]), 0.05, rtol=0.01),
    # The wall has been met, and the average still leads on.
    "adam_in_a_ravine": lambda at: at.against and at.step @ at.last > 0,
    "adam_on_the_flat": lambda at: np.hypot(*at.g) < 0.002 and np.allclose(abs(at.step), 0.31, rtol=0.01),
    "bias_correction": lambda at: np.isclose(
        at.run.step_size[at.row] / PRESETS["bias_correction"].plan.runs[1].whole().step_size[at.row], 5.1, atol=0.05
    ),
    # 2 of the loss and 1 of the decay in x, 200 and 1 in y.
    "weight_decay": lambda at: np.allclose(at.g, (2, 200)) and np.allclose(at.step, -0.05),
    "gd_wins": lambda at: at.against and at.w[0] > 0 and at.step[0] > 0,
    "creeps_and_swings": lambda at: at.step[1] * at.last[1] < 0 and at.step[0] > 0,
    # 1.35 off at step 12, as its text says.
    "swings_flatten": lambda at: np.isclose(abs(at.next[0] * at.next[1] - 1), 1.35, atol=0.4),
    "adams_edge": lambda at: at.loss < 1e-80 and at.run.loss[2780] > 0.01,
    "rattle_foretold": lambda at: len(at.batch) == 1,
    # Up, to the ridge.
    "newton_at_a_saddle": lambda at: at.next_loss > at.loss and abs(at.next[1]) < abs(at.w[1]),
    # Three times as hard to -1, and yet a step of the length of all others.
    "votes_and_weights": lambda at: at.g[0] == 3 and np.isclose(at.step[0], -0.021, atol=0.001),
    "where_starts_end": lambda at: at.run.step_size[at.row] == at.run.step_size.max(),
    # 44 times the edge, and a tenth of the loss is left.
    "rates_in_turn": lambda at: np.isclose(at.lr / 0.02, 44, atol=0.2) and at.next_loss < 0.11 * at.loss,
}


@pytest.mark.parametrize("name", PRESETS)
def test_what_a_scene_is_about_happens_at_its_telling_step(name):
    assert CLAIMS[name](At(PRESETS[name]))
