"""A run: its rows, its stop rules, its batches and how it ends."""

import math
from random import Random

import pytest

from fallline.descent import RuleMethod, Run, Setup, StartError, Stop
from fallline.descent.rows import join_blocks
from fallline.descent.stops import Broken
from fallline.formulas import parse_rule
from fallline.optimizers import OPTIMIZERS
from fallline.problems.line_fit import dataset_problem, line_fit_problem
from fallline.problems.network_datasets import network_problem
from fallline.problems.problem import expression_problem, surface_problem
from fallline.schedules import SCHEDULES

GD = RuleMethod(parse_rule("w = w - lr*g"))
DECK = dataset_problem("shoe_size", "ssr")
BOWL = surface_problem("bowl")


def columns(run, sizes=None):
    """All rows of a run in one dictionary of columns, and the first row of each block."""
    blocks = list(run.blocks(sizes or ()))
    whole = join_blocks(blocks)
    fields = ("parameters", "gradient", "loss", "learning_rate", "step_size", "evaluations")
    parts = {field: getattr(whole, field).tolist() for field in fields}
    return {**parts, "batch": whole.batch, "first": [b.first for b in blocks]}


def test_the_decks_first_step_by_hand():
    """Slope 1, intercept 0: residuals 0.5, 0.4, 1.0, so the loss is 1.41 and the gradient (-3.44, -3.8)."""
    run = Run(DECK, Setup(GD, 0.01), stop=Stop(max_steps=1))
    rows = columns(run)
    assert rows["loss"][0] == pytest.approx(1.41)
    assert [g[0] for g in rows["gradient"]] == pytest.approx([-3.44, -3.8])
    assert [p[1] for p in rows["parameters"]] == pytest.approx([1.0344, 0.038])
    assert rows["step_size"][0] == pytest.approx(math.hypot(0.0344, 0.038))


def test_a_run_sets_off_from_the_weights_of_its_seed():
    xor = network_problem("xor")
    assert Run(xor, Setup(GD, 0.01), seed=3).start == xor.objective.start(3) != xor.start


def test_n_steps_give_one_row_more():
    rows = columns(Run(BOWL, Setup.of("gd"), stop=Stop(max_steps=7)))
    assert [len(rows[f]) for f in ("loss", "learning_rate", "step_size")] == [8, 7, 7]
    assert [len(c) for c in (*rows["parameters"], *rows["gradient"])] == [8, 8, 7, 7]


def test_the_gradient_of_a_row_is_the_one_that_leaves_it():
    rows = columns(Run(BOWL, Setup.of("gd", learning_rate=0.1), (2, 1), Stop(max_steps=3)))
    for x, y, gx, gy in zip(*(c[:3] for c in rows["parameters"]), *rows["gradient"], strict=True):
        assert (gx, gy) == (2 * x, 4 * y)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("problem", [BOWL, DECK], ids=["bowl", "line fit"])
def test_rows_do_not_depend_on_how_they_are_cut_into_blocks(name, problem):
    extra = {"noise": 0.1} if problem is BOWL else {"batch_size": 2, "sampling": "replacement"}
    extra = extra if OPTIMIZERS[name].rule else {}
    given = (problem, Setup.of(name, learning_rate=0.05, **extra), None, Stop(100, 1e-6), 5)
    whole, cut = columns(Run(*given)), columns(Run(*given), [1, 7, 1, 16, *[3] * 100])
    assert whole.pop("first") != cut.pop("first")
    assert whole == cut


def test_blocks_have_the_size_asked_for():
    run = Run(BOWL, Setup.of("gd", learning_rate=1e-3), stop=Stop(max_steps=20))
    assert [len(b) for b in run.blocks([8, *[5] * 9])] == [8, 5, 5, 3]


# stop rules


def test_max_steps_zero_gives_the_start_alone():
    run = Run(BOWL, Setup.of("gd"), stop=Stop(max_steps=0))
    assert columns(run)["loss"] == [BOWL.loss_at(BOWL.start)]
    assert (run.whole().end.reason, run.whole().end.n_steps) == ("max_steps", 0)


@pytest.mark.parametrize(("rate", "steps", "loss"), [(0.001, 129, 0.21846), (0.01, 81, 0.11660), (0.1, 163, 0.05978)])
def test_the_decks_stop_rule(rate, steps, loss):
    run = Run(DECK, Setup(GD, rate), stop=Stop(min_step_size=0.001))
    rows = columns(run)
    assert (run.whole().end.reason, run.whole().end.n_steps) == ("min_step_size", steps)
    assert rows["loss"][-1] == pytest.approx(loss, abs=5e-6)


