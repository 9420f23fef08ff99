"""The connections of the server: uvicorn's, with a bound on all that a client may send before it is answered.

Uvicorn takes a head of any length and waits for the rest of a request, or for a client to take a response, for ever.
Whatever is refused here has reached no route, and is told in the shape of every other error.
"""

from __future__ import annotations

import asyncio
import socket
from functools import cache
from typing import TYPE_CHECKING, Any

from httptools import HttpParserError, HttpParserUpgrade
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from app.server.access import print_line
from app.server.addresses import is_place
from app.server.errors import RequestError, refused_response
from app.server.headers import HEADERS
from app.server.settings import Settings
from fallline.errors import MOST_QUOTED

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

MAX_HEAD_BYTES = 65_536
"""Of a request: its first line and all its header fields."""

MAX_FIELDS = 100

MAX_WAITING = 16
"""Requests behind the one that is being answered; what comes after them is not read."""

PIECE_BYTES = 4096
"""Parsed at once: it may hold hundreds of requests, which then all wait."""

CLOSE_SECONDS = 1.0
"""Seconds from a refusal to the close: a system that closes with bytes unread tells the client to drop the answer."""

SYSTEM_CUTS = hasattr(socket, "TCP_USER_TIMEOUT")
"""Whether the system itself cuts a connection whose client takes nothing; Linux does."""


def cut_stalled(listener: socket.socket, seconds: float) -> None:
    """Have the system, if it can, cut the connections of a listener once a client has taken nothing for so long.

    It knows of every byte that is acknowledged. A process sees only that there is room in the system's buffer again,
    which on Linux a slow reader may take minutes for.
    """
    if SYSTEM_CUTS:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(1000 * seconds))


class Flow(FlowControl):
    """Reading stays paused while it is held, however often a request looks whether its client is there."""

    held = False

    def resume_reading(self) -> None:
        if not self.held:
            super().resume_reading()


def without_chunks(app: ASGI3Application, cycle: RequestResponseCycle) -> ASGI3Application:
    """The same application, whose responses without a length end with the connection, as HTTP/1.0 knows no chunks."""

    async def unchunked(scope: Any, receive: Any, send: Any) -> None:
        endless = False

        async def send_plain(message: Any) -> None:
            nonlocal endless
            if message["type"] == "http.response.start":
                endless = all(name.lower() != b"content-length" for name, _ in message["headers"])
                cycle.chunked_encoding = False if endless else None
            elif endless:
                cycle.expected_content_length = len(message.get("body", b""))  # uvicorn's count of what is to come
            await send(message)

        await app(scope, receive, send_plain)

    return unchunked


