"""What the numbers are that lessons and their notes say are held: each by its name, computed anew from many runs."""

import base64
import json
from functools import cache

import numpy as np

import fallline
from app.course.lessons import lessons, runs_of
from tests.lessons.edges import condition_of_cars, curvature_under_warm_up, leaves, passes, thrown_up_to
from tests.lessons.searches import GROUNDS, HORIZONS, OPTIMIZERS, PARTS, at_values, fewest_that_stay, network_steps

RAVINE = "surface=ravine&start=-4,1&max_steps=300&target_loss=0.08&optimizer="
TURNED = "surface=rotated_ravine&start=-3.1305,-2.6833&max_steps=1000&optimizer="
ON = {
    "bowl": "expression=x**2%2By**2&start=-2.5,1",
    "ravine": "surface=ravine&start=-4,1",
    "turned": "surface=rotated_ravine&start=-3.1305,-2.6833",
    "flat": "surface=plateau&start=-4.5,3.5",
}
"""The grounds of the table."""
USUAL = {"momentum": {"beta": 0.9}, "rmsprop": {"beta": 0.9}, "adam": {"beta1": 0.9, "beta2": 0.999}}
IN_NUMPY = {"momentum": {"beta": "beta1"}, "rmsprop": {"beta": "beta2"}}
TUNED = [*OPTIMIZERS, *(f"{name} searched" for name in USUAL)]
"""The rows of the table."""
MOONS = "network=two_moons&max_steps=300"


def of(query):
    return runs_of(query)


def at_rates(query, rates):
    """The runs of a query that ends before its rate."""
    return [of(f"{query}:learning_rate={rate:.6g}") for rate in rates]


def figure(lesson, name):
    return next(each for each in lessons()[lesson].pieces("figure") if each.name == name).spec


def most_steps_of_adagrad():
    return max(run.steps(0) for run in at_rates(f"{RAVINE}adagrad", np.geomspace(0.8, 5, 41)))


def fewest_steps_of_descent():
    """Below 0.015 it is slower along the floor, above 0.02 it diverges."""
    return min(run.steps_to(0, 0.08) for run in at_rates(f"{RAVINE}gd", np.arange(0.015, 0.02, 0.00005)))


def fewest_steps_of_adagrad_turned():
    return min(run.steps_to(0, 0.08) for run in at_rates(f"{TURNED}adagrad", np.geomspace(0.1, 10, 400)))


def seeds_won_by_adagrad():
    text = figure("adagrad", "rare").removeprefix("spec=").split("&")[0]
    spec = json.loads(base64.urlsafe_b64decode(text + "=="))
    won = 0
    for seed in range(40):
        query = base64.urlsafe_b64encode(json.dumps(spec | {"seed": seed}).encode()).decode().rstrip("=")
        falling, adagrad = (run.loss[-100:].mean() for run in of(f"spec={query}").runs)
        won += adagrad < falling
    return won


def loss_of_rmsprop_from_the_wall():
    rates = np.geomspace(0.006, 0.012, 41)
    runs = at_rates("surface=rosenbrock&start=-0.5,3&max_steps=1000&optimizer=rmsprop", rates)
    return np.ceil(100 * max(run.loss(0, -1) for run in runs)) / 100


def last_long_step_without_the_power():
    (run,) = of("expression=x&start=0&max_steps=1000&optimizer=adam:learning_rate=1,form=slide").runs
    return np.flatnonzero(-np.diff(run.parameters[0]) > 1)[-1] + 1


def rates_that_will_do(optimizer):
    """Those that take at most twice as long as the best until the loss stays at a hundredth."""
    rates = np.geomspace(0.003, 20, 250)
    steps = np.array([run.stays(0, 0.01) for run in at_rates(f"{TURNED}{optimizer}", rates)])
    return rates[steps <= 2 * steps.min()]


def factor_of_rates(optimizer):
    rates = rates_that_will_do(optimizer)
    return int(rates.max() / rates.min() + 0.5)


