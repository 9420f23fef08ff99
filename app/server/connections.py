"""The connections of the server: those of uvicorn on h11, with limits on the size and the time of requests.

h11 is strict, reads one request at a time, and does not read what comes after it. A request that is refused here does
not reach a route; the error has the form of all others.
"""

import asyncio
import socket
import sys
from typing import Any

import h11
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.server.access import print_line
from app.server.addresses import is_place
from app.server.headers import HEADERS
from app.server.refusals import RequestError, refused_response
from app.server.settings import Settings
from fallline.errors import MOST_QUOTED

MAX_HEAD_BYTES = 65_536
"""The most bytes of the head of a request: its first line and all header fields."""

MAX_FIELDS = 100

CLOSE_SECONDS = 1.0
"""Seconds from an error response to closing. If a system closes with unread bytes, the client discards the response."""

SYSTEM_CUTS = hasattr(socket, "TCP_USER_TIMEOUT")
"""Whether the operating system can cut a connection whose client reads nothing, as Linux can."""


def cut_stalled(listener: socket.socket, seconds: float) -> None:
    """Let the system, if it can, cut the connections of a listener whose client has read nothing for `seconds`.

    The system knows of every acknowledged byte. A process only sees when there is room in the system's buffer again,
    which on Linux may take minutes with a slow client.
    """
    if SYSTEM_CUTS:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(1000 * seconds))


class Requests(h11.Connection):
    """The requests of a connection."""

    def next_event(self) -> Any:
        """The next event of h11; a request whose site or whose end of the body is ambiguous is an error."""
        event = super().next_event()
        if isinstance(event, h11.Request):
            try:
                _check(event)
            except RequestError as error:
                raise h11.RemoteProtocolError("refused") from error
        return event


def _check(request: h11.Request) -> None:
    """Check the head of a request. Raises: RequestError."""
    fields, line = dict(request.headers), b"%b %b HTTP/%b" % (request.method, request.target, request.http_version)
    if len(request.headers) > MAX_FIELDS:
        raise RequestError("too_many_fields", ("head",), limit=MAX_FIELDS, count=len(request.headers))
    size = len(line) + sum(len(name) + len(value) + len(": \r\n") for name, value in request.headers) + len("\r\n\r\n")
    if size > MAX_HEAD_BYTES:
        raise RequestError("head_too_large", ("head",), limit=MAX_HEAD_BYTES, count=size)
    host = fields.get(b"host", b"").decode("latin-1")
    if host and not is_place(host):
        raise RequestError("wrong_host", ("head",), host)
    has_two_ends = b"transfer-encoding" in fields and b"content-length" in fields
    if request.http_version not in (b"1.0", b"1.1") or request.method == b"CONNECT" or has_two_ends:
        raise RequestError("not_http", ("request",), line.decode("latin-1"))


class Flow(FlowControl):
    """Flow control that keeps reading paused while `held`, even if a request checks whether its client has left."""

    held = False

    def resume_reading(self) -> None:
        if not self.held:
            super().resume_reading()


class Connection(H11Protocol):
    """A connection that is closed if a head is too long, a request is slow or not HTTP, or a response is not read."""

    flow: Flow

    def __init__(self, *args: Any, settings: Settings, **more: Any) -> None:
        super().__init__(*args, **more)
        self.conn = Requests(h11.SERVER, MAX_HEAD_BYTES)
        self._settings = settings
        self._came = b""
        """The first bytes of the data received last."""
        self._deadline: asyncio.TimerHandle | None = None
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.flow = Flow(transport)
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._drop_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._came = data[: MOST_QUOTED + 1]
        super().data_received(data)

    def handle_events(self) -> None:
        """As uvicorn; then pause reading if a request waits, and start or end the time limit of the one coming in."""
        super().handle_events()
        waits, state = bool(self.conn.trailing_data[0]), self.conn.their_state
        is_whole = state not in (h11.IDLE, h11.SEND_BODY)
        self.flow.held = state is h11.ERROR or (is_whole and waits)
        if self.flow.held:
            self.flow.pause_reading()
        elif state is h11.IDLE:
            self.flow.resume_reading()
        if is_whole:
            self._drop_deadline()
        elif waits or state is h11.SEND_BODY:
            self._set_deadline()

    def _set_deadline(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._settings.request_seconds, self._end_late)

    def _drop_deadline(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _end_late(self) -> None:
        """Refuse an incomplete request; if nothing of it has come, or it has been answered already, only close."""
        self._deadline = None
        in_body = self.conn.their_state is h11.SEND_BODY
        if self.flow.read_paused:  # the rest may have arrived without having been read
            self._set_deadline()
        elif in_body or self.conn.trailing_data[0]:
            part = "body" if in_body else "head"
            self._refuse(RequestError("too_slow", (part,), limit=self._settings.request_seconds))
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 (it is always the same)
        """Respond to an error of h11 with words of this server instead of uvicorn's."""
        error, came = sys.exception(), self._came.decode("latin-1")
        assert isinstance(error, h11.RemoteProtocolError)
        if isinstance(error.__cause__, RequestError):
            self._refuse(error.__cause__)
        elif error.error_status_hint == 431:
            count = len(self.conn.trailing_data[0])
            self._refuse(RequestError("head_too_large", ("head",), limit=MAX_HEAD_BYTES, count=count))
        elif error.error_status_hint == 501:
            self._refuse(RequestError("unknown_coding", ("head",), came))
        elif "Host:" in str(error):
            self._refuse(RequestError("wrong_host", ("head",), came))
        else:
            self._refuse(RequestError("not_http", ("request",), came))

    def _refuse(self, fault: RequestError) -> None:
        """Send an error response, unless another response has begun, and close."""
        self.flow.held = True
        self.flow.pause_reading()
        if self.cycle:  # the request, if its head has come
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        response = refused_response(fault)
        response.headers.update(HEADERS)
        fields = [*self.server_state.default_headers, *response.raw_headers]
        events = h11.Response(status_code=response.status_code, headers=fields), h11.Data(data=bytes(response.body))
        self.transport.write(b"".join(filter(None, map(self.conn.send, (*events, h11.EndOfMessage())))))
        if self._settings.access_log:
            print_line(None, None, response.status_code, None, len(response.body), self.client)
        self.transport.write_eof()
        self.loop.call_later(CLOSE_SECONDS, self.transport.close)

    def pause_writing(self) -> None:
        super().pause_writing()
        if not SYSTEM_CUTS:
            self._look_again(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._look:
            self._look.cancel()

    def _look_again(self, left: int) -> None:
        self._look = self.loop.call_later(self._settings.stalled_seconds, self._cut_if_stalled, left)

    def _cut_if_stalled(self, before: int) -> None:
        left = self.transport.get_write_buffer_size()
        if left < before:
            self._look_again(left)
        else:
            self.transport.abort()
