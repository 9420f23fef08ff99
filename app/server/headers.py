"""Headers: what those of requests allow, by their weights, and what browsers are told with every response."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENCODING = "Accept-Encoding"

HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; script-src 'self'"}
"""Of every response that does not set them itself: a script goes by those of its own where it runs as a worker."""


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


def document_headers(frame_ancestors: str) -> dict[str, str]:
    """The headers of a page: it loads what it needs and from here alone; no script and no style stands in it.

    Pictures are also made in the page (`blob:`), and small ones stand in the style sheets (`data:`). A playlist has the
    playground and the lessons in a frame. Where anybody may embed them nothing is said of it: `frame-ancestors *` would
    leave out what is no page of the web, as the notebooks of VS Code (`vscode-webview:`) and files.
    """
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "worker-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data: blob:",
        "frame-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    if frame_ancestors != "*":
        policy["frame-ancestors"] = "'self'" if frame_ancestors == "'none'" else f"'self' {frame_ancestors}"
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        # A page's address holds a student's whole work; other sites learn nothing of it.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


class HeadersMiddleware:
    """Middleware that decides on compression, and adds HEADERS and a Vary to every response.

    It leaves `gzip` or `identity` of an Accept-Encoding header: Starlette's compression looks for the word alone, and
    would send gzip to `gzip;q=0`. And that names the header only where it compressed, not on a 304 or a HEAD, which
    must have the headers of the GET.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if ENCODING not in headers.get("Vary", ""):
                    headers.add_vary_header(ENCODING)
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        accepted = Headers(scope=scope).getlist(ENCODING)
        if accepted:
            MutableHeaders(scope=scope)[ENCODING] = "gzip" if takes_gzip(",".join(accepted)) else "identity"
        await self._app(scope, receive, send_with_headers)
