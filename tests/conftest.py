"""Fixtures for every test."""

import gc
from collections import Counter
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.server.settings import Settings
from tests.server import Server, start_server

PLAIN = {"Accept-Encoding": "identity"}
"""Replies come uncompressed, which saves time; a test of compression sets its own header."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files with slow tests first, then those with the most tests.

    Each file is run by one worker, so a long file that starts last would keep one worker busy while the others wait.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    number = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, -number[item.path], item.path))


def pytest_collection_finish() -> None:
    """Exempt the loaded modules and the collected tests from later garbage collections: they live until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The default settings."""
    return Settings()


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """A client of the API alone, in this process; no page has to be built for it."""
    with TestClient(create_app(settings, pages=False), headers=PLAIN) as client:
        yield client


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[TestClient]:
    """A client of the API and the pages, in this process."""
    with TestClient(create_app(settings), headers=PLAIN) as site:
        yield site


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server in its own process, without options. All tests share it, so none may change its state."""
    server = start_server()
    yield server
    server.stop()
