"""The description of the API for machines: OpenAPI, with whole paths, wherever the server stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from app.api.cache import ASKED_EACH_TIME, short_answer, tag

JSON = "application/json"


def description(app: FastAPI, base: str) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that tells the OpenAPI document of `app`, which is mounted at `base`."""

    async def tell(request: Request) -> Response:
        """The OpenAPI document. Below a path prefix its server is that prefix."""
        prefix = request.scope.get("root_path", "").removesuffix(base)
        content = orjson.dumps(_document(app, base, prefix))
        headers = {"ETag": tag(content), "Cache-Control": ASKED_EACH_TIME}
        return short_answer(request, headers, JSON) or Response(content, headers=headers, media_type=JSON)

    return tell


def _document(app: FastAPI, base: str, prefix: str) -> dict[str, Any]:
    document = app.openapi()
    paths = {f"{base}{path}": operations for path, operations in document["paths"].items()}
    servers = {"servers": [{"url": prefix}]} if prefix else {}
    return {**document, "paths": paths, **servers}
