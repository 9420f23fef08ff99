"""Performance profiles: on which share of the problems a solver needs at most so many times what the best one needs.

Source: Dolan and Moré 2002, Benchmarking optimization software with performance profiles, section 2.
"""

import numpy as np

from fallline.types import Array


def performance_ratios(needed: Array) -> Array:
    """What each solver needs on each problem over the least that any needs there, (solvers, problems).

    Args:
        needed: above 0, or infinite where a solver never solves a problem; (solvers, problems).

    Infinite where a solver never solves the problem, so also for all of them where none does.
    """
    least = needed.min(axis=0)
    ratios: Array = np.where(np.isfinite(needed), needed / np.where(np.isfinite(least), least, 1.0), np.inf)
    return ratios


def shares_within(ratios: Array, factors: Array) -> Array:
    """The profile rho_s(tau) = share of the problems on which the ratio of solver s is finite and at most tau.

    Args:
        ratios: (solvers, problems), as `performance_ratios` has them; factors: (factors,), at least 1, or infinite.

    Returns: (solvers, factors), from 0 to 1. A problem that no solver solves counts among all.
    """
    within: Array = (np.isfinite(ratios[:, :, None]) & (ratios[:, :, None] <= factors)).mean(axis=1)
    return within
