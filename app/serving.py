"""A server in a thread of the calling program, which runs that program's own optimizers and losses."""

from __future__ import annotations

import contextlib
import logging
import threading
from functools import partial
from socket import create_server, socket
from typing import Any

import uvicorn

from app.main import create_app
from app.own.files import OwnCatalog
from app.server.connections import Connection, cut_stalled
from app.server.settings import OWN_LIMITS, Settings
from fallline.time_limit import TIME_LIMIT

STARTS_WITHIN = 60.0
"""The most seconds to wait for the server to start or to end."""


class Served:
    """The server of this process, in a thread. Attributes: port: the port on which it listens."""

    def __init__(self, port: int, seconds: float, root_path: str) -> None:
        try:
            self._listener: socket = create_server(("127.0.0.1", port), backlog=256)
        except OSError as error:
            raise OSError(f"port {port} cannot be listened on: {error.strerror}; port=0 takes any free one") from None
        self.port: int = self._listener.getsockname()[1]
        # not from the environment, whose settings are for the command
        values = {"port": self.port, "own_seconds": seconds, "root_path": root_path.replace("{port}", str(self.port))}
        self._settings = Settings.model_validate({**values, **OWN_LIMITS})
        self.asked_root_path = root_path
        cut_stalled(self._listener, self._settings.stalled_seconds)
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        connection: Any = partial(Connection, settings=self._settings)
        config = uvicorn.Config(
            create_app(self._settings, own=OwnCatalog()), http=connection, ws="none",
            log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1,
            root_path=self._settings.root_path,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="Fall Line", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        TIME_LIMIT.set(self._settings.own_seconds)
        self._server.run(sockets=[self._listener])

    @property
    def runs(self) -> bool:
        """Whether the server is running."""
        return self._thread.is_alive()

    def wait(self) -> None:
        """Wait until the server ends, or until Ctrl-C; then close it."""
        with contextlib.suppress(KeyboardInterrupt):
            while self.runs:
                self._thread.join(0.5)
        self.close()

    def close(self) -> None:
        """End the server."""
        self._server.should_exit = True
        self._thread.join(STARTS_WITHIN)
        self._listener.close()


_SERVED: list[Served] = []


def served(port: int, seconds: float, root_path: str = "") -> Served:
    """Return the running server of this process, or start one if there is none with this port and path.

    Args: root_path: the path at which a proxy shows the server; `{port}` in it is replaced by the port.

    Raises: OSError, the port cannot be used.
    """
    for server in list(_SERVED):
        if not server.runs:
            _SERVED.remove(server)
        elif port in (0, server.port) and root_path == server.asked_root_path:
            return server
    _SERVED.append(Served(port, seconds, root_path))
    return _SERVED[-1]
