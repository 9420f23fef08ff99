"""What an address says beside its spec: the part of the map, the place of the playhead, the size and the colours.

Addresses differ in their path only, so these keys may stand on every route; where they do not matter they must still
be right.
"""

from __future__ import annotations

from typing import Annotated, cast, get_args

from pydantic import Field

from app.api.spec.fields import Name, Strict, whole
from app.api.spec.models import Axis, Grid
from app.drawing import SLOTS, Format, ThemeName

SMALLEST, LARGEST = 32, 2000
"""Pixels of a side of a picture."""

Side = Annotated[int, whole(SMALLEST, LARGEST)]


class Shown(Strict):
    """How the runs of a picture are shown: where the playhead stands, and the colour of each."""

    step: Annotated[int, whole(0)] | None = None
    slots: list[Annotated[int, whole(0, SLOTS - 1)]] | None = None


class Sheet(Strict):
    """The size of a picture and its colours."""

    width: Side = Field(800, description="Pixels; below 200 a thumbnail.")
    height: Side | None = Field(None, description="Pixels; by default as the map's window has it.")
    theme: Annotated[str, Name("a theme", get_args(ThemeName))] = Field("day", description="The colours.")

    def format(self) -> Format:
        """The same as a drawing takes it."""
        return Format(self.width, self.height, cast(ThemeName, self.theme))


class View(Grid, Shown, Sheet):
    """Everything that an address may say beside its spec."""

    window: list[Axis] | None = None
