"""A room over HTTP, and who asks of it."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from tests.api.specs import BASE, checked

ROOMS = f"{BASE}/rooms"
SHOWN = {"address": "/?preset=opening", "step": 0, "playing": False, "pace": 30}


class Room:
    """A room, and who asks."""

    def __init__(self, http: TestClient, code: str, key: str) -> None:
        self.http, self.code, self.key = http, code, {"Authorization": f"Bearer {key}"}

    def ask(self, method: str, path: str = "", body: Any = None, **more: Any) -> Any:
        """The reply to a request."""
        return self.http.request(method, f"{ROOMS}/{self.code}{path}", json=body, **more)

    def lead(self, path: str, body: Any, status: int = 200) -> Any:
        """What the wall is answered."""
        reply = self.ask("POST", path, body, headers=self.key)
        assert reply.status_code == status, reply.text
        return reply.json()

    def show(self, kind: str | None = None, of: int | None = None, name: str = "q/1", **more: Any) -> Any:
        """The wall shows something, perhaps a question."""
        question = kind and {"id": name, "kind": kind, "of": of}
        return self.lead("/shown", SHOWN | {"question": question} | more)

    def enter(self, entry: Any, seat: str = "a" * 16, question: str = "q/1") -> Any:
        """The reply to an entry."""
        return self.ask("POST", "/entries", {"seat": seat, "question": question, "entry": entry})


def told(reply: Any) -> tuple[int, str, list[Any]]:
    """The status of a refusal, its code, and its place."""
    (detail,) = reply.json()["detail"]
    checked(detail)
    return reply.status_code, detail["type"], detail["loc"]
