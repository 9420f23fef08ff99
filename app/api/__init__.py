"""The REST API: thin routes over specs, runs and landscapes."""

from app.api.application import BASE, api
from app.api.shutdown import Shutdown, StoppingMiddleware

__all__ = ["BASE", "Shutdown", "StoppingMiddleware", "api"]
