"""What computing costs, in operations: one is an operation on floats in a compiled loop, about 7 nanoseconds.

Each figure is a time divided by these 7 nanoseconds: the best of many on one core, for one lane and for many, and the
line through both. So estimated, a step or an evaluation takes 3 to 10 nanoseconds an operation, and 20 where most of it
is exp or cos of many numbers. They decide only when to pause and what is too much work.
"""

OPERATIONS_BETWEEN_PAUSES = 150_000
"""About a millisecond, so that others get their turn whatever is computed."""

NUMPY_CALL = 40
"""An operation on arrays, however few their numbers: 0.3 microseconds."""

NUMPY_NUMBERS = 30
"""Numbers on which NumPy computes in the time of one operation, while they lie in the cache."""

NETWORK_LOSS, NETWORK_LAYER = 900, 1100
"""A network's loss and its derivative; each layer forward and back. However few the samples: 6 and 8 microseconds."""

NETWORK_WEIGHTS, ACTIVATION = 18, 20
"""Weights that a sample passes, there and back, in the time of one operation; those that an activation is worth."""


def array_cost(count: float, numbers: float) -> float:
    """What so many operations on arrays of so many numbers cost."""
    return count * (NUMPY_CALL + numbers / NUMPY_NUMBERS)
