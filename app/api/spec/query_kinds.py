"""How the kinds of value stand in an address: each is read from its text, and written as such."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.api.errors import quoted

Raw = dict[str, Any]

NULL = "null"
SCHEDULE, CHANGES = "schedule", "changes"
RUN_TEXTS = ("label", "form", "sampling")
"""The fields of a run that are texts; every other one is a number."""
NETWORK_TEXTS = ("dataset", "activation", "loss")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class FormError(ValueError):
    """A text that is not in the form at all; its words go on from the name of the field at `place` within the value."""

    def __init__(self, phrase: str, kind: str = "query", place: tuple[str, ...] = ()) -> None:
        super().__init__(phrase)
        self.kind, self.place = kind, place


class UnwritableError(ValueError):
    """A value that the query form has no way to write."""


@dataclass(frozen=True)
class Kind:
    """How a kind of value stands in an address: how it is read, and how it is written.

    What is not of its kind is read as the text that it is, and the model refuses it by name; a text that has no such
    form at all raises a FormError.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str]


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


def _flag(text: str) -> Any:
    return {"true": True, "false": False}.get(text, text)


def _text_within(value: str) -> str:
    if "," in value:
        raise UnwritableError("a text with a comma")
    return value


def several(kind: Kind, mark: str = ",") -> Kind:
    """A list, its values parted by a mark."""

    def read(text: str) -> list[Any] | None:
        return None if text == NULL else [kind.read(part) for part in text.split(mark)]

    return Kind(read, lambda values: mark.join(map(kind.write, values)))


def _axes(text: str) -> list[Any] | None:
    ends = NUMBERS.read(text)
    return ends and [ends[i : i + 2] for i in range(0, len(ends), 2)]


def headed(head: str) -> Kind:
    """An object as `adam:beta1=0.9,noise=1`: first the field `head`, then the others by name, changes last of all."""

    def read(text: str) -> Raw:
        first, _, rest = text.partition(":")
        found: Raw = {head: _kind(head).read(first)}
        for key, value in _fields(rest):
            is_schedule = key == SCHEDULE or key.startswith(f"{SCHEDULE}.")
            place = found.setdefault(SCHEDULE, {}) if is_schedule else found
            field = key.removeprefix(SCHEDULE).removeprefix(".") or "name" if is_schedule else key
            if field in place:
                raise FormError("stands twice: give it once", "duplicate", (key,))
            place[field] = _kind(field).read(value)
        return found

    def write(value: Raw) -> str:
        if "rule" in value:
            raise UnwritableError("a rule of one's own")
        schedule, changes = value.get(SCHEDULE, {}), value.get(CHANGES)
        fields = {key: each for key, each in value.items() if key not in (head, SCHEDULE, CHANGES)}
        fields |= {SCHEDULE if key == "name" else f"{SCHEDULE}.{key}": each for key, each in schedule.items()}
        fields |= {CHANGES: changes} if changes else {}
        texts = [f"{key}={_kind(key).write(each)}" for key, each in fields.items()]
        return f"{value[head]}:{','.join(texts)}" if texts else str(value[head])

    return Kind(read, write)


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Each field with its value; the changes hold commas of their own, and are the rest of the text."""
    own, has_changes, changes = f",{text}".partition(f",{CHANGES}=")
    for part in own[1:].split(",") if own[1:] else ():
        key, equals, value = part.partition("=")
        if not equals:
            raise FormError(f"must be NAME:field=value,field=value; got {quoted(part)}")
        yield key, value
    if has_changes:
        yield CHANGES, changes


def _kind(field: str) -> Kind:
    """How a field of a run, a change or a network is written."""
    return _FIELDS.get(field, NUMBER)


NUMBER = Kind(_number, _number_text)
NUMBERS = several(NUMBER)
POINTS = several(NUMBERS, ";")
AXES = Kind(_axes, several(NUMBERS).write)
FLAG = Kind(_flag, lambda value: str(value).lower())
TEXT = Kind(str, str)
NAMES = several(TEXT)
RUN, NETWORK = headed("name"), headed("dataset")

_NEURONS = several(NUMBER, "-")
_FIELDS: Mapping[str, Kind] = {
    "hidden": Kind(lambda text: _NEURONS.read(text) if text else [], _NEURONS.write),
    CHANGES: several(headed("at"), ";"),
    **dict.fromkeys(("name", SCHEDULE, *RUN_TEXTS, *NETWORK_TEXTS), Kind(str, _text_within)),
}
