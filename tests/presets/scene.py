"""A scene as it runs, and the questions that its claims ask of it."""

from copy import deepcopy
from functools import cached_property
from itertools import pairwise

import numpy as np
import pytest

import fallline
from app.course.presets import PRESETS
from fallline.problems import DATASETS, dataset_problem, expression_problem, line_fit_problem

SHOES_LEAST = 45 / 760
CARS, STANDARDIZED = (dataset_problem("stopping_distance", "mse", standardize) for standardize in (False, True))
CARS_LEAST, STANDARD_LEAST = CARS.minima[0].loss, STANDARDIZED.minima[0].loss
CARS_POINTS = DATASETS["stopping_distance"].points
CARS_SPEED = np.array(CARS_POINTS)[:, 0]
STEPS_2000, STEPS_6000 = {"max_steps": 2000}, {"max_steps": 6000}
OWN_RULE = {"max_steps": 1000, "min_step_size": 0.001}


class Path:
    """One run, with the questions that sentences ask of it."""

    def __init__(self, run):
        self.reason, self.steps = run.stop_reason, run.n_steps
        self.at = np.array(list(run.parameters.values()))
        self.loss, self.step_size = run.loss, run.step_size
        self.gradient = np.array(list(run.gradient.values()))

    @property
    def end(self):
        return self.at[:, -1]

    def first(self, condition):
        """The first row of which this holds."""
        return int(np.argmax(condition)) if condition.any() else None

    def to(self, loss):
        return self.first(self.loss <= loss)

    def highest_after(self, loss):
        """The highest loss from where it first is at or below this."""
        return self.loss[self.to(loss) :].max()

    def settled(self, loss):
        """The step from which on the loss stays at or below this, None where it ends above."""
        above = np.flatnonzero(self.loss > loss)
        if not above.size:
            return 0
        return None if above[-1] == self.steps else int(above[-1]) + 1

    def ends_near(self, *point, within=0.05):
        return bool(np.hypot(*(self.end - point)) < within)


class Scene:
    """A preset, run by the library: a reply of the server has the same numbers, and takes longer."""

    def __init__(self, preset):
        self.preset = preset

    @cached_property
    def runs(self):
        return self.asked(self.preset.spec)

    def asked(self, spec):
        return [Path(run) for run in fallline.run(spec)]

    @cached_property
    def changed_spec(self):
        """The spec after the change that the scene proposes."""
        spec, control = deepcopy(dict(self.preset.spec)), self.preset.change.control
        values = spec if control.run is None else spec["optimizers"][control.run]
        *outer, param = control.param.split(".")
        for key in outer:
            values = values[key]
        value = list(control.value) if isinstance(control.value, tuple) else control.value
        assert values.get(param) != value
        values[param] = value
        return spec

    @cached_property
    def changed(self):
        """The runs after that change."""
        return self.asked(self.changed_spec)

    @property
    def dwell(self):
        (dwell,) = self.preset.dwell
        return dwell

    @property
    def rates(self):
        return [optimizer["learning_rate"] for optimizer in self.preset.spec["optimizers"]]

    def with_changes(self, **changes):
        return self.asked({**self.preset.spec, **changes})

    def again(self, optimizers, **changes):
        """The runs of the scene with other optimizers, as (name, rate) or (name, rate, values), and other changes."""
        chosen = [{"name": name, "learning_rate": rate} | dict(*values) for name, rate, *values in optimizers]
        return self.with_changes(optimizers=chosen, **changes)

    def seeds(self, count, optimizers=None):
        """The runs with each of so many seeds."""
        chosen = optimizers or self.preset.spec["optimizers"]
        return [self.with_changes(seed=seed, optimizers=chosen) for seed in range(count)]

    @cached_property
    def sixty_seeds(self):
        return self.seeds(60)


def points(scene):
    """The line fit of a scene with points of its own."""
    problem = scene.preset.spec["problem"]
    return line_fit_problem(tuple(tuple(point) for point in problem["points"]), problem["loss"])