def test_a_small_first_step_is_not_arrival():
    """Adam's first step is about its rate, 0.0005, while a component of the gradient is 3.8."""
    run = Run(DECK, Setup.of("adam", learning_rate=0.0005), stop=Stop(min_step_size=0.001, max_steps=5))
    assert run.whole().end.reason == "max_steps"


def test_a_ball_at_its_turning_point_does_not_stop():
    """The step vanishes where the ball turns, the slope does not."""
    run = Run(expression_problem("x**2"), Setup.of("heavy_ball", learning_rate=0.1), (1.0,), Stop(400, 1e-3))
    rows = columns(run)
    assert abs(rows["gradient"][0][-1]) * 0.1 < 1e-3
    assert run.whole().end.reason == "min_step_size"


def test_target_loss_at_the_start_takes_no_step():
    run = Run(BOWL, Setup.of("gd"), (0, 0), Stop(target_loss=0.0))
    assert columns(run)["loss"] == [0.0]
    assert (run.whole().end.reason, run.whole().end.n_steps) == ("target_loss", 0)


def test_at_a_tie_the_documented_order_holds():
    run = Run(BOWL, Setup.of("gd", learning_rate=1e-9), stop=Stop(max_steps=1, min_step_size=1.0, target_loss=1e9))
    assert run.whole().end.reason == "target_loss", "the start is already there"
    run = Run(expression_problem("x**2"), Setup.of("gd", learning_rate=0.5), (1.0,), Stop(1, 10.0, 0.5))
    assert run.whole().end.reason == "min_step_size"
    run = Run(expression_problem("x**2"), Setup.of("gd", learning_rate=0.5), (1.0,), Stop(1, None, 0.5))
    assert run.whole().end.reason == "target_loss"


def test_a_schedule_that_has_reached_zero_is_not_arrival():
    made = Setup(GD, 0.1, schedule=SCHEDULES["linear"], schedule_values={"steps": 3, "floor": 0})
    run = Run(BOWL, made, (2, 1), Stop(10, 1e-3))
    assert columns(run)["learning_rate"] == pytest.approx([0.1, 0.2 / 3, 0.1 / 3, *[0] * 7])
    assert run.whole().end.reason == "max_steps"


def test_on_samples_one_quiet_step_is_not_enough():
    """The points (0, 0) alone pulls at nothing from intercept 0, so its steps are quiet; the epoch is not."""
    problem = line_fit_problem(((0.0, 0.0), (1.0, 5.0)), "ssr")
    run = Run(problem, Setup(GD, 0.01, batch_size=1), (1.0, 0.0), Stop(20, 1e-3), seed=5)
    rows = columns(run)
    assert rows["batch"][0] == [0]
    assert rows["step_size"][0] == 0
    assert run.whole().end.reason == "max_steps"


# divergence


def test_running_away_ends_at_the_last_finite_row():
    run = Run(expression_problem("x**2"), Setup.of("gd", learning_rate=1.05), (-1.5,), Stop(100_000))
    rows = columns(run)
    # |x| grows by 1.1 a step, the loss by 1.21: 1.5**2 * 1.21**n > 1e100
    expected = math.ceil((100 - math.log10(2.25)) / math.log10(1.21))
    assert (run.whole().end.reason, run.whole().end.diverged_at) == ("diverged", expected)
    assert len(rows["loss"]) == run.whole().end.n_steps + 1 == run.whole().end.diverged_at
    assert all(map(math.isfinite, rows["loss"]))
    assert "the loss ran past 1e+100" in run.whole().end.sentence


@pytest.mark.parametrize(
    ("text", "start", "name", "values", "says", "broken"),
    [
        ("x**4", 0.0, "adam", {"eps": 0.0}, "x is not a number", Broken("parameter", "not_a_number", "x")),
        ("log(x)", 1.5, "gd", {"learning_rate": 3.0}, "loss is not a number", Broken("loss", "not_a_number")),
        ("sqrt(x)", 0.0, "gd", {}, "gradient in x is infinite", Broken("gradient", "infinite", "x")),
        ("1e200*x", 1e-150, "adam", {}, "v of x is infinite", Broken("state", "infinite", "x", "v")),
        (
            "x**2",
            1.0,
            "gd",
            {"learning_rate": 1e120},
            "x ran past",
            Broken("parameter", "too_large", "x", beyond=-1e100),
        ),
    ],
)
def test_the_sentence_says_what_broke(text, start, name, values, says, broken):
    run = Run(expression_problem(text), Setup.of(name, **values), (start,), Stop(50))
    assert run.whole().end.reason == "diverged"
    assert says in run.whole().end.sentence
    assert run.whole().end.what_broke == broken


