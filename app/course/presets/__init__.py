"""Scenes that each show one thing, with a sentence that is true of the runs they open: the YAML files beside this."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from app.course.lessons.asking import QUESTIONS, answered, change_answered
from app.course.lessons.evidence import Evidence
from app.course.lessons.lesson import loaded, naming, title_of_lesson
from app.course.lessons.marking import Marking
from app.course.lessons.values import Expressions
from app.course.questions import CHANGE, DWELL, TELLING, ChoiceGuess, Dwell, Guess, ProposedChange, Telling
from fallline.descent import Block
from fallline.drawing.number_text import with_minus
from fallline.in_parts import whole
from fallline.limits import UNLIMITED
from fallline.spec.models import Spec
from fallline.spec.plan import Plan, planning
from fallline.spec.query import spec_to_query


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
    why: str
    """The cause that answers its question, in one sentence, true of its runs as they are prepared."""
    question: str
    """One line that can be answered before it runs, with nothing of the answer in it or in the title."""
    about: str
    """What is to be seen; the beginning of what it asks."""
    task: str
    """How to answer; the end of what it asks. Without it, the task of its kind of question."""
    guess: Mapping[str, Any]
    """How it is answered."""
    change: ProposedChange
    """What to do once the sentence is understood."""
    then: str
    """What that leads to, where the run that it changes stands as `{it}` or `{its}`."""
    change_guess: Mapping[str, str]
    """What its change may do: texts to choose from, each with its condition on the `runs` then and those `before`."""
    telling: Telling
    """Where what explains a step opens, once it has run."""
    dwell: tuple[Dwell, ...] = ()
    """Where it slows as it plays."""
    spec: Mapping[str, Any]
    """The runs, as the API takes them."""
    window: Sequence[float]
    """The map, x from and to, then y; for a curve the loss from and to."""
    evidence: Sequence[Mapping[str, Any]] = ()
    """What of the sentence is marked in the picture, and how."""
    changed_evidence: Sequence[Mapping[str, Any]] = ()
    """What of that to which its change leads is marked besides, of the runs as they are then."""
    lesson: str | None = None
    """The name of the lesson on what it shows; None if there is none."""
    words: Sequence[str] = ()
    """Words by which readers may look for it, besides those of its title and its question."""
    core: bool = False
    """Whether it belongs to the short list."""
    look_at: Literal["map", "loss"] = "map"
    """Where the point is seen: on the map or in the loss chart."""
    seeds: bool = False
    """Whether the loss chart shows where runs with other seeds lie."""
    ends: bool = False
    """Whether the map is tinted by where each start ends."""
    explanation: Literal["why"] | None = None
    """What the page opens for it on request, once its sentence is told."""
    cause: Literal["states"] | None = None
    """What *Why* draws first: the states of its rules, where these are the cause; None for curvature."""
    count: Literal["steps", "samples", "evaluations"] = "steps"
    """What the loss chart counts: steps, or samples seen, or evaluations, on a logarithmic axis."""

    @property
    def ask(self) -> str:
        """What is to be seen, and how to answer."""
        return f"{self.about} {self.task}".rstrip()

    @property
    def changed_sentence(self) -> str:
        """What its change leads to, as a sentence of its own; a run that is the only one of its name has that name."""
        runs = self.plan.spec.optimizers
        changed = None if self.change.control.run is None else runs[self.change.control.run]
        named = changed and not changed.label and [run.display_name for run in runs].count(changed.title) == 1
        text = _with_run(self.then, changed.title if changed and named else None)
        word = text.partition(" ")[0]
        return text if len(word) == 1 and word != "a" else text[0].upper() + text[1:]

    @property
    def lesson_title(self) -> str | None:
        """The title of that lesson."""
        return None if self.lesson is None else title_of_lesson(self.lesson)

    @property
    def query(self) -> str:
        """The query of the page that shows it."""
        window = ",".join(f"{value:g}" for value in self.window)
        return f"{spec_to_query(Spec.model_validate(self.spec))}&window={window}"

    @cached_property
    def plan(self) -> Plan:
        """What it runs."""
        return _plan(self.spec)

    @cached_property
    def answered(self) -> Guess:
        """Its guess, with the answer that its runs give."""
        return self._of_its_runs[0]

    @cached_property
    def marked(self) -> list[Evidence]:
        """Its evidence, as marks."""
        return self._of_its_runs[1]

    @cached_property
    def _of_its_runs(self) -> tuple[Guess, list[Evidence]]:
        """What is worked out of its runs, which are not kept."""
        runs = [run.whole() for run in self.plan.runs]
        return answered(self.guess, runs, Expressions()), self._marks(self.plan, runs, self.evidence)

    @cached_property
    def change_answered(self) -> ChoiceGuess:
        """What its change may do, with what it does."""
        return self._of_changed_runs[0]

    @cached_property
    def marked_after(self) -> list[Evidence]:
        """The evidence of its change, as marks."""
        return self._of_changed_runs[1]

    @cached_property
    def _of_changed_runs(self) -> tuple[ChoiceGuess, list[Evidence]]:
        plan, before = _plan(self._changed_spec), [run.whole() for run in self.plan.runs]
        runs = [run.whole() for run in plan.runs]
        return change_answered(self.change_guess, runs, before), self._marks(plan, runs, self.changed_evidence)

    @property
    def _changed_spec(self) -> Mapping[str, Any]:
        """Its spec with the change made."""
        spec, control = deepcopy(dict(self.spec)), self.change.control
        values = spec if control.run is None else spec["optimizers"][control.run]
        *outer, param = control.param.split(".")
        for key in outer:
            values = values[key]
        values[param] = control.value
        return spec

    def _marks(self, plan: Plan, runs: Sequence[Block], declared: Sequence[Mapping[str, Any]]) -> list[Evidence]:
        x_from, x_to, y_from, y_to = self.window
        marking = Marking(plan, runs, [(x_from, x_to), (y_from, y_to)])
        return [mark for each in declared for mark in marking.marks(each)]


def _plan(spec: Mapping[str, Any]) -> Plan:
    return whole(planning(Spec.model_validate(spec), UNLIMITED))


def _with_run(then: str, name: str | None) -> str:
    """A text with the name of the run that it is about, or with "it"."""
    its = "its" if name is None else f"{name}’{'' if name.endswith('s') else 's'}"
    return then.format(it=name or "it", its=its)


def read_presets() -> dict[str, Preset]:
    """The scenes of the files beside this one by name, in order; `tests/lesson_check` finds what is wrong with one."""
    presets: dict[str, Preset] = {}
    for file in sorted(Path(__file__).parent.glob("*.yaml")):
        with naming(file):
            group = loaded(file.read_text(encoding="utf-8"))
            presets |= {scene["name"]: _preset(scene, group["group"]) for scene in group["scenes"]}
    return presets


def _preset(scene: Mapping[str, Any], group: str) -> Preset:
    said = {name: with_minus(scene[name]) for name in ("sentence", "more", "why", "question", "about")}
    then = scene["change"]["then"]
    built = {
        "task": scene.get("task", QUESTIONS[scene["guess"]["kind"]].task),
        "then": then,
        "change": CHANGE.validate_python({**scene["change"], "then": _with_run(then, None)}),
        "telling": TELLING.validate_python(scene["telling"]),
        "dwell": DWELL.validate_python(scene.get("dwell", ())),
    }
    return Preset(**{**scene, **said, **built, "group": group})


PRESETS = read_presets()

OPENING = PRESETS["opening"].query
"""The query that the address of a page without one stands for."""
