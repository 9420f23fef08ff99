"""What a careless or ill-willed client may send: each with the words its refusal must have, or the end of its run."""

from __future__ import annotations

from typing import Any

from fallline.schedules import SCHEDULES
from tests.api.specs import SHOES, own, run, spec

Case = tuple[str, Any, tuple[str, ...]]


def formula(text: Any) -> Any:
    return spec(problem={"expression": text})


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


def stop(**rules: Any) -> Any:
    return {**spec(), "stop": rules}


def fit(points: Any, **more: Any) -> Any:
    return spec(problem={"points": points, **more})


def trained(points: Any, **more: Any) -> Any:
    return spec(run(learning_rate=0.1), problem={"network": {"points": points, **more}}, steps=20)


_LANGUAGE = "Allowed are numbers, x, y, pi, e, + - * / ^ ( )"
_X = "problem.expression"

FORMULAS: list[Case] = [
    ("empty", formula(""), (_X, "column 1", "empty", _LANGUAGE)),
    ("constant", formula("3"), (_X, "neither x nor y")),
    ("unknown name", formula("x + zz"), (_X, "column 5", '"zz"', _LANGUAGE)),
    ("dunder import", formula("__import__('os').system('true')"), (_X, "column 1")),
    ("dunder name", formula("x.__class__.__mro__"), (_X, "x.__class__", _LANGUAGE)),
    ("shift", formula("x << 9**9"), (_X, "x << 9**9")),
    ("null byte", formula("x\0"), (_X, "column 2", "U+0000")),
    ("right to left", formula("x\u202e"), (_X, "U+202E")),
    ("too long", formula("x" * 1001), (_X, "1001", "At most 1000")),
    ("a thousand brackets", formula("(" * 490 + "x" + ")" * 490), (_X, "column 65", "more than 64 deep")),
    ("number", formula(5), (_X, "must be a text", "got 5")),
    ("null", formula(None), (_X, "must be a text", "got null")),
    ("list", formula(["x"]), (_X, "must be a text", '["x"]')),
    ("object", formula({"x": 1}), (_X, "must be a text")),
    ("true", formula(True), (_X, "must be a text", "got true")),
    ("pole at the start", formula("1/(x + 4)"), ("start", "(-4)", "inf", "finite")),
    ("no number at the start", formula("log(x)"), ("start", "(-4)", "nan", "finite")),
    ("never a number", formula("0/0 + x"), ("start", "nan")),
    ("tower of powers", formula("9**9**9**9*x"), ("start", "inf")),
    ("huge power", formula("x**9**9**9"), ("start", "inf")),
    ("tower of exp", formula("exp(exp(exp(x**2)))"), ("start", "inf")),
    ("huge slope", formula("tan(x)*1e300"), ("start", "1e100")),
]

_RULE = "optimizers[0].rule"

