"""Loops as one would write them by hand for one optimizer on one surface: what the engine is measured against."""

from __future__ import annotations

from math import hypot, sqrt

START, STEPS = (1.0, 5.0), 1000


def slopes(x: float, y: float) -> tuple[float, float]:
    """The gradient of Himmelblau's function."""
    a, b = x * x + y - 11, x + y * y - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def adam_with_columns(
    lr: float = 0.2, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8
) -> list[list[float]]:
    """Adam on Himmelblau, keeping the columns that a run keeps, and stopping where a run would call it diverged."""
    x, y = START
    mx = my = vx = vy = 0.0
    a, b = x * x + y - 11, x + y * y - 7
    xs, ys, losses, gxs, gys, rates, sizes = [x], [y], [a * a + b * b], [], [], [], []
    keep_x, keep_y, keep_loss, keep_size = xs.append, ys.append, losses.append, sizes.append
    keep_gx, keep_gy, keep_rate = gxs.append, gys.append, rates.append
    rest1, rest2 = 1 - beta1, 1 - beta2
    for t in range(1, STEPS + 1):
        gx, gy = 4 * x * a + 2 * b, 2 * a + 4 * y * b
        mx, my = beta1 * mx + rest1 * gx, beta1 * my + rest1 * gy
        vx, vy = beta2 * vx + rest2 * gx * gx, beta2 * vy + rest2 * gy * gy
        c1, c2 = 1 - beta1**t, 1 - beta2**t
        next_x = x - lr * (mx / c1) / (sqrt(vx / c2) + eps)
        next_y = y - lr * (my / c1) / (sqrt(vy / c2) + eps)
        a, b = next_x * next_x + next_y - 11, next_x + next_y * next_y - 7
        loss = a * a + b * b
        if not (abs(next_x) <= 1e100 and abs(next_y) <= 1e100 and loss <= 1e100):
            break
        keep_x(next_x), keep_y(next_y), keep_loss(loss), keep_gx(gx), keep_gy(gy), keep_rate(lr)
        keep_size(hypot(next_x - x, next_y - y))
        x, y = next_x, next_y
    return [xs, ys, losses, gxs, gys, rates, sizes]


def gd(lr: float = 0.002) -> tuple[float, float]:
    """Gradient descent, keeping nothing."""
    x, y = START
    for _ in range(STEPS):
        gx, gy = slopes(x, y)
        x, y = x - lr * gx, y - lr * gy
    return x, y


def momentum(lr: float = 0.02, beta: float = 0.9) -> tuple[float, float]:
    """Averaged momentum, keeping nothing."""
    x, y = START
    mx = my = 0.0
    for _ in range(STEPS):
        gx, gy = slopes(x, y)
        mx, my = beta * mx + (1 - beta) * gx, beta * my + (1 - beta) * gy
        x, y = x - lr * mx, y - lr * my
    return x, y


def heavy_ball(lr: float = 0.0015, beta: float = 0.9) -> tuple[float, float]:
    """The heavy ball, keeping nothing."""
    x, y = START
    mx = my = 0.0
    for _ in range(STEPS):
        gx, gy = slopes(x, y)
        mx, my = beta * mx + gx, beta * my + gy
        x, y = x - lr * mx, y - lr * my
    return x, y


def nesterov(lr: float = 0.0015, beta: float = 0.9) -> tuple[float, float]:
    """Nesterov's momentum, keeping nothing."""
    x, y = START
    mx = my = 0.0
    for _ in range(STEPS):
        gx, gy = slopes(x, y)
        mx, my = beta * mx + gx, beta * my + gy
        x, y = x - lr * (gx + beta * mx), y - lr * (gy + beta * my)
    return x, y


def adagrad(lr: float = 0.5, eps: float = 1e-8) -> tuple[float, float]:
    """AdaGrad, keeping nothing."""
    x, y = START
    vx = vy = 0.0
    for _ in range(STEPS):
        gx, gy = slopes(x, y)
        vx, vy = vx + gx * gx, vy + gy * gy
        x, y = x - lr * gx / sqrt(eps + vx), y - lr * gy / sqrt(eps + vy)
    return x, y


def rmsprop(lr: float = 0.04, beta: float = 0.9, eps: float = 1e-8) -> tuple[float, float]:
    """RMSProp, keeping nothing."""
    x, y = START
    vx = vy = 0.0
    for _ in range(STEPS):
        gx, gy = slopes(x, y)
        vx, vy = beta * vx + (1 - beta) * gx * gx, beta * vy + (1 - beta) * gy * gy
        x, y = x - lr * gx / sqrt(eps + vx), y - lr * gy / sqrt(eps + vy)
    return x, y


def adam(lr: float = 0.2, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8) -> tuple[float, float]:
    """Adam, keeping nothing."""
    x, y = START
    mx = my = vx = vy = 0.0
    for t in range(1, STEPS + 1):
        gx, gy = slopes(x, y)
        mx, my = beta1 * mx + (1 - beta1) * gx, beta1 * my + (1 - beta1) * gy
        vx, vy = beta2 * vx + (1 - beta2) * gx * gx, beta2 * vy + (1 - beta2) * gy * gy
        c1, c2 = 1 - beta1**t, 1 - beta2**t
        x, y = x - lr * (mx / c1) / (sqrt(vx / c2) + eps), y - lr * (my / c1) / (sqrt(vy / c2) + eps)
    return x, y


def lion(lr: float = 0.02, beta1: float = 0.9, beta2: float = 0.99) -> tuple[float, float]:
    """Lion, keeping nothing."""
    x, y = START
    mx = my = 0.0
    for _ in range(STEPS):
        gx, gy = slopes(x, y)
        cx, cy = beta1 * mx + (1 - beta1) * gx, beta1 * my + (1 - beta1) * gy
        x, y = x - lr * ((cx > 0) - (cx < 0)), y - lr * ((cy > 0) - (cy < 0))
        mx, my = beta2 * mx + (1 - beta2) * gx, beta2 * my + (1 - beta2) * gy
    return x, y


RACE = {
    "gd": (gd, 0.002), "momentum": (momentum, 0.02), "heavy_ball": (heavy_ball, 0.0015), "nesterov": (nesterov, 0.0015),
    "adagrad": (adagrad, 0.5), "rmsprop": (rmsprop, 0.04), "adam": (adam, 0.2), "lion": (lion, 0.02),
}  # fmt: skip
"""Eight optimizers with the learning rate of each, all from START for STEPS steps."""
