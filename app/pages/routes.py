"""The pages, rendered by Jinja2.

Every template has these variables:

- `static("main.css")`: the address of a file of the page
- `api`: the base path of the API
- `root_path`: the path at which a proxy shows the site
- `opening`: the query that an address without a query stands for
- `first_lesson`: of the course, None where there is none
- `picture`: the address below `origin` of the picture of the page; None if it has none
- `outward_address`: the address at which others on the network find this machine, if they do and the reader is at it
- `development`: whether a page reloads itself once it has been built again
- `has_lessons`: whether there are lessons
- `access_log`: whether requests are printed

Some templates have more:

- /join and the page for the teacher: `join`, made by `app.pages.join`
- /teach: `offered`, as for a playlist, and `rooms`, whether a room can be opened there
- a seat: the `code` of its room; None if the page asks for it
- the codes of errors: `app.pages.codes.CODES`
- a hand-out: the `query` of its view, the `open_address` of that view for others, and `it`, made by
  `app.course.handout`

The page of a refused hand-out has only `static`, `root_path`, `complaints` with what is wrong, and `seconds`, after
which to ask again, or None if that is of no use.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import orjson
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.responses import Response

from app.course.handout import pairs_of_view, requested_handout
from app.course.lessons import lessons
from app.course.presets import OPENING
from app.pages.codes import CODES
from app.pages.course_pages import Respond, course_endpoints
from app.pages.folders import TEMPLATES
from app.pages.join import Join, from_here, from_there
from app.pages.room_pages import room_endpoints
from app.pages.static_files import StaticFiles
from app.server import counts
from app.server.addresses import http, is_nearby, is_own, outward_address
from app.server.headers import document_headers
from app.server.messages import REVALIDATED, bodyless_response, etag, query_pairs
from app.server.refusals import handle_fault, status_of
from app.server.settings import Settings
from app.work.worker import shared_body
from fallline.errors import SpecError
from fallline.spec.query import READABLE


def page_responder(settings: Settings, files: StaticFiles, api: str, has_own: bool = False) -> Respond:
    """A function that responds with a template.

    Args:
        api: base path of the API; has_own: whether the catalog may have code of one's own, which the page then watches.
    """
    templates, shared = Jinja2Templates(directory=TEMPLATES), _shared(settings, files)

    async def respond(request: Request, template: str, content: Mapping[str, Any]) -> Response:
        if request.method == "GET":
            counts.PAGES.inc()
        context = {
            "api": _root_path(request) + api, "development": settings.development, "has_lessons": bool(lessons()),
            "access_log": settings.access_log, "has_own": has_own,
        }  # fmt: skip
        body = templates.get_template(template).render({**await shared(request), **context, **content})
        headers = document_headers(settings.frame_ancestors) | {"Cache-Control": REVALIDATED, "ETag": etag(body)}
        return bodyless_response(request, headers, "text/html") or HTMLResponse(body, headers=headers)

    return respond


def page_router(settings: Settings, files: StaticFiles, api: str, respond: Respond) -> APIRouter:
    """The routes of the pages: the playground, its map for a frame, hand-outs, the course, and the API's documentation.

    Args:
        api: base path of the API; respond: see `page_responder`.
    """
    router, found = APIRouter(include_in_schema=False), partial(_found, settings=settings)

    def page(template: str) -> Callable[[Request], Awaitable[Response]]:
        async def render(request: Request) -> Response:
            content = {
                "opening": OPENING,
                "first_lesson": next(iter(lessons().values()), None),
                "picture": _picture(request, f"{_root_path(request)}{api}/plot.svg"),
                "origin": str(request.base_url.replace(path="")),
                "outward_address": _outward_address(request, settings),
            }
            return await respond(request, template, content)

        return render

    async def errors(request: Request) -> Response:
        return await respond(request, "errors.html", CODES)

    def redirect(address: str) -> Callable[[Request], Response]:
        def to_address(request: Request) -> Response:
            return RedirectResponse(f"{_root_path(request)}{address}")

        return to_address

    def version() -> Response:
        files.refresh()
        return PlainTextResponse(files.version, headers={"Cache-Control": "no-store"})

    endpoints: dict[str, Callable[..., Response | Awaitable[Response]]] = {
        "/": page("index.html"),
        "/embed": page("embed.html"),
        **room_endpoints(respond, settings, found),
        "/docs": redirect(f"{api}/docs"),
        f"{api}/docs": page("docs.html"),
        f"{api}/errors": errors,
        "/handout": _handout(respond, settings),
        "/api": redirect(f"{api}/docs"),
        **course_endpoints(respond, settings, found),
    }
    if "/lessons/glossary" in endpoints:
        endpoints["/glossary"] = redirect("/lessons/glossary")
    if settings.development:
        endpoints["/development/version"] = version
    for path, endpoint in endpoints.items():
        router.add_api_route(path, endpoint, methods=["GET", "HEAD"])
    return router


Shared = Callable[[Request], Awaitable[dict[str, Any]]]
"""The variables that every template has."""


def _shared(settings: Settings, files: StaticFiles) -> Shared:
    async def shared(request: Request) -> dict[str, Any]:
        if settings.development:
            await run_in_threadpool(files.refresh)
        root_path = _root_path(request)
        return {"static": lambda path: root_path + files.address(path), "root_path": root_path}

    return shared


def _found(request: Request, settings: Settings) -> Join:
    """Return the way others open the site: as in the request, if its address surely belongs to this machine, otherwise
    as known here. A client elsewhere that names another host gets neither.
    """
    opened, (own, _) = request.base_url, request.scope["server"]
    host, address = opened.hostname or "", settings.address
    if (host == address if address else is_nearby(host) or host == own) and not is_own(host):
        return from_there(str(opened).rstrip("/"))
    known = from_here(settings, opened.port or 80).below(_root_path(request))
    if address or _is_here(request):
        return known
    return Join(obstacle=(known.obstacle or "own_name") if is_own(host) else "unknown_name")


def _handout(respond: Respond, settings: Settings) -> Callable[[Request], Awaitable[Response]]:
    """The page with the hand-out of a view."""

    async def render(request: Request) -> Response:
        pairs = pairs_of_view(query_pairs(request))
        handout = orjson.loads(await shared_body(request, requested_handout(pairs, settings.limits)))
        query = urlencode(pairs, safe=READABLE, quote_via=quote)
        content = {"it": handout, "query": query, "open_address": _open_address(request, query, settings)}
        return await respond(request, "handout.html", content)

    return render


def fault_page(settings: Settings, files: StaticFiles) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Answers a fault of the server, with a page for browsers and with JSON for other clients."""
    template, shared = Jinja2Templates(directory=TEMPLATES).get_template("refused.html"), _shared(settings, files)

    async def render(request: Request, error: Exception) -> Response:
        response = await handle_fault(request, error)
        if "text/html" not in request.headers.get("accept", ""):
            return response
        body = template.render(await shared(request) | {"fault": True})
        sent = document_headers(settings.frame_ancestors) | {"Cache-Control": "no-store"}
        return HTMLResponse(body, response.status_code, sent)

    return render


