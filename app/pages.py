"""The pages, rendered by Jinja2.

A template has `static("css/page.css")`, the address of a file below static/; `modules("js/main.js")`, the addresses
of a module and of all that it loads at once; `api`, the base path of the API; `root_path`, the path below which a
proxy shows the site; `opening`, the query that an address without one stands for; `picture`, the address below
`origin` of the picture of the page asked for; `reach`, the address under which others on the network find this
machine, where they do and whoever asks is at it; and `import_map`, the text to put unchanged between
<script type="importmap"> and </script>: its hash stands in the page's policy.
"""

import hashlib
from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from markupsafe import Markup
from starlette.responses import Response

from app.api.catalog import OPENING
from app.assets import Assets
from app.delivery import ASKED_EACH_TIME
from app.network import EVERY_ADDRESS, is_own, outward_address
from app.places import TEMPLATES
from app.security import policy
from app.settings import Settings


class Pages:
    """Renders templates, each with its policy and a tag by which a browser keeps it.

    Args: api: base path of the API, without the root path.
    """

    def __init__(self, settings: Settings, assets: Assets, api: str) -> None:
        self._settings = settings
        self._assets = assets
        self._api = api
        self._templates = Jinja2Templates(directory=TEMPLATES)

    def page(self, template: str) -> Callable[[Request], Response]:
        """The endpoint that answers with a template."""
        return partial(self._answer, template)

    def to_docs(self, request: Request) -> Response:
        return RedirectResponse(f"{_root_path(request)}{self._api}/docs")

    def _answer(self, template: str, request: Request) -> Response:
        self._assets.for_a_page()
        import_map = self._assets.import_map(_root_path(request))
        context = self._context(_root_path(request), import_map) | self._view(request)
        body = self._templates.get_template(template).render(context)
        headers = {
            "Cache-Control": ASKED_EACH_TIME,
            "Content-Security-Policy": policy(self._settings.frame_ancestors, import_map),
            "ETag": f'W/"{hashlib.sha256(body.encode()).hexdigest()[:16]}"',
        }
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(body, headers=headers)

    def _context(self, root_path: str, import_map: str) -> dict[str, object]:
        return {
            "static": lambda path: root_path + self._assets.address(path),
            "modules": lambda entry: [root_path + address for address in self._assets.modules(entry)],
            "import_map": Markup(import_map),  # noqa: S704 (file names and a digest, no input)
            "root_path": root_path,
            "api": root_path + self._api,
        }

    def _reach(self, request: Request) -> str:
        """Who comes from elsewhere has an address that others can open as well."""
        own = request.client is not None and is_own(request.client.host)
        return (own and self._settings.host in EVERY_ADDRESS and outward_address()) or ""

    def _view(self, request: Request) -> dict[str, str]:
        """What a page opens with, and the picture of what its address asks for."""
        picture = f"{_root_path(request)}{self._api}/plot.svg?{request.url.query or OPENING}"
        origin = str(request.base_url.replace(path=""))
        return {"opening": OPENING, "picture": picture, "origin": origin, "reach": self._reach(request)}


def _root_path(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def page_router(settings: Settings, assets: Assets, api: str) -> APIRouter:
    """The routes of the pages: the playground, and the documentation of the API, which has the base path `api`."""
    router = APIRouter(include_in_schema=False)
    pages = Pages(settings, assets, api)
    endpoints = {
        "/": pages.page("index.html"),
        "/docs": pages.page("docs.html"),
        f"{api}/docs": pages.page("docs.html"),
        "/api": pages.to_docs,
    }
    for path, endpoint in endpoints.items():
        router.add_api_route(path, endpoint, methods=["GET", "HEAD"])
    return router
