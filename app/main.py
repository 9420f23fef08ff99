"""Assembles the server from its parts."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import Match, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api import BASE, api
from app.own.files import OwnCatalog
from app.own.handing_on import OWN_PORT, OwnRequests
from app.pages.not_found import not_found_page
from app.pages.routes import fault_page, page_responder, page_router, refused_page
from app.pages.static_files import StaticFiles
from app.rooms.served import Rooms
from app.server import refusals
from app.server.access import AccessMiddleware
from app.server.headers import HeadersMiddleware
from app.server.operations import operations_router
from app.server.settings import Settings
from app.server.shutdown import Shutdown
from fallline.errors import SpecError


def create_app(settings: Settings | None = None, *, pages: bool = True, own: OwnCatalog | None = None) -> FastAPI:
    """Create the application; `uvicorn app.main:create_app --factory` serves it with the settings of the environment.

    Args:
        pages: False for the API alone, which needs no built page.
        own: the code of one's own in the catalog of this process, if it changes while the server runs. If the settings
            name files, another process has it (`app/own/process.py`).
    """
    settings = settings or Settings.from_environment()
    shutdown = Shutdown()
    rooms = Rooms(settings, shutdown)
    follows = own is not None
    own = own or OwnCatalog()
    shutdown.at_begin.append(own.wake)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with shutdown.lifespan(app), rooms.watching():
            following = asyncio.ensure_future(own.follow()) if follows else None
            yield
            if following:
                following.cancel()

    app = Site(openapi_url=None, lifespan=lifespan, redirect_slashes=False)
    app.state.settings, app.state.shutdown, app.state.rooms = settings, shutdown, rooms
    # Level 1: the default, 9, costs ten times the time for a tenth fewer bytes.
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=1)
    refusals.install(app)
    app.include_router(operations_router(shutdown, settings.workers))
    if pages:
        files = StaticFiles(follow=settings.development)
        respond = page_responder(settings, files, BASE, has_own=follows or bool(settings.own_paths))
        app.include_router(page_router(settings, files, BASE, respond))
        app.add_exception_handler(HTTPException, not_found_page(respond, settings))
        app.add_exception_handler(SpecError, refused_page(settings, files))
        app.add_exception_handler(Exception, fault_page(settings, files))
        app.add_route("/static/{path:path}", files.respond)
    served = api(settings, shutdown, rooms, own)
    app.state.worker = served.state.worker
    app.mount(BASE, served, name="api")
    app.router.routes.append(Route(BASE, WithSlash(app.router)))
    for router in (app.router, served.router):
        router.default = WithoutSlash(router)
    return app


class Site(FastAPI):
    """The application, with middleware around all its responses, including those to its own faults."""

    def build_middleware_stack(self) -> ASGIApp:
        """The middleware stack; Starlette puts its handler of faults outside of any middleware that is added."""
        settings: Settings = self.state.settings
        port = int(os.environ[OWN_PORT]) if settings.own_paths and OWN_PORT in os.environ else None
        inside = OwnRequests(super().build_middleware_stack(), settings, BASE, port)
        return HeadersMiddleware(AccessMiddleware(inside, self.state.shutdown, prints=settings.access_log))


class WithoutSlash:
    """Redirects an address with a superfluous slash to the one without it. The target is a path only: Starlette would
    name the host of the request.
    """

    def __init__(self, router: Router) -> None:
        self._routes, self._otherwise = router.routes, router.default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        without, app = {**scope, "path": scope["path"].rstrip("/")}, self._otherwise
        if scope["path"].endswith("/") and any(route.matches(without)[0] is not Match.NONE for route in self._routes):
            app = RedirectResponse(str(URL(path=without["path"], query=scope["query_string"].decode("latin-1"))))
        await app(scope, receive, send)


class WithSlash:
    """Answers an address without its final slash as the one with it: curl does not follow the redirect that Starlette
    sends.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["path"] += "/"
        await self._app(scope, receive, send)
