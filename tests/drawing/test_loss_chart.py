"""The loss chart: its axis, its curves, and blank."""

from xml.etree import ElementTree

import numpy as np
import pytest

from fallline.descent import Run, Setup, Stop
from fallline.drawing import LossCurve, Route, loss_chart
from fallline.drawing.geometry import Box
from fallline.drawing.loss_chart import loss_axis
from fallline.problems import surface_problem


@pytest.mark.parametrize(
    ("losses", "low", "high", "log"),
    [
        ([50, 3, 2e-4], -4, 2, True),
        ([10, 1, 0], 0, 1, True),
        ([1, 1e-40], -12, 0, True),
        ([5, 1e90, 0.5], -1, 3, True),
        ([10, 0], 0, 12, False),  # the one loss above 0 spans no decade
        ([5, -20], -20, 10, False),
        ([7], 0, 10, False),
        ([1e-320, 5e-324], 0, 1, False),
    ],
)
def test_the_axis_holds_the_losses_by_decades_where_they_span_one(losses, low, high, log):
    axis = loss_axis(np.array(losses, dtype=float), losses[0], Box(0, 0, 100, 100))
    assert (axis.low, axis.high, axis.log) == (low, high, log)


def test_a_blank_chart_has_the_axes_of_the_drawn_one_and_none_of_its_curves():
    problem = surface_problem("bowl")
    route = Route(Run(problem, Setup.of("gd", learning_rate=0.1), stop=Stop(max_steps=40)), "Descent", "0.1")
    rows = route.run.whole()
    drawn, blank = (
        loss_chart([LossCurve(route, rows.loss, rows.end)], 800, 250, blank=blank) for blank in (False, True)
    )
    assert numbers(drawn)[:-2] == numbers(blank)
    assert numbers(drawn)[-2:] == ["Descent0.1"] * 2, "the halo and the words"
    assert 'id="r0"' in drawn
    assert "id=" not in blank


def numbers(svg):
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
