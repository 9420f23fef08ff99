"""The page with the codes of errors and notices, their sentences and the values in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt

from app.server.error_codes import ALL_ERRORS
from fallline.error_codes import HINTS
from fallline.formulas.errors import ALLOWED, REASONS
from fallline.notices import NOTICES
from fallline.sentences import Template

BAR = "\\|"
"""A | within a table of Markdown."""

FIELDS: Mapping[str, str] = {
    "got": "what came, as JSON, shortened",
    "nearest": "the names most like what came",
    "allowed": "all that is allowed",
    "what": "what should have been named",
    "range": "what a number may be: `low` and `high` (null: without end), `low_open`, `high_open`, `whole`",
    "names": "one for each of the numbers that there should be, some left out where there are many",
    "other": "what it is held against",
    "form": "how it is written",
    "limit": "the most of it, or the least of a `too_few`",
    "count": "how many came; of a `wrong_count` and a `last_event_id` how many there should be",
    "hint": f"beside `got`, where it may be known how to mend it: {', '.join(f'`{each}`' for each in HINTS)}",
    "fault": "of a formula, where it is at fault and why, as written below; not a value itself",
    "reason": "of a formula, why it is none: one of those below",
    "line, column, word": "of a formula, where from 1, and the text there, shortened; empty where there is none",
    "name, function, bracket, character": "of a formula, what it is about, as it came",
    "instead, letter": "of a formula, what to write in its place, and the Greek letter as which that is printed",
    "result": "of a rule, the name that it must assign",
    "needed": "of a formula, how many arguments there should be",
    "variables, given": "of a formula, the names that may stand in it; `given` beside names of one's own",
}
"""Values of errors -> what they are, where their names alone do not say it."""

_READING = (
    "A value stands in braces, a list joined by commas; `{limit:entry|entries}` is a number with the word for one or "
    "for more. What stands in square brackets is said only where all its values are there."
)
"""How the sentences of the tables are read."""

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


def error_table() -> str:
    """The codes of errors with their sentences, as Markdown."""
    return f"{_table(ALL_ERRORS, 'what is said behind the name of the field')}\n\n{_READING}"


def value_list() -> str:
    """The values of errors and what they are, as Markdown."""
    return "\n".join(f"- `{'`, `'.join(names.split(', '))}`: {text}" for names, text in FIELDS.items())


def reason_list() -> str:
    """The reasons why a text is no formula with their sentences, as Markdown."""
    lines = (f"- `{reason}`: `{_shown(_with_allowed(template))}`" for reason, template in REASONS.items())
    given = " or ".join(f"`{part}`" for part in ALLOWED)
    return "\n".join((
        "The `fault` of a formula is `column {column}: `, or `line {line}, column {column}: ` past the first line, and "
        f"the sentence of its `reason`, where `[allowed]` is {given}, whichever has its value there:\n",
        *lines,
    ))  # fmt: skip


def _with_allowed(template: Template) -> Template:
    """A template with a word for the two long parts that many of them share."""
    if isinstance(template, str):
        return template
    return tuple(part for part in template if part not in ALLOWED) + (("allowed",) if template[-1] in ALLOWED else ())


def notice_table() -> str:
    """The codes of notices with their sentences, as Markdown."""
    return _table(NOTICES, "what is said")


def _table(templates: Mapping[str, Template], head: str) -> str:
    rows = (f"| `{code}` | {_shown(template).replace('|', BAR)} |" for code, template in templates.items())
    return "\n".join((f"| type | {head} |", "|---|---|", *rows))


def _shown(template: Template) -> str:
    """A template for reading: optional parts in brackets, values by their names, counted ones with their words."""
    text = template if isinstance(template, str) else template[0] + "".join(f"[{part}]" for part in template[1:])
    return re.sub(r":[^ {}|]+}", "}", text)
