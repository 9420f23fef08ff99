"""The logs of the server: faults on the standard error, and the access log on the standard output."""

import logging
from typing import Any

BEHIND = "\n  | "
"""The beginning of each further line of a record, so that text of a request cannot be taken for another record."""


class EscapedFormatter(logging.Formatter):
    """A formatter that escapes control characters, as Python does in strings."""

    def format(self, record: logging.LogRecord) -> str:
        """The text of a record; further lines begin with `BEHIND`."""
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
        "uvicorn.error": {"level": "ERROR"},  # otherwise it warns of each request that is not HTTP
    },
    "root": {"handlers": ["errors"], "level": "WARNING"},
}
"""The configuration for `logging.config.dictConfig`, which uvicorn uses too."""
