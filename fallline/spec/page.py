"""The keys that the address of a page may have beside its spec: the window, the display of runs, the picture's size."""

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
"""The least and the greatest length of a side of a picture, in pixels."""

Side = Annotated[int, whole_number(SHORTEST_SIDE, LONGEST_SIDE)]
Keys = TypeVar("Keys", bound=Strict)


class RunsShown(Strict):
    """How a picture shows its runs: the position of the playhead, the colour of each run, and whether any is drawn."""

    step: Annotated[int, whole_number(0)] | None = None
    slots: list[Annotated[int, whole_number(0, SLOTS - 1)]] | None = None
    paths: bool = True


class PictureFormat(Strict):
    """The size of a picture and its colours."""

    width: Side = Field(800, description="In pixels; below 200 the picture is drawn as a thumbnail.")
    height: Side | None = Field(None, description="In pixels; by default it follows from the map's window.")
    theme: Annotated[str, name_of("theme", get_args(ThemeName))] = Field("day", description="The colours.")

    def canvas(self) -> Canvas:
        """This format in the form that a drawing needs."""
        return Canvas(self.width, self.height, cast(ThemeName, self.theme))


class PageKeys(Grid, RunsShown, PictureFormat):
    """Every key that an address may have beside its spec.

    The same query may be sent to every route, so every route accepts all these keys, and checks them even where they
    have no effect.
    """

    window: list[Axis] | None = None


def read_keys(model: type[Keys], pairs: Pairs, more: Mapping[str, Key] | None = None) -> Keys:
    """The values that an address has for the fields of a model, each checked by itself.

    Args: more: keys beside those of a page. Raises: SpecError, ValidationError.
    """
    keys = {name: key for name, key in {**PAGE_KEYS, **(more or {})}.items() if name in model.model_fields}
    return model.model_validate(query_to_fields(keys, pairs))


def check_shown(page: PageKeys, problem: Problem, optimizers: Sequence[RunChoice]) -> None:
    """Check that the axes of an address suit its problem, and the colours its runs, if it has runs.

    Raises: SpecError.
    """
    names = problem.parameters
    names = names if len(names) <= MAP_PARAMETERS else tuple(axis_names(names, page.plane))
    if page.domain is not None:
        checked_axes(names, page.domain, ("domain",))
    if page.window is not None:  # a curve uses only the first axis of a window
        checked_axes(names, page.window[: len(names)] if len(names) == 1 else page.window, ("window",))
    if page.slots is not None and optimizers and len(page.slots) != len(optimizers):
        labels = [choice.display_name for choice in optimizers]
        raise SpecError("wrong_count", ("slots",), page.slots, count=len(labels), names=labels)
