"""The statements of the deck, each with its place in the lessons: the tables `deck_*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.course.lessons.pieces import Lesson


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
    """The statements of all tables of a folder, those of a lesson together, lessons in order."""
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("deck_*.toml"))]
    entries = [entry for table in tables for entry in table["statement"]]
    statements = [Statement(**entry, section=_section(lessons[entry["lesson"]], entry["words"])) for entry in entries]
    return sorted(statements, key=lambda statement: lessons[statement.lesson].number)


def _section(lesson: Lesson, words: str) -> int:
    return next(number for number, section in enumerate(lesson.sections, 1) if words in section.text)