def refused_page(settings: Settings, files: StaticFiles) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The page that says why a hand-out is refused; while the server is busy it reloads itself."""
    template, shared = Jinja2Templates(directory=TEMPLATES).get_template("refused.html"), _shared(settings, files)

    async def render(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, SpecError)
        status, headers = status_of(fault)
        seconds = headers.get("Retry-After")
        content = {"complaints": fault.complaints, "seconds": seconds}
        body = template.render(await shared(request) | content)
        sent = {**document_headers(settings.frame_ancestors), **headers, "Cache-Control": "no-store"}
        if seconds:
            sent["Refresh"] = seconds
        return HTMLResponse(body, status, sent)

    return render


def _root_path(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _picture(request: Request, address: str) -> str | None:
    """Return the address of the picture of the page; None for a network without runs, which determine its plane."""
    params = request.query_params
    return None if "network" in params and "optimizer" not in params else f"{address}?{request.url.query or OPENING}"


def _open_address(request: Request, query: str, settings: Settings) -> str | None:
    """Return the address at which others can open the page with this query; None if only this machine can."""
    address = request.base_url.replace(path=f"{_root_path(request)}/", query=query)
    if is_own(address.hostname or ""):
        outward = _outward_address(request, settings)
        return str(address.replace(netloc=urlsplit(http(outward, address.port or 80)).netloc)) if outward else None
    return str(address)


def _outward_address(request: Request, settings: Settings) -> str | None:
    """Return the address for others: the given one, perhaps with a port; for a reader at this machine, its own.

    A reader elsewhere has already used such an address.
    """
    return settings.address or (outward_address(settings.listens_on) if _is_here(request) else None)


def _is_here(request: Request) -> bool:
    return request.client is not None and is_own(request.client.host)
