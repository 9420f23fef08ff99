"""Runs without a server are the server's, and refused in its words."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl

import numpy as np
import pytest

import fallline
from fallline import progress_line
from tests.fallline.specs import BOWL, SPECS, plain

ROOT = Path(__file__).parent.parent.parent
GOLDEN = json.loads((ROOT / "tests" / "golden" / "torch.json").read_text())["cases"]
API = "/api/v1/trajectories"
PACKAGES = Path(np.__file__).parent.parent


@pytest.mark.parametrize("name", SPECS)
def test_a_run_is_the_servers(client, name):
    assert plain(fallline.run(SPECS[name])) == client.post(API, json=SPECS[name]).json()


@pytest.mark.parametrize("optimizer", ["gd", "adam", "rmsprop"])
def test_a_path_is_pytorchs(optimizer):
    case = next(each for each in GOLDEN if (each["optimizer"], each["problem"]) == (optimizer, "himmelblau"))
    values = {"name": optimizer, "form": case["form"], "learning_rate": case["learning_rate"], **case["values"]}
    values |= {"schedule": case["schedule"]} if case["schedule"] else {}
    (run,) = fallline.run(
        problem={"surface": "himmelblau"}, start=case["rows"]["0"], optimizers=[values], stop={"max_steps": 200}
    )
    path = np.column_stack([run.parameters["x"], run.parameters["y"]])
    np.testing.assert_allclose(path, [case["rows"][str(row)] for row in range(201)], rtol=1e-9)
    np.testing.assert_allclose(run.step_size, np.hypot(*np.diff(path, axis=0).T))


QUERY = "surface=rosenbrock&start=-1.5,2&optimizer=adam:learning_rate=0.1&max_steps=30"
SAME = {
    "problem": {"surface": "rosenbrock"}, "start": [-1.5, 2], "optimizers": [{"name": "adam", "learning_rate": 0.1}],
    "stop": {"max_steps": 30},
}  # fmt: skip


@pytest.mark.parametrize(
    ("spec", "fields"),
    [
        (QUERY, {}),
        (f"http://localhost:8000/?window=-2,2,-1,3&slots=3&{QUERY}#run=0&step=9", {}),
        (SAME, {}),
        (None, SAME),
        ({**SAME, "start": np.array([-1.5, 2]), "seed": np.int64(0)}, {}),
        (QUERY.replace("30", "7"), {"stop": {"max_steps": 30}}),
    ],
)
def test_a_spec_in_each_of_its_forms(client, spec, fields):
    assert plain(fallline.run(spec, **fields)) == client.get(f"{API}?{QUERY}").json()


@pytest.mark.parametrize(
    "change",
    [
        {"problem": {"surface": "rosenbrok"}, "optimizers": [{"name": "adm"}]},
        {"problem": None},
        {"start": [1]},
        {"start": [float("nan"), 1]},
        {"start": [1e200, 1]},
        {"optimizers": [{"name": "gd", "learning_rate": -1, "beta": 2}]},
        {"optimizers": []},
        {"problem": {"expression": "x**"}},
        {"colour": "red"},
    ],
)
def test_a_wrong_spec_is_told_as_the_server_tells_it(client, change):
    spec = {**BOWL, **change}
    with pytest.raises(fallline.SpecError) as refused:
        fallline.run(spec)
    served = client.post(API, content=json.dumps(spec), headers={"Content-Type": "application/json"})
    assert served.status_code == 422
    assert [
        {"loc": list(each.loc), "msg": each.msg, "type": each.type, "ctx": each.ctx}
        for each in refused.value.complaints
    ] == served.json()["detail"]
    assert str(refused.value) == "\n".join(each["msg"] for each in served.json()["detail"])


@pytest.mark.parametrize(
    "query",
    [
        "expression=x**2 y**2&optimizer=gd",
        "surface=bowl&optimizr=gd",
        "surface=bowl&surface=bowl",
        "surface=bowl&theme=red&optimizer=gd",
        "surface=bowl&window=1,0,0,1&optimizer=gd",
        "surface=bowl&optimizer=gd&slots=1,2",
    ],
)
def test_a_wrong_address_is_told_by_its_keys(client, query):
    with pytest.raises(fallline.SpecError) as refused:
        fallline.run(query)
    served = client.get(API, params=parse_qsl(query)).json()["detail"]
    assert [each.msg for each in refused.value.complaints] == [each["msg"] for each in served]


def test_a_key_that_stands_twice_is_told_beside_a_field_that_takes_its_place():
    with pytest.raises(fallline.SpecError, match="seed stands twice"):
        fallline.run("surface=bowl&optimizer=gd&seed=1&seed=2", seed=3)


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("rosenbrock", "'rosenbrock' must have a query, as surface=bowl&optimizer=adam has"),
        ("http://localhost:8000/", "must have a query"),
        ([BOWL], "must be a mapping or an address; got list"),
        ({**BOWL, "start": {1, 2}}, "{1, 2} is no value of JSON"),
    ],
)  # fmt: skip
def test_what_is_no_spec_is_told(spec, says):
    with pytest.raises(fallline.SpecError, match="the spec could not be read") as refused:
        fallline.run(spec)
    assert says in str(refused.value)


def test_no_limit_of_a_server_holds_here(client):
    spec = {**BOWL, "stop": {"max_steps": 100_001}}
    assert client.post(API, json=spec).status_code == 422
    (run,) = fallline.run(spec)
    assert len(run.loss) == 100_002


@pytest.mark.parametrize(
    ("over", "curves"),
    [({"learning_rate": {"from": 0.001, "to": 10, "count": 9}}, False), ({"seed": {"from": 2, "count": 3}}, True)],
)
def test_a_sweep_is_the_servers(client, over, curves):
    spec = {**SPECS["batches"], "optimizers": [{"name": "sgd", "learning_rate": 0.01}]}
    swept = fallline.sweep(spec, over=over, curves=curves)
    there = client.post(f"{API}/sweep", json={**spec, "over": over, "curves": curves}).json()
    assert json.loads(swept.to_json()) == there
    assert swept.best == swept.values[np.nanargmin(swept.loss)]
    assert (swept.curves is not None) == curves
    assert (swept.end is None) == (swept.minima is None) == (swept.over == "seed")
    assert set(swept.table()) == {swept.over, "loss", "n_steps", "stop_reason"}


def test_a_wrong_sweep_is_told():
    with pytest.raises(fallline.SpecError, match=r"over.beta .*learning_rate"):
        fallline.sweep(BOWL, over={"beta": {"from": 0.1, "to": 0.9, "count": 3}})


def test_runs_go_by_number_and_label():
    result = fallline.run(SPECS["surface"])
    assert [run.label for run in result] == ["Adam", "Gradient descent", "<b>mine</b>"]
    assert result["Adam"] is result[0] is result.runs[0]
    assert result[-1].n_steps == len(result[-1].gradient["x"]) == len(result[-1].loss) - 1
    assert [run.label for run in result[1:]] == ["Gradient descent", "<b>mine</b>"]
    with pytest.raises(KeyError, match="0 runs are called 'adam'; the labels are 'Adam', 'Gradient descent'"):
        result["adam"]
    with pytest.raises(KeyError, match="2 runs are called 'Gradient descent'"):
        fallline.run(SPECS["diverged"])["Gradient descent"]
    with pytest.raises(IndexError):
        result[3]


def cell(value):
    """An entry of a table as the CSV of the API has it."""
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None or value != value else value.item() if hasattr(value, "item") else value


@pytest.mark.parametrize("name", ["surface", "diverged", "batches"])
def test_a_table_is_the_csv_of_the_api(client, name):
    result = fallline.run(SPECS[name])
    table = result.table()
    heads, *rows = csv.reader(io.StringIO(client.post(f"{API}?format=csv", json=SPECS[name]).text))
    assert list(table) == [head for head in heads if head in table]
    assert set(heads) - set(table) <= {"batch"}
    numbers = {"label": str, "batch": str}
    for head in table:
        column = [row[heads.index(head)] for row in rows]
        assert [cell(each) for each in table[head]] == [text and numbers.get(head, float)(text) for text in column]


def test_pandas_is_asked_for_where_it_is_missing_and_given_the_table_where_it_is_not(monkeypatch):
    result = fallline.run(BOWL)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"to_pandas needs pandas, which is not installed; table\(\) has the same"):
        result.to_pandas()
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=lambda table: ("frame", list(table))))
    assert result.to_pandas() == ("frame", list(result.table()))
    assert result[0].to_pandas() == ("frame", list(result[0].table()))


NEEDED = ("numpy", "numpy.libs", "orjson", "pydantic", "pydantic_core", "annotated_types", "typing_extensions.py",
          "typing_inspection")  # fmt: skip
"""NumPy and pydantic with what they need, and the parser of JSON."""
ALONE = """
import fallline
print(fallline.run(problem={"surface": "bowl"}, optimizers=[{"name": "gd"}]).runs[0].label)
print(fallline.sweep(problem={"surface": "bowl"}, optimizers=[{"name": "gd"}],
    over={"learning_rate": {"from": 0.001, "to": 1, "count": 3}}).over)