RULES: list[Case] = [
    ("empty", spec(own("")), (_RULE, "empty")),
    ("dunder", spec(own("__w = 1\nw = w")), (_RULE, '"__w"')),
    ("second line", spec(own("m = g\nw = w - lr*sine(m)")), (_RULE, "line 2", "column 12", '"sine"')),
    ("number", spec(own(5)), (_RULE, "must be a text", "got 5")),  # type: ignore[arg-type]
    ("null", spec(own(None)), (_RULE, "must be a text")),  # type: ignore[arg-type]
    ("name of a setting", spec(own("w = w - noise*g")), (_RULE, '"noise"', "another name")),
    ("missing value", spec(own("w = w - lr*beta*g")), ("optimizers[0].beta", "required", "finite number")),
    ("value as text", spec(own("w = w - lr*beta*g", beta="0.9")), ("optimizers[0].beta", '"0.9"', "quotes")),
    ("null value", spec(own("w = w - lr*beta*g", beta=None)), ("optimizers[0].beta", "number", "null")),
    ("misspelt value", spec(own("w = w - lr*beta*g", beta=1, btea=1)), ("optimizers[0].btea", "not a field", "beta")),
    ("no rate", spec({"rule": "w = w - lr*g"}), ("optimizers[0].learning_rate", "required")),
    ("beside a name", spec(own("w = w", name="gd")), ("optimizers[0].name", "beside rule")),
    ("unknown state", spec(own("w = w - g", initial={"m": 1})), ("optimizers[0].initial.m", "not a state")),
    ("state by bad formula", spec(own("m = m + g\nw = w - m", initial={"m": "q"})), ("optimizers[0].initial.m", '"q"')),
    ("state as list", spec(own("m = m + g\nw = w - m", initial={"m": []})), ("optimizers[0].initial.m",)),
    *(
        (
            f"state as {json}",
            spec(own("m = m + g\nw = w - m", initial={"m": value})),
            (f"optimizers[0].initial.m must be a finite number or a formula; got {json}",),
        )
        for json, value in (("null", None), ("true", True))
    ),
    ("initial as list", spec(own("m = m + g\nw = w - m", initial=[1])), ("optimizers[0].initial", "object")),
]

_RUN = "optimizers[0]"

