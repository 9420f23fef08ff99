"""The pages, rendered by Jinja2.

A template has `static("css/page.css")`, the address of a file below static/, and `import_map`, the text to
put unchanged between <script type="importmap"> and </script>: its hash stands in the page's policy.
"""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from markupsafe import Markup
from starlette.responses import Response

from app.assets import TEMPLATES, Assets
from app.delivery import ASKED_EACH_TIME
from app.security import policy
from app.settings import Settings


def page_router(settings: Settings, assets: Assets, api: str) -> APIRouter:
    """The routes of the pages: the playground, and the documentation of the API, which has the base path `api`."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    templates = Jinja2Templates(directory=TEMPLATES)

    def to_docs(request: Request) -> Response:
        return RedirectResponse(f"{request.scope.get('root_path', '')}{api}/docs")

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
    for path in ("/docs", f"{api}/docs"):
        router.add_api_route(path, page("docs.html"), methods=["GET", "HEAD"])
    router.add_api_route("/api", to_docs, methods=["GET", "HEAD"])
    return router