def turned(scene):
    """Whether the start is that of the aligned scene, turned with the ravine: x runs along (2, 1), y along (1, -2)."""
    x, y = PRESETS["axes_aligned"].spec["start"]
    there = np.array([2 * x + y, x - 2 * y]) / 5**0.5
    return scene.preset.spec["start"] == pytest.approx(there.tolist(), abs=1e-4)


def left(run):
    """The step at which a run is off the ridge of the saddle."""
    return run.first(np.abs(run.at[1]) > 0.5)


def spread(name, low, high):
    """Sixteen rates of one optimizer, evenly from low to high."""
    return [(name, low + (high - low) * i / 15) for i in range(16)]


def ends(scene, optimizers, place, within=0.1):
    """Whether all of them end near this place, given the time."""
    return all(r.ends_near(*place, within=within) for r in scene.again(optimizers, stop={"max_steps": 4000}))


def unlike(one, other):
    """The keys in which two differ."""
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}


def formula(scene):
    """The problem of a scene with a formula of its own."""
    return expression_problem(scene.preset.spec["problem"]["expression"])


def rattles(many):
    """For each seed and run: the mean over steps 100 to the end, in percent above the least loss of the cars."""
    return np.array([[excess(run.loss[100:].mean(), STANDARD_LEAST) for run in runs] for runs in many])


def at_rate(scene, rate):
    """The optimizers of a scene, all at one rate."""
    return [optimizer | {"learning_rate": rate} for optimizer in scene.preset.spec["optimizers"]]


def drawn(scene):
    """The optimizers of a scene, with samples drawn with replacement."""
    return [each | {"sampling": "replacement"} for each in scene.preset.spec["optimizers"]]


def averaged(run, rate):
    """The first parameter of a run that steps against the corrected average of its gradients, by the sum of weights."""
    steps = [
        sum(0.1 * 0.9 ** (t - 1 - k) * g for k, g in enumerate(run.gradient[0][:t])) / (1 - 0.9**t)
        for t in range(1, 60)
    ]
    return run.at[0][0] - rate * np.concatenate([[0], np.cumsum(steps)])


def about(found, stated, digits=2):
    """Whether a value rounds to what a sentence states."""
    return f"{found:.{digits}g}" == f"{stated:.{digits}g}"


def steps(*expected):
    """The runs end after so many steps, None for one that is not asked about."""
    return lambda s: all(n is None or r.steps == n for r, n in zip(s.runs, expected, strict=True))


def reasons(*expected):
    return lambda s: [r.reason for r in s.runs] == list(expected)


def across(run):
    """How far beside the floor of the turned ravine, on which side by its sign."""
    return (run.at[0] - 2 * run.at[1]) / 5**0.5


def swings(run):
    """How far beside the floor each swing goes, from the first time over it."""
    beside = across(run)
    over = np.flatnonzero(np.diff(np.sign(beside)))
    return [np.abs(beside[a + 1 : b + 1]).max() for a, b in pairwise(over)]


def shrink(values):
    """By what factor a step they shrink as they swing: of the recurrence of second order that four of them follow."""
    u = values[5:9]
    _, product_of_roots = np.linalg.solve([[u[1], -u[0]], [u[2], -u[1]]], u[2:])
    return product_of_roots**0.5


def hessian(problem):
    """Of a quadratic loss, from its values at nine points."""
    f = problem.loss_at
    xx, yy = f((1, 0)) - 2 * f((0, 0)) + f((-1, 0)), f((0, 1)) - 2 * f((0, 0)) + f((0, -1))
    xy = (f((1, 1)) - f((1, -1)) - f((-1, 1)) + f((-1, -1))) / 4
    return np.array([[xx, xy], [xy, yy]])


def curvatures(problem):
    """Of a quadratic loss: the eigenvalues of its Hessian."""
    return np.linalg.eigvalsh(hessian(problem))


def excess(loss, least):
    """Percent above the least loss."""
    return 100 * (loss / least - 1)
