"""The catalog: everything that can be named, made from the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from app.api.columns import FIELDS
from app.api.spec.fields import MAX_LABEL, MAX_SEED
from app.api.spec.models import MAX_RESOLUTION, Spec
from app.api.spec.optimizers import SAMPLINGS
from app.api.spec.query import spec_to_query
from app.formulas import gradient, latex, latex_rule, parse, parse_rule
from app.formulas.language import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS
from app.hyperparameters import MOST_COUNTED, Param
from app.optimizers import OPTIMIZERS, Form, Optimizer
from app.optimizers.declaration import STANDARD
from app.presets import PRESETS, Preset
from app.problems import DATASETS, LOSSES, SURFACES, Dataset, Loss, Surface, dataset_problem
from app.problems.problem import PLAIN_DOMAIN, PLAIN_START
from app.schedules import SCHEDULES, Schedule
from app.settings import Settings


def catalog(settings: Settings) -> bytes:
    """The whole catalog as JSON."""
    return orjson.dumps(
        {
            "optimizers": [_optimizer(each) for each in OPTIMIZERS.values()],
            "schedules": [_schedule(each) for each in SCHEDULES.values()],
            "surfaces": [_surface(each) for each in SURFACES.values()],
            "datasets": [_dataset(each) for each in DATASETS.values()],
            "losses": [_loss(each) for each in LOSSES.values()],
            "presets": [_preset(each) for each in PRESETS.values()],
            "own_formula": {"start": PLAIN_START, "domain": (PLAIN_DOMAIN, PLAIN_DOMAIN)},
            "language": {"functions": [*FUNCTIONS, "where"], "constants": dict(CONSTANTS)},
            "samplings": SAMPLINGS,
            "fields": FIELDS,
            "limits": _limits(settings),
        }
    )


def _optimizer(it: Optimizer) -> dict[str, Any]:
    return {
        "name": it.name,
        "label": it.label,
        "family": it.family,
        "summary": it.summary,
        "intuition": it.intuition,
        "rule": it.rule,
        "latex": latex_rule(parse_rule(it.rule)),
        "initial": dict(it.initial),
        "source": it.source,
        "differs": it.differs,
        "forms": _forms(it),
        "params": _params(it.params),
        "batch_size": it.batch_size,
        "needs_sampling": it.needs_sampling,
    }


def _forms(it: Optimizer) -> list[dict[str, Any]]:
    if not it.forms:
        return []
    every: dict[str, Optimizer | Form] = {STANDARD: it, **it.forms}
    return [_form(name, each) for name, each in every.items()]


def _form(name: str, it: Optimizer | Form) -> dict[str, Any]:
    return {
        "name": name,
        "label": it.label,
        "whose": it.whose,
        "summary": it.summary,
        "rule": it.rule,
        "latex": latex_rule(parse_rule(it.rule)),
        "equals": [
            {"name": e.name, "form": e.form, "values": dict(e.values), "constant_rate": e.constant_rate}
            for e in it.equals
        ],
    }


def _params(params: Mapping[str, Param]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "default": each.default,
            "min": each.min,
            "max": each.max,
            "scale": each.scale,
            "help": each.help,
            "whole": each.whole,
            "allowed": each.range_text,
        }
        for name, each in params.items()
    ]


def _schedule(it: Schedule) -> dict[str, Any]:
    return {
        "name": it.name,
        "label": it.label,
        "summary": it.summary,
        "rule": it.rule,
        "latex": latex_rule(parse_rule(it.rule, ("t", "k"), "factor")),
        "source": it.source,
        "differs": it.differs,
        "params": _params(it.params),
    }


def _surface(it: Surface) -> dict[str, Any]:
    loss = parse(it.expression, ("x", "y"))
    return {
        "name": it.name,
        "label": it.label,
        "summary": it.summary,
        "expression": it.expression,
        "latex": latex(loss),
        "gradient_latex": [latex(slope) for slope in gradient(loss, ("x", "y"))],
        "domain": it.domain,
        "start": it.start,
        "minima": [{"at": each.at, "loss": each.loss, "kind": each.kind, "smooth": each.smooth} for each in it.minima],
        "suggested": dict(it.suggested),
        "source": it.source,
    }


def _dataset(it: Dataset) -> dict[str, Any]:
    return {
        "name": it.name,
        "label": it.label,
        "summary": it.summary,
        "x_label": it.x_label,
        "y_label": it.y_label,
        "points": it.points,
        "source": it.source,
        "raw": _view(it, standardize=False),
        "standardized": _view(it, standardize=True),
        "opens_standardized": it.opens_standardized,
    }


def _view(it: Dataset, standardize: bool) -> dict[str, Any]:
    """A start from which there is something to see, the map, and rates for each loss."""
    view = it.standardized if standardize else it.raw
    suggested = {loss: dict(dataset_problem(it.name, loss, standardize).suggested) for loss in LOSSES}
    return {"start": view.start, "domain": view.domain, "suggested": suggested}


def _loss(it: Loss) -> dict[str, Any]:
    return {
        "name": it.name,
        "label": it.label,
        "summary": it.summary,
        "expression": it.expression,
        "latex": latex(parse(it.expression, ("prediction", "target"))),
        "mean": it.mean,
    }


def query_of(it: Preset) -> str:
    """The query of the page that shows a preset."""
    window = ",".join(f"{each:g}" for each in it.window)
    return f"{spec_to_query(Spec.model_validate(it.spec))}&window={window}"


OPENING = query_of(PRESETS["opening"])
"""The query that the address of a page without one stands for."""


def _preset(it: Preset) -> dict[str, Any]:
    return {
        "name": it.name,
        "group": it.group,
        "title": it.title,
        "sentence": it.sentence,
        "query": query_of(it),
        "core": it.core,
        "look_at": it.look_at,
        "count": it.count,
    }


def _limits(settings: Settings) -> dict[str, float]:
    configured = {name: value for name, value in settings.model_dump().items() if name.startswith("max_")}
    return {
        **configured,
        "max_formula_characters": MAX_CHARACTERS,
        "max_formula_nodes": MAX_NODES,
        "max_formula_depth": MAX_DEPTH,
        "max_resolution": MAX_RESOLUTION,
        "max_label_characters": MAX_LABEL,
        "max_seed": MAX_SEED,
        "max_count": MOST_COUNTED,
    }
