"""What the server prints of its work: faults on the standard error, and the access log on the standard output."""

import logging
from typing import Any

BEHIND = "\n  | "
"""Begins each further line of a record, so that what came with a request cannot pass for a record of its own."""


class EscapedFormatter(logging.Formatter):
    """A formatter that prints no control character: each is written as Python writes it in a string."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, its further lines behind a mark."""
        return BEHIND.join(_printable(line) for line in super().format(record).split("\n"))


def _printable(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in line)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "escaped": {"()": EscapedFormatter, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "bare": {"format": "%(message)s"},
    },
    "handlers": {
        "errors": {"class": "logging.StreamHandler", "formatter": "escaped", "stream": "ext://sys.stderr"},
        "access": {"class": "logging.StreamHandler", "formatter": "bare", "stream": "ext://sys.stdout"},
    },
    "loggers": {
        "fallline.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        "fallline.own": {"level": "INFO"},
        "uvicorn.error": {"level": "ERROR"},  # it warns of each request that is no HTTP
    },
    "root": {"handlers": ["errors"], "level": "WARNING"},
}
"""For `logging.config.dictConfig`, as uvicorn takes it."""
