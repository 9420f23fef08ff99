"""What is built from a checkout serves the same page with nothing of the checkout at hand."""

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

import hatch_build
from app import __version__
from app.places import STATIC
from tests.server import environment, start_server

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
VENDOR = STATIC / "vendor"
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


def build(target: str, source: Path, folder: Path) -> Path:
    """Build the wheel or the sdist of a source tree, with this environment's hatchling and no network."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = folder.glob("*.tar.gz" if target == "sdist" else "*.whl")
    return built


def unversioned(page: str) -> str:
    """The page whatever its files hold: someone may be editing them while the tests run."""
    return re.sub(r"/static/[0-9a-f]{16}/", "/static/", page)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's package and command, whose dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(folder), str(wheel)], check=True)
    return folder


@pytest.mark.parametrize("options", [(), ("--workers", "2"), ("--development",)], ids=["one", "workers", "reload"])
def test_command_serves_the_page_from_a_folder_with_its_own_app(
    installed: Path, tmp_path: Path, client: TestClient, options: tuple[str, ...]
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise ImportError('the app of the current folder')")
    command = [str(installed / "bin" / "fallline")]
    server = start_server(*options, command=command, cwd=tmp_path, env=environment(PYTHONPATH=str(installed)))
    here = client.get("/").text.replace(str(client.base_url), "")
    try:
        with httpx.Client(base_url=server.url, timeout=60) as there:
            page = there.get("/").text.replace(server.url, "")
            assert unversioned(page) == unversioned(here)
            for address in re.findall(r'(?:src|href)="(/static/[^"]*)"', page):
                assert there.get(address).status_code == 200
    finally:
        server.stop()


def test_wheel_carries_the_page_the_libraries_and_their_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    carried = {f"app/static/vendor/{f.relative_to(VENDOR).as_posix()}" for f in VENDOR.rglob("*") if f.is_file()}
    assert carried <= names
    assert "app/templates/index.html" in names
    assert {"d3-array", "katex", "uplot"} <= {file.name for file in (VENDOR / "LICENSES").iterdir()}
    assert {name.partition("/")[0] for name in names} == {"app", f"fallline-{__version__}.dist-info"}


def test_sdist_carries_the_built_libraries_so_that_it_needs_no_node(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path)) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert hatch_build.is_built(source)
    assert build("wheel", source, tmp_path / "wheel").is_file()


def test_editable_wheel_points_at_the_checkout_and_copies_nothing_of_it(tmp_path: Path) -> None:
    names = zipfile.ZipFile(build("wheel:editable", ROOT, tmp_path)).namelist()
    assert [name for name in names if "dist-info" not in name] == ["_fallline.pth"]


@pytest.mark.parametrize("name", hatch_build.SOURCES)
def test_a_change_to_what_the_libraries_are_built_from_makes_them_stale(name: str, tmp_path: Path) -> None:
    for source in hatch_build.SOURCES:
        (tmp_path / source).symlink_to(ROOT / source)
    before = hatch_build.fingerprint(tmp_path)
    assert before == hatch_build.fingerprint(ROOT)
    (tmp_path / name).unlink()
    (tmp_path / name).write_text("changed")
    assert hatch_build.fingerprint(tmp_path) != before


def test_lock_files_hold_no_addresses() -> None:
    for file in [ROOT / "package-lock.json", *(ROOT / "requirements").iterdir()]:
        assert not re.search(r"https?://(?!.*(github\.com|opencollective|patreon))", file.read_text()), file
