"""The values of an address: a codec for each kind of them reads it from its text and writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fallline.errors import SpecError, located

Raw = dict[str, Any]

NULL = "null"
SCHEDULE, CHANGES = "schedule", "changes"
RUN_TEXTS = ("label", "form", "sampling")
"""The fields of a run that are texts; every other one is a number."""
NETWORK_TEXTS = ("dataset", "activation", "loss")

_NUMBER_PATTERN = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_NUMBER = re.compile(_NUMBER_PATTERN, re.ASCII)


class UnwritableError(ValueError):
    """A value that an address has no way to write."""


@dataclass(frozen=True)
class Codec:
    """How one kind of value is read from an address, and how it is written there.

    `read` leaves a text of another kind as it is, for the model to refuse, and raises SpecError where the text
    cannot be taken apart. `pattern` is the form of that text, a regular expression.
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
    """A list, its values parted by a mark."""

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


def fields_codec(first: str, form: str) -> Codec:
    """An object as `adam:beta1=0.9,schedule=exponential,schedule.decay=0.99`: the field `first`, then others by name.

    The changes on the way stand last, as they hold commas of their own. Args: form: how to write it.
    """

    def read(text: str) -> Raw:
        fields: Raw = {}
        for key, value in _keys_and_texts(first, text, form):
            group, _, name = key.partition(".")
            inner, name = (fields.setdefault(SCHEDULE, {}), name or "name") if group == SCHEDULE else (fields, key)
            if name in inner:
                raise SpecError("duplicate", (key,))
            with located(key):
                inner[name] = _FIELDS.get(name, NUMBER).read(value)
        return fields

    def write(fields: Raw) -> str:
        plain = {key: value for key, value in fields.items() if key not in (first, SCHEDULE, CHANGES)}
        for key, value in fields.get(SCHEDULE, {}).items():
            plain[SCHEDULE if key == "name" else f"{SCHEDULE}.{key}"] = value
        if fields.get(CHANGES):
            plain[CHANGES] = fields[CHANGES]
        texts = [f"{key}={_FIELDS.get(key, NUMBER).write(value)}" for key, value in plain.items()]
        return f"{fields[first]}:{','.join(texts)}" if texts else str(fields[first])

    return Codec(read, write, "[^:=,]+(:.*)?")


def _keys_and_texts(first: str, text: str, form: str) -> Iterator[tuple[str, str]]:
    """Each field with its value."""
    value_of_first, _, rest = text.partition(":")
    if "=" in value_of_first:
        raise SpecError("not_fields", (), text, form=form)
    yield first, value_of_first
    plain, has_changes, changes = f",{rest}".partition(f",{CHANGES}=")
    for part in plain[1:].split(",") if plain[1:] else ():
        key, equals, value = part.partition("=")
        if not equals:
            raise SpecError("not_fields", (), part, form=form)
        yield key, value
    if has_changes:
        yield CHANGES, changes


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
"""Codecs of values that are written in an address as they are."""
NAMES = several(TEXT)
RUN, CHANGE = (fields_codec(first, f"{first.upper()}:field=value,field=value") for first in ("name", "at"))
NETWORK = fields_codec("dataset", "DATASET:field=value,hidden=3-4")

_NEURONS = several(NUMBER, "-")
_FIELDS: Mapping[str, Codec] = {
    "hidden": Codec(lambda text: _NEURONS.read(text) if text else [], _NEURONS.write, f"({_NEURONS.pattern})?"),
    CHANGES: several(CHANGE, ";"),
    "rule": Codec(_needs_spec, _unwritable, ""),
    **dict.fromkeys(("name", SCHEDULE, *RUN_TEXTS, *NETWORK_TEXTS), Codec(str, _text_within, "[^,]+")),
}
