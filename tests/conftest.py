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
"""Nothing is compressed, to be unpacked at once, but for those tests that ask for it."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files that have slow tests first, then those that have most: a file is one worker's, and none should be
    left alone with a long one.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    number = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, -number[item.path], item.path))


def pytest_collection_finish() -> None:
    """Leave out of every later look for garbage what was collected: modules and thousands of tests, which all stay."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The defaults, whatever the environment of the tests has."""
    return Settings()


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """The API alone, asked in process: no page need be built."""
    with TestClient(create_app(settings, pages=False), headers=PLAIN) as client:
        yield client


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[TestClient]:
    """The API with its pages, asked in process."""
    with TestClient(create_app(settings), headers=PLAIN) as site:
        yield site


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server in a process of its own, with no options, for those tests that leave it as they find it."""
    server = start_server()
    yield server
    server.stop()
