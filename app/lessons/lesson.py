"""A lesson read from its file: front matter, sections, blocks, and the numbers of its text computed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from app.lessons.blocks import FigureBlock, check_of, try_of
from app.lessons.declaration import PARTS, Lesson, Piece, Prose, Section
from app.lessons.faults import LessonError, Source
from app.lessons.fields import Shape, fields_of, one_of, texts_of
from app.lessons.markdown import PARSER, inline, rendered
from app.lessons.values import EXPRESSION, FORMULA, ExpressionError, Expressions, Reader

FOLDER = Path(__file__).parent
FRONT: Shape = {
    "title": str, "part": str, "minutes": int, "deck": list, "question": str, "sources": list
}  # fmt: skip
BLOCKS = ("figure", "check", "try")
FENCE = "---"

_FILE = re.compile(r"(\d\d)_([a-z0-9_]+)\.md")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
_YEAR = re.compile(r"(19|20)\d\d")
_LINK = re.compile(r"\]\([^)]*\)")


def read_lessons(read: Reader, folder: Path = FOLDER) -> dict[str, Lesson]:
    """The lessons of a folder by name, in order. Raises: LessonError."""
    lessons: dict[str, Lesson] = {}
    numbers: dict[int, Path] = {}
    for file in sorted(folder.glob("*.md")):
        if file.name.endswith(".notes.md"):
            continue
        lesson = read_lesson(file, read)
        if lesson.name in lessons or lesson.number in numbers:
            raise Source(file).fault("another lesson has this number or this name")
        lessons[lesson.name] = lesson
        numbers[lesson.number] = file
    return lessons


def read_lesson(file: Path, read: Reader) -> Lesson:
    """One lesson. Raises: LessonError, with file and line, what is wrong there and what is allowed."""
    named = _FILE.fullmatch(file.name)
    if not named:
        raise Source(file).fault("a lesson is called NN_name.md, its name in lower case, digits and _")
    lines = file.read_text(encoding="utf-8").split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if lines[0].strip() != FENCE or end is None:
        raise Source(file).fault("begins with its front matter between two lines of ---")
    front, source = fields_of("\n".join(lines[1:end]), Source(file, 2), FRONT)
    one_of(front["part"], PARTS, source, "part")
    body = _Body("\n".join(lines[end + 1 :]), Source(file, end + 2), read)
    sections = tuple(body.sections())
    return Lesson(
        number=int(named[1]), name=named[2], title=front["title"], part=front["part"], minutes=front["minutes"],
        deck=tuple(map(str, front["deck"])), question=front["question"], sources=tuple(map(str, front["sources"])),
        sections=sections, text=_text_of(sections),
    )  # fmt: skip


class _Body:
    """What follows the front matter."""

    def __init__(self, raw: str, source: Source, read: Reader) -> None:
        self.source, self._read = source, read
        self._fences = list(self._blocks(raw))
        self.figures: dict[str, FigureBlock] = {}
        for token, place in self._fences:
            if token.info == "figure":
                block = FigureBlock(token.content, place, read)
                if block.name in self.figures:
                    raise block.source.fault("another figure has this name", "name")
                self.figures[block.name] = block
        self.expressions = Expressions({name: block.values for name, block in self.figures.items()}, read)
        self._in_specs = {number for spec in self._specs() for number in _numbers(spec)}
        prose = self._prose(raw)
        self._check_typed(prose, source, ())
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
                if token.info not in (*BLOCKS, "", "text", "python"):
                    raise place.fault(f"a block is one of {', '.join(BLOCKS)}, text, python; got {token.info!r}")
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
        self._check_typed(text, source, way)
        return self._filled(text, source, way)

    def _filled(self, text: str, source: Source, way: Any) -> str:
        try:
            return self.expressions.filled(text)
        except ExpressionError as fault:
            raise _within(source, way, getattr(fault, "line", 0), str(fault)) from None

    def _check_typed(self, text: str, source: Source, way: Any) -> None:
        """Raises: LessonError, a number is typed that may be a result, or braces are left that compute nothing."""
        bare = text
        for pattern in (FORMULA, EXPRESSION, _LINK):
            bare = pattern.sub(lambda match: "\n" * match[0].count("\n"), bare)
        for match in re.finditer(r"\{\{|\}\}|\{%", bare):
            line = bare.count("\n", 0, match.start())
            raise _within(source, way, line, "an expression is written {{ with a space on either side }}")
        for match in _NUMBER.finditer(bare):
            number = match[0].rstrip(",").replace(",", "")
            if (len(number) > 1) and not _YEAR.fullmatch(number) and float(number) not in self._in_specs:
                line = bare.count("\n", 0, match.start())
                message = f"the number {match[0]} is typed and stands in no spec; write {{{{ an expression }}}}"
                raise _within(source, way, line, message)

    def _at(self, token: Token) -> Source:
        assert token.map is not None
        return Source(self.source.file, self.source.line + token.map[0])


def _within(source: Source, way: Any, line: int, message: str) -> LessonError:
    return source.fault(message, *way) if way else source.fault_at(line, message)


def _numbers(spec: str) -> Iterator[float]:
    for number in re.findall(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", spec):
        yield float(number)


def _text_of(sections: tuple[Section, ...]) -> str:
    """All that stands in the sections, without markup."""
    texts = (text for each in sections for text in (each.title, *(t for piece in each.pieces for t in piece.texts)))
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", " ".join(texts)))).strip()
