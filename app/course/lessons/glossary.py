"""The glossary: what every word of the lessons and of the page means, and where it is seen."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.course.lessons.blocks import view_of
from app.course.lessons.faults import Source
from app.course.lessons.fields import Shape, check, check_one_of, fields_of
from app.course.lessons.markdown import inline
from app.course.lessons.parts import Lesson, Prose, Section
from app.course.lessons.typed import check_typed
from app.course.lessons.values import Reader

GLOSSARY = Path(__file__).with_name("glossary.yaml")
ENTRY: Shape = {"word": str, "says": str, "words?": list, "see?": dict, "scene?": str, "try?": str}
_TAG = re.compile(r"(<[^>]+>)")
_CLOSED = ("a", "code", "h3", "th")
"""Elements in which no word becomes a link."""


@dataclass(frozen=True)
class Entry:
    """One word.

    Args:
        name: its anchor; says: what it means, as HTML; words: by which a lesson links to it.
        see: lessons by name, each with the number of a section from 1.
        scene: of the playground, or None; query: of a view of it, with what follows a # of the address, or None.
    """

    name: str
    word: str
    says: str
    words: tuple[str, ...]
    see: Mapping[str, int]
    scene: str | None
    query: str | None

    @property
    def letter(self) -> str:
        """The letter that it stands under."""
        return self.word[0].upper()


def read_glossary(
    lessons: Mapping[str, Lesson], scenes: Collection[str], read: Reader, file: Path = GLOSSARY
) -> list[Entry]:
    """The entries of the glossary, by the alphabet.

    Raises: LessonError, with file and line: what is missing, twice, or seen nowhere; a lesson, a section, a scene or a
        query that there is none of.
    """
    fields, source = fields_of(file.read_text(encoding="utf-8"), Source(file), {"entries": list})
    entries = [_entry(content, index, lessons, scenes, read, source) for index, content in enumerate(fields["entries"])]
    known: dict[str, str] = {}
    for index, entry in enumerate(entries):
        for word in {entry.word.lower(), *map(str.lower, entry.words)}:
            if word in known:
                raise source.fault(f"{word} stands with {known[word]} already", "entries", index)
            known[word] = entry.word
    return sorted(entries, key=lambda entry: entry.word.lower())


def _entry(
    content: Any, index: int, lessons: Mapping[str, Lesson], scenes: Collection[str], read: Reader, source: Source
) -> Entry:
    way = ("entries", index)
    check(content, ENTRY, source, *way)
    see: dict[str, int] = {}
    for lesson, title in content.get("see", {}).items():
        check_one_of(lesson, lessons, source, *way, "see")
        titles = [section.title for section in lessons[lesson].sections]
        check_one_of(title, titles, source, *way, "see", lesson)
        see[lesson] = titles.index(title) + 1
    if "scene" in content:
        check_one_of(content["scene"], scenes, source, *way, "scene")
    if "try" in content:
        view_of(content["try"].partition("#")[0], read, source, *way, "try")
    if not content.keys() & {"see", "scene", "try"}:
        raise source.fault("is seen nowhere; give see, scene or try", *way)
    check_typed(content["says"], (), source, (*way, "says"))
    word = content["word"]
    return Entry(
        _anchor(word), word, inline(content["says"].strip()), tuple(content.get("words", [word])), see,
        content.get("scene"), content.get("try"),
    )  # fmt: skip


def _anchor(word: str) -> str:
    return re.sub(r"\W+", "-", word.lower())


def with_links(lesson: Lesson, entries: Sequence[Entry]) -> Lesson:
    """The lesson, in its prose a link to the glossary at the first use of each word: `glossary#learning-rate`."""
    names = {word.lower(): entry.name for entry in entries for word in entry.words}
    if not names:
        return lesson
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    linked: set[str] = set()

    def link(match: re.Match[str]) -> str:
        name = names[match[0].lower()]
        if name in linked:
            return match[0]
        linked.add(name)
        return f'<a class="glossed" href="glossary#{name}">{match[0]}</a>'

    def in_text(html: str) -> str:
        parts, closed = [], ""
        for part in _TAG.split(html):
            tag = re.match(r"<(/?)(\w+)", part)
            if not tag:
                parts.append(part if closed else pattern.sub(link, part))
                continue
            parts.append(part)
            if not closed and not tag[1] and (tag[2] in _CLOSED or 'class="formula' in part):
                closed = tag[2]
            elif closed and tag[1] and tag[2] == closed:
                closed = ""
        return "".join(parts)

    def in_section(section: Section) -> Section:
        pieces = (
            replace(each, html=in_text(each.html)) if isinstance(each, Prose) else each for each in section.pieces
        )
        return replace(section, pieces=tuple(pieces))

    return replace(lesson, sections=tuple(map(in_section, lesson.sections)))
