"""A spec as the query of an address, read and written by one table of keys.

`surface=rosenbrock&start=-1.5,2&optimizer=adam:learning_rate=0.05,beta1=0.9` means the same as its JSON. A spec that
the keys cannot express (with a rule of one's own, or a comma in a label) is written as `spec=`, its JSON in base64url.
"""

import base64
import binascii
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson
from pydantic import BaseModel

from fallline.errors import Loc, SpecError, known_names, located
from fallline.spec.json_text import parse_json

Pairs = Sequence[tuple[str, str]]
"""The decoded keys and values of an address, in order."""

Raw = dict[str, Any]
"""A value as JSON has it, not yet validated."""

RUNS = "optimizer"
"""The key of a run. It is the only key that an address may have several times."""
ENCODED_SPEC = "spec"
"""The key of a whole spec in base64url."""
READABLE = ":;,=*()/^!"
"""Characters that are not escaped in an address, so that people can read it."""


NULL = "null"
SCHEDULE, CHANGES = "schedule", "changes"
RUN_TEXTS = ("label", "form", "sampling")
"""The fields of a run that are texts. Most others are numbers."""
NETWORK_TEXTS = ("dataset", "kind", "activation", "loss")
POINTS_FIELD = "points"
LAST = (CHANGES, POINTS_FIELD)
"""The fields whose values contain commas. Such a field must be the last."""

_NUMBER_PATTERN = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_NUMBER = re.compile(_NUMBER_PATTERN, re.ASCII)
_LAST = re.compile(f",({'|'.join(LAST)})=")


class UnwritableError(ValueError):
    """A value that an address has no way to write."""


