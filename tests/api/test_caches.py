"""What a worker keeps of its responses: how much, and by which keys."""

from __future__ import annotations

from fastapi.testclient import TestClient

from app.main import create_app
from app.server.settings import Settings
from app.work.worker import ByteCache
from tests.api.specs import TRAJECTORIES, spec


class Noting(ByteCache):
    """A cache whose keys can be seen."""

    def __init__(self):
        super().__init__(1_000_000)
        self.keys = []

    def put(self, key, body):
        self.keys.append(key)
        super().put(key, body)


def test_the_key_of_a_reply_is_short_and_another_wherever_the_request_is():
    app = create_app(Settings(), pages=False)
    client, noted = TestClient(app), Noting()
    app.state.worker.replies = noted
    asked = f"{TRAJECTORIES}?surface=bowl&optimizer=gd&max_steps="
    for accept in ("application/json", "*/*", "application/json, x/" + "a" * 60_000):
        for _ in range(2):
            assert client.get(f"{asked}1", headers={"Accept": accept}).status_code == 200
    assert client.get(f"{asked}2").status_code == 200
    assert all(client.post(TRAJECTORIES, json=spec(steps=steps)).status_code == 200 for steps in (1, 2))
    assert len(noted.keys) == len(set(noted.keys)) == 6
    assert max(map(len, noted.keys)) == 32


def test_an_entry_counts_beside_its_body():
    cache = ByteCache(1000)
    for number in range(100):
        cache.put(str(number), b"")
        cache.put(str(number), b"1")
    assert [number for number in range(100) if cache.get(str(number))] == [96, 97, 98, 99]
