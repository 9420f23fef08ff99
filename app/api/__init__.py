"""The REST API: thin routes over specs, runs and landscapes."""

from app.api.application import BASE, api

__all__ = ["BASE", "api"]
