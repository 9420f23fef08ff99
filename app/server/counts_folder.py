"""The folder in which several processes count together: room in it for the counts of this one."""

import contextlib
import os
import shutil
from pathlib import Path

from app.server.settings import COUNTS_FOLDER

KINDS = ("counter", "histogram", "gauge_livesum")
"""How prometheus_client calls its files, each with the number of the process behind it."""

FILE_BYTES = 1 << 20
"""Room in each, several times what all routes take."""


def reserve() -> None:
    """Take the room for the counts of this process; where there is none, let it count for itself.

    A file that is mapped into memory ends the process that writes to it once its disk, or the memory, is full. So this
    comes before prometheus_client is imported, which makes them.
    """
    folder = os.environ.get(COUNTS_FOLDER)
    if folder is None or not hasattr(os, "posix_fallocate"):
        return
    files = [Path(folder, f"{kind}_{os.getpid()}.db") for kind in KINDS]
    try:
        for file in files:
            with file.open("ab") as made:
                os.posix_fallocate(made.fileno(), 0, FILE_BYTES)
    except OSError:
        del os.environ[COUNTS_FOLDER]
        with contextlib.suppress(OSError):
            for file in files:
                file.unlink(missing_ok=True)


def remove() -> None:
    """Remove the folder, which the process that made it can do no more; open files in it can still be written to."""
    folder = os.environ.get(COUNTS_FOLDER)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
