"""What a scene is, and how it is read from its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from app.course.lessons.faults import Source
from app.course.lessons.fields import Shape, check, fields_of
from app.course.lessons.guesses import guess_of
from app.course.lessons.values import Expressions
from app.course.questions import Dwell, Guess, ProposedChange

PARTS: Mapping[str, TypeAdapter[Any]] = {
    "change": TypeAdapter(ProposedChange), "dwell": TypeAdapter(tuple[Dwell, ...]),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Preset:
    """One scene."""

    name: str
    """Permanent, snake_case."""
    group: str
    """The chapter of a course it belongs to."""
    title: str
    """A few words."""
    sentence: str
    """What is to be seen, every number of it true of the runs."""
    more: str
    """The same in numbers, its cause, and the rates and starts for which it holds."""
    question: str
    """One line that can be answered before it runs, with nothing of the answer in it or in the title."""
    ask: str
    """What is to be seen, and how to answer."""
    guess: Guess
    """How it is answered."""
    change: ProposedChange
    """What to do once the sentence is understood."""
    dwell: tuple[Dwell, ...] = ()
    """Where it slows as it plays."""
    spec: Mapping[str, Any]
    """The runs, as the API takes them."""
    window: Sequence[float]
    """The map, x from and to, then y; for a curve the loss from and to."""
    core: bool = False
    """Whether it belongs to the short list."""
    look_at: Literal["map", "loss"] = "map"
    """Where the point is seen: on the map or in the loss chart."""
    count: Literal["steps", "samples", "evaluations"] = "steps"
    """What the loss chart counts: steps, or samples seen, or evaluations, on a logarithmic axis."""


GROUP: Shape = {"group": str, "scenes": list}
SCENE: Shape = {
    "name": str, "title": str, "sentence": str, "more": str, "question": str, "ask": str, "guess": dict, "change": dict,
    "dwell?": list, "spec": dict, "window": list, "core?": bool, "look_at?": str, "count?": str,
}  # fmt: skip


def read_presets(folder: Path = Path(__file__).parent) -> dict[str, Preset]:
    """The scenes of the files of a folder by name, in order. Raises: LessonError, with file and line."""
    presets, expressions = {}, Expressions({})
    for file in sorted(folder.glob("*.yaml")):
        group, source = fields_of(file.read_text(encoding="utf-8"), Source(file), GROUP)
        for index, scene in enumerate(group["scenes"]):
            check(scene, SCENE, source, "scenes", index)
            guess = guess_of(scene["guess"], source, expressions, ("scenes", index, "guess"))
            for name, adapter in PARTS.items():
                try:
                    scene[name] = adapter.validate_python(scene.get(name, ()))
                except ValidationError as fault:
                    error = fault.errors()[0]
                    raise source.fault(error["msg"], "scenes", index, name, *error["loc"]) from None
            presets[scene["name"]] = Preset(**scene | {"group": group["group"], "guess": guess})
    return presets
