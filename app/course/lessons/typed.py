"""Numbers that were typed: one that may be a result has to be computed, or a change of the runs would make it wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from app.course.lessons.faults import LessonError, Source, Way
from app.course.lessons.values import EXPRESSION, FORMULA

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
_YEAR = re.compile(r"(19|20)\d\d")
_LINK = re.compile(r"\]\([^)]*\)")


def check_typed(text: str, given: Collection[float], source: Source, way: Way = ()) -> None:
    """Raises: LessonError, a number is typed that may be a result, or braces are left that compute nothing.

    Args: given: the numbers that may stand there, such as those of specs; one digit, a year and a formula always may.
    """
    bare = text
    for pattern in (FORMULA, EXPRESSION, _LINK):
        bare = pattern.sub(lambda match: "\n" * match[0].count("\n"), bare)
    for match in re.finditer(r"\{\{|\}\}|\{%", bare):
        line = bare.count("\n", 0, match.start())
        raise within(source, way, line, "an expression is written {{ with a space on either side }}")
    for match in _NUMBER.finditer(bare):
        number = match[0].rstrip(",").replace(",", "")
        if (len(number) > 1) and not _YEAR.fullmatch(number) and float(number) not in given:
            line = bare.count("\n", 0, match.start())
            message = f"the number {match[0]} is typed and stands in no spec; write {{{{ an expression }}}}"
            raise within(source, way, line, message)


def numbers_of(spec: str) -> Iterator[float]:
    """The numbers that stand in a spec, without their signs."""
    for number in re.findall(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", spec):
        yield float(number)


def within(source: Source, way: Way, line: int, message: str) -> LessonError:
    """The error at a value of a block, or so many lines below the first of a text."""
    return source.fault(message, *way) if way else source.fault_at(line, message)