RUNS: list[Case] = [
    ("no runs", {**spec(), "optimizers": []}, ("optimizers", "at least 1", "has 0")),
    ("17 runs", spec(*[run()] * 17), ("optimizers", "at most 16", "has 17")),
    ("object of runs", {**spec(), "optimizers": run()}, ("optimizers", "list in brackets")),
    ("null runs", {**spec(), "optimizers": None}, ("optimizers", "list", "null")),
    ("text for runs", {**spec(), "optimizers": "gd"}, ("optimizers", "list", '"gd"')),
    ("names for runs", {**spec(), "optimizers": ["gd"]}, (_RUN, "object", '"gd"')),
    ("null run", {**spec(), "optimizers": [None]}, (_RUN, "object", "null")),
    ("nameless", {**spec(), "optimizers": [{}]}, (f"{_RUN}.name", "required", "adam")),
    ("misspelt name", spec(run("adm")), (f"{_RUN}.name", "nearest: adam", '"adm"')),
    ("capitals", spec(run("ADAM")), (f"{_RUN}.name", "nearest: adam", '"ADAM"')),
    ("beginning of a name", spec(run("nest")), (f"{_RUN}.name", "nesterov")),
    ("nothing like a name", spec(run("")), (f"{_RUN}.name", "allowed: gd, sgd", '""')),
    ("number for a name", spec(run(5)), (f"{_RUN}.name", "name of an optimizer", "got 5")),  # type: ignore[arg-type]
    ("long name", spec(run("x" * 20_000)), (f"{_RUN}.name", "xxx...")),
    ("misspelt field", spec(run(learing_rate=1)), (f"{_RUN}.learing_rate", "nearest: learning_rate")),
    ("field of another", spec(run(beta1=0.5)), (f"{_RUN}.beta1", "not a field", "learning_rate")),
    ("dunder field", spec(run(__class__=1)), (f"{_RUN}.__class__", "not a field")),
    ("rate as text", spec(run(learning_rate="0.1")), (f"{_RUN}.learning_rate", "above 0", '"0.1"', "quotes")),
    ("negative rate", spec(run(learning_rate=-1)), (f"{_RUN}.learning_rate", "above 0", "got -1")),
    ("zero rate", spec(run(learning_rate=0)), (f"{_RUN}.learning_rate", "above 0", "got 0")),
    ("true rate", spec(run(learning_rate=True)), (f"{_RUN}.learning_rate", "above 0", "got true")),
    ("null rate", spec(run(learning_rate=None)), (f"{_RUN}.learning_rate", "got null")),
    ("list of rates", spec(run(learning_rate=[1])), (f"{_RUN}.learning_rate", "got [1]")),
    ("beta 1", spec(run("adam", beta1=1)), (f"{_RUN}.beta1", "in [0, 1)", "got 1")),
    ("negative beta", spec(run("adam", beta2=-0.1)), (f"{_RUN}.beta2", "in [0, 1)", "got -0.1")),
    ("negative eps", spec(run("adam", eps=-1e-9)), (f"{_RUN}.eps", "at least 0", "got -1e-09")),
    ("unknown form", spec(run("adam", form="keras")), (f"{_RUN}.form", "uncorrected", '"keras"')),
    ("form of none", spec(run(form="pytorch")), (f"{_RUN}.form", "allowed: standard", '"pytorch"')),
    ("long label", spec(run(label="a" * 41)), (f"{_RUN}.label", "1 to 40 printable", "aaa")),
    ("empty label", spec(run(label="")), (f"{_RUN}.label", "1 to 40", '""')),
    ("label with a control", spec(run(label="a\nb")), (f"{_RUN}.label", "printable", "a\\nb")),
    ("label that turns round", spec(run(label="a\u202eb")), (f"{_RUN}.label", "printable", "\\u202e")),
    ("label of spaces", spec(run(label="   ")), (f"{_RUN}.label", "can be seen", '"   "')),
    *(
        (f"label of {ord(blank):x}", spec(run(label=f"{blank} {blank}")), (f"{_RUN}.label", "can be seen"))
        for blank in "\u2800\u3164\u115f\u1160\uffa0"
    ),
    ("number as label", spec(run(label=5)), (f"{_RUN}.label", "text", "got 5")),
    ("negative noise", spec(run(noise=-1)), (f"{_RUN}.noise", "at least 0", "got -1")),
    ("schedule by name", spec(run(schedule="step")), (f"{_RUN}.schedule", "object", '"step"')),
    ("nameless schedule", spec(run(schedule={})), (f"{_RUN}.schedule.name", "required", "cosine")),
    ("misspelt schedule", spec(run(schedule={"name": "cosin"})), (f"{_RUN}.schedule.name", "nearest: cosine")),
    (
        "no steps in a stair",
        spec(run(schedule={"name": "step", "every": 0})),
        (f"{_RUN}.schedule.every", "in [1, 1000000000]", "got 0"),
    ),
    ("half a step", spec(run(schedule={"name": "step", "every": 1.5})), (f"{_RUN}.schedule.every", "whole", "got 1.5")),
    ("decay as text", spec(run(schedule={"name": "exponential", "decay": "1"})), (f"{_RUN}.schedule.decay", "quotes")),
    (
        "field of another schedule",
        spec(run(schedule={"name": "step", "decay": 1})),
        (f"{_RUN}.schedule.decay", "every"),
    ),
    (
        "too short a cycle",
        spec(run(schedule={"name": "one_cycle", "steps": 1})),
        (f"{_RUN}.schedule.steps", "in [4, 1000000000]"),
    ),
    ("batch without data", spec(run(batch_size=1)), (f"{_RUN}.batch_size", "for data", "got 1")),
    ("another batch without data", spec(run("sgd", batch_size=2, noise=1)), (f"{_RUN}.batch_size", "for data")),
    ("sampling without data", spec(run(sampling="replacement")), (f"{_RUN}.sampling", "for data")),
    ("null sampling", spec(run(sampling=None)), (f"{_RUN}.sampling", "a way of sampling", "null")),
    ("empty batch", spec(run(batch_size=0), problem=SHOES), (f"{_RUN}.batch_size", "in [1, 1000000000]", "got 0")),
    ("half a point", spec(run(batch_size=1.5), problem=SHOES), (f"{_RUN}.batch_size", "whole", "got 1.5")),
    ("more than all points", spec(run(batch_size=4), problem=SHOES), (f"{_RUN}.batch_size", "at most 3", "got 4")),
    ("unknown sampling", spec(run(sampling="shufle"), problem=SHOES), (f"{_RUN}.sampling", "nearest: shuffle")),
    ("sampling of all", spec(run(sampling="replacement"), problem=SHOES), (f"{_RUN}.sampling", "batch_size")),
    ("sgd on a surface", spec(run("sgd")), (f"{_RUN}.noise", "above 0", "got 0")),
    ("mini-batch on a surface", spec(run("mini_batch")), (f"{_RUN}.noise", "above 0")),
    ("sgd that sees all", spec(run("sgd", batch_size=None), problem=SHOES), (f"{_RUN}.batch_size", "null")),
    ("second of two", spec(run(), run("adam", beta1=2)), ("optimizers[1].beta1", "in [0, 1)", "got 2")),
]

