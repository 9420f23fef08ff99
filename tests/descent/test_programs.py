"""A program that is taken home ends where the run ended, to the last bit, in an interpreter that has nothing else."""

import ast
import json
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from types import SimpleNamespace

import pytest

from app.descent import Run, Setup, Stop
from app.descent.programs import NoProgramError, PythonProgram, TorchProgram
from app.formulas import parse_rule, written
from app.problems import SURFACES
from app.problems.line_fit import dataset_problem, line_fit_problem
from app.problems.problem import expression_problem, surface_problem
from app.schedules import SCHEDULES
from tests.descent.runs import FORMS, finished, setup

SURFACE = surface_problem("rosenbrock")
TYPED = expression_problem(
    "where(x > 1, sqrt(x), x**2)/3 + max(x*y, -y, 0.1*x)**3 + exp(-x)*log(y**2 + 1) + y**2 + abs(y - 1)**1.5"
)
DATA = dataset_problem("shoe_size", "huber")
ON_DATA = {
    "batch_size": 2, "noise": 0.05, "schedule": SCHEDULES["warmup_cosine"],
    "schedule_values": {"warmup": 5.0, "steps": 60.0},
}  # fmt: skip


WORKER = """
import io, json, sys
from contextlib import redirect_stdout
for line in sys.stdin:
    with redirect_stdout(io.StringIO()) as text:
        exec(compile(json.loads(line), "program.py", "exec"), {"__name__": "__main__"})
    print(json.dumps(text.getvalue()), flush=True)
"""


@cache
def bare(*options):
    """An interpreter that runs one program after the other, each with names of its own."""
    words = [sys.executable, "-I", *options, "-c", WORKER]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module", autouse=True)
def _interpreters_end():
    yield
    for options in (("-S",), ()):
        process = bare(*options)
        process.communicate()
    bare.cache_clear()


