"""The OpenAPI document, with the keys of queries and the events of streams."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.api.response_models.runs import EVENTS
from app.server.messages import JSON, REVALIDATED, bodyless_response, etag
from app.server.refusals import ALL_ERRORS
from fallline.spec import query
from fallline.spec.models import Spec
from fallline.spec.page import PageKeys
from fallline.spec.query import RUN, SCALARS, Codec

REFERENCE = "#/components/schemas/{model}"

EXAMPLES: Mapping[str, Any] = {"surface": "rosenbrock", "start": "-1.5,2", "max_steps": 100}
"""The values with which a first request from the documentation runs."""

RUN_EXAMPLES = ["adam:learning_rate=0.05,beta1=0.9", "gd:learning_rate=0.001"]

KEPT = ("type", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
"""The parts of a field's schema that the schema of its key has. The default is not one, as addresses omit defaults."""


def _parameter(name: str, text: str, schema: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": dict(schema), **more}


def _of_keys(keys: Iterable[query.Key], model: type[BaseModel]) -> list[dict[str, Any]]:
    """The parameters of OpenAPI for keys whose fields are those of a model, with their types and limits."""
    schema = model.model_json_schema()
    return [_of_key(key, _field(schema, key.place, schema.get("$defs", {}))) for key in keys]


def _of_key(key: query.Key, field: Mapping[str, Any]) -> dict[str, Any]:
    schema = {name: field[name] for name in KEPT if name in field} if key.codec in SCALARS else _joined(key.codec)
    example = {"example": EXAMPLES[key.name]} if key.name in EXAMPLES else {}
    return _parameter(key.name, _with_default(key.help or field["description"], field), schema, **example)


def _with_default(text: str, field: Mapping[str, Any]) -> str:
    """The description of a field, with its default."""
    default = field.get("default")
    return text if default is None else f"{text} By default {str(default).lower()}."


def _joined(codec: Codec) -> dict[str, Any]:
    """The schema of values joined to one text. OpenAPI has ways to join values, but no way that all clients support."""
    return {"type": "string", "pattern": f"^({codec.pattern})$"}


def _field(schema: Mapping[str, Any], place: Sequence[str], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of the field at a location of a model."""
    options = _options(schema, definitions)
    if not place:
        return {**schema, **options[0]}
    inner = next(option["properties"][place[0]] for option in options if place[0] in option.get("properties", {}))
    return _field(inner, place[1:], definitions)


def _options(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The alternatives of a schema, without null, which addresses omit."""
    if "$ref" in schema:
        return _options(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if kinds := schema.get("anyOf", schema.get("oneOf")):
        return [option for kind in kinds for option in _options(kind, definitions)]
    return [] if schema.get("type") == "null" else [schema]


_SPEC = [
    *_of_keys(query.SPEC_KEYS.values(), Spec),
    _parameter(
        query.RUNS, query.RUNS_HELP, {"type": "array", "items": _joined(RUN)}, explode=True, example=RUN_EXAMPLES
    ),
    _parameter(query.ENCODED_SPEC, query.ENCODED_SPEC_HELP, {"type": "string", "pattern": "^[A-Za-z0-9_-]+=*$"}),
]

SPEC_PARAMETERS: dict[str, Any] = {"parameters": _SPEC}
"""The query of a spec, for OpenAPI."""

LANDSCAPE_PARAMETERS: dict[str, Any] = {"parameters": [*_SPEC, *_of_keys(query.LANDSCAPE_KEYS.values(), PageKeys)]}
"""The query of a landscape, for OpenAPI."""

_PICTURE_KEYS = [key for name, key in query.PAGE_KEYS.items() if name not in ("domain", "resolution", "digits")]

PICTURE_PARAMETERS: dict[str, Any] = {"parameters": [*_SPEC, *_of_keys(_PICTURE_KEYS, PageKeys)]}
"""The query of a picture, for OpenAPI."""


EVENT_SCHEMAS: dict[str, Any] = {
    name: {"$ref": REFERENCE.format(model=shape.__name__)} for name, shape in EVENTS.items()
}
"""The name of an event of a stream -> the schema of its data, which is in the document under `x-events`.

OpenAPI has a keyword for it, `itemSchema`, only from version 3.2 on, which generators do not read yet.
"""


def _event_components() -> dict[str, Any]:
    """The schemas of the events, which FastAPI does not include in the document, as they are not complete replies."""
    _, definitions = models_json_schema([(shape, "serialization") for shape in EVENTS.values()], ref_template=REFERENCE)
    schemas: dict[str, Any] = definitions["$defs"]
    return schemas


def _without_defaults(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of an object, with defaults only in descriptions: generators make fields with a default required."""
    fields = {"properties": {name: _in_words(field) for name, field in schema.get("properties", {}).items()}}
    return {**schema, **(fields if "properties" in schema else {})}


def _in_words(field: Mapping[str, Any]) -> Mapping[str, Any]:
    if "default" not in field:
        return field
    others = {name: value for name, value in field.items() if name != "default"}
    return {**others, "description": _with_default(field["description"], field)}


def openapi_endpoint(app: FastAPI, base: str) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of the OpenAPI document of `app`, which is mounted at `base`."""
    events = _event_components()

    async def openapi(request: Request) -> Response:
        """The OpenAPI document. If a proxy adds a prefix to the path, its server is that prefix."""
        prefix = request.scope.get("root_path", "").removesuffix(base)
        document = app.openapi()
        paths = {f"{base}{path}": operations for path, operations in document["paths"].items()}
        schemas = {**events, **document["components"]["schemas"]}
        schemas["Complaint"]["properties"]["type"]["enum"] = list(ALL_ERRORS)
        described = {name: _without_defaults(schema) for name, schema in schemas.items()}
        components = {**document["components"], "schemas": described}
        servers = {"servers": [{"url": prefix}]} if prefix else {}
        content = orjson.dumps({**document, "paths": paths, "components": components, **servers})
        headers = {"ETag": etag(content), "Cache-Control": REVALIDATED}
        return bodyless_response(request, headers, JSON) or Response(content, headers=headers, media_type=JSON)

    return openapi
