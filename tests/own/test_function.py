"""A step that is a function: its rows are those of the same rule, and it does what an optimizer of the catalog does."""

from __future__ import annotations

import copy
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import fallline
from fallline import SpecError, spec_forms
from fallline.optimizers import OPTIMIZERS
from fallline.own.own_optimizer import forget_optimizer, own_optimizers
from fallline.spec.run_models import OPTIMIZER_MODELS

ROOT = Path(__file__).parent.parent.parent
HEAVY_BALL = "heavy_ball:learning_rate=0.002,beta=0.9"
HIMMELBLAU = {"problem": {"surface": "himmelblau"}, "stop": {"max_steps": 60}}


def heavy_ball(w, g, state, t, lr, beta=0.9):
    m = beta * state.get("m", np.zeros_like(w)) + g
    return w - lr * m, {"m": m, "count": t}


def mine(**values):
    return fallline.from_function(heavy_ball, **{"learning_rate": 0.002, **values})


PROBLEMS = {
    "surface": {"problem": {"surface": "rosenbrock"}},
    "line fit": {"problem": {"dataset": "shoe_size", "standardize": True}},
    "network": {"problem": {"network": {"dataset": "xor"}}},
    "batches": {"problem": {"dataset": "noisy_line", "standardize": True}, "seed": 3},
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_its_rows_are_those_of_the_same_rule(name):
    batch = {"batch_size": 4, "noise": 0.1} if name == "batches" else {}
    schedule = {"schedule": {"name": "exponential", "decay": 0.99}}
    theirs = {"name": "heavy_ball", "learning_rate": 0.002, "beta": 0.9, **batch, **schedule}
    ours, catalogs = fallline.run(
        PROBLEMS[name], optimizers=[mine()(**batch, **schedule), theirs], stop={"max_steps": 200}
    )
    for column in ("parameters", "gradient", "evaluations"):
        for each, values in getattr(ours, column).items():
            np.testing.assert_allclose(values, getattr(catalogs, column)[each], rtol=1e-9, atol=1e-12)
    for column in ("loss", "learning_rate", "step_size"):
        np.testing.assert_allclose(getattr(ours, column), getattr(catalogs, column), rtol=1e-9, atol=1e-12)
    assert ours.stop_reason == catalogs.stop_reason == "max_steps"


def test_it_stands_beside_words_and_mappings_and_its_values_can_be_set():
    own = mine(label="Mine")
    result = fallline.run(
        surface="himmelblau", optimizers=[own, own(lr=0.01, beta=0.5, label="quick"), HEAVY_BALL, "adam"]
    )
    assert [run.label for run in result] == ["Mine", "quick", "Heavy ball", "Adam"]
    assert dict(result["quick"].optimizer).items() >= {"name": own.name, "learning_rate": 0.01, "beta": 0.5}.items()
    again = fallline.run(problem="himmelblau", optimizers=[result["quick"].optimizer, f"{own.name}:lr=0.01,beta=0.5"])
    assert again[0].loss.tolist() == again[1].loss.tolist() == result["quick"].loss.tolist()
    assert "<polyline" in result.svg() or "<path" in result.svg()


def test_its_states_are_those_like_w_by_their_names_and_change_on_the_way():
    own = mine()
    method = own.declaration.method(beta=0.9)
    assert method.columns() == ("m",)
    changed = {"changes": [{"at": 20, "lr": 0.001}, {"at": 40, "beta": 0.5}]}
    theirs = {**changed, "changes": [{"at": 20, "learning_rate": 0.001}, {"at": 40, "beta": 0.5}]}
    ours, catalogs = fallline.run(
        HIMMELBLAU, optimizers=[own(**changed), {"name": "heavy_ball", "learning_rate": 0.002, "beta": 0.9, **theirs}]
    )
    np.testing.assert_allclose(ours.loss, catalogs.loss, rtol=1e-12)


@pytest.mark.filterwarnings("ignore::fallline.SlowWarning")
def test_a_sweep_a_map_of_starts_and_a_search_are_those_of_the_rule():
    spans = {"lr": {"from": 1e-3, "to": 1, "count": 9}}
    ours = fallline.sweep(HIMMELBLAU, optimizers=[mine()], over=spans)
    theirs = fallline.sweep(HIMMELBLAU, optimizers=[HEAVY_BALL], over={"learning_rate": spans["lr"]})
    assert ours.over == "learning_rate"
    np.testing.assert_allclose(ours.loss, theirs.loss, rtol=1e-9)
    assert (ours.n_steps.tolist(), ours.stop_reason) == (theirs.n_steps.tolist(), theirs.stop_reason)
    assert (ours.end.tolist(), ours.minima.tolist()) == (theirs.end.tolist(), theirs.minima.tolist())
    ours = fallline.sweep(HIMMELBLAU, optimizers=[mine()], over={"beta": {"from": 0, "to": 0.99, "count": 5}})
    theirs = fallline.sweep(HIMMELBLAU, optimizers=[HEAVY_BALL], over={"beta": {"from": 0, "to": 0.99, "count": 5}})
    np.testing.assert_allclose(ours.loss, theirs.loss, rtol=1e-9)
    maps = [
        fallline.basins(HIMMELBLAU, optimizers=[each], resolution=6, over={"beta": [0.5]})
        for each in (mine(), HEAVY_BALL)
    ]
    assert (maps[0].end == maps[1].end).all()
    assert maps[0].reply["over"] == maps[1].reply["over"]
    stop = {"max_steps": 60, "target_loss": 0.01}
    found = [
        fallline.tune(problem="bowl", optimizers=[each], over={name: {"from": 1e-2, "to": 1}}, stop=stop, coarse=True)
        for each, name in ((mine(), "lr"), (HEAVY_BALL, "learning_rate"))
    ]
    assert found[0].reply["best"] == found[1].reply["best"]


def test_the_curvature_along_its_run_is_told_without_modes():
    there = fallline.curvature(HIMMELBLAU, optimizers=[mine()], t=10)
    assert [each["type"] for each in there.reply["notices"]] == ["no_modes"]
    assert len(there.eigenvalues) == 2


def test_it_is_said_before_that_it_takes_long():
    def slow(w, g, state, t, lr):
        time.sleep(0.002)
        return w - lr * g, state

    spec = {"problem": {"surface": "bowl"}, "stop": {"max_steps": 10**6, "target_loss": 1e9}}
    with pytest.warns(
        fallline.SlowWarning, match=r"slow takes one point at a time: 9 runs of up to 1000000 steps .* h "
    ):
        fallline.basins(spec, optimizers=[fallline.from_function(slow, lr=0.1)], resolution=3, start=[1e9, 1e9])


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda w, state: None, r"it must give back \(w, state\); got None"),
        (lambda w, state: (None, state), "it gave back None, where 2 numbers of the next point are expected"),
        (lambda w, state: (w[:1], state), r"it gave back an array of shape \(1,\), where 2 numbers"),
        (lambda w, state: (w + 1j, state), "it gave back complex numbers, where 2 numbers"),
        (lambda w, state: ("no", state), "it gave back a str of <U2, where 2 numbers"),
        (lambda w, state: 1 / 0, "ZeroDivisionError: division by zero"),
    ],
)
def test_a_fault_ends_that_run_and_no_other(made, said, caplog):
    def broken(w, g, state, t, lr):
        return made(w, state) if t == 12 else (w - lr * g, state)

    own = fallline.from_function(broken, lr=0.001)
    faulty, other = fallline.run(surface="rosenbrock", optimizers=[own, "gd:learning_rate=0.001"])
    assert faulty.stop_reason == "fault"
    assert faulty.n_steps == 11
    np.testing.assert_allclose(faulty.loss, other.loss[:12])
    assert re.search(said, faulty.sentence)
    assert faulty.sentence.startswith("fault in broken: ")
    assert faulty.sentence.endswith("; 11 steps stand")
    assert [each["type"] for each in faulty.reply["notices"]] == ["own_fault"]
    assert "in step 12" in faulty.notes[0]
    assert other.stop_reason != "fault"
    (told,) = [record.message for record in caplog.records if record.name == "fallline"]
    assert "Traceback" in told


