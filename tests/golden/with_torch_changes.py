"""Make torch_changes.json: paths of torch.optim whose rate, or whose optimizer, is changed on the way.

python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install torch==2.13.0
/tmp/golden/bin/python tests/golden/with_torch_changes.py
"""

import json
import platform
from pathlib import Path

import torch
from cases import KEPT_ROWS, STABLE, STEPS, apart, shaker
from problems import PROBLEMS
from with_torch import ADAM, MAKERS

BETA = {"beta": 0.9}


def begin(optimizer, learning_rate, form="standard", after=0, **values):
    """A phase with an optimizer of its own, whose states are fresh."""
    phase = {"optimizer": optimizer, "form": form, "learning_rate": learning_rate, "values": values}
    return {**phase, "after": after}


def rate(after, learning_rate):
    """A phase in which the optimizer goes on at another rate."""
    return {"after": after, "learning_rate": learning_rate}


CASES = [
    ("adam at another rate", "himmelblau", [begin("adam", 0.2, **ADAM), rate(50, 0.02)]),
    ("heavy ball at two other rates", "rosenbrock", [begin("heavy_ball", 1e-4, **BETA), rate(30, 3e-4), rate(80, 5e-5)]),
    ("descent, then adam", "himmelblau", [begin("gd", 0.002), begin("adam", 0.05, after=40, **ADAM)]),
    ("adam, then the heavy ball", "beale", [begin("adam", 0.05, **ADAM), begin("heavy_ball", 1e-3, after=60, **BETA)]),
    ("adam, slower, then adam again", "bowl",
     [begin("adam", 0.1, **ADAM), rate(40, 0.05), begin("adam", 0.02, after=90, **ADAM)]),
    ("rmsprop, slower", "bowl", [begin("rmsprop", 0.05, "pytorch", beta=0.9, eps=1e-8), rate(25, 0.01)]),
]  # fmt: skip


def path_of(problem, start, phases, touch):
    """Every row of a run, the start first."""
    w = [torch.tensor(value, requires_grad=True) for value in start]
    rows, optimizer = [[p.item() for p in w]], None
    begins = {phase["after"]: phase for phase in phases}
    for t in range(STEPS):
        phase = begins.get(t)
        if phase and "optimizer" in phase:
            optimizer = MAKERS[phase["optimizer"]](w, phase["learning_rate"], phase["values"])
        elif phase:
            optimizer.param_groups[0]["lr"] = phase["learning_rate"]
        optimizer.zero_grad()
        problem(*(touch(p) for p in w), torch).backward()
        optimizer.step()
        rows.append([p.item() for p in w])
    return rows


if __name__ == "__main__":
    kept = []
    for name, on, phases in CASES:
        problem, start = PROBLEMS[on]
        path = path_of(problem, start, phases, lambda parameter: parameter)
        beside = path_of(problem, start, phases, shaker())
        off = max(apart(a, b) for a, b in zip(path, beside, strict=True))
        assert off <= STABLE, f"{name} is chaotic: {off:.1e}"
        rows = {str(t): path[t] for t in sorted({*KEPT_ROWS, *(p["after"] + 1 for p in phases)})}
        kept.append({"name": name, "problem": on, "start": start, "phases": phases, "rows": rows})
    made_with = {"torch": torch.__version__, "python": platform.python_version(), "machine": platform.machine()}
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in kept)
    text = f'{{"made_with":{json.dumps(made_with)},\n"cases":[\n{lines}\n]}}\n'
    Path(__file__).with_name("torch_changes.json").write_text(text)
    print(f"torch_changes.json: {len(kept)} cases")
