"""Make scipy.json: how methods of SciPy go downhill, and what they evaluate on the way.

python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install scipy==1.17.1
/tmp/golden/bin/python tests/golden/with_scipy.py

Of Nelder-Mead every so many rows with the number of losses by then, from a first triangle whose sides are `edge` long;
of BFGS and of conjugate gradients the ends, as the lengths that SciPy's line search tries are its own; of a quadratic
the points of linear conjugate gradients, which both of them go by where each length is exact (Nazareth 1979).
"""

import json
import platform
from pathlib import Path

import numpy as np
import scipy
from cases import a_line_each
from problems import PROBLEMS
from scipy.optimize import minimize
from scipy.sparse.linalg import cg

ROWS, EDGE = (1, 2, 3, 5, 10, 20, 40, 60), 0.1
SMOOTH = ("bowl", "rotated_ravine", "rosenbrock", "himmelblau", "beale", "mccormick")
ONE_MINIMUM = ("bowl", "rotated_ravine", "rosenbrock", "beale", "shoe_size/ssr")
H = 1e-30
QUADRATIC = {"expression": "(9*x**2 + 4*x*y + 6*y**2)/2 - 3*x + y", "matrix": [[9, 2], [2, 6]], "right": [3, -1]}


def loss_of(name):
    return lambda w: PROBLEMS[name][0](*w, np)


def gradient_of(name):
    """By complex steps, which are exact to rounding."""
    problem = PROBLEMS[name][0]
    return lambda w: np.array([problem(w[0] + H * 1j, w[1], np).imag, problem(w[0], w[1] + H * 1j, np).imag]) / H


def simplex(name):
    """The best corner after some iterations; SciPy counts iterations from 1."""
    start = np.array(PROBLEMS[name][1], dtype=float)
    options = {"initial_simplex": np.vstack((start, start + EDGE * np.eye(2))), "xatol": 0, "fatol": 0}

    def after(n):
        found = minimize(loss_of(name), start, method="Nelder-Mead", options={**options, "maxiter": n + 1})
        return {"at": found.x.tolist(), "losses": found.nfev}

    return {"problem": name, "start": start.tolist(), "edge": EDGE, "rows": {str(n): after(n) for n in ROWS}}


def end(optimizer, method, name):
    start = PROBLEMS[name][1]
    found = minimize(loss_of(name), start, jac=gradient_of(name), method=method, options={"gtol": 1e-9})
    return {
        "optimizer": optimizer, "problem": name, "start": list(start), "at": found.x.tolist(),
        "losses": found.nfev, "gradients": found.njev, "steps": found.nit,
    }  # fmt: skip


def quadratic():
    rows, start = [], [2.0, 1.5]
    cg(
        np.array(QUADRATIC["matrix"], float),
        np.array(QUADRATIC["right"], float),
        start,
        rtol=1e-14,
        callback=lambda w: rows.append(w.tolist()),
    )
    return {"expression": QUADRATIC["expression"], "start": start, "rows": rows}


if __name__ == "__main__":
    made_with = {"scipy": scipy.__version__, "python": platform.python_version(), "machine": platform.machine()}
    methods = (("bfgs", "BFGS"), ("conjugate_gradient", "CG"))
    head = json.dumps({"made_with": made_with, "quadratic": quadratic()}, separators=(",", ":"))
    nelder_mead = a_line_each(simplex(name) for name in SMOOTH)
    ends = a_line_each(end(optimizer, method, name) for optimizer, method in methods for name in ONE_MINIMUM)
    text = f'{head[:-1]},\n"nelder_mead":{nelder_mead},\n"ends":{ends}}}\n'
    Path(__file__).with_name("scipy.json").write_text(text)
