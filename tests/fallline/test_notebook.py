"""The notebook runs from top to bottom, and what it shows is true."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path

import httpx
import pytest

import fallline
from tests.documents import PRINTED_ADDRESS, ROOT

pytestmark = pytest.mark.slow

NOTEBOOK = json.loads((ROOT / "docs" / "fallline.ipynb").read_text(encoding="utf-8"))
GOLDEN = json.loads((ROOT / "tests" / "golden" / "torch.json").read_text())["cases"]


@pytest.fixture(scope="module")
def shown(server, tmp_path_factory):
    """Name of a variable -> its value at the end; `printed` and `displayed` -> what the cells show."""
    names, printed, displayed = {}, io.StringIO(), []
    # Until it has loaded all that answers, which on a loaded machine takes longer than a client waits.
    httpx.get(f"{server.url}/readyz", timeout=240).raise_for_status()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.chdir(tmp_path_factory.mktemp("notebook"))
        for cell in NOTEBOOK["cells"]:
            if cell["cell_type"] == "code":
                tree = ast.parse("".join(cell["source"]).replace(PRINTED_ADDRESS, server.url))
                last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
                exec(compile(tree, "notebook", "exec"), names)
                displayed.append(last and eval(compile(ast.Expression(last.value), "notebook", "eval"), names))
        picture = Path("himmelblau.svg").read_text(encoding="utf-8")
    return {**names, "printed": printed.getvalue(), "displayed": displayed, "picture": picture}


def test_it_is_kept_without_what_it_showed():
    for cell in NOTEBOOK["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_descent_goes_where_pytorch_goes(shown):
    case = next(each for each in GOLDEN if (each["optimizer"], each["problem"]) == ("gd", "himmelblau"))
    assert (case["learning_rate"], case["rows"]["0"]) == (0.002, [1, 5])
    end = shown["run"].parameters["x"][200], shown["run"].parameters["y"][200]
    assert end == pytest.approx(case["rows"]["200"], rel=1e-9)
    assert "ran all 200 steps\nfrom (1, 5) to (3.0000, 2.0001), where the loss is " in shown["printed"]
    assert (201, 200) in shown["displayed"]


def test_the_step_is_the_rate_times_the_gradient(shown):
    assert 0 <= shown["displayed"][2] < 1e-14


def test_rates_are_stable_below_two_over_the_curvature(shown):
    # Row t of y is (1 - 20*rate)**t.
    for rate, run in zip(shown["rates"], shown["compared"], strict=True):
        assert run.parameters["y"][-1] == pytest.approx((1 - 20 * rate) ** 100, rel=1e-9)
    assert [run.loss[-1] > run.loss[0] for run in shown["compared"]] == [False, False, False, True]
    # The best rate for a start whose errors along both axes count is near 2/(2 + 20).
    assert shown["swept"].best == pytest.approx(1 / 11, rel=0.15)
    assert shown["swept"].edge["rises"]["holds"] == pytest.approx(0.1, rel=1e-3)
    assert all(
        value != value for value in next(each for each in shown["displayed"] if hasattr(each, "shape") and each.ndim)
    )


def test_what_streams_in_is_what_runs_here(shown):
    assert any(each is True for each in shown["displayed"])
    assert "run 0 is at row 200, " in shown["printed"]
    assert "run 1 ran all 200 steps" in shown["printed"]
    assert (shown["streamed"]["Adam"].parameters["x"] == shown["result"]["Adam"].parameters["x"]).all()


def test_what_is_wrong_is_told(shown):
    assert "problem.surface" in shown["printed"]
    assert "optimizers[0].learning_rate must be " in shown["printed"]


def test_results_show_themselves(shown):
    results = [each for each in shown["displayed"] if isinstance(each, fallline.Result)]
    assert len(results) == 4
    for each in results:
        assert each._repr_html_().startswith("<img ")
    assert shown["picture"].startswith("<svg")
    assert "adam" in shown["printed"]
    assert "rosenbrock" in shown["printed"]
