"""Routes for operators of the server: whether it is alive, whether it takes requests, and its metrics."""

from http import HTTPStatus

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response

from app.server.counts import metrics_text
from app.server.shutdown import Shutdown
from fallline import __version__

NOT_KEPT = {"Cache-Control": "no-store"}


def operations_router(shutdown: Shutdown, workers: int) -> APIRouter:
    """The routes. Args: workers: the number of worker processes."""
    router = APIRouter(include_in_schema=False)

    async def healthz() -> dict[str, str]:
        """Return that the server is alive, and its version."""
        return {"status": "ok", "version": __version__}

    async def readyz() -> Response:
        """Return whether the server takes requests, which it does until it is told to stop."""
        if shutdown.has_begun:
            headers = NOT_KEPT | {"Retry-After": "1"}
            return JSONResponse({"status": "stopping"}, HTTPStatus.SERVICE_UNAVAILABLE, headers)
        return JSONResponse({"status": "ready"}, headers=NOT_KEPT)

    async def metrics() -> Response:
        """Return all counts in the format of Prometheus."""
        return Response(metrics_text(workers), headers=NOT_KEPT, media_type=CONTENT_TYPE_LATEST)

    for endpoint in (healthz, readyz, metrics):
        router.add_api_route(f"/{endpoint.__name__}", endpoint, methods=["GET", "HEAD"])
    return router
