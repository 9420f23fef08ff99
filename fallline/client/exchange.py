"""The requests to a server, when they are repeated, and how answers are read: everything except sending and waiting.

A `Talk` is a generator. It yields each request to send, with the seconds to wait before, receives the response or the
error, and returns the answer. Both clients drive it, one by blocking and one by awaiting.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, Required, TypeVar, Unpack

import httpx
import orjson

from fallline.client.events import Event, Rows, event_of
from fallline.errors import FallLineError, RefusedByServerError, ServerError
from fallline.results.analyses import Basins, Curvature, Tuning
from fallline.results.result import Result, Sweep
from fallline.spec_forms import Over, SpecFields, SpecLike, SpecToRun, spec_to_run, whole_spec
from fallline.starts import BasinsReached

BASE = "/api/v1"

BUSY = (429, 502, 503, 504)
"""The status codes of a server, or of a proxy before it, that is busy or just starting."""

CUT = (httpx.ReadError, httpx.WriteError, httpx.CloseError, httpx.RemoteProtocolError)
"""The errors of an established connection that broke. If none could be established, the address may be wrong, so the
error is raised at once."""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.25, 4.0
"""The seconds between tries if the server does not say how long to wait: they double from the first number up to the
second."""

Answer = TypeVar("Answer")

Received = httpx.Response | httpx.TransportError | None
"""The result of sending a request; None before the first."""

Talk = Generator[tuple[float | None, httpx.Request], Received, Answer]


class RunFields(SpecFields, total=False):
    """The fields of a request for runs beside its spec."""

    columns: Iterable[str] | None


class StreamFields(RunFields, total=False):
    """The fields of a request for a stream beside its spec."""

    pace: int | None


class SweepFields(SpecFields, total=False):
    """The fields of a request for a sweep beside its spec."""

    over: Required[Mapping[str, Over]]
    curves: bool


class CurvatureFields(SpecFields, total=False):
    """The fields of a request for a curvature beside its spec."""

    t: int
    every: int | None
    predicted: bool
    curve: bool
    domain: Sequence[Sequence[float]] | None
    lambda_: float
    polynomial: bool


class BasinsFields(SpecFields, total=False):
    """The fields of a request for a map of starts beside its spec."""

    domain: Sequence[Sequence[float]] | None
    resolution: int
    over: Mapping[str, Sequence[float]] | None


class TuneFields(SpecFields, total=False):
    """The fields of a request for tuning beside its spec."""

    over: Required[Mapping[str, Over]]
    seeds: int
    stays: bool
    coarse: bool


class Patience:
    """The time left to wait for a server. Args: seconds: in total, from one success to the next."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.renew()

    def renew(self) -> None:
        """Start again with all seconds, as the server has answered. The next try may follow at once."""
        self._left, self._pause = self._seconds, 0.0

    def pause(self, error: ServerError, asked: float = 0.0) -> float:
        """The seconds to wait before the next try.

        Args: error: raised if the wait would take too long; asked: the server asks to wait at least this many seconds.
        """
        pause = max(asked, self._pause)
        if pause > self._left:
            raise error
        self._left -= pause
        self._pause = min(max(SHORTEST_PAUSE, 2 * self._pause), LONGEST_PAUSE)
        return pause


def sending(request: httpx.Request, patience: Patience, broke: ServerError | None = None) -> Talk[httpx.Response]:
    """Send a request until it is answered, and return the answer. Raises: SpecError or ServerError.

    Args: broke: the error of an earlier connection that broke. Then a connection that cannot be established is tried
        again too.
    """
    seconds = patience.pause(broke) if broke else None
    while True:
        came = yield seconds, request
        if isinstance(came, httpx.Response):
            if came.status_code == httpx.codes.OK:
                return came
            error = error_of(came)
            if not isinstance(error, ServerError) or came.status_code not in BUSY:
                raise error
            seconds = patience.pause(error, _retry_after(came))
        else:
            error = broken(request.url, came)
            if seconds is None and not isinstance(came, CUT):
                raise error from came
            seconds = patience.pause(error)


def broken(url: httpx.URL, cause: httpx.TransportError | None) -> ServerError:
    """The error of a connection that broke, or could not be established."""
    return ServerError(f"no answer from {url.copy_with(query=None)}: {str(cause or '') or 'the connection broke off'}")


def error_of(response: httpx.Response) -> FallLineError:
    """The error of an answer; if it is not one of Fall Line, an error that says so."""
    status = response.status_code
    try:
        refused = RefusedByServerError(orjson.loads(response.content)["detail"])
    except (ValueError, LookupError, TypeError):
        where = f"; it points to {response.headers['location']}" if "location" in response.headers else ""
        sentence = f"{response.url} answers {status} {response.reason_phrase}, and not as Fall Line does{where}"
        return ServerError(sentence, status)
    if status in (404, 405) or status in BUSY or status >= 500:
        return ServerError(str(refused), status)
    return refused


def is_stream(response: httpx.Response) -> bool:
    """Whether the body of a response is a stream of events, which is not read at once."""
    kind = response.headers.get("content-type", "")
    return response.status_code == httpx.codes.OK and kind.startswith("text/event-stream")


def _retry_after(response: httpx.Response) -> float:
    """The seconds that an answer asks to wait; 0 if it does not, or has a date."""
    try:
        return max(0.0, float(response.headers.get("retry-after", "")))
    except ValueError:
        return 0.0


