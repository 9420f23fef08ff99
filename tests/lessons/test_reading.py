"""A lesson is read from its file, and what is wrong with one is said with its file and line and what is allowed."""

import math
import re
from pathlib import Path

import pytest

from app.course.lessons import read_lesson, read_statements
from app.course.lessons.pieces import Shown
from app.course.lessons.values import Values
from tests.lesson_check import LessonError, check_all, check_lesson, check_lessons, check_statements
from tests.lesson_check.written import settable

EXAMPLE = Path(__file__).parent / "example" / "01_example.md"
TEXT = EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example():
    return read_lesson(EXAMPLE)


def test_sections_blocks_and_answers(example):
    assert [section.title for section in example.sections] == ["", "Why it gets there", "Check"]
    kinds = [[piece.kind for piece in section.pieces] for section in example.sections]
    assert kinds == [["prose", "figure"], ["prose", "prose", "figure"], ["check", "try"]]
    rates, two = example.pieces("figure")
    assert [prose.show for prose in example.pieces("prose")] == [None, None, Shown("rates", step=5)]
    assert rates.controls == ((0, "learning_rate"),)
    assert rates.question.guess["answer"] == pytest.approx([4 * 0.8**40, 2 * 0.6**40])  # x² + 2y²
    assert two.question.guess["options"][two.question.guess["answer"]] == "It flies off"
    assert [option.right for option in example.pieces("check")[0].options] == [True, False]


def test_numbers_of_the_text_are_computed_and_formulas_are_tex(example):
    why = example.sections[1].pieces[0].html
    assert '<div class="formula display">4 - 0.1 \\cdot 8 = 3.2</div>' in why
    assert '<span class="formula">w_1 = w_0 - \\eta\\, g</span>' in why
    assert "It starts at (4, 2)" in example.text
    assert "It takes 17 steps." in example.text


def test_numbers_of_a_text_have_minus_signs_and_code_and_addresses_have_none(tmp_path):
    file = tmp_path / EXAMPLE.name
    said = "It is 3 or -1 at [a start](/?start=-4), and `-1` in code."
    file.write_text(TEXT.replace("It starts at", f"{said} It starts at", 1), encoding="utf-8")
    shown = "".join(prose.html for prose in read_lesson(file).pieces("prose"))
    assert 'It is 3 or −1 at <a href="/?start=-4">a start</a>, and <code>-1</code> in code.' in shown


def test_a_text_may_be_about_another_parameter_than_its_figure(tmp_path):
    file = tmp_path / EXAMPLE.name
    file.write_text(TEXT.replace("step: 5\n", "step: 5\nparameter: y\n", 1), encoding="utf-8")
    assert read_lesson(file).pieces("prose")[2].show == Shown("rates", step=5, parameter=1)


def test_what_is_served_has_no_fault():
    check_all()


