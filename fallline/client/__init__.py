"""Clients of a server, a blocking and an asynchronous one. They return the same objects as functions without one."""

from fallline.client.clients import AsyncClient, Client
from fallline.client.events import End, Event, Rows, Start, result_of

__all__ = ["AsyncClient", "Client", "End", "Event", "Rows", "Start", "result_of"]
