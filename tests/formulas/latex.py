"""What is true of all LaTeX that leaves the project: it closes what it opens, and has no macro that amsmath lacks."""

import re

MACROS = frozenset([
    "frac", "sqrt", "left", "right", "bigl", "bigr", "cdot", "times", "leftarrow", "le", "ge", "ne", "text", "quad",
    "begin", "end", "displaystyle", "mathrm", "hat", "widehat", "operatorname", "infty", "pi", "lvert", "rvert",
    "lfloor", "rfloor", "max", "min", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "ln", "varepsilon",
    "sum", "cdots", "partial", "nabla", "bmatrix", "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega",
])  # fmt: skip
MARK = re.compile(r"\\htmlData\{of=\w+\}")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def check(text: str) -> None:
    """Raise where a text would not be set."""
    plain = MARK.sub("", text)
    assert plain.count(r"\left") - plain.count(r"\leftarrow") == plain.count(r"\right"), text
    assert plain.count(r"\bigl") == plain.count(r"\bigr"), text
    assert plain.count(r"\begin{cases}") == plain.count(r"\end{cases}"), text
    assert closed(plain), text
    unknown = set(re.findall(r"\\([a-zA-Z]+)", plain)) - MACROS
    assert not unknown, (unknown, text)


def closed(text: str) -> bool:
    """Whether braces and round brackets are closed in the order they were opened."""
    opened: list[str] = []
    for sign in re.findall(r"[{}()]", text):
        if sign in "{(":
            opened.append(sign)
        elif not opened or opened.pop() + sign not in ("{}", "()"):
            return False
    return not opened


def significant(number: str) -> int:
    """How many digits of a number say something: 0.0120 has three, 1200 two."""
    digits = number.replace(".", "").lstrip("0")
    return len(digits if "." in number else digits.rstrip("0"))