FAULTS = [
    ("part: Descent", "part: Ascent", "must be one of Descent, A line"),
    ("minutes: 8", "minutes: eight", "minutes must be a whole number"),
    ("title: The learning rate\n", "", "title is missing"),
    ("title: The", "titel: The", "has no titel; it has title"),
    ("---\ntitle", "title", "front matter between two lines of ---"),
    ("show: [map, loss]", "show: [map, losses]", "must be one of map, loss"),
    ("show: [map, loss]", "show: [map, data]", "data is there for a line fit"),
    ("show: [map, loss]", "show: [map, samples]", "samples is there for a network only"),
    ("show: [map, loss]", "show: [map, band]", "band is there for a line fit or a network only"),
    ("show: [map, loss]", "show: [map, table]", "table is there for a line fit"),
    ("show: [map, loss]", "show: [map, loss]\nshow: [map]", "show stands twice"),
    ("optimizer=gd:learning_rate=0.9", "optimizer=gdd:learning_rate=0.9", "gd"),
    ("surface=bowl&start=4,2&max_steps=40", "surface=bowl&begin=4,2&max_steps=40", "begin"),
    ("controls: [0.learning_rate]", "controls: [2.learning_rate]", "must be one of 0, 1"),
    ("controls: [0.learning_rate]", "controls: [0.beta]", "must be one of learning_rate"),
    ("controls: [0.learning_rate]", "controls: [0.schedule.decay]", "must be one of learning_rate"),
    ("controls: [0.learning_rate]", "controls: [0.learning_rate]\nrests: 41", "rests must be a step from 0 to 40; got 41"),
    ("controls: [0.learning_rate]", "controls: [0.learning_rate]\nrests: true", "rests must be a step or a substep"),
    ("controls: [0.learning_rate]", "controls: [0.learning_rate]\ncause: edge", "cause is there for a figure that shows why"),
    ("controls: [0.learning_rate]", "controls: [0.learning_rate]\nparameter: z", "got 'z'"),
    ("controls: [0.learning_rate]", "controls: [0.learning_rate]\nrun: 2", "must be one of 0, 1"),
    ("figure: rates\nstep: 5", "figure: two\nstep: 5", "asks below, and shows until then step 0"),
    ("do: Set the rate to 0.55.", "do: Set the rate to 0.55.\nshow: {step: 41}", "step must be from 0 to 40"),
    ("show: [map, loss]", "show: [map, why]\ncause: trace", "must be one of edge, plane, roots, modes"),
    ("controls: [0.learning_rate]", "controls: [0.learning_rate]\nrests: error", "substep is there for a network only"),
    (
        "question:\n  ask: Where is the first after 40 steps?\n  kind: place",
        "rests: 3",
        "rests is there for a figure with a question only",
    ),
    ("kind: place", "kind: guess", "must be one of place, run, step, choice"),
    ("kind: place", "kind: place\n  run: 7", "must be one of 0, 1"),
    ("kind: place", "kind: run\n  measure: height", "must be one of loss, steps, steps_to LOSS, stays LOSS"),
    ("kind: place", "kind: step\n  measure: steps_to -1", "never comes to that loss"),
    ("name: two", "name: rates", "another figure has this name"),
    ('"runs[1].loss[-1] < 1e-3"', '"runs[1].loss[-1] > 1"', "exactly one option must be true"),
    ('"runs[1].loss[-1] < 1e-3"', '"runs[9].loss[-1] > 1"', "`runs[9].loss[-1] > 1`"),
    ("right: true, why", "why", "holds is true, and right is false"),
    ("{text: The second,", "{text: The second, right: true,", "exactly one with right: true; got 2"),
    ("show: {figure: rates, step", "show: {figure: rate, step", "must be one of rates, two"),
    ("show: {figure: rates, ", "show: {figure: rates, substep: error, ", "substep is there for a network only"),
    ("show: {figure: rates, ", "show: {figure: rates, average: m, ", "average is there for a figure that shows one"),
    ("```moment\nfigure: rates", "```moment\nfigure: rate", "must be one of rates, two"),
    ("step: 5", "step: 41", "step must be from 0 to 40; got 41"),
    ("step: 5", "steps: 5", "has no steps; it has figure"),
    ("step: 5", "run: 2", "must be one of 0, 1; got 2"),
    ("step: 5", "parameter: z", "must be one of x, y; got 'z'"),
    ("step: 5", "step: 5\nafter: two", "must be one of rates; got 'two'"),
    ("show: {figure: rates, step: 12}", "show: {figure: rates, step: 41}", "step must be from 0 to 40; got 41"),
    ("show: [loss]", "show: [loss]\nthen: [error]", "then is there with a substep only"),
    ("```try\nfigure: rates", "```try\nfigure: tries", "must be one of rates, two"),
    ("```try", "```trie", "a block is one of figure, moment, check, try"),
    ("## Why", "# Why", "a heading of a section is ##"),
    ("The share", "It is 1.77. The share", "the number 1.77 is typed"),
    ("look: It ends", "look: After 17 steps it ends", "the number 17 is typed"),
    ("rates.loss(0, 5)", "rates.loss(0, 500)", "run 0 has rows 0 to 40"),
    ("rates.loss(0, 5)", "rate.loss(0, 5)", "'rate' is undefined (figures: rates, two)"),
    ("{{ rates.loss(0, 5) | digits(3) }}", "{{rates.loss(0, 5)}}", "with a space on either side"),
    ("expect(0.1 * 0.9, 0.09)", "expect(0.1 * 0.9, 0.08)", "expected 0.08"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_a_fault_names_file_line_and_what_is_allowed(tmp_path, old, new, message):
    before, after = TEXT.split(old, 1)
    line = (before + new).count("\n") + 1
    file = tmp_path / EXAMPLE.name
    file.write_text(before + new + after, encoding="utf-8")
    with pytest.raises(LessonError, match=re.escape(message)) as fault:
        check_lesson(file)
    assert str(fault.value).startswith(f"{file}:{line}: ")


def test_what_is_quoted_is_folded_under_its_first_paragraph(tmp_path):
    file = tmp_path / EXAMPLE.name
    file.write_text(TEXT.replace("One run goes", "> For some\n>\n> A text, $w$\n\nOne run goes", 1), encoding="utf-8")
    assert '<details>\n<summary>For some</summary>\n<p>A text, <span class="formula">w</span></p>\n</details>' in (
        read_lesson(file).sections[0].pieces[0].html
    )


def test_a_text_beside_the_first_question_speaks_of_its_figure(tmp_path):
    file = tmp_path / EXAMPLE.name
    for figure, fault in (("rates", None), ("two", "10: on the first screen the question of rates is in view")):
        moment = f"```moment\nfigure: {figure}\nstep: 0\n```\n"
        file.write_text(TEXT.replace("One run goes", f"{moment}\nOne run goes", 1), encoding="utf-8")
        if fault is None:
            check_lesson(file)
        else:
            with pytest.raises(LessonError, match=re.escape(f"{file}:{fault}")):
                check_lesson(file)


NETWORK = """
```figure
name: xor
spec: network=xor&seed=1&max_steps=20&optimizer=gd
show: SHOWN
```
"""


def test_a_figure_of_a_network_shows_it_or_the_map_of_its_loss_and_has_its_chart(tmp_path):
    file = tmp_path / EXAMPLE.name
    for shown, message in (("[network, map]", "in one place"), ("[data]", "a network has prediction and samples")):
        file.write_text(TEXT + NETWORK.replace("SHOWN", shown), encoding="utf-8")
        with pytest.raises(LessonError, match=message):
            check_lesson(file)
    file.write_text(TEXT + NETWORK.replace("SHOWN", "[network, prediction, samples, loss]"), encoding="utf-8")
    figure = check_lesson(file).pieces("figure")[-1]
    assert figure.show == ("network", "prediction", "samples", "loss")
    assert figure.chart.startswith("<svg")


def test_years_formulas_and_numbers_of_specs_may_be_typed(tmp_path):
    file = tmp_path / EXAMPLE.name
    file.write_text(
        TEXT.replace("The share", "In 1964 it took 40 steps at 0.9, and $x = 12.5$. The share"), encoding="utf-8"
    )
    assert "In 1964 it took 40 steps" in check_lesson(file).text


def test_numbers_of_a_spec_with_spaces_may_be_typed(tmp_path):
    file = tmp_path / EXAMPLE.name
    spec = "spec: expression=x**2 %2B 0*y&start=4,2&max_steps=37"
    text = TEXT.replace("after 40 steps?", "in the end?")
    text = text.replace("spec: surface=bowl&start=4,2&max_steps=40", spec, 1).replace(
        "The share", "After 37 steps. The share"
    )
    file.write_text(text, encoding="utf-8")
    assert "After 37 steps" in check_lesson(file).text


def test_a_run_is_asked_for_where_losses_are_below_zero(tmp_path):
    file = tmp_path / EXAMPLE.name
    asked = (
        "spec: expression=x**2/2-9&start=4&max_steps=2&optimizer=gd:learning_rate=0.1&optimizer=gd:learning_rate=0.9\n"
    )
    figure = f'---\n```figure\nname: low\n{asked}show: [map]\nquestion: {{ask: "Which is lower?", kind: run}}\n```\n'
    file.write_text(TEXT.split("---\n")[1].join(("---\n", figure)), encoding="utf-8")
    assert check_lesson(file).pieces("figure")[0].question.guess["places"] == [2, 1]


XOR = "network=xor:hidden=2&start=%s,1,0.5,-0.25,0.125,0,0.5,2,-0.5&seed=%s&max_steps=2&optimizer=gd:learning_rate=0.1,batch_size=1"


def test_every_value_of_a_sample_on_its_way_through_a_network_has_a_name():
    """By hand: z = (0.7 + 0.125, 0.5), output = 0.5 tanh z1 + 2 tanh z2 - 0.5; the derivative as a difference."""
    net = Values(XOR % ("0.7", 0))
    way = net.sample(0, 0, 3)
    assert (way["x1"], way["x2"], way["y"], way["w1_1_1"]) == (1, 0, 1, 0.7)
    assert (way["z1_1"], way["z1_2"]) == (0.825, 0.5)
    assert way["y_hat"] == pytest.approx(0.5 * math.tanh(0.825) + 2 * math.tanh(0.5) - 0.5)
    nudged = Values(XOR % ("0.700001", 0)).sample(0, 0, 3)
    assert (nudged["error"] - way["error"]) / 1e-6 == pytest.approx(way["delta1_1"], rel=1e-5)
    seen = net.blocks[0].batch[1][0]
    assert net.sample(0, 1) == net.sample(0, 1, seen + 1)
    with pytest.raises(ValueError, match="samples 1 to 4; got 5"):
        net.sample(0, 0, 5)
    with pytest.raises(ValueError, match="run 0 trains no network"):
        Values("surface=bowl&optimizer=gd").sample(0, 0)


@pytest.mark.parametrize(("substep", "allowed"), [("forward-1-2", True), ("backward-2", True), ("forward-1-3", False)])
def test_a_figure_of_a_network_rests_within_a_step(tmp_path, substep, allowed):
    file = tmp_path / EXAMPLE.name
    spec = f"spec: {XOR % ('0.7', 0)}"
    figure = f"---\n```figure\nname: net\n{spec}\nshow: [network]\nsubstep: {substep}\n```\n"
    file.write_text(TEXT.split("---\n")[1].join(("---\n", figure)), encoding="utf-8")
    if allowed:
        assert check_lesson(file).pieces("figure")[0].substep == substep
    else:
        message = "must be one of forward-1-1, forward-1-2, forward-2-1, error, backward-2, backward-1, update; got"
        with pytest.raises(LessonError, match=message):
            check_lesson(file)


def test_two_lessons_with_one_number_are_refused(tmp_path):
    for name in ("01_one.md", "01_two.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(LessonError, match=r"01_two\.md:1: another lesson has this number"):
        check_lessons(tmp_path)


NOTES = """# The learning rate: the teacher's page

The first ends at {{ rates.at(0, -1)[0] | digits(1) }} after 40 steps, the best of all at {{ held(0.5, "the best") }}.

## What to ask
Nothing.
"""


def test_notes_speak_of_the_figures_of_their_lesson(tmp_path):
    (tmp_path / EXAMPLE.name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "01_example.notes.md").write_text(NOTES, encoding="utf-8")
    lesson = read_lesson(tmp_path / EXAMPLE.name)
    first, ask = lesson.notes
    assert first.text == "The first ends at 0.0005 after 40 steps, the best of all at 0.5."  # 4 * 0.8**40
    assert ask.title == "What to ask"
    assert lesson.held == {"the best": 0.5}
    assert "best of all" not in lesson.text


NOTE_FAULTS = [
    ("# The", "The", "begins with its title", "01_example"),
    ("after 40", "after 41", "the number 41 is typed", "01_example"),
    ("rates.at", "rate.at", "'rate' is undefined", "01_example"),
    ("Nothing.", "{{ held(2, 'the best') }}", "the best is held to be 0.5, and here to be 2", "01_example"),
    ("Nothing.", "```check\nask: Why?\n```", "a block is one of text, python", "01_example"),
    ("# The", "# The", "there is no 02_other.md", "02_other"),
]


@pytest.mark.parametrize(("old", "new", "message", "name"), NOTE_FAULTS)
def test_a_fault_in_notes_names_file_and_line(tmp_path, old, new, message, name):
    (tmp_path / EXAMPLE.name).write_text(TEXT, encoding="utf-8")
    file = tmp_path / f"{name}.notes.md"
    before, after = NOTES.split(old, 1)
    file.write_text(before + new + after, encoding="utf-8")
    with pytest.raises(LessonError, match=re.escape(message)) as fault:
        check_lessons(tmp_path)
    assert str(fault.value).startswith(f"{file}:{before.count(chr(10)) + 1}: ")


STATEMENT = """# The deck
[[statement]]
slide = "Learning rate"
says = "It sets how long a step is"
lesson = "example"
words = "A step is the rate times the gradient"
"""


def test_a_statement_of_the_deck_has_its_section(tmp_path, example):
    (tmp_path / "deck_A.toml").write_text(STATEMENT, encoding="utf-8")
    (statement,) = read_statements({"example": example}, tmp_path)
    assert (statement.slide, statement.section) == ("Learning rate", 2)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('lesson = "example"', 'lesson = "examples"', 5, "must be one of example; got 'examples'"),
        ("the rate times", "a rate times", 6, "stands in no section of example"),
        ("slide =", "slid =", 3, "has no slid"),
        ('slide = "Learning rate"\n', "", 2, "slide is missing"),
        ("[[statement]]", "[[statement", 1, "no TOML"),
    ],
)
def test_a_fault_in_a_table_of_statements_names_file_and_line(tmp_path, example, old, new, line, message):
    file = tmp_path / "deck_A.toml"
    file.write_text(STATEMENT.replace(old, new), encoding="utf-8")
    with pytest.raises(LessonError, match=re.escape(message)) as fault:
        check_statements({"example": example}, tmp_path)
    assert str(fault.value).startswith(f"{file}:{line}: ")


def test_a_slider_may_set_the_schedule_of_its_run():
    values = Values("surface=bowl&optimizer=gd:schedule=step,schedule.every=5&optimizer=gd")
    assert settable(values) == [("learning_rate", "schedule.every", "schedule.factor"), ("learning_rate",)]


def test_an_exhaustive_search_finds_the_lowest_place_of_its_grid():
    # x² + 2y² at x = -1, 0, 1, 2 and y = -2.5, -1, 0.5, 2
    tried = Values("expression=x**2%2B2*y**2&start=1,1&window=-1,2,-2.5,2&optimizer=gd").tried(4)
    assert (tried.count, tried.loss) == (16, pytest.approx(0.5))
    assert tried.at == pytest.approx([0, 0.5])
    # Of a curve only the first axis of the window counts; where the loss has no value it is passed over.
    curve = Values("expression=log(x)%2B1/x&start=2&window=-1,3,0,9&optimizer=gd").tried(5)
    assert (curve.count, curve.loss, curve.at) == (5, pytest.approx(1), [1.0])


def test_the_gradients_of_points_and_how_far_batches_lie_from_their_mean():
    """By hand on points (0, 1) and (2, 1), slope 1, intercept 0, mse: residuals 1 and -1, gradients (0, -2) and (4, 2)."""
    values = Values("points=0,1;2,1&loss=mse&max_steps=3&optimizer=sgd:learning_rate=0.1&optimizer=gd")
    assert [values.gradient_of(0, 0, [point]) for point in (1, 2)] == [[0, -2], [4, 2]]
    assert values.gradient(0, 0) == [2, 0]
    # either point is the root of 8 away from the mean of both
    assert values.spread(0, 0, 1) == pytest.approx(8**0.5)
    assert values.spread(0, 0, 2) == pytest.approx(0, abs=1e-12)
    assert [values.seen(run, 3) for run in (0, 1)] == [3, 6]
