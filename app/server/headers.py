"""Headers: those of requests with weights, and those of every response."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENCODING = "Accept-Encoding"

HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; script-src 'self'"}
"""The headers of every response that does not set them itself. The policy also applies to scripts, which run as workers
under the policy of their own response."""


def weights(header: str) -> dict[str, float]:
    """Each part of an Accept header, in lower case -> its weight, 0 if that cannot be read."""
    return dict(map(_part, header.split(",")))


def _part(text: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in text.split(";"))
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        weight = float(quality)
    except ValueError:
        weight = 0.0
    return name, weight if 0 <= weight <= 1 else 0.0


def takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip, and does not prefer uncompressed responses."""
    weight = weights(header)
    gzip = weight.get("gzip", weight.get("*", 0.0))
    return gzip > 0 and gzip >= weight.get("identity", 0.0)


def document_headers(frame_ancestors: str) -> dict[str, str]:
    """The headers of a page. Its policy allows to load from this site only, and no inline scripts and styles.

    Pictures may also be made by the page (`blob:`) or be in style sheets (`data:`). A playlist shows the playground and
    the lessons in a frame. If anybody may embed pages, there is no `frame-ancestors`: `frame-ancestors *` would exclude
    embedders that are not pages of the web, such as the notebooks of VS Code (`vscode-webview:`) and files.
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
        # The address of a page contains the whole work of a student, which other sites must not get.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


class HeadersMiddleware:
    """Middleware that decides on compression, and adds `HEADERS` and a Vary to every response.

    It replaces Accept-Encoding by `gzip` or `identity`, as Starlette's compression only searches for the word, and
    would send gzip for `gzip;q=0`. It adds the Vary itself, as Starlette adds it only to compressed responses, not to a
    304 or a HEAD, which must have the headers of the GET.
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
