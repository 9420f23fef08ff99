"""The values of a block of YAML, checked: their names, their kinds, and the line of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml  # type: ignore[import-untyped]

from app.course.lessons.faults import Source, Way

Shape = Mapping[str, type]
"""Name -> the kind of its value; a name that ends in `?` may be missing."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one, as it is many times as fast."""

KINDS = {
    str: "a text (in quotes)", list: "a list", dict: "names with values", int: "a whole number", bool: "true or false"
}  # fmt: skip


def fields_of(text: str, source: Source, shape: Shape) -> tuple[dict[str, Any], Source]:
    """The values of a block, and where it stands with the line of each. Raises: LessonError."""
    try:
        node, content = yaml.compose(text, LOADER), yaml.load(text, LOADER)  # noqa: S506 (a safe one)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        why = getattr(fault, "problem", None) or fault
        message = f"no YAML: {why}; quote a text that has : or begins with a brace"
        raise source.fault_at(mark.line if mark else 0, message) from None
    if not isinstance(content, dict):
        raise source.fault(f"must have {_names(shape)}")
    source = replace(source, lines=dict(_lines(node, (), source)))
    check(content, shape, source)
    return content, source


def check(content: Any, shape: Shape, source: Source, *way: str | int) -> None:
    """Check the names and kinds of what stands at the end of a way. Raises: LessonError."""
    if not isinstance(content, dict):
        raise source.fault(f"must have {_names(shape)}", *way)
    kinds = {name.removesuffix("?"): kind for name, kind in shape.items()}
    for name, value in content.items():
        if name not in kinds:
            raise source.fault(f"has no {name}; it has {_names(shape)}", *way, name)
        kind = kinds[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise source.fault(f"{name} must be {KINDS[kind]}, got {value!r}", *way, name)
    for name in shape:
        if not name.endswith("?") and name not in content:
            raise source.fault(f"{name} is missing; it has {_names(shape)}", *way)


def texts_of(text: str, name: str) -> Iterator[str]:
    """Each text that has this name in a block of YAML, however deep; none of what is no YAML."""
    try:
        nodes = [yaml.compose(text, LOADER)]
    except yaml.YAMLError:
        return
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            yield from (value.value for key, value in node.value if key.value == name and value.id == "scalar")
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value


def check_one_of(value: Any, allowed: Any, source: Source, *way: str | int) -> None:
    """Check that a value is one of a few. Raises: LessonError."""
    if value not in allowed:
        raise source.fault(f"must be one of {', '.join(map(str, allowed))}; got {value!r}", *way)


def _names(shape: Shape) -> str:
    return ", ".join(name.replace("?", " (or not)") for name in shape)


def _lines(node: yaml.Node, way: Way, source: Source) -> Iterator[tuple[Way, int]]:
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
