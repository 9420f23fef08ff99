"""Run the command `fallline` in its own process."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

THIS_COMMAND = (sys.executable, "-m", "app")
STATES = TemporaryDirectory(prefix="fallline-states-")
"""Replaces the user's state folder, in which the server keeps rooms."""


@dataclass
class Server:
    """A running server, at `url`."""

    process: subprocess.Popen[str]
    url: str

    def stop(self) -> int:
        """Send SIGTERM, as a service manager does, and wait. Returns: the exit status."""
        with self.process:
            self.process.terminate()
            return self.process.wait(timeout=120)


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of the tests without the server's settings, with `changes` applied."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FALLLINE_")}
    return kept | {"XDG_STATE_HOME": STATES.name} | changes


def start_server(
    *options: str,
    command: Sequence[str] = THIS_COMMAND,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    log: IO[str] | None = None,
) -> Server:
    """Run the command on a free port, and wait until it prints its address. Args: log: a file for its messages."""
    words = [*command, "--port", "0", *options]
    process = subprocess.Popen(words, cwd=cwd, env=env or environment(), stdout=subprocess.PIPE, stderr=log, text=True)
    assert process.stdout
    address = re.search(r"http://\S+", process.stdout.readline())
    if not address:
        process.kill()
        process.communicate()
        raise AssertionError("the server says no address")
    return Server(process, address[0])


def key_of_class(server: Server) -> str:
    """Return the key of the class's room, which a server with `--classroom` prints."""
    assert server.process.stdout
    printed = iter(server.process.stdout.readline, "")
    return next(line.strip().partition("/teach#")[2] for line in printed if "/teach#" in line)
