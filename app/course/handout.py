"""The hand-out of a view: the questions to a class on the front, and the answers of the runs overleaf."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import orjson

from app.course.lessons import Figure, Lesson
from app.course.lessons.asking import QUESTIONS, answer_text
from app.course.presets import OPENING, PRESETS, Preset
from app.course.questions import EQUAL
from fallline.descent import End
from fallline.descent.stops import SENTENCES
from fallline.drawing import (
    Canvas,
    LossCurve,
    Route,
    Scene,
    loss_chart,
    network_diagram,
    picture_in_parts,
    value_text,
    with_ids,
)
from fallline.drawing.network_diagram import LOWERED
from fallline.drawing.number_text import place_text
from fallline.errors import SpecError, known_names
from fallline.in_parts import InParts
from fallline.limits import Limits
from fallline.pictures import routes_of, scene_of
from fallline.problems.network import Network, activation_name, neuron_name
from fallline.sentences import sentence
from fallline.spec.models import MAP_PARAMETERS, LandscapeSpec, Spec
from fallline.spec.page import PageKeys, check_shown, read_keys
from fallline.spec.plan import Plan, planning
from fallline.spec.query import Pairs, query_to_landscape, query_to_spec
from fallline.working.network_working import sample_values

PRESET = "preset"
"""The key that names a preset; it stands in place of all other keys."""

FRONT, OVERLEAF, WITH_CHECKS = (480, 290), (440, 210), (480, 190)
"""The heights of map and chart in pixels: on the front, overleaf, and on a front that also has checks. A chart without
a map takes the height of both. On the sheet, both shrink as far as the text requires."""
WIDTH = 800
HIGHER_FRONT, HIGHER_OVERLEAF = 160, 80
"""How many pixels higher than that a map may be, to be no wider than its window; overleaf text leaves less room."""
FRAME = (72, 170)
"""About how many pixels of a map are not ground, in width and height."""
DIGITS = 4

RULES = (
    "A run stops after {max_steps:step|steps} at the latest", ", or once every step is below {min_step_size}",
    ", or at loss {target_loss}", ".",
)  # fmt: skip
_ONE = (
    {"kind": "loss", "question": "What will the loss be after the last step?", "ask": "Give a number."},
    {"kind": "place", "question": "Where will the run be after its last step?", "ask": "Point at the place."},
)
_SEVERAL = (
    {"kind": "run", "question": "Which run has the lowest loss after its last step?", "ask": "Choose one."},
    {
        "kind": "run",
        "question": "Where will each run be after its last step? Which has the lowest loss then?",
        "ask": "Mark the places on the map with the names of the runs, and choose one.",
    },
)
"""The questions about one run and about several, for a view that is no preset: without a map, and with one."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A finished run: its loss curve, and the point at which it ended."""

    curve: LossCurve
    at: Sequence[float]

    @property
    def name(self) -> str:
        """The name of the run, with the details that distinguish it from the other runs."""
        return self.curve.route.whole_name

    @property
    def loss(self) -> float:
        """The loss at the end of the run."""
        return float(self.curve.loss[-1])


def pairs_of_view(pairs: Pairs) -> Pairs:
    """Return the keys and values of the view whose hand-out an address asks for. Raises: SpecError."""
    fields = dict(pairs)
    if PRESET not in fields:
        return pairs or parse_qsl(OPENING)
    for other, text in pairs:
        if other != PRESET:
            raise SpecError("both_given", ("query", other), text, other=f"{PRESET}=")
    if len(pairs) > 1:
        raise SpecError("duplicate", ("query", PRESET), pairs[1][1])
    name = fields[PRESET]
    if name not in PRESETS:
        raise SpecError("unknown_name", ("query", PRESET), name, what="scene", **known_names(name, PRESETS))
    return parse_qsl(PRESETS[name].query)


NETWORK = 800, 330
"""Width and height of the diagram of a network, in pixels."""
DIGITS_OF_A_NEURON = 3
TO_FILL = {
    True: "First z: the bias, and what comes in, each times its weight. Then a: what the curve makes of z.",
    False: "Begin at the output. δ is the slope times what comes from the right: each δ there times its weight.",
}
"""The instruction how to fill in the values: in the forward pass, and in the backward pass."""
FORWARD = {"z": "pre-activation z", "a": "activation a"}
BACKWARD = {"a": "activation a", "local_derivative": "slope at its point", "from_above": "from the right", "delta": "δ"}
"""The values to fill in for each neuron, forward and backward: the name in `fallline.working` -> on the hand-out."""
GIVEN = ("a",)
"""The values of the backward pass that are printed on the front."""

