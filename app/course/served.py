"""The lessons as they are served: their specs read as those of the page's address are."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qsl

from app.course.lessons import FOLDER, Entry, Lesson, Statement, View, read_glossary, read_lessons, read_statements
from app.course.presets import PRESETS
from app.server.settings import Settings
from fallline.errors import SpecError, complaints
from fallline.in_parts import whole
from fallline.pictures import routes_of
from fallline.spec.models import Spec
from fallline.spec.page import check_shown, page_keys, validated_query
from fallline.spec.plan import planning
from fallline.spec.query import place_in, query_to_spec


@cache
def lessons() -> dict[str, Lesson]:
    """All lessons by name, in order. Raises: LessonError."""
    return read_lessons(view_of_query)


@cache
def statements() -> list[Statement]:
    """What the deck says, each with the lesson that carries it. Raises: LessonError."""
    return read_statements(lessons(), FOLDER)


@cache
def glossary() -> list[Entry]:
    """What every word means, by the alphabet. Raises: LessonError."""
    return read_glossary(lessons(), PRESETS, view_of_query)


def view_of_query(query: str) -> View:
    """The runs of an address of the page. Raises: ValueError."""
    pairs = parse_qsl(query, keep_blank_values=True)
    try:
        plan = whole(planning(validated_query(Spec, query_to_spec(pairs)), "query", Settings().limits))
        page = page_keys(pairs)
        check_shown(page, plan.problem, plan.spec.optimizers)
    except SpecError as fault:
        given = {key for key, _ in pairs}
        raise ValueError("; ".join(each.msg for each in complaints(fault, place_in(given)))) from None
    window = [(low, high) for low, high in page.window or plan.problem.domain][: len(plan.problem.parameters)]
    of_data = ("batch_size",) if plan.on_data else ()
    settable = [
        (*choice.params, *(f"schedule.{name}" for name in choice.schedule.values), *of_data)
        for choice in plan.spec.optimizers
    ]
    return View(routes_of(plan, None), settable, plan.on_data, window)
