"""Every program of docs/trainings.md runs, prints what the page says, and writes what it names."""

from __future__ import annotations

import contextlib
import io
import re

import httpx
import pytest

from tests.documents import DOCUMENTS

SHOWN = {"surface": "own.plane_of_Adam"}
PAGE = DOCUMENTS["docs/trainings.md"]
OF_PYTORCH, OF_POINTS, ON_THE_PAGE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def said(program):
    """What the page says that a program prints."""
    block = re.match(r"\n\n((?:    .*\n)+)", PAGE.split(program + "```")[1])
    return [line.strip() for line in block[1].splitlines()]


def run_program(program, folder, monkeypatch):
    monkeypatch.chdir(folder)
    printed, names = io.StringIO(), {}
    with contextlib.redirect_stdout(printed):
        exec(compile(program, "docs/trainings.md", "exec"), names)
    return names, printed.getvalue().splitlines()


def test_of_a_list_of_points(tmp_path, monkeypatch):
    names, printed = run_program(OF_POINTS, tmp_path, monkeypatch)
    assert printed == said(OF_POINTS)
    assert 'width="88mm"' in (tmp_path / "descents.svg").read_text(encoding="utf-8")
    assert 0.5 < names["seen"].share < 1


def test_on_the_page(tmp_path, monkeypatch):
    _, printed = run_program(OF_POINTS + ON_THE_PAGE, tmp_path, monkeypatch)
    assert printed == said(OF_POINTS) + said(ON_THE_PAGE)


def test_of_pytorch(tmp_path, monkeypatch):
    pytest.importorskip("torch", reason="PyTorch is not installed: the program trains a model of its")
    names, printed = run_program(OF_PYTORCH, tmp_path, monkeypatch)
    assert printed == [names["adam"].sentence, names["plane"].sentence]
    assert names["adam"].steps.tolist() == [*range(0, 401, 2)]
    assert 'width="120mm"' in (tmp_path / "trainings.svg").read_text(encoding="utf-8")
    random = names["adam"].plane(along="random", seed=1, resolution=8)
    assert random.share < names["plane"].share
    page = names["adam"].playground(beside=[names["descent"]], open=False)
    base, query = page.url.split("/?")
    adam, descent = httpx.get(f"{base}/api/v1/trajectories?{query}", timeout=300).json()["runs"]
    ground = httpx.post(f"{base}/api/v1/landscape", json={"problem": SHOWN, "resolution": 8}, timeout=300).json()
    page.close()
    assert adam["loss"] == names["adam"].losses.tolist()
    assert descent["recorded"]["steps"] == names["descent"].steps.tolist()
    assert all(value is not None for row in ground["loss"] for value in row)