Words = Callable[[Sequence[Outcome]], dict[str, Any]]
"""A function of the finished runs. It returns questions and answers that replace the general ones."""


def requested_handout(pairs: Pairs, limits: Limits) -> InParts[bytes]:
    """Return the content of the hand-out of a view, as JSON. Raises: SpecError, as for runs and pictures."""
    return orjson.dumps((yield from handout_of(pairs, limits)))


def handout_of(pairs: Pairs, limits: Limits, words: Words | None = None, mark: str = "") -> InParts[dict[str, Any]]:
    """Return the content of the hand-out of a view.

    Args:
        words: make the questions and answers; by default those of the preset, if the view is one, else general ones.
        mark: a prefix for every id in the pictures, for several hand-outs on one page.

    Raises: SpecError, as for runs and pictures.
    """
    plan = yield from planning(Spec.model_validate(query_to_spec(pairs)), limits)
    shown = read_keys(PageKeys, pairs)
    check_shown(shown, plan.problem, plan.spec.optimizers)
    outcomes = yield from _outcomes(routes_of(plan, shown.slots))
    preset = _presets().get(plan.canonical())
    if not words and preset:
        words = partial(_words_of_preset, preset)
    content = _words(plan, outcomes) | (words(outcomes) if words else {})
    curves = [outcome.curve for outcome in outcomes]
    on_map = len(plan.problem.parameters) <= MAP_PARAMETERS
    sides = (WITH_CHECKS if content.get("checks") else FRONT, OVERLEAF)
    front, overleaf = (heights[1] if on_map else sum(heights) for heights in sides)
    content["blank_chart"] = with_ids(loss_chart(curves, WIDTH, front, blank=True), mark)
    yield
    content["chart"] = with_ids(loss_chart(curves, WIDTH, overleaf), f"{mark}chart-")
    yield
    if on_map:
        landscape_spec = LandscapeSpec.model_validate(query_to_landscape(pairs))
        scene = replace((yield from scene_of(landscape_spec, plan, shown, limits)), step=None)
        blank = replace(scene, paths=False, minima=content["kind"] != "place")
        front_map = Canvas(WIDTH, _map_height(scene, FRONT[0], HIGHER_FRONT))
        overleaf_map = Canvas(WIDTH, _map_height(scene, OVERLEAF[0], HIGHER_OVERLEAF))
        content["blank_map"] = with_ids((yield from picture_in_parts(blank, front_map)), f"{mark}blank-")
        content["map"] = with_ids((yield from picture_in_parts(scene, overleaf_map)), mark)
    return content


def _map_height(scene: Scene, least: int, higher: int) -> int:
    """The height of a map that shows little more than its window. Args: higher: how much it may exceed the least."""
    if scene.window is None or len(scene.window) < 2:
        return least
    (x0, x1), (y0, y1) = scene.window
    height = FRAME[1] + (WIDTH - FRAME[0]) * (y1 - y0) / (x1 - x0)
    return round(min(max(height, least), least + higher))


def requested_handouts(lessons: Sequence[Lesson], count: int, limits: Limits) -> InParts[bytes]:
    """Return the content of the hand-outs of lessons, as JSON. Args: count: the number of lessons of the course."""
    made = []
    for lesson in lessons:
        if figure := lesson.first_asked:
            words = partial(_words_of_lesson, lesson, figure, count)
            made.append((yield from handout_of(parse_qsl(figure.spec), limits, words, f"{lesson.name}-")))
    return orjson.dumps(made)


def _outcomes(routes: Sequence[Route]) -> InParts[list[Outcome]]:
    outcomes = []
    for route in routes:
        losses, last, end = yield from route.run.in_parts(lambda block: block.loss)
        curve = LossCurve(route, np.concatenate(losses), end)
        outcomes.append(Outcome(curve, [float(value) for value in last.parameters]))
    return outcomes


@cache
def _presets() -> dict[bytes, Preset]:
    """The canonical form of the plan of each preset -> the preset."""
    return {preset.plan.canonical(): preset for preset in PRESETS.values()}


