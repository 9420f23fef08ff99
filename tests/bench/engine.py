"""The engine in process: one run, a cold formula, landscapes, a sweep, against loops by hand and against libraries."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, pairwise

import numpy as np

from fallline.descent import Phase, RuleMethod, Run, Setup, Stop
from fallline.descent.lanes import ends_of_starts, sweep
from fallline.formulas import parse_rule
from fallline.problems.grid import axis
from fallline.problems.network_datasets import network_problem
from fallline.problems.problem import expression_problem, surface_problem
from fallline.problems.surfaces import SURFACES
from tests.bench import bare
from tests.bench.measure import Figure, best_of, side_by_side
from tests.descent.runs import finished


def adam_run() -> list[object]:
    """1,000 steps of Adam on Himmelblau, as a request runs them."""
    problem = surface_problem("himmelblau")
    return list(Run(problem, Setup.of("adam", learning_rate=0.2), bare.START, Stop(max_steps=bare.STEPS)).blocks())


def figures() -> Iterator[Figure]:
    """Every figure of the engine."""
    ours, by_hand = side_by_side(adam_run, bare.adam_with_columns)
    note = f"{ours * 1e3:.2f} against {by_hand * 1e3:.2f} ms"
    yield Figure(
        "Adam, 1,000 steps: against a loop by hand with the same columns", ours / by_hand, 1.15, "times", note=note
    )
    yield Figure("a formula never seen before, to its first row", _cold() * 1e3, 20, "ms")
    slowest, name = max((_landscape(name), name) for name in SURFACES)
    yield Figure("256 x 256 landscape, slowest surface", slowest * 1e3, 10, "ms", note=name)
    yield Figure("sweep of 73 rates x 1,000 steps of Adam", best_of(_sweep) * 1e3, 25, "ms")
    for name, rate in (("gd", 0.01), ("adam", 0.2)):
        seconds, longest = _map_of_starts(name, rate)
        yield Figure(f"map of 256 x 256 starts x 300 steps of {name}", seconds, 1, "s")
        yield Figure("  its longest time between two pauses", longest * 1e3, 5, "ms")
    xor, deep = network_run("xor", (3,)), network_run("spiral", (8, 8, 8))
    step = best_of(deep.whole) / bare.STEPS
    yield Figure("a step of Adam, network 8-8-8 on 120 points", step * 1e3, 0.15, "ms")
    # last, as these libraries start threads that disturb what is measured after them
    yield _against("Adam, 1,000 steps: faster than torch.optim with autograd", "torch", _torch_adam, ours, 100)
    yield _against("XOR with three neurons, 1,000 steps: faster than torch", "torch", _torch_xor, best_of(xor.whole), 4)
    yield _against("Adam, 1,000 steps: faster than Optax, jax.lax.scan, jitted", "optax", _optax_adam, ours, None)


def network_run(name: str, hidden: tuple[int, ...]) -> Run:
    """1,000 steps of Adam for a network."""
    return Run(network_problem(name, hidden), Setup.of("adam", learning_rate=0.05), stop=Stop(max_steps=bare.STEPS))


def _against(
    label: str, module: str, make: Callable[[], Callable[[], object]], ours: float, goal: float | None
) -> Figure:
    if importlib.util.find_spec(module) is None:
        return Figure(label, None, goal, "times", True, f"{module} is not installed: make peers")
    theirs = best_of(make(), 3, 0.3)
    return Figure(label, theirs / ours, goal, "times", True, f"{theirs * 1e3:.2f} ms")


def _torch_adam() -> Callable[[], object]:
    import torch

    torch.set_num_threads(1)

    def work() -> object:
        w = torch.tensor(bare.START, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.Adam([w], lr=0.2)
        for _ in range(bare.STEPS):
            optimizer.zero_grad()
            loss = (w[0] ** 2 + w[1] - 11) ** 2 + (w[0] + w[1] ** 2 - 7) ** 2
            loss.backward()
            optimizer.step()
        return w

    return work


def _torch_xor() -> Callable[[], object]:
    import torch

    torch.set_num_threads(1)
    inputs = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    targets = torch.tensor([[0], [1], [1], [0]], dtype=torch.float64)

    def work() -> object:
        hidden, output = torch.nn.Linear(2, 3).double(), torch.nn.Linear(3, 1).double()
        network = torch.nn.Sequential(hidden, torch.nn.Tanh(), output)
        optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
        for _ in range(bare.STEPS):
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(network(inputs), targets).backward()
            optimizer.step()
        return network

    return work


def _optax_adam() -> Callable[[], object]:
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    optimizer = optax.adam(0.2)

    def loss(w):  # type: ignore[no-untyped-def]
        return (w[0] ** 2 + w[1] - 11) ** 2 + (w[0] + w[1] ** 2 - 7) ** 2

    def step(carry, _):  # type: ignore[no-untyped-def]
        w, state = carry
        value, gradient = jax.value_and_grad(loss)(w)
        updates, state = optimizer.update(gradient, state)
        return (optax.apply_updates(w, updates), state), (w, value, gradient)

    start = jax.numpy.array(bare.START)
    scan = jax.jit(lambda: jax.lax.scan(step, (start, optimizer.init(start)), None, length=bare.STEPS))
    jax.block_until_ready(scan())  # compile time apart
    return lambda: jax.block_until_ready(scan())


_FRESH = count(1)


def _cold() -> float:
    """The least of a few first rows of formulas and rules that nothing has met before, in seconds."""
    return min(_first_row(next(_FRESH)) for _ in range(5))


def _first_row(number: int) -> float:
    started = time.perf_counter()
    problem = expression_problem(f"sin({number}.5*x)*exp(-y**2/{number}) + where(x > {number}, x**3, (x - y)**2)")
    rule = parse_rule(f"m = beta*m + (1 - beta)*g + {number}*0\nw = w - lr*m/(1 - beta**t)")
    next(Run(problem, Setup(RuleMethod(rule, {"beta": 0.9}), 0.01)).blocks([8]))
    return time.perf_counter() - started


def _landscape(name: str) -> float:
    problem = surface_problem(name)
    axes = [np.linspace(low, high, 256) for low, high in problem.domain]
    return best_of(lambda: problem.objective.value(np.meshgrid(*axes, sparse=True)), 3, 0.03)


def _sweep() -> object:
    run = Run(surface_problem("himmelblau"), Setup.of("adam", learning_rate=0.2), bare.START, Stop(max_steps=1000))
    rates = np.geomspace(1e-5, 10, 73)
    return finished(sweep(run, [Phase(0, replace(run.setup, learning_rate=rates))], len(rates)))


def _map_of_starts(name: str, rate: float) -> tuple[float, float]:
    """Seconds in all and between two pauses at most, each part at its quickest of a few rounds."""
    problem = surface_problem("himmelblau")
    starts = np.stack([each.ravel() for each in np.meshgrid(*(axis(*ends, 256) for ends in problem.domain))])
    run = Run(problem, Setup.of(name, learning_rate=rate), bare.START, Stop(max_steps=300))
    parts = np.min([_seconds_of_parts(ends_of_starts(run, starts)) for _ in range(5)], axis=0)
    return float(parts.sum()), float(parts.max())


def _seconds_of_parts(work: Iterator[None]) -> list[float]:
    times = [time.perf_counter(), *(time.perf_counter() for _ in work), time.perf_counter()]
    return [after - before for before, after in pairwise(times)]
