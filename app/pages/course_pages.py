"""The pages of the course: lessons, their index, notes and hand-outs, the glossary, playlists, a page for teachers."""

from asyncio import to_thread
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from importlib import import_module
from importlib.util import find_spec
from itertools import accumulate
from typing import Any

import orjson
from fastapi import HTTPException, Request
from starlette.responses import Response

from app.course.handout import requested_handouts
from app.course.lessons import Lesson, glossary, lessons, statements, with_links
from app.course.lessons.pieces import PARTS
from app.course.playlist import playable
from app.course.presets import PRESETS
from app.pages.join import Join
from app.server.settings import Settings
from app.work.worker import shared_body

Respond = Callable[[Request, str, Mapping[str, Any]], Awaitable[Response]]
"""Responds with a template, given its own variables beside those that every template has."""


class CoursePages:
    """The pages of lessons.

    Args: respond: see Respond; found: returns the way others open the site.
    """

    def __init__(self, respond: Respond, settings: Settings, found: Callable[[Request], Join]) -> None:
        self._respond, self._settings, self._found_join = respond, settings, found
        self._entries = glossary()
        self._every = [with_links(lesson, self._entries) for lesson in lessons().values()]
        self._places = {lesson.name: place for place, lesson in enumerate(self._every)}

    async def _whole(self) -> Sequence[Lesson]:
        """All lessons with their contents; while they are read for the first time, other requests are served."""
        await to_thread(lambda: [lesson.read() for lesson in self._every])
        return self._every

    async def index(self, request: Request) -> Response:
        """All lessons, by part."""
        parts = [
            (part, of_part) for part in PARTS if (of_part := [lesson for lesson in self._every if lesson.part == part])
        ]
        return await self._respond(request, "lessons.html", {"lessons": self._every, "parts": parts})

    async def lesson(self, request: Request, name: str) -> Response:
        """One lesson."""
        lesson, place = self._found(name), self._places[name]
        before, after = self._every[:place], self._every[place + 1 :]
        beside = {"before": before[-1] if before else None, "after": after[0] if after else None}
        return await self._respond(request, "lesson.html", {"lesson": lesson, **beside})

    async def notes(self, request: Request, name: str) -> Response:
        """The notes on a lesson."""
        lesson = self._found(name)
        if not lesson.notes:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return await self._respond(request, "notes.html", {"lesson": lesson})

    async def handout(self, request: Request, name: str) -> Response:
        """The hand-out of a lesson."""
        lesson = self._found(name)
        if not lesson.first_asked:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return await self._handouts(request, [lesson])

    async def handouts(self, request: Request) -> Response:
        """The hand-outs of all lessons."""
        return await self._handouts(request, await self._whole())

    async def words(self, request: Request) -> Response:
        """The glossary."""
        scenes = {entry.scene: PRESETS[entry.scene] for entry in self._entries if entry.scene}
        content = {
            "entries": self._entries,
            "lessons": {lesson.name: lesson for lesson in await self._whole()},
            "scenes": {name: (preset.title, preset.query) for name, preset in scenes.items()},
        }
        return await self._respond(request, "glossary.html", content)

    async def teacher(self, request: Request) -> Response:
        """The page for teachers: how long each lesson takes, all notes, and the slides that lessons correspond to."""
        await self._whole()
        of_deck = statements()
        content = {
            "lessons": self._every,
            "times": list(zip(self._every, accumulate(lesson.minutes for lesson in self._every), strict=True)),
            "deck": [
                (lesson, [statement for statement in of_deck if statement.lesson == lesson.name])
                for lesson in self._every
            ],
            "rooms": bool(self._settings.rooms),
            "join": self._found_join(request),
        }
        return await self._respond(request, "teacher.html", content)

    async def play(self, request: Request) -> Response:
        """A playlist, its wall and the presenter's view; the script tells them apart by their address."""
        rooms = "many" if self._settings.rooms else "class" if self._settings.classroom else ""
        return await self._respond(request, "play.html", {"offered": await to_thread(playable), "rooms": rooms})

    def _found(self, name: str) -> Lesson:
        if name not in self._places:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return self._every[self._places[name]]

    async def _handouts(self, request: Request, chosen: Sequence[Lesson]) -> Response:
        made = await shared_body(request, requested_handouts(chosen, self._every[-1].number, self._settings.limits))
        return await self._respond(request, "handouts.html", {"handouts": orjson.loads(made), "chosen": chosen})


def course_endpoints(
    respond: Respond, settings: Settings, found: Callable[[Request], Join]
) -> dict[str, Callable[..., Awaitable[Response]]]:
    """Return the pages by their addresses; none if there are no lessons. Args: found: see `CoursePages`."""
    if settings.development and find_spec("tests") and find_spec("tests.lesson_check"):  # only in a checkout
        import_module("tests.lesson_check").check_all()
    if not lessons():
        return {}
    pages = CoursePages(respond, settings, found)
    return {
        "/play": pages.play,
        "/lessons": pages.index,
        "/lessons/glossary": pages.words,
        "/lessons/teacher": pages.teacher,
        "/lessons/handouts": pages.handouts,
        "/lessons/{name}": pages.lesson,
        "/lessons/{name}/notes": pages.notes,
        "/lessons/{name}/handout": pages.handout,
    }
