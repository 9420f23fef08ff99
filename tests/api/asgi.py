"""The application asked without a network, in one event loop: who leaves, and what happens meanwhile, is exact."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message

from tests.api.specs import BASE


@dataclass
class Call:
    """One request under way.

    Args:
        app: what is asked; path: below the base path; body: sent as JSON, None for a GET.
        wants: told of every chunk of the answer; the client leaves when it says so.
    """

    app: ASGIApp
    path: str
    body: Any = None
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    wants: Callable[[bytes], bool] = lambda _: True
    status: int = 0
    answered: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)

    async def run(self) -> Call:
        """Ask, and take the answer until it ends or is no longer wanted."""
        self._left = asyncio.Event()
        self._asked = False
        await self.app(self._scope(), self._receive, self._send)
        return self

    def leave(self) -> None:
        """Close the connection."""
        self._left.set()

    @property
    def text(self) -> str:
        """All that has come."""
        return b"".join(self.chunks).decode()

    def _scope(self) -> dict[str, Any]:
        headers = {"host": "test", **self.headers}
        if self.body is not None:
            headers["content-type"] = "application/json"
        return {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "scheme": "http",
            "method": "GET" if self.body is None else "POST", "path": BASE + self.path,
            "raw_path": (BASE + self.path).encode(), "query_string": self.query.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("test", 1), "server": ("test", 80), "state": {},
        }  # fmt: skip

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            body = b"" if self.body is None else json.dumps(self.body).encode()
            return {"type": "http.request", "body": body, "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.answered = {name.decode(): value.decode() for name, value in message["headers"]}
        elif chunk := message.get("body"):
            self.chunks.append(chunk)
            if not self.wants(chunk):
                self.leave()