"""


def test_it_runs_where_nothing_is_installed_but_what_it_needs_and_beside_an_app_of_the_readers(tmp_path):
    for name in NEEDED:
        if (PACKAGES / name).exists():  # NumPy has libraries of its own on some systems alone
            (tmp_path / name).symlink_to(PACKAGES / name)
    (tmp_path / "fallline").symlink_to(ROOT / "fallline")
    (tmp_path / "app.py").write_text("raise SystemExit('the app of the current folder')")
    done = subprocess.run(
        [sys.executable, "-S", "-c", ALONE], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["Gradient descent", "learning_rate"], done.stderr


def test_an_address_is_read_together_with_the_keywords_beside_it():
    adam = [{"name": "adam", "learning_rate": 0.1}]
    whole = fallline.run("surface=himmelblau&start=1,5&optimizer=adam:learning_rate=0.1")
    beside = fallline.run("surface=himmelblau", optimizers=adam, start=np.array([1, 5]))
    assert np.array_equal(beside["Adam"].loss, whole["Adam"].loss)
    with pytest.raises(fallline.SpecError, match="nothing_like_it"):
        fallline.run("surface=himmelblau", optimizers=[{"name": "nothing_like_it"}])
    with pytest.raises(fallline.SpecError, match="window"):  # which the address says of its own surface
        fallline.run("surface=bowl&window=1,0,0,1", optimizers=adam)


WELLS = {"problem": {"expression": "x^4 - x^2"}, "optimizers": [{"name": "gd", "learning_rate": 0.05}]}
LONG_WORK = [
    lambda **shown: fallline.basins(WELLS, stop={"max_steps": 300}, **shown),
    lambda **shown: fallline.tune(
        WELLS, over={"learning_rate": {"from": 0.01, "to": 0.1}}, stop={"max_steps": 300, "target_loss": -0.24}, **shown
    ),
    lambda **shown: fallline.compare(["gd", "adam"], ["bowl", "saddle"], budget=40, tries=24, **shown),
]


@pytest.mark.parametrize("work", LONG_WORK, ids=["basins", "tune", "compare"])
def test_long_work_says_in_a_terminal_how_far_it_is(monkeypatch, capsys, work):
    work(progress=True)
    assert capsys.readouterr().err == "", "in less than a second"
    for name in ("SHOWN_AFTER", "REWRITTEN_AFTER"):
        monkeypatch.setattr(progress_line, name, 0)
    work()
    assert capsys.readouterr().err == "", "where stderr is no terminal"
    work(progress=True)
    *lines, cleared, rest = capsys.readouterr().err.split("\r")[1:]
    told = [re.fullmatch(r"(?:basins|tune|compare): (\d+) %, Ctrl-C cancels", line) for line in lines]
    assert all(told), lines
    shares = [int(each[1]) for each in told]
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert shares[-1] <= 100
    assert (cleared.strip(), rest) == ("", "")


def test_ctrl_c_cancels_long_work_and_takes_its_line_away(monkeypatch, capsys):
    monkeypatch.setattr(progress_line, "SHOWN_AFTER", 0)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it

    def work():
        with progress_line.progress_line("basins", True) as tell:
            tell(0.25)
            signal.raise_signal(signal.SIGINT)

    try:
        with pytest.raises(KeyboardInterrupt):
            work()
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr().err.endswith("Ctrl-C cancels\r" + " " * 28 + "\r")


def test_the_average_of_the_steps_is_numpys_mean_and_comes_nearer_than_they_do():
    """Polyak and Ruppert's: of noise that leaves the run rattling around (0, 0) the mean of 900 rows is left with less."""
    run = fallline.run("expression=x^2%2By^2&optimizer=gd:learning_rate=0.1,noise=1&start=0,0&max_steps=1000").runs[0]
    averages = run.average(100)
    for name, column in run.parameters.items():
        assert averages[name].shape == (901,)
        for t in (100, 101, 537, 1000):
            assert averages[name][t - 100] == pytest.approx(np.mean(column[100 : t + 1]), rel=1e-9)
        assert np.abs(averages[name][-1]) < 0.3 * column[100:].std()
    with pytest.raises(ValueError, match="first must be a row of the run, 0 to 1000; got 1001"):
        run.average(1001)
