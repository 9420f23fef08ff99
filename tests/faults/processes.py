"""Servers whose processes are killed or put to sleep, and what they are run within."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.faults.following import wait_for
from tests.server import THIS_COMMAND, Server, start_server


@contextmanager
def serving(*options: str, within: Sequence[str] = (), reachable: bool = True) -> Iterator[Server]:
    """A server that answers, all of whose processes are killed afterwards.

    Args:
        within: the command that runs it in other surroundings.
        reachable: whether it can be asked from here.
    """
    server = start_server(*options, command=("setsid", *within, *THIS_COMMAND))
    with server.process:
        try:
            if reachable:
                wait_until_well(server.url)
            wait_for(lambda: all(map(answers_its_parent, workers(server))), "every worker answers")
            yield server
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.process.pid, signal.SIGKILL)


def end(server: Server, how: signal.Signals) -> None:
    """Send a signal to the first process of a server, and wait for its end."""
    server.process.send_signal(how)
    server.process.wait(60)


def wait_until_well(url: str) -> None:
    """Wait until a server answers."""

    def is_well() -> bool:
        try:
            return httpx.get(f"{url}/healthz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    wait_for(is_well, f"{url} answers")


def workers(server: Server) -> list[int]:
    """The numbers of its worker processes."""
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if "spawn_main" in _command(child)]


def _command(pid: str) -> str:
    """What a process was started with; nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def answers_its_parent(worker: int) -> bool:
    """Whether a worker has its second thread, which is there to do so."""
    try:
        return len(list(Path(f"/proc/{worker}/task").iterdir())) > 1
    except OSError:
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def needs(*command: str) -> None:
    """Skip the test where a command that it is made of is not permitted, as for who is not root."""
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"not permitted here: {' '.join(command)} ({error})")
