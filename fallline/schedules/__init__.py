"""The catalog of schedules: step number -> factor on the learning rate."""

from fallline.hyperparameters import Count, Factor, Interval, Param, counted
from fallline.schedules.schedule import Schedule

__all__ = ["SCHEDULES", "Schedule"]

STEPS = Count(200, "The step at which it has reached its end.")
FLOOR = Factor(0.0, "The share of the rate that is left at the end.")

_SCHEDULES = (
    Schedule(
        name="constant",
        label="Constant",
        summary="The learning rate as it is, at every step.",
        rule="factor = 1",
        source="The plain case",
        differs="PyTorch, Keras and Optax: no schedule at all.",
    ),
    Schedule(
        name="step",
        label="Steps",
        summary="The rate is multiplied by a factor once every so many steps, and constant in between.",
        rule="factor = factor**floor(k/every)",
        params={
            "every": Count(50, "How many steps a stair is long."),
            "factor": Factor(0.5, "What the rate is multiplied by at each stair."),
        },
        source="Common practice: He, Zhang, Ren & Sun 2016, section 4.2, divide by 10 at two steps named beforehand",
        differs=(
            "PyTorch: StepLR(step_size=every, gamma=factor). Keras: ExponentialDecay(staircase=True). Optax: "
            "exponential_decay(staircase=True)."
        ),
    ),
    Schedule(
        name="exponential",
        label="Exponential",
        summary="The rate falls by the same share at every step.",
        rule="factor = decay**k",
        params={"decay": Factor(0.99, "What the rate is multiplied by at each step.", min=0.9, max=1.0)},
        source="Common practice; compared with others in Senior, Heigold, Ranzato & Yang 2013",
        differs=(
            "PyTorch: ExponentialLR(gamma=decay). Keras and Optax give the decay over a number of steps: "
            "decay_rate = decay**decay_steps."
        ),
    ),
    Schedule(
        name="inverse_time",
        label="Inverse time",
        summary="The rate falls as one over the number of steps: fast at first, ever slower later.",
        rule="factor = 1 / (1 + decay*k)",
        params={"decay": Factor(0.02, "How soon it falls: after 1/decay steps the rate is halved.")},
        source="Robbins & Monro 1951, whose proof needs rates whose sum is infinite and whose squares sum to less",
        differs=(
            "Keras: InverseTimeDecay(decay_steps=1, decay_rate=decay). PyTorch: LambdaLR. Optax has none by this name."
        ),
    ),
    Schedule(
        name="linear",
        label="Linear",
        summary="The rate falls in a straight line to its floor and stays there.",
        rule="factor = 1 - (1 - floor)*min(k, steps)/steps",
        params={"steps": STEPS, "floor": FLOOR},
        source="Common practice",
        differs=(
            "PyTorch: LinearLR(start_factor=1, end_factor=floor, total_iters=steps). Keras: "
            "PolynomialDecay(power=1). Optax: linear_schedule."
        ),
    ),
    Schedule(
        name="cosine",
        label="Cosine",
        summary="The rate falls along half a cosine wave: slowly, then fast, then slowly to its floor.",
        rule="factor = floor + (1 - floor)*(1 + cos(pi*min(k, steps)/steps))/2",
        params={"steps": STEPS, "floor": FLOOR},
        source=(
            "Loshchilov & Hutter 2017, SGDR: stochastic gradient descent with warm restarts, eq. 5, without restarts"
        ),
        differs=(
            "PyTorch: CosineAnnealingLR(T_max=steps, eta_min=floor*rate), which rises again after T_max. "
            "Keras: CosineDecay(decay_steps=steps, alpha=floor). Optax: cosine_decay_schedule(alpha=floor)."
        ),
    ),
    Schedule(
        name="warmup_cosine",
        label="Warm-up, then cosine",
        summary="The rate rises in a straight line over the warm-up, then falls along half a cosine wave to 0.",
        rule="""
            rise = t/max(warmup, 1)
            fall = (1 + cos(pi*(t - warmup)/max(steps - warmup, 1)))/2
            factor = where(t <= warmup, rise, where(t < steps, fall, 0))
        """,
        params={
            "warmup": Count(20, "How many steps the rise takes.", min=0, max=200, scale="linear", allowed=counted(0)),
            "steps": STEPS,
        },
        source="Goyal et al. 2017, section 2.2 (warm-up); Loshchilov & Hutter 2017, eq. 5 (cosine)",
        differs=(
            "Keras: CosineDecay(0, decay_steps=steps - warmup, warmup_target=rate, warmup_steps=warmup). Optax: "
            "warmup_cosine_decay_schedule(0, rate, warmup, decay_steps=steps). Both count from 0, so that their "
            "first step has rate 0. PyTorch: SequentialLR of LinearLR and CosineAnnealingLR."
        ),
    ),
    Schedule(
        name="one_cycle",
        label="One cycle",
        summary=(
            "The rate rises from a twenty-fifth to the whole over three tenths of the run, then falls to "
            "almost nothing."
        ),
        rule="""
            peak = 0.3*steps - 1
            s = min(k, steps - 1)
            rise = 0.04 + 0.96*(1 - cos(pi*s/peak))/2
            fall = 4e-6 + (1 - 4e-6)*(1 + cos(pi*(s - peak)/(steps - 1 - peak)))/2
            factor = where(s <= peak, rise, fall)
        """,
        params={"steps": Count(200, "How many steps the cycle takes.", min=4, allowed=counted(4))},
        source="Smith & Topin 2018, Super-convergence, with cosines as in torch.optim.lr_scheduler.OneCycleLR",
        differs=(
            "PyTorch: OneCycleLR(max_lr=rate, total_steps=steps), which by default also cycles the momentum "
            "and refuses steps past the end. Keras has none. Optax: cosine_onecycle_schedule "
            "peaks one step later and ends one step past the last, which at 200 steps still has 1.3e-4 of the rate."
        ),
    ),
    Schedule(
        name="chebyshev",
        label="Chebyshev",
        summary=(
            "A rate for each step of a cycle: with the learning rate 2/(lambda_min + lambda_max), those by which plain "
            "descent on a quadratic keeps the least of a distance at worst, over all curvatures in between."
        ),
        rule="""
            u = 1 + floor(k/2**doublings) - t/2**doublings
            x = abs(floor(2*u) - 1/4)
            x = abs(floor(4*u) - 2*floor(2*u) - x/2)
            x = abs(floor(8*u) - 2*floor(4*u) - x/2)
            x = abs(floor(16*u) - 2*floor(8*u) - x/2)
            x = abs(floor(32*u) - 2*floor(16*u) - x/2)
            x = abs(floor(64*u) - 2*floor(32*u) - x/2)
            rho = (condition - 1)/(condition + 1)
            factor = 1/(1 - rho*cos(pi*x*64/2**doublings))
        """,
        params={
            "condition": Param(
                100, "The largest curvature over the smallest, lambda_max/lambda_min.", 1, 1e4, "log", Interval(low=1)
            ),
            "doublings": Count(
                6, "A cycle has 2**doublings rates.", min=0, max=6, scale="linear", allowed=Interval(0, 6)
            ),
        },
        source=(
            "Young 1953, On Richardson's method (the rates: one over each zero of a Chebyshev polynomial); Lebedev & "
            "Finogenov 1971, On the order of choice of the iteration parameters in the Chebyshev cyclic iteration "
            "method (their order, here from its end, so that rounding and the loss stay small on the way)"
        ),
        differs="PyTorch: LambdaLR. Keras and Optax have none by this name.",
    ),
)

SCHEDULES: dict[str, Schedule] = {schedule.name: schedule for schedule in _SCHEDULES}
