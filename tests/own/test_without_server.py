"""What needs no server beside runs: the catalog, landscapes, many starts, words with suggested rates, JSON."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest

import fallline
from fallline import SpecError
from fallline.optimizers import OPTIMIZERS
from fallline.problems import surface_problem
from fallline.suggested import suggested_rates


def test_the_catalog_has_the_declarations_and_what_is_ones_own():
    assert fallline.catalog().optimizers["adam"].params["beta1"].default == 0.9
    own = fallline.from_function(lambda w, g, state, t, lr: (w - lr * g, state), lr=0.1, label="Mine")
    loss = fallline.from_loss(lambda x, y: x**2 + y**2, domain=[[-1, 1], [-1, 1]])
    catalog = fallline.catalog()
    assert [name for name, each in catalog.optimizers.items() if each.own] == [own.name]
    assert list(catalog.own_losses) == [loss.name]
    assert "own losses: own.f" in str(catalog)


def test_a_word_gets_the_rate_suggested_for_its_problem_which_is_said():
    (adam, given) = fallline.run(
        problem="rosenbrock", optimizers=["adam", "adam:learning_rate=0.01"], stop={"max_steps": 3}
    )
    rate = suggested_rates(surface_problem("rosenbrock").rates, "rosenbrock")["adam"]
    assert (adam.optimizer["learning_rate"], given.optimizer["learning_rate"]) == (rate, 0.01)
    assert adam.notes == [
        f"The learning rate {rate:g} is the one suggested for this problem, as none was given beside the name."
    ]
    assert given.notes == []
    for spec in ({"problem": {"expression": "x^2"}}, {"problem": "bowl", "optimizers": [{"name": "adam"}]}):
        (run,) = fallline.run(spec, stop={"max_steps": 1}, **({} if "optimizers" in spec else {"optimizers": ["adam"]}))
        assert run.optimizer["learning_rate"] == OPTIMIZERS["adam"].params["learning_rate"].default
        assert run.notes == []


@pytest.mark.parametrize(
    ("spec", "fields", "shape", "ends"),
    [
        ("surface=himmelblau", {}, (16, 16), [-6, 6]),
        ("surface=himmelblau&window=0,5,-1,4", {}, (16, 16), [0, 5]),
        (None, {"problem": "himmelblau", "domain": [[1, 2], [3, 4]]}, (16, 16), [1, 2]),
        (None, {"problem": {"expression": "x^2"}}, (16,), [-5, 5]),
        (None, {"problem": "xor", "plane": ["w1_1_1", "w2_1_1"], "domain": [[-3, 3], [-3, 3]]}, (16, 16), [-3, 3]),
    ],
)
def test_a_landscape_is_the_loss_on_a_grid_with_its_picture(spec, fields, shape, ends):
    there = fallline.landscape(spec, resolution=16, **fields)
    assert there.loss.shape == shape
    assert there.x[[0, -1]].tolist() == ends
    table = there.table()
    assert {len(column) for column in table.values()} == {there.loss.size}
    if there.y is not None and spec:
        loss = surface_problem("himmelblau").loss_at((there.x[3], there.y[5]))
        assert there.loss[5, 3] == pytest.approx(loss, rel=1e-6)
    assert "<svg" in there.svg(title="")


def test_the_plane_of_a_network_lies_along_its_runs():
    there = fallline.landscape(problem="xor", optimizers=["adam"], stop={"max_steps": 20}, resolution=8)
    assert there.parameters == ["direction 1", "direction 2"]
    assert there.reply["plane"]["share"] > 0.5


def test_many_starts_have_the_ends_of_single_runs():
    starts = np.array([[-4.0, -4.0], [1.0, 2.0], [4.0, -1.0]])
    spec = {"problem": {"surface": "himmelblau"}, "optimizers": ["gd:learning_rate=0.01"], "stop": {"max_steps": 40}}
    found = fallline.run_from(spec, starts=starts)
    for start, end, loss in zip(starts, found.ends, found.loss, strict=True):
        (run,) = fallline.run(spec, start=start)
        assert [run.parameters["x"][-1], run.parameters["y"][-1]] == pytest.approx(end.tolist())
        assert run.loss[-1] == pytest.approx(loss)
    assert found.stop_reason == ["max_steps"] * 3
    assert list(found.table()) == ["start_x", "start_y", "x", "y", "loss", "n_steps", "stop_reason"]
    with pytest.raises(ValueError, match=r"starts must have the shape \(starts, 2\); got \(3,\)"):
        fallline.run_from(spec, starts=[1, 2, 3])
    with pytest.raises(SpecError, match="optimizers"):
        fallline.run_from(spec, starts=starts, optimizers=["gd", "adam"])


def test_a_result_and_a_run_are_json():
    result = fallline.run(problem="bowl", optimizers=["gd:learning_rate=9"], stop={"max_steps": 300})
    whole = json.loads(result.to_json())
    assert whole["runs"][0] == json.loads(result[0].to_json())
    assert whole["runs"][0]["stop_reason"] == "diverged"
    assert (
        json.loads(fallline.sweep("surface=bowl&optimizer=gd", over={"seed": {"from": 0, "count": 2}}).to_json())[
            "over"
        ]
        == "seed"
    )


@pytest.mark.slow
def test_the_module_is_the_command():
    done = subprocess.run([sys.executable, "-m", "fallline", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"fallline {fallline.__version__}"


def test_a_grid_has_the_ends_of_single_runs_for_each_optimizer():
    rates, betas = np.array([0.001, 0.003, 0.005]), [0.0, 0.9]
    own = fallline.from_function(
        lambda w, g, state, t, lr, beta=0.9: (w - lr * (1 + beta) * g, state), lr=0.1, label="own"
    )
    spec = {"problem": {"surface": "himmelblau"}, "stop": {"max_steps": 30}}
    grid = fallline.sweep_grid(spec, optimizers=["heavy_ball", own], over={"learning_rate": rates, "beta": betas})
    assert grid.loss.shape == grid.n_steps.shape == (2, 3, 2)
    assert grid.labels == ["Heavy ball", "own"]
    for index, made in enumerate(("heavy_ball", own.name)):
        for i, rate in enumerate(rates):
            for j, beta in enumerate(betas):
                (run,) = fallline.run(spec, optimizers=[{"name": made, "learning_rate": rate, "beta": beta}])
                assert grid.loss[index, i, j] == pytest.approx(run.loss[-1])
    least = np.unravel_index(grid.loss[0].argmin(), (3, 2))
    assert grid.best[0] == {"learning_rate": rates[least[0]], "beta": betas[least[1]]}
    assert len(grid.table()["label"]) == 12
    one = fallline.sweep_grid(spec, optimizers=[own], over={"lr": rates})
    assert one.loss[0] == pytest.approx(grid.loss[1, :, 1])
    for over, said in (
        ({}, "over must have at least 1 entry"),
        ({"gamma": [1]}, "over.gamma"),
        ({"lr": [-1]}, r"over.*\[0\]"),
    ):
        with pytest.raises(SpecError, match=said):
            fallline.sweep_grid(spec, optimizers=[own], over=over)
    one = fallline.sweep_grid(spec, optimizers=["nelder_mead"], over={"learning_rate": [0.2]})
    (run,) = fallline.run(spec, optimizers=["nelder_mead:learning_rate=0.2"])
    assert one.loss.ravel() == run.loss[-1]


SVG = "{http://www.w3.org/2000/svg}"


def texts(root):
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def test_over_one_hyperparameter_each_run_is_a_line_with_its_marker_at_the_least_loss(tmp_path):
    rates = np.geomspace(1e-4, 1, 13)
    grid = fallline.sweep_grid(problem="rosenbrock", optimizers=["gd", "adam"], over={"learning_rate": rates})
    lost = np.isnan(grid.loss)
    assert lost[0].any()
    assert not lost[1].any()
    root = ElementTree.fromstring(grid.svg())
    frame = next(each for each in root.iter(f"{SVG}rect") if each.get("fill") == "none")
    left, width = float(frame.get("x")), float(frame.get("width"))
    # The markers are drawn in front of the lines, the first run's first.
    marks = [
        each.get("transform") for each in root.iter(f"{SVG}g") if (each.get("transform") or "").startswith("transl")
    ]
    for mark, best in zip(marks, grid.best, strict=True):
        x = float(re.match(r"translate\((\S+)", mark)[1])
        assert (x - left) / width == pytest.approx(math.log10(best["learning_rate"] / 1e-4) / 4, abs=0.002)
    above = [each.get("d") for each in root.iter(f"{SVG}path") if each.get("stroke-width") == "3"]
    # From half a value before the first that diverges to the last, and 2 pixels further.
    ((start, end),) = [map(float, re.match(r"M(\S+) \S+?H(\S+)$", d).groups()) for d in above]
    assert (start + 2 - left) / width == pytest.approx((lost[0].argmax() - 0.5) / 12, abs=0.002)
    assert end - 2 == pytest.approx(left + width, abs=0.1)
    assert "On the lower edge lie losses below 10⁻¹¹." in " ".join(texts(root))  # Adam's least is 4e-13
    assert {"Rosenbrock's banana", "learning rate", "loss", "start"} <= {*texts(root)}
    grid.save(tmp_path / "column.svg", width="88mm", theme="night", title="")
    root = ElementTree.fromstring((tmp_path / "column.svg").read_text(encoding="utf-8"))
    assert root.get("width") == "88mm"
    assert "diverges" not in " ".join(texts(root))


def test_over_two_hyperparameters_each_run_is_a_map_with_a_ring_at_the_least_loss_and_hatched_where_it_diverges():
    rates, betas = np.geomspace(1e-4, 1, 9), [0.9, 0, 0.5]
    over = {"learning_rate": rates, "beta": betas}
    grid = fallline.sweep_grid(problem="rosenbrock", optimizers=["momentum", "nesterov"], over=over)
    root = ElementTree.fromstring(grid.svg())
    assert grid._repr_svg_() == grid.svg()
    assert (
        len([each for each in root.iter(f"{SVG}rect") if each.get("fill") == "url(#never)"])
        == np.isnan(grid.loss).sum()
    )
    frames = [each for each in root.iter(f"{SVG}rect") if each.get("fill") == "none"][-2:]
    rings = [*root.iter(f"{SVG}circle")]
    for frame, ring, best in zip(frames, rings, grid.best, strict=True):
        x, y, width, height = (float(frame.get(key)) for key in ("x", "y", "width", "height"))
        column, row = [*rates].index(best["learning_rate"]), sorted(betas).index(best["beta"])
        assert (float(ring.get("cx")) - x) / width == pytest.approx((column + 0.5) / 9, abs=0.001)
        assert (y + height - float(ring.get("cy"))) / height == pytest.approx((row + 0.5) / 3, abs=0.001)
    assert {"Momentum (averaged)", "Nesterov momentum", "beta", "0.5", "0.9"} <= {*texts(root)}
    assert "Hatched" in " ".join(texts(root))
    with pytest.raises(SpecError, match="width"):
        grid.svg(width=10)


def test_a_sweep_of_one_value_or_of_none_that_ends_has_a_picture():
    for rates in ([0.1], [1e9, 2e9]):
        for optimizers in (["gd"], ["gd", "momentum"]):
            grid = fallline.sweep_grid(problem="rosenbrock", optimizers=optimizers, over={"learning_rate": rates})
            ElementTree.fromstring(grid.svg())
            pairs = fallline.sweep_grid(
                problem="rosenbrock", optimizers=["momentum"], over={"learning_rate": rates, "beta": [0.5]}
            )
            ElementTree.fromstring(pairs.svg())