def test_not_a_number_is_told_as_of_any_run():
    own = fallline.from_function(lambda w, g, state, t, lr: (w * np.nan, state), lr=0.1)
    assert fallline.run(problem="bowl", optimizers=[own])[0].sentence.startswith(
        "diverged at step 1: x is not a number"
    )


def test_a_fault_at_some_values_of_a_sweep_is_told_of_these():
    def picky(w, g, state, t, lr):
        if lr > 0.05:
            raise ValueError("too fast")
        return w - lr * g, state

    spec = {"problem": {"surface": "bowl"}, "stop": {"max_steps": 20}}
    swept = fallline.sweep(
        spec, optimizers=[fallline.from_function(picky, lr=0.01)], over={"lr": {"from": 0.01, "to": 1, "count": 3}}
    )
    assert swept.stop_reason == ["max_steps", "fault", "fault"]
    assert swept.n_steps.tolist() == [20, 0, 0]
    assert np.isnan(swept.loss[1:]).all()


def test_a_state_that_is_changed_in_place_changes_no_row_before():
    def in_place(w, g, state, t, lr):
        state["all"].append(g[0])
        w -= lr * g
        return w, state

    own = fallline.from_function(in_place, init=lambda w: {"all": []}, lr=0.1)
    kept = copy.deepcopy(fallline.run(problem="bowl", optimizers=[own], stop={"max_steps": 5})[0].loss)
    theirs = fallline.run(problem="bowl", optimizers=["gd:learning_rate=0.1"], stop={"max_steps": 5})[0].loss
    np.testing.assert_allclose(kept, theirs)


