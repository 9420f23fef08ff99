"""What is wrong with a lesson: the file, the line, what is wrong there and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class LessonError(ValueError):
    """A lesson that cannot be shown as it is written."""


Way = tuple[str | int, ...]
"""From the top of a block to one of its values: keys, and the numbers of items."""


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
