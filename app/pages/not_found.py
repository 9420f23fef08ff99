"""The page of an address that does not exist."""

import re
from collections.abc import Awaitable, Callable
from difflib import get_close_matches
from http import HTTPStatus

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.course.lessons import lessons
from app.pages.course_pages import Respond
from app.server.refusals import handle_unrouted
from app.server.settings import Settings

LESSON = re.compile(r"/lessons/([^/]+)")

OF_ROOMS = re.compile(r"/teach|/join/[^/]+")
"""Addresses that a server without rooms does not have."""


def not_found_page(respond: Respond, settings: Settings) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Answers an unknown address, with a page for browsers and with JSON for other clients.

    It names the lessons whose addresses are most similar, and says how a server gets rooms.
    """
    has_rooms = bool(settings.classroom or settings.rooms)

    async def render(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code != HTTPStatus.NOT_FOUND or "text/html" not in request.headers.get("accept", ""):
            return await handle_unrouted(request, error)
        path, known = request.scope["path"], lessons()
        named = LESSON.fullmatch(path)
        near = get_close_matches(named[1], known, cutoff=0.4) if named else []
        response = await respond(request, "not_found.html", {
            "is_lesson": bool(named and known),
            "near": [known[name] for name in near],
            "wants_rooms": not has_rooms and bool(OF_ROOMS.fullmatch(path)),
        })  # fmt: skip
        response.status_code = error.status_code
        response.headers["Cache-Control"] = "no-store"
        return response

    return render
