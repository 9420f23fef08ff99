"""The functions that a program brings along where Python's own do not do, each only where a formula needs it."""

from collections.abc import Mapping

_WAVE = """\
def {name}(u):
    return math.{name}(u) if math.isfinite(u) else math.nan"""

_LARGE = '''\
def {name}(u):
    """math.{name}, and infinity where that is too large."""
    try:
        return math.{name}(u)
    except OverflowError:
        return {large}'''

HELPERS: Mapping[str, str] = {
    "sign": '''\
def sign(u):
    """1 above 0, -1 below, else 0."""
    return 1.0 if u > 0 else -1.0 if u < 0 else u''',
    "floor": '''\
def floor(u):
    """The whole number at or below u, as a float."""
    return u // 1 if math.isfinite(u) else u''',
    "over": '''\
def over(a, b):
    """a/b, and infinity where b is 0, or nan for 0/0."""
    return a/b if b else a*math.copysign(math.inf, b)''',
    "power": '''\
def power(a, b):
    """a**b, and infinity where that is too large, nan where it is no real number."""
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:
        return math.nan if a else math.inf''',
    "sqrt": '''\
def sqrt(u):
    """The root, and nan for a negative number."""
    return math.sqrt(u) if u >= 0 else math.nan''',
    "log": '''\
def log(u):
    """The logarithm, -infinity at 0, and nan for a negative number."""
    return math.log(u) if u > 0 else -math.inf if u == 0 else math.nan''',
    "exp": _LARGE.format(name="exp", large="math.inf"),
    "cosh": _LARGE.format(name="cosh", large="math.inf"),
    "sinh": _LARGE.format(name="sinh", large="math.copysign(math.inf, u)"),
    "sin": _WAVE.format(name="sin"),
    "cos": _WAVE.format(name="cos"),
    "tan": _WAVE.format(name="tan"),
    "maximum": '''\
def maximum(u, v):
    """The larger of two, for each number by itself."""
    return torch.where(u >= v, u, v)''',
    "minimum": '''\
def minimum(u, v):
    """The smaller of two, for each number by itself."""
    return torch.where(u <= v, u, v)''',
}
"""Name -> the text of the function."""
