"""The data against what is published of it, the losses against a pencil, and what the summaries promise."""

import hashlib
from statistics import correlation, mean, variance

import numpy as np
import pytest

from fallline.descent import Run, Setup, Stop
from fallline.problems import DATASETS, LOSSES, Dataset, dataset_problem, line_fit_problem
from fallline.suggested import suggested_rates
from tests.descent.runs import RULES

NAMES = (
    "shoe_size", "house_prices", "stopping_distance", "anscombe_1", "anscombe_2", "anscombe_3", "anscombe_4",
    "noisy_line",
)  # fmt: skip
every_dataset = pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)
every_loss = pytest.mark.parametrize("loss", LOSSES)


def columns(name):
    """Features and targets."""
    return map(list, zip(*DATASETS[name].points, strict=True))


def ended(problem, optimizer_name, steps, rate=None, start=None):
    """The last row of a run at the suggested rate."""
    setup = Setup.of(optimizer_name, learning_rate=rate or suggested_rates(problem.rates)[optimizer_name])
    run = Run(problem, setup, start, Stop(steps))
    rows = [(*row, loss) for block in run.blocks() for *row, loss in zip(*block.parameters, block.loss, strict=True)]
    assert run.whole().end is not None
    assert run.whole().end.reason == "max_steps"
    return np.array(rows)


def test_the_permanent_names_are_there():
    assert tuple(DATASETS)[: len(NAMES)] == NAMES
    assert list(LOSSES)[:4] == ["ssr", "mse", "mae", "huber"]


@pytest.mark.parametrize(
    ("name", "count", "slope", "intercept", "mse"),
    [
        # 45/760 over three points
        ("shoe_size", 3, 2.078947, -0.265789, 45 / 760 / 3),
        # R: lm(dist ~ speed, cars) has a residual standard error of 15.38 on 48 degrees of freedom
        ("stopping_distance", 50, 3.932409, -17.579095, 15.37959**2 * 48 / 50),
        # R: lm(y1 ~ x1, anscombe) and so on: residual standard errors of 1.237, 1.237, 1.236, 1.236 on 9
        ("anscombe_1", 11, 0.5000909, 3.0000909, 1.236603**2 * 9 / 11),
        ("anscombe_2", 11, 0.5000000, 3.0009091, 1.237214**2 * 9 / 11),
        ("anscombe_3", 11, 0.4997273, 3.0024545, 1.236311**2 * 9 / 11),
        ("anscombe_4", 11, 0.4999091, 3.0017273, 1.235695**2 * 9 / 11),
        # by pencil from the sums 192, 11074, 1180000 and 76420000 of x, x**2, y and x*y
        ("house_prices", 4, (4 * 76420000 - 192 * 1180000) / (4 * 11074 - 192**2), -216001.0764, None),
    ],
)
def test_the_best_line_is_the_published_one(name, count, slope, intercept, mse):
    problem = dataset_problem(name, "mse")
    assert len(DATASETS[name].points) == count
    assert problem.minima[0].at == pytest.approx((slope, intercept), rel=2e-6)
    assert mse is None or problem.minima[0].loss == pytest.approx(mse, rel=2e-6)


def test_the_cars_are_r_s():
    speed, distance = columns("stopping_distance")
    assert (sum(speed), min(speed), max(speed)) == (770, 4, 25)
    assert (sum(distance), min(distance), max(distance)) == (2149, 2, 120)
    assert correlation(speed, distance) == pytest.approx(0.8068949, abs=1e-7)


def test_anscombes_four_agree_in_what_is_usually_computed():
    for name in NAMES[3:7]:
        x, y = columns(name)
        assert (mean(x), variance(x)) == (9, 11)
        assert mean(y) == pytest.approx(7.50, abs=0.002)
        assert variance(y) == pytest.approx(4.125, abs=0.004)
        assert correlation(x, y) == pytest.approx(0.816, abs=0.001)


def test_the_line_of_anscombes_second_lies_as_its_summary_says():
    x, y = np.array(sorted(DATASETS["anscombe_2"].points)).T
    above = y < np.polyval(np.polyfit(x, y, 1), x)
    assert "below the points in the middle and above them at both ends" in DATASETS["anscombe_2"].summary
    assert above.tolist() == [True] * 2 + [False] * 7 + [True] * 2


def test_the_noisy_line_is_the_same_on_every_machine():
    points = DATASETS["noisy_line"].points
    assert len(points) == 100
    assert points[:3] == ((1.75, 7.36), (7.51, 15.21), (7.57, 15.85))
    assert hashlib.sha256(repr(points).encode()).hexdigest()[:16] == "f52dddc63cbb282a"
    above = [y - (4 + 1.5 * x) for x, y in points]
    assert sorted(above)[-9] < 3.1
    assert sorted(above)[-8] > 7


