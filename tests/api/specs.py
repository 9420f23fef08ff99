"""Short ways to write specs, and to read what comes back."""

from __future__ import annotations

import json
from typing import Any

from app.server.refusals import ALL_ERRORS
from fallline.errors import error_text
from fallline.formulas.errors import REASONS
from fallline.sentences import names_in

BASE = "/api/v1"
TRAJECTORIES = f"{BASE}/trajectories"
STREAM = f"{TRAJECTORIES}/stream"
LANDSCAPE = f"{BASE}/landscape"

Spec = dict[str, Any]


def spec(*runs: Spec, problem: Spec | None = None, steps: int = 50, **more: Any) -> Spec:
    """A spec, by default gradient descent on a bowl."""
    return {
        "problem": problem or {"surface": "bowl"},
        "optimizers": list(runs) or [run()],
        "stop": {"max_steps": steps},
        **more,
    }


def run(name: str = "gd", **fields: Any) -> Spec:
    """One run."""
    return {"name": name, "learning_rate": 0.01, **fields}


def own(rule: str, **fields: Any) -> Spec:
    """One run by a rule of one's own."""
    return {"rule": rule, "learning_rate": 0.01, **fields}


SHOES = {"dataset": "shoe_size"}

RACE = spec(
    *(run(name, learning_rate=0.001) for name in ("gd", "momentum", "heavy_ball", "nesterov", "adagrad", "rmsprop")),
    run("adam", learning_rate=0.05, label="Ada"),
    own("m = beta*m + (1 - beta)*g\nw = w - lr*m", beta=0.9, label="mine"),
    problem={"surface": "rosenbrock"},
    steps=300,
)
"""Eight runs of different lengths."""

MIXED = spec(
    run(learning_rate=2.0, label="leaves"),
    run("adam", learning_rate=0.01, schedule={"name": "exponential", "decay": 0.99}),
    run("sgd", learning_rate=0.05, noise=0.5),
    run(learning_rate=0.2, label="arrives"),
    problem={"surface": "bowl"},
    steps=150,
    start=[-2.0, 1.5],
    seed=7,
) | {"stop": {"max_steps": 150, "min_step_size": 1e-4}}
"""Runs that end in different ways: diverged, at the last step, with noise, and at rest."""

BATCHES = spec(
    run("sgd"), run("mini_batch", sampling="replacement"), run("adam", batch_size=2), problem=SHOES, steps=40, seed=3
)
"""Runs that see batches."""


def events(text: str) -> list[tuple[str, str | None, Any]]:
    """(event, id, data) of each event of a stream."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if fields:
            found.append((fields["event"], fields.get("id"), json.loads(fields["data"])))
    return found


def messages(reply: Any) -> list[str]:
    """The messages of a refusal, each of which follows from its code and the values beside it."""
    return [checked(each)["msg"] for each in reply.json()["detail"]]


def checked(complaint: dict[str, Any]) -> dict[str, Any]:
    """The same complaint, whose code is one of the table, and whose values are those of its sentence and no others."""
    code, values = complaint["type"], complaint["ctx"]
    where, *fields = complaint["loc"]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fields).removeprefix(".")
    place = place or ('""' if fields else f"the {where}")
    assert complaint["msg"] == f"{place} {error_text(ALL_ERRORS[code], values)}"
    template = ALL_ERRORS[code]
    names = names_in(REASONS[values["reason"]] if code == "formula_syntax" else template) - {"fault"}
    always = {"reason", "line", "column", "word", "in_short"} if code == "formula_syntax" else set()
    assert values.keys() <= names | always | {"hint"}
    assert isinstance(template, tuple) or code == "formula_syntax" or names <= values.keys()
    return complaint
