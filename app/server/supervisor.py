"""The process that supervises several worker processes, and replaces one that ends."""

from uvicorn.supervisors import Multiprocess

from app.server.counts import forget

HUNG_SECONDS = 30
"""A worker that gives no sign for this many seconds is replaced. On a slow machine, starting takes long."""


class Supervisor(Multiprocess):
    """Uvicorn's supervisor, changed so that it notices at once if a worker ends while it waits for its sign.

    Uvicorn keeps the worker's end of their pipe open in its own process, and so would wait for `HUNG_SECONDS`.
    """

    def init_processes(self) -> None:
        super().init_processes()
        self._close_far_ends()

    def terminate_all(self) -> None:
        """Stop the workers, and stop listening, so that new connections do not wait in vain."""
        for listener in self.sockets:
            listener.close()
        super().terminate_all()

    def keep_subprocess_alive(self) -> None:
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for ended in filter(None, before - {process.pid for process in self.processes}):
            forget(ended)
        self._close_far_ends()

    def _close_far_ends(self) -> None:
        for process in self.processes:
            process.child_conn.close()
