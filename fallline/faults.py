"""Faults: errors in somebody's own code, of an optimizer or a loss."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import format_exception
from types import TracebackType

from fallline.time_limit import TIME_LIMIT, NeverEndsError

LOG = logging.getLogger("fallline")
"""The tracebacks of faults are logged here: to stderr, unless the program has configured logging otherwise."""


class FaultError(Exception):
    """A step or a loss that somebody wrote raised, or returned something unusable.

    Args:
        where: the function, such as `MyOptimizer.step`.
        what: the error, such as `ValueError: too small`.
        place: the file and the line of the author's code, such as `my_optimizers.py, line 31`; empty if not known.
    """

    def __init__(self, where: str, what: str, place: str = "") -> None:
        self.where, self.what, self.place = where, what, place
        super().__init__(f"fault in {where}: {what}")


def _theirs(error: BaseException) -> TracebackType | None:
    """The traceback of an error without the frames of this library at its beginning."""
    trace, ours = error.__traceback__, Path(__file__).parent
    while trace and trace.tb_next and ours in Path(trace.tb_frame.f_code.co_filename).parents:
        trace = trace.tb_next
    return trace


def _place(error: BaseException) -> str:
    """The file and line of the last frame of an error that is in the author's code, and not in a library."""
    trace, place = _theirs(error), ""
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "site-packages" not in file.parts and Path(__file__).parent not in file.parents and trace.tb_lineno:
            place = f"{file.name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


class Faults:
    """Turns errors of one piece of somebody's code into `FaultError`, and logs their tracebacks.

    Args: where: the piece of code, such as `MyOptimizer.step`.
    """

    def __init__(self, where: str) -> None:
        self.where, self._told = where, ""

    @contextmanager
    def told(self, silent: bool = False) -> Iterator[None]:
        """Turn errors raised in this context into `FaultError`. Equal tracebacks in a row are logged once.

        Args: silent: log none.
        """
        try:
            with TIME_LIMIT.over():
                yield
        except (Exception, NeverEndsError) as error:
            text = "".join(format_exception(type(error), error, _theirs(error)))
            if not silent and text != self._told and not isinstance(error, FaultError):
                self._told = text
                LOG.error("Fault in %s:\n%s", self.where, text.rstrip())
            raise self.of(error) from error

    def of(self, error: BaseException) -> FaultError:
        """The fault for an error."""
        if isinstance(error, NeverEndsError):
            return FaultError(
                self.where, f"it did not end within {TIME_LIMIT.seconds:g} s, and was ended", _place(error)
            )
        if isinstance(error, FaultError):
            return error
        first = (str(error).splitlines() or [""])[0]
        what = f"{type(error).__name__}: {first}" if first else type(error).__name__
        return FaultError(self.where, what, _place(error))
