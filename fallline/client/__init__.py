"""Clients of a server, one that blocks and one to be awaited, which give the objects that runs without one give."""

from fallline.client.clients import AsyncClient, Client
from fallline.client.events import End, Event, Rows, Start, result_of

__all__ = ["AsyncClient", "Client", "End", "Event", "Rows", "Start", "result_of"]
