"""A program that is taken home is short, reads like a textbook, and ends where the run ended."""

import subprocess
import sys

import pytest

from fallline.descent import RuleMethod, Run, Setup, Stop
from fallline.formulas import parse, parse_rule, to_source
from fallline.formulas.python_formatter import TorchFormatter
from fallline.problems import SURFACES
from fallline.problems.line_fit import dataset_problem, line_fit_problem
from fallline.problems.objective import Objective
from fallline.problems.problem import Problem, expression_problem, surface_problem
from fallline.programs import PythonProgram, TorchProgram
from fallline.schedules import SCHEDULES
from fallline.suggested import suggested_rates
from tests.descent.runs import FORMS
from tests.programs.running import IN_BOTH, check, ended, printed, text

SURFACE = surface_problem("himmelblau")
TYPED = expression_problem(
    "where(x > 1, sqrt(x), x**2)/3 + max(x*y, -y, 0.1*x)**3 + exp(-x)*log(y**2 + 1) + y**2 + abs(y - 1)**1.5"
)
DATA = dataset_problem("shoe_size", "huber")
ON_DATA = {
    "batch_size": 2, "noise": 0.05, "schedule": SCHEDULES["warmup_cosine"],
    "schedule_values": {"warmup": 5.0, "steps": 60.0},
}  # fmt: skip

# what it looks like

ADAM = '''\
"""One run of an optimizer, in Python alone: it prints why it stopped, and where."""

# Adam on Himmelblau

from math import isfinite, sqrt

start = [1.0, 5.0]
learning_rate = 0.05
beta1 = 0.9
beta2 = 0.999
eps = 1e-08
max_steps = 1000
min_step_size = 1e-06


def loss(x, y):
    return (x**2 + y - 11)**2 + (x + y**2 - 7)**2


def gradient(x, y):
    return [4*x*(x**2 + y - 11) + 2*(x + y**2 - 7), 2*(x**2 + y - 11) + 4*y*(x + y**2 - 7)]


def step(w, g, m, v, t, lr):
    """The rule, for one parameter."""
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g**2
    m_hat = m/(1 - beta1**t)
    v_hat = v/(1 - beta2**t)
    w = w - lr*m_hat/(sqrt(v_hat) + eps)
    return w, m, v


w = start
m = v = [0.0]*len(start)
reason = f"stopped at step {max_steps}: the last one"
for t in range(1, max_steps + 1):
    try:
        g = gradient(*w)
        ahead, m, v = zip(*[step(*each, t, learning_rate) for each in zip(w, g, m, v)])
        value = loss(*ahead)
        finite = all(isfinite(c) for each in [g, m, v] for c in each)
        lost = not (finite and all(abs(c) <= 1e100 for c in [*ahead, value]))
    except (ArithmeticError, ValueError):  # such as 1/0, exp(1000), sqrt(-1)
        lost = True
    if lost:
        reason = f"diverged at step {t}"
        break
    small = all(max(abs(b - a), learning_rate*abs(c)) < min_step_size for a, b, c in zip(w, ahead, g))
    w = ahead
    if small:
        reason = f"stopped at step {t}: every step is below {min_step_size}"
        break

print(reason)
for name, value in zip(["x", "y"], w):
    print(name, "=", value)
'''


def test_it_is_what_a_teacher_would_write():
    run = Run(SURFACE, Setup.of("adam", learning_rate=0.05), (1, 5), Stop(1000, 1e-6))
    assert text(PythonProgram, run, "Adam on Himmelblau") == ADAM
    check(run)


def test_pytorch_writes_the_rule_on_tensors_and_leaves_the_gradient_to_autograd():
    source = text(TorchProgram, Run(SURFACE, Setup.of("adam", learning_rate=0.05)))
    assert "    return torch.autograd.grad(loss(*w), w)[0]" in source.split("\n")
    assert "    w = w - lr*m_hat/(torch.sqrt(v_hat) + eps)" in source.split("\n")


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_the_rule_stands_in_it_line_by_line_as_it_is_printed(name, form):
    """But for `where`, for which Python has words of its own, and the two sides of `max` and `min`."""
    run = Run(SURFACE, Setup.of(name, form))
    for program in (PythonProgram, TorchProgram):
        source = text(program, run).replace("torch.", "")
        for target, formula in run.setup.rule_method.rule.lines:
            plain = f"{target} = {to_source(formula)}"
            assert plain in source or any(word in plain for word in ("where(", "max("))
        assert len(source.split("\n")) < 75


