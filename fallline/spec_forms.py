"""The forms in which a user gives a spec (a mapping, an address, keywords), and the JSON of such a spec."""

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, TypedDict
from urllib.parse import parse_qsl

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from fallline.errors import SpecError, known_names, located
from fallline.own import OwnLoss, OwnOptimizer
from fallline.problems import DATASETS, SURFACES
from fallline.problems.network_datasets import NETWORK_DATASETS
from fallline.problems.problem import OWN_PROBLEMS
from fallline.spec import models
from fallline.spec.json_text import parse_json
from fallline.spec.query import PAGE_KEYS, RUN, Pairs, located_in_address, query_to_spec, read
from fallline.suggested import suggested_rates

SpecLike = Mapping[str, Any] | str
"""A spec as a mapping in the form of the REST API; or the address of a page, complete or only the part after its ?."""

OF_PROBLEM, OF_RUNS = {"domain", "window", "plane", "at"}, {"slots"}
"""The keys of a page that only suit its problem, and those that only suit its runs."""

_PROBLEMS = (*SURFACES, *DATASETS, *NETWORK_DATASETS)

Over = Mapping[str, float]
"""The values that a sweep tries: `count` values `from` one number `to` another."""


class SpecFields(TypedDict, total=False):
    """The fields of a spec as keywords, which replace the fields of a spec that is given with them."""

    problem: Mapping[str, Any] | str | OwnLoss
    surface: str | OwnLoss
    start: Sequence[float] | NDArray[Any] | None
    optimizers: Sequence[Mapping[str, Any] | str | OwnOptimizer]
    stop: Mapping[str, Any] | None
    seed: int


@dataclass(frozen=True)
class SpecToRun:
    """A spec that is to run.

    Args:
        fields: of the spec, as values of JSON; shown: keys and values of an address for the display of its picture.
        suggested: index of a run that was given as a text without a learning rate -> the suggested rate that it got.
    """

    fields: Mapping[str, Any]
    shown: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[int, float] = field(default_factory=dict)


def spec_to_run(spec: SpecLike | None, fields: SpecFields, model: type[models.Spec] = models.Spec) -> SpecToRun:
    """Return a spec for a model, with the display keys of its address, and with suggested rates for runs without one.

    Raises: SpecError, as `whole_spec`.
    """
    spec_fields = whole_spec(spec, fields, model)
    of_runs = fields if "optimizers" in fields or not isinstance(spec, Mapping) else spec
    suggested = _suggested(spec_fields, of_runs.get("optimizers"))
    for index, rate in suggested.items():
        spec_fields["optimizers"][index]["learning_rate"] = rate
    pairs = _kept(_pairs_of(spec), fields) if isinstance(spec, str) else []
    return SpecToRun(spec_fields, {key: value for key, value in pairs if key in PAGE_KEYS}, suggested)


def whole_spec(
    spec: SpecLike | None, fields: SpecFields, model: type[models.Spec] = models.Spec, /, **beside: Any
) -> dict[str, Any]:
    """The fields of a spec, replaced by those of `fields`, and those of `beside`, as values of JSON.

    Raises: SpecError, if an address is wrong, or a value is no finite number and neither of JSON nor of NumPy.
    """
    if not isinstance(spec, Mapping | str | None):
        raise _wrong(f"it must be a mapping or an address; got {type(spec).__name__}")
    plain = _plain_json(_written_out(fields))
    if isinstance(spec, str):
        return {**_spec_of(_pairs_of(spec), plain, model), **plain, **_plain_json(beside)}
    return {**_plain_json(_written_out(spec or {})), **plain, **_plain_json(beside)}


