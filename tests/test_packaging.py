"""What is built from a checkout serves the same page with nothing of the checkout at hand."""

import contextlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

import page_build
from app.pages.folders import STATIC
from fallline import __version__
from tests.server import environment, start_server

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
BUILT = STATIC / "built"
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


def build(target: str, source: Path, folder: Path) -> Path:
    """Build the wheel or the sdist of a source tree, with this environment's hatchling and no network."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = folder.glob("*.tar.gz" if target == "sdist" else "*.whl")
    return built


def unversioned(page: str) -> str:
    """The page whatever its files hold: someone may be editing them while the tests run."""
    return re.sub(r"/static/([\w-]+)-[0-9A-Z]{8}\.", r"/static/\1.", page)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's package and command, whose dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(folder), str(wheel)], check=True)
    return folder


def test_command_serves_the_page_from_a_folder_with_its_own_app(
    installed: Path, tmp_path: Path, site: TestClient
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise ImportError('the app of the current folder')")
    command = [str(installed / "bin" / "fallline")]
    server = start_server("--workers", "2", command=command, cwd=tmp_path, env=environment(PYTHONPATH=str(installed)))
    here = site.get("/").text.replace(str(site.base_url), "")
    try:
        with httpx.Client(base_url=server.url, timeout=300) as there:
            page = there.get("/").text.replace(server.url, "")
            assert unversioned(page) == unversioned(here)
            for address in re.findall(r'(?:src|href)="(/static/[^"]*)"', page):
                assert there.get(address).status_code == 200
    finally:
        server.stop()


@pytest.fixture(scope="module")
def offline(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make offline` makes, without a network: its packages are made of those installed here."""
    folder = tmp_path_factory.mktemp("offline")
    shutil.copy(wheel, folder)
    for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "run.lock").read_text(), re.MULTILINE):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):  # one for another system
            pack(importlib.metadata.distribution(name), folder)
    return folder


def pack(package: importlib.metadata.Distribution, folder: Path) -> None:
    """Write the wheel that a package was installed from."""
    tag = re.findall(r"^Tag: (\S+)$", package.read_text("WHEEL") or "", re.MULTILINE)[-1]
    name = f"{package.name.replace('-', '_')}-{package.version}-{tag}.whl"
    with zipfile.ZipFile(folder / name, "w") as packed:
        for file in package.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                packed.write(str(file.locate()), str(file))


def test_from_a_folder_of_packages_it_is_installed_without_an_index_as_its_text_says(
    offline: Path, tmp_path: Path
) -> None:
    text = (ROOT / "docs" / "offline.txt").read_text()
    make, install, start = re.findall(r"^ {4}(.*~/fallline.*)$", text, re.MULTILINE)
    home = environment(HOME=str(tmp_path), PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    home.pop("PYTHONPATH", None)
    home["PIP_NO_COMPILE"] = "1"  # of all packages; what the server imports is compiled as it starts
    for command in (make, install):
        subprocess.run(["bash", "-c", command], cwd=offline, env=home, check=True, capture_output=True)
    program, *options = start.split()
    server = start_server(*options, command=[program.replace("~", str(tmp_path))], cwd=tmp_path, env=home)
    try:
        assert "Fall Line" in httpx.get(f"{server.url}/join", timeout=300).text
    finally:
        server.stop()


def test_wheel_carries_what_is_built_and_licences_but_no_sources_of_the_page(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    carried = {f"app/static/built/{f.relative_to(BUILT).as_posix()}" for f in BUILT.rglob("*") if f.is_file()}
    assert carried == {name for name in names if name.startswith("app/static/built/")}
    assert {name for name in names if name.startswith("app/static/")} == carried
    assert "app/templates/index.html" in names
    assert {"katex", "lit-html", "swagger-ui-dist"} <= {file.name for file in (BUILT / "LICENSES").iterdir()}
    assert {name.partition("/")[0] for name in names} == {"app", "fallline", f"fallline-{__version__}.dist-info"}
    assert {"fallline/__init__.py", "fallline/py.typed"} <= names


def test_the_image_is_built_with_every_package() -> None:
    allowed = (ROOT / ".dockerignore").read_text().splitlines()
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
        "packages"
    ]
    assert {f"!{package}" for package in packages} <= set(allowed)


def test_sdist_carries_the_built_page_so_that_it_needs_no_network(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path)) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert page_build.is_built(source)
    assert not (source / "node_modules").exists()
    assert build("wheel", source, tmp_path / "wheel").is_file()


def checkout(folder: Path) -> Path:
    """A copy of what the page is built from."""
    for source in page_build.SOURCES:
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, folder / source)
    return folder


def test_a_page_is_built_with_the_libraries_at_hand_and_no_node(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    assert page_build.has_libraries(root)
    shutil.copy(ROOT / "app" / "__init__.py", root / "app")
    subprocess.run([sys.executable, "-m", "page_build"], cwd=root, env=environment(PATH=""), check=True)
    assert page_build.is_built(root)
    manifests = [json.loads((folder / "static" / "built" / "manifest.json").read_text()) for folder in (root, ROOT)]
    assert set(manifests[0]) == set(manifests[1])


def test_libraries_of_another_version_are_fetched_again(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    assert not page_build.has_libraries(root)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    lock = root / "package-lock.json"
    changed = json.loads(lock.read_text())
    changed["packages"]["node_modules/katex"]["version"] = "0.0.1"
    lock.write_text(json.dumps(changed))
    assert not page_build.has_libraries(root)


def test_editable_wheel_points_at_the_checkout_and_copies_nothing_of_it(tmp_path: Path) -> None:
    names = zipfile.ZipFile(build("wheel:editable", ROOT, tmp_path)).namelist()
    assert [name for name in names if "dist-info" not in name] == ["_fallline.pth"]


@pytest.mark.parametrize("name", page_build.SOURCES)
def test_a_change_to_what_the_page_is_built_from_makes_it_stale(name: str, tmp_path: Path) -> None:
    root = checkout(tmp_path)
    before = page_build.fingerprint(root)
    assert before == page_build.fingerprint(ROOT)
    changed = root / name if (root / name).is_file() else next((root / name).rglob("*.*"))
    changed.write_text("changed")
    assert page_build.fingerprint(root) != before


def test_lock_files_hold_no_addresses() -> None:
    for file in [ROOT / "package-lock.json", *(ROOT / "requirements").iterdir()]:
        assert not re.search(r"https?://(?!.*(github\.com|opencollective|patreon))", file.read_text()), file
