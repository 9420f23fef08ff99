"""The process that looks after several that serve: one that ends is replaced."""

from uvicorn.supervisors import Multiprocess

from app.server.counts import forget

HUNG_SECONDS = 30
"""Seconds without a sign of a worker after which another takes its place: on a slow machine starting takes long."""


class Supervisor(Multiprocess):
    """Uvicorn's supervisor, but that it knows at once where a worker ends while it is asked for a sign.

    Uvicorn keeps the worker's end of their pipe open in its own process, and so waits for all of HUNG_SECONDS.
    """

    def init_processes(self) -> None:
        super().init_processes()
        self._close_far_ends()

    def terminate_all(self) -> None:
        """Tell the workers to stop, and stop listening: a new connection would wait for nobody."""
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
