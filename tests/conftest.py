"""Fixtures for every test."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The defaults, whatever the environment of the tests has."""
    return Settings()


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """The API alone, asked in process: no page need be built."""
    with TestClient(create_app(settings, pages=False)) as client:
        yield client


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[TestClient]:
    """The API with its pages, asked in process."""
    with TestClient(create_app(settings)) as site:
        yield site
