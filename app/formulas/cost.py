"""What computing costs, in operations: one is an operation on floats in a compiled loop, about 7 nanoseconds."""

OPERATIONS_A_PIECE = 100_000
"""Between two pauses: about 0.7 milliseconds, so that others get their turn whatever is computed."""


def array_operations(count: float, numbers: float) -> float:
    """What so many operations on arrays of so many numbers cost: the calls of NumPy, and the numbers; both measured."""
    return count * (40 + numbers / 30)
