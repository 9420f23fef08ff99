"""Static files out of memory, compressed once: a class that opens the page together asks for each some thirty times."""

import gzip
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.assets import Assets
from app.modules import without_documentation
from app.places import VENDOR

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "no-cache"
WORTH_COMPRESSING = 500

# Python's own table. That of the machine may differ: on some a module is text/plain, and browsers refuse it.
TYPES = mimetypes.MimeTypes()
for ending, media_type in {".js": "text/javascript", ".webp": "image/webp", ".woff2": "font/woff2"}.items():
    TYPES.add_type(media_type, ending)


@dataclass(frozen=True)
class Kept:
    """A file as it goes out: plain, and compressed where that makes it smaller."""

    plain: bytes
    zipped: bytes
    media_type: str

    @classmethod
    def read(cls, path: Path) -> Self:
        plain = path.read_bytes()
        if path.suffix == ".js" and VENDOR not in path.parents:
            plain = without_documentation(plain.decode()).encode()
        media_type = TYPES.guess_type(path.name)[0] or "text/plain"
        compresses = len(plain) >= WORTH_COMPRESSING and not media_type.startswith(("font/", "image/webp", "image/png"))
        return cls(plain, gzip.compress(plain, 9, mtime=0) if compresses else b"", media_type)

    def response(self, accepted: str, cache_control: str) -> Response:
        headers = {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
        if not self.zipped or "gzip" not in accepted:
            return Response(self.plain, headers=headers, media_type=self.media_type)
        return Response(self.zipped, headers=headers | {"Content-Encoding": "gzip"}, media_type=self.media_type)


class Delivery:
    """Answers a request for a file by its version and its path below static/."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._kept: dict[tuple[str, str], Kept] = {}

    async def respond(self, request: Request) -> Response:
        """An address of another version gets the file as it is now, for this once."""
        asked, path = request.path_params["version"], request.path_params["path"]
        version = self._assets.version
        kept = await self._file(version, path)
        accepted = request.headers.get("accept-encoding", "")
        return kept.response(accepted, KEPT_FOR_GOOD if asked == version else ASKED_EACH_TIME)

    async def _file(self, version: str, path: str) -> Kept:
        """The file at a path below static/; only paths of files that were found there count."""
        if (version, path) not in self._kept:
            file = self._assets.files.get(path)
            if file is None:
                raise HTTPException(404)
            self._kept[version, path] = await anyio.to_thread.run_sync(Kept.read, file)
        return self._kept[version, path]
