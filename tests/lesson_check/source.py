"""A text of YAML with the line of each of its values, and what its names and their values may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from app.course.lessons.lesson import LOADER

Shape = Mapping[str, type]
"""Name -> the kind of its value; a name that ends in `?` may be missing."""
Way = tuple[str | int, ...]
"""From the top of a block to one of its values: keys, and the numbers of items."""

KINDS = {
    str: "a text (in quotes)", list: "a list", dict: "names with values", int: "a whole number", bool: "true or false"
}  # fmt: skip


class LessonError(ValueError):
    """A fault: file, line, what is wrong there and what is allowed."""


@dataclass(frozen=True)
class Source:
    """Where a text comes from.

    Args:
        line: of its first line in the file, from 1; lines: the way to a value -> its line in the text, from 0.
    """

    file: Path
    line: int = 1
    lines: Mapping[Way, int] = field(default_factory=dict)

    def fault(self, message: str, *way: str | int) -> LessonError:
        """The error at a value; one that is missing is told where its block begins."""
        known = (way[:length] for length in range(len(way), -1, -1) if way[:length] in self.lines)
        return self.fault_at(self.lines[next(known)] if self.lines else 0, message)

    def fault_at(self, offset: int, message: str) -> LessonError:
        """The error so many lines below the first."""
        return LessonError(f"{self.file}:{self.line + offset}: {message}")

    def within(self, way: Way, offset: int, message: str) -> LessonError:
        """The error at a value of a block, or so many lines below the first of a text."""
        return self.fault(message, *way) if way else self.fault_at(offset, message)


def fields_of(text: str, source: Source, shape: Shape) -> tuple[dict[str, Any], Source]:
    """The values of a block, and where it stands with the line of each. Raises: LessonError."""
    try:
        node, content = yaml.compose(text, LOADER), yaml.load(text, LOADER)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        why = getattr(fault, "problem", None) or fault
        message = f"no YAML: {why}; quote a text that has : or begins with a brace"
        raise source.fault_at(mark.line if mark else 0, message) from None
    source = replace(source, lines=dict(_lines(node, (), source)) if node else {})
    check(content, shape, source)
    return content, source


def check(content: Any, shape: Shape, source: Source, *way: str | int) -> None:
    """Check the names and kinds of what stands at the end of a way. Raises: LessonError."""
    names = ", ".join(name.replace("?", " (or not)") for name in shape)
    if not isinstance(content, dict):
        raise source.fault(f"must have {names}", *way)
    kinds = {name.removesuffix("?"): kind for name, kind in shape.items()}
    for name, value in content.items():
        if name not in kinds:
            raise source.fault(f"has no {name}; it has {names}", *way, name)
        kind = kinds[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise source.fault(f"{name} must be {KINDS[kind]}, got {value!r}", *way, name)
    for name in shape:
        if not name.endswith("?") and name not in content:
            raise source.fault(f"{name} is missing; it has {names}", *way)


def check_one_of(value: Any, allowed: Any, source: Source, *way: str | int) -> None:
    """Check that a value is one of a few. Raises: LessonError."""
    if value not in allowed:
        raise source.fault(f"must be one of {', '.join(map(str, allowed))}; got {value!r}", *way)


def _lines(node: Any, way: Way, source: Source) -> Iterator[tuple[Way, int]]:
    yield way, node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise source.fault_at(key.start_mark.line, f"{key.value} stands twice")
            seen.add(key.value)
            yield from _lines(value, (*way, key.value), source)
            yield (*way, key.value), key.start_mark.line
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*way, index), source)
