"""Fall Line from Python: run optimizers here, or ask a server.

`run` and `sweep` need no server; `Client` and `AsyncClient` ask one, and give the same objects.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from fallline.errors import Complaint, FallLineError, ServerError, SpecError
from fallline.local import run, sweep
from fallline.results import Edge, Gap, Result, Run, Sweep

if TYPE_CHECKING:
    from fallline.client import AsyncClient, Client, End, Event, Rows, Start, result_of

__version__ = "0.1.0"

__all__ = [
    "AsyncClient", "Client", "Complaint", "Edge", "End", "Event", "FallLineError", "Gap", "Result", "Rows", "Run",
    "ServerError", "SpecError", "Start", "Sweep", "__version__", "result_of", "run", "sweep",
]  # fmt: skip

_OF_A_SERVER = ("AsyncClient", "Client", "End", "Event", "Rows", "Start", "result_of")
"""What asks a server, imported when it is first wanted: it needs httpx, and what runs here does not."""


def __getattr__(name: str) -> Any:
    if name in _OF_A_SERVER:
        return getattr(import_module("fallline.client"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