@pytest.mark.parametrize(("text", "start"), [("log(x)", -1.0), ("1/x", 0.0), ("1e99*x", 100.0), ("x", 1e101)])
def test_a_start_without_a_finite_loss_is_refused(text, start):
    with pytest.raises(StartError, match="the loss at"):
        Run(expression_problem(text), Setup.of("gd"), (start,))


@pytest.mark.parametrize("start", [(1.0,), (1.0, 2.0, 3.0), ()])
def test_a_start_has_a_number_for_each_parameter(start):
    with pytest.raises(ValueError, match=f"start must have 2 numbers, one for each of x, y; got {len(start)}"):
        Run(BOWL, Setup.of("gd"), start)


def test_a_rule_that_hides_an_infinite_gradient_still_diverges():
    sign = Setup(RuleMethod(parse_rule("w = w - lr*sign(g)")), 0.1)
    run = Run(expression_problem("sqrt(x)"), sign, (0.0,), Stop(5))
    assert run.whole().end.diverged_at == 1


# data


def test_shuffle_is_the_standard_librarys_in_epochs_with_a_short_last_batch():
    rows = columns(Run(DECK, Setup(GD, 0.01, batch_size=2), stop=Stop(6), seed=42))
    rng, order, expected = Random(42), [0, 1, 2], []
    for _ in range(3):
        rng.shuffle(order)
        expected += [order[:2], order[2:]]
    assert rows["batch"] == expected


def test_replacement_draws_with_randrange():
    rows = columns(Run(DECK, Setup(GD, 0.01, batch_size=2, sampling="replacement"), stop=Stop(4), seed=7))
    rng = Random(7)
    assert rows["batch"] == [[rng.randrange(3), rng.randrange(3)] for _ in range(4)]


def test_a_batch_gradient_sums_under_ssr_and_averages_under_mse():
    for loss, divisor in (("ssr", 1), ("mse", 2)):
        rows = columns(Run(dataset_problem("shoe_size", loss), Setup(GD, 0.01, batch_size=2), stop=Stop(1)))
        chosen = [DECK.objective.points[i] for i in rows["batch"][0]]
        expected = sum(-2 * (target - feature) for feature, target in chosen) / divisor
        assert rows["gradient"][1][0] == pytest.approx(expected)


def test_noise_comes_after_the_batch_from_the_same_generator():
    rows = columns(Run(BOWL, Setup.of("gd", noise=0.5), (1, 1), Stop(2), seed=3))
    rng = Random(3)
    x, y = rows["parameters"]
    expected = [(2 * x[t] + rng.gauss(0, 0.5), 4 * y[t] + rng.gauss(0, 0.5)) for t in range(2)]
    assert list(zip(*rows["gradient"], strict=True)) == expected


def test_runs_of_one_seed_see_the_same_batches():
    batches = [columns(Run(DECK, Setup.of(n, batch_size=1), stop=Stop(9), seed=1))["batch"] for n in ("gd", "adam")]
    assert batches[0] == batches[1]


def test_many_points_on_arrays_agree_with_few_on_floats():
    """Twenty copies of the three points have the mean and the gradient of the mean of the three."""
    few = columns(
        Run(line_fit_problem(DECK.objective.points, "mse"), Setup.of("adam", learning_rate=0.1), stop=Stop(50))
    )
    many = columns(
        Run(line_fit_problem(DECK.objective.points * 20, "mse"), Setup.of("adam", learning_rate=0.1), stop=Stop(50))
    )
    assert many["loss"] == pytest.approx(few["loss"], rel=1e-9)


def test_notes_say_that_noise_is_simulated():
    assert "simulated" in Run(BOWL, Setup.of("gd", noise=0.1)).notices[0].msg
    assert Run(BOWL, Setup.of("gd")).notices == ()


def test_a_name_of_a_rule_is_its_own_whatever_a_schedule_calls_so():
    """`k`, `decay` and `factor` of a rule have nothing to do with those of a schedule."""
    rule = parse_rule("m = k*m + factor*g\nw = w - decay*lr*m")
    method = RuleMethod(rule, {"k": 0.5, "factor": 0.25, "decay": 2.0})
    scheduled = {"schedule": SCHEDULES["inverse_time"], "schedule_values": {"decay": 1.0}}
    rows = columns(Run(expression_problem("x**2"), Setup(method, 0.1, **scheduled), (1.0,), Stop(2)))
    first = 1 - 2 * 0.1 * 0.5
    assert rows["parameters"][0] == pytest.approx([1, first, first - 2 * 0.05 * (0.5 * 0.5 + 0.25 * 2 * first)])
