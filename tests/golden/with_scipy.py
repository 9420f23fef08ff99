"""Make scipy.json: where SciPy's BFGS ends on Rosenbrock, and its Nelder-Mead after some iterations and at its end.

python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install scipy==1.17.1
/tmp/golden/bin/python tests/golden/with_scipy.py
"""

import json
import platform
from pathlib import Path

import scipy
from problems import PROBLEMS
from scipy.optimize import minimize

ITERATIONS = (1, 5, 20, 60)
H = 1e-30


def ends(name):
    """The ends of both methods on one problem, from its start; SciPy counts iterations from 1."""
    problem, start = PROBLEMS[name]

    def gradient(w):  # by complex steps, which are exact to rounding
        return [problem(w[0] + H * 1j, w[1], None).imag / H, problem(w[0], w[1] + H * 1j, None).imag / H]

    jacobian = {"BFGS": gradient}

    def ended(method, **options):
        found = minimize(lambda w: problem(*w, None), start, method=method, options=options, jac=jacobian.get(method))
        return {"at": found.x.tolist(), "loss": float(found.fun)}

    after = {str(n): ended("Nelder-Mead", maxiter=n + 1, xatol=0, fatol=0) for n in ITERATIONS}
    return {
        "start": list(start),
        "bfgs": ended("BFGS", gtol=1e-9),
        "nelder_mead": {"after": after, "end": ended("Nelder-Mead", xatol=1e-9, fatol=1e-9)},
    }


if __name__ == "__main__":
    made_with = {"scipy": scipy.__version__, "python": platform.python_version(), "machine": platform.machine()}
    text = json.dumps({"made_with": made_with, "rosenbrock": ends("rosenbrock")}, indent=1)
    Path(__file__).with_name("scipy.json").write_text(text + "\n")
