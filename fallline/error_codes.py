"""Every error that a spec may meet: its code, and the sentence that follows the name of its field.

This is the one place with their English, but for that of formulas, which `fallline.formulas` knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fallline.formulas.errors import fault_text
from fallline.sentences import Template, names_in, sentence

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
    "needs_all_data": "is not for {optimizer}, which needs the loss and gradient of all data as they are; got {got}",
    "rate_read_once": "must be constant for {optimizer}, which reads its learning rate at the start alone; got {got}",
    "no_hessian": "needs second derivatives, for which a network has no formulas here; got {got}",
    "no_rule": "steps by a method that is no rule, of which there is no {what}; got {got}",
    "no_lanes": "steps by a method that takes one point at a time: only seeds can be swept; got {got}",
    "same_parameter": "must be two different parameters; got {got}",
    "start_not_finite": (
        "is no place to start from: the loss at ({at}) is {loss}; a run needs a start where it is finite, within 1e100"
    ),
    "past_the_end": "must be at most {limit}, where the run ends ({stop_reason}); got {got}",
    "no_step": "asks for a step of a run that has none, as it ends at its start ({stop_reason}); got {got}",
    "program_too_deep": "has a gradient that is nested deeper in brackets than Python reads: take fewer factors",
    # how much may be asked for
    "work_too_large": (
        "may be at most {limit} steps: one step of all the runs takes about {cost} operations; got {got}"
    ),
    "too_many_numbers": "gives more than {limit} numbers in a reply: ask for at most {steps} steps; got {got}",
    "unreadable": ("could not be read", ": {problem}"),
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


def error_text(template: Template, values: Mapping[str, Any]) -> str:
    """What is said of a field, behind its name."""
    fault = {"fault": fault_text(values)} if "fault" in names_in(template) else {}
    said = sentence(template, {**values, **fault})
    if "hint" not in values:
        return said
    hint = HINTS[values["hint"]]
    return f"has a space in place of a sign: {hint}; so it {said}" if fault else f"{said} ({hint})"
