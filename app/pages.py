"""The pages, rendered by Jinja2, and the static files they load.

A template has `static("css/page.css")`, the address of a file below static/, and `import_map`, the text to
put unchanged between <script type="importmap"> and </script>: its hash stands in the page's policy.
"""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from markupsafe import Markup
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.assets import STATIC, TEMPLATES, Assets
from app.security import policy
from app.settings import Settings

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "no-cache"


class VersionedFiles(StaticFiles):
    """Static files at /VERSION/PATH; an address of another version gets the file as it is now, for once."""

    def __init__(self, assets: Assets) -> None:
        super().__init__(directory=STATIC)
        self._assets = assets

    async def get_response(self, path: str, scope: Scope) -> Response:
        version, _, file = path.partition("/")
        response = await super().get_response(file, scope)
        fits = version == self._assets.version
        response.headers["Cache-Control"] = KEPT_FOR_GOOD if fits else ASKED_EACH_TIME
        return response


def page_router(settings: Settings, assets: Assets) -> APIRouter:
    """The routes of the pages: the playground and the documentation of the API."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    templates = Jinja2Templates(directory=TEMPLATES)

    def page(template: str) -> Callable[[Request], Response]:
        def render(request: Request) -> Response:
            root_path = request.scope.get("root_path", "")
            import_map = assets.import_map(root_path)
            context = {
                "static": lambda path: root_path + assets.address(path),
                "import_map": Markup(import_map),  # noqa: S704 (file names and a digest, no input)
                "root_path": root_path,
            }
            headers = {
                "Cache-Control": ASKED_EACH_TIME,
                "Content-Security-Policy": policy(settings.frame_ancestors, import_map),
            }
            return templates.TemplateResponse(request, template, context, headers=headers)

        return render

    router.add_api_route("/", page("index.html"), methods=["GET", "HEAD"])
    router.add_api_route("/docs", page("docs.html"), methods=["GET", "HEAD"])
    return router
