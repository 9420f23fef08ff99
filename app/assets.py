"""The files of the page: where they lie, and the addresses under which browsers may keep them for good.

An address carries a version that is a digest of all the files, as a path segment: relative imports between
modules stay inside the version, every browser fetches a file once, and a new release is a new address.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from app.modules import reached
from app.places import STATIC, VENDOR

STAMP = VENDOR / "STAMP"


class Assets:
    """The static files, their version, and what follows from it.

    Args: follow: look at the files again when a page is asked for, so that an edit shows on its next reload.
    """

    def __init__(self, *, follow: bool = False) -> None:
        if not STAMP.is_file():
            raise FileNotFoundError(f"{VENDOR} has not been built: install the package (pip install -e .) first")
        self._follow = follow
        self._look()

    def _look(self) -> None:
        self.files = _files()
        """Every file below static/ by its path there."""
        self.version = _digest(self.files)
        self._reached: dict[str, list[str]] = {}

    def for_a_page(self) -> None:
        """A page is about to be made: look at the files again, where they are followed."""
        if self._follow:
            self._look()

    def address(self, path: str) -> str:
        """Where a file below static/ is served: address("js/main.js") -> "/static/1f0c.../js/main.js"."""
        if path not in self.files:
            raise FileNotFoundError(f"there is no static file {path}")
        return f"/static/{self.version}/{path}"

    def import_map(self, root_path: str = "") -> str:
        """The import map: every bundled library under its bare name, as in `import { scaleLog } from "d3"`."""
        modules = sorted(file for file in VENDOR.glob("*.js"))
        base = f"{root_path}/static/{self.version}/vendor"
        return json.dumps({"imports": {file.stem: f"{base}/{file.name}" for file in modules}})

    def modules(self, entry: str) -> list[str]:
        """Addresses of an entry module and of all that it loads at once, for a browser to fetch side by side."""
        if entry not in self._reached:
            self._reached[entry] = [self.address(path) for path in reached(self.files, entry)]
        return self._reached[entry]


def _files() -> dict[str, Path]:
    return {f.relative_to(STATIC).as_posix(): f for f in sorted(STATIC.rglob("*")) if f.is_file()}


def _digest(files: Mapping[str, Path]) -> str:
    """Digest of all names and contents; below vendor/ the stamp stands for the contents."""
    digest = hashlib.sha256()
    for name, file in files.items():
        read = file == STAMP or VENDOR not in file.parents
        digest.update(name.encode() + b"\0" + (file.read_bytes() if read else b"") + b"\0")
    return digest.hexdigest()[:16]
