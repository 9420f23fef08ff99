"""Every setting of the server, read from the environment or given on the command line."""

import os
from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

PREFIX = "FALLLINE_"


class SettingsError(ValueError):
    """A setting has a value it cannot take; the text names it, what is allowed and what came."""


class Settings(BaseModel):
    """The settings in force. The environment variable of a setting is FALLLINE_ and its name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="address to listen on; 0.0.0.0 lets others on the network in")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 takes any free one")
    workers: int = Field(1, ge=1, le=64, description="processes that serve; one core each, nothing is shared")
    development: bool = Field(False, description="start again when the code changes, and serve changed files")
    trusted_proxies: str = Field(
        "127.0.0.1", description="addresses of proxies whose X-Forwarded headers hold, by commas; * for any"
    )
    frame_ancestors: str = Field(
        "*",
        description="who may embed the pages in a frame, as in a Content-Security-Policy; 'none' for nobody",
    )
    stop_seconds: int = Field(
        3, ge=0, le=600, description="grace for open streams when the server is stopped"
    )
    access_log: bool = Field(False, description="print a line for each request")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings as the environment has them, the rest at their defaults."""
        given = {name: environ.get(variable(name)) for name in cls.model_fields}
        return cls.from_texts({name: text for name, text in given.items() if text is not None})

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Self:
        """Settings from their texts.

        Raises: SettingsError, one line for each value that does not fit.
        """
        try:
            return cls.model_validate(dict(texts))
        except ValidationError as error:
            raise SettingsError("\n".join(_complaint(fault) for fault in error.errors())) from None


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _complaint(fault: ErrorDetails) -> str:
    return f"{variable(str(fault['loc'][0]))}: {fault['msg']}; got {fault['input']!r}"
