"""States, intermediates and effective rates as columns: the same numbers as the workings of the steps."""

import math

import pytest

from fallline.descent import RuleMethod, Run, Setup, Stop
from fallline.descent.quantities import Quantities
from fallline.descent.replay import replayed_step
from fallline.formulas import parse_rule, to_source
from fallline.problems.line_fit import dataset_problem
from fallline.problems.problem import expression_problem, surface_problem
from fallline.schedules import SCHEDULES
from fallline.working import working
from tests.descent.runs import FORMS, by_optimizer, columns, finished

SURFACE = surface_problem("rosenbrock")
DECK = dataset_problem("shoe_size", "ssr")


def recorded(run, sizes=(7, 1, 5)):
    """The quantities of a whole run."""
    found = Quantities(run)
    for block in by_optimizer(run, *sizes):
        found.add(block)
    return found


def after_steps(states):
    """Each state as it is in the last line of a step."""
    return {name: [column[1:] for column in held] for name, held in states.items()}


@pytest.mark.parametrize(("name", "form"), FORMS)
@pytest.mark.parametrize("problem", [SURFACE, DECK], ids=["surface", "data"])
def test_columns_hold_what_the_workings_show(name, form, problem):
    extra = {"batch_size": 2} if problem is DECK else {"noise": 0.1}
    extra |= {"schedule": SCHEDULES["cosine"], "schedule_values": {"steps": 50, "floor": 0.1}}
    run = Run(problem, Setup.of(name, form, learning_rate=1e-3, **extra), None, Stop(40), 3)
    found = recorded(run)
    for t in (1, 2, 8, 9, 40):
        told = finished(working(run, finished(replayed_step(run, t))))
        last = {line.name: line.values for line in told.lines}
        for index, parameter in enumerate(run.problem.parameters):
            for state, held in found.states.items():
                assert held[index][t - 1] == told.states[state][parameter]
                assert held[index][t] == last[state][parameter].value
            for value, column in found.values.items():
                # NumPy's power of an array may differ from that of a number in the last digit, by the processor.
                assert column[index][t - 1] == pytest.approx(last[value][parameter].value, rel=1e-15, abs=0)
    assert {len(column) for held in found.states.values() for column in held} <= {41}
    assert {len(column) for held in found.values.values() for column in held} <= {40}


@pytest.mark.parametrize(
    ("name", "form", "of", "formula"),
    [
        ("gd", "standard", "g", "lr"),
        ("momentum", "standard", "m", "lr"),
        ("momentum", "pytorch", "m", "lr"),
        ("heavy_ball", "standard", "m", "lr/(1 - beta)"),
        ("nesterov", "standard", "g + beta*m", "lr*(1 + beta/(1 - beta))"),
        ("adagrad", "standard", "g", "lr/sqrt(eps + v)"),
        ("rmsprop", "pytorch", "g", "lr/(sqrt(v) + eps)"),
        ("adadelta", "standard", "g", "lr*sqrt(u + eps)/sqrt(v + eps)"),
        ("adam", "standard", "m_hat", "lr/(sqrt(v_hat) + eps)"),
        ("adamax", "standard", "m_hat", "lr/u"),
        ("radam", "standard", "m_hat", "lr*where(rho > 5, r*sqrt(1 - beta2**t)/(sqrt(v) + eps), 1)"),
    ],
)
def test_the_effective_rate_is_read_off_the_rule(name, form, of, formula):
    effective = Quantities(Run(SURFACE, Setup.of(name, form))).rate_formulas
    assert (to_source(effective.of), to_source(effective.formula)) == (of, formula)


@pytest.mark.parametrize("name", ["lion", "rprop"])
def test_a_step_that_is_no_rate_times_a_direction_has_none(name):
    assert Quantities(Run(SURFACE, Setup.of(name))).rate_formulas is None


