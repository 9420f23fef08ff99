"""The REST API: thin routes over specs, runs and landscapes."""

from app.api.application import BASE, api
from app.api.closing import Closing

__all__ = ["BASE", "Closing", "api"]
