"""Lessons: text with figures whose numbers are computed, read from the Markdown files beside this one."""

from functools import cache

from app.course.lessons.glossary import Entry, read_glossary, with_links
from app.course.lessons.lesson import FOLDER, read_lesson, read_lessons
from app.course.lessons.pieces import Figure, Lesson
from app.course.lessons.statements import Statement, read_statements
from app.course.lessons.values import runs_of

__all__ = [
    "FOLDER", "Figure", "Lesson", "glossary", "lessons", "read_glossary", "read_lesson", "read_lessons",
    "read_statements", "runs_of", "statements", "with_links",
]  # fmt: skip


@cache
def lessons() -> dict[str, Lesson]:
    """All lessons by name, in order."""
    return read_lessons()


@cache
def statements() -> list[Statement]:
    """What the deck says, each with the lesson that carries it."""
    return read_statements(lessons(), FOLDER)


@cache
def glossary() -> list[Entry]:
    """What every word means, by the alphabet."""
    return read_glossary(lessons())