def printed(source, *options):
    """What a program prints, as (reason, {name: value}); with `-S` it has nothing but the standard library."""
    process = bare(*options)
    process.stdin.write(json.dumps(source) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    assert answer, process.stderr.read()
    reason, *lines = json.loads(answer).splitlines()
    return reason, {name: float(value) for name, value in (line.split(" = ") for line in lines)}


def ended(run):
    """What a run ends at: (its sentence up to the reason, {name: value})."""
    for block in run.blocks():
        last = [column[-1] for column in block.parameters]
    return run.whole().end, dict(zip(run.problem.parameters, last, strict=True))


def told(end, stop):
    """How a program says why it ended."""
    return {
        "diverged": f"diverged at step {end.n_steps + 1}",
        "max_steps": f"stopped at step {end.n_steps}: the last one",
        "target_loss": f"stopped at step {end.n_steps}: the loss is at or below {stop.target_loss}",
        "min_step_size": f"stopped at step {end.n_steps}: every step is below {stop.min_step_size}",
    }[end.reason]


def check(run, title="a run"):
    """Compare a run with its program; gives the program."""
    source = finished(PythonProgram(run, title).text())
    reason, values = printed(source, "-S")
    end, expected = ended(run)
    assert {name: value.hex() for name, value in values.items()} == {n: v.hex() for n, v in expected.items()}
    assert reason == told(end, run.stop)
    return source


@pytest.mark.parametrize(("name", "form"), FORMS)
@pytest.mark.parametrize(
    ("problem", "extra"),
    [(SURFACE, {}), (TYPED, {"noise": 0.1}), (DATA, ON_DATA)], ids=["surface", "typed", "data"],
)  # fmt: skip
def test_every_text_of_the_catalog(name, form, problem, extra):
    rate = 1e-3 if problem is SURFACE else 0.01
    check(Run(problem, setup(name, form, learning_rate=rate, **extra), None, Stop(150, 1e-4), 11))


@pytest.mark.parametrize("name", SURFACES)
def test_every_surface(name):
    problem = surface_problem(name)
    for optimizer in ("adam", "nadam"):
        made = setup(optimizer, learning_rate=problem.suggested[optimizer])
        check(Run(problem, made, None, Stop(100, None, -1e9)))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule(schedule):
    values = {key: param.default for key, param in SCHEDULES[schedule].params.items()}
    made = setup("heavy_ball", learning_rate=0.02, schedule=SCHEDULES[schedule], schedule_values=values)
    check(Run(DATA, made, None, Stop(220)))


@pytest.mark.parametrize("loss", ["ssr", "mse", "mae", "huber"])
@pytest.mark.parametrize("count", [3, 50, 51, 140, 700])
@pytest.mark.parametrize(
    "extra", [{}, {"batch_size": 2}, {"batch_size": 45, "sampling": "replacement"}], ids=["all", "two", "replacement"]
)
def test_data_of_every_size(loss, count, extra):
    points = tuple((i / count, ((i * 7919) % 101) / 50 - 1) for i in range(count))
    if extra.get("batch_size", 0) <= count:
        problem = line_fit_problem(points, loss, standardize=True)
        rate = 0.05 / count if loss == "ssr" else 0.05
        check(Run(problem, setup("adam", learning_rate=rate, **extra), None, Stop(40, 1e-3), 3))


# ends


@pytest.mark.parametrize(
    ("problem", "rate", "stop"),
    [
        (DATA, 0.01, Stop(1000, 0.001)),
        (DATA, 0.1, Stop(1000, None, 0.03)),
        (SURFACE, 0.1, Stop(1000)),
        (SURFACE, 1e-3, Stop(1, 1.0, 1e9)),
        (SURFACE, 1e-3, Stop(7)),
    ],
    ids=["small", "target", "diverged", "target at the start", "steps"],
)
def test_it_ends_for_the_same_reason(problem, rate, stop):
    check(Run(problem, setup("gd", learning_rate=rate), None, stop))


def test_small_steps_on_a_batch_must_last_an_epoch():
    check(Run(DATA, setup("sgd", learning_rate=0.05, batch_size=1), None, Stop(5000, 0.01), 2))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("1/(1 + exp(-x)) + x**2/1e9", (-800.0,)),
        ("log(x)", (0.5,)),
        ("sqrt(x)", (2.0,)),
        ("where(x > 0, log(x), x**2)", (3.0,)),
        ("1/x", (-1.0,)),
        ("sin(x**8)*x**8", (9.0,)),
        ("abs(x)**0.5*sinh(x)", (5.0,)),
        ("1/(1 + 1/x**2)", (2.0,)),
        ("cosh(x/1e3)*tan(x)", (3.0,)),
        ("0*x", (3.0,)),
        ("3*x - max(1, x, 2)*floor(x)", (3.0,)),
        ("x**-3 + 2**x + 0.5**-x", (1.0,)),
    ],
)
@pytest.mark.parametrize("rule", ["w = w - lr*g", "w = w - lr*sign(g)", "w = w - lr*g*1e3"])
def test_where_floats_raise_it_goes_on_as_the_run_does(text, start, rule):
    check(Run(expression_problem(text), Setup(parse_rule(rule), 0.5), start, Stop(60)))


@pytest.mark.parametrize(
    "rule",
    [
        "q = 1/g\nw = w - lr*where(abs(g) > 3, q, sign(g))",
        "q = 1/(g - g)\nw = w - lr*g",
        "w = w - lr/(1 + 1/(g*0))",
        "q = sqrt(g)\nw = w - lr*where(g > 0, q, 1)",
        "w = w - lr*where(1/(g*0) > 5, 1, 2)",
        "q = log(g)\nw = w - lr*max(q, g)",
        "q = exp(g*1e4)\nw = w - lr/(1 + q)",
        "q = (-g)**0.5\nw = w - lr*min(1, q)",
        "v = 1.1*v + 1\nw = w - lr*1.1**-v*g",
        "q = 2**t/3**t*7**-t\nw = w - lr*q*g",
    ],
)
def test_lines_that_raise_or_that_nobody_reads(rule):
    for start in (2.0, -2.0, 4.0):
        check(Run(expression_problem("x**2"), Setup(parse_rule(rule), 0.5), (start,), Stop(80)))


