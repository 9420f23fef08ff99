"""The process that runs code of one's own: a server that only the other processes use, and that can be ended any time.

`fallline --with FILE` starts it with a listening socket, and starts it again whenever it has ended. So a call that
never returns, or one that crashes the process, affects only requests that name such code.
"""

from __future__ import annotations

import asyncio
import logging
import logging.config
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from select import select
from typing import Any

import uvicorn

from app.main import create_app
from app.own.files import OwnCatalog
from app.own.handing_on import OWN_PORT
from app.server.connections import Connection
from app.server.logs import LOGGING
from app.server.settings import Settings
from fallline.time_limit import TIME_LIMIT

SIGN_EVERY = 0.5
"""The seconds between two signs of life of the process."""
GRACE = 5.0
"""A process without a sign of life is ended this many seconds after the time limit of a call."""
STARTS_WITHIN = 300.0
"""The most seconds until the first sign of life; on a busy machine, imports take long."""
AGAIN_AFTER = 1.0
"""Seconds from the end of the process to its next start."""

LOG = logging.getLogger("fallline.own")


@contextmanager
def own_process(settings: Settings) -> Iterator[None]:
    """A context in which a separate process runs the code of the files that the settings name."""
    if not settings.own_paths:
        yield
        return
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        os.environ[OWN_PORT] = str(listener.getsockname()[1])
        process = _Supervised(settings, listener)
        try:
            yield
        finally:
            del os.environ[OWN_PORT]
            process.end()


class _Supervised:
    """The process, and a thread that watches it."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._silence, self._listener, self._ends = settings.own_seconds + GRACE, listener, threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._look_after, name="own code", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ends.set()
        if self._process:
            self._process.kill()  # it has no state to save
        self._thread.join(GRACE)

    def _look_after(self) -> None:
        while not self._ends.is_set():
            signs, theirs = os.pipe()
            handed_over = (self._listener.fileno(), theirs)
            arguments = [sys.executable, "-m", "app.own.process", *map(str, handed_over)]
            self._process = process = subprocess.Popen(arguments, pass_fds=handed_over)  # noqa: S603 (this program)
            os.close(theirs)
            try:
                seconds, signed = STARTS_WITHIN, True
                while signed and not self._ends.is_set():
                    ready, _, _ = select([signs], [], [], seconds)
                    signed, seconds = bool(ready and os.read(signs, 64)), self._silence
                if not self._ends.is_set():
                    why = "broke off" if ready else f"gave no sign for {seconds:g} s, and was ended"
                    LOG.error("The process with your own code %s; it starts again.", why)
                    process.kill()
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
            finally:
                os.close(signs)
            process.wait()
            self._ends.wait(AGAIN_AFTER)


async def _serve(settings: Settings, listener: socket.socket, signs: int) -> None:
    # All requests come from another process of the server, which has the access log, the rooms and the counts.
    settings = settings.model_copy(update={"own_files": "", "access_log": False, "classroom": False, "rooms": 0})
    own = OwnCatalog(Settings.from_environment().own_paths)
    app = create_app(settings, own=own)
    connection: Any = partial(Connection, settings=settings)
    config = uvicorn.Config(
        app, http=connection, ws="none", log_config=LOGGING, access_log=False,
        root_path=settings.root_path, forwarded_allow_ips="127.0.0.1", server_header=False,
        timeout_graceful_shutdown=1, log_level="error",
    )  # fmt: skip

    async def give_signs() -> None:
        while True:
            with suppress(BlockingIOError):
                os.write(signs, b".")
            await asyncio.sleep(SIGN_EVERY)

    signing = asyncio.ensure_future(give_signs())
    await uvicorn.Server(config).serve(sockets=[listener])
    signing.cancel()


def _end_without(parent: int) -> None:
    """End this process once the one that started it is gone, which may have been killed."""
    while os.getppid() == parent:
        threading.Event().wait(SIGN_EVERY)
    os._exit(0)


def main() -> None:
    """Serve at a listening socket and write signs of life to a pipe; the arguments are their file descriptors."""
    listener, signs = map(int, sys.argv[1:])
    threading.Thread(target=_end_without, args=(os.getppid(),), daemon=True).start()
    os.set_blocking(signs, False)
    logging.config.dictConfig(LOGGING)
    settings = Settings.from_environment()
    TIME_LIMIT.set(settings.own_seconds)
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(settings, socket.socket(fileno=listener), signs))


if __name__ == "__main__":
    main()
