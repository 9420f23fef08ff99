"""Fall Line from Python: run optimizers here, or ask a server.

`run` and `sweep` need no server; `Client` and `AsyncClient` ask one, and give the same objects.
"""

from fallline.client import AsyncClient, Client
from fallline.errors import Complaint, FallLineError, ServerError, SpecError
from fallline.events import End, Event, Rows, Start, result_of
from fallline.local import run, sweep
from fallline.results import Edge, Gap, Result, Run, Sweep

__all__ = [
    "AsyncClient", "Client", "Complaint", "Edge", "End", "Event", "FallLineError", "Gap", "Result", "Rows", "Run",
    "ServerError", "SpecError", "Start", "Sweep", "result_of", "run", "sweep",
]  # fmt: skip