class Connection(HttpToolsProtocol):
    """A connection that is cut where a head is too long, a request late or no HTTP, or a response not taken."""

    flow: Flow

    def __init__(self, *args: Any, settings: Settings, **more: Any) -> None:
        super().__init__(*args, **more)
        self._settings = settings
        self._unread = b""
        """What has come and is not parsed, as too much waits before it."""
        self._unfinished = 0
        """Bytes that have come since the last head, or piece of a body, was complete."""
        self._in_body = self._refused = False
        self._answered: RequestResponseCycle | None = None
        """The request whose response is under way, or was the last; `cycle` is the one that came last."""
        self._deadline: asyncio.TimerHandle | None = None
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.flow = Flow(transport)
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._drop_deadline()
        self._leave()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answered = cycle
        if cycle.scope["http_version"] == "1.0":
            app = without_chunks(app, cycle)
        super()._start_asgi_task(cycle, app)

    def _leave(self) -> None:
        """Tell the request that is being answered that its client has left, and drop those that wait behind it."""
        self.pipeline.clear()
        if self._answered:
            self._answered.disconnected = True
            self._answered.message_event.set()

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        data, begin = self._unread + data, 0
        while begin < len(data) and not self._refused and not self._is_full():
            end = begin + min(PIECE_BYTES, MAX_HEAD_BYTES - self._unfinished)
            piece, begin = data[begin:end], end
            self._unfinished += len(piece)
            self._parse(piece)
        if self._refused:
            self._unread = b""
            return
        self._unread = data[begin:]
        self.flow.held = bool(self._unread)
        if self.flow.held:
            self.flow.pause_reading()
        self._set_deadline()

    def _is_full(self) -> bool:
        """Whether nothing more may wait behind the request that is being answered."""
        return bool(self.pipeline) and (
            len(self.pipeline) >= MAX_WAITING or len(self.cycle.body) > self._settings.max_body_bytes
        )

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._unread and not self.transport.is_closing():
            self.data_received(b"")

    def _parse(self, piece: bytes) -> None:
        try:
            self.parser.feed_data(piece)
        except HttpParserUpgrade:
            self.cycle.keep_alive = False  # it is answered in HTTP/1.1, and the client may go on in another protocol
        except HttpParserError as error:
            cause, came = error.__context__, piece[: MOST_QUOTED + 1].decode("latin-1")
            self._refuse(cause if isinstance(cause, RequestError) else RequestError("not_http", ("request",), came))
        else:
            if self._unfinished >= MAX_HEAD_BYTES:
                self._refuse(RequestError("head_too_large", ("head",), limit=MAX_HEAD_BYTES, count=self._unfinished))

    def on_headers_complete(self) -> None:
        if len(self.headers) > MAX_FIELDS:
            raise RequestError("too_many_fields", ("head",), limit=MAX_FIELDS, count=len(self.headers))
        self._check_host_and_coding()
        self._unfinished, self._in_body = 0, True
        super().on_headers_complete()

    def _check_host_and_coding(self) -> None:
        """Raises: RequestError where it is unclear which site is meant, or where the body ends."""
        hosts, codings = (
            [value.decode("latin-1") for name, value in self.headers if name == field]
            for field in (b"host", b"transfer-encoding")
        )
        lacks_host = not hosts and self.parser.get_http_version() != "1.0"
        if lacks_host or len(hosts) > 1 or not all(host == "" or is_place(host) for host in hosts):
            raise RequestError("wrong_host", ("head",), ", ".join(hosts))
        if codings and [coding.lower() for coding in codings] != ["chunked"]:
            raise RequestError("unknown_coding", ("head",), ", ".join(codings))

    def on_body(self, body: bytes) -> None:
        self._unfinished = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unfinished, self._in_body = 0, False
        super().on_message_complete()

    def _set_deadline(self) -> None:
        """Start the time for a request with its first byte, or with the connection, and end it with its last."""
        if not self._in_body and self.cycle and not self.cycle.response_complete:
            self._drop_deadline()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(self._settings.request_seconds, self._end_late)

    def _drop_deadline(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _end_late(self) -> None:
        self._deadline = None
        if self.flow.read_paused:  # the rest may be there
            self._set_deadline()
        elif self._in_body or self._unfinished:
            part = "body" if self._in_body else "head"
            self._refuse(RequestError("too_slow", (part,), limit=self._settings.request_seconds))
        else:
            self.transport.close()

    def _refuse(self, fault: RequestError) -> None:
        """Say what is wrong, unless that would stand within a response or behind others, and close."""
        self._refused = self.flow.held = True
        self.flow.pause_reading()
        self._drop_deadline()
        cycle = self.cycle  # of this request from the end of its head on, until then of the one before
        if (
            cycle
            and self._answered
            and not (self._in_body or cycle.response_complete or self._answered.response_started)
        ):
            cycle.keep_alive = False  # what came before is answered, and the connection then closed
            return
        waits = bool(self.pipeline)
        begun = cycle and (cycle.response_started or waits if self._in_body else not cycle.response_complete)
        self._leave()
        if begun:
            self.transport.close()
            return
        response = refused_response(fault, lambda loc: loc)
        response.headers.update(HEADERS)
        fields = (b"%b: %b\r\n" % field for field in (*self.server_state.default_headers, *response.raw_headers))
        self.transport.write(b"".join((STATUS_LINE[response.status_code], *fields, b"\r\n", response.body)))
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


_settings = cache(Settings.from_environment)


def connection(**of_uvicorn: Any) -> Connection:
    """A connection of the server that the environment sets up."""
    return Connection(settings=_settings(), **of_uvicorn)
