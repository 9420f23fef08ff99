"""The shapes of the answers, for their description only: nothing that leaves is validated again."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Described(BaseModel):
    """A shape that may have more than is described."""

    model_config = ConfigDict(extra="allow")
