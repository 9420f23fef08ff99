"""What curvature makes of runs, worked out in plain NumPy: nothing here is the project's but the data of the cars.

Cohen et al. 2022, Adaptive gradient methods at the edge of stability, has the edge of Adam and RMSProp: what they
divide by scales the Hessian H to D^-1/2 H D^-1/2, and its largest eigenvalue may come to 2 (1 + b1) / ((1 - b1) lr).
"""

from functools import cache

import numpy as np

from fallline.problems import DATASETS

TURNED = np.array([[20.8, -39.6], [-39.6, 80.2]])
"""The Hessian of (2x + y)²/10 + 10 (x - 2y)², by hand; its eigenvalues are 1 and 100."""
OUT = 0.01
"""A loss above this, after one below it, is out again."""


def condition(hessian):
    low, high = np.linalg.eigvalsh(hessian)
    return high / low


def condition_of_cars(centred, scaled):
    """Of the mean squared error of a line, with the speeds less their mean or divided by their spread."""
    speed = np.array(DATASETS["stopping_distance"].points)[:, 0]
    speed = (speed - centred * speed.mean()) / (speed.std() if scaled else 1)
    features = np.stack([speed, np.ones_like(speed)])
    return condition(2 * features @ features.T / len(speed))


@cache
def adam_in_the_turned_ravine(rate, beta1, eps=1e-8, steps=6000, l2=0.0, decay=0.0, clip=np.inf):
    """The loss of each row, and at each step the largest curvature as the rule scales it.

    l2 is decay in the gradient, decay beside it, as in AdamW; each number of a gradient is clipped by itself.
    """
    w, m, v = np.array([-3.1305, -2.6833]), np.zeros(2), np.zeros(2)
    loss, curvature = [w @ TURNED @ w / 2], []
    for t in range(1, steps + 1):
        g = np.clip(TURNED @ w, -clip, clip) + l2 * w
        m, v = beta1 * m + (1 - beta1) * g, 0.999 * v + 0.001 * g**2
        divided = np.sqrt(v / (1 - 0.999**t)) + eps
        curvature.append(np.linalg.eigvalsh(TURNED / np.sqrt(np.outer(divided, divided)))[-1])
        w = (1 - rate * decay) * w - rate * m / (1 - beta1**t) / divided
        loss.append(w @ TURNED @ w / 2)
    return np.array(loss), np.array(curvature)


def passes(rate, beta1, **cure):
    """The first step at which it is past its edge: where w(t + 1) = -w(t) solves the step, the decay in it."""
    _, curvature = adam_in_the_turned_ravine(rate, beta1, **cure)
    edge = (2 - rate * cure.get("decay", 0)) * (1 + beta1) / ((1 - beta1) * rate)
    return int(np.argmax(curvature > edge)) + 1


def leaves(rate, beta1, **cure):
    """The first row at which the loss is out again."""
    loss, _ = adam_in_the_turned_ravine(rate, beta1, **cure)
    there = int(np.argmax(loss < OUT / 100))
    return there + int(np.argmax(loss[there:] > OUT))


def thrown_up_to(rate, beta1, **cure):
    """The highest loss from where it is out again, up to step 3,200."""
    return adam_in_the_turned_ravine(rate, beta1, **cure)[0][leaves(rate, beta1, **cure) : 3201].max()


def curvature_under_warm_up(step):
    """Of two wells, x⁴/4 - x³/3 - x² + y²/2, along x where a step sets out: from 3.7, the rate 0.016 more each step."""
    x = 3.7
    for t in range(1, step):
        x -= 0.016 * t * (x**3 - x**2 - 2 * x)
    return 3 * x**2 - 2 * x - 2


def roots_of_the_ball(rate, beta, curvature):
    """What a step of the heavy ball keeps: of r² - (1 + beta - lr λ) r + beta = 0 the larger size (Polyak 1964)."""
    return np.abs(np.roots([1, rate * curvature - 1 - beta, beta])).max()


def of_cars():
    """Of the mean squared error on the standardised cars, about its minimum: each sample's Hessian and gradient."""
    speed, distance = ((each - each.mean()) / each.std() for each in np.array(DATASETS["stopping_distance"].points).T)
    features = np.stack([speed, np.ones_like(speed)], axis=1)
    residuals = distance - features @ np.linalg.lstsq(features, distance, rcond=None)[0]
    return 2 * features[:, :, None] * features[:, None, :], -2 * residuals[:, None] * features


def cloud_of_cars(rate, alike=False):
    """The stationary covariance of single samples drawn with replacement, and how far the loss is above the least.

    It solves S = E[(I - lr Hi) S (I - lr Hi)] + lr² E[gi gi'], with the mean Hessian for each Hi where all are alike.
    """
    hessians, gradients = of_cars()
    mean, noise = hessians.mean(axis=0), rate**2 * gradients.T @ gradients / len(gradients)
    kept = np.eye(2) - rate * (mean[None] if alike else hessians)
    carried = np.mean([np.kron(each, each) for each in kept], axis=0)
    covariance = np.linalg.solve(np.eye(4) - carried, noise.ravel()).reshape(2, 2)
    return covariance, np.trace(mean @ covariance) / 2


def mean_off_the_minimum(rate, rows):
    """How far the mean of so many rows is off, as a root of the mean square: by the autocovariances A^k S."""
    covariance, kept = cloud_of_cars(rate)[0], np.eye(2) - rate * of_cars()[0].mean(axis=0)
    total = rows * np.trace(covariance)
    for k in range(1, rows):
        total += 2 * (rows - k) * np.trace(np.linalg.matrix_power(kept, k) @ covariance)
    return np.sqrt(total) / rows


VALLEYS = np.array([[3, 2], [-2.805118, 3.131313], [-3.77931, -3.283186], [3.584428, -1.848127]])
"""The minima of Himmelblau's function (Himmelblau 1972)."""


@cache
def ends_on_himmelblau(rate, side=256, steps=300, beta=0.9):
    """Of the heavy ball from a grid of starts over the map: which of the valleys each ends in, -1 none, -2 off."""
    x, y = np.meshgrid(*[np.linspace(-6, 6, side)] * 2)
    u, v = np.zeros((2, side, side))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            a, b = x * x + y - 11, x + y * y - 7
            u, v = beta * u - rate * (4 * x * a + 2 * b), beta * v - rate * (2 * a + 4 * y * b)
            x, y = x + u, y + v
    ends = np.where(abs(x) + abs(y) < 1e6, -1, -2)
    for index, (at_x, at_y) in enumerate(VALLEYS):
        ends[(abs(x - at_x) < 0.02) & (abs(y - at_y) < 0.02)] = index
    return ends


def pairs_apart(ends):
    """Percent of the starts side by side that end apart."""
    across, up = ends[:, 1:] != ends[:, :-1], ends[1:] != ends[:-1]
    return 100 * (across.sum() + up.sum()) / (across.size + up.size)


def areas_of(mask):
    """The connected cells of a grid, the largest first: each a set of (row, column)."""
    left, areas = set(zip(*np.nonzero(mask), strict=True)), []
    while left:
        area, edge = set(), {left.pop()}
        while edge:
            area |= edge
            edge = {(j + dj, i + di) for j, i in edge for dj, di in ((1, 0), (-1, 0), (0, 1), (0, -1))} & left
            left -= edge
        areas.append(area)
    return sorted(areas, key=len, reverse=True)


def cell_of(place):
    """Where a place lies on the grid of `ends_on_himmelblau`, 256 from -6 to 6."""
    x, y = np.rint((np.array(place) + 6) * 255 / 12).astype(int)
    return y, x
