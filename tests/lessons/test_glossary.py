"""The glossary: its links lead somewhere, lessons link to it, and a fault in it is said with its line."""

import json
import re
from dataclasses import replace

import pytest

from app.course.lessons import glossary, lessons, read_glossary, with_links
from app.course.presets import PRESETS
from app.pages.folders import STATIC
from tests.lesson_check import LessonError, check_glossary

ENTRY = """# Words
entries:
  - word: learning rate
    words: [learning rate, learning rates]
    says: The number $\\eta$ that a gradient is multiplied by.
    see: {the_learning_rate: One number is yours}
    scene: learning_rate_parabola
  - word: rate
    says: In short.
    try: surface=bowl&optimizer=gd#explanation=charts
"""


def read(tmp_path, text):
    file = tmp_path / "glossary.yaml"
    file.write_text(text, encoding="utf-8")
    check_glossary(lessons(), PRESETS, file)
    return read_glossary(lessons(), file)


def test_an_entry_says_what_it_is_and_where_it_is_seen(tmp_path):
    rate, short = read(tmp_path, ENTRY)
    assert (rate.name, rate.letter, rate.scene) == ("learning-rate", "L", "learning_rate_parabola")
    assert rate.says == 'The number <span class="formula">\\eta</span> that a gradient is multiplied by.'
    assert rate.see == {"the_learning_rate": 1}
    assert short.query == "surface=bowl&optimizer=gd#explanation=charts"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("the_learning_rate", "the_rate", 6, "must be one of what_an_optimizer_is_for"),
        ("One number", "No number", 6, "must be one of One number is yours, Why: every step multiplies"),
        ("learning_rate_parabola", "learning_rate_hill", 7, "must be one of opening"),
        ("surface=bowl", "surface=bowel", 10, "bowl"),
        ("    try: surface=bowl&optimizer=gd#explanation=charts\n", "", 8, "is seen nowhere; give see, scene or try"),
        ("In short.", "About 0.01.", 9, "the number 0.01 is typed"),
        ("word: rate", "word: Learning rates", 8, "learning rates stands with learning rate already"),
        ("says: In", "say: In", 9, "has no say; it has word, says"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path, old, new, line, message):
    with pytest.raises(LessonError, match=re.escape(message)) as fault:
        read(tmp_path, ENTRY.replace(old, new))
    assert str(fault.value).startswith(f"{tmp_path / 'glossary.yaml'}:{line}: ")


def test_a_lesson_links_the_first_use_of_the_longest_word_in_its_prose(tmp_path):
    entries = read(tmp_path, ENTRY)
    lesson = lessons()["the_learning_rate"]
    linked = with_links(lesson, entries)
    before, after = (" ".join(piece.html for piece in each.pieces("prose")) for each in (lesson, linked))
    found = re.findall(r'<a class="glossed" href="glossary#([^"]*)">([^<]*)</a>', after)
    assert sorted(name for name, _ in found) == ["learning-rate", "rate"]
    assert re.sub(r'<a class="glossed"[^>]*>([^<]*)</a>', r"\1", after) == before
    assert linked.text == lesson.text


def test_no_word_becomes_a_link_in_a_link_a_formula_or_a_heading(tmp_path):
    html = '<h3>A rate</h3><p><a href="x">rate</a> <span class="formula">rate</span> <code>rate</code> x-rate. A <em>rate</em>, rate</p>'
    lesson = lessons()["adam"]
    section = lesson.sections[0]
    prose = type(section.pieces[0])(html)
    content = replace(lesson.read(), sections=(replace(section, pieces=(prose,)),))
    linked = with_links(replace(lesson, read=lambda: content), read(tmp_path, ENTRY))
    assert linked.sections[0].pieces[0].html == html.replace(
        "<em>rate", '<em><a class="glossed" href="glossary#rate">rate</a>'
    )


def test_every_word_of_the_page_has_its_entry():
    names = json.loads((STATIC / "page/words/glossary.json").read_text(encoding="utf-8"))
    assert set(names.values()) <= {entry.name for entry in glossary()}


def test_no_sentence_is_too_long_to_be_said():
    for entry in glossary():
        sentences = re.split(r"(?<=[.?!)])\s+", re.sub(r"<[^>]+>", "", entry.says))
        assert max(len(each.split()) for each in sentences) <= 32, entry.word
        assert len(sentences) <= 3, entry.word
