"""The process that runs code of one's own: a server for the others alone, which may be ended at any time.

`fallline --with FILE` starts it, hands it a listening socket, and starts it again whenever it has ended: so a call that
never comes back, or one that takes the whole process with it, harms no request but those that name such code.
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
"""Seconds between two signs of life."""
GRACE = 5.0
"""Seconds after the time limit of a call after which a process that does not answer is ended."""
STARTS_WITHIN = 300.0
"""Seconds until the first sign: on a machine that has much else to do, reading all there is takes long."""
AGAIN_AFTER = 1.0
"""Seconds after which it is started again."""

LOG = logging.getLogger("fallline.own")


@contextmanager
def own_process(settings: Settings) -> Iterator[None]:
    """Run the code of the files that the settings name in a process of its own, for as long as the block runs."""
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
    """The process, looked after by a thread."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._silence, self._listener, self._ends = settings.own_seconds + GRACE, listener, threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._look_after, name="own code", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ends.set()
        if self._process:
            self._process.kill()  # it has nothing to write down
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
    # All requests here come from the other process, which prints, keeps rooms and counts.
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
    """End once the process that started this one is gone, which may be killed without a word."""
    while os.getppid() == parent:
        threading.Event().wait(SIGN_EVERY)
    os._exit(0)


def main() -> None:
    """Serve at the listening socket and write signs to the pipe whose numbers are the arguments."""
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
