"""The API as an application of its own, to be mounted under its base path."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.middleware.cors import CORSMiddleware

from app.api import landscape, picture, program, quantities, step, stream, sweep, trajectories
from app.api.catalog import catalog_router
from app.api.openapi import openapi_endpoint
from app.api.worker import Worker
from app.server import errors
from app.server.settings import Settings
from app.server.shutdown import Shutdown
from fallline import __version__
from fallline.errors import SpecError
from fallline.formulas.language import MAX_DEPTH
from fallline.spec.query import place_in

BASE = "/api/v1"

DESCRIPTION = f"""
Runs optimizers on surfaces and line fits, and gives every step.

One value, the **spec**, says everything about a run: send it as JSON, or write it as a query. A reply follows from
its request alone, and none needs one before it.

The address of a page, of a picture, of a call and of a stream differ in their path only. So the keys of the page
(`window`, `step`, `slots`, `width`, `height`, `theme`) may stand on every route that runs or draws; where they do not
matter they must still be right. A key that nothing knows is an error like any other. A value that is the default may
be sent wherever its field could stand, and null where it means none: it changes nothing.

Whatever is wrong is told in one shape, `{{"detail": [{{"loc", "msg", "type", "ctx"}}]}}`, also where there is no such
address (404) or method (405), where what comes is no HTTP (400), has too long a head (431) or does not come to its end
(408), and where the server is at fault (500): the place in the request, what is allowed there and what came, a code
that does not change, and the values of the sentence, so that it can be said in other words or in another language. The
[table of the codes](errors) is a page of its own, `{BASE}/errors`. In an address the place is the key that came:
`max_steps`, `window`, and `spec` with the fields in it; the runs are `optimizers`, in the order of their keys
`optimizer`, from 0.

A **formula** has numbers, names, `pi`, `e`, + - * / ** (also written ^), brackets, the functions of the catalog and
`where(a > b, yes, no)`; right behind a number * may be left out (`3x`, `2(x + 1)`, `2xy`), unless the
number stands behind / or ^. Brackets and functions nest up to {MAX_DEPTH} deep. In a rule a `#` begins a comment, in
any script. A word that Python keeps to itself is no name: write `lambda_`, which is printed as the Greek letter.

What a reader of a run must know comes as sentences in `notes`, and in `notices` with a code and its values, which are
in that table too.
"""


def api(settings: Settings, shutdown: Shutdown) -> FastAPI:
    """The application of version 1."""
    app = FastAPI(
        title="Fall Line", version=__version__, description=DESCRIPTION.strip(), openapi_url=None,
        redirect_slashes=False, generate_unique_id_function=lambda route: route.name,
    )  # fmt: skip
    app.state.settings = settings
    app.state.worker = Worker(settings, shutdown)
    parts = (trajectories, stream, step, quantities, program, sweep, landscape, picture)
    for router in (catalog_router(settings), *(part.router for part in parts)):
        app.include_router(router)
    app.add_route("/openapi.json", openapi_endpoint(app, BASE), methods=["GET"])
    errors.install(app)
    app.add_exception_handler(RequestValidationError, _handle_refused)
    app.add_exception_handler(SpecError, _handle_refused)
    _allow_origins(app, settings.cors_origins)
    return app


async def _handle_refused(request: Request, error: Exception) -> Response:
    """Everything that is wrong with a request, in an address below the keys that came."""
    assert isinstance(error, SpecError | RequestValidationError)
    return errors.refused_response(error, place_in(request.query_params))


def _allow_origins(app: FastAPI, origins: str) -> None:
    """Let the pages of other origins, and notebooks in a browser, use the API; it holds no secrets and no cookies."""
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[origin.strip() for origin in origins.split(",") if origin.strip()],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type", "If-None-Match", "Last-Event-ID"],
        expose_headers=["ETag", "Retry-After"],
        max_age=3600,
    )
