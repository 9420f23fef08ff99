"""Routes that only read: where GET may be asked, so may HEAD."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def readable(router: APIRouter, path: str, **described: Any) -> Callable[[Endpoint], Endpoint]:
    """Like `router.get`, and the same endpoint for HEAD, which is not described twice."""

    def declare(endpoint: Endpoint) -> Endpoint:
        router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False, response_model=None)
        return router.get(path, **described)(endpoint)

    return declare
