"""A fault in code that is not this project's: an optimizer or a loss that somebody wrote."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import format_exception
from types import TracebackType

LOG = logging.getLogger("fallline")
"""Where the traceback of a fault goes: to stderr, unless the program that asks has set up logging otherwise."""


class FaultError(Exception):
    """A step or a loss that somebody wrote raised, or gave back nothing that can be gone on with.

    Args: where: in what, as `MyOptimizer.step`; what: the error, as `ValueError: too small`.
    """

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f"fault in {where}: {what}")


def _theirs(error: Exception) -> TracebackType | None:
    """The traceback of an error without the frames of this library that it begins with."""
    trace, ours = error.__traceback__, Path(__file__).parent
    while trace and trace.tb_next and ours in Path(trace.tb_frame.f_code.co_filename).parents:
        trace = trace.tb_next
    return trace


class Faults:
    """What is raised in one piece of code that somebody wrote, as a `FaultError`, its traceback told at their terminal.

    Args: where: the piece, as `MyOptimizer.step`.
    """

    def __init__(self, where: str) -> None:
        self.where, self._told = where, ""

    @contextmanager
    def told(self, silent: bool = False) -> Iterator[None]:
        """Turn what is raised within into a `FaultError`; one traceback is told once, in however many runs."""
        try:
            yield
        except Exception as error:
            text = "".join(format_exception(type(error), error, _theirs(error)))
            if not silent and text != self._told and not isinstance(error, FaultError):
                self._told = text
                LOG.error("Fault in %s:\n%s", self.where, text.rstrip())
            raise self.of(error) from error

    def of(self, error: Exception) -> FaultError:
        """The fault that an error is."""
        if isinstance(error, FaultError):
            return error
        first = (str(error).splitlines() or [""])[0]
        return FaultError(self.where, f"{type(error).__name__}: {first}" if first else type(error).__name__)
