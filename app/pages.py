"""The pages, rendered by Jinja2.

A template has `static("main.css")`, the address of a file of the page; `api`, the base path of the API; `root_path`,
the path below which a proxy shows the site; `opening`, the query that an address without one stands for; `picture`, the
address below `origin` of the picture of the page asked for, None where there is none; `outward_address`, under which
others on the network find this machine, where they do and whoever asks is at it; and `development`, whether a page is
to open itself again once it has been built anew.
"""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.responses import Response

from app.addresses import is_own, outward_address
from app.api.catalog import OPENING
from app.api.responses import REVALIDATED, bodyless_response, etag
from app.headers import document_headers
from app.paths import TEMPLATES
from app.settings import Settings
from app.static_files import StaticFiles


def page_router(settings: Settings, files: StaticFiles, api: str) -> APIRouter:
    """The routes of the pages: the playground, its map for a frame, and the documentation of the API.

    Args:
        api: base path of the API.
    """
    router = APIRouter(include_in_schema=False)
    templates = Jinja2Templates(directory=TEMPLATES)

    def page(template: str) -> Callable[[Request], Awaitable[Response]]:
        async def render(request: Request) -> Response:
            if settings.development:
                await run_in_threadpool(files.refresh)
            root_path = _root_path(request)
            context = {
                "static": lambda path: root_path + files.address(path),
                "root_path": root_path,
                "api": root_path + api,
                "opening": OPENING,
                "picture": _picture(request, f"{root_path}{api}/plot.svg"),
                "origin": str(request.base_url.replace(path="")),
                "outward_address": _outward_address(request, settings),
                "development": settings.development,
            }
            body = templates.get_template(template).render(context)
            headers = document_headers(settings.frame_ancestors)
            headers |= {"Cache-Control": REVALIDATED, "ETag": etag(body)}
            return bodyless_response(request, headers, "text/html") or HTMLResponse(body, headers=headers)

        return render

    def to_docs(request: Request) -> Response:
        return RedirectResponse(f"{_root_path(request)}{api}/docs")

    def version() -> Response:
        files.refresh()
        return PlainTextResponse(files.version, headers={"Cache-Control": "no-store"})

    endpoints: dict[str, Callable[..., Response | Awaitable[Response]]] = {
        "/": page("index.html"),
        "/embed": page("embed.html"),
        "/docs": page("docs.html"),
        f"{api}/docs": page("docs.html"),
        "/api": to_docs,
    }
    if settings.development:
        endpoints["/development/version"] = version
    for path, endpoint in endpoints.items():
        router.add_api_route(path, endpoint, methods=["GET", "HEAD"])
    return router


def _root_path(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _picture(request: Request, address: str) -> str | None:
    """The address of the picture of the page asked for; None for a network, of which there is none yet."""
    return None if "network" in request.query_params else f"{address}?{request.url.query or OPENING}"


def _outward_address(request: Request, settings: Settings) -> str | None:
    """The address for others, for a reader at this machine; one from elsewhere has come by such an address."""
    is_local = request.client is not None and is_own(request.client.host)
    return outward_address(settings.host) if is_local else None
