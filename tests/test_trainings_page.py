"""Every program of docs/trainings.md runs, prints what the page says, and writes what it names."""

from __future__ import annotations

import contextlib
import io
import re

import pytest

from tests.documents import DOCUMENTS

PAGE = DOCUMENTS["docs/trainings.md"]
OF_PYTORCH, OF_POINTS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def run_program(program, folder, monkeypatch):
    monkeypatch.chdir(folder)
    printed, names = io.StringIO(), {}
    with contextlib.redirect_stdout(printed):
        exec(compile(program, "docs/trainings.md", "exec"), names)
    return names, printed.getvalue().splitlines()


def test_of_a_list_of_points(tmp_path, monkeypatch):
    names, printed = run_program(OF_POINTS, tmp_path, monkeypatch)
    after = PAGE.split(OF_POINTS + "```")[1]
    assert printed == [line.strip() for line in re.match(r"\n\n((?:    .*\n)+)", after)[1].splitlines()]
    assert 'width="88mm"' in (tmp_path / "descents.svg").read_text(encoding="utf-8")
    assert 0.5 < names["seen"].share < 1


def test_of_pytorch(tmp_path, monkeypatch):
    pytest.importorskip("torch", reason="PyTorch is not installed: the program trains a model of its")
    names, printed = run_program(OF_PYTORCH, tmp_path, monkeypatch)
    assert printed == [names["adam"].sentence, names["plane"].sentence]
    assert names["adam"].steps.tolist() == [*range(0, 401, 2)]
    assert 'width="120mm"' in (tmp_path / "trainings.svg").read_text(encoding="utf-8")
    random = names["adam"].plane(along="random", seed=1, resolution=8)
    assert random.share < names["plane"].share
