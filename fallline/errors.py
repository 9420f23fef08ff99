"""What may go wrong: a spec that is refused, and a server that does not answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class FallLineError(Exception):
    """Why there is no result, in sentences."""


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong with a spec.

    Args:
        loc: its place, as `("body", "optimizers", 0, "beta")`.
        msg: the sentence, which names the field, what is allowed and what came.
        type: a code that does not change; ctx: the values of the sentence.
    """

    loc: tuple[str | int, ...]
    msg: str
    type: str
    ctx: Mapping[str, Any]


class SpecError(FallLineError, ValueError):
    """The spec is refused; the text has a sentence for each thing that is wrong, as the server says it.

    Args: complaints: the same, one by one, with codes and values.
    """

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(complaint.msg for complaint in complaints))


class ServerError(FallLineError):
    """The server cannot be reached, is too busy, or failed.

    Args: status: of its last answer; None where none came.
    """

    def __init__(self, sentence: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(sentence)


def complaints_of(detail: Sequence[Mapping[str, Any]]) -> list[Complaint]:
    """The complaints of an answer of the API."""
    return [Complaint(tuple(each["loc"]), each["msg"], each["type"], each["ctx"]) for each in detail]
