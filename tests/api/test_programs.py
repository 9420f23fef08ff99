"""Programs over HTTP: what is sent runs, and strangers' text does not."""

import ast
import subprocess
import sys

import pytest

PROGRAM = "/api/v1/trajectories/program"
RUNS = "/api/v1/trajectories"
SPEC = {
    "problem": {"dataset": "shoe_size", "loss": "ssr"},
    "optimizers": [{"name": "adam", "learning_rate": 0.1, "batch_size": 2, "noise": 0.01}],
    "stop": {"max_steps": 200},
    "seed": 9,
}


def ran(source):
    """What a program prints in an interpreter that has nothing but the standard library: why it ended, and where."""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", source], capture_output=True, text=True, timeout=300)
    assert done.stderr == ""
    reason, *lines = done.stdout.splitlines()
    return reason, {name: float(value) for name, value in (line.split(" = ") for line in lines)}


def end(client, spec):
    """Where the run of a spec ends, within which its program must."""
    path = client.post(RUNS, json=spec).json()["runs"][0]["parameters"]
    return pytest.approx({name: column[-1] for name, column in path.items()}, rel=1e-9)


def test_the_program_sent_ends_where_the_run_does(client):
    answer = client.post(PROGRAM, json=SPEC)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/x-python; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="adam_python.py"'
    assert ran(answer.text) == ("stopped at step 200: the last one", end(client, SPEC))


LONG = [
    "x" + "-x" * 299, "x" + "*cos(x)" * 120, "x*(1" + "+1" * 290 + ")/1000", "x*(1" + "*1" * 290 + ")", "1" + "/x*y" * 100,
    "+".join(["max(x,y)"] * 80), "x" + "+x*y*y" * 80, "1/(1+" * 30 + "x**2" + ")" * 30, "sin(1+x*" * 20 + "y" + ")" * 20,
]  # fmt: skip


@pytest.mark.parametrize("formula", LONG, ids=[text[:12] for text in LONG])
def test_a_formula_in_one_long_row_has_all_that_a_short_one_has(client, formula):
    spec = {"problem": {"expression": formula}, "optimizers": [{"name": "adam"}], "stop": {"max_steps": 20}}
    expected = end(client, spec)
    assert ran(client.post(PROGRAM, json=spec).text)[1] == expected
    ast.parse(client.post(f"{PROGRAM}?language=pytorch", json=spec).text)
    assert client.post(f"{RUNS}/step", json={**spec, "t": 20}).json()["after"] == expected


def test_pytorch(client):
    answer = client.post(f"{PROGRAM}?language=pytorch", json=SPEC)
    assert answer.headers["content-disposition"] == 'attachment; filename="adam_pytorch.py"'
    assert "import torch" in answer.text
    ast.parse(answer.text)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("language=fortran", 'is not a language; allowed: python, pytorch; got "fortran"'),
        ("language=Python", 'is not a language; allowed: python, pytorch; got "Python"'),
        ("language=python&language=pytorch", "stands twice"),
        ("lang=python", "is not a key of the query"),
        ("surface=bowl", "the spec is the body"),
        ("langauge=python", "the nearest: language"),
    ],
)
def test_the_query_says_the_language_alone(client, query, words):
    answer = client.post(f"{PROGRAM}?{query}", json=SPEC)
    assert answer.status_code == 422
    assert words in answer.json()["detail"][0]["msg"]


@pytest.mark.parametrize(
    "label",
    ['"""', "'''", "# coding: utf-7", "\\", "{count}", "import os; os.abort()", "é∂", "\U0001f469\u200d\U0001f680"],
)
def test_a_label_is_a_comment(client, label):
    spec = {**SPEC, "optimizers": [{**SPEC["optimizers"][0], "label": label}]}
    for language in ("python", "pytorch"):
        url = f"{PROGRAM}?language={language}"
        hostile, plain = client.post(url, json=spec).text, client.post(url, json=SPEC).text
        assert ast.dump(ast.parse(hostile)) == ast.dump(ast.parse(plain))
        assert f"# {label} on " in hostile
        assert "coding" not in "".join(hostile.split("\n")[:2])


@pytest.mark.parametrize("label", ["a\nimport os", "a\rb", "a\u2028b", "a\x00b", "\u202eb"])
def test_a_label_with_a_line_of_its_own_is_refused(client, label):
    spec = {**SPEC, "optimizers": [{**SPEC["optimizers"][0], "label": label}]}
    assert client.post(PROGRAM, json=spec).status_code == 422


@pytest.mark.parametrize(
    "rule",
    [
        "__import__ = 1\nw = w", "w = __import__('os')", "w = w.real", "w = (lambda: 0)()", "import os\nw = w", "w = w; print(1)",
        "w = [w for w in (1,)][0]", "w = f'{w}'", "w = w if w else g", "w: int = w", "w = w  # \u2028import os", "exec = w()\nw = w",
    ],
)  # fmt: skip
def test_a_rule_that_is_more_than_formulas_is_refused(client, rule):
    spec = {**SPEC, "optimizers": [{"rule": rule, "learning_rate": 0.1}]}
    answer = client.post(PROGRAM, json=spec)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "optimizers", 0, "rule"]


def test_comments_of_a_rule_stay_behind(client):
    run = {"rule": 'w = w - lr*g  # """; import os', "learning_rate": 0.1}
    answer = client.post(PROGRAM, json={**SPEC, "optimizers": [run]})
    assert answer.headers["content-disposition"] == 'attachment; filename="own_rule_python.py"'
    assert "import os" not in answer.text
    assert ran(answer.text)


def test_one_run_at_a_time(client):
    answer = client.post(PROGRAM, json={**SPEC, "optimizers": SPEC["optimizers"] * 2})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "optimizers"]
