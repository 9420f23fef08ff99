"""Requests about one run: a spec with one optimizer, and how they refuse."""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError
from pydantic import ConfigDict, Field

from app.api.errors import wrong
from app.api.spec.models import Spec
from app.api.spec.optimizers import AnyRun
from app.api.spec.plan import Place

RUN: Place = ("body", "optimizers", 0)
"""Where such a spec has its run."""


class SingleSpec(Spec):
    """A spec with exactly one optimizer."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"problem": {"surface": "bowl"}, "optimizers": [{"name": "adam", "learning_rate": 0.1}]}]
        }
    )

    optimizers: list[AnyRun] = Field(min_length=1, max_length=1, description="The one run.")


def misfit(loc: Place, value: object, kind: str, phrase: str) -> RequestValidationError:
    """The refusal of a field that is valid by itself and does not fit the rest; `phrase` goes on from its name."""
    error = wrong(kind, phrase)
    return RequestValidationError([{"type": kind, "loc": loc, "msg": phrase, "input": value, "ctx": error.context}])
