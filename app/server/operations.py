"""Addresses for whoever runs the server: whether it lives, whether to send it requests, and what it has done."""

from http import HTTPStatus

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response

from app.server.counts import metrics_text
from app.server.shutdown import Shutdown
from fallline import __version__

NOT_KEPT = {"Cache-Control": "no-store"}


def operations_router(shutdown: Shutdown, workers: int) -> APIRouter:
    """The routes.

    Args: workers: processes that serve.
    """
    router = APIRouter(include_in_schema=False)

    async def healthz() -> dict[str, str]:
        """Says that the server answers, and with which version."""
        return {"status": "ok", "version": __version__}

    async def readyz() -> Response:
        """Says whether it takes requests: it does from its first answer on, until it is told to stop."""
        if shutdown.has_begun:
            headers = NOT_KEPT | {"Retry-After": "1"}
            return JSONResponse({"status": "stopping"}, HTTPStatus.SERVICE_UNAVAILABLE, headers)
        return JSONResponse({"status": "ready"}, headers=NOT_KEPT)

    async def metrics() -> Response:
        """Everything that is counted, as Prometheus reads it."""
        return Response(metrics_text(workers), headers=NOT_KEPT, media_type=CONTENT_TYPE_LATEST)

    for endpoint in (healthz, readyz, metrics):
        router.add_api_route(f"/{endpoint.__name__}", endpoint, methods=["GET", "HEAD"])
    return router
