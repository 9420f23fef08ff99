"""What the Accept headers of a request allow, by their weights; and the middleware that decides on compression."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENCODING = "Accept-Encoding"


def weights(header: str) -> dict[str, float]:
    """Each part of an Accept header in small letters -> its weight, 0 where that cannot be read."""
    return dict(map(_part, header.split(",")))


def _part(text: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in text.split(";"))
    given = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        weight = float(given)
    except ValueError:
        weight = 0.0
    return name, weight if 0 <= weight <= 1 else 0.0


def takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip, and likes it no less than what is not compressed."""
    weight = weights(header)
    gzip = weight.get("gzip", weight.get("*", 0.0))
    return gzip > 0 and gzip >= weight.get("identity", 0.0)


class AcceptEncoding:
    """Middleware that leaves `gzip` or `identity` of an Accept-Encoding header, and names it in every Vary.

    Starlette's compression looks for the word alone, and would send gzip to `gzip;q=0`; and it names the header only
    where it compressed, not on a 304 or a HEAD, which must have the headers of the GET.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_vary(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if ENCODING not in headers.get("Vary", ""):
                    headers.add_vary_header(ENCODING)
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).getlist(ENCODING)
        if given:
            MutableHeaders(scope=scope)[ENCODING] = "gzip" if takes_gzip(",".join(given)) else "identity"
        await self._app(scope, receive, send_with_vary)
