"""Texts for visitors call a thing by its name: another name for it is found, with file and line."""

from __future__ import annotations

import re

import pytest

from tests.documents import ROOT

READ = {
    "templates": ("html",),
    "app/course": ("md", "yaml"),
    "static/page": ("ts", "json"),
    "fallline": ("py",),
    "docs": ("md", "ipynb"),
    ".": ("README.md",),
}
"""Files with texts for visitors: their endings, in each folder."""

OTHER_NAMES = {
    "gradient descent, for short descent": r"(?i:\b(plain|simple|pure|vanilla|ordinary|regular|usual|basic)\s+descent\b)|\bGD\b",
    "Teach": r"(?i:for the teacher\b)",
}
"""What a thing is called, and what it is not called."""


def texts():
    """Each file of texts, by its path."""
    for folder, endings in READ.items():
        for ending in endings:
            for path in (ROOT / folder).glob(ending if "." in ending else f"**/*.{ending}"):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_thing_has_its_name_in_all_texts(name):
    read = dict(texts())
    assert len(read) > 500
    others = [
        f"{path}:{text.count(chr(10), 0, found.start()) + 1}: {found[0]}"
        for path, text in read.items()
        for found in re.finditer(OTHER_NAMES[name], text)
    ]
    assert others == []
