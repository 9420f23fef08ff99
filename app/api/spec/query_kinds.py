"""How the kinds of value stand in an address: each is read from its text, and written as such."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.api.errors import quoted

NULL = "null"
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Kind:
    """How a kind of value stands in an address: how it is read, and how it is written.

    What is not of its kind is read as the text that it is, and the model refuses it by name; a text that has no such
    form at all raises a ValueError whose words go on from the field's name.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str]


def number(text: str) -> Any:
    """The number that `text` writes, or the text itself, which the model then refuses by name."""
    if not _NUMBER.fullmatch(text):
        return None if text == NULL else text
    value = float(text)
    return int(text) if text.lstrip("+-").isdecimal() and abs(value) < 2**63 else value


def number_text(value: float | None) -> str:
    if value is None:
        return NULL
    exact = abs(value) < 2**53 and float(value).is_integer() and str(value) != "-0.0"
    return str(int(value)) if exact else repr(value)


def _numbers(text: str) -> list[Any] | None:
    return None if text == NULL else [number(part) for part in text.split(",")]


def _numbers_text(values: Iterable[float]) -> str:
    return ",".join(map(number_text, values))


def _points(text: str) -> list[Any]:
    return [_numbers(part) for part in text.split(";")]


def _points_text(points: Iterable[Iterable[float]]) -> str:
    return ";".join(map(_numbers_text, points))


def _axes(text: str) -> list[Any] | None:
    ends = _numbers(text)
    return None if ends is None else [ends[i : i + 2] for i in range(0, len(ends), 2)]


def _axes_text(axes: Iterable[Iterable[float]]) -> str:
    return ",".join(map(_numbers_text, axes))


def _flag(text: str) -> Any:
    return {"true": True, "false": False}.get(text, text)


def _flag_text(value: bool) -> str:
    return str(value).lower()


def _names(text: str) -> list[str] | None:
    return None if text == NULL else text.split(",")


def _network(text: str) -> dict[str, Any]:
    """`xor:hidden=4-3,activation=tanh` as an object; a network without hidden layers is `hidden=`."""
    name, _, rest = text.partition(":")
    network: dict[str, Any] = {"dataset": name}
    for part in rest.split(",") if rest else ():
        key, equals, value = part.partition("=")
        if not equals or key in network:
            raise ValueError(f"must be NAME:field=value,field=value, each once; got {quoted(part)}")
        network[key] = [number(each) for each in value.split("-") if value] if key == "hidden" else value
    return network


def _network_text(network: dict[str, Any]) -> str:
    fields = {key: value for key, value in network.items() if key != "dataset"}
    if "hidden" in fields:
        fields["hidden"] = "-".join(map(str, fields["hidden"]))
    texts = [f"{key}={value}" for key, value in fields.items()]
    return f"{network['dataset']}:{','.join(texts)}" if texts else str(network["dataset"])


NUMBER = Kind(number, number_text)
NUMBERS = Kind(_numbers, _numbers_text)
POINTS = Kind(_points, _points_text)
AXES = Kind(_axes, _axes_text)
FLAG = Kind(_flag, _flag_text)
TEXT = Kind(str, str)
NAMES = Kind(_names, ",".join)
NETWORK = Kind(_network, _network_text)
