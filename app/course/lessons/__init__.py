"""Lessons: text with figures whose numbers are computed, read from the Markdown files beside this one."""

from app.course.lessons.faults import LessonError
from app.course.lessons.glossary import Entry, read_glossary, with_links
from app.course.lessons.lesson import FOLDER, read_lesson, read_lessons
from app.course.lessons.parts import Check, Figure, Lesson, Prose, Section, Try
from app.course.lessons.statements import Statement, read_statements
from app.course.lessons.values import Values, View

__all__ = [
    "FOLDER", "Check", "Entry", "Figure", "Lesson", "LessonError", "Prose", "Section", "Statement", "Try", "Values",
    "View", "read_glossary", "read_lesson", "read_lessons", "read_statements", "with_links",
]  # fmt: skip