@dataclass(frozen=True)
class Codec:
    """Reads one kind of value from an address, and writes it there.

    Args:
        read: returns the value; a text of another kind is returned as it is, and the model refuses it later. Raises:
            SpecError, if the text cannot be split into its parts.
        pattern: a regular expression for such a text.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str]
    pattern: str


def _number(text: str) -> Any:
    if not _NUMBER.fullmatch(text):
        return None if text == NULL else text
    value = float(text)
    return int(text) if text.lstrip("+-").isdecimal() and abs(value) < 2**63 else value


def _number_text(value: float | None) -> str:
    if value is None:
        return NULL
    exact = abs(value) < 2**53 and float(value).is_integer() and str(value) != "-0.0"
    return str(int(value)) if exact else repr(value)


def _text_within(value: str) -> str:
    if "," in value:
        raise UnwritableError("a text with a comma")
    return value


def several(codec: Codec, mark: str = ",") -> Codec:
    """The codec of a list whose values are separated by `mark`."""

    def read(text: str) -> list[Any] | None:
        return None if text == NULL else [one(index, part) for index, part in enumerate(text.split(mark))]

    def one(index: int, text: str) -> Any:
        with located(index):
            return codec.read(text)

    def write(values: list[Any]) -> str:
        return mark.join(map(codec.write, values))

    return Codec(read, write, f"{codec.pattern}({mark}{codec.pattern})*")


def _axes(text: str) -> list[Any] | None:
    ends = NUMBERS.read(text)
    return ends and [ends[i : i + 2] for i in range(0, len(ends), 2)]


def fields_codec(first: str, form: str, instead: str = "") -> Codec:
    """The codec of an object: the value of its field `first`, then other fields by name.

    An example is `adam:beta1=0.9,schedule=exponential,schedule.decay=0.99`.

    Args:
        form: how to write it, for errors.
        instead: a field that an object may have instead of `first`.
    """

    def read(text: str) -> Raw:
        fields: Raw = {}
        for key, value in _keys_and_texts(first, text, form, instead):
            group, _, name = key.partition(".")
            inner, name = (fields.setdefault(SCHEDULE, {}), name or "name") if group == SCHEDULE else (fields, key)
            if name in inner:
                raise SpecError("duplicate", (key,))
            with located(key):
                inner[name] = _FIELDS.get(name, NUMBER).read(value)
        return fields

    def write(fields: Raw) -> str:
        plain = {key: value for key, value in fields.items() if key not in (first, SCHEDULE, *LAST)}
        for key, value in fields.get(SCHEDULE, {}).items():
            plain[SCHEDULE if key == "name" else f"{SCHEDULE}.{key}"] = value
        plain |= {key: fields[key] for key in LAST if fields.get(key)}
        texts = [f"{key}={_FIELDS.get(key, NUMBER).write(value)}" for key, value in plain.items()]
        return ":".join(filter(None, (fields.get(first), ",".join(texts))))

    return Codec(read, write, f"[^:=,]+(:.*)?{instead and f'|(.*,)?{instead}=.+'}")


def _keys_and_texts(first: str, text: str, form: str, instead: str) -> Iterator[tuple[str, str]]:
    """Each field with the text of its value."""
    value_of_first, _, rest = text.partition(":")
    if "=" not in value_of_first:
        yield first, value_of_first
    elif instead and f",{instead}=" in f",{text}":
        rest = text
    else:
        raise SpecError("not_fields", (), text, form=form)
    plain, *last = _LAST.split(f",{rest}", maxsplit=1)
    for part in plain[1:].split(",") if plain[1:] else ():
        key, equals, value = part.partition("=")
        if not equals:
            raise SpecError("not_fields", (), part, form=form)
        yield key, value
    if last:
        yield last[0], last[1]


def _needs_spec(_: str) -> Any:
    raise SpecError("needs_spec")


def _unwritable(value: Any) -> str:
    raise UnwritableError(f"an address has no way to write {value!r}")


NUMBER = Codec(_number, _number_text, _NUMBER_PATTERN)
NUMBERS = several(NUMBER)
POINTS = several(NUMBERS, ";")
AXES = Codec(_axes, several(NUMBERS).write, NUMBERS.pattern)
FLAG = Codec(
    lambda text: {"true": True, "false": False}.get(text, text), lambda value: str(value).lower(), "true|false"
)
TEXT = Codec(str, str, "[^,]+")
SCALARS = (NUMBER, FLAG, TEXT)
"""The codecs of single values that need no further syntax."""
NAMES = several(TEXT)
RUN, CHANGE = (fields_codec(first, f"{first.upper()}:field=value,field=value") for first in ("name", "at"))
NETWORK = fields_codec("dataset", "DATASET:field=value,hidden=3-4", instead=POINTS_FIELD)

_NEURONS = several(NUMBER, "-")
_FIELDS: Mapping[str, Codec] = {
    "hidden": Codec(lambda text: _NEURONS.read(text) if text else [], _NEURONS.write, f"({_NEURONS.pattern})?"),
    CHANGES: several(CHANGE, ";"),
    POINTS_FIELD: POINTS,
    "rule": Codec(_needs_spec, _unwritable, ""),
    **dict.fromkeys(("name", SCHEDULE, *RUN_TEXTS, *NETWORK_TEXTS), Codec(str, _text_within, "[^,]+")),
}


@dataclass(frozen=True)
class Key:
    """One key of the query. It has the name of the field that it sets.

    Args:
        codec: how the value is written.
        help: what the value is, for the documentation; empty if the description of the field is enough.
        group: the object of the spec that has the field; empty for the spec itself.
    """

    name: str
    codec: Codec
    help: str = ""
    group: str = ""

    @property
    def place(self) -> tuple[str, ...]:
        """The location of its value in the spec."""
        return (self.group, self.name) if self.group else (self.name,)


def _table(*keys: Key) -> Mapping[str, Key]:
    return {key.name: key for key in keys}


SPEC_KEYS: Mapping[str, Key] = _table(
    Key("surface", TEXT, "A surface of the catalog.", "problem"),
    Key("expression", TEXT, "A formula in x, or in x and y; + is written %2B.", "problem"),
    Key("dataset", TEXT, "A data set of the catalog, for the line fit.", "problem"),
    Key("points", POINTS, "Points of one's own, as 0.6,1.1;0.8,1.2.", "problem"),
    Key(
        "network",
        NETWORK,
        (
            "A network, as xor:hidden=4-3,activation=tanh,loss=mse. With samples of one's own, which must come last: "
            "hidden=4,points=0,0,0;0,1,1;1,0,1;1,1,0."
        ),
        "problem",
    ),
    Key("loss", TEXT, "The loss of the line fit.", "problem"),
    Key("standardize", FLAG, "true: scale the data of the line fit or the network.", "problem"),
    Key("start", NUMBERS, "One number for each parameter, as -1.5,2."),
    Key("max_steps", NUMBER, "Stop after this many steps.", "stop"),
    Key("min_step_size", NUMBER, "Stop when steps are smaller than this in every parameter.", "stop"),
    Key("small", TEXT, "What min_step_size is compared with: step_and_gradient, or step alone.", "stop"),
    Key("target_loss", NUMBER, "Stop when the loss is at most this.", "stop"),
    Key("seed", NUMBER, "The seed of the batches and the noise."),
)
"""The keys of all values of the spec, in the order in which they are written."""

PAGE_KEYS: Mapping[str, Key] = _table(
    Key("domain", AXES, "The rectangle, as x0,x1,y0,y1."),
    Key("window", AXES, "The rectangle of the map on a page, as x0,x1,y0,y1; used if there is no domain."),
    Key("resolution", NUMBER, "Points along each side."),
    Key("digits", NUMBER, "Significant digits of the loss; fewer make a smaller reply."),
    Key("plane", NAMES, "For a network: the two parameters that are the axes of its plane, as w1_1_1,w2_1_2."),
    Key("at", NUMBERS, "For a network: the point that its plane passes through; by default the start."),
    Key("step", NUMBER, "The row of the playhead; a path is drawn thin from there on; by default the last row."),
    Key("paths", FLAG, "false: draw no paths, for instance where readers are asked to guess them."),
    Key("slots", NUMBERS, "The colour of each run, from 0 to 7, as 0,2; by default that of its rule."),
    Key("width", NUMBER),
    Key("height", NUMBER),
    Key("theme", TEXT),
)
"""The keys of a landscape or a picture, beside those of its problem and its runs."""

LANDSCAPE_KEYS: Mapping[str, Key] = {
    name: PAGE_KEYS[name] for name in ("domain", "window", "resolution", "digits", "plane", "at")
}

RUNS_HELP = (
    "A run, as adam:learning_rate=0.05,beta1=0.9,schedule=exponential,schedule.decay=0.99; repeat the key for further "
    "runs. Changes come last: gd:learning_rate=0.1,changes=120:learning_rate=0.01;300:name=adam,beta1=0.8."
)
ENCODED_SPEC_HELP = "The whole spec as base64url of its JSON, instead of the other keys."

SERVER_KEYS = ("format", "fields", "align", "average", "pace", "last_event_id")
"""Keys that tell a server how to reply. They have no effect here."""

OTHER_KEYS = (*PAGE_KEYS, *SERVER_KEYS)
"""Keys of the page and of single routes. The same query may be sent to every route, so each accepts them all."""

KEYS = (*SPEC_KEYS, RUNS, ENCODED_SPEC, *OTHER_KEYS)


def query_to_spec(pairs: Pairs) -> Raw:
    """The spec of an address, in the form of its JSON; not yet validated.

    Raises:
        SpecError: a key is unknown or given twice, or a value cannot be read.
    """
    values = key_values(pairs)
    if ENCODED_SPEC in values:
        return _decoded(values)
    runs = [text for key, text in pairs if key == RUNS]
    runs_read = [read(RUN, text, ("optimizers", index)) for index, text in enumerate(runs)]
    return query_to_fields(SPEC_KEYS, pairs) | ({"optimizers": runs_read} if runs_read else {})


def query_to_landscape(pairs: Pairs) -> Raw:
    """The spec of a landscape of an address, which may be that of a page and have runs; not yet validated."""
    return query_to_spec(pairs) | query_to_grid(pairs)


def query_to_grid(pairs: Pairs) -> Raw:
    """The fields of a landscape that an address has beside its spec; not yet validated."""
    grid = query_to_fields(LANDSCAPE_KEYS, pairs)
    if "window" in grid:
        grid.setdefault("domain", grid.pop("window"))
    return grid


def query_to_fields(keys: Mapping[str, Key], pairs: Pairs) -> Raw:
    """The values of some keys of an address, each at the location of its field; not yet validated."""
    fields: Raw = {}
    for name, text in dict(pairs).items():
        if key := keys.get(name):
            inner = fields.setdefault(key.group, {}) if key.group else fields
            inner[name] = read(key.codec, text, key.place)
    return fields


@contextmanager
def located_in_address(given: Container[str]) -> Iterator[None]:
    """Raise errors again with their location in the query: below the key of the address that has the wrong value.

    Args: given: the keys of the address.
    """
    try:
        with located():
            yield
    except SpecError as fault:
        errors = [{**error, "loc": ("query", *_below_key(error["loc"], given))} for error in fault.errors()]
        raise SpecError.for_all(errors) from None


def _below_key(loc: Loc, given: Container[str]) -> Loc:
    if not loc or loc[0] in given:
        return loc
    if loc[0] == "domain" and "window" in given:
        return ("window", *loc[1:])
    if ENCODED_SPEC in given:
        return (ENCODED_SPEC, *loc)
    for key in SPEC_KEYS.values():
        if loc[: len(key.place)] == key.place:
            return (key.name, *loc[len(key.place) :])
    return loc


def spec_to_query(spec: BaseModel) -> str:
    """The query of a spec, without defaults; as `spec=` if the other keys cannot express it."""
    raw = spec.model_dump(exclude_defaults=True)
    try:
        pairs = [*_pairs(raw), *((RUNS, RUN.write(run)) for run in raw.get("optimizers", []))]
    except UnwritableError:
        pairs = [(ENCODED_SPEC, base64.urlsafe_b64encode(orjson.dumps(raw)).decode().rstrip("="))]
    return "&".join(f"{key}={quote(value, safe=READABLE)}" for key, value in pairs)


def key_values(pairs: Pairs, keys: Sequence[str] = KEYS, **why: str) -> dict[str, str]:
    """Key -> the text of its value. Raises: SpecError for an unknown key, and for one given twice, except RUNS."""
    values: dict[str, str] = {}
    for key, value in pairs:
        if key not in keys:
            raise SpecError("unknown_key", (key,), value, **known_names(key, keys), **why)
        if key in values and key != RUNS:
            raise SpecError("duplicate", (key,), value)
        values[key] = value
    return values


def read(codec: Codec, text: str, place: Loc) -> Any:
    """The value of a text, read by a codec. Raises: SpecError, at `place`."""
    with located(*place, value=text):
        return codec.read(text)


def _pairs(raw: Raw) -> Iterator[tuple[str, str]]:
    for key in SPEC_KEYS.values():
        inner = raw.get(key.group, {}) if key.group else raw
        if key.name in inner:
            yield key.name, key.codec.write(inner[key.name])


def _decoded(values: Mapping[str, str]) -> Raw:
    beside = [key for key in (*SPEC_KEYS, RUNS) if key in values]
    text = values[ENCODED_SPEC]
    if beside:
        raise SpecError("both_given", (beside[0],), values[beside[0]], other=f"{ENCODED_SPEC}=")
    try:
        decoded = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SpecError("not_base64", (ENCODED_SPEC,), text) from None
    with located(ENCODED_SPEC):
        spec = parse_json(decoded)
    if not isinstance(spec, dict):
        raise SpecError("not_an_object", (ENCODED_SPEC,), spec)
    return spec
