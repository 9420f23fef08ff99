"""A lesson and its notes: blocks, numbers that were typed, and what is true of the runs of its figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.course.lessons import Lesson, read_lesson
from app.course.lessons.asking import measure_of
from app.course.lessons.lesson import BLOCK, FENCE, NOTES
from app.course.lessons.marking import MARKS
from app.course.lessons.pieces import AVERAGES, CAUSES, PARTS, VIEWS
from app.course.lessons.values import EXPRESSION, FORMULA, ExpressionError, Expressions, RunValues, Values, runs_of
from fallline.errors import SpecError
from fallline.problems.network import Network
from tests.lesson_check.source import Shape, Source, Way, check, check_one_of, fields_of

FRONT: Shape = {
    "title": str, "part": str, "minutes": int, "deck": list, "question": str, "sources": list, "short?": bool
}  # fmt: skip
FIGURE: Shape = {
    "name": str, "spec": str, "show": list, "controls?": list, "question?": dict, "caption?": str,
    "substep?": str, "then?": list, "rests?": object, "cause?": str, "run?": int,
    "parameter?": str,
    "evidence?": list,
}  # fmt: skip
CHECK: Shape = {"ask": str, "options": list, "show?": dict}
OPTION: Shape = {"text": str, "why": str, "right?": bool, "holds?": str}
MOMENT: Shape = {
    "spec?": str,
    "step?": int,
    "substep?": str,
    "run?": int,
    "parameter?": str,
    "average?": str,
    "after?": str,
}
SHOWN: Shape = {"figure": str, **MOMENT}
TRY: Shape = {"figure": str, "do": str, "look": str, "show?": dict}
BLOCKS: Mapping[str, Shape] = {"figure": FIGURE, "moment": SHOWN, "check": CHECK, "try": TRY}
GUESSES: Mapping[str, Shape] = {
    "place": {"kind": str, "run?": int},
    "run": {"kind": str, "measure?": str, "first?": str},
    "step": {"kind": str, "run?": int, "measure?": str},
    "choice": {"kind": str, "options": dict, "run?": int},
}

PAGES = ("glossary", "teacher", "handouts")
"""What stands beside the lessons at their address; no lesson has such a name."""
OF_NETWORKS, OF_DATA, OF_LINE_FITS = ("network", "prediction", "samples"), ("by_samples", "band"), ("data", "table")
"""What a figure may show of a network alone, of data, and of a line fit."""
MEASURED = "loss, steps, steps_to LOSS, stays LOSS, mean_loss ROWS, away PARAMETER DISTANCE"

_FILE = re.compile(r"(\d\d)_([a-z0-9_]+)\.md")
_FENCED = re.compile(r"^(```|~~~) *(.*)$", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
_YEAR = re.compile(r"(19|20)\d\d")
_LINK = re.compile(r"\]\([^)]*\)")


def check_typed(text: str, given: Collection[float], source: Source, way: Way = ()) -> None:
    """Raises: LessonError, a number is typed that may be a result: a change of the runs would make it wrong.

    Args: given: the numbers that may stand there, such as those of specs; one digit, a year and a formula always may.
    """
    bare = text
    for pattern in (FORMULA, EXPRESSION, _LINK):
        bare = pattern.sub(lambda match: "\n" * match[0].count("\n"), bare)
    for match in re.finditer(r"\{\{|\}\}|\{%", bare):
        line = bare.count("\n", 0, match.start())
        raise source.within(way, line, "an expression is written {{ with a space on either side }}")
    for match in _NUMBER.finditer(bare):
        number = match[0].rstrip(",").replace(",", "")
        if len(number) > 1 and not _YEAR.fullmatch(number) and float(number) not in given:
            line = bare.count("\n", 0, match.start())
            message = f"the number {match[0]} is typed and stands in no spec; write {{{{ an expression }}}}"
            raise source.within(way, line, message)


def values_of(query: str, source: Source, *way: str | int) -> Values:
    """The runs of a query. Raises: LessonError."""
    try:
        return runs_of(query)
    except SpecError as fault:
        raise source.fault("; ".join(each.msg for each in fault.complaints), *way) from None


class Written:
    """What stands below the front matter of a lesson, or below the title of its notes, which speak of its figures."""

    def __init__(self, text: str, source: Source, lesson: Written | None = None) -> None:
        self.source, self.text, self.figures = source, text, dict[str, tuple[dict[str, Any], Values]]()
        self._allowed = ("text", "python") if lesson else (*BLOCKS, "text", "python")
        self.blocks = list(self._blocks())
        for kind, fields, place in self.blocks:
            if kind == "figure":
                if not fields["name"].isidentifier():
                    raise place.fault(f"name must be letters, digits and _; got {fields['name']!r}", "name")
                if fields["name"] in self.figures:
                    raise place.fault("another figure has this name", "name")
                self.figures[fields["name"]] = fields, values_of(fields["spec"], place, "spec")
        values = {name: values for name, (_, values) in self.figures.items()}
        self.expressions: Expressions = lesson.expressions if lesson else Expressions(values)
        specs = re.findall(r"\bspec: *(.*)", text)
        numbers = {float(n) for spec in specs for n in re.findall(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", spec)}
        self.given: set[float] = numbers | (lesson.given if lesson else set())

    def _blocks(self) -> Iterator[tuple[str, dict[str, Any], Source]]:
        for match in list(_FENCED.finditer(self.text))[::2]:
            if match[2] not in ("", *self._allowed):
                message = f"a block is one of {', '.join(self._allowed)}; got {match[2]!r}"
                raise self.source.fault_at(self._line(match.start()), message)
        for match in BLOCK.finditer(self.text):
            place = Source(self.source.file, self.source.line + self._line(match.start(2)))
            yield match[1], *fields_of(match[2], place, BLOCKS[match[1]])

    def _line(self, place: int) -> int:
        return self.text.count("\n", 0, place)

    def check(self) -> None:
        """Raises: LessonError."""
        prose = BLOCK.sub(lambda match: "\n" * match[0].count("\n"), self.text)
        check_typed(prose, self.given, self.source)
        for match in EXPRESSION.finditer(prose):
            self._filled(match[0], self.source, (), prose.count("\n", 0, match.start()))
        if heading := re.search(r"^# ", prose, re.MULTILINE):
            message = "a heading of a section is ## or smaller; the title is in the front"
            raise self.source.fault_at(prose.count("\n", 0, heading.start()), message)
        for kind, fields, place in self.blocks:
            getattr(self, f"_check_{kind}")(fields, place)

    def _said(self, fields: Mapping[str, Any], source: Source, *way: str | int) -> None:
        text = fields.get(str(way[-1]), "")
        check_typed(text, self.given, source, way)
        self._filled(text, source, way)

    def _filled(self, text: str, source: Source, way: Way, line: int = 0) -> None:
        try:
            self.expressions.filled(text)
        except ExpressionError as fault:
            raise source.within(way, line, str(fault)) from None

    def _check_figure(self, fields: dict[str, Any], source: Source) -> None:
        values = self.figures[fields["name"]][1]
        of_network, has_data = isinstance(values.objective, Network), values.plan.on_data
        for index, name in enumerate(fields["show"]):
            check_one_of(name, VIEWS, source, "show", index)
            if name in OF_LINE_FITS and (of_network or not has_data):
                raise source.fault(
                    f"{name} is there for a line fit; a network has prediction and samples", "show", index
                )
            if name in OF_DATA and not has_data:
                raise source.fault(f"{name} is there for a line fit or a network only", "show", index)
            if name in OF_NETWORKS and not of_network:
                raise source.fault(f"{name} is there for a network only", "show", index)
        if {"map", "network"} <= set(fields["show"]):
            raise source.fault("a figure shows a network or the map of its loss, in one place", "show")
        known = {str(run): names for run, names in enumerate(settable(values))}
        for index, control in enumerate(fields.get("controls", ())):
            run, _, name = str(control).partition(".")
            check_one_of(run, known, source, "controls", index)
            check_one_of(name, known[run], source, "controls", index)
        self._said(fields, source, "caption")
        self._check_substep(fields.get("substep"), values, source, "substep")
        if fields.get("then") and "substep" not in fields:
            raise source.fault("then is there with a substep only", "then")
        for index, after in enumerate(fields.get("then", ())):
            self._check_substep(after, values, source, "then", index)
        if "question" in fields:
            self._check_question(fields["question"], values, source)
        self._check_rests(fields, values, source)
        check_cause(fields, source)
        check_explained(fields, values, source)
        check_evidence(fields.get("evidence", ()), source)

    def _check_rests(self, fields: Mapping[str, Any], values: Values, source: Source) -> None:
        rests, last = fields.get("rests"), max(len(run.loss) for run in values.runs) - 1
        if rests is None:
            return
        if "question" not in fields:
            raise source.fault("rests is there for a figure with a question only", "rests")
        if isinstance(rests, str):
            self._check_substep(rests, values, source, "rests")
        elif type(rests) is not int:
            raise source.fault(f"rests must be a step or a substep, got {rests!r}", "rests")
        elif not 0 <= rests <= last:
            raise source.fault(f"rests must be a step from 0 to {last}; got {rests}", "rests")

    def _check_substep(self, substep: object, values: Values, source: Source, *way: str | int) -> None:
        """Where within a step a figure rests is named as in `static/page/state/networkStep.ts`."""
        if substep is None:
            return
        network = values.plan.problem.objective
        if not isinstance(network, Network):
            raise source.fault("substep is there for a network only", *way)
        layers = list(enumerate(network.layers, 1))
        forward = [f"forward-{number}-{neuron + 1}" for number, layer in layers for neuron in range(layer.neurons)]
        backward = [f"backward-{number}" for number, _ in reversed(layers)]
        check_one_of(substep, [*forward, "error", *backward, "update"], source, *way)

    def _check_question(self, fields: dict[str, Any], values: Values, source: Source) -> None:
        check_guess(fields, source, ("question",), {"ask": str})
        self._said(fields, source, "question", "ask")
        kind, blocks = fields["kind"], values.blocks
        if kind != "run":
            check_one_of(fields.get("run", 0), range(len(blocks)), source, "question", "run")
        if kind == "place" and len(blocks[0].parameters) > 2:
            raise source.fault("place is for a problem with one parameter or two", "question", "kind")
        if kind == "choice":
            self._check_choice(fields["options"], values, source)
        measured = kind != "step" or measure_of(fields.get("measure", "steps")).of(blocks[fields.get("run", 0)])
        if measured is None:
            raise source.fault("the run never comes to that loss", "question", "measure")

    def _check_choice(self, options: Mapping[str, str], values: Values, source: Source) -> None:
        runs = list(map(RunValues, values.blocks))
        try:
            true = [option for option, holds in options.items() if self.expressions.holds(holds, runs=runs)]
        except ExpressionError as fault:
            raise source.fault(str(fault), "question", "options") from None
        if len(true) != 1:
            raise source.fault(f"exactly one option must be true, and these are: {true}", "question", "options")
        for option in options:
            check_typed(option, self.given, source, ("question", "options", option))

    def _check_check(self, fields: dict[str, Any], source: Source) -> None:
        for index, option in enumerate(fields["options"]):
            way = ("options", index)
            check(option, OPTION, source, *way)
            right = option.get("right", False)
            for key in ("text", "why"):
                check_typed(option[key], self.given, source, (*way, key))
                self._filled(option[key], source, (*way, key))
            if "holds" in option:
                try:
                    held = self.expressions.holds(option["holds"])
                except ExpressionError as fault:
                    raise source.fault(str(fault), *way, "holds") from None
                if held is not right:
                    message = f"holds is {str(held).lower()}, and right is {str(right).lower()}"
                    raise source.fault(message, *way, "holds")
        right = [index for index, option in enumerate(fields["options"]) if option.get("right")]
        if len(right) != 1 or len(fields["options"]) < 2:
            message = f"two options or more, exactly one with right: true; got {len(right)}"
            raise source.fault(message, "options", *right[-1:])
        self._said(fields, source, "ask")
        if "show" in fields:
            check(fields["show"], SHOWN, source, "show")
            self._check_shown(fields["show"], source, "show")

    def _check_moment(self, fields: dict[str, Any], source: Source) -> None:
        """Text above a question stands beside the figure as it asks."""
        self._check_shown(fields, source)
        asked = {figure["name"]: place for _, figure, place in self.blocks if "question" in figure}
        place = asked.get(fields["figure"])
        if place and place.line > source.line and (fields.get("step") != 0 or "spec" in fields):
            raise source.fault(
                "asks below, and shows until then step 0 of its own runs alone",
                "step" if "step" in fields else "figure",
            )
        first = next(block for block in self.blocks if block[0] == "figure")
        name = first[1]["name"]
        if source.line < first[2].line and "question" in first[1] and fields["figure"] != name:
            raise source.fault(
                f"on the first screen the question of {name} is in view, and must be its figure", "figure"
            )

    def _check_shown(self, shown: Mapping[str, Any], source: Source, *way: str) -> None:
        check_one_of(shown["figure"], self.figures, source, *way, "figure")
        own = self.figures[shown["figure"]][1]
        values = values_of(shown["spec"], source, *way, "spec") if "spec" in shown else own
        step, last = shown.get("step", 0), max(len(run.loss) for run in values.runs) - 1
        if not 0 <= step <= last:
            raise source.fault(f"step must be from 0 to {last}; got {step}", *way, "step")
        self._check_substep(shown.get("substep"), own, source, *way, "substep")
        if "run" in shown:
            check_one_of(shown["run"], range(len(values.blocks)), source, *way, "run")
        if "parameter" in shown:
            check_one_of(shown["parameter"], own.plan.problem.parameters, source, *way, "parameter")
        if "average" in shown:
            if "average" not in self.figures[shown["figure"]][0]["show"]:
                raise source.fault("average is there for a figure that shows one", *way, "average")
            check_one_of(shown["average"], AVERAGES, source, *way, "average")
        if "after" in shown:
            asked = [each["name"] for _, each, place in self.blocks if "question" in each and place.line < source.line]
            check_one_of(shown["after"], asked, source, *way, "after")

    def _check_try(self, fields: dict[str, Any], source: Source) -> None:
        """Its values to set are typed, they are no results."""
        check_one_of(fields["figure"], self.figures, source, "figure")
        self._filled(fields["do"], source, ("do",))
        self._said(fields, source, "look")
        if "show" in fields:
            check(fields["show"], MOMENT, source, "show")
            self._check_shown({"figure": fields["figure"], **fields["show"]}, source, "show")


def check_cause(figure: Mapping[str, Any], source: Source) -> None:
    """Raises: LessonError, the picture of *Why* is none of them, or *Why* is not shown."""
    if "cause" not in figure:
        return
    if "why" not in figure["show"]:
        raise source.fault("cause is there for a figure that shows why", "cause")
    check_one_of(figure["cause"], CAUSES, source, "cause")


def check_explained(figure: Mapping[str, Any], values: Values, source: Source) -> None:
    """Raises: LessonError, it has no such run, or its runs no such parameter."""
    if "run" in figure:
        check_one_of(figure["run"], range(len(values.blocks)), source, "run")
    if "parameter" in figure:
        check_one_of(figure["parameter"], values.plan.problem.parameters, source, "parameter")


def check_evidence(evidence: Iterable[Mapping[str, Any]], source: Source, way: Way = ()) -> None:
    """Raises: LessonError, there is no such kind of mark. Args: way: to the scene, or the figure."""
    for index, mark in enumerate(evidence):
        check_one_of(mark.get("kind"), MARKS, source, *way, "evidence", index)


def settable(values: Values) -> list[tuple[str, ...]]:
    """Of each run, what a slider may set."""
    plan = values.plan
    of_data = ("batch_size",) if plan.on_data else ()
    return [
        (*choice.params, *(f"schedule.{name}" for name in choice.schedule.values), *of_data)
        for choice in plan.spec.optimizers
    ]


def check_guess(fields: Any, source: Source, way: Way, beside: Shape) -> None:
    """Check the guess of a question. Raises: LessonError. Args: beside: what stands there with it."""
    check_one_of(fields.get("kind"), GUESSES, source, *way, "kind")
    check(fields, {**beside, **GUESSES[fields["kind"]]}, source, *way)
    if fields["kind"] == "choice":
        check(fields["options"], dict.fromkeys(fields["options"], str), source, *way, "options")
    check_one_of(fields.get("first", "least"), ("least", "most"), source, *way, "first")
    if "measure" in fields:
        try:
            measure_of(fields["measure"])
        except (KeyError, ValueError, TypeError):
            message = f"must be one of {MEASURED}; got {fields['measure']!r}"
            raise source.fault(message, *way, "measure") from None


def check_lesson(file: Path) -> Lesson:
    """The lesson of a file, with its notes, that has no fault. Raises: LessonError."""
    named, whole = _FILE.fullmatch(file.name), file.read_text(encoding="utf-8")
    if not named or named[2] in PAGES:
        message = f"a lesson is called NN_name.md, its name in lower case, digits and _, and none of {', '.join(PAGES)}"
        raise Source(file).fault(message)
    if not whole.startswith(FENCE) or whole.count(FENCE) < 2:
        raise Source(file).fault("begins with its front matter between two lines of ---")
    _, front, text = whole.split(FENCE, 2)
    fields, source = fields_of(front, Source(file, 2), FRONT)
    check_one_of(fields["part"], PARTS, source, "part")
    written = Written(text, Source(file, 3 + front.count("\n")))
    written.check()
    notes = file.with_name(file.stem + NOTES)
    if notes.exists():
        title, _, below = notes.read_text(encoding="utf-8").partition("\n")
        if not title.startswith("# "):
            raise Source(notes).fault("begins with its title, behind #")
        Written(below, Source(notes, 2), written).check()
    lesson = read_lesson(file)
    lesson.read()
    return lesson
