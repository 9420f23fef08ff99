"""The blocks of a lesson: a figure with its question, a check, something to try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.course.lessons.faults import Source
from app.course.lessons.fields import Shape, check, check_one_of, fields_of
from app.course.lessons.guesses import guess_of
from app.course.lessons.markdown import inline
from app.course.lessons.parts import (
    OF_DATA,
    OF_LINE_FITS,
    OF_NETWORKS,
    VIEWS,
    Check,
    Figure,
    Option,
    Question,
    Shown,
    Try,
)
from app.course.lessons.values import ExpressionError, Expressions, Reader, Values, View, printed
from app.course.questions import ChoiceGuess, PlaceGuess, StepGuess
from fallline.drawing import LossCurve, loss_chart, with_ids
from fallline.problems.network import Network

FIGURE: Shape = {
    "name": str, "spec": str, "show": list, "controls?": list, "question?": dict, "caption?": str,
    "substep?": str, "then?": list, "rests?": object,
}  # fmt: skip
CHECK: Shape = {"ask": str, "options": list, "show?": dict}
OPTION: Shape = {"text": str, "why": str, "right?": bool, "holds?": str}
SHOWN: Shape = {"figure": str, "spec?": str, "step?": int, "substep?": str}
TRY: Shape = {"figure": str, "do": str, "look": str}
CHART = (860, 320)
"""Width and height of a chart, in pixels."""
MOST_PARAMETERS = 2
"""Of a problem with places to point at."""

Text = Callable[[str, Source, Any], str]
"""Fills in the text at a way, and sees to it that no number of it was typed. Raises: LessonError."""


class FigureBlock:
    """A figure as it is written, with its runs; `figure` is what is shown of it."""

    def __init__(self, text: str, source: Source, read: Reader) -> None:
        self.fields, self.source = fields_of(text, source, FIGURE)
        self.name, self.spec = self.fields["name"], self.fields["spec"]
        if not self.name.isidentifier():
            raise self.source.fault(f"name must be letters, digits and _; got {self.name!r}", "name")
        self.view = view_of(self.spec, read, self.source, "spec")
        self.values = Values(self.view)

    def figure(self, expressions: Expressions, text: Text) -> Figure:
        """The figure, its question answered. Raises: LessonError."""
        fields, source, view = self.fields, self.source, self.view
        for index, name in enumerate(fields["show"]):
            check_one_of(name, VIEWS, source, "show", index)
            if name in OF_LINE_FITS and (self.of_network or not view.has_data):
                message = f"{name} is there for a line fit; a network has prediction and samples"
                raise source.fault(message, "show", index)
            if name in OF_DATA and not view.has_data:
                raise source.fault(f"{name} is there for a line fit or a network only", "show", index)
            if name in OF_NETWORKS and not self.of_network:
                raise source.fault(f"{name} is there for a network only", "show", index)
        if {"map", "network"} <= set(fields["show"]):
            raise source.fault("a figure shows a network or the map of its loss, in one place", "show")
        controls = tuple(self._control(name, index) for index, name in enumerate(fields.get("controls", ())))
        question = self._question(expressions, text) if "question" in fields else None
        caption = inline(text(fields.get("caption", ""), source, ("caption",)))
        substep = self.substep(fields, source, "substep")
        then = fields.get("then", [])
        if then and substep is None:
            raise source.fault("then is there with a substep only", "then")
        for index, after in enumerate(then):
            self._check_substep(after, source, "then", index)
        return Figure(
            self.name, self.spec, tuple(fields["show"]), controls, question, caption,
            substep, tuple(then), self._rests(question), self._chart(),
        )  # fmt: skip

    def _rests(self, question: Question | None) -> int | str | None:
        """The step, or the substep, at which it rests once its question is answered. Raises: LessonError."""
        rests = self.fields.get("rests")
        if rests is not None and question is None:
            raise self.source.fault("rests is there for a figure with a question only", "rests")
        if isinstance(rests, str):
            return self.substep(self.fields, self.source, "rests")
        if rests is not None and type(rests) is not int:
            raise self.source.fault(f"rests must be a step or a substep, got {rests!r}", "rests")
        last = max(len(run.loss) for run in self.values.runs) - 1
        if rests is not None and not 0 <= rests <= last:
            raise self.source.fault(f"rests must be a step from 0 to {last}; got {rests}", "rests")
        return rests

    def substep(self, fields: Mapping[str, Any], source: Source, *way: str) -> str | None:
        """Where within a step a figure rests, as `static/page/state/substep.ts` names it. Raises: LessonError."""
        substep: str | None = fields.get(way[-1])
        if substep is not None:
            self._check_substep(substep, source, *way)
        return substep

    def _check_substep(self, substep: object, source: Source, *way: str | int) -> None:
        network = self.view.runs[0].problem.objective
        if not isinstance(network, Network):
            raise source.fault("substep is there for a network only", *way)
        layers = list(enumerate(network.layers, 1))
        forward = [f"forward-{number}-{neuron + 1}" for number, layer in layers for neuron in range(layer.neurons)]
        backward = [f"backward-{number}" for number, _ in reversed(layers)]
        check_one_of(substep, [*forward, "error", *backward, "update"], source, *way)

    @property
    def of_network(self) -> bool:
        """Whether its runs train a network."""
        return self.view.runs[0].problem.kind == "network"

    def _chart(self) -> str:
        if not self.of_network or "map" in self.fields["show"]:
            return ""
        curves = zip(self.view.routes, self.values.blocks, strict=True)
        chart = loss_chart([LossCurve(route, block.loss, block.end) for route, block in curves if block.end], *CHART)
        return with_ids(chart, f"{self.name}-")

    def _control(self, control: object, index: int) -> tuple[int, str]:
        run, _, name = str(control).partition(".")
        known = {str(run): names for run, names in enumerate(self.view.hyperparameters)}
        check_one_of(run, known, self.source, "controls", index)
        check_one_of(name, known[run], self.source, "controls", index)
        return int(run), name

    def _question(self, expressions: Expressions, text: Text) -> Question:
        fields, source, blocks = self.fields["question"], self.source, self.values.blocks
        guess = guess_of(fields, source, expressions, ("question",), {"ask": str})
        if isinstance(guess, PlaceGuess | StepGuess):
            check_one_of(guess.run, range(len(blocks)), source, "question", "run")
        if isinstance(guess, PlaceGuess) and len(blocks[guess.run].parameters) > MOST_PARAMETERS:
            raise source.fault("place is for a problem with one parameter or two", "question", "kind")
        if isinstance(guess, ChoiceGuess):
            options = guess.options.items()
            guess = ChoiceGuess({text(it, source, ("question", "options", it)): holds for it, holds in options})
        try:
            answered = guess.answered(blocks)
        except ExpressionError as fault:
            raise source.fault(str(fault), "question", "options") from None
        except ValueError:
            true = [option for option, holds in options if holds(blocks)]
            message = f"exactly one option must be true, and these are: {true}"
            raise source.fault(message, "question", "options") from None
        if answered["answer"] is None:
            raise source.fault("the run never comes to that loss", "question", "measure")
        return Question(text(fields["ask"], source, ("question", "ask")), answered, self._said(answered))

    def _said(self, answered: Mapping[str, Any]) -> str:
        kind, answer, names = answered["kind"], answered["answer"], self.view.names
        if kind == "place":
            return f"{names[answered['run']]} ends at {printed(answer, 3)}."
        if kind == "step":
            return f"{printed(answer)} steps."
        return f"{names[answer] if kind == 'run' else answered['options'][answer]}."


def check_of(
    content: str, source: Source, expressions: Expressions, figures: Mapping[str, FigureBlock], text: Text, read: Reader
) -> Check:
    """A check. Raises: LessonError."""
    fields, source = fields_of(content, source, CHECK)
    for index, option in enumerate(fields["options"]):
        check(option, OPTION, source, "options", index)
        if "holds" in option:
            right, way = option.get("right", False), ("options", index, "holds")
            try:
                held = expressions.holds(option["holds"])
            except ExpressionError as fault:
                raise source.fault(str(fault), *way) from None
            if held is not right:
                raise source.fault(f"holds is {str(held).lower()}, and right is {str(right).lower()}", *way)
    right = [index for index, option in enumerate(fields["options"]) if option.get("right")]
    if len(right) != 1 or len(fields["options"]) < 2:
        message = f"two options or more, exactly one with right: true; got {len(right)}"
        raise source.fault(message, "options", *right[-1:])
    shown = None
    if "show" in fields:
        check(fields["show"], SHOWN, source, "show")
        it = fields["show"]
        check_one_of(it["figure"], figures, source, "show", "figure")
        if "spec" in it:
            view_of(it["spec"], read, source, "show", "spec")
        substep = figures[it["figure"]].substep(it, source, "show", "substep")
        shown = Shown(it["figure"], it.get("spec"), it.get("step"), substep)

    def said(index: int, key: str) -> str:
        return inline(text(fields["options"][index][key], source, ("options", index, key)))

    options = tuple(
        Option(said(index, "text"), said(index, "why"), each.get("right", False))
        for index, each in enumerate(fields["options"])
    )
    return Check(inline(text(fields["ask"], source, ("ask",))), options, shown)


def try_of(
    content: str, source: Source, expressions: Expressions, figures: Mapping[str, FigureBlock], text: Text
) -> Try:
    """Something to try; its values to set are typed, they are no results. Raises: LessonError."""
    fields, source = fields_of(content, source, TRY)
    check_one_of(fields["figure"], figures, source, "figure")
    try:
        do = expressions.filled(fields["do"])
    except ExpressionError as fault:
        raise source.fault(str(fault), "do") from None
    return Try(fields["figure"], inline(do), inline(text(fields["look"], source, ("look",))))


def view_of(spec: str, read: Reader, source: Source, *way: str | int) -> View:
    """The runs of a spec. Raises: LessonError."""
    try:
        return read(spec)
    except ValueError as fault:
        raise source.fault(str(fault), *way) from None
