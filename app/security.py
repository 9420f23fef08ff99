"""What browsers are told not to do with an answer."""

import base64
import hashlib

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'self'"}
"""Of everything. A page is made of a hundred small files, so what only a document needs is left to documents."""

DOCUMENT_HEADERS = {
    # A page's address holds a student's whole work; other sites learn nothing of it.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def policy(frame_ancestors: str, inline_script: str = "") -> str:
    """The Content-Security-Policy of a page: only files from here, no inline script but the one given.

    Args: inline_script: the import map, allowed by its hash; unlike a nonce, a hash lets a page be cached.
    """
    allowed = f" 'sha256-{_hash(inline_script)}'" if inline_script else ""
    directives = {
        "default-src": "'self'",
        "script-src": f"'self'{allowed}",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": frame_ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class SecurityHeaders:
    """Middleware that adds HEADERS, and to a document its own and the strictest policy, where it has none itself."""

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self._app = app
        self._document = HEADERS | DOCUMENT_HEADERS | {"Content-Security-Policy": policy(frame_ancestors)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                document = headers.get("content-type", "").startswith("text/html")
                for name, value in (self._document if document else HEADERS).items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