def test_a_rule_that_only_counts_stays_in_floats():
    """Python's whole numbers would not overflow."""
    check(
        Run(expression_problem("3*x"), Setup(parse_rule("m = 7*m*g + g\nw = w - lr*m/(1 + m)"), 0.1), (2.0,), Stop(400))
    )


def test_a_formula_too_long_to_read_becomes_lines():
    text = "+".join(f"sin({i}*x*y)/({i} + where(x > {i}, x, y)**2)" for i in range(1, 22))
    source = check(Run(expression_problem(text), setup("adam", learning_rate=0.05), (2.0, 1.0), Stop(30)))
    assert "part" in source


# what it looks like


def test_it_reads_like_the_textbook():
    source = finished(
        PythonProgram(Run(SURFACE, setup("adam", learning_rate=0.05)), "Adam on Rosenbrock's banana").text()
    )
    for line in (
        "# Adam on Rosenbrock's banana",
        "from math import sqrt",
        "learning_rate = 0.05",
        "    # loss = (1 - x)**2 + 100*(y - x**2)**2",
        "    return power(1 - x, 2) + 100*power(y - power(x, 2), 2)",
        "    m = beta1*m + (1 - beta1)*g",
        "    v = beta2*v + (1 - beta2)*power(g, 2)  # v = beta2*v + (1 - beta2)*g**2",
        "    m_hat = m/(1 - beta1**t)",
        "    w = w - lr*m_hat/(sqrt(v_hat) + eps)",
    ):
        assert line in source.split("\n")
    assert len(source.split("\n")) < 90


def test_with_eps_0_the_division_may_fail_and_is_guarded():
    source = check(Run(SURFACE, setup("adam", learning_rate=0.05, eps=0.0), None, Stop(20)))
    assert "w = w - over(lr*m_hat, sqrt(v_hat) + eps)" in source


