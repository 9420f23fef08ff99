"""The pages of a room: how others join it, the page of its teacher, and a seat."""

import re
from asyncio import to_thread
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import HTTPException, Request
from starlette.responses import Response

from app.course.lessons import lessons
from app.course.playlist import playable
from app.pages.course_pages import Respond
from app.pages.join import Join
from app.server.settings import Settings

CLASS = "class"
"""The code of the one room of a classroom."""

CODE = re.compile(r"[A-Z]{4}")


def room_endpoints(
    respond: Respond, settings: Settings, found: Callable[[Request], Join]
) -> dict[str, Callable[..., Awaitable[Response]]]:
    """The pages by their addresses; without rooms only /join, which shows how others open the site.

    Args:
        found: returns the way others open the site, as known here or from the request.
    """

    async def join(request: Request, room: str | None = None) -> Response:
        code = _code(room, settings) or (CLASS if settings.classroom else None)
        if settings.rooms and not code:
            return await respond(request, "seat.html", {"code": None})
        shown = found(request)
        return await respond(request, "join.html", {"join": shown.of_room(code) if code else shown})

    async def seat(request: Request, code: str) -> Response:
        if not (valid_code := _code(code, settings)):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return await respond(request, "seat.html", {"code": valid_code})

    async def teach(request: Request) -> Response:
        offered = await to_thread(playable)
        return await respond(request, "teach.html", {"offered": offered, "rooms": bool(settings.rooms)})

    endpoints: dict[str, Callable[..., Awaitable[Response]]] = {"/join": join}
    if settings.classroom or settings.rooms:
        endpoints["/join/{code}"] = seat
        if lessons():
            endpoints["/teach"] = teach
    return endpoints


def _code(given: str | None, settings: Settings) -> str | None:
    """Return the code of a room in its canonical form; None if this server has no such room."""
    if settings.classroom and given and given.lower() == CLASS:
        return CLASS
    return given.upper() if settings.rooms and given and CODE.fullmatch(given.upper()) else None