# Under a gradient of 1 that stays, m = beta*m + g gathers 1 + 0.9 + 0.81 + ... = 10, an average stays an average, and
# Nesterov's step is 1 + 0.9*10 = 10 as well; the slide's Adam divides an average by 0.1 and one by 0.001.
@pytest.mark.parametrize(
    ("name", "form", "rate"),
    [
        ("gd", "standard", 0.01),
        ("momentum", "standard", 0.01),
        ("momentum", "corrected", 0.01),
        ("momentum", "pytorch", 0.01),
        ("heavy_ball", "standard", 0.1),
        ("nesterov", "standard", 0.1),
        ("rmsprop", "standard", 0.01),
        ("adam", "standard", 0.01),
        ("adam", "slide", 0.1 / 1000**0.5),
    ],
)
def test_the_effective_rate_is_the_step_under_a_gradient_of_one_that_stays(name, form, rate):
    run = Run(expression_problem("x"), Setup.of(name, form, learning_rate=0.01), (0.0,), Stop(20_000))
    assert recorded(run, (20_000,)).effective_rate[0][-1] == pytest.approx(rate, rel=1e-6)
    path = columns(run, "parameters")[0]
    assert path[-2] - path[-1] == pytest.approx(rate, rel=1e-6)


def test_a_sum_that_never_forgets_has_no_gain_and_keeps_its_rate():
    effective = Quantities(Run(SURFACE, Setup(RuleMethod(parse_rule("m = m + g\nw = w - lr*m")), 0.01))).rate_formulas
    assert [to_source(each) for each in (effective.of, effective.gain, effective.formula)] == ["m", "1", "lr"]


def test_a_rule_that_doubles_itself_in_every_line_is_read_at_once():
    lines = "\n".join(f"a{k} = a{k - 1} + a{k - 1}" for k in range(1, 40))
    rule = parse_rule(f"a0 = g\n{lines}\nw = w - lr*(a39 + g)")
    effective = Quantities(Run(SURFACE, Setup(RuleMethod(rule), 0.01))).rate_formulas
    assert (to_source(effective.of), effective.gain.number) == ("a39 + g", 2**39 + 1)


@pytest.mark.parametrize(
    "name", ["gd", "heavy_ball", "adagrad", "rmsprop", "adadelta", "adam", "nadam", "radam", "amsgrad"]
)
def test_the_effective_rate_times_its_direction_is_the_step(name):
    run = Run(SURFACE, Setup.of(name, learning_rate=1e-3), None, Stop(100))
    found, path, gradient = recorded(run), columns(run, "parameters"), columns(run, "gradient")
    of, gain = to_source(found.rate_formulas.of), 10 if name == "heavy_ball" else 1
    for index in (0, 1):
        direction = gradient[index] if of == "g" else {**found.values, **after_steps(found.states)}[of][index]
        steps = [a - b for a, b in zip(path[index], path[index][1:], strict=False)]
        products = [rate * each / gain for rate, each in zip(found.effective_rate[index], direction, strict=True)]
        assert steps == pytest.approx(products, rel=1e-6, abs=1e-13)


def test_the_rate_of_adagrad_only_falls_and_that_of_rmsprop_rises_again():
    def rates(name):
        return recorded(Run(SURFACE, Setup.of(name, learning_rate=0.01), None, Stop(500))).effective_rate[0]

    assert all(a >= b for a, b in zip(rates("adagrad"), rates("adagrad")[1:], strict=False))
    rising = [a < b for a, b in zip(rates("rmsprop"), rates("rmsprop")[1:], strict=False)]
    assert any(rising)
    assert not all(rising)


def test_a_line_nobody_reads_may_be_infinite():
    rule = parse_rule("q = 1/(g - g)\nk = 2*t\nw = w - lr*k*g")
    found = recorded(Run(expression_problem("x**2"), Setup(RuleMethod(rule), 0.01), (1.0,), Stop(3)))
    assert found.values == {"q": ([math.inf] * 3,), "k": ([2, 4, 6],)}
    assert [to_source(found.rate_formulas.formula), found.effective_rate[0]] == [
        "lr*k",
        pytest.approx([0.02, 0.04, 0.06]),
    ]