def smallest_rate(optimizer):
    rates = rates_that_will_do(optimizer)
    assert rates.max() == 20
    return float(f"{rates.min():.2g}")


@cache
def tuned(query, optimizer, most=60, **how):
    """The values that `fallline.tune` finds, the usual betas where they are not searched; and the steps."""
    name, _, searched = optimizer.partition(" ")
    usual = USUAL.get(name, {})
    over = {"learning_rate": {"from": 0.005, "to": most}}
    over |= {beta: {"from": 0, "to": 0.9999} for beta in usual} if searched else {}
    found = fallline.tune(query, optimizers=[{"name": name, **usual}], over=over, stays=True, **how)
    return {**usual, **found.best}, found.steps


def in_numpy(optimizer, values):
    """The name of an optimizer without what was searched, and its values as `searches.py` calls them."""
    name = optimizer.split()[0]
    return name, {IN_NUMPY.get(name, {}).get(key, key): value for key, value in values.items()}


def fewest(ground, optimizer):
    """To step 1,000; plain NumPy takes as many at the values found."""
    values, steps = tuned(f"{ON[ground]}&max_steps=1000&target_loss=0.01", optimizer)
    name, named = in_numpy(optimizer, values)
    assert at_values(ground, name, **named) == steps
    return steps


@cache
def moons(optimizer):
    """From each of twenty starting weights, by plain NumPy, with the values that are best on five others.

    RMSProp with its usual beta rattles at rates above 0.1, so that rounding decides when it stays.
    """
    most = 0.1 if optimizer == "rmsprop" else 60
    values, steps = tuned(f"{MOONS}&target_loss=0.05", optimizer, most, seeds=5, coarse=True)
    name, named = in_numpy(optimizer, values)
    start = [fallline.run("network=two_moons&max_steps=1&optimizer=gd", seed=seed) for seed in range(25)]
    samples = start[0].reply["problem"]["network"]["samples"]
    data = np.array([each["inputs"] for each in samples]), np.array([each["target"] for each in samples])
    weights = np.array([[column[0] for column in run.runs[0].parameters.values()] for run in start])
    all_steps = network_steps(weights, *data, name, **named)
    assert np.median(all_steps[:5]) == steps
    return all_steps[5:]


def factor_of_rates_in_one_dent():
    first = {"gd": 0.0005, "momentum": 0.003, "adagrad": 0.05, "adam": 0.03}
    for optimizer, rate in first.items():
        query = f"surface=rastrigin&start=-3.3,2.8&max_steps=300&optimizer={optimizer}"
        ends = [run.at(0, -1) for run in at_rates(query, np.geomspace(rate, 10 * rate, 21))]
        assert np.allclose(ends, ends[0], atol=1e-3), optimizer
    return 10


def steepness_for_descent():
    """Each at the best of many rates, to the same loss."""
    query = "expression=x**2/2%2B5*y**2&start=-4,1&max_steps=300&optimizer="
    rates = np.geomspace(0.01, 2, 200)
    fewest = [min(run.stays(0, 0.0008) for run in at_rates(f"{query}{name}", rates)) for name in ("gd", "momentum")]
    assert fewest[0] < fewest[1]
    return 10


def starts_that_stay_above():
    """An independent run in NumPy has the same: the seeds 8, 14, 16, 24, 28 and 32."""
    query = "network=house_prices&seed={}&max_steps=300&optimizer=gd:learning_rate=0.1"
    return sum(of(query.format(seed)).loss(0, -1) > 0.01 for seed in range(40))


def draws_below_a_millionth():
    """An independent run in NumPy from the same weights has the same: all but two of the seeds."""
    query = "network=xor:hidden=3&seed={}&max_steps=500&optimizer=adam:learning_rate=0.05"
    return sum(of(query.format(seed)).loss(0, -1) < 1e-6 for seed in range(40))


