"""The statements of the deck, each with its place in the lessons: the tables `deck_*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.course.lessons.faults import Source
from app.course.lessons.fields import Shape, check, check_one_of
from app.course.lessons.parts import Lesson

STATEMENT: Shape = {"slide": str, "says": str, "lesson": str, "words": str}
_TABLE = re.compile(r"\s*\[\[statement\]\]")


@dataclass(frozen=True)
class Statement:
    """One statement of the deck.

    Args:
        slide: how the slide begins; says: what it says; lesson: which carries it.
        words: that stand in its text; section: which of its sections has them, from 1.
    """

    slide: str
    says: str
    lesson: str
    words: str
    section: int


def read_statements(lessons: Mapping[str, Lesson], folder: Path) -> list[Statement]:
    """The statements of all tables of a folder, those of a lesson together, lessons in order.

    Raises: LessonError, with file and line: a lesson there is none of, words that stand in no section of it.
    """
    texts = {name: [section.text for section in lesson.sections] for name, lesson in lessons.items()}
    found = [each for file in sorted(folder.glob("deck_*.toml")) for each in _statements(file, texts)]
    return sorted(found, key=lambda each: lessons[each.lesson].number)


def _statements(file: Path, texts: Mapping[str, list[str]]) -> Iterator[Statement]:
    text = file.read_text(encoding="utf-8")
    try:
        entries = tomllib.loads(text).get("statement", [])
    except tomllib.TOMLDecodeError as fault:
        raise Source(file).fault(f"no TOML: {fault}") from None
    lines = text.split("\n")
    heads = [n for n, line in enumerate(lines) if _TABLE.match(line)]
    for entry, head in zip(entries, heads, strict=True):
        source = Source(file, 1, {(): head, **{(key,): _line(key, lines, head) for key in entry}})
        check(entry, STATEMENT, source)
        check_one_of(entry["lesson"], texts, source, "lesson")
        section = next((n for n, own in enumerate(texts[entry["lesson"]], 1) if entry["words"] in own), None)
        if section is None:
            raise source.fault(f"stands in no section of {entry['lesson']}", "words")
        yield Statement(**entry, section=section)


def _line(key: str, lines: list[str], head: int) -> int:
    return next((n for n in range(head, len(lines)) if lines[n].startswith(key)), head)
