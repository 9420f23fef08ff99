"""Every block of docs/own.md runs, one after the other, and prints what it says."""

from __future__ import annotations

import contextlib
import io
import re
from importlib.util import find_spec

import pytest

from fallline.own.own_loss import forget_loss, own_losses
from fallline.own.own_optimizer import forget_optimizer, own_optimizers
from tests.documents import DOCUMENTS

PAGE = DOCUMENTS["docs/own.md"]
BLOCKS = re.findall(r"```python\n(.*?)```\n((?:\n(?:    [^\n]*\n)+)?)", PAGE, re.DOTALL)


def missing(code):
    """The package that a block imports and that is not installed, if there is one."""
    return next((name for name in re.findall(r"^import (\w+)", code, re.MULTILINE) if not find_spec(name)), None)


@pytest.mark.filterwarnings("ignore::fallline.SlowWarning")
def test_the_blocks_that_need_neither_library_print_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # one saves a figure
    names: dict[str, object] = {}
    try:
        for code, printed in BLOCKS:
            if missing(code) is None:
                check(code, printed, names)
    finally:
        forget()


@pytest.mark.parametrize("library", ["torch", "optax"])
def test_that_of_a_library_too(library):
    if not find_spec(library):
        pytest.skip(f"{library} is not installed: make peers")
    (block,) = (each for each in BLOCKS if f"import {library}" in each[0])
    names: dict[str, object] = {}
    try:
        exec("import numpy as np\nimport fallline", names)
        check(*block, names)
    finally:
        forget()


def check(code, printed, names):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "docs/own.md", "exec"), names)
    if printed:
        assert out.getvalue().splitlines() == [line.strip() for line in printed.split("\n") if line.strip()]


def forget():
    for own in own_optimizers():
        forget_optimizer(own)
    for loss in own_losses():
        forget_loss(loss)
