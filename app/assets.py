"""The files of the page: where they lie, and the addresses under which browsers may keep them for good.

An address carries a version that is a digest of all the files, as a path segment: relative imports between
modules stay inside the version, every browser fetches a file once, and a new release is a new address.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent
# Inside the package when installed, beside it in a checkout.
ROOT = PACKAGE if (PACKAGE / "static").is_dir() else PACKAGE.parent
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
VENDOR = STATIC / "vendor"


class Assets:
    """The version of the static files, and what follows from it.

    Args: follow: look at the files again on each use, so that an edit shows on the next reload of the page.
    """

    def __init__(self, *, follow: bool = False) -> None:
        if not (VENDOR / "STAMP").is_file():
            raise FileNotFoundError(
                f"{VENDOR} has not been built: install the package (pip install -e .) first"
            )
        self._follow = follow
        self._version = _digest()

    @property
    def version(self) -> str:
        if self._follow:
            self._version = _digest()
        return self._version

    def address(self, path: str) -> str:
        """Where a file below static/ is served: address("js/main.js") -> "/static/1f0c.../js/main.js"."""
        if not (STATIC / path).is_file():
            raise FileNotFoundError(f"there is no static file {path}")
        return f"/static/{self.version}/{path}"

    def import_map(self, root_path: str = "") -> str:
        """The import map: every bundled library under its bare name, as `import { scaleLog } from "d3"`."""
        names = sorted(file.stem for file in VENDOR.glob("*.js"))
        return json.dumps(
            {"imports": {name: f"{root_path}{self.address(f'vendor/{name}.js')}" for name in names}}
        )


def _digest() -> str:
    digest = hashlib.sha256()
    for file in _own_files():
        digest.update(file.relative_to(STATIC).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _own_files() -> Iterator[Path]:
    """What the version depends on; the stamp stands for all of vendor/."""
    yield VENDOR / "STAMP"
    yield from sorted(f for f in STATIC.rglob("*") if f.is_file() and VENDOR not in f.parents)