ENORMOUS = (2**63, 2**64, 10**30, 1e30)
"""Whole numbers that some reader of JSON on the way cannot hold."""

COUNTS: list[Case] = [
    *((f"{number:g} for a seed", spec(seed=number), ("seed", "[0, 9007199254740991]")) for number in ENORMOUS),
    *((f"{number:g} steps", stop(max_steps=number), ("stop.max_steps", "in [1, 100000]")) for number in ENORMOUS),
    *(
        (f"{number:g} for a batch", spec(run(batch_size=number), problem=SHOES), (f"{_RUN}.batch_size", "1000000000]"))
        for number in ENORMOUS
    ),
    *(
        (
            f"{number:g} for {field} of {name}",
            spec(run(schedule={"name": name, field: number})),
            (f"{_RUN}.schedule.{field}", "a whole number, in [", f"{param.allowed.high:.0f}]"),
        )
        for number in ENORMOUS
        for name, schedule in SCHEDULES.items()
        for field, param in schedule.params.items()
        if param.whole
    ),
]
"""Every whole number of a spec, far too large."""

REST: list[Case] = [
    ("empty", {}, ("problem is required",)),
    ("list", [], ("the body", "object", "[]")),
    ("nothing", None, ("the body", "required")),
    ("number", 5, ("the body", "object", "got 5")),
    ("unknown field", spec(optimisers=[]), ("optimisers", "nearest: optimizers")),
    ("unknown start", spec(strat=[1, 2]), ("strat", "nearest: start")),
    ("prototype", spec(__proto__={}), ("__proto__", "not a field")),
    ("problem missing", {"optimizers": [run()]}, ("problem is required",)),
    ("problem empty", {**spec(), "problem": {}}, ("problem", "exactly one of surface, expression", "{}")),
    ("problem null", {**spec(), "problem": None}, ("problem", "object", "null")),
    ("problem nested deep", spec(problem=nested(40)), ("problem", "object", "got [[[[")),
    ("problem nested deepest", spec(problem=nested(200)), ("problem", "object", "got [[[[")),
    ("problem as text", {**spec(), "problem": "bowl"}, ("problem", "object", '"bowl"')),
    (
        "two problems",
        spec(problem={"surface": "bowl", "expression": "x"}),
        ("problem", "exactly one", '{"surface": "bowl", '),
    ),
    ("misspelt surface", spec(problem={"surface": "rosenbrok"}), ("problem.surface", "nearest: rosenbrock")),
    ("number for a surface", spec(problem={"surface": 1}), ("problem.surface", "name of a surface", "got 1")),
    ("loss of a surface", spec(problem={"surface": "bowl", "loss": "mse"}), ("problem.loss", "not a field")),
    ("units of a surface", spec(problem={"surface": "bowl", "standardize": True}), ("standardize", "not a field")),
    ("0 for false", spec(problem={"surface": "bowl", "standardize": 0}), ("problem.standardize", "not a field")),
    (
        "two null problems",
        spec(problem={"surface": None, "points": None}),
        ("problem", "exactly one", '{"surface": null, '),
    ),
    ("a network by name", spec(problem={"network": "xor"}), ("problem.network", "object", '"xor"')),
    ("network data", spec(problem={"network": {"dataset": "xo"}}), ("problem.network.dataset", "xor", '"xo"')),
    (
        "no neurons",
        spec(problem={"network": {"dataset": "xor", "hidden": [0]}}),
        ("network.hidden[0]", "[1, 16]", "got 0"),
    ),
    (
        "layers",
        spec(problem={"network": {"dataset": "xor", "hidden": [2] * 5}}),
        ("network.hidden", "at most 4", "has 5"),
    ),
    (
        "an activation",
        spec(problem={"network": {"dataset": "xor", "activation": "gelu"}}),
        ("network.activation", "relu"),
    ),
    (
        "labels",
        spec(problem={"network": {"dataset": "regression_sine", "loss": "cross_entropy"}}),
        ("network.loss", "labels 0 and 1", '"cross_entropy"'),
    ),
    (
        "a start for a network",
        spec(problem={"network": {"dataset": "xor"}}, start=[0, 0]),
        ("start", "13 numbers", "w1_1_1"),
    ),
    (
        "a network of nothing",
        spec(problem={"network": {"hidden": [3]}}),
        ("problem.network", "exactly one of dataset, points", '{"hidden": [3]}'),
    ),
    ("a network of both", trained([[0, 1]], dataset="xor"), ("problem.network", "exactly one of dataset, points")),
    ("null samples", trained(None), ("problem.network", "exactly one of dataset, points")),
    ("no samples", trained([]), ("problem.network.points", "at least 1", "has 0")),
    ("1001 samples", trained([[1, 2]] * 1001), ("problem.network.points", "at most 1000", "has 1001")),
    ("a sample of a target alone", trained([[1, 2], [1]]), ("problem.network.points[1]", "at least 2", "has 1")),
    ("an uneven sample", trained([[1, 2], [1, 2, 3]]), ("network.points[1]", "2 numbers (x, y)", "[1.0, 2.0, 3.0]")),
    ("a wide sample", trained([[1] * 18]), ("problem.network.points[0]", "at most 17", "has 18")),
    ("flat samples", trained([1, 2]), ("problem.network.points[0]", "list", "got 1")),
    ("samples as a text", trained("0,1;1,0"), ("problem.network.points", "list", '"0,1;1,0"')),
    ("samples with a word", trained([[1, 0], [2, "yes"]]), ("problem.network.points[1][1]", "number", '"yes"')),
    ("samples with a gap", trained([[1, 0], [None, 1]]), ("problem.network.points[1][0]", "number", "null")),
    ("samples of booleans", trained([[1, True]]), ("problem.network.points[0][1]", "number", "true")),
    ("far samples", trained([[1, 1e101]]), ("problem.network.points[0][1]", "1e+100", "1e+101")),
    (
        "a class of 2",
        trained([[1, 0], [1, 2]], kind="classification"),
        ("problem.network.points[1][1]", "0 or 1", "got 2"),
    ),
    (
        "labels of numbers",
        trained([[1, 0.5]], loss="cross_entropy"),
        ("network.loss", "labels 0 and 1", '"cross_entropy"'),
    ),
    ("a kind of targets", trained([[1, 0]], kind="labels"), ("problem.network.kind", "kind of targets", '"labels"')),
    (
        "the kind of a data set",
        spec(problem={"network": {"dataset": "xor", "kind": "regression"}}),
        ("problem.network.kind", "beside dataset", "one or the other"),
    ),
    ("many weights", trained([[1] * 17], hidden=[16, 16]), ("network.hidden", "at most 400", "gives 561")),
    ("samples past all bounds", trained([[1e99, 1e99]]), ("start", "finite")),
    ("misspelt data", spec(problem={"dataset": "shoes"}), ("problem.dataset", "shoe_size", '"shoes"')),
    ("misspelt loss", spec(problem={**SHOES, "loss": "sse"}), ("problem.loss", "nearest: ssr", '"sse"')),
    ("standardize as text", spec(problem={**SHOES, "standardize": "yes"}), ("problem.standardize", "true or false")),
    ("standardize as number", spec(problem={**SHOES, "standardize": 1}), ("problem.standardize", "true or false")),
    ("no points", fit([]), ("problem.points", "at least 1", "has 0")),
    ("1001 points", fit([[1, 2]] * 1001), ("problem.points", "at most 1000", "has 1001")),
    ("half a point", fit([[1]]), ("problem.points[0]", "at least 2", "has 1")),
    ("flat points", fit([1, 2]), ("problem.points[0]", "list", "got 1")),
    ("points in space", fit([[1, 2, 3]]), ("problem.points[0]", "at most 2", "has 3")),
    ("points as texts", fit([["1", 2]]), ("problem.points[0][0]", '"1"', "quotes")),
    ("far points", fit([[1e101, 1]]), ("problem.points[0][0]", "1e+100", "1e+101")),
    ("loss past all bounds", fit([[1e99, 1], [2e99, 5]]), ("start", "finite")),
    ("start too short", spec(start=[1]), ("start", "2 numbers (x, y)", "[1.0]")),
    ("start too long", spec(start=[1, 2, 3]), ("start", "2 numbers (x, y)")),
    ("no start", spec(start=[]), ("start", "2 numbers", "[]")),
    ("start as text", spec(start="1,2"), ("start", "list", '"1,2"')),
    ("start of texts", spec(start=["1", "2"]), ("start[0]", '"1"', "quotes")),
    ("start of nulls", spec(start=[None, 1]), ("start[0]", "number", "null")),
    ("start of truths", spec(start=[True, 1]), ("start[0]", "number", "true")),
    ("far start", spec(start=[1e101, 0]), ("start[0]", "1e+100", "1e+101")),
    ("start past all bounds", spec(start=[1e99, 1e99]), ("start", "1e+99", "finite")),
    ("stop as list", {**spec(), "stop": []}, ("stop", "object", "[]")),
    ("no steps", stop(max_steps=0), ("stop.max_steps", "at least 1", "got 0")),
    ("negative steps", stop(max_steps=-5), ("stop.max_steps", "at least 1", "got -5")),
    ("half a step", stop(max_steps=1.5), ("stop.max_steps", "whole", "got 1.5")),
    ("steps as text", stop(max_steps="10"), ("stop.max_steps", '"10"', "quotes")),
    ("steps true", stop(max_steps=True), ("stop.max_steps", "got true")),
    ("steps null", stop(max_steps=None), ("stop.max_steps", "got null")),
    ("too many steps", stop(max_steps=100_001), ("stop.max_steps", "100000", "got 100001")),
    ("far too many steps", stop(max_steps=10**40), ("stop.max_steps", "100000")),
    ("misspelt rule", stop(max_step=10), ("stop.max_step", "nearest: max_steps")),
    ("negative size", stop(min_step_size=-1), ("stop.min_step_size", "at least 0", "got -1")),
    ("target as text", stop(target_loss="0"), ("stop.target_loss", '"0"', "quotes")),
    ("negative seed", spec(seed=-1), ("seed", "[0, 9007199254740991]", "got -1")),
    ("large seed", spec(seed=2**53), ("seed", "[0, 9007199254740991]", "9007199254740992")),
    ("half a seed", spec(seed=0.5), ("seed", "whole", "got 0.5")),
    ("seed as text", spec(seed="0"), ("seed", '"0"', "quotes")),
    ("seed null", spec(seed=None), ("seed", "null")),
    (
        "too much work",
        spec(*[own("w = w - lr*g" + "".join(f"*sin({i}*g)" for i in range(90)))] * 16, steps=100_000),
        ("stop.max_steps", "at most", "operations", "got 100000"),
    ),
]

