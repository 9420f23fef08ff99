"""The REST API: thin routes over specs, runs and landscapes."""

from app.api.application import BASE, api
from app.api.shutdown import Shutdown

__all__ = ["BASE", "Shutdown", "api"]
