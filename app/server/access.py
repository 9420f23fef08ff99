"""Counts every request, and on request prints it as a line of the access log."""

import asyncio
import json
import logging
from datetime import UTC, datetime
from time import perf_counter

from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.server import counts
from app.server.addresses import is_address
from app.server.refusals import RequestError, refused_response
from app.server.shutdown import Shutdown

LOG = logging.getLogger("fallline.access")

METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
"""The methods that are counted by name; others, as a client may send any word, are counted together."""

LONGEST_PATH = 300
"""The most characters of a path that are printed. Each takes at most twelve bytes as JSON in ASCII, so that a line
stays below the 4,096 bytes that several workers can write to one pipe without mixing.
"""

CLOSED = "the handler is closed"
"""The words of uvloop's error when a response is written to a closed connection."""

NOWHERE = "none"
"""The route of a request whose address no route has."""

NO_ANSWER = 499
"""The status of a request without a response: the client left, or the server stopped."""


class AccessMiddleware:
    """Middleware around every response. Queries are not printed, as they contain the work of a student.

    It responds with 503 to a request that the server cancels because it stops; a response that has begun is cut off.
    Otherwise uvicorn would respond with 500, as after a fault, so that clients and proxies would not try again, and
    would print a traceback for each request.

    Args: prints: whether each request is printed, as a line of JSON in ASCII, so that everything in it is escaped.
    """

    def __init__(self, app: ASGIApp, shutdown: Shutdown, *, prints: bool) -> None:
        self._app, self._shutdown, self._prints = app, shutdown, prints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, began, status, size = scope["path"], perf_counter(), NO_ANSWER, 0

        async def send_counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            try:
                await send(message)
            except RuntimeError as error:  # the connection has just closed, so the message is dropped
                if CLOSED not in str(error):
                    raise

        try:
            await self._app(scope, receive, send_counted)
        except asyncio.CancelledError:
            if not self._shutdown.has_begun:
                raise
            if status == NO_ANSWER:
                await refused_response(RequestError("stopping", ("server",)))(scope, receive, send_counted)
        finally:
            seconds = perf_counter() - began
            route = route_of(scope)
            method = scope["method"] if scope["method"] in METHODS else "other"
            counts.REQUESTS.labels(method, route, status).inc()
            counts.SECONDS.labels(route).observe(seconds)
            if self._prints:
                print_line(scope["method"], path, status, seconds, size, scope.get("client"))


def route_of(scope: Scope) -> str:
    """The declared path of the route that handled a request."""
    route = scope.get("route")
    if route is None or isinstance(route, Mount):
        return NOWHERE
    root = scope.get("root_path", "")
    mounted_at = root.removeprefix(scope.get("app_root_path", root))
    return f"{mounted_at}{route.path}"


def print_line(
    method: str | None, path: str | None, status: int, seconds: float | None, size: int, client: tuple[str, int] | None
) -> None:
    """Print a line of the access log. Method, path and seconds are None for bytes that were not a valid request.

    The client is null unless it is an IP address, as a proxy may forward any text.
    """
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": method,
        "path": path and path[:LONGEST_PATH],
        "status": status,
        "milliseconds": None if seconds is None else round(1000 * seconds, 1),
        "bytes": size,
        "client": client[0] if client and is_address(client[0]) else None,
    }
    LOG.info(json.dumps(line))
