"""A lesson read from its file: front matter, sections, blocks, and the numbers of its text computed; and its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from app.course.lessons.blocks import FigureBlock, check_of, try_of
from app.course.lessons.faults import Source
from app.course.lessons.fields import Shape, check_one_of, fields_of, texts_of
from app.course.lessons.markdown import PARSER, inline, rendered
from app.course.lessons.parts import PARTS, Lesson, Piece, Prose, Section
from app.course.lessons.typed import check_typed, numbers_of, within
from app.course.lessons.values import ExpressionError, Expressions, Reader

FOLDER = Path(__file__).parent
FRONT: Shape = {
    "title": str, "part": str, "minutes": int, "deck": list, "question": str, "sources": list, "short?": bool
}  # fmt: skip
NOTES = ".notes.md"
BLOCKS = ("figure", "check", "try")
FENCE = "---"

PAGES = ("glossary", "teacher", "handouts")
"""What stands beside the lessons at their address; no lesson has such a name."""

_FILE = re.compile(r"(\d\d)_([a-z0-9_]+)\.md")


def read_lessons(read: Reader, folder: Path = FOLDER) -> dict[str, Lesson]:
    """The lessons of a folder by name, in order. Raises: LessonError."""
    read = cache(read)  # a run that is asked for again is not run again
    lessons: dict[str, Lesson] = {}
    numbers: dict[int, Path] = {}
    for file in sorted(folder.glob("*.md")):
        if file.name.endswith(NOTES):
            if not _lesson_of(file).exists():
                raise Source(file).fault(f"there is no {_lesson_of(file).name} that these notes are of")
            continue
        lesson = read_lesson(file, read)
        if lesson.name in lessons or lesson.number in numbers:
            raise Source(file).fault("another lesson has this number or this name")
        lessons[lesson.name] = lesson
        numbers[lesson.number] = file
    return lessons


def read_lesson(file: Path, read: Reader) -> Lesson:
    """One lesson, with its notes. Raises: LessonError, with file and line, what is wrong there and what is allowed."""
    named = _FILE.fullmatch(file.name)
    if not named or named[2] in PAGES:
        raise Source(file).fault(
            f"a lesson is called NN_name.md, its name in lower case, digits and _, and none of {', '.join(PAGES)}"
        )
    lines = file.read_text(encoding="utf-8").split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if lines[0].strip() != FENCE or end is None:
        raise Source(file).fault("begins with its front matter between two lines of ---")
    front, source = fields_of("\n".join(lines[1:end]), Source(file, 2), FRONT)
    check_one_of(front["part"], PARTS, source, "part")
    body = _Body("\n".join(lines[end + 1 :]), Source(file, end + 2), read)
    notes = file.with_name(file.name.removesuffix(".md") + NOTES)
    of_notes = tuple(_read_notes(notes, read, body)) if notes.exists() else ()
    return Lesson(
        number=int(named[1]), name=named[2], title=front["title"], part=front["part"], minutes=front["minutes"],
        deck=tuple(map(str, front["deck"])), question=front["question"], sources=tuple(map(str, front["sources"])),
        sections=tuple(body.sections()), notes=of_notes, held=body.expressions.held, short=front.get("short", False),
    )  # fmt: skip


def _lesson_of(notes: Path) -> Path:
    return notes.with_name(notes.name.removesuffix(NOTES) + ".md")


def _read_notes(file: Path, read: Reader, body: _Body) -> Iterator[Section]:
    """Notes, which may speak of the figures of their lesson; the first line is a title. Raises: LessonError."""
    title, _, raw = file.read_text(encoding="utf-8").partition("\n")
    if not title.startswith("# "):
        raise Source(file).fault("begins with its title, behind #")
    yield from _Body(raw, Source(file, 2), read, body).sections()


class _Body:
    """What follows the front matter, or the title of notes.

    Args: lesson: of notes the body that they are on; they have no blocks of their own.
    """

    expressions: Expressions
    given: set[float]

    def __init__(self, raw: str, source: Source, read: Reader, lesson: _Body | None = None) -> None:
        self.source, self._read = source, read
        self._allowed = () if lesson else BLOCKS
        self._fences = list(self._blocks(raw))
        self.figures: dict[str, FigureBlock] = {}
        for token, place in self._fences:
            if token.info == "figure":
                block = FigureBlock(token.content, place, read)
                if block.name in self.figures:
                    raise block.source.fault("another figure has this name", "name")
                self.figures[block.name] = block
        values = {name: block.values for name, block in self.figures.items()}
        self.expressions = lesson.expressions if lesson else Expressions(values, read)
        self.given = {number for spec in self._specs() for number in numbers_of(spec)} | (
            lesson.given if lesson else set()
        )
        prose = self._prose(raw)
        check_typed(prose, self.given, source)
        self._tokens = PARSER.parse(self._filled(prose, source, ()))

    def sections(self) -> Iterator[Section]:
        """One for each heading, after what stands before the first."""
        title, pieces, tokens = "", list[Piece](), list[Token]()
        fences = iter(self._fences)

        def prose() -> None:
            if tokens:
                pieces.append(Prose(rendered(tokens)))
                tokens.clear()

        heading = False
        for token in self._tokens:
            if token.type == "heading_open":
                if token.tag == "h1":
                    raise self._at(token).fault("a heading of a section is ## or smaller; the title is in the front")
                heading = token.tag == "h2"
                if heading:
                    prose()
                    if title or pieces:
                        yield Section(title, tuple(pieces))
                    title, pieces = "", []
                    continue
            if heading:
                title = inline(token.content) if token.type == "inline" else title
                heading = token.type != "heading_close"
            elif token.type == "fence" and token.info in BLOCKS:
                prose()
                pieces.append(self._piece(*next(fences)))
            else:
                tokens.append(token)
        prose()
        yield Section(title, tuple(pieces))

    def _piece(self, token: Token, place: Source) -> Piece:
        if token.info == "figure":
            block = next(each for each in self.figures.values() if each.source.line == place.line)
            return block.figure(self.expressions, self._text)
        if token.info == "check":
            return check_of(token.content, place, self.expressions, self.figures, self._text, self._read)
        return try_of(token.content, place, self.expressions, self.figures, self._text)

    def _blocks(self, raw: str) -> Iterator[tuple[Token, Source]]:
        for token in PARSER.parse(raw):
            if token.type == "fence":
                token.info = token.info.strip()
                place = self._at(token)
                allowed = (*self._allowed, "text", "python")
                if token.info not in ("", *allowed):
                    raise place.fault(f"a block is one of {', '.join(allowed)}; got {token.info!r}")
                if token.info in BLOCKS:
                    yield token, Source(place.file, place.line + 1)

    def _specs(self) -> Iterator[str]:
        for token, _ in self._fences:
            yield from texts_of(token.content, "spec")

    def _prose(self, raw: str) -> str:
        """The text with its blocks emptied, each line where it was."""
        lines = raw.split("\n")
        for _, place in self._fences:
            number = place.line - self.source.line
            while not lines[number].startswith(("```", "~~~")):
                lines[number] = ""
                number += 1
        return "\n".join(lines)

    def _text(self, text: str, source: Source, way: Any) -> str:
        check_typed(text, self.given, source, way)
        return self._filled(text, source, way)

    def _filled(self, text: str, source: Source, way: Any) -> str:
        try:
            return self.expressions.filled(text)
        except ExpressionError as fault:
            raise within(source, way, getattr(fault, "line", 0), str(fault)) from None

    def _at(self, token: Token) -> Source:
        assert token.map is not None
        return Source(self.source.file, self.source.line + token.map[0])
