"""The glossary: what every word of the lessons and of the page means, and where it is seen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from app.course.lessons.lesson import loaded
from app.course.lessons.markdown import inline
from app.course.lessons.pieces import Content, Lesson, Prose, Section

GLOSSARY = Path(__file__).with_name("glossary.yaml")
CLOSED = r"<(a|code|h3|th)\b.*?</\1>|<(\w+) class=\"formula.*?</\2>|<[^>]+>"
"""Tags, and elements in which no word becomes a link."""


@dataclass(frozen=True)
class Entry:
    """One word.

    Args:
        name: its anchor; says: what it means, as HTML; words: by which a lesson links to it.
        seen_in: lessons, each with the title of a section.
        scene: of the playground, or None; query: of a view of it, with what follows a # of the address, or None.
    """

    name: str
    word: str
    says: str
    words: tuple[str, ...]
    seen_in: tuple[tuple[Lesson, str], ...]
    scene: str | None
    query: str | None

    @property
    def see(self) -> Mapping[str, int]:
        """Lessons by name, each with the number of a section from 1."""
        return {
            lesson.name: [section.title for section in lesson.sections].index(title) + 1
            for lesson, title in self.seen_in
        }

    @property
    def letter(self) -> str:
        """The letter that it stands under."""
        return self.word[0].upper()


def read_glossary(lessons: Mapping[str, Lesson], file: Path = GLOSSARY) -> list[Entry]:
    """The entries of the glossary, by the alphabet."""
    entries = [_entry(content, lessons) for content in loaded(file.read_text(encoding="utf-8"))["entries"]]
    return sorted(entries, key=lambda entry: entry.word.lower())


def _entry(content: Mapping[str, Any], lessons: Mapping[str, Lesson]) -> Entry:
    word = content["word"]
    return Entry(
        name=_anchor(word),
        word=word,
        says=inline(content["says"].strip()),
        words=tuple(content.get("words", [word])),
        seen_in=tuple((lessons[name], title) for name, title in content.get("see", {}).items()),
        scene=content.get("scene"),
        query=content.get("try"),
    )


def _anchor(word: str) -> str:
    return re.sub(r"\W+", "-", word.lower())


def with_links(lesson: Lesson, entries: Sequence[Entry]) -> Lesson:
    """The lesson, in its prose a link to the glossary at the first use of each word: `glossary#learning-rate`."""
    names = {word.lower(): entry.name for entry in entries for word in entry.words}
    if not names:
        return lesson
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))

    @cache
    def read() -> Content:
        pattern = re.compile(rf"{CLOSED}|(?<![\w-])(?P<word>{words})(?![\w-])", re.IGNORECASE | re.DOTALL)
        linked: set[str] = set()

        def link(match: re.Match[str]) -> str:
            name = match["word"] and names[match["word"].lower()]
            if not name or name in linked:
                return match[0]
            linked.add(name)
            return f'<a class="glossed" href="glossary#{name}">{match[0]}</a>'

        def in_section(section: Section) -> Section:
            pieces = (
                replace(piece, html=pattern.sub(link, piece.html)) if isinstance(piece, Prose) else piece
                for piece in section.pieces
            )
            return replace(section, pieces=tuple(pieces))

        content = lesson.read()
        return replace(content, sections=tuple(map(in_section, content.sections)))

    return replace(lesson, read=read)
