"""The working of a step is what ran: line by line, to the last bit, for every text of the catalog and for a typed one."""

import math

import pytest

from fallline.descent import RuleMethod, Run, Setup, Stop
from fallline.descent.replay import replayed_step
from fallline.formulas import float_function, parse, parse_rule
from fallline.problems.line_fit import dataset_problem, line_fit_problem
from fallline.problems.problem import expression_problem, surface_problem
from fallline.schedules import SCHEDULES
from fallline.working import working
from tests.descent.runs import FORMS, columns, finished
from tests.formulas.latex import check

DECK = dataset_problem("shoe_size", "ssr")
SURFACE = surface_problem("rosenbrock")
RATES = {"gd": 1e-4, "sgd": 1e-4, "mini_batch": 1e-4, "momentum": 1e-4, "heavy_ball": 1e-5, "nesterov": 1e-5}


def worked(run, t, **options):
    """The working of one step."""
    return finished(working(run, finished(replayed_step(run, t)), **options))


def computed(text):
    """What a text with numbers alone computes, in the project's own language."""
    return float_function((), (parse(text, ()),))()[0]


def check_lines(told, after_states):
    """Every line's numbers compute its value, and the values lead to the next row of the run."""
    for line in told.lines:
        for filled in line.values.values():
            assert computed(filled.substituted) == filled.value, (line.name, filled.substituted)
    last = {line.name: line.values for line in told.lines}
    assert {name: filled.value for name, filled in last["w"].items()} == told.after
    for state, held in after_states.items():
        assert {name: filled.value for name, filled in last[state].items()} == held


def check_whole(run, *steps):
    """The workings of some steps against the columns of the run."""
    names, rule = run.problem.parameters, run.setup.rule_method.rule
    states, parameters, gradient = (columns(run, field) for field in ("states", "parameters", "gradient"))
    rates = columns(run, "learning_rate")
    workings = [worked(run, t) for t in steps]
    for t, told in zip(steps, workings, strict=True):
        after = {
            state: {name: states[len(names) * i + j][t] for j, name in enumerate(names)}
            for i, state in enumerate(rule.states)
        }
        check_lines(told, after)
        assert list(told.before.values()) == [column[t - 1] for column in parameters], t
        assert list(told.after.values()) == [column[t] for column in parameters], t
        assert [slope.value for slope in told.gradient.values()] == [column[t - 1] for column in gradient], t
        assert told.lr == rates[t - 1], t
        assert computed(told.rate.substituted) == told.lr, t
    return workings


def shown_texts(told):
    """All LaTeX of a step."""
    slopes = [text for slope in told.gradient.values() for text in (slope.latex, slope.formula_latex)]
    return [
        *slopes,
        *(line.latex for line in told.lines),
        *(v.latex for line in told.lines for v in line.values.values()),
    ]


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_every_text_of_the_catalog_on_a_surface(name, form):
    run = Run(SURFACE, Setup.of(name, form, learning_rate=RATES.get(name, 0.01), noise=0.01), None, Stop(1000), 3)
    for told in check_whole(run, 1, 2, 3, 1000):
        assert [line.name for line in told.lines] == [target for target, _ in run.setup.rule_method.rule.lines]
        for text in shown_texts(told):
            check(text)


@pytest.mark.parametrize("name", ["gd", "adam", "radam", "rprop", "nadam"])
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_on_data(name, schedule):
    values = {key: param.default for key, param in SCHEDULES[schedule].params.items()}
    made = Setup.of(
        name, learning_rate=0.01, batch_size=2, noise=0.1, schedule=SCHEDULES[schedule], schedule_values=values
    )
    run = Run(DECK, made, None, Stop(200), 5)
    for told in check_whole(run, 1, 2, 15, 60, 200):
        assert told.rate.learning_rate * told.rate.factor == pytest.approx(told.lr, rel=1e-15)
        assert (told.rate.schedule, told.rate.lines[-1].name) == (schedule, "factor")
        for line in told.rate.lines:
            assert computed(line.filled.substituted) == line.filled.value


def test_a_typed_rule_and_a_typed_surface():
    rule = parse_rule("q = 1/(g - g)\nv = k*v + abs(g)**1.5\nw = w - lr*where(v > 1, g/v, max(min(g, 1), -1))**3")
    problem = expression_problem("where(x > 0, sqrt(x), x**2) + exp(-x)*y**2")
    run = Run(problem, Setup(RuleMethod(rule, {"k": 0.5}), 0.05), (1.5, -2.0), Stop(50))
    for told in check_whole(run, 1, 2, 3, 50):
        assert {filled.value for filled in told.lines[0].values.values()} == {math.inf}, "a line nobody reads"
        for name, slope in told.gradient.items():
            assert computed(slope.substituted) == slope.value, name


# gradients


def test_a_surface_shows_its_gradient_with_the_numbers():
    told = worked(Run(SURFACE, Setup.of("gd", learning_rate=1e-3), (-1.0, 2.0)), 1)
    x = told.gradient["x"]
    assert (x.formula_latex, x.value) == ("-2 (1 - x) - 400 x (y - x^{2})", 396.0)
    assert x.latex == r"-2 \cdot \bigl(1 - (-1)\bigr) - 400 \cdot (-1) \cdot \bigl(2 - (-1)^{2}\bigr)"
    assert computed(x.substituted) == 396.0


