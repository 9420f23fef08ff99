"""Which runs the goldens hold, and how they are kept: stable ones only, compact, at full precision."""

import json
import math
import random
from pathlib import Path

from problems import PROBLEMS

STEPS = 200
KEPT_ROWS = (1, 2, 3, 5, 10, 20, 50, 100, 150, 200)
JITTER, STABLE = 1e-14, 5e-10


def case(optimizer, problem, learning_rate, form="standard", schedule=None, **values):
    """One run: names and values as the project's API spells them."""
    return {
        "optimizer": optimizer,
        "form": form,
        "problem": problem,
        "learning_rate": learning_rate,
        "values": values,
        "schedule": schedule,
    }


def recorded(cases, path_of):
    """The rows of the stable cases; the first of each optimizer and form whole, the others at KEPT_ROWS.

    A case is stable when a copy whose gradients are taken up to 1e-14 beside its parameters stays within 5e-10 for
    all steps; in a chaotic one the last bit of a sum decides where the run goes, and no two programs agree.

    Args:
        path_of: case, problem, start and a function to touch each parameter with -> all rows, the start first.
    """
    kept, dropped, seen = [], [], set()
    for item in cases:
        problem, start = PROBLEMS[item["problem"]]
        path = path_of(item, problem, start, lambda parameter: parameter)
        shaken = path_of(item, problem, start, shaker())
        off = max(apart(a, b) for a, b in zip(path, shaken, strict=True))
        if not off <= STABLE:
            dropped.append(f"{item['optimizer']} on {item['problem']} at {item['learning_rate']}: {off:.1e}")
            continue
        kind = (item["optimizer"], item["form"])
        rows = range(STEPS + 1) if kind not in seen else KEPT_ROWS
        seen.add(kind)
        kept.append({**item, "start": start, "rows": {str(t): path[t] for t in rows}})
    return kept, dropped


def shaker():
    """A function that puts each parameter it is given off by up to JITTER of itself."""
    draw = random.Random(5)
    return lambda parameter: parameter * (1 + JITTER * draw.uniform(-1, 1))


def apart(one, other):
    """Largest relative distance of two rows; below 1e-6 in size, relative to 1e-6; infinite where a run ran away."""
    if not all(abs(value) < 1e50 for value in (*one, *other)):
        return math.inf
    return max(abs(a - b) / max(abs(a), abs(b), 1e-6) for a, b in zip(one, other, strict=True))


def a_line_each(items):
    """JSON of a list, a line each, so that a diff shows which changed."""
    lines = ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)
    return f"[\n{lines}\n]"


def write(name, made_with, kept, dropped, **more):
    """One line a case."""
    head = json.dumps({"made_with": made_with, "dropped_as_chaotic": dropped, **more}, separators=(",", ":"))
    text = f'{head[:-1]},\n"cases":{a_line_each(kept)}}}\n'
    json.loads(text)
    Path(__file__).with_name(name).write_text(text)
    print(f"{name}: {len(kept)} cases, {len(text) / 1000:.0f} kB; dropped {dropped}")
