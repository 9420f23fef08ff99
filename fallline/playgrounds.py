"""The page with optimizers and losses of one's own, served by this process, for scripts and notebooks."""

import os
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from html import escape
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from fallline.own import OwnLoss, OwnOptimizer
from fallline.spec import models
from fallline.spec.query import spec_to_query
from fallline.spec_forms import whole_spec

SHOWN = ("gd", "adam")
"""The optimizers of the page if none are given."""

HUB = "JUPYTERHUB_SERVICE_PREFIX"
"""The variable that JupyterHub and Binder set for their kernels: the path of a user's server."""


class Playground:
    """The page, served on this machine until it is closed or this program ends. A notebook shows it below the cell.

    Attributes: url: its address, which only this machine can open, unless `address` was given.
    """

    def __init__(self, url: str, server: Any, height: int, own: Sequence[str]) -> None:
        self.url, self._server, self._height, self._own = url, server, height, own

    def close(self) -> None:
        """Stop serving it."""
        self._server.close()

    def __repr__(self) -> str:
        return f"<Playground {self.url}>"

    def _repr_html_(self) -> str:
        address = escape(self.url)
        mine = f"{' and '.join(self._own)} {'is' if len(self._own) == 1 else 'are'} your own: " if self._own else ""
        return (
            f"<p><b>Fall Line, in this notebook</b> &nbsp; {escape(mine)}it lives in this kernel &nbsp; "
            f'<a href="{address}" target="_blank" rel="noopener">Open in a tab</a></p>'
            f'<iframe src="{address}" title="Fall Line" width="100%" height="{self._height}" allow="fullscreen; '
            'clipboard-write" style="border: 1px solid #888; min-width: 360px"></iframe>'
            f"<p>{escape(self._reached())} It ends with the kernel: after a restart, run the cell again.</p>"
        )

    def _reached(self) -> str:
        """A sentence on who can open it, and what to do if the frame stays empty."""
        if self.url.startswith("http://127.0.0.1:"):
            return (
                "Only the machine on which the kernel runs can reach it. "
                "Where that is not the one of your browser, address= says how it gets there: help(fallline.playground)."
            )
        return (
            f"Your browser reaches it at {self.url.split('?')[0]}. "
            "Where the frame shows an error, no proxy leads there: pip install jupyter-server-proxy beside JupyterLab."
        )


def playground(
    optimizers: Sequence[OwnOptimizer | Mapping[str, Any] | str] = (), surfaces: Sequence[OwnLoss | str] = (), *,
    port: int = 0, open: bool = True, height: int = 700, seconds: float = 10.0, address: str | None = None,  # noqa: A002 (as it reads where it is called)
) -> Playground:  # fmt: skip
    """Serve the page on this machine, with optimizers and losses of one's own beside the built-in ones.

    The catalog of the page has everything that this program has made by `from_function`, `from_torch`, `from_optax`
    and `from_loss`. If something is made again, an open page is updated.

    A script opens the browser, and continues after Ctrl-C. A notebook (Jupyter, VS Code, marimo) shows the page below
    the cell. An interactive Python opens the browser and continues at once.

    The code of optimizers and losses runs in a thread of this process. A call that takes longer than `seconds` is
    ended, and with it only its run. But a call inside a library that does not return to Python blocks the page until
    the program ends. `fallline --with FILE` runs code in a process that can be ended.

    Args:
        optimizers: the runs that the page opens with, as for `fallline.run`.
        surfaces: the first one is the map that the page opens with; with more than two parameters it is a plane.
        port: to listen on; 0 for any free port.
        open: whether to open the browser; if False, the call returns at once.
        height: of the frame below a cell, in pixels.
        seconds: the most seconds of one call of such code.
        address: where a browser on another machine reaches this port, with `{port}` in it. It is a path of the
            notebook's server, such as `/user/me/proxy/{port}`, if jupyter-server-proxy is installed there; or a
            complete address, such as `https://name-{port}.example.com`, of a service that forwards the port. The
            default on JupyterHub and Binder is this path. A proxy must remove the path.

    Raises:
        SpecError: a value is not a run or not a surface.
        ValueError: the address is wrong.
        ImportError: the server is not installed.
        OSError: the port is taken.
    """
    fields = {"optimizers": list(optimizers) or list(SHOWN), "surface": surfaces[0] if surfaces else "himmelblau"}
    labels = [item.label for item in (*optimizers, *surfaces) if isinstance(item, OwnOptimizer | OwnLoss)]
    return playground_of(fields, labels, port=port, open=open, height=height, seconds=seconds, address=address)


def playground_of(
    fields: Mapping[str, Any], own: Sequence[str], *, port: int = 0, open: bool = True, height: int = 700,  # noqa: A002 (as for `playground`)
    seconds: float = 10.0, address: str | None = None,
) -> Playground:  # fmt: skip
    """Serve the page with a spec, as `playground` does.

    Args: fields: of the spec, as for `fallline.run`; own: the labels of its own optimizers and losses.
    """
    spec = models.Spec.model_validate(whole_spec(None, fields))  # type: ignore[arg-type]
    try:
        serving = import_module("app.serving")
    except ImportError as error:
        raise ImportError(f"fallline.playground needs the server of Fall Line with all it takes: {error}") from None
    place = _place(address, port)
    server = serving.served(port, seconds, urlsplit(place).path)
    made = Playground(f"{place.replace('{port}', str(server.port))}/?{spec_to_query(spec)}", server, height, own)
    if _in_notebook() or not open:
        return made
    print(f"Fall Line is at {made.url}", flush=True)
    webbrowser.open(made.url)
    if not hasattr(sys, "ps1"):
        print("To stop: Ctrl+C", flush=True)
        server.wait()
    return made


def _place(address: str | None, port: int) -> str:
    """The address at which the browser reaches a port of this machine, with `{port}` in it. Raises: ValueError."""
    if address is None and (hub := os.environ.get(HUB)):
        return f"{hub.rstrip('/')}/proxy/{{port}}"
    place = (address or "http://127.0.0.1:{port}").rstrip("/")
    if not place.startswith(("/", "http://", "https://")) or not (port or "{port}" in place):
        raise ValueError(
            'address must begin with "/", "http://" or "https://", and where port= is not given have {port} in it, '
            f'as in "/proxy/{{port}}"; got {address!r}'
        )
    return place


def _in_notebook() -> bool:
    """Whether this runs in a notebook, which shows the value of a cell: Jupyter, also that of VS Code, or marimo."""
    marimo = sys.modules.get("marimo")
    if marimo and marimo.running_in_notebook():
        return True
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and hasattr(shell, "kernel")