def _words(plan: Plan, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The general question, which suits any runs, with its answer."""
    names, stop = plan.problem.parameters, plan.spec.stop
    ends: dict[str, Any] = {"max_steps": stop.max_steps}
    if stop.min_step_size:
        ends["min_step_size"] = value_text(stop.min_step_size)
    if stop.target_loss is not None:
        ends["target_loss"] = value_text(stop.target_loss)
    title = plan.spec.problem.title or f"Function of {' and '.join(names)}"
    least = min(outcome.loss for outcome in outcomes)
    lowest = [outcome.name for outcome in outcomes if outcome.loss - least <= EQUAL * abs(least)]
    on_map = len(names) <= MAP_PARAMETERS
    asked_for = (_ONE if len(outcomes) == 1 else _SEVERAL)[on_map]
    return {
        "title": title[:1].upper() + title[1:],
        "rules": sentence(RULES, ends),
        **asked_for,
        "options": [outcome.name for outcome in outcomes],
        "answer": f"{' and '.join(lowest)}: {_at(outcomes[0].at) if asked_for['kind'] == 'place' else _loss(least)}.",
        "parameters": names,
        "runs": [
            {
                "name": outcome.curve.route.name,
                "detail": outcome.curve.route.detail,
                "at": place_text(outcome.at) if on_map else "",
                "loss": value_text(outcome.loss, DIGITS),
                "end": _ended(outcome.curve.end),
            }
            for outcome in outcomes
        ],
    }


def _asked(guess: Mapping[str, Any], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """How a question is to be answered, and the answer to it."""
    names = [outcome.name for outcome in outcomes]
    return {
        "kind": guess["kind"],
        "options": guess.get("options", names),
        "answer": answer_text(guess, names),
        "measured": _values(guess, outcomes),
    }


def _words_of_preset(preset: Preset, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The question, answer and texts of a preset, and the change it proposes."""
    return _asked(vars(preset.answered), outcomes) | {
        "title": preset.title,
        "chapter": preset.group,
        "question": preset.question,
        "ask": preset.ask,
        "sentence": preset.sentence,
        "more": preset.more,
        "change": f"{preset.change.do}: {preset.change.then}",
    }


def _words_of_lesson(lesson: Lesson, figure: Figure, count: int, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The question that a lesson asks about a figure, its answer, and the checks of the lesson."""
    assert figure.question
    of_step = _network_words(figure.substep, outcomes[0]) if figure.substep else {}
    return (
        of_step
        | _asked(figure.question.guess, outcomes)
        | {
            "title": lesson.title,
            "chapter": f"Lesson {lesson.number} of {count}",
            "question": figure.question.ask,
            "ask": QUESTIONS[figure.question.guess["kind"]].how,
            "caption": figure.caption,
            "checks": lesson.pieces("check"),
        }
    )


def _network_words(substep: str, outcome: Outcome) -> dict[str, Any]:
    """The network in its first step, with the values to fill in for each neuron."""
    run = outcome.curve.route.run
    network = run.problem.objective
    assert isinstance(network, Network)
    batch = run.whole().batch
    seen = (batch[0] if batch else None) or [0]
    values = sample_values(network, run.start, seen[0])
    forward = substep.startswith("forward")
    columns = FORWARD if forward else BACKWARD
    rows = []
    for layer, each in enumerate(network.layers, 1):
        last = layer == len(network.layers)
        for neuron in range(1, each.neurons + 1):
            named = [
                (activation_name(network, layer, neuron) if key == "a" else neuron_name(key, layer, neuron), key)
                for key in columns
            ]
            cells = [
                {"text": value_text(values[name], DIGITS_OF_A_NEURON), "given": not forward and key in GIVEN}
                for name, key in named
            ]
            rows.append({"name": "output" if last else f"neuron {neuron}", "cells": cells})
    diagram = network_diagram(network.sizes, values, *NETWORK)
    inputs = ", ".join(
        f"x{str(k).translate(LOWERED)} = {value_text(values[f'x{k}'])}" for k in range(1, network.sizes[0] + 1)
    )
    curve = network.activation.name
    return {
        "rules": f"One step of a network, on one sample: {inputs}; target {value_text(values['y'])}. "
        f"The curve of the hidden neurons is {curve}.",
        "network": {"fill": TO_FILL[forward], "diagram": diagram, "columns": list(columns.values()), "rows": rows},
    }


def _values(guess: Mapping[str, Any], outcomes: Sequence[Outcome]) -> str:
    """The measure of each run, as one sentence; empty unless the question is which run is first."""
    if guess["kind"] != "run":
        return ""
    text = _steps if guess["unit"] == "steps" else _loss
    each = (f"{outcome.name}: {text(value)}" for outcome, value in zip(outcomes, guess["values"], strict=True))
    return f"{'; '.join(each)}."


def _ended(end: End) -> str:
    """Why a run ended; its threshold is printed like the other numbers on the sheet."""
    if end.threshold is None:
        return end.sentence
    return sentence(SENTENCES[end.reason], {"n_steps": end.n_steps, "threshold": value_text(end.threshold)})


def _at(at: Sequence[float]) -> str:
    return f"at {place_text(at)}"


def _steps(count: float | None) -> str:
    return "never" if count is None else f"{count:,} step{'s' * (count != 1)}"


def _loss(value: float) -> str:
    return f"loss {value_text(value, DIGITS)}"
