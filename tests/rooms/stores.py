"""The stores of rooms that the tests are run on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.rooms.store import NotKeptError, RoomStore
from app.rooms.valkey_store import ValkeyStore
from tests.faults.following import wait_for
from tests.faults.processes import free_port

HOUR = 3600.0


class Valkey:
    """A valkey-server of its own, which loses nothing that it has answered."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"valkey://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it, with what it kept before."""
        options = {"port": self.port, "dir": self.folder, "save": "", "appendonly": "yes", "appendfsync": "always"}
        words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
        self._process = subprocess.Popen(["valkey-server", *words], stdout=subprocess.DEVNULL)
        wait_for(self._answers, "valkey-server answers", 60)

    def _answers(self) -> bool:
        with suppress(NotKeptError):
            self.store().codes()
            return True
        return False

    def store(self, seconds: float = HOUR) -> RoomStore:
        """The store that is kept there."""
        return ValkeyStore(self.address, seconds)

    def kill(self) -> None:
        """End it without a warning."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(60)


@contextmanager
def valkey(folder: Path) -> Iterator[Valkey]:
    """A valkey-server, where there is one; else the test is skipped."""
    pytest.importorskip("valkey", reason="the package valkey is missing: `make faults` installs it")
    if shutil.which("valkey-server") is None:
        pytest.skip("valkey-server is missing: `make faults` installs it")
    server = Valkey(folder)
    try:
        yield server
    finally:
        server.kill()
