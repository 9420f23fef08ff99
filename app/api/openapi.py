"""The description of the API for machines: the OpenAPI document, and in it the keys of the query."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel

from app.api.responses import JSON, REVALIDATED, bodyless_response, etag
from app.api.spec import query
from app.api.spec.models import PictureFormat

EXAMPLES: Mapping[str, str] = {"surface": "rosenbrock", "start": "-1.5,2", "max_steps": "100"}
"""Values with which the documentation's first try runs."""

RUN_EXAMPLES = ["adam:learning_rate=0.05,beta1=0.9", "gd:learning_rate=0.001"]


def _described(name: str, text: str, schema: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": dict(schema), **more}


def _of_keys(keys: Iterable[query.Key]) -> list[dict[str, Any]]:
    examples = {name: {"example": value} for name, value in EXAMPLES.items()}
    return [_described(key.name, key.help, {"type": "string"}, **examples.get(key.name, {})) for key in keys]


def _of_fields(keys: Iterable[query.Key], model: type[BaseModel]) -> list[dict[str, Any]]:
    """The parameters that stand in an address as they do in a model, with its texts and its ranges."""
    known = model.model_json_schema()["properties"]
    schemas = ((key.name, {**known[key.name]}) for key in keys)
    return [_described(name, schema.pop("description"), schema) for name, schema in schemas]


_RUNS_SCHEMA = {"type": "array", "items": {"type": "string"}}
_SPEC = [
    *_of_keys(query.SPEC_KEYS.values()),
    _described(query.RUNS, query.RUNS_HELP, _RUNS_SCHEMA, explode=True, example=RUN_EXAMPLES),
    _described(query.ENCODED_SPEC, query.ENCODED_SPEC_HELP, {"type": "string"}),
]

SPEC_PARAMETERS: dict[str, Any] = {"parameters": _SPEC}
"""OpenAPI's account of a spec as a query."""

LANDSCAPE_PARAMETERS: dict[str, Any] = {"parameters": [*_SPEC, *_of_keys(query.LANDSCAPE_KEYS.values())]}
"""OpenAPI's account of a landscape as a query."""

PICTURE_PARAMETERS: dict[str, Any] = {
    "parameters": [
        *_SPEC,
        *_of_keys([query.LANDSCAPE_KEYS["window"], *query.PICTURE_KEYS.values()]),
        *_of_fields(query.FORMAT_KEYS.values(), PictureFormat),
    ]
}
"""OpenAPI's account of a picture as a query."""


def openapi_endpoint(app: FastAPI, base: str) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of the OpenAPI document of `app`, which is mounted at `base`."""

    async def openapi(request: Request) -> Response:
        """The OpenAPI document. Below a path prefix its server is that prefix."""
        prefix = request.scope.get("root_path", "").removesuffix(base)
        document = app.openapi()
        paths = {f"{base}{path}": operations for path, operations in document["paths"].items()}
        servers = {"servers": [{"url": prefix}]} if prefix else {}
        content = orjson.dumps({**document, "paths": paths, **servers})
        headers = {"ETag": etag(content), "Cache-Control": REVALIDATED}
        return bodyless_response(request, headers, JSON) or Response(content, headers=headers, media_type=JSON)

    return openapi
