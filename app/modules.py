"""The page's own modules as a browser needs them: which it will ask for, and without what only people read."""

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*?["'](\.[^"']+\.js)["']""", re.MULTILINE)
# Documentation has its lines to itself, so a cast before a value stays. No text of the modules begins a line so.
DOCUMENTATION = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL)


def reached(files: Mapping[str, Path], entry: str) -> list[str]:
    """Paths of the modules that an entry loads at once, itself first, then as it comes to them; dynamic imports wait.

    Args: files: every file by its path; entry: a path among them.
    """
    found = [entry]
    for path in found:  # grows meanwhile
        folder = PurePosixPath(path).parent
        for name in IMPORT.findall(files[path].read_text("utf-8")):
            target = _joined(folder, name)
            if target in files and target not in found:
                found.append(target)
    return found


def without_documentation(source: str) -> str:
    """A module without its documentation, which is half of its bytes; every line keeps its number."""
    return DOCUMENTATION.sub(lambda block: "\n" * block[0].count("\n"), source)


def _joined(folder: PurePosixPath, name: str) -> str:
    parts: list[str] = list(folder.parts)
    for part in PurePosixPath(name).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
