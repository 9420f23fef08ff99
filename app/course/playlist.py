"""The entries a teacher can put on a playlist: presets, and lessons with their sections, for the page of playlists."""

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from app.course.lessons import Lesson, lessons
from app.course.lessons.pieces import Section
from app.course.presets import PRESETS, Preset

MINUTES = re.compile(r"(?:<td>[^<]+</td>\s*<td>|<strong>[^<]+</strong>, )(\d+)(?:</td>| min)")
"""Finds the minutes of a section in the teacher's notes: in a row of a table, or in an item of a list."""

PRESET_MINUTES = 2
"""The minutes of a preset: about as long as the notes allow for a section with one question."""


def section_minutes(lesson: Lesson) -> list[int]:
    """Return the minutes that the teacher's notes give each section, in order; 0 if they give none.

    Minutes that the notes list after the last section, for its checks, are added to the last section.
    """
    minutes = [0] * len(lesson.sections)
    prose = "".join(piece.html for section in lesson.notes for piece in section.pieces if piece.kind == "prose")
    for place, own in enumerate(MINUTES.findall(prose)):
        minutes[min(place, len(minutes) - 1)] += int(own)
    return minutes


@cache
def playable() -> dict[str, Any]:
    """Return all presets and all lessons, in order."""
    return {"presets": [_preset(preset) for preset in PRESETS.values()], "lessons": list(_lessons(lessons().values()))}


def _preset(preset: Preset) -> dict[str, Any]:
    count = "" if preset.count == "steps" else f"&count={preset.count}"
    return {
        "name": preset.name, "title": preset.title, "group": preset.group, "minutes": PRESET_MINUTES,
        "query": preset.query, "guess": preset.guess["kind"], "look_at": preset.look_at,
        "flags": f"{'&seeds=true' if preset.seeds else ''}{count}",
        "notes": [preset.sentence, preset.more, f"{preset.change.do}: {preset.change.then}"],
    }  # fmt: skip


def _lessons(every: Iterable[Lesson]) -> Iterable[dict[str, Any]]:
    for lesson in every:
        sections = zip(lesson.sections, section_minutes(lesson), strict=True)
        yield {
            "name": lesson.name, "title": lesson.title, "group": lesson.part, "minutes": lesson.minutes,
            "notes": bool(lesson.notes), "handout": lesson.first_asked is not None,
            "sections": [
                {"title": _plain(section.title) or lesson.title, "minutes": minutes, "query": _picture(section)}
                for section, minutes in sections
            ],
        }  # fmt: skip


def _plain(title: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", title))


def _picture(section: Section) -> str | None:
    """The query of the first figure of a section that has a map; None if there is none."""
    return next((piece.spec for piece in section.pieces if piece.kind == "figure" and not piece.chart), None)
