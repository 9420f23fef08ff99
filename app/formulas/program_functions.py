"""The functions that a program of its own brings along, as Python, each only where a formula in it needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_TRIED = '''
def {name}(u):
    """math.{name}, and what it runs to where that refuses."""
    try:
        return math.{name}(u)
    except (OverflowError, ValueError):
        return {otherwise}
'''

_ANSWERS: Mapping[str, str] = {
    "sqrt": "math.nan",
    "exp": "math.inf",
    "log": "-math.inf if u == 0 else math.nan",
    "sin": "math.nan",
    "cos": "math.nan",
    "tan": "math.nan",
    "sinh": "math.copysign(math.inf, u)",
    "cosh": "math.inf",
}
"""What arrays answer where the function of a float raises."""

_WRITTEN: Mapping[str, str] = {
    "power": '''
def power(base, count):
    """base to a small whole power, by multiplying: the same to the last digit on every machine."""
    result = 1.0
    while count:
        if count % 2:
            result *= base
        base *= base
        count //= 2
    return result
''',
    "over": '''
def over(a, b):
    """a / b, and infinity or nan where b is 0."""
    if b != 0:
        return a / b
    return math.copysign(math.inf, a) * math.copysign(1.0, b) if abs(a) > 0 else math.nan
''',
    "pow": '''
def pow(a, b):
    """math.pow, and what it runs to where that refuses."""
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:
        return math.nan if a != 0 else math.copysign(math.inf, a) if b % 2 == 1 else math.inf
''',
    "max": '''
def max(u, v):
    """The larger of two, v beside a nan."""
    return u if u >= v else v
''',
    "min": '''
def min(u, v):
    """The smaller of two, v beside a nan."""
    return u if u <= v else v
''',
    "sign": '''
def sign(u):
    """1 above 0, -1 below, u itself at 0."""
    return 1.0 if u > 0 else -1.0 if u < 0 else u
''',
    "floor": '''
def floor(u):
    """The whole number at or below u, as a float."""
    return float(math.floor(u)) if math.isfinite(u) else u
''',
}

FUNCTION_TEXTS: Mapping[str, str] = {
    **_WRITTEN,
    **{name: _TRIED.format(name=name, otherwise=answer) for name, answer in _ANSWERS.items()},
}
"""Name -> its text."""

ALWAYS_WRITTEN = frozenset(_WRITTEN) - {"pow"}
"""Functions that Python's own do not stand for even where these do not raise."""


def function_texts(wanted: Iterable[str]) -> list[str]:
    """The texts of some functions, in one order whatever theirs."""
    chosen = set(wanted)
    return [text.strip() for name, text in FUNCTION_TEXTS.items() if name in chosen]