def test_it_runs_as_a_file_of_its_own_with_nothing_else_installed(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(text(PythonProgram, Run(DATA, Setup.of("gd", learning_rate=0.01, **ON_DATA), None, Stop(2))))
    ran = subprocess.run([sys.executable, "-I", "-S", path], capture_output=True, text=True, timeout=300)
    assert ran.stderr == ""
    assert ran.stdout.startswith("stopped at step 2: the last one\nslope = ")


# where it ends


@IN_BOTH
@pytest.mark.parametrize(("name", "form"), FORMS)
@pytest.mark.parametrize(
    ("problem", "extra"),
    [(SURFACE, {}), (TYPED, {"noise": 0.1}), (DATA, ON_DATA)], ids=["surface", "typed", "data"],
)  # fmt: skip
def test_every_text_of_the_catalog(name, form, problem, extra, program):
    check(Run(problem, Setup.of(name, form, learning_rate=0.01, **extra), None, Stop(150, 1e-4), 11), program)


@IN_BOTH
@pytest.mark.parametrize("name", SURFACES)
def test_every_surface(name, program):
    problem = surface_problem(name)
    for optimizer in ("gd", "nadam"):
        made = Setup.of(optimizer, learning_rate=suggested_rates(problem.rates)[optimizer])
        check(Run(problem, made, None, Stop(100, None, -1e9)), program)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule(schedule):
    values = {key: param.default for key, param in SCHEDULES[schedule].params.items()}
    made = Setup.of("heavy_ball", learning_rate=0.02, schedule=SCHEDULES[schedule], schedule_values=values)
    check(Run(DATA, made, None, Stop(220)))


def test_a_warm_up_of_no_steps_and_one_of_all_divide_nothing_by_0():
    made = Setup.of(
        "gd", learning_rate=0.02, schedule=SCHEDULES["warmup_cosine"], schedule_values={"warmup": 0, "steps": 30}
    )
    assert "rise = t/max(warmup, 1)" in check(Run(DATA, made, None, Stop(40)))
    made = Setup.of(
        "gd", learning_rate=0.02, schedule=SCHEDULES["warmup_cosine"], schedule_values={"warmup": 30, "steps": 30}
    )
    check(Run(DATA, made, None, Stop(40)))


@IN_BOTH
@pytest.mark.parametrize("loss", ["ssr", "mse", "mae", "huber"])
@pytest.mark.parametrize(
    "extra",
    [{}, {"batch_size": 45}, {"batch_size": 7, "sampling": "replacement"}],
    ids=["all", "shuffle", "replacement"],
)
def test_every_loss_and_sampling(loss, extra, program):
    points = tuple((i / 140, ((i * 7919) % 101) / 50 - 1) for i in range(140))
    problem = line_fit_problem(points, loss, standardize=True)
    rate = 0.05 / 140 if loss == "ssr" else 0.05
    check(Run(problem, Setup.of("momentum", learning_rate=rate, **extra), None, Stop(60, 1e-3), 3), program)


@IN_BOTH
@pytest.mark.parametrize(
    ("problem", "rate", "stop", "reason"),
    [
        (DATA, 0.01, Stop(1000, 0.001), "below 0.001"),
        (DATA, 0.01, Stop(1000, 0.03, small="step"), "below 0.03"),
        (DATA, 0.1, Stop(1000, None, 0.03), "at or below 0.03"),
        (SURFACE, 0.1, Stop(1000), "diverged"),
        (SURFACE, 1e-3, Stop(1, 1.0, 1e9), "step 0: the loss"),
        (SURFACE, 1e-3, Stop(7), "step 7: the last"),
        (SURFACE, 1e-3, Stop(0), "step 0: the last"),
    ],
    ids=["small", "small step alone", "target", "diverged", "target at the start", "steps", "none"],
)
def test_it_ends_for_the_same_reason(problem, rate, stop, reason, program):
    run = Run(problem, Setup.of("gd", learning_rate=rate), None, stop)
    check(run, program)
    assert reason in ended(run)[0]


@IN_BOTH
def test_small_steps_on_a_batch_must_last_an_epoch(program):
    run = Run(DATA, Setup.of("gd", learning_rate=0.05, batch_size=1), None, Stop(5000, 0.01), 2)
    check(run, program)
    assert "every step is below" in ended(run)[0]


@IN_BOTH
def test_a_state_may_begin_at_a_formula(program):
    source = check(Run(SURFACE, Setup.of("rprop", learning_rate=0.05), None, Stop(40)), program)
    assert "[learning_rate]*len(start)" in source or "torch.full_like(w, learning_rate)" in source
    made = Setup(RuleMethod(parse_rule("m = m + g\nw = w - lr*m"), {"begin": 2.0}, {"m": "-begin*sqrt(2)"}), 0.001)
    check(Run(SURFACE, made, None, Stop(20)), program)


@IN_BOTH
@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("log(x)", 0.5),
        ("(x - 1)**1.5 + x", 2.0),
        ("sin(x**8)*x**8", 9.0),
        ("abs(x)**0.5*sinh(x)", 5.0),
        ("1/(1 + 1/x**2) + 2**-x", 2.0),
        ("3*x - max(1, x, 2)*floor(x)", 3.0),
        ("max(0, 1 - x) + where(x > 1, 1, x**2) + sign(x)", 2.5),
    ],
)
@pytest.mark.parametrize("rule", ["w = w - lr*g", "w = w - lr*sign(g)", "q = max(1, g)\nw = w - lr*min(q, 2, lr)"])
def test_formulas_and_rules_of_ones_own(text, start, rule, program):
    check(Run(expression_problem(text), Setup(RuleMethod(parse_rule(rule)), 0.5), (start,), Stop(60)), program)


