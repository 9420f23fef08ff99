"""Performance profiles: the share of problems on which a solver needs at most some multiple of what the best needs.

Source: Dolan and Moré 2002, Benchmarking optimization software with performance profiles, section 2.
"""

import numpy as np

from fallline.types import Array


def performance_ratios(needed: Array) -> Array:
    """For each solver and problem, what the solver needs divided by the least that any solver needs on the problem.

    Args:
        needed: above 0, or infinite if a solver does not solve a problem; shape (solvers, problems).

    Returns: shape (solvers, problems); infinite if the solver does not solve the problem.
    """
    least = needed.min(axis=0)
    ratios: Array = np.where(np.isfinite(needed), needed / np.where(np.isfinite(least), least, 1.0), np.inf)
    return ratios


def shares_within(ratios: Array, factors: Array) -> Array:
    """The profile rho_s(tau): the share of the problems on which the ratio of solver s is finite and at most tau.

    Args:
        ratios: (solvers, problems), as from `performance_ratios`.
        factors: the values of tau, (factors,), at least 1; they may be infinite.

    Returns: (solvers, factors), from 0 to 1. Problems that no solver solves are counted too.
    """
    within: Array = (np.isfinite(ratios[:, :, None]) & (ratios[:, :, None] <= factors)).mean(axis=1)
    return within
