"""Make torch.json: paths of torch.optim in float64, with gradients from autograd.

python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install torch==2.13.0
/tmp/golden/bin/python tests/golden/with_torch.py
"""

import platform
import random

import torch
from cases import STEPS, case, recorded, write
from problems import PROBLEMS, SHOES
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

MAKERS = {
    "gd": lambda w, lr, _v: torch.optim.SGD(w, lr=lr),
    # An average is (1 - beta) times the sum, so the rate is too; with dampening torch's first average is all of g.
    "momentum": lambda w, lr, v: torch.optim.SGD(w, lr=lr * (1 - v["beta"]), momentum=v["beta"]),
    "momentum/pytorch": lambda w, lr, v: torch.optim.SGD(w, lr=lr, momentum=v["beta"], dampening=v["beta"]),
    "heavy_ball": lambda w, lr, v: torch.optim.SGD(w, lr=lr, momentum=v["beta"]),
    "nesterov": lambda w, lr, v: torch.optim.SGD(w, lr=lr, momentum=v["beta"], nesterov=True),
    "adagrad": lambda w, lr, v: torch.optim.Adagrad(w, lr=lr, eps=v["eps"]),
    "rmsprop": lambda w, lr, v: torch.optim.RMSprop(w, lr=lr, alpha=v["beta"], eps=v["eps"]),
    "adadelta": lambda w, lr, v: torch.optim.Adadelta(w, lr=lr, rho=v["rho"], eps=v["eps"]),
    "adam": lambda w, lr, v: torch.optim.Adam(w, lr=lr, betas=(v["beta1"], v["beta2"]), eps=v["eps"]),
    "amsgrad": lambda w, lr, v: torch.optim.Adam(w, lr=lr, betas=(v["beta1"], v["beta2"]), eps=v["eps"], amsgrad=True),
    "adamax": lambda w, lr, v: torch.optim.Adamax(w, lr=lr, betas=(v["beta1"], v["beta2"]), eps=v["eps"]),
    "nadam": lambda w, lr, v: torch.optim.NAdam(
        w, lr=lr, betas=(v["beta1"], v["beta2"]), eps=v["eps"], momentum_decay=v["momentum_decay"]
    ),
    "radam": lambda w, lr, v: torch.optim.RAdam(w, lr=lr, betas=(v["beta1"], v["beta2"]), eps=v["eps"]),
    "adamw": lambda w, lr, v: torch.optim.AdamW(
        w, lr=lr, betas=(v["beta1"], v["beta2"]), eps=v["eps"], weight_decay=v["weight_decay"]
    ),
    "adamw/l2": lambda w, lr, v: torch.optim.Adam(
        w, lr=lr, betas=(v["beta1"], v["beta2"]), eps=v["eps"], weight_decay=v["weight_decay"]
    ),
    "rprop": lambda w, lr, v: torch.optim.Rprop(
        w, lr=lr, etas=(v["eta_minus"], v["eta_plus"]), step_sizes=(v["step_min"], v["step_max"])
    ),
}
SCHEDULERS = {
    "step": lambda o, _rate, v: lr_scheduler.StepLR(o, step_size=v["every"], gamma=v["factor"]),
    "exponential": lambda o, _rate, v: lr_scheduler.ExponentialLR(o, gamma=v["decay"]),
    "linear": lambda o, _rate, v: lr_scheduler.LinearLR(o, 1.0, v["floor"], total_iters=v["steps"]),
    "cosine": lambda o, rate, v: lr_scheduler.CosineAnnealingLR(o, v["steps"], eta_min=v["floor"] * rate),
    "one_cycle": lambda o, rate, v: lr_scheduler.OneCycleLR(o, rate, v["steps"], cycle_momentum=False),
}
ADAM = {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
OTHER_ADAM = {"beta1": 0.8, "beta2": 0.99, "eps": 1e-4}
RPROP = {"eta_minus": 0.5, "eta_plus": 1.2, "step_min": 1e-6, "step_max": 50.0}

CASES = [
    case("gd", "himmelblau", 0.002),
    case("gd", "rosenbrock", 0.0015),
    case("gd", "ravine", 0.019),
    case("gd", "mccormick", 0.04),
    case("gd", "shoe_size/ssr", 0.1),
    case("gd", "anscombe_3/mse", 0.003),
    case("gd", "rosenbrock", 0.0015, schedule={"name": "exponential", "decay": 0.99}),
    case("gd", "himmelblau", 0.002, schedule={"name": "step", "every": 40, "factor": 0.5}),
    case("momentum", "rotated_ravine", 0.03, beta=0.9),
    case("momentum", "rosenbrock", 0.01, beta=0.9),
    case("momentum", "ravine", 0.08, beta=0.8),
    case("momentum", "beale", 0.005, beta=0.95),
    case("momentum", "shoe_size/ssr", 0.1, beta=0.9),
    case("momentum", "rotated_ravine", 0.03, form="pytorch", beta=0.9),
    case("momentum", "rosenbrock", 0.001, form="pytorch", beta=0.9),
    case("momentum", "shoe_size/ssr", 0.1, form="pytorch", beta=0.8),
    case("heavy_ball", "himmelblau", 0.0015, beta=0.9),
    case("heavy_ball", "styblinski_tang", 0.002, beta=0.9),
    case("heavy_ball", "plateau", 0.3, beta=0.5),
    case("heavy_ball", "anscombe_3/mse", 0.002, beta=0.9),
    case("heavy_ball", "rosenbrock", 0.0005, beta=0.9, schedule={"name": "linear", "steps": 150, "floor": 0.1}),
    case("nesterov", "rotated_ravine", 0.005, beta=0.9),
    case("nesterov", "rosenbrock", 0.0005, beta=0.9),
    case("nesterov", "himmelblau", 0.001, beta=0.7),
    case("nesterov", "shoe_size/ssr", 0.02, beta=0.9),
    # With eps 1e-30 it makes no difference whether it stands inside the root or outside.
    case("adagrad", "himmelblau", 0.5, eps=1e-30),
    case("adagrad", "rosenbrock", 0.3, eps=1e-30),
    case("adagrad", "ravine", 2.5, eps=1e-30),
    case("adagrad", "anscombe_3/mse", 0.3, eps=1e-30),
    case("adagrad", "himmelblau", 0.5, form="pytorch", eps=0.01),
    case("adagrad", "shoe_size/ssr", 0.1, form="pytorch", eps=1e-10),
    case("rmsprop", "himmelblau", 0.04, beta=0.9, eps=1e-30),
    case("rmsprop", "rosenbrock", 0.01, beta=0.99, eps=1e-30),
    case("rmsprop", "mccormick", 0.01, beta=0.9, eps=1e-30),
    case("rmsprop", "shoe_size/ssr", 0.005, beta=0.9, eps=1e-30),
    case("rmsprop", "beale", 0.01, beta=0.99, eps=1e-30),
    case("rmsprop", "himmelblau", 0.04, form="pytorch", beta=0.99, eps=0.1),
    case("rmsprop", "rosenbrock", 0.005, form="pytorch", beta=0.9, eps=1e-2),
    case("adadelta", "himmelblau", 1.0, rho=0.9, eps=1e-6),
    case("adadelta", "rosenbrock", 1.0, rho=0.9, eps=1e-6),
    case("adadelta", "beale", 1.0, rho=0.95, eps=1e-4),
    case("adadelta", "shoe_size/ssr", 1.0, rho=0.9, eps=1e-6),
    *(
        case(name, problem, rate, **values)
        for name in ("adam", "amsgrad", "adamax", "radam")
        for problem, rate, values in (
            ("himmelblau", 0.2 if name != "radam" else 0.005, ADAM),
            ("bowl", 0.1, ADAM),
            ("rosenbrock", 0.01, ADAM),
            ("beale", 0.002, ADAM),
            ("mccormick", 0.02, OTHER_ADAM),
            ("shoe_size/ssr", 0.02, ADAM),
            ("anscombe_3/mse", 0.002, OTHER_ADAM),
        )
    ),
    case("adam", "rosenbrock", 0.05, schedule={"name": "cosine", "steps": 200, "floor": 0.1}, **ADAM),
    case("adam", "beale", 0.05, schedule={"name": "one_cycle", "steps": 200}, **ADAM),
    *(
        case("nadam", problem, rate, momentum_decay=decay, **values)
        for problem, rate, decay, values in (
            ("himmelblau", 0.2, 0.004, ADAM),
            ("rosenbrock", 0.02, 0.004, ADAM),
            ("beale", 0.05, 0.1, OTHER_ADAM),
            ("shoe_size/ssr", 0.02, 0.0, ADAM),
        )
    ),
    *(
        case("adamw", problem, rate, weight_decay=decay, **values)
        for problem, rate, decay, values in (
            ("himmelblau", 0.2, 0.01, ADAM),
            ("rosenbrock", 0.02, 0.1, ADAM),
            ("beale", 0.05, 0.5, OTHER_ADAM),
            ("shoe_size/ssr", 0.02, 0.0, ADAM),
        )
    ),
    case("adamw", "himmelblau", 0.2, form="l2", weight_decay=0.1, **ADAM),
    case("adamw", "beale", 0.05, form="l2", weight_decay=0.5, **OTHER_ADAM),
    case("adamw", "shoe_size/ssr", 0.02, form="l2", weight_decay=1.0, **ADAM),
    case("rprop", "himmelblau", 0.1, **RPROP),
    case("rprop", "rosenbrock", 0.01, **RPROP),
    case("rprop", "bowl", 0.3, **{**RPROP, "step_max": 0.2, "step_min": 1e-3}),
    case("rprop", "shoe_size/ssr", 0.01, **{**RPROP, "eta_minus": 0.3, "eta_plus": 1.4}),
    case("rprop", "beale", 0.05, schedule={"name": "exponential", "decay": 0.9}, **RPROP),
]


def path_of(item, problem, start, touched):
    """All rows of one run, the start first."""
    w = [torch.tensor(value, requires_grad=True) for value in start]
    make = MAKERS.get(f"{item['optimizer']}/{item['form']}") or MAKERS[item["optimizer"]]
    optimizer = make(w, item["learning_rate"], item["values"])
    scheduler = item["schedule"] and scheduler_of(optimizer, item["learning_rate"], **item["schedule"])
    rows = [[p.item() for p in w]]
    for _ in range(STEPS):
        optimizer.zero_grad()
        problem(*map(touched, w), torch).backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        rows.append([p.item() for p in w])
    return rows


def scheduler_of(optimizer, rate, name, **values):
    return SCHEDULERS[name](optimizer, rate, values)


def factors(count, **schedule):
    """Factor on the rate at steps 1, 2, ... of a scheduler on a rate of 1."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = scheduler_of(optimizer, 1.0, **schedule)
    found = []
    while len(found) < count:
        found.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return {"schedule": schedule, "factors": found}


SCHEDULES = [
    factors(30, name="step", every=7, factor=0.5),
    factors(30, name="exponential", decay=0.97),
    factors(30, name="linear", steps=20, floor=0.1),
    factors(26, name="cosine", steps=25, floor=0.05),
    factors(40, name="one_cycle", steps=40),
    factors(4, name="one_cycle", steps=4),
    factors(137, name="one_cycle", steps=137),
]


def sampled(optimizer_name, batch_size, sampling, noise, seed, learning_rate):
    """Gradient descent on batches of the three points, drawn as the API documents it from random.Random(seed)."""
    draw = random.Random(seed)
    order, position = list(range(len(SHOES))), len(SHOES)
    w = [torch.tensor(value, requires_grad=True) for value in PROBLEMS["shoe_size/ssr"][1]]
    optimizer = torch.optim.SGD(w, lr=learning_rate)
    rows, batches = [[p.item() for p in w]], []
    for _ in range(STEPS):
        if sampling == "replacement":
            batch = [draw.randrange(len(SHOES)) for _ in range(batch_size)]
        else:
            if position >= len(SHOES):
                draw.shuffle(order)
                position = 0
            batch = order[position : position + batch_size]
            position += batch_size
        optimizer.zero_grad()
        sum((SHOES[i][1] - (w[0] * SHOES[i][0] + w[1])) ** 2 for i in batch).backward()
        if noise:
            for p in w:
                p.grad = p.grad + draw.gauss(0.0, noise)
        optimizer.step()
        rows.append([p.item() for p in w])
        batches.append(batch)
    return {
        "optimizer": optimizer_name,
        "form": "standard",
        "learning_rate": learning_rate,
        "batch_size": batch_size,
        "sampling": sampling,
        "noise": noise,
        "seed": seed,
        "start": PROBLEMS["shoe_size/ssr"][1],
        "batches": batches[:30],
        "rows": {str(t): rows[t] for t in (1, 2, 3, 5, 10, 50, 100, 200)},
    }


SAMPLED = [
    sampled("sgd", 1, "shuffle", 0.0, 0, 0.05),
    sampled("mini_batch", 2, "shuffle", 0.0, 3, 0.05),
    sampled("mini_batch", 2, "replacement", 0.0, 7, 0.05),
    sampled("sgd", 1, "shuffle", 0.3, 11, 0.02),
]

if __name__ == "__main__":
    kept, dropped = recorded(CASES, path_of)
    made_with = {"torch": torch.__version__, "python": platform.python_version(), "machine": platform.machine()}
    write("torch.json", made_with, kept, dropped, schedules=SCHEDULES, sampled=SAMPLED)
