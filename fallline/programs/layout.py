"""The texts of parts of a program: names that are not reserved, comments, numbers in full, and wrapped lists."""

import builtins
import keyword
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fallline.formulas.vocabulary import CONSTANTS, FUNCTIONS
from fallline.sentences import is_printable

WIDTH = 100
LONGEST_COMMENT = 200

_FOLDER = Path(__file__).parent

TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701  (it writes Python, and a user's text only as a comment)
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)

_TEMPLATE_WORDS = {word for path in _FOLDER.glob("*.jinja") for word in re.findall(r"\w{3,}", path.read_text("utf-8"))}
"""The words of the templates. Shorter names in them are local to a function or a comprehension, so they never clash
with a name of a rule."""

_RESERVED = frozenset((*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *FUNCTIONS, *CONSTANTS, *_TEMPLATE_WORDS))


def unreserved_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Python's name for each name of a rule: the same name if it is free, else followed by underscores."""
    used = {*_RESERVED, *taken}
    python_names: dict[str, str] = {}
    for name in wanted:
        python_name = name
        while python_name in used:
            python_name += "_"
        python_names[name] = python_name
        used.add(python_name)
    return python_names


def comment(text: str) -> str:
    """Any text as one line of comment; other characters than printable ones become spaces."""
    plain = "".join(c if is_printable(c) else " " for c in text)
    return f"# {plain if len(plain) <= LONGEST_COMMENT else plain[: LONGEST_COMMENT - 3] + '...'}"


def literal(value: float) -> str:
    """A number in full."""
    return repr(float(value)).replace("e+", "e")


def wrapped(opening: str, items: Sequence[str], closing: str) -> str:
    """A list in one line if it fits, else in several lines filled up to `WIDTH`."""
    whole = f"{opening}{', '.join(items)}{closing}"
    if len(whole) <= WIDTH and "\n" not in whole:
        return whole
    lines = [""]
    for item in items:
        if lines[-1] and len(lines[-1]) + len(item) + 2 > WIDTH - 4:
            lines.append("")
        lines[-1] += f"{' ' * bool(lines[-1])}{item},"
    body = "\n".join(lines).replace("\n", "\n    ")
    return f"{opening}\n    {body}\n{closing}"
