"""The cost of computing, in operations: one is an operation on floats in a compiled loop, about 7 nanoseconds.

Each constant is a measured time divided by 7 nanoseconds. The time is the shortest of many on one core, for one lane
and for many lanes; a cost is the straight line through these two. With this estimate, a step or an evaluation really
takes 3 to 10 nanoseconds an operation, and 20 if most of it is exp or cos of many numbers. The estimates only decide
when to pause, and when a request is too much work.
"""

OPERATIONS_BETWEEN_PAUSES = 150_000
"""About a millisecond, so that other requests need not wait, whatever is computed."""

NUMPY_CALL = 40
"""The constant cost of an operation on arrays, however short: 0.3 microseconds."""

NUMPY_NUMBERS = 30
"""The numbers that NumPy processes in the time of one operation, as long as they lie in the cache."""

NETWORK_LOSS, NETWORK_LAYER = 900, 1100
"""The constant cost, however few the samples, of a network's loss with its derivative, and of each layer forward and
backward: 6 and 8 microseconds."""

NETWORK_WEIGHTS, ACTIVATION = 18, 20
"""The weights that one sample passes, forward and backward, in the time of one operation; and the number of weights
that cost as much as one activation."""


def array_cost(count: float, numbers: float) -> float:
    """The cost of `count` operations on arrays of `numbers` numbers."""
    return count * (NUMPY_CALL + numbers / NUMPY_NUMBERS)