def test_the_chain_rule_of_the_deck_by_hand():
    """Slope 1, intercept 0: residuals 0.5, 0.4, 1.0; d/d intercept = -2(0.5 + 0.4 + 1), d/d slope = -1 - 0.64 - 2.2 ..."""
    told = worked(Run(DECK, Setup.of("gd", learning_rate=0.01)), 1)
    slope, intercept = told.gradient["slope"], told.gradient["intercept"]
    assert [term.point for term in slope.terms] == [0, 1, 2]
    assert [term.value for term in slope.terms] == pytest.approx([-1.2 * 0.5, -1.6 * 0.4, -2.2 * 1.0])
    assert [term.value for term in intercept.terms] == pytest.approx([-1.0, -0.8, -2.0])
    assert intercept.terms[0].latex == r"-2 \cdot \bigl(1.1 - (1 \cdot 0.6 + 0)\bigr)"
    assert slope.terms[1].latex == r"-2 \cdot 0.8 \cdot \bigl(1.2 - (1 \cdot 0.8 + 0)\bigr)"
    assert intercept.latex == (
        r"-2 \cdot \bigl(1.1 - (1 \cdot 0.6 + 0)\bigr) "
        r"- 2 \cdot \bigl(1.2 - (1 \cdot 0.8 + 0)\bigr) "
        r"- 2 \cdot \bigl(2.1 - (1 \cdot 1.1 + 0)\bigr)"
    )
    assert (slope.value, intercept.value) == pytest.approx((-3.44, -3.8))


@pytest.mark.parametrize("loss", ["ssr", "mse", "mae", "huber"])
@pytest.mark.parametrize("size", [None, 1, 4])
def test_the_terms_of_the_batch_add_up_to_the_gradient(loss, size):
    problem = dataset_problem("stopping_distance", loss, True)
    run = Run(problem, Setup.of("adam", learning_rate=0.05, batch_size=size), None, Stop(30), 2)
    for told in check_whole(run, 1, 7, 30):
        points = list(range(problem.objective.n_points)) if size is None else told.batch
        assert len(points) == (size or problem.objective.n_points)
        for slope in told.gradient.values():
            assert [term.point for term in slope.terms] == points
            assert all(computed(term.substituted) == term.value for term in slope.terms)
            total = math.fsum(term.value for term in slope.terms)
            mean = loss != "ssr"
            assert slope.value == pytest.approx(total / len(points) if mean else total, rel=1e-12)
            assert (r"\frac{1}{" in slope.latex) == (mean and len(points) > 1)
            if len(slope.substituted) <= 1000:
                assert computed(slope.substituted) == slope.value


def test_many_points_list_their_terms_and_leave_out_the_middle_of_the_sum():
    problem = line_fit_problem(tuple((i / 100, (i % 7) / 7) for i in range(300)), "mse")
    told = worked(Run(problem, Setup.of("gd", learning_rate=0.01)), 1)
    slope = told.gradient["slope"]
    assert len(slope.terms) == 300
    assert r"\cdots" in slope.latex
    assert slope.formula_latex.startswith(r"-\frac{1}{300} \sum_{i} 2 x_{i} \bigl(y_{i} - ")


def test_noise_stands_beside_the_gradient_it_was_added_to():
    run = Run(SURFACE, Setup.of("gd", learning_rate=1e-4, noise=2.0), None, Stop(20), 9)
    x = worked(run, 20).gradient["x"]
    assert x.clean + x.noise == x.value == computed(x.substituted)
    assert x.clean != x.value


# what is said with it


def test_lines_that_are_the_same_for_every_parameter_are_marked():
    told = worked(Run(SURFACE, Setup.of("nadam")), 2)
    assert [line.name for line in told.lines if line.shared] == ["mu", "mu_next", "mu_product"]


def test_of_two_cases_the_one_that_ran_is_shown():
    told = worked(Run(SURFACE, Setup.of("radam", learning_rate=0.01), None, Stop(100)), 3)
    lines = {line.name: line.values["x"].latex for line in told.lines}
    assert lines["r"] == r"0 \quad \text{as } {2.999 < 5}"
    told = worked(Run(SURFACE, Setup.of("radam", learning_rate=0.01), None, Stop(100)), 100)
    assert r"\sqrt{" in {line.name: line.values["x"].latex for line in told.lines}["r"]


def test_a_number_that_is_not_finite_is_told_and_not_put_in():
    rule = parse_rule("q = 1/(g - g)\np = 2*q\nw = w - lr*g")
    told = worked(Run(SURFACE, Setup(RuleMethod(rule), 1e-4)), 1)
    q, p = (line.values["x"] for line in told.lines[:2])
    assert (q.value, q.value_latex, computed(q.substituted)) == (math.inf, r"\infty", math.inf)
    assert (p.value, p.substituted, p.latex) == (math.inf, None, r"2 \cdot \infty")


def test_marks_name_each_quantity():
    told = worked(Run(SURFACE, Setup.of("momentum")), 2, marked=True)
    assert r"\htmlData{of=m}{" in told.lines[1].latex
    assert r"\htmlData{of=lr}{0.01} \cdot " in told.lines[1].values["x"].latex
    assert r"\htmlData{of=x}{" in told.gradient["x"].latex


def test_rounding_is_said():
    assert any("4 significant digits" in note for note in worked(Run(SURFACE, Setup.of("gd")), 1).notes)