def test_it_runs_as_a_file_of_its_own(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(finished(PythonProgram(Run(DATA, setup("gd", learning_rate=0.01), None, Stop(2)), "").text()))
    ran = subprocess.run([sys.executable, "-I", "-S", path], capture_output=True, text=True, timeout=60)
    assert ran.stderr == ""
    assert ran.stdout.startswith("stopped at step 2: the last one\nslope = 1.")


# text of strangers


HOSTILE = [
    "x\nimport os", "x\rimport os", "x\u2028import os", "x\u2029import os", "x\x85import os", "x\x0bimport os", "x\x0cimport os",
    '""" + 1', "''' + 1", "\\", "# coding: utf-7", "-*- coding: rot13 -*-", "\u202e#", "\x00", "\ud800", "{count}", "%s",
    "import os  #", "\\N{DIGIT ONE}", "\ufeff", "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("place", ["{}", "coding: {}", "{} on Bowl"])
def test_a_title_stays_one_comment(title, place):
    run = Run(SURFACE, setup("gd"), None, Stop(3))
    plain, hostile = (finished(PythonProgram(run, each).text()) for each in ("title", place.format(title)))
    assert ast.dump(ast.parse(hostile)) == ast.dump(ast.parse(plain))
    hostile.encode()
    assert hostile.split("\n")[:2] == plain.split("\n")[:2], "an encoding is read from the first two lines"
    assert [line for line in hostile.split("\n") if not line.startswith("#")] == [
        line for line in plain.split("\n") if not line.startswith("#")
    ]


@pytest.mark.parametrize(
    "name",
    ["sqrt", "max", "print", "loss", "gradient", "step", "rate", "main", "math", "power", "over", "start", "points", "random",
     "total", "ahead", "count", "match", "float", "zip", "list", "value", "x", "y", "k", "i", "sound", "furthest", "small", "r"],
)  # fmt: skip
def test_names_of_a_rule_do_not_meet_those_of_python_or_of_the_program(name):
    """As state, as intermediate and as hyperparameter."""
    for text in (
        f"{name} = 0.5*{name} + g\nw = w - lr*sqrt(abs({name}))*max(g, -1)",
        f"{name} = g**2 + 1\nw = w - lr*g/sqrt({name})",
        f"m = {name}*m + max(g, 0.1)\nw = w - lr*m/sqrt(abs(m) + 1)",
    ):
        rule = parse_rule(text)
        values = dict.fromkeys(rule.hyperparameters, 0.7)
        check(Run(expression_problem("x**2 + y**2"), Setup(rule, 0.1, values), None, Stop(20)))


def test_names_that_differ_by_a_line_stay_apart():
    rule = parse_rule("sqrt = 0.5*sqrt + g\nsqrt_ = 0.25*sqrt_ + sqrt\nw = w - lr*sqrt_")
    check(Run(SURFACE, Setup(rule, 1e-4), None, Stop(20)))


def test_a_problem_of_another_kind_is_refused():
    run = Run(SURFACE, setup("gd"))
    run.problem = SimpleNamespace(objective=object())
    for program in (PythonProgram, TorchProgram):
        with pytest.raises(NoProgramError, match="surfaces"):
            program(run, "")


# PyTorch

TORCH = pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed; its programs are not run")
TORCH_RUNS = {
    **{
        f"{name} {form} {kind}": Run(problem, setup(name, form, learning_rate=1e-3, **extra), None, Stop(25, 1e-6), 5)
        for name, form in FORMS
        for kind, problem, extra in (
            ("surface", SURFACE, {}),
            ("typed", TYPED, {"noise": 0.1}),
            ("data", DATA, ON_DATA),
        )
    },
    **{
        f"{surface}": Run(surface_problem(surface), setup("gd", learning_rate=1e-4), None, Stop(20))
        for surface in SURFACES
    },
    **{
        f"{loss} {sampling}": Run(
            dataset_problem("stopping_distance", loss, True),
            setup("momentum", learning_rate=1e-3, batch_size=7, sampling=sampling), None, Stop(30, 1e-5, 0.001), 3,
        )
        for loss in ("ssr", "mse", "mae", "huber")
        for sampling in ("shuffle", "replacement")
    },
    "steps": Run(DATA, setup("gd", learning_rate=0.01), None, Stop(1000, 0.001)),
    "target": Run(DATA, setup("gd", learning_rate=0.1), None, Stop(1000, None, 0.03)),
    "diverged": Run(SURFACE, setup("gd", learning_rate=0.1), None, Stop(100)),
    "flat": Run(expression_problem("where(x > 1, 1, x**2) + sign(x) + floor(x)"), setup("gd"), (2.5,), Stop(5)),
    "a number for every parameter": Run(SURFACE, Setup(parse_rule("w = sqrt(lr*t)"), 0.01), None, Stop(5)),
    "divided by 0": Run(SURFACE, Setup(parse_rule("q = 1/(t - 3)\nw = w - lr*g*where(t > 3, q, 1)"), 1e-4), None, Stop(9)),
    "names": Run(
        SURFACE, Setup(parse_rule("torch = 0.5*torch + g\nwhere = 2\nw = w - lr*torch/where"), 1e-4), None, Stop(9)
    ),
    "schedules": Run(
        SURFACE,
        setup("gd", learning_rate=1e-4, schedule=SCHEDULES["one_cycle"], schedule_values={"steps": 30.0}),
        None, Stop(40),
    ),
}  # fmt: skip


@TORCH
@pytest.mark.parametrize("key", TORCH_RUNS)
def test_pytorch_ends_there_too(key):
    run = TORCH_RUNS[key]
    reason, values = printed(finished(TorchProgram(run, key).text()))
    end, expected = ended(run)
    assert reason == told(end, run.stop)
    assert values == pytest.approx(expected, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize("key", ["adam standard surface", "rprop standard typed", "radam standard data"])
def test_a_pytorch_program_reads_like_the_textbook(key):
    """Whether or not PyTorch is there to run it."""
    source = finished(TorchProgram(TORCH_RUNS[key], key).text())
    ast.parse(source)
    for target, formula in TORCH_RUNS[key].setup.rule.lines:
        assert f"{target} = {written(formula)}" in source


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_stays_one_comment_in_pytorch_too(title):
    run = Run(SURFACE, setup("gd"), None, Stop(3))
    plain, hostile = (finished(TorchProgram(run, each).text()) for each in ("title", title))
    assert ast.dump(ast.parse(hostile)) == ast.dump(ast.parse(plain))
