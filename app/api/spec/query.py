"""The query form of a spec: what stands in an address, read and written by one table.

`surface=rosenbrock&start=-1.5,2&optimizer=adam:learning_rate=0.05,beta1=0.9` says the same as its JSON. What the
form cannot say (a rule of one's own, a label with a comma) goes as `spec=`, base64url of the JSON.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn
from urllib.parse import quote

import orjson
from pydantic import BaseModel

from app.api.body import parse_json
from app.api.errors import Refused, field_path, quoted, unknown_name
from app.api.spec.query_kinds import (
    AXES,
    FLAG,
    NAMES,
    NETWORK,
    NUMBER,
    NUMBERS,
    POINTS,
    TEXT,
    Kind,
    number,
    number_text,
)

Raw = dict[str, Any]

WHOLE = "spec"
RUNS = "optimizer"
SCHEDULE, CHANGES = "schedule", "changes"
_ABSENT = object()
_READABLE = ":;,=*()/^!"


class UnwritableError(ValueError):
    """A value that the query form has no way to write."""


@dataclass(frozen=True)
class Key:
    """One key of the query.

    Args:
        name: the key; place: the fields of the spec that lead to its value; kind: how the value is written.
        help: what it is, for the documentation.
    """

    name: str
    place: tuple[str, ...]
    kind: Kind
    help: str


SPEC_KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("surface", ("problem", "surface"), TEXT, "A surface of the catalog."),
        Key("expression", ("problem", "expression"), TEXT, "A formula in x, or in x and y; + is written %2B."),
        Key("dataset", ("problem", "dataset"), TEXT, "A data set of the catalog, for the line fit."),
        Key("points", ("problem", "points"), POINTS, "Points of one's own, as 0.6,1.1;0.8,1.2."),
        Key("network", ("problem", "network"), NETWORK, "A network, as xor:hidden=4-3,activation=tanh,loss=mse."),
        Key("loss", ("problem", "loss"), TEXT, "The loss of the line fit."),
        Key("standardize", ("problem", "standardize"), FLAG, "true: scale the data of the line fit or the network."),
        Key("start", ("start",), NUMBERS, "One number for each parameter, as -1.5,2."),
        Key("max_steps", ("stop", "max_steps"), NUMBER, "Stop after this many steps."),
        Key("min_step_size", ("stop", "min_step_size"), NUMBER, "Stop when every step is smaller."),
        Key("small", ("stop", "small"), TEXT, "What min_step_size watches: step_and_gradient, or step alone."),
        Key("target_loss", ("stop", "target_loss"), NUMBER, "Stop at this loss."),
        Key("seed", ("seed",), NUMBER, "Of batches and noise."),
    )
}
"""Every key that stands for a value of the spec, in the order in which they are written."""

LANDSCAPE_KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("domain", ("domain",), AXES, "The rectangle, as x0,x1,y0,y1."),
        Key("window", ("domain",), AXES, "The map's rectangle on a page; counts where there is no domain."),
        Key("resolution", ("resolution",), NUMBER, "Points along each side."),
        Key("digits", ("digits",), NUMBER, "Significant digits of the loss: fewer weigh less."),
        Key("plane", ("plane",), NAMES, "Of a network: two parameters along which its plane lies, as w1_1_1,w2_1_2."),
        Key("at", ("at",), NUMBERS, "Of a network: the point that its plane goes through; by default the start."),
    )
}
"""Every key of a landscape beside its problem."""

PICTURE_KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("step", ("step",), NUMBER, "Where the playhead stands: the way on is drawn thin; by default the end."),
        Key("slots", ("slots",), NUMBERS, "The colour of each run from 0 to 7, as 0,2; by default in their order."),
    )
}
"""Every key of a picture beside its runs, its map and its sheet."""

FORMAT_KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("width", ("width",), NUMBER, "Pixels."),
        Key("height", ("height",), NUMBER, "Pixels."),
        Key("theme", ("theme",), TEXT, "The colours."),
    )
}
"""The size of a picture and its colours."""

_PAGE_KEYS = {
    **{key.name: replace(key, place=(key.name,)) for key in LANDSCAPE_KEYS.values()},
    **PICTURE_KEYS,
    **FORMAT_KEYS,
}

RUNS_HELP = (
    "A run, as adam:learning_rate=0.05,beta1=0.9,schedule=exponential,schedule.decay=0.99; one key for each. What "
    "changes on the way stands last: gd:learning_rate=0.1,changes=120:learning_rate=0.01;300:name=adam,beta1=0.8."
)
WHOLE_HELP = "The whole spec as base64url of its JSON, instead of the other keys."

RUN_TEXTS = ("label", "form", "sampling")
"""The fields of a run that are texts; every other one is a number."""

OTHER_KEYS = (*_PAGE_KEYS, "fields", "pace", "last_event_id")
"""Keys of the page and of single routes. Addresses differ in their path only, so every route takes them all."""

KEYS = (*SPEC_KEYS, RUNS, WHOLE, *OTHER_KEYS)


def query_to_spec(pairs: Iterable[tuple[str, str]]) -> Raw:
    """The spec that an address states, as its JSON would have it, not yet validated.

    Args:
        pairs: the decoded keys and values, in order.

    Raises: Refused (422) for an unknown key, one that stands twice, and what is not in the form at all.
    """
    values, runs = _sorted(pairs)
    if WHOLE in values:
        return _whole(values, runs)
    return _placed(SPEC_KEYS, values) | ({"optimizers": runs} if runs else {})


def query_to_landscape(pairs: Sequence[tuple[str, str]]) -> Raw:
    """The landscape that an address states, which may be that of a page with its runs; not yet validated."""
    values, _ = _sorted(pairs)
    if "domain" in values:
        values.pop("window", None)
    spec = query_to_spec(pairs)
    network = "network" in spec.get("problem", {})
    kept = {key: value for key, value in spec.items() if key == "problem" or network}
    return kept | _placed(LANDSCAPE_KEYS, values)


def query_to_runs_shown(pairs: Iterable[tuple[str, str]]) -> Raw:
    """What an address says of how its runs are shown; not yet validated."""
    return _placed(PICTURE_KEYS, _sorted(pairs)[0])


def query_to_format(pairs: Iterable[tuple[str, str]]) -> Raw:
    """What an address says of the size and the colours of its picture; not yet validated."""
    return _placed(FORMAT_KEYS, _sorted(pairs)[0])


def query_to_page_keys(pairs: Iterable[tuple[str, str]]) -> Raw:
    """All that an address says beside its spec, each key by itself; not yet validated."""
    return _placed(_PAGE_KEYS, dict(pairs))


def _sorted(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[Raw]]:
    values: dict[str, str] = {}
    runs: list[Raw] = []
    for key, value in pairs:
        if key == RUNS:
            runs.append(_run(value, len(runs)))
        elif key not in KEYS:
            _refuse((key,), unknown_name("a key of the query", key, KEYS), "extra_forbidden")
        elif key in values:
            _refuse((key,), "stands twice in the query: give it once", "duplicate")
        else:
            values[key] = value
    return values, runs


def refuse_all_keys(pairs: Iterable[tuple[str, str]]) -> None:
    """Check the query of a request that has nothing to ask. Raises: Refused (422)."""
    for key, _ in pairs:
        _refuse((key,), "is not a key of the query: this address takes none", "extra_forbidden")


def refuse_spec_keys(pairs: Iterable[tuple[str, str]], own: Sequence[str] = ()) -> None:
    """Check the query of a request whose spec is its body, and which has keys of its `own`. Raises: Refused (422)."""
    seen: set[str] = set()
    allowed = (*own, *OTHER_KEYS)
    for key, _ in pairs:
        if key not in allowed:
            phrase = unknown_name("a key of the query", key, allowed)
            _refuse((key,), f"{phrase}; the spec is the body", "extra_forbidden")
        if key in seen:
            _refuse((key,), "stands twice in the query: give it once", "duplicate")
        seen.add(key)


def spec_to_query(spec: BaseModel) -> str:
    """The query that states `spec`, defaults left out; as `spec=` where the form cannot say it."""
    raw = spec.model_dump(exclude_defaults=True)
    try:
        pairs = [*_pairs(raw), *((RUNS, _run_text(run)) for run in raw.get("optimizers", []))]
    except UnwritableError:
        pairs = [(WHOLE, base64.urlsafe_b64encode(orjson.dumps(raw)).decode().rstrip("="))]
    return "&".join(f"{key}={quote(value, safe=_READABLE)}" for key, value in pairs)


def _placed(keys: Mapping[str, Key], values: Mapping[str, str]) -> Raw:
    placed: Raw = {}
    for name, key in keys.items():
        if name in values:
            *way, last = key.place
            inner = placed
            for step in way:
                inner = inner.setdefault(step, {})
            try:
                inner[last] = key.kind.read(values[name])
            except ValueError as error:
                _refuse(key.place, str(error), "query")
    return placed


def _pairs(raw: Raw) -> Iterator[tuple[str, str]]:
    for key in SPEC_KEYS.values():
        inner: Any = raw
        for step in key.place:
            inner = inner.get(step, _ABSENT) if isinstance(inner, Mapping) else _ABSENT
        if inner is not _ABSENT:
            yield key.name, key.kind.write(inner)


def _run(text: str, index: int) -> Raw:
    name, _, rest = text.partition(":")
    rest, changes, later = f",{rest}".partition(f",{CHANGES}=")
    run = _fields(rest[1:], index, name=name)
    if changes:
        run[CHANGES] = [_change(each, index) for each in later.split(";")]
    return run


def _change(text: str, index: int) -> Raw:
    at, _, rest = text.partition(":")
    return _fields(rest, index, at=number(at))


def _fields(text: str, index: int, **first: Any) -> Raw:
    run: Raw = first
    for part in text.split(",") if text else ():
        key, equals, value = part.partition("=")
        if not equals:
            _refuse(("optimizers", index), f"must be NAME:field=value,field=value; got {quoted(part)}", "query")
        _put(run, key, value, index)
    return run


def _put(run: Raw, key: str, value: str, index: int) -> None:
    outer, dot, inner = key.partition(".")
    place = run.setdefault(outer, {}) if dot else run
    field = inner if dot else key
    if outer == SCHEDULE and not dot:
        place, field = run.setdefault(SCHEDULE, {}), "name"
    if not isinstance(place, dict) or field in place:
        _refuse(("optimizers", index, key), "stands twice in one optimizer: give it once", "duplicate")
    place[field] = value if field in ("name", *RUN_TEXTS) else number(value)


def _run_text(run: Raw) -> str:
    if "rule" in run:
        raise UnwritableError("a rule of one's own")
    texts = _field_texts({key: value for key, value in run.items() if key not in ("name", CHANGES)})
    if run.get(CHANGES):
        texts.append(f"{CHANGES}={';'.join(map(_change_text, run[CHANGES]))}")
    return f"{run['name']}:{','.join(texts)}" if texts else str(run["name"])


def _change_text(change: Raw) -> str:
    if "rule" in change:
        raise UnwritableError("a rule of one's own")
    return f"{change['at']}:{','.join(_field_texts({k: v for k, v in change.items() if k != 'at'}))}"


def _field_texts(fields: Raw) -> list[str]:
    schedule = fields.pop(SCHEDULE, {})
    fields |= {SCHEDULE if key == "name" else f"{SCHEDULE}.{key}": value for key, value in schedule.items()}
    return [f"{key}={_run_value(value)}" for key, value in fields.items()]


def _run_value(value: Any) -> str:
    if not isinstance(value, str):
        return number_text(value)
    if "," in value:
        raise UnwritableError("a text with a comma")
    return value


def _whole(values: Mapping[str, str], runs: list[Raw]) -> Raw:
    beside = [key for key in SPEC_KEYS if key in values] + [RUNS] * bool(runs)
    if beside:
        _refuse((beside[0],), f"stands beside {WHOLE}=, which says the whole spec: give the one or the other", "either")
    text = values[WHOLE]
    try:
        decoded = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        _refuse((WHOLE,), f"must be base64url of the spec's JSON; got {quoted(text)}", "base64")
    spec = parse_json(decoded, ("query", WHOLE))
    if not isinstance(spec, dict):
        _refuse((WHOLE,), f"must be base64url of a JSON object; got {quoted(spec)}", "object")
    return spec


def _refuse(place: tuple[str | int, ...], phrase: str, kind: str) -> NoReturn:
    loc = ("query", *place)
    raise Refused(422, loc, f"{field_path(loc)} {phrase}", kind)
