"""The files of static/built: their addresses, which browsers may cache for good, and their responses.

All are held in memory and compressed once: when a class opens the page together, each is requested some thirty times.
"""

import gzip
import json
import posixpath
import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from threading import Lock

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.pages.folders import ROOT, STATIC

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "no-cache"
WORTH_COMPRESSING = 500

# Not by the table of the machine, which may have text/plain for modules; browsers refuse these.
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSED_ALREADY = ".woff2"


class StaticFiles:
    """Every built file, by its name, which contains a digest of its content.

    Args: follow: build the page again before a request if its sources have changed.
    """

    def __init__(self, folder: Path = STATIC / "built", *, follow: bool = False) -> None:
        if not (folder / "manifest.json").is_file():
            raise FileNotFoundError(f"{folder} has not been built: install the package (pip install -e .) first")
        self._folder = folder
        self._follow = follow and (ROOT / "page_build.py").is_file()
        self._building = Lock()
        self._refused = ""
        self._read()

    def _read(self) -> None:
        files = {f.relative_to(self._folder).as_posix(): f for f in sorted(self._folder.rglob("*")) if f.is_file()}
        self._contents = {path: file.read_bytes() for path, file in files.items()}
        self._names: dict[str, str] = json.loads(self._contents.pop("manifest.json"))
        self.version = self._contents.pop("STAMP", b"").decode()

    def refresh(self) -> None:
        """Before a page is served: build it again if `follow` is set and it is stale; a fault is printed once."""
        if self._follow:
            with self._building:
                self._build()

    def _build(self) -> None:
        page_build = import_module("page_build")  # only in a checkout
        stamp = page_build.fingerprint(ROOT)
        if stamp in (self.version, self._refused):
            return
        try:
            page_build.build(ROOT)
        except page_build.BuildError as error:
            self._refused = stamp
            print(f"The page cannot be built, so it stays as it was:\n{error}", file=sys.stderr, flush=True)
        else:
            self._read()

    def address(self, name: str) -> str:
        """The address of the file built from an entry: address("embed.js") -> "/static/embed-1F0C2A3B.js"."""
        if name not in self._names:
            raise FileNotFoundError(f"there is no static file {name}")
        return f"/static/{self._names[name]}"

    async def respond(self, request: Request) -> Response:
        """The response with the requested file."""
        path = request.path_params["path"]
        if path not in self._contents:
            raise HTTPException(404)
        content, suffix = self._contents[path], posixpath.splitext(path)[1]
        # Only licences have names without a digest.
        headers = {"Cache-Control": KEPT_FOR_GOOD if suffix in MEDIA_TYPES else ASKED_EACH_TIME}
        compresses = len(content) >= WORTH_COMPRESSING and suffix not in COMPRESSED_ALREADY
        if compresses and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = _compressed(content)
        return Response(content, headers=headers, media_type=MEDIA_TYPES.get(suffix, "text/plain"))


@lru_cache(maxsize=1000)
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
