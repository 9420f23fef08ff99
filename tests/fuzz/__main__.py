"""`make fuzz`: random input to every part that takes some, until the time is up; the seed is printed."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Callable

from tests.fuzz import connections, formulas, requests
from tests.fuzz.rounds import run

PARTS: dict[str, Callable[[float, int], int]] = {
    "formulas": lambda seconds, seed: run(formulas.CHECKS, seconds, seed),
    "requests": lambda seconds, seed: run(requests.checks(), seconds, seed),
    "connections": connections.run,
}
"""Part -> what runs it for so many seconds from a seed, and returns how much it found."""


def main(words: list[str]) -> int:
    """Run the parts asked for (all by default); the exit code is 1 where something was found."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; by default all")
    options.add_argument("--minutes", type=float, default=2, help="for each part; by default 2")
    options.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="to repeat a run")
    given = options.parse_args(words)
    if unknown := set(given.parts) - set(PARTS):
        options.error(f"parts must be of {', '.join(PARTS)}; got {', '.join(sorted(unknown))}")
    found = 0
    for name in given.parts or PARTS:
        print(f"{name}: {given.minutes:g} minutes, --seed {given.seed}", flush=True)
        found += PARTS[name](given.minutes * 60, given.seed)
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
