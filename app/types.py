"""Types that every room may use."""

import numpy as np
from numpy.typing import NDArray

Pair = tuple[float, float]
Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
"""Which of many."""
