"""Lessons: text with figures whose numbers are computed, read from the Markdown files beside this one."""

from app.lessons.declaration import Check, Figure, Lesson, Prose, Section, Try
from app.lessons.faults import LessonError
from app.lessons.glossary import Entry, read_glossary, with_links
from app.lessons.lesson import FOLDER, read_lesson, read_lessons
from app.lessons.statements import Statement, read_statements
from app.lessons.values import Values, View

__all__ = [
    "FOLDER", "Check", "Entry", "Figure", "Lesson", "LessonError", "Prose", "Section", "Statement", "Try", "Values",
    "View", "read_glossary", "read_lesson", "read_lessons", "read_statements", "with_links",
]  # fmt: skip
