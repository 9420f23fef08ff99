"""What is wrong with lessons, their notes, the glossary, the tables of the deck and the scenes, for who writes them.

`python -m tests.lesson_check`, each start with `--development`, and the tests say so: with file and line, and with what is
allowed there. A server that is installed reads these files without it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import ValidationError

from app.course.lessons import FOLDER, Lesson
from app.course.lessons.glossary import GLOSSARY
from app.course.lessons.lesson import NOTES
from app.course.questions import CHANGE, DWELL, TELLING
from tests.lesson_check.source import LessonError, Shape, Source, check, check_one_of, fields_of
from tests.lesson_check.written import check_evidence, check_guess, check_lesson, check_typed, values_of

__all__ = [
    "LessonError",
    "check_all",
    "check_glossary",
    "check_lesson",
    "check_lessons",
    "check_scenes",
    "check_statements",
]

SCENES = FOLDER.parent / "presets"
STATEMENT: Shape = {"slide": str, "says": str, "lesson": str, "words": str}
ENTRY: Shape = {"word": str, "says": str, "words?": list, "see?": dict, "scene?": str, "try?": str}
GROUP: Shape = {"group": str, "scenes": list}
SCENE: Shape = {
    "name": str, "title": str, "sentence": str, "more": str, "why": str, "question": str, "about": str, "task?": str, "guess": dict, "change": dict, "change_guess": dict,
    "telling": dict, "dwell?": list, "spec": dict, "window": list, "evidence?": list, "changed_evidence?": list, "core?": bool, "look_at?": str, "explanation?": str, "cause?": str, "count?": str, "seeds?": bool,
    "ends?": bool, "lesson?": str, "words?": list,
}  # fmt: skip


def check_lessons(folder: Path = FOLDER) -> dict[str, Lesson]:
    """The lessons of a folder, that have no fault. Raises: LessonError."""
    found: dict[str, Lesson] = {}
    for file in sorted(folder.glob("*.md")):
        if file.name.endswith(NOTES):
            of = file.with_name(file.name.removesuffix(NOTES) + ".md")
            if not of.exists():
                raise Source(file).fault(f"there is no {of.name} that these notes are of")
            continue
        lesson = check_lesson(file)
        if lesson.name in found or lesson.number in {each.number for each in found.values()}:
            raise Source(file).fault("another lesson has this number or this name")
        found[lesson.name] = lesson
    return found


def check_statements(of: Mapping[str, Lesson], folder: Path = FOLDER) -> None:
    """Check the tables of what the deck says. Raises: LessonError."""
    for file in sorted(folder.glob("deck_*.toml")):
        text = file.read_text(encoding="utf-8")
        try:
            entries = tomllib.loads(text).get("statement", [])
        except tomllib.TOMLDecodeError as fault:
            raise Source(file).fault(f"no TOML: {fault}") from None
        lines = text.split("\n")
        heads = [number for number, line in enumerate(lines) if line.strip() == "[[statement]]"]
        for entry, head in zip(entries, heads, strict=True):
            below = {
                line.partition(" ")[0]: number for number, line in reversed(list(enumerate(lines))) if number > head
            }
            source = Source(file, 1, {(): head, **{(key,): below[key] for key in entry}})
            check(entry, STATEMENT, source)
            check_one_of(entry["lesson"], of, source, "lesson")
            if not any(entry["words"] in section.text for section in of[entry["lesson"]].sections):
                raise source.fault(f"stands in no section of {entry['lesson']}", "words")


def check_glossary(of: Mapping[str, Lesson], scenes: Collection[str], file: Path = GLOSSARY) -> None:
    """Check the glossary: what is missing, twice, or seen nowhere. Raises: LessonError."""
    fields, source = fields_of(file.read_text(encoding="utf-8"), Source(file), {"entries": list})
    known: dict[str, str] = {}
    for index, content in enumerate(fields["entries"]):
        way = ("entries", index)
        check(content, ENTRY, source, *way)
        for lesson, title in content.get("see", {}).items():
            check_one_of(lesson, of, source, *way, "see")
            check_one_of(title, [each.title for each in of[lesson].sections], source, *way, "see", lesson)
        if "scene" in content:
            check_one_of(content["scene"], scenes, source, *way, "scene")
        if "try" in content:
            values_of(content["try"].partition("#")[0], source, *way, "try")
        if not content.keys() & {"see", "scene", "try"}:
            raise source.fault("is seen nowhere; give see, scene or try", *way)
        check_typed(content["says"], (), source, (*way, "says"))
        for word in {content["word"].lower(), *map(str.lower, content.get("words", ()))}:
            if word in known:
                raise source.fault(f"{word} stands with {known[word]} already", *way)
            known[word] = content["word"]


def check_scenes(folder: Path = SCENES) -> list[str]:
    """The names of the scenes of a folder, that have no fault. Raises: LessonError."""
    names = []
    for file in sorted(folder.glob("*.yaml")):
        group, source = fields_of(file.read_text(encoding="utf-8"), Source(file), GROUP)
        for index, scene in enumerate(group["scenes"]):
            way = ("scenes", index)
            check(scene, SCENE, source, *way)
            check_guess(scene["guess"], source, (*way, "guess"), {})
            for name in ("evidence", "changed_evidence"):
                check_evidence(scene.get(name, ()), source, way)
            for name, adapter in (("change", CHANGE), ("dwell", DWELL), ("telling", TELLING)):
                try:
                    adapter.validate_python(scene.get(name, ()))
                except ValidationError as fault:
                    error = fault.errors()[0]
                    raise source.fault(error["msg"], *way, name, *error["loc"]) from None
            if "lesson" in scene and not list(FOLDER.glob(f"[0-9]*[0-9]_{scene['lesson']}.md")):
                raise source.fault(f"there is no lesson {scene['lesson']!r}", *way, "lesson")
            names.append(scene["name"])
    return names


def check_all() -> None:
    """Raises: LessonError, the first fault of all."""
    scenes, found = check_scenes(), check_lessons()
    check_statements(found)
    check_glossary(found, scenes)