@IN_BOTH
@pytest.mark.parametrize(
    "taken",
    [
        "where(g > where(t > 2, 5, 1), g, 0.5*g)", "where(where(t > 2, 5, 1) < g, g, 0.5*g)",
        "where(where(t > 2, 5, 1) > t, g, 0.5*g)", "where(3 > where(t > 2, 5, 1), where(t > 1, g, 0.1*g), 0.5*g)",
    ],
)  # fmt: skip
def test_a_choice_within_a_comparison_is_made_first(taken, program):
    rule = RuleMethod(parse_rule(f"w = w - lr*{taken}"))
    check(Run(expression_problem("x**2"), Setup(rule, 0.1), (4.0,), Stop(12)), program)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("where(g > where(t > 2, 5, 1), g, 1)", "torch.where(g > (5 if t > 2 else 1), g, 1)"),
        (
            "where(t < where(t > 2, 5, 1), where(t > 1, g, 1), g)",
            "(g if t > 1 else torch.full_like(g, 1)) if t < (5 if t > 2 else 1) else g",
        ),
    ],
)
def test_in_pytorch_too_in_brackets(typed, written):
    assert TorchFormatter(("g",)).format(parse(typed, ("g", "t"))) == written


def test_a_program_stops_where_floats_refuse_and_the_run_might_go_on():
    rule = parse_rule("w = w - lr*g/(1 + exp(g))")
    run = Run(expression_problem("x**2"), Setup(RuleMethod(rule), 0.1), (400.0,), Stop(5))
    assert ended(run)[0] == "stopped at step 5: the last one"
    assert printed(text(PythonProgram, run))[0] == "diverged at step 1"


@IN_BOTH
def test_an_objective_that_no_program_can_write_is_named(program):
    class Quadratic(Objective):
        parameters = ("x",)

        def cost(self, lanes=1):
            return lanes

        def value(self, w):
            return w[0] ** 2

        def value_and_gradient(self, w):
            return w[0] ** 2, 2 * w

    run = Run(Problem("expression", Quadratic(), ((-1, 1),), (1.0,)), Setup.of("gd"))
    with pytest.raises(TypeError, match=rf"{program.__name__}\.problem has no case for .* class Quadratic"):
        program(run, "").text()
