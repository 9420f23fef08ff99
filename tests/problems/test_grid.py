"""The values of an axis: as near as can be to where they are meant to be."""

from fractions import Fraction

import pytest

from fallline.problems.grid import axis


@pytest.mark.parametrize(("low", "high", "values"), [(-3.5, 3.5, 101), (-3.0, 4.0, 101), (-1.0, 2.0, 128)])
def test_the_values_of_an_axis_are_evenly_apart_and_gather_no_rounding(low: float, high: float, values: int) -> None:
    exact = [Fraction(low) + (Fraction(high) - Fraction(low)) * k / (values - 1) for k in range(values)]
    for value, meant in zip(axis(low, high, values), exact, strict=True):
        assert abs(Fraction(float(value)) - meant) <= Fraction(2, 10**16) * max(abs(meant), Fraction(1, 100))
    assert float(axis(-3.5, 3.5, 101)[50]) == 0
