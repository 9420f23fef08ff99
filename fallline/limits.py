"""The limits of a spec."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The most that a spec may request; by default without limit.

    Args:
        max_optimizers: the number of runs; max_steps: of one run; max_points: of a data set of one's own.
        max_numbers: the numbers in a reply that is not streamed.
        max_work: the operations: the number of steps times the operations of a step of all runs.
    """

    max_optimizers: float = math.inf
    max_steps: float = math.inf
    max_points: float = math.inf
    max_numbers: float = math.inf
    max_work: float = math.inf


UNLIMITED = Limits()
