"""What is true of every lesson: its links lead somewhere, it is as long as it may be, and it carries its part of the deck."""

import re
import tomllib
from pathlib import Path

import pytest

from app.course import lessons

STATEMENTS = [
    (file.name, entry)
    for file in sorted(Path(__file__).parent.glob("deck_*.toml"))
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["statement"]
]


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


@pytest.mark.parametrize(("file", "entry"), STATEMENTS, ids=lambda it: it if isinstance(it, str) else it["says"][:50])
def test_a_statement_of_the_deck_stands_in_its_lesson(file, entry):
    assert entry.keys() == {"slide", "says", "lesson", "words"}, file
    assert entry["lesson"] in lessons(), file
    assert entry["words"] in lessons()[entry["lesson"]].text
