"""What is true of every lesson: its links lead somewhere, it is as long as it may be, and it carries its part of the deck."""

import re
from pathlib import Path

import pytest

from app import course
from app.course.lessons import lessons, statements
from tests.lessons.held import HELD

LESSONS = Path(course.__file__).parent / "lessons"


@pytest.mark.parametrize("lesson", lessons().values(), ids=lambda lesson: lesson.name)
def test_its_links_lead_to_lessons(lesson):
    html = " ".join(piece.html for piece in lesson.pieces("prose"))
    links = [link for link in re.findall(r'href="([^"]*)"', html) if not link.startswith(("https:", "/"))]
    assert set(links) <= set(lessons())


@pytest.mark.parametrize("lesson", lessons().values(), ids=lambda lesson: lesson.name)
def test_it_has_figures_and_checks(lesson):
    assert lesson.minutes <= 10
    assert 2 <= len(lesson.pieces("figure")) <= 4
    assert 2 <= len(lesson.pieces("check")) <= 3
    assert len(lesson.pieces("try")) == 1
    asked = [figure for figure in lesson.pieces("figure") if figure.question]
    assert lesson.n_questions == len(asked) + len(lesson.pieces("check"))


@pytest.mark.parametrize("lesson", lessons().values(), ids=lambda lesson: lesson.name)
def test_it_takes_no_fewer_minutes_than_its_words_and_questions_do(lesson):
    """At 200 words a minute, without what is folded, and three quarters of a minute for all that is answered or tried."""
    html = " ".join(
        re.sub("<details>.*?</details>", "", piece.html, flags=re.DOTALL) for piece in lesson.pieces("prose")
    )
    words = re.findall(r"\w+", re.sub("<[^>]*>", " ", html))
    assert lesson.minutes >= len(words) / 200 + 0.75 * (lesson.n_questions + len(lesson.pieces("try")))


def test_a_weight_is_written_with_its_layer_where_to_and_where_from():
    files = [*LESSONS.glob("*.md"), LESSONS / "glossary.yaml"]
    weights = [name for file in files for name in re.findall(r"(w_\S*)(?:\\,)? x_", file.read_text(encoding="utf-8"))]
    assert weights
    assert {name for name in weights if not re.match(r"w_\{\d,\d,\d\}", name)} == set()


def test_the_shorter_route_takes_ninety_minutes():
    assert sum(lesson.minutes for lesson in lessons().values() if lesson.short) <= 90


def test_every_lesson_carries_statements_of_the_deck_or_goes_beyond_it():
    carried = {each.lesson for each in statements()}
    assert {lesson.name for lesson in lessons().values() if lesson.deck != ("beyond the lecture",)} <= carried


@pytest.mark.parametrize("lesson", lessons().values(), ids=lambda lesson: lesson.name)
def test_it_has_notes(lesson):
    assert lesson.notes


@pytest.mark.slow
@pytest.mark.parametrize("what", HELD)
def test_a_number_that_is_held_comes_to_what_is_said(what):
    (said,) = {lesson.held[what] for lesson in lessons().values() if what in lesson.held}
    assert said == HELD[what]()


def test_every_number_that_is_said_to_be_held_is():
    assert {what for lesson in lessons().values() for what in lesson.held} == HELD.keys()


def test_a_figure_opens_in_the_playground_with_the_views_it_has():
    figures = {figure.name: figure for figure in lessons()["mini_batches"].pieces("figure")}
    assert figures["three"].address == f"{figures['three'].spec}#count=samples&seeds=true"
    assert figures["homes"].address.endswith("#table=true")
    assert figures["size"].address == figures["size"].spec
    assert lessons()["at_the_edge"].pieces("figure")[1].address.endswith("#explanation=why&cause=edge")
