"""Every error that a request may meet: its code, the sentence that follows the name of its field, and its values.

This is the one place with the English of errors, but for that of formulas, which `fallline.formulas` knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fallline.formulas.errors import ALLOWED, REASONS, fault_text
from fallline.notices import NOTICES
from fallline.sentences import Template, names_in, sentence

BAR = "\\|"
"""A | within a table of Markdown."""

_NEAREST = ("; the nearest: {nearest}", "; allowed: {allowed}")

ERRORS: Mapping[str, Template] = {
    # names
    "missing": ("is required", ", one of {allowed}"),
    "missing_hyperparameter": "is required, a finite number: the rule reads {name} and never assigns it",
    "missing_plane": "is required, two parameters as w1_1_1,w2_1_2, where no run tells the plane",
    "missing_change": "must have a value that changes, or the name of another optimizer",
    "unknown_field": ("is not a field here", *_NEAREST),
    "unknown_state": ("is not a state of the rule", *_NEAREST),
    "unknown_key": ("is not a key of the query", *_NEAREST, "; the spec is the {spec}"),
    "no_keys": "is not a key of the query: this address takes none",
    "unknown_name": ("is not {what:a}", *_NEAREST, "; got {got}"),
    "not_a_name": "must be the name of {what:a}; got {got}",
    "duplicate": "stands twice: give it once",
    "both_given": "stands beside {other}: give the one or the other",
    "not_exactly_one": "must be exactly one of {allowed}; got {got}",
    "name_taken": 'reads "{name}" as a name of its own, which is a setting of every run; choose another name',
    "not_in_a_change": "belongs to the run whole, not to a change of it",
    # kinds of values
    "not_an_object": "must be an object in braces; got {got}",
    "not_a_list": "must be a list in brackets; got {got}",
    "not_a_text": "must be a text; got {got}",
    "not_a_boolean": "must be true or false; got {got}",
    "not_a_number": "must be {range:range}; got {got}",
    "not_a_number_or_formula": "must be a finite number or a formula; got {got}",
    "not_finite": "must be a finite number, at most 1.8e308; got {got}",
    "not_whole": "must be {range:range}; got {got}",
    "wrong_value": "is nothing that this field takes; got {got}",
    "wrong_label": "must be a text of 1 to {limit} printable characters; got {got}",
    "invisible_label": "must have a character that can be seen; got {got}",
    "formula_syntax": "is not a formula: {fault}",
    "not_fields": "must be {form}; got {got}",
    "needs_spec": "cannot be written in an address: send the whole spec as spec=, base64url of its JSON",
    "not_base64": "must be base64url of the spec's JSON; got {got}",
    "not_json": "is not JSON: {problem} (line {line}, column {column})",
    "not_utf8": "is not JSON: its bytes are no UTF-8; send JSON in UTF-8, not compressed",
    "empty": "is empty; a JSON object is expected",
    # amounts
    "out_of_range": "must be {range:range}; got {got}",
    "not_above": "must be above {low}, which is {other}; got {got}",
    "empty_interval": "must be a low end and a higher one, further apart than rounding; got {got}",
    "too_many": "may have at most {limit:entry|entries}, and has {count}",
    "too_few": "must have at least {limit:entry|entries}, and has {count}",
    "wrong_count": "must be {count:number|numbers} ({names}); got {got}",
    "wrong_axes": "must be [low, high] for each of {names}; got {got}",
    "network_too_large": "may give at most {limit} weights and biases, and {got} gives {count}",
    "batch_too_large": "must be at most {limit}, the points; got {got}",
    # what does not go together
    "only_for_data": "is for data, and this problem has none; got {got}",
    "only_for_networks": "is for a network of more than {limit} parameters; got {got}",
    "only_for_seeds": "is for a sweep over seeds; got {got}",
    "seeds_follow": "is not for seeds, which follow one another: give from and count alone; got {got}",
    "needs_labels": "takes the labels 0 and 1, and the targets of {dataset} are numbers; got {got}",
    "needs_noise": (
        "must be above 0: {optimizer} is only itself with samples or noise, and here is no data to sample; got {got}"
    ),
    "needs_sampling": "must be a number: {optimizer} without samples or noise is plain descent; got {got}",
    "needs_batch_size": "needs a batch_size to draw: every step sees all points; got {got}",
    "same_parameter": "must be two different parameters; got {got}",
    "start_not_finite": (
        "is no place to start from: the loss at ({at}) is {loss}; a run needs a start where it is finite, within 1e100"
    ),
    "past_the_end": "must be at most {limit}, where the run ends ({stop_reason}); got {got}",
    "no_step": "asks for a step of a run that has none, as it ends at its start ({stop_reason}); got {got}",
    "last_event_id": (
        "must be the id of an event of this stream, {count} numbers of rows up to {limit} joined by dots, "
        "each with e after it once that run's end was sent; got {got}"
    ),
    "another_stream": "has {rows} rows of run {run}, not {count}: the Last-Event-ID is of another stream",
    "program_too_deep": "has a gradient that is nested deeper in brackets than Python reads: take fewer factors",
    # how much may be asked for
    "work_too_large": (
        "may be at most {limit} steps: one step of all the runs takes about {cost} operations; got {got}"
    ),
    "too_many_numbers": "gives more than {limit} numbers in a reply: ask for at most {steps} steps; got {got}",
    "reply_too_large": (
        "gives more than {limit} numbers in a reply: "
        "ask for fewer steps, for fewer columns (fields=), or for the stream"
    ),
    "took_too_long": "has computed for more than {limit} seconds: ask for fewer steps or a simpler formula",
    "query_too_long": "is longer than {limit} bytes: send the spec as the body of a POST",
    "body_too_large": "may have at most {limit} bytes",
    "busy": (
        "is at its limit of {limit} {what} at a time, and none ended within {seconds} seconds; try again in a moment"
    ),
    "stopping": "is being stopped, and was not ready with this in time; try again in a moment",
    # HTTP
    "not_http": "is not HTTP/1.1; got {got}",
    "wrong_host": "must have one Host field, of a host and perhaps its port; got {got}",
    "unknown_coding": "may say of the body only that it comes in chunks (Transfer-Encoding: chunked); got {got}",
    "head_too_large": "may have at most {limit} bytes, and {count} have come without its end",
    "too_many_fields": "may have at most {limit} header fields, and has {count}",
    "too_slow": "must be complete within {limit} seconds from the first byte of the request, and is not",
    "not_found": "{got} leads nowhere",
    "method_not_allowed": "{path} takes only {allowed}; got {got}",
    "not_acceptable": "must allow one of {allowed}; got {got}",
    "unsupported_media_type": "must be application/json, as the body is JSON; got {got}",
    "unreadable": ("could not be read", ": {problem}"),
    "fault": "met a fault of its own; the request may well be right",
}
"""Code -> the sentence that follows the name of the field."""

HINTS: Mapping[str, str] = {
    "plus": "in an address a + is written %2B: a bare one arrives as a space",
    "space": "leave out the space",
    "quotes": "leave out the quotes",
}
"""What `hint` may be, where a text was meant as a number or a formula -> how to mend it."""

OF_PYDANTIC: Mapping[str, str] = {
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "not_an_object"),
    "list_type": "not_a_list",
    "string_type": "not_a_text",
    **dict.fromkeys(("bool_type", "bool_parsing"), "not_a_boolean"),
    **dict.fromkeys(("int_parsing", "int_type"), "not_a_number"),
    **dict.fromkeys(("greater_than_equal", "less_than_equal"), "out_of_range"),
    "too_long": "too_many",
    "too_short": "too_few",
}
"""Pydantic's codes -> this project's; any other is a `wrong_value`."""

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


def takes_what_came(code: str) -> bool:
    """Whether the sentence of an error repeats what came."""
    return "got" in names_in(ERRORS[code])


def error_text(code: str, values: Mapping[str, Any]) -> str:
    """What is said of a field, behind its name."""
    fault = {"fault": fault_text(values)} if code == "formula_syntax" else {}
    said = sentence(ERRORS[code], {**values, **fault})
    if "hint" not in values:
        return said
    hint = HINTS[values["hint"]]
    return f"has a space in place of a sign: {hint}; so it {said}" if fault else f"{said} ({hint})"


def error_table() -> str:
    """The codes of errors with their sentences, as Markdown."""
    return f"{_table(ERRORS, 'what is said behind the name of the field')}\n\n{_READING}"


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
