"""Every program of docs/figures.md runs, and makes what it names."""

from __future__ import annotations

import re

import pytest

from fallline.results import picture_files
from tests.documents import DOCUMENTS, ROOT

PAGE = DOCUMENTS["docs/figures.md"]
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.slow
def test_the_programs_of_the_page_run_as_printed(tmp_path, monkeypatch):
    pytest.importorskip("matplotlib").use("agg")
    pytest.importorskip("av")
    try:
        picture_files.cairosvg()
    except ImportError as missing:
        pytest.skip(str(missing))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for program in PROGRAMS:
        exec(compile(program, "docs/figures.md", "exec"), names)
    pytest.importorskip("matplotlib.pyplot").close("all")
    made = {path.name for path in tmp_path.iterdir()}
    assert made == set(re.findall(r'"(\w+\.(?:svg|pdf|png|gif|mp4))"', "".join(PROGRAMS)))
    assert 'width="88mm"' in (tmp_path / "paths.svg").read_text(encoding="utf-8")
    assert str(names["column"]).startswith("<svg")
    assert (tmp_path / "run.mp4").read_bytes()[4:8] == b"ftyp"


def test_it_names_what_is_installed_by():
    extras = re.findall(r"pip install\s+'\.\[(\w+)\]'", PAGE)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert set(extras) == {"figures", "film"}
    assert all(re.search(rf"^{extra} = \[", project, re.MULTILINE) for extra in extras)