class Reading:
    """The state of reading a stream, which may take several connections.

    Args:
        request_after: returns the request for all events after the one with an id; for an empty id, for all events.
        spec: the spec; patience: for the server.
    """

    def __init__(self, request_after: Callable[[str], httpx.Request], spec: SpecToRun, patience: Patience) -> None:
        self._request_after, self._spec, self._patience = request_after, spec, patience
        self._last_id = ""
        self._rows: dict[int, int] = {}  # run -> the number of the last first row
        self._started = self.done = False
        self._rest = b""  # the beginning of a message that is not complete yet
        self._broken: ServerError | None = None

    def connect(self) -> Talk[httpx.Response]:
        """Request the events that have not come yet; with a wait, if none has come since the last time."""
        self._rest = b""
        response = yield from sending(self._request_after(self._last_id), self._patience, self._broken)
        if not is_stream(response):
            raise error_of(response)
        return response

    def take(self, piece: bytes) -> Iterator[Event]:
        """The events that a piece of the stream completes, each once. Raises: SpecError, ServerError.

        The API ends lines with LF, and writes the data of a message in one line. A message without `event` is a
        comment.
        """
        *messages, self._rest = (self._rest + piece).split(b"\n\n")
        for message in messages:
            fields = dict(line.partition(b": ")[::2] for line in message.split(b"\n"))
            name = fields.get(b"event", b"").decode()
            if fields.get(b"id"):
                self._last_id = fields[b"id"].decode()
                self._patience.renew()
            if name == "done":
                self.done = True
            elif name and not (name == "start" and self._started):
                self._started = True
                event = event_of(name, fields[b"data"], self._spec)
                if isinstance(event, Rows):  # a proxy may drop the Last-Event-ID, so that rows would come again
                    if event.first <= self._rows.get(event.run, -1):
                        raise ServerError(f"the stream does not go on where it broke: row {event.first} comes again")
                    self._rows[event.run] = event.first
                yield event

    def breaks(self, url: httpx.URL, cause: httpx.TransportError | None = None) -> None:
        """Note that a connection has ended, by a fault or by the server."""
        self._broken = broken(url, cause)


class Calls:
    """All requests to a server.

    Args:
        url: of its site; build: builds a request, as `httpx.Client.build_request`.
        patience: the seconds to wait for the server.
    """

    def __init__(self, url: str, build: Callable[..., httpx.Request], patience: float) -> None:
        self._base = url.rstrip("/").removesuffix(BASE) + BASE
        self._build, self._patience = build, patience

    def run(
        self, spec: SpecLike | None, columns: Iterable[str] | None = None, **fields: Unpack[SpecFields]
    ) -> Talk[Result]:
        """Of `Client.run`."""
        to_run = spec_to_run(spec, fields)
        request = self._post("/trajectories", to_run.fields, _keys(columns))
        return self._answer(request, lambda reply: Result(to_run, reply))

    def sweep(self, spec: SpecLike | None, **fields: Unpack[SweepFields]) -> Talk[Sweep]:
        """Of `Client.sweep`."""
        return self._answer(self._post("/trajectories/sweep", whole_spec(spec, fields)), Sweep.read)

    def curvature(self, spec: SpecLike | None, **fields: Unpack[CurvatureFields]) -> Talk[Curvature]:
        """Of `Client.curvature`."""
        beside = {"lambda": fields.pop("lambda_")} if "lambda_" in fields else {}
        return self._answer(self._post("/trajectories/curvature", whole_spec(spec, fields, **beside)), Curvature.read)

    def basins(self, spec: SpecLike | None, **fields: Unpack[BasinsFields]) -> Talk[Basins]:
        """Of `Client.basins`."""
        of_request = whole_spec(spec, fields)
        request = self._post("/trajectories/basins", of_request)
        return self._answer(request, lambda reply: Basins(BasinsReached.read(reply), of_request))

    def tune(self, spec: SpecLike | None, **fields: Unpack[TuneFields]) -> Talk[Tuning]:
        """Of `Client.tune`."""
        return self._answer(self._post("/trajectories/tune", whole_spec(spec, fields)), Tuning.read)

    def catalog(self) -> Talk[dict[str, Any]]:
        """Of `Client.catalog`."""
        return self._answer(self._build("GET", f"{self._base}/catalog"), dict)

    def stream(
        self,
        spec: SpecLike | None,
        columns: Iterable[str] | None = None,
        pace: int | None = None,
        **fields: Unpack[SpecFields],
    ) -> Reading:
        """Of `Client.stream`."""
        to_run = spec_to_run(spec, fields)
        keys = _keys(columns) | ({} if pace is None else {"pace": str(pace)})

        def request_after(last_id: str) -> httpx.Request:
            return self._post(
                "/trajectories/stream", to_run.fields, keys, {"Last-Event-ID": last_id} if last_id else {}
            )

        return Reading(request_after, to_run, Patience(self._patience))

    def _answer(self, request: httpx.Request, make: Callable[[Any], Answer]) -> Talk[Answer]:
        """Return the result of `make` for the JSON of an answer. Raises: SpecError, ServerError."""
        response = yield from sending(request, Patience(self._patience))
        try:
            return make(orjson.loads(response.content))
        except (ValueError, LookupError, TypeError):
            raise error_of(response) from None

    def _post(
        self,
        path: str,
        spec: Mapping[str, Any],
        keys: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Request:
        headers = {"Content-Type": "application/json", **(headers or {})}
        return self._build("POST", self._base + path, content=orjson.dumps(spec), params=keys, headers=headers)


def _keys(columns: Iterable[str] | None) -> dict[str, str]:
    return {} if columns is None else {"fields": ",".join(columns)}
