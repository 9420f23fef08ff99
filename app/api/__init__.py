"""The REST API: thin routes over specs, runs and landscapes."""

from app.api.application import BASE, api
from app.api.worker import Closing

__all__ = ["BASE", "Closing", "api"]