def test_one_that_never_ends_is_ended_by_ctrl_c():
    code = (
        "import signal, fallline\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell that starts it behind ignores it
        "def endless(w, g, state, t, lr):\n    print('in', flush=True)\n    while lr: pass\n"
        "fallline.run(problem='bowl', optimizers=[fallline.from_function(endless, lr=1.0)])\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "in\n"
    process.send_signal(signal.SIGINT)
    try:
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert err.rstrip().endswith("KeyboardInterrupt")


def test_its_name_hides_no_built_in_one():
    def adam(w, g, state, t, lr):
        return w - lr * g, state

    own = fallline.from_function(adam, lr=0.1)
    assert (own.name, own.label) == ("own.adam", "adam (own)")
    assert not any("." in name for name in OPTIMIZERS if not OPTIMIZERS[name].own)
    ours, theirs = fallline.run(problem="bowl", optimizers=[own, "adam:learning_rate=0.1"])
    assert ours.loss[1] != theirs.loss[1]


def test_what_is_defined_again_takes_its_place_and_what_was_made_before_still_runs():
    def step(w, g, state, t, lr):
        return w - lr * g, state

    before, twin = fallline.from_function(step, lr=0.1), fallline.from_function(step, lr=0.1, label="twin")
    after = fallline.from_function(step, lr=0.2)
    assert (before.name, twin.name, after.name) == ("own.step", "own.step_2", "own.step")
    first, second = fallline.run(problem="bowl", optimizers=[before, after], stop={"max_steps": 1})
    assert before.name == "own.step_3"
    assert first.step_size[0] == pytest.approx(second.step_size[0] / 2)
    assert [own.name for own in own_optimizers()] == ["own.step_2", "own.step", "own.step_3"]
    forget_optimizer(after)
    assert "own.step" not in OPTIMIZERS
    assert "own.step" not in OPTIMIZER_MODELS
    with pytest.raises(SpecError, match=r"own.step"):
        fallline.run(problem="bowl", optimizers=["own.step:lr=0.1"])


def test_a_hyperparameter_without_a_value_and_one_there_is_not_are_told():
    with pytest.raises(TypeError, match=r"from_function\(heavy_ball\) needs lr=, which has no default"):
        fallline.from_function(heavy_ball)
    with pytest.raises(TypeError, match="there is no hyperparameter gamma; there are lr, beta"):
        fallline.from_function(heavy_ball, lr=0.1, gamma=1)
    with pytest.raises(SpecError, match=r"optimizers\[0\].gamma"):
        fallline.run(problem="bowl", optimizers=[mine()(gamma=1)])


def test_sliders_follow_from_names_and_values():
    def step(w, g, state, t, step_size, b1=0.9, eps=1e-8, power=3.0, depth=4, weight_decay=0.0, noise=2.0, nu=-1.0):
        return w - step_size * g, state

    params = fallline.from_function(step, step_size=0.1).declaration.params
    kinds = {name: (each.scale, each.min, each.max, each.whole) for name, each in params.items()}
    assert kinds == {
        "learning_rate": ("log", 1e-5, 10, False),
        "b1": ("decay", 0, 0.9999, False),
        "eps": ("log", 1e-16, 1, False),
        "power": ("log", 0.03, 300, False),
        "depth": ("log", 1, 100, True),
        "weight_decay": ("linear", 0, 1, False),
        "noise_": ("log", 0.02, 200, False),
        "nu": ("linear", -2, 2, False),
    }


def test_words_stand_for_problems_and_runs():
    for word, kind in (("bowl", "surface"), ("shoe_size", "line_fit"), ("xor", "network"), ("x^2 + y^2", "expression")):
        assert fallline.run(problem=word, optimizers="gd", stop={"max_steps": 2}).problem["kind"] == kind
    with pytest.raises(SpecError, match="problem is not a problem; the nearest: rosenbrock"):
        spec_forms.whole_spec(None, {"problem": "rosenbrok"})
    with pytest.raises(SpecError, match="surface stands beside problem"):
        spec_forms.whole_spec(None, {"problem": "bowl", "surface": "bowl"})


def test_values_that_end_by_a_fault_are_told_apart_from_those_that_diverge() -> None:
    def breaks(w, g, state, t, lr):
        if lr > 3:
            raise ValueError("rate too large")
        return w - lr * g, state

    mine = fallline.from_function(breaks, lr=0.01)
    swept = fallline.sweep(
        surface="bowl", optimizers=[mine], over={"lr": {"from": 0.01, "to": 10, "count": 7}}, stop={"max_steps": 200}
    )
    # x^2 + 2 y^2 diverges from 0.5 on; of 0.01, 0.032, ..., 1, 3.2, 10 the last two fail
    assert swept.stop_reason == [*["max_steps"] * 4, "diverged", "fault", "fault"]
    assert swept.fault == "breaks"
    assert np.isnan(swept.loss).tolist() == [False] * 4 + [True] * 3
    gap = swept.edge["diverges"]
    assert (gap["holds"], gap["fails"]) == (pytest.approx(10**-0.5), pytest.approx(1))
