"""The page with the codes of errors and notices, their sentences and the values in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt

from fallline.error_codes import error_table, notice_table, reason_list, value_list

CODE = re.compile(r"<tr>\n<td><code>(\w+)</code>")
"""Where a row of a table begins with a code."""


class CodeSection(NamedTuple):
    """A part of the page: its title, and what it says, as HTML."""

    title: str
    text: str


@cache
def sections() -> Mapping[str, CodeSection]:
    """The id of each section -> what it is; each code is the id of its row, so that an address leads to it."""
    texts = {
        "errors": ("Errors", error_table()),
        "values": ("Values of errors", value_list()),
        "formulas": ("What is wrong with a formula", reason_list()),
        "notices": ("Notices", notice_table()),
    }
    render = MarkdownIt("commonmark", {"html": False}).enable("table").render
    return {
        name: CodeSection(title, CODE.sub(r'<tr id="\1"><td><code>\1</code>', render(text)))
        for name, (title, text) in texts.items()
    }
