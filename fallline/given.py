"""A spec as it is given, and the JSON that it stands for."""

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
from fallline.spec.query import PAGE_KEYS, RUN, Pairs, located_in_address, query_to_spec, read
from fallline.suggested import suggested_rates

SpecLike = Mapping[str, Any] | str
"""The value of the REST API, as a mapping; or the address of a page, whole or only what stands after its ?."""

OF_PROBLEM, OF_RUNS = {"domain", "window", "plane", "at"}, {"slots"}
"""The keys of a page that are of its problem, or of its runs, and of no other."""

_PROBLEMS = (*SURFACES, *DATASETS, *NETWORK_DATASETS)

Over = Mapping[str, float]
"""What a sweep tries: the values `from` one `to` another, so many (`count`)."""


class SpecFields(TypedDict, total=False):
    """The fields of a spec as keywords, which count for more than the same of a spec beside them."""

    problem: Mapping[str, Any] | str | OwnLoss
    surface: str | OwnLoss
    start: Sequence[float] | NDArray[Any] | None
    optimizers: Sequence[Mapping[str, Any] | str | OwnOptimizer]
    stop: Mapping[str, Any] | None
    seed: int


@dataclass(frozen=True)
class Asked:
    """What is to run.

    Args:
        text: the JSON of the spec; shown: keys and values that say how its picture looks.
        suggested: number of a run that was given as a word without a learning rate -> the rate it got.
    """

    text: str
    shown: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[int, float] = field(default_factory=dict)


def asked(spec: SpecLike | None, fields: SpecFields, model: type[models.Spec] = models.Spec) -> Asked:
    """A spec of a model, and how the page shows it whose address it is; a word without a rate gets the suggested one.

    Raises: SpecError, as `spec_text`.
    """
    made = _whole_spec(spec, fields, model)
    of_runs = fields if "optimizers" in fields or not isinstance(spec, Mapping) else spec
    suggested = _suggested(made, of_runs.get("optimizers"))
    for index, rate in suggested.items():
        made["optimizers"][index]["learning_rate"] = rate
    pairs = _kept(_pairs_of(spec), fields) if isinstance(spec, str) else []
    return Asked(json.dumps(made), {key: value for key, value in pairs if key in PAGE_KEYS}, suggested)


def spec_text(spec: SpecLike | None, fields: SpecFields, **beside: Any) -> str:
    """The JSON of a spec with what stands `beside` it; what is not finite is written as NaN or Infinity, to be refused.

    Raises: SpecError, an address is wrong, or a value is none of JSON nor of NumPy.
    """
    return json.dumps({**_whole_spec(spec, fields, models.Spec), **_plain_json(beside)})


def _whole_spec(spec: SpecLike | None, fields: SpecFields, model: type[models.Spec]) -> dict[str, Any]:
    """The fields of a spec and those that count for more, as JSON has them. Raises: SpecError, as `spec_text`."""
    if not isinstance(spec, Mapping | str | None):
        raise _wrong(f"it must be a mapping or an address; got {type(spec).__name__}")
    plain = _plain_json(_written_out(fields))
    if isinstance(spec, str):
        return {**_spec_of(_pairs_of(spec), plain, model), **plain}
    return {**_plain_json(_written_out(spec or {})), **plain}


def _plain_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON has them. Raises: SpecError, one is none of JSON nor of NumPy."""
    try:
        plain: dict[str, Any] = json.loads(json.dumps(values, default=_plain))
    except TypeError as error:
        raise _wrong(str(error)) from None
    return plain


def _written_out(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a spec whose words stand for what a spec has there: `surface=`, a problem's name, a run as `adam`.

    Raises: SpecError, a word cannot be read.
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
    """Number of a run that is a word of the catalog without a learning rate -> the rate suggested for the problem."""
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
    """A problem by a name alone: a surface, data for a line fit or a network; any other text is a formula."""
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
    """The keys and values of an address; what stands after its # does not count. Raises: SpecError."""
    before, mark, query = address.partition("#")[0].partition("?")
    if not mark:
        query = before
    if "=" not in query:
        raise _wrong(f"{address!r} must have a query, as surface=bowl&optimizer=adam has")
    return parse_qsl(query, keep_blank_values=True)


def _spec_of(pairs: Pairs, fields: Mapping[str, Any], model: type[models.Spec]) -> Mapping[str, Any]:
    """The spec of an address, once all its keys are right beside fields that take the place of its own.

    Raises: SpecError, which tells what is wrong by these keys.
    """
    page = import_module("fallline.spec.page")  # which needs the drawing
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
                raise  # else what is wrong is told of the whole
    return spec


def _kept(pairs: Pairs, fields: Container[str]) -> Pairs:
    """Of an address those keys that are not of a problem, or of runs, that fields take the place of."""
    of_others = (OF_PROBLEM if "problem" in fields else set()) | (OF_RUNS if "optimizers" in fields else set())
    return [(key, value) for key, value in pairs if key not in of_others]


def _plain(value: object) -> object:
    """A value that JSON does not have, as one that it has."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, OwnLoss | OwnOptimizer):
        return value()
    raise TypeError(f"{value!r} is no value of JSON")


def _wrong(sentence: str) -> SpecError:
    return SpecError("unreadable", ("spec",), problem=sentence)
