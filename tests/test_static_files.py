"""What browsers get of the page, and that it follows its sources while it is worked on."""

import json
import re
import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import page_build
from app.pages import static_files
from app.pages.folders import ROOT, STATIC
from app.pages.static_files import MEDIA_TYPES, StaticFiles

BUILT = STATIC / "built"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sources of the page and what is built of them, to be changed."""
    for source in page_build.SOURCES:
        (tmp_path / source).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, tmp_path / source)
    shutil.copytree(BUILT, tmp_path / "static" / "built")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    monkeypatch.setattr(static_files, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("follow", [True, False])
def test_a_page_is_built_again_where_its_sources_are_followed(checkout: Path, follow: bool) -> None:
    files = StaticFiles(checkout / "static" / "built", follow=follow)
    before = files.version, files.address("main.css")
    files.refresh()
    assert (files.version, files.address("main.css")) == before
    with (checkout / "static" / "css" / "base.css").open("a") as file:
        file.write(".added { order: 7 }")
    files.refresh()
    assert (files.version != before[0]) is follow
    assert (files.address("main.css") != before[1]) is follow


@pytest.mark.slow
def test_a_source_with_a_fault_is_told_once_and_the_page_stays(
    checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = StaticFiles(checkout / "static" / "built", follow=True)
    before = files.version
    (checkout / "static" / "page" / "dom.ts").write_text("export const = 1;")
    for _ in range(2):
        files.refresh()
    told = capfd.readouterr().err
    assert told.count("cannot be built") == 1
    assert re.search(r"dom\.ts:1:13", told)
    assert files.version == before
    shutil.copy(STATIC / "page" / "dom.ts", checkout / "static" / "page")
    files.refresh()
    assert files.version == before


def test_files_that_were_never_built_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="has not been built"):
        StaticFiles(tmp_path)


def test_every_file_that_a_page_can_load_has_its_media_type_and_a_digest_in_its_name() -> None:
    loaded = [path for path in BUILT.iterdir() if path.is_file() and path.name not in ("STAMP", "manifest.json")]
    assert {path.suffix for path in loaded} == set(MEDIA_TYPES)
    assert all(re.search(r"-[0-9A-Z]{8}\.", path.name) for path in loaded)


def test_the_names_that_the_build_puts_in_are_of_files_that_are_there() -> None:
    main = (BUILT / json.loads((BUILT / "manifest.json").read_text())["playground.js"]).read_text()
    named = set(re.findall(r"[\w-]+-[0-9A-Z]{8}\.(?:css|js)", main))
    assert {"projector", "painting-worker", "takeHome"} <= {name.rpartition("-")[0] for name in named}
    assert not [name for name in named if not (BUILT / name).is_file()]


def test_the_first_view_takes_few_files_and_bytes(site: TestClient) -> None:
    """Apart from fonts, and from KaTeX, which comes with the first formula."""
    zipped = {"Accept-Encoding": "gzip"}
    html = site.get("/", headers=zipped)
    addresses = set(re.findall(r'<(?:script|link)[^>]* (?:src|href)="(/static/[^"]+)"', html.text))
    files = [html, *(site.get(address, headers=zipped) for address in addresses)]
    main = site.get(StaticFiles().address("playground.js"))
    assert not re.search(r'(?:^|;)import[^(]*?"\./', main.text[:200]), "the page's one file loads another at once"
    assert len(files) <= 6
    assert sum(int(reply.headers["content-length"]) for reply in files) < 110_500


def test_every_library_that_is_listed_is_used_and_every_one_used_is_listed() -> None:
    listed = set(json.loads((ROOT / "package.json").read_text())["dependencies"])
    sources = [file.read_text() for folder in ("page", "css") for file in (STATIC / folder).rglob("*.[tc]s*")]
    named = re.findall(r"""(?:from |import |import\(|url\()["']([@a-z][^"':]*)["']""", "\n".join(sources))
    named += [path.removeprefix("node_modules/") for path in page_build.COPIED.values() if "node_modules" in path]
    used = {"/".join(name.split("/")[: 2 if name.startswith("@") else 1]) for name in named}
    assert used | {"esbuild"} == listed
