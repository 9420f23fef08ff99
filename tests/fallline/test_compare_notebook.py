"""The notebook on the whole catalog runs from top to bottom, and shows what its text says."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import math
import re

import numpy as np
import pytest

import fallline
from tests.documents import ROOT

FEWER = {
    r'surfaces="all", tries=120': 'surfaces="all", tries=24, budget=100',
    r"budget=500": "budget=50",
    r"tries=(48|72)(?!, budget)": "tries=24",
}
"""What the notebook tries and spends: nothing is said that less would not show, but of the ravine, which is asked apart."""

NOTEBOOK = json.loads((ROOT / "docs" / "compare.ipynb").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shown():
    """Name of a variable -> its value at the end; `printed` and `displayed` -> what the cells show."""
    names, printed, displayed = {}, io.StringIO(), []
    with contextlib.redirect_stdout(printed):
        for cell in NOTEBOOK["cells"]:
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                for written, fewer in FEWER.items():
                    source = re.sub(written, fewer, source)
                tree = ast.parse(source)
                last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
                exec(compile(tree, "notebook", "exec"), names)
                displayed.append(last and eval(compile(ast.Expression(last.value), "notebook", "eval"), names))
    return {**names, "printed": printed.getvalue(), "displayed": displayed}


def test_it_is_kept_without_what_it_showed():
    for cell in NOTEBOOK["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.slow
def test_it_shows_what_its_text_says(shown):
    by_hand, told = next(each for each in shown["displayed"] if isinstance(each, tuple))
    assert by_hand == told
    surfaces, fits, networks = shown["surfaces"], shown["fits"], shown["networks"]
    assert (len(surfaces.optimizers), len(surfaces.problems), len(fits.problems)) == (8, 22, 8)
    assert {each["goal"] - each["lowest"] <= 0.001 + 1e-12 for each in surfaces.reply["problems"]} == {True}
    assert np.isfinite(networks.gradients).any(axis=1).all()
    # Methods that divide each parameter by itself gain by axes that lie along the valley; gradient descent does not.
    by_axes = ["adagrad", "rmsprop", "adam", "gd"]
    ravine, turned = fallline.compare(by_axes, ["ravine", "rotated_ravine"], tries=120).gradients.T
    assert (turned > 2 * ravine).tolist() == [True, True, True, False]
    # Whether one arrives is a matter of where it sets off.
    for name in ("Rastrigin", "Ackley", "Griewank"):
        assert np.isinf(surfaces.gradients[:, surfaces.problems.index(name)]).mean() > 0.5
    assert (shown["profile"].shares([math.inf])[:, 0] < 1).all()
    pictures = [each for each in shown["displayed"] if each is not None and not isinstance(each, tuple)]
    assert [type(each).__name__ for each in pictures] == ["Comparison", "Comparison", "Profiles"]
    assert all(each._repr_svg_().startswith("<svg") for each in pictures)
    assert shown["printed"].count("| gradients |") == 4
    assert isinstance(shown["own"], fallline.Comparison)
