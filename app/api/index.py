"""The index of the API: what its base path answers with, for whoever tries that first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import Field

from app import __version__
from app.api.errors import NO_KEYS
from app.api.requests import query_pairs
from app.api.responses import get_and_head
from app.api.shapes import Shape
from app.api.spec.query import check_no_keys

router = APIRouter(tags=["catalog"])


class Index(Shape):
    """Where to go on from the base path."""

    name: str
    version: str = Field(description="Of the server.")
    links: dict[str, str] = Field(description="`catalog`, `openapi` and `docs` -> its address.")


@get_and_head(router, "/", summary="Where everything is", response_model=Index, responses=NO_KEYS)
async def get_index(request: Request) -> Index:
    """The version of the server, and the addresses of the catalog, of this description and of its page.

    The base path answers the same with a slash at its end and without one.
    """
    check_no_keys(query_pairs(request))
    base = request.scope["root_path"]
    links = {"catalog": "catalog", "openapi": "openapi.json", "docs": "docs"}
    return Index(name="Fall Line", version=__version__, links={name: f"{base}/{path}" for name, path in links.items()})
