"""The keys that a page's address may have beside its spec: the window, how its runs are shown, a picture's size."""

from collections.abc import Mapping, Sequence
from typing import Annotated, TypeVar, cast, get_args

from pydantic import Field

from fallline.drawing import SLOTS, Canvas, ThemeName
from fallline.errors import SpecError
from fallline.problems import Problem
from fallline.spec.fields import Strict, name_of, whole_number
from fallline.spec.models import MAP_PARAMETERS, Axis, Grid, axis_names, checked_axes
from fallline.spec.query import PAGE_KEYS, Key, Pairs, query_to_fields
from fallline.spec.run_models import RunChoice

SHORTEST_SIDE, LONGEST_SIDE = 32, 2000
"""Pixels of a side of a picture."""

Side = Annotated[int, whole_number(SHORTEST_SIDE, LONGEST_SIDE)]
Keys = TypeVar("Keys", bound=Strict)


class RunsShown(Strict):
    """How the runs of a picture are shown: where the playhead stands, the colour of each, and whether they are."""

    step: Annotated[int, whole_number(0)] | None = None
    slots: list[Annotated[int, whole_number(0, SLOTS - 1)]] | None = None
    paths: bool = True


class PictureFormat(Strict):
    """The size of a picture and its colours."""

    width: Side = Field(800, description="Pixels; below 200 a thumbnail.")
    height: Side | None = Field(None, description="Pixels; by default as the map's window has it.")
    theme: Annotated[str, name_of("theme", get_args(ThemeName))] = Field("day", description="The colours.")

    def canvas(self) -> Canvas:
        """This format as a drawing takes it."""
        return Canvas(self.width, self.height, cast(ThemeName, self.theme))


class PageKeys(Grid, RunsShown, PictureFormat):
    """Every key that an address may have beside its spec.

    Addresses differ in their path only, so these may stand on every route; where they do not matter they must still
    be right.
    """

    window: list[Axis] | None = None


def read_keys(model: type[Keys], pairs: Pairs, more: Mapping[str, Key] | None = None) -> Keys:
    """The keys of an address that are fields of a model, each right by itself. Raises: SpecError, ValidationError.

    Args: more: keys beside those of a page.
    """
    keys = {name: key for name, key in {**PAGE_KEYS, **(more or {})}.items() if name in model.model_fields}
    return model.model_validate(query_to_fields(keys, pairs))


def check_shown(page: PageKeys, problem: Problem, optimizers: Sequence[RunChoice]) -> None:
    """Check that the map and the colours of an address suit its problem and its runs, where it has any.

    Raises: SpecError.
    """
    names = problem.parameters
    names = names if len(names) <= MAP_PARAMETERS else tuple(axis_names(names, page.plane))
    if page.domain is not None:
        checked_axes(names, page.domain, ("domain",))
    if page.window is not None:  # of a curve only its first axis counts
        checked_axes(names, page.window[: len(names)] if len(names) == 1 else page.window, ("window",))
    if page.slots is not None and optimizers and len(page.slots) != len(optimizers):
        labels = [choice.display_name for choice in optimizers]
        raise SpecError("wrong_count", ("slots",), page.slots, count=len(labels), names=labels)
