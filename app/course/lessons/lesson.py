"""A lesson read from its file: front matter, sections, blocks, and the numbers of its text computed; and its notes.

What is wrong with one is found by `tests/lesson_check` in a checkout: with file and line, and what is allowed there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from app.course.lessons.blocks import check_of, figure_of, shown_of, try_of
from app.course.lessons.markdown import PARSER, inline
from app.course.lessons.pieces import Content, Lesson, Piece, Prose, Section
from app.course.lessons.values import Expressions, runs_of

FOLDER = Path(__file__).parent
NOTES = ".notes.md"
FENCE = "---\n"

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one, as it is many times as fast."""

HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
BLOCK = re.compile(r"^```(figure|moment|check|try)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read_lessons(folder: Path = FOLDER) -> dict[str, Lesson]:
    """The lessons of a folder by name, in order."""
    files = (file for file in sorted(folder.glob("*.md")) if not file.name.endswith(NOTES))
    return {lesson.name: lesson for lesson in map(read_lesson, files)}


def title_of_lesson(name: str) -> str:
    """The title of a lesson, which is not read any further. Raises: ValueError: there is no lesson of this name."""
    (file,) = FOLDER.glob(f"[0-9]*[0-9]_{name}.md")
    title: str = loaded(file.read_text(encoding="utf-8").split(FENCE, 2)[1])["title"]
    return title


def read_lesson(file: Path) -> Lesson:
    """One lesson, with its notes. What stands below its front matter is computed when it is first asked for."""
    number, _, name = file.stem.partition("_")
    with naming(file):
        _, front, text = file.read_text(encoding="utf-8").split(FENCE, 2)
        fields = loaded(front)
        checks = sum(kind == "check" for kind, _ in BLOCK.findall(text))
        questions = sum("question" in figure for figure in figures_in(text))

    @cache
    def read() -> Content:
        notes = file.with_name(file.stem + NOTES)
        with naming(file):
            expressions = Expressions({figure["name"]: runs_of(figure["spec"]) for figure in figures_in(text)})
            sections = tuple(_sections(text, expressions))
            of_notes = tuple(_sections(_below_title(notes), expressions)) if notes.exists() else ()
        return Content(sections, of_notes, expressions.held)

    return Lesson(
        number=int(number), name=name, title=fields["title"], part=fields["part"], minutes=fields["minutes"],
        deck=tuple(map(str, fields["deck"])), question=fields["question"], sources=tuple(map(str, fields["sources"])),
        n_questions=questions + checks, read=read, short=fields.get("short", False),
    )  # fmt: skip


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Have a fault name the file that it is in."""
    try:
        yield
    except Exception as fault:
        fault.add_note(f"in {file}; `python -m tests.lesson_check` says in which line, and what is allowed there")
        raise


def loaded(text: str) -> Any:
    """What a text of YAML states."""
    return yaml.load(text, LOADER)  # noqa: S506 (a safe one)


def figures_in(text: str) -> list[Any]:
    """What stands in the blocks of figures."""
    return [loaded(content) for kind, content in BLOCK.findall(text) if kind == "figure"]


def _below_title(notes: Path) -> str:
    return notes.read_text(encoding="utf-8").partition("\n")[2]


def _sections(text: str, expressions: Expressions) -> Iterator[Section]:
    """One for each heading, after what stands before the first."""
    headings = ["", *HEADING.split(text)]
    for title, below in zip(headings[::2], headings[1::2], strict=True):
        pieces = tuple(_pieces(below, expressions))
        if title or pieces:
            yield Section(inline(expressions.filled(title)), pieces)


def _pieces(text: str, expressions: Expressions) -> Iterator[Piece]:
    """The blocks of a section, and its prose before, between and after them, some of it with a moment of a figure."""
    before, *rest = BLOCK.split(text)
    if before.strip():
        yield Prose(PARSER.render(expressions.filled(before)))
    for kind, content, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        fields = loaded(content)
        if kind == "figure":
            yield figure_of(fields, expressions.figures[fields["name"]], expressions)
        elif kind != "moment":
            yield check_of(fields, expressions) if kind == "check" else try_of(fields, expressions)
        if after.strip():
            shown = shown_of(fields, expressions) if kind == "moment" else None
            yield Prose(PARSER.render(expressions.filled(after)), shown)
