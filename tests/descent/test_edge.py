"""Where values of a hyperparameter begin to fail."""

import numpy as np
import pytest

from fallline.descent import Phase, Run, Setup, Stop
from fallline.descent.lanes import sweep
from fallline.problems.line_fit import dataset_problem
from fallline.problems.problem import expression_problem
from fallline.sweeps import LANES, Edge, find_edge
from tests.descent.runs import finished

BOWL = expression_problem("x**2 + 10*y**2")


def edge(run, values, over="learning_rate", rounds=2):
    """That of a sweep with these values."""
    phases_of = lambda lanes: [Phase(0, run.setup.with_value(over, lanes))]  # noqa: E731
    ends = finished(sweep(run, phases_of(np.array(values)), len(values)))
    between = lambda low, high: np.geomspace(low, high, LANES + 2)[1:-1]  # noqa: E731
    return finished(find_edge(run, phases_of, values, ends.loss, between, rounds))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setup", "expected"),
    [
        # 2/20: the Hessian's eigenvalues are 2 and 20
        (Setup.of("gd"), 0.1),
        # 2(1 + beta)/20, Polyak 1964
        (Setup.of("heavy_ball", beta=0.9), 0.19),
        (Setup.of("heavy_ball", beta=0.5), 0.15),
    ],
    ids=["gd", "heavy ball 0.9", "heavy ball 0.5"],
)
def test_on_a_quadratic_it_is_where_theory_has_it(setup, expected):
    found = edge(Run(BOWL, setup, (4, 1), Stop(20_000)), [0.01, 0.05, 0.09, 0.2, 1])
    for gap in (found.rises, found.diverges):
        assert gap.fails / gap.holds < 1.001
        assert gap.fails == pytest.approx(expected, rel=0.004)
    assert found.rises.fails == pytest.approx(expected, rel=0.001)


@pytest.mark.slow
def test_of_a_line_fit_it_is_two_over_the_largest_eigenvalue():
    xs = np.array([point[0] for point in dataset_problem("shoe_size", "ssr").objective.points])
    hessian = 2 * np.array([[xs @ xs, xs.sum()], [xs.sum(), len(xs)]])
    found = edge(Run(dataset_problem("shoe_size", "ssr"), Setup.of("gd"), stop=Stop(20_000)), [0.1, 0.15, 0.2, 0.3])
    assert found.rises.fails == pytest.approx(2 / np.linalg.eigvalsh(hessian)[-1], rel=0.001)


def test_what_was_tried_beyond_it_fails_and_what_was_tried_below_holds():
    found = edge(Run(BOWL, Setup.of("gd"), (4, 1), Stop(50)), [0.01, 0.1, 1])
    for gap, fails in ((found.rises, lambda end: end > 26), (found.diverges, lambda end: end > 1e100)):
        for rate, expected in ((gap.holds, False), (gap.fails, True)):
            whole = Run(BOWL, Setup.of("gd", learning_rate=rate), (4, 1), Stop(50)).whole()
            assert bool(whole.end.reason == "diverged" or fails(whole.loss[-1])) is expected
    assert found.rises.fails < found.diverges.holds


def test_without_a_round_it_is_as_wide_as_the_sweep():
    found = edge(Run(BOWL, Setup.of("gd"), (4, 1), Stop(200)), [0.05, 0.09, 0.2, 1], rounds=0)
    assert (found.rises.holds, found.rises.fails) == (0.09, 0.2)


def test_there_is_none_where_none_fails_or_all_do_or_the_largest_holds():
    gd = Run(BOWL, Setup.of("gd"), (4, 1), Stop(200))
    assert edge(gd, [0.01, 0.02]) == Edge(None, None, None, None)
    assert edge(gd, [2, 3]) == Edge(None, None, 2, 2)
    # Adam's first step is the rate in x and in y: (1 - lr)**2 + 10*(0.1 - lr)**2 is 1.1 again at 4/11
    adam = edge(Run(BOWL, Setup.of("adam"), (1, 0.1), Stop(1)), [0.01, 100])
    assert adam.diverges is None
    assert adam.rises.fails == pytest.approx(4 / 11, rel=0.01)
    beta = edge(Run(BOWL, Setup.of("heavy_ball", learning_rate=0.16), (4, 1), Stop(2000)), [0.1, 0.9], "beta")
    assert (beta.rises, beta.diverges) == (None, None)


def test_where_runs_rise_fall_and_rise_again_it_is_the_last_and_the_first_is_told():
    # One step from 1 leads to 1 + lr*sin(1), and cos is above cos(1) within 1 of each multiple of 2*pi
    run = Run(expression_problem("cos(x)"), Setup.of("gd"), (1,), Stop(1))
    falls, rises, falls_again, rises_again = (np.array([3, 6, 9, 12]) - 1) / np.sin(1)
    found = edge(run, [falls, rises, falls_again, rises_again])
    assert found.rises.fails == pytest.approx((4 * np.pi - 2) / np.sin(1), rel=0.001)
    assert found.first_rising == rises
    assert edge(run, [falls, rises, falls_again]) == Edge(None, None, rises, None)