def _plain_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as values of JSON. Raises: SpecError, if one is not finite, or neither of JSON nor of NumPy."""
    try:
        text = json.dumps(values, default=_plain)
    except TypeError as error:
        raise _wrong(str(error)) from None
    with located("body"):
        plain: dict[str, Any] = parse_json(text.encode())
    return plain


def _written_out(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a spec with their short forms written out: `surface=`, the name of a problem, a run as `adam`.

    Raises: SpecError, if a text cannot be read.
    """
    written = dict(fields)
    if "surface" in written:
        if "problem" in written:
            raise SpecError("both_given", ("surface",), str(written["surface"]), other="problem")
        surface = written.pop("surface")
        written["problem"] = surface if isinstance(surface, OwnLoss) else {"surface": surface}
    if isinstance(word := written.get("problem"), str):
        written["problem"] = _problem_of(word)
    runs = written.get("optimizers")
    if isinstance(runs, str | OwnOptimizer | Mapping):
        runs = [runs]
    if isinstance(runs, Sequence):
        written["optimizers"] = [
            read(RUN, run, ("optimizers", index)) if isinstance(run, str) else run for index, run in enumerate(runs)
        ]
    return written


def _suggested(spec: Mapping[str, Any], runs: Any) -> dict[int, float]:
    """Index of a run that is a text without a learning rate -> the rate suggested for the problem."""
    words = [runs] if isinstance(runs, str) else runs if isinstance(runs, Sequence) else []
    bare = [index for index, run in enumerate(words) if isinstance(run, str) and "learning_rate" not in run]
    if not bare:
        return {}
    try:
        problem = models.LandscapeSpec.model_validate({"problem": spec.get("problem")}).problem.build()
    except (SpecError, ValidationError):
        return {}  # which is told of the whole spec
    rates = suggested_rates(problem.rates, spec["problem"].get("surface", ""))
    names = {index: spec["optimizers"][index].get("name") for index in bare}
    return {index: rates[name] for index, name in names.items() if name in rates}


def _problem_of(word: str) -> dict[str, Any]:
    """A problem given by a name: a surface, data for a line fit or a network. Any other text is a formula."""
    if word in SURFACES or word in OWN_PROBLEMS:
        return {"surface": word}
    if word in DATASETS:
        return {"dataset": word}
    if word in NETWORK_DATASETS:
        return {"network": {"dataset": word}}
    if word.isidentifier() and word not in ("x", "y"):
        raise SpecError("unknown_name", ("problem",), word, what="problem", **known_names(word, _PROBLEMS))
    return {"expression": word}


def _pairs_of(address: str) -> list[tuple[str, str]]:
    """The keys and values of an address; the part after # is ignored. Raises: SpecError."""
    before, mark, query = address.partition("#")[0].partition("?")
    if not mark:
        query = before
    if "=" not in query:
        raise _wrong(f"{address!r} must have a query, as surface=bowl&optimizer=adam has")
    return parse_qsl(query, keep_blank_values=True)


def _spec_of(pairs: Pairs, fields: Mapping[str, Any], model: type[models.Spec]) -> Mapping[str, Any]:
    """The spec of an address, after all its keys have been checked together with the fields that replace its own.

    Raises: SpecError, whose locations are these keys.
    """
    page = import_module("fallline.spec.page")  # imported here, as it imports the drawing
    with located_in_address(dict(pairs)):
        spec = query_to_spec(pairs)
        try:
            with located():
                checked = model.model_validate({**spec, **fields})
                page.check_shown(
                    page.read_keys(page.PageKeys, _kept(pairs, fields)), checked.problem.build(), checked.optimizers
                )
        except SpecError as error:
            if not any(each["loc"] and each["loc"][0] in fields for each in error.errors()):
                raise  # otherwise the error is raised later, when the whole spec is checked
    return spec


def _kept(pairs: Pairs, fields: Container[str]) -> Pairs:
    """The keys of an address without those that suit a problem, or runs, that `fields` replace."""
    of_others = (OF_PROBLEM if "problem" in fields else set()) | (OF_RUNS if "optimizers" in fields else set())
    return [(key, value) for key, value in pairs if key not in of_others]


def _plain(value: object) -> object:
    """A value that is not one of JSON, converted to one."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, OwnLoss | OwnOptimizer):
        return value()
    raise TypeError(f"{value!r} is no value of JSON")


def _wrong(sentence: str) -> SpecError:
    return SpecError("unreadable", ("spec",), problem=sentence)