@every_dataset
def test_a_dataset_says_where_it_comes_from_and_opens_on_its_best_line(dataset: Dataset):
    assert dataset.summary.endswith(".")
    assert dataset.source
    for standardized in (False, True):
        problem = dataset_problem(dataset.name, "mse", standardized)
        for at in (problem.start, problem.minima[0].at):
            assert all(low < value < high for (low, high), value in zip(problem.domain, at, strict=True))


def test_the_three_points_begin_at_the_loss_and_gradient_of_the_worked_example():
    loss, gradient = dataset_problem("shoe_size", "ssr").objective.value_and_gradient_at((1.0, 0.0))
    assert loss == pytest.approx(1.41, rel=1e-14)
    assert gradient == pytest.approx((-3.44, -3.8), rel=1e-14)


@pytest.mark.parametrize(
    ("loss", "expected", "expected_gradient"),
    [
        # residuals target - prediction of 0.5, -1 and 3 at features 1, 2 and 4, where the prediction is 0
        ("ssr", 10.25, (-2 * (0.5 - 2 + 12), -2 * 2.5)),
        ("mse", 10.25 / 3, (-2 * 10.5 / 3, -2 * 2.5 / 3)),
        ("mae", 4.5 / 3, (-(1 - 2 + 4) / 3, -(1 - 1 + 1) / 3)),
        # 0.125 and 0.5 within 1, 2.5 beyond; derivatives -residual within, -1 beyond
        ("huber", 3.125 / 3, (-(0.5 - 2 + 4) / 3, -(0.5 - 1 + 1) / 3)),
    ],
)
def test_the_losses_by_pencil(loss, expected, expected_gradient):
    problem = line_fit_problem(((1.0, 0.5), (2.0, -1.0), (4.0, 3.0)), loss)
    found, gradient = problem.objective.value_and_gradient_at((0.0, 0.0))
    assert found == pytest.approx(expected, rel=1e-14)
    assert gradient == pytest.approx(expected_gradient, rel=1e-14)


def test_huber_is_smooth_where_its_two_parts_meet():
    for residual in (-1.0, 1.0):
        inside, beyond = (
            line_fit_problem(((0.0, r),), "huber").objective.value_and_gradient_at((0.0, 0.0))
            for r in (residual * (1 - 1e-9), residual * (1 + 1e-9))
        )
        assert inside[0] == pytest.approx(beyond[0], abs=3e-9)
        assert inside[1] == pytest.approx(beyond[1], abs=3e-9)


def test_robust_losses_find_the_line_beneath_the_outlier_of_anscombes_third():
    """Ten of the points lie on 4.0056 + 0.3454 x to within 0.01; least squares is drawn to 3.002 + 0.4997 x."""
    found = {
        loss: ended(dataset_problem("anscombe_3", loss), "adam", 4000, 0.02)[-1] for loss in ("mse", "mae", "huber")
    }
    assert found["mse"][0] == pytest.approx(0.4997, abs=0.001)
    assert found["mae"][0] == pytest.approx(0.3454, abs=0.01)
    assert found["huber"][0] == pytest.approx(0.3454, abs=0.05)


@pytest.mark.slow
@every_loss
@every_dataset
def test_suggested_rates_give_every_rule_a_path_that_can_be_seen_and_stays(dataset: Dataset, loss):
    problem = dataset_problem(dataset.name, loss, dataset.opens_standardized)
    start = (dataset.standardized if dataset.opens_standardized else dataset.raw).start
    assert not [name for name in RULES if not seen(problem, ended(problem, name, 300, start=start))]


def seen(problem, rows) -> bool:
    """Whether a path keeps to the map, falls, gets somewhere and does so in more than a few jumps."""
    low, high = np.array(problem.domain).T
    share = (rows[:, :2] - low) / (high - low)
    reach = np.hypot(*(share - share[0]).T).max()
    longest = np.hypot(*np.diff(share, axis=0).T).max()
    on_the_map = ((share > -0.15) & (share < 1.15)).all()
    return bool(on_the_map and reach > 0.07 and longest < 0.45 and rows[-1, 2] < rows[0, 2])


def test_a_line_through_all_points_has_a_least_loss_of_nothing() -> None:
    (exact,) = line_fit_problem(((0.1, 0.3), (0.7, 1.9)), "ssr").minima
    assert exact.loss == 0.0
    (small,) = line_fit_problem(((0.0, 1.0), (1.0, 1.0 + 1e-9), (2.0, 1.0)), "ssr").minima
    assert small.loss == pytest.approx(2e-18 / 3, rel=1e-3)


def test_the_table_of_house_prices_is_that_of_the_lecture_and_its_columns_are_the_points():
    table = DATASETS["house_prices"].table
    assert table.rows[2] == (80, 4, 10, "Versailles", 600000)
    for dataset in DATASETS.values():
        if dataset.table is not None:
            rows = dataset.table.rows
            assert tuple((row[dataset.table.feature], row[dataset.table.target]) for row in rows) == dataset.points
            assert {len(row) for row in rows} == {len(dataset.table.columns)}