def steps_one_at_a_time():
    """An independent run in NumPy, with orders of its own, has 10 as well."""
    query = (
        "dataset=house_prices&loss=mse&standardize=true&start=-1,1&max_steps=60&seed={}&optimizer=sgd:learning_rate=0.1"
    )
    return np.median([of(query.format(seed)).steps_to(0, 0.1) for seed in range(200)])


AT_THE_EDGE = {"scaling alone": (0.08, 0.0), "both": (0.5, 0.9), "both at half the rate": (0.25, 0.9)}
"""In the turned ravine: Adam's learning rate and beta1."""
CURES = {
    "both": {},
    "decay in the gradient": {"l2": 0.1},
    "decay beside it": {"decay": 0.1},
    "clipped at 10": {"clip": 10},
}
"""To Adam at 0.5."""

HELD = {
    "stopping distance, condition with the speeds divided by their spread": (
        lambda: round(condition_of_cars(centred=False, scaled=True))
    ),
    "stopping distance, condition with the speeds less their mean": (
        lambda: round(condition_of_cars(centred=True, scaled=False), 1)
    ),
    **{
        f"turned ravine, step at which it {what}, {name}": lambda does=does, values=values: does(*values)
        for what, does in (("passes its edge", passes), ("is out again", leaves))
        for name, values in AT_THE_EDGE.items()
    },
    **{
        f"turned ravine, {what}, {name}": lambda does=does, cure=cure: does(0.5, 0.9, **cure)
        for what, does in {
            "step at which it passes its edge": passes,
            "step at which it is out again": leaves,
            "highest loss of the throw": lambda *rates, **cure: round(thrown_up_to(*rates, **cure), 2),
        }.items()
        for name, cure in CURES.items()
    },
    **{
        f"two wells, curvature where step {step} sets out": lambda step=step: round(curvature_under_warm_up(step), 1)
        for step in (1, 2, 5, 10)
    },
    "XOR, drawn starting weights of 40 from which Adam comes below a millionth": draws_below_a_millionth,
    "homes, one at a time, median steps of 200 seeds to a tenth": steps_one_at_a_time,
    "homes, starting weights of 40 from which gradient descent stays above a hundredth": starts_that_stay_above,
    "AdaGrad in the ravine, most steps at rates from 0.8 to 5": most_steps_of_adagrad,
    "gradient descent in the ravine, fewest steps at any rate": fewest_steps_of_descent,
    "AdaGrad in the turned ravine, fewest steps at any rate": fewest_steps_of_adagrad_turned,
    "AdaGrad on the rare feature, seeds of 40 with the lower loss": seeds_won_by_adagrad,
    "RMSProp from the wall, loss at rates from 0.006 to 0.012, rounded up": loss_of_rmsprop_from_the_wall,
    "Adam without the power, last step that is too long under a steady gradient": last_long_step_without_the_power,
    "one dent, factor between rates that end in it, at least": factor_of_rates_in_one_dent,
    "momentum, walls so many times as steep as the floor where gradient descent is done first": steepness_for_descent,
    **{
        f"turned ravine, factor between rates that will do, {name}": lambda name=name: factor_of_rates(name)
        for name in ("gd", "momentum", "rmsprop")
    },
    **{
        f"turned ravine, smallest rate that will do, {name}": lambda name=name: smallest_rate(name)
        for name in ("adagrad", "adam")
    },
    **{
        f"{ground}, best of a search, {name}": lambda ground=ground, name=name: fewest(ground, name)
        for ground in GROUNDS
        for name in TUNED
    },
    **{f"network, best of a search, {name}": lambda name=name: np.median(moons(name)) for name in TUNED},
    "two moons, starts of twenty with momentum before adam": lambda: sum(moons("momentum") < moons("adam")),
    "two moons, starts of twenty with adam searched before momentum": lambda: sum(
        moons("adam searched") < moons("momentum searched")
    ),
    **{
        f"turned ravine, fewest steps that stay to {horizon}, {part}": lambda part=part, horizon=horizon: (
            fewest_that_stay(part)[horizon]
        )
        for horizon in HORIZONS
        for part in PARTS
    },
}
"""What a number is -> what it comes to."""
