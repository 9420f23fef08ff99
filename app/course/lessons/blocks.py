"""The blocks of a lesson: a figure with its question, a check, something to try."""

from app.course.lessons.asking import Fields, answer_text, answered
from app.course.lessons.markdown import inline
from app.course.lessons.marking import Marking
from app.course.lessons.pieces import Check, Figure, Option, Question, Shown, Try
from app.course.lessons.values import Expressions, Values
from fallline.drawing import LossCurve, loss_chart, with_ids
from fallline.problems.network import Network

CHART = (860, 320)
"""Width and height of a chart, in pixels."""


def figure_of(fields: Fields, values: Values, expressions: Expressions) -> Figure:
    """The figure, its question answered by its runs."""
    marking = Marking(values.plan, values.blocks, values.window, expressions)
    return Figure(
        name=fields["name"],
        spec=fields["spec"],
        show=tuple(fields["show"]),
        controls=tuple(map(_control, fields.get("controls", ()))),
        question=_question(fields["question"], values, expressions) if "question" in fields else None,
        caption=inline(expressions.filled(fields.get("caption", ""))),
        substep=fields.get("substep"),
        then=tuple(fields.get("then", ())),
        rests=fields.get("rests"),
        cause=fields.get("cause"),
        run=fields.get("run"),
        parameter=parameter_of(fields, values) if "parameter" in fields else 0,
        chart=_chart(fields, values),
        evidence=tuple(mark for each in fields.get("evidence", ()) for mark in marking.marks(each)),
    )


def _control(control: object) -> tuple[int, str]:
    run, _, name = str(control).partition(".")
    return int(run), name


def _question(fields: Fields, values: Values, expressions: Expressions) -> Question:
    guess = vars(answered(fields, values.blocks, expressions))
    return Question(expressions.filled(fields["ask"]), guess, answer_text(guess, values.names))


def _chart(fields: Fields, values: Values) -> str:
    """The loss of the runs of a network, where there is no map."""
    if "map" in fields["show"] or not isinstance(values.objective, Network):
        return ""
    runs = zip(values.routes, values.blocks, strict=True)
    curves = [LossCurve(route, block.loss, block.end) for route, block in runs if block.end]
    return with_ids(loss_chart(curves, *CHART), f"{fields['name']}-")


def check_of(fields: Fields, expressions: Expressions) -> Check:
    """A check."""
    said = [{key: inline(expressions.filled(option[key])) for key in ("text", "why")} for option in fields["options"]]
    options = tuple(
        Option(**texts, right=option.get("right", False)) for texts, option in zip(said, fields["options"], strict=True)
    )
    shown = shown_of(fields["show"], expressions) if "show" in fields else None
    return Check(inline(expressions.filled(fields["ask"])), options, shown)


def try_of(fields: Fields, expressions: Expressions) -> Try:
    """Something to try."""
    do, look = (inline(expressions.filled(fields[key])) for key in ("do", "look"))
    shown = shown_of({"figure": fields["figure"], **fields["show"]}, expressions) if "show" in fields else None
    return Try(fields["figure"], do, look, shown)


def shown_of(fields: Fields, expressions: Expressions) -> Shown:
    """What a figure moves to. Raises: ValueError: its runs have no such parameter."""
    named = dict(fields)
    if "parameter" in named:
        named["parameter"] = parameter_of(named, expressions.figures[named["figure"]])
    return Shown(**named)


def parameter_of(fields: Fields, values: Values) -> int:
    """The index of the parameter that is named there. Raises: ValueError: the runs have none of this name."""
    return values.plan.problem.parameters.index(fields["parameter"])
