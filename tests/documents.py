"""The documents for readers, each by its path in the project, and the programs printed in them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
_OF_READERS = ("page", "classroom", "serving", "threats", "rest", "library", "figures", "own", "trainings")
DOCUMENTS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", *(f"docs/{name}.md" for name in _OF_READERS), "CONTRIBUTING.md", "deploy/README.md")
}
PRINTED_ADDRESS = "http://localhost:8000"


def block(text: str, language: str, number: int = 0) -> str:
    """Return a program of a document. Args: number: its index among the programs in that language, from 0."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)[number]


def printed_after(text: str, code: str) -> list[str]:
    """Return the indented lines after a program: the output that the document says it prints."""
    rest = text.split(code + "```")[1]
    return [line.strip() for line in re.match(r"\n\n((?:    .*\n)+)", rest).group(1).splitlines()]  # type: ignore[union-attr]