BOUNDED: list[tuple[str, Any, str]] = [
    ("deep brackets", formula("(" * 60 + "x" + ")" * 60), "max_steps"),
    ("chain of max", formula("max(" + ",".join(["x"] * 60) + ")"), "max_steps"),
    ("nested abs", formula("abs(" * 60 + "x" + ")" * 60), "max_steps"),
    ("long sum", formula("+".join(["x*y"] * 120)), "max_steps"),
    ("longest sum", formula("x" + "-x" * 299), "max_steps"),
    ("longest product", formula("1" + "*cos(x)" * 120), "max_steps"),
    ("longest quotient", formula("x" + "/x*x/2" * 70), "max_steps"),
    ("longest constant sum", formula("x*(1" + "+1" * 290 + ")/1000"), "max_steps"),
    ("longest constant product", formula("x*(1" + "*1" * 290 + ")"), "max_steps"),
    ("sums of max", formula("+".join(["max(x,y)"] * 80)), "max_steps"),
    ("negative base", formula("(x + 1)**-100000"), "max_steps"),
    ("powers of powers", formula("abs(x)**abs(y)**abs(x)"), "diverged"),
    ("underscores", formula("1_000*x**2"), "diverged"),
    ("division by zero", spec(own("w = w/0")), "diverged"),
    ("0/0", spec(own("w = w - lr*g/(g - g)")), "diverged"),
    ("tower in a rule", spec(own("w = w - lr*g**9**9**9")), "diverged"),
    ("tower in time", spec(own("w = 10**(10**t)")), "diverged"),
    ("runaway", spec(own("w = -w*1e10")), "diverged"),
    ("standing still", spec(own("w = w")), "max_steps"),
    ("many lines", spec(own("w = w - lr*g\n" * 60)), "max_steps"),
    ("largest rate", spec(run(learning_rate=1.7e308)), "diverged"),
    ("least rate", spec(run(learning_rate=5e-324)), "max_steps"),
    ("loudest noise", spec(run(noise=1e308)), "diverged"),
    ("exploding schedule", spec(run(schedule={"name": "exponential", "decay": 1e300})), "diverged"),
    ("warm-up past the end", spec(run(schedule={"name": "warmup_cosine", "warmup": 1e9, "steps": 1})), "max_steps"),
    ("no eps", spec(run("adam", eps=0)), "max_steps"),
    ("no eps at a flat place", spec(run("rmsprop", eps=0), start=[0, 0]), "diverged"),
    ("one point", fit([[1, 2]]), "max_steps"),
    ("points in a column", fit([[1, 2], [1, 3]]), "max_steps"),
    ("points hardly apart", fit([[0, 0], [5e-324, 1]], standardize=True), "max_steps"),
    ("points far apart", fit([[1e99, 1], [2e99, 1e50]], standardize=True), "max_steps"),
    ("tiny features", fit([[1e-300, 1e10], [2e-300, 2e10]]), "max_steps"),
    ("a thousand points", fit([[i, i % 9] for i in range(1000)], loss="huber"), "max_steps"),
    ("one sample", trained([[1, 2]]), "max_steps"),
    ("samples of one class", trained([[1, 1], [2, 1]], kind="classification"), "max_steps"),
    ("a thousand samples", trained([[i % 7, i % 2] for i in range(1000)], hidden=[16, 8]), "max_steps"),
    ("far samples of labels", trained([[1e100, 0], [-1e100, 1]]), "max_steps"),
    (
        "sixteen rules",
        spec(*[own(f"w = w - {i}*lr*g" + "".join(f"*cos({i}*g)" for i in range(50))) for i in range(16)]),
        "max_steps",
    ),
    ("largest seed", spec(run(noise=1), seed=2**53 - 1), "max_steps"),
    ("markup as a label", spec(run(label="<img src=x onerror=alert(1)>")), "max_steps"),
    ("whole numbers as floats", {**spec(seed=1.0), "stop": {"max_steps": 5.0}}, "max_steps"),
]
