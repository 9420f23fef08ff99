"""`make bench`: every figure beside its goal, measured in one run."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator

from tests.bench import browser, crowd, engine, http, room
from tests.bench.measure import Figure

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "engine": engine.figures,
    "server": http.figures,
    "class": crowd.figures,
    "page": browser.figures,
    "room": room.figures,
}


def main(wanted: list[str]) -> int:
    """Print the parts asked for (all by default); the exit code is 1 where a goal is missed."""
    print(f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores", flush=True)
    missed = False
    for name, figures in PARTS.items():
        if wanted and name not in wanted:
            continue
        print(f"\n{name}", flush=True)
        for figure in figures():
            print(figure, flush=True)
            missed = missed or figure.met is False
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
