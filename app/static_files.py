"""The files below static/: their addresses, which browsers may keep for good, and what is sent for each.

An address carries a version that is a digest of all the files, as a path segment: relative imports between
modules stay inside the version, every browser fetches a file once, and a new release is a new address.
All are held in memory and compressed once: a class that opens the page together asks for each some thirty times.
"""

import gzip
import hashlib
import json
import posixpath
import re
from functools import lru_cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.places import STATIC

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "no-cache"
WORTH_COMPRESSING = 500

# Not by the table of the machine: on some a module is text/plain, and browsers refuse it.
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSED_ALREADY = (".png", ".woff2")

IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*?["'](\.[^"']+\.js)["']""", re.MULTILINE)
# Documentation has its lines to itself, so a cast before a value stays. No text of the modules begins a line so.
DOCUMENTATION = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL)


class StaticFiles:
    """Every file below a folder, by its path there.

    Args: follow: read the files again for each page, so that an edit shows on its next reload.
    """

    def __init__(self, folder: Path = STATIC, *, follow: bool = False) -> None:
        vendor = folder / "vendor"
        if not (vendor / "STAMP").is_file():
            raise FileNotFoundError(f"{vendor} has not been built: install the package (pip install -e .) first")
        self._folder = folder
        self._follow = follow
        self._read()

    def _read(self) -> None:
        files = {f.relative_to(self._folder).as_posix(): f for f in sorted(self._folder.rglob("*")) if f.is_file()}
        self._contents = {path: _content(path, file) for path, file in files.items()}
        self._imports = {path: _imports(path, content) for path, content in self._contents.items() if _is_own(path)}
        digest = hashlib.sha256()
        for path, content in self._contents.items():
            digest.update(path.encode() + b"\0" + content + b"\0")
        self.version = digest.hexdigest()[:16]

    def refresh(self) -> None:
        """A page is about to be made: read the files again where they are followed."""
        if self._follow:
            self._read()

    def address(self, path: str) -> str:
        """Where a file is served: address("js/main.js") -> "/static/1f0c.../js/main.js"."""
        if path not in self._contents:
            raise FileNotFoundError(f"there is no static file {path}")
        return f"/static/{self.version}/{path}"

    def import_map(self, root_path: str = "") -> str:
        """The import map: every bundled library under its bare name, as in `import { scaleLog } from "d3"`."""
        paths = [path for path in self._contents if re.fullmatch(r"vendor/[^/]+\.js", path)]
        return json.dumps({"imports": {Path(path).stem: root_path + self.address(path) for path in paths}})

    def modules(self, entry: str) -> list[str]:
        """Addresses of the modules that an entry loads at once, for a browser to fetch side by side.

        Itself comes first, then what it imports and what that does, as it comes to them; dynamic imports wait.
        """
        found = [entry]
        for path in found:  # grows meanwhile
            found += [each for each in self._imports[path] if each in self._imports and each not in found]
        return [self.address(path) for path in found]

    async def respond(self, request: Request) -> Response:
        """The file that a request asks for. Under the address of another version it is sent for this once."""
        asked, path = request.path_params["version"], request.path_params["path"]
        if path not in self._contents:
            raise HTTPException(404)
        content, suffix = self._contents[path], posixpath.splitext(path)[1]
        headers = {"Cache-Control": KEPT_FOR_GOOD if asked == self.version else ASKED_EACH_TIME}
        compresses = len(content) >= WORTH_COMPRESSING and suffix not in COMPRESSED_ALREADY
        if compresses and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = _compressed(content)
        return Response(content, headers=headers, media_type=MEDIA_TYPES.get(suffix, "text/plain"))


def without_documentation(source: str) -> str:
    """A module without its documentation, which is half of its bytes; every line keeps its number."""
    return DOCUMENTATION.sub(lambda block: "\n" * block[0].count("\n"), source)


def _is_own(path: str) -> bool:
    """Whether it is one of the page's own modules."""
    return path.endswith(".js") and not path.startswith("vendor/")


def _content(path: str, file: Path) -> bytes:
    content = file.read_bytes()
    return without_documentation(content.decode()).encode() if _is_own(path) else content


def _imports(path: str, content: bytes) -> list[str]:
    """Paths of what a module imports by a relative address."""
    folder = posixpath.dirname(path)
    return [posixpath.normpath(posixpath.join(folder, name)) for name in IMPORT.findall(content.decode())]


@lru_cache(maxsize=1000)
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
