"""The pages, rendered by Jinja2.

A template has `static("css/page.css")`, the address of a file below static/; `modules("js/main.js")`, the addresses
of a module and of all that it loads at once; `api`, the base path of the API; `root_path`, the path below which a
proxy shows the site; `opening`, the query that an address without one stands for; `picture`, the address below
`origin` of the picture of the page asked for, None where there is none; `outward_address`, under which others on the
network find this machine, where they do and whoever asks is at it; and `import_map`, the text to put unchanged
between <script type="importmap"> and </script>: its hash stands in the page's policy.
"""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from markupsafe import Markup
from starlette.responses import Response

from app.addresses import is_own, outward_address
from app.api.catalog import OPENING
from app.api.responses import REVALIDATED, bodyless_response, etag
from app.places import TEMPLATES
from app.security import document_headers
from app.settings import Settings
from app.static_files import StaticFiles


def page_router(settings: Settings, files: StaticFiles, api: str) -> APIRouter:
    """The routes of the pages: the playground, and the documentation of the API, which has the base path `api`."""
    router = APIRouter(include_in_schema=False)
    templates = Jinja2Templates(directory=TEMPLATES)

    def page(template: str) -> Callable[[Request], Response]:
        def render(request: Request) -> Response:
            files.refresh()
            root_path = _root_path(request)
            import_map = files.import_map(root_path)
            context = {
                "static": lambda path: root_path + files.address(path),
                "modules": lambda entry: [root_path + address for address in files.modules(entry)],
                "import_map": Markup(import_map),  # noqa: S704 (file names and a digest, no input)
                "root_path": root_path,
                "api": root_path + api,
                "opening": OPENING,
                "picture": _picture(request, f"{root_path}{api}/plot.svg"),
                "origin": str(request.base_url.replace(path="")),
                "outward_address": _outward_address(request, settings),
            }
            body = templates.get_template(template).render(context)
            headers = document_headers(settings.frame_ancestors, import_map)
            headers |= {"Cache-Control": REVALIDATED, "ETag": etag(body)}
            return bodyless_response(request, headers, "text/html") or HTMLResponse(body, headers=headers)

        return render

    def to_docs(request: Request) -> Response:
        return RedirectResponse(f"{_root_path(request)}{api}/docs")

    endpoints = {
        "/": page("index.html"),
        "/docs": page("docs.html"),
        f"{api}/docs": page("docs.html"),
        "/api": to_docs,
    }
    for path, endpoint in endpoints.items():
        router.add_api_route(path, endpoint, methods=["GET", "HEAD"])
    return router


def _root_path(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _picture(request: Request, address: str) -> str | None:
    """There is no picture of a network yet."""
    return None if "network" in request.query_params else f"{address}?{request.url.query or OPENING}"


def _outward_address(request: Request, settings: Settings) -> str | None:
    """Who comes from elsewhere has an address that others can open as well."""
    own = request.client is not None and is_own(request.client.host)
    return outward_address(settings.host) if own else None
