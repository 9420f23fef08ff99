"""Fall Line from Python: run optimizers in this process, or ask a server.

`run`, `sweep`, `curvature`, `basins`, `tune`, `compare` and the functions for code of one's own need no server;
`Client` and `AsyncClient` ask one, and return the same objects.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fallline.catalogs import LibraryCatalog, catalog
    from fallline.client import AsyncClient, Client, End, Event, Rows, Start, result_of
    from fallline.errors import Complaint, FallLineError, ServerError, SpecError
    from fallline.local import basins, compare, curvature, landscape, run, run_from, sweep, sweep_grid, tune
    from fallline.own import OwnLoss, OwnOptimizer, from_function, from_loss, from_optax, from_torch
    from fallline.playgrounds import Playground, playground
    from fallline.results.analyses import Basins, Curvature, StartEnds, SweepGrid, Tuning
    from fallline.results.comparison import Comparison
    from fallline.results.loss_map import LossMap
    from fallline.results.result import Result, Run, Sweep
    from fallline.slowness import SlowWarning
    from fallline.sweeps import Edge, Gap
    from fallline.tape_plane import PlaneOfTapes
    from fallline.tapes import Tape, path, record

__version__ = "0.1.0"

_NAMES = {
    "fallline.client": ("AsyncClient", "Client", "End", "Event", "Rows", "Start", "result_of"),
    "fallline.results.analyses": ("Basins", "Curvature", "StartEnds", "SweepGrid", "Tuning"),
    "fallline.catalogs": ("LibraryCatalog", "catalog"),
    "fallline.errors": ("Complaint", "FallLineError", "ServerError", "SpecError"),
    "fallline.results.comparison": ("Comparison",),
    "fallline.local": ("basins", "compare", "curvature", "landscape", "run", "run_from", "sweep", "sweep_grid", "tune"),
    "fallline.results.loss_map": ("LossMap",),
    "fallline.own": ("OwnLoss", "OwnOptimizer", "from_function", "from_loss", "from_optax", "from_torch"),
    "fallline.playgrounds": ("Playground", "playground"),
    "fallline.slowness": ("SlowWarning",),
    "fallline.sweeps": ("Edge", "Gap"),
    "fallline.tape_plane": ("PlaneOfTapes",),
    "fallline.tapes": ("Tape", "path", "record"),
    "fallline.results.result": ("Result", "Run", "Sweep"),
}
_HOME = {name: module for module, names in _NAMES.items() for name in names}
"""Name -> its module, which is imported at first use. So a client imports no numerical code, and a run no httpx."""

__all__ = [
    "AsyncClient", "Basins", "Client", "Comparison", "Complaint", "Curvature", "Edge", "End", "Event",
    "FallLineError", "Gap", "LibraryCatalog", "LossMap", "OwnLoss", "OwnOptimizer", "PlaneOfTapes", "Playground",
    "Result", "Rows", "Run", "ServerError", "SlowWarning", "SpecError", "Start", "StartEnds", "Sweep", "SweepGrid",
    "Tape", "Tuning", "__version__", "basins", "catalog", "compare", "curvature", "from_function", "from_loss",
    "from_optax", "from_torch", "landscape", "path", "playground", "record", "result_of", "run", "run_from", "sweep",
    "sweep_grid", "tune",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
