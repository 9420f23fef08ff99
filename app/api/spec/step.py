"""A step of one run, to be written out."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import ConfigDict, Field

from app.api.spec.fields import whole
from app.api.spec.single import SingleSpec


class StepSpec(SingleSpec):
    """A spec with one optimizer, and which of its steps."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "problem": {"dataset": "shoe_size", "loss": "ssr"},
                    "optimizers": [{"name": "adam", "learning_rate": 0.1}],
                    "t": 1,
                }
            ]
        }
    )

    t: Annotated[int, whole(1, math.inf)] = Field(
        description="The number of the step, from 1 to the last of the run; it leads from row t - 1 to row t."
    )
    marked: bool = Field(
        False,
        strict=True,
        description="Whether the LaTeX tells whose each symbol and number is, as `\\htmlData{of=NAME}{...}`.",
    )
