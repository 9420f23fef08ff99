"""The API as a separate application, which is mounted at its base path."""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.middleware.cors import CORSMiddleware

from app.api import causes, maps, room_routes, single_runs, stream, trajectories
from app.api.catalog import catalog_router
from app.api.openapi import openapi_endpoint
from app.own.files import OwnCatalog
from app.rooms.served import Rooms
from app.server import refusals
from app.server.settings import Settings
from app.server.shutdown import Shutdown
from app.work.worker import Worker
from fallline import __version__
from fallline.errors import SpecError
from fallline.formulas.language import MAX_DEPTH

BASE = "/api/v1"

DESCRIPTION = (
    Path(__file__).with_name("description.md").read_text(encoding="utf-8").replace("MAX_DEPTH", str(MAX_DEPTH))
)


def api(settings: Settings, shutdown: Shutdown, rooms: Rooms, own: OwnCatalog) -> FastAPI:
    """The application of version 1 of the API."""
    app = FastAPI(
        title="Fall Line", version=__version__, description=DESCRIPTION.strip(), openapi_url=None,
        redirect_slashes=False, generate_unique_id_function=lambda route: route.name,
    )  # fmt: skip
    app.state.settings = settings
    app.state.worker, app.state.rooms = Worker(settings, shutdown), rooms
    own.at_change.append(app.state.worker.forget)
    for router in (
        catalog_router(settings, own),
        trajectories.router,
        stream.router,
        single_runs.router,
        causes.router,
        maps.router,
        room_routes.router,
        room_routes.streams,
    ):
        app.include_router(router)
    app.add_route("/openapi.json", openapi_endpoint(app, BASE), methods=["GET"])
    refusals.install(app)
    app.add_exception_handler(RequestValidationError, _handle_refused)
    app.add_exception_handler(SpecError, _handle_refused)
    _allow_origins(app, settings.cors_origins)
    return app


async def _handle_refused(_: Request, error: Exception) -> Response:
    """The response with all errors of a request."""
    assert isinstance(error, SpecError | RequestValidationError)
    return refusals.refused_response(error)


def _allow_origins(app: FastAPI, origins: str) -> None:
    """Allow pages of other origins, and notebooks in a browser, to use the API, which has no secrets and no cookies."""
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[origin.strip() for origin in origins.split(",") if origin.strip()],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type", "If-None-Match", "Last-Event-ID"],
        expose_headers=["ETag", "Retry-After"],
        max_age=3600,
    )
