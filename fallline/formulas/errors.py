"""The errors in the text of a formula: a code for each, its sentences, and its position in the text."""

from collections.abc import Mapping
from typing import Any

from fallline.formulas.vocabulary import FUNCTIONS
from fallline.sentences import Template, sentence

_WORDS = f"pi, e, + - * / ^ ( ), {', '.join(FUNCTIONS)} and where(a > b, yes, no)."
ALLOWED = (
    f" Allowed are numbers, {{variables}}, {_WORDS}",
    f" Allowed are numbers, {{given}}, names of your own, {_WORDS}",
)
_VALUE = "a number, a name or ( must come"
_NEAREST = " Did you mean {nearest:or}?"
_NAMES = "A name is at most {limit} letters, digits and single _, and begins with a letter."
_WHERE = "Write it as where(a > b, yes, no), with one comparison."

REASONS: Mapping[str, Template] = {
    "empty": ("the formula is empty.", *ALLOWED),
    "no_line": ("there is no line with a formula.", *ALLOWED),
    "no_variable": "the formula has neither x nor y. With x alone it is a curve, with y a surface.",
    "too_long": "the text has {count} characters. At most {limit} are allowed.",
    "too_deep": "the formula is nested more than {limit} deep.",
    "too_many_parts": "the formula has more than {limit} parts.",
    "wrong_character": (
        "the character {character} is not part of the language."
        " Only plain ASCII letters, digits and operators are allowed."
    ),
    "foreign_character": "the character {character} is not part of the language. Write {instead} instead.",
    "no_partner": ('"{bracket}" has no partner.', *ALLOWED),
    "breaks_off": ("the formula breaks off", ' after "{after}"', f": {_VALUE} here.", *ALLOWED),
    "not_expected": ('"{word}" is not expected', f' after "{{after}}": {_VALUE}', " here.", *ALLOWED),
    "no_sign": ('"{word}" is not expected here. Write * for times, as in 2*x.', *ALLOWED),
    "python_word": (
        '"{word}" is a word of Python\'s own and cannot be a name.',
        " For a name of your own write {instead}.",
        " It is printed as the Greek letter {letter}.",
        *ALLOWED,
    ),
    "not_part": ('"{word}" is not part of the language.', *ALLOWED),
    "not_a_number": ('"{word}" is not a number.', *ALLOWED),
    "too_large": "the number is too large. A number is at most 1.8e308.",
    "unknown_name": ('unknown name "{name}".', _NEAREST, *ALLOWED),
    "unknown_function": ('unknown function "{name}".', _NEAREST, *ALLOWED),
    "name_begins_with_underscore": f'"{{name}}" is not a name here: it begins with _. {_NAMES}',
    "name_has_two_underscores": f'"{{name}}" is not a name here: it has two _ in a row. {_NAMES}',
    "name_too_long": f'"{{name}}" is not a name here: it has more than {{limit}} characters. {_NAMES}',
    "not_a_function": ('"{function}" cannot be called. Write * for times, as in 2*(x + 1).', *ALLOWED),
    "named_arguments": ("{function} takes its arguments without names.", *ALLOWED),
    "argument_count": "{function} takes {needed:argument|arguments}, not {count}.",
    "too_few_arguments": "{function} takes at least {needed:argument|arguments}, not {count}.",
    "where_arguments": f"where takes 3 arguments, not {{count}}. {_WHERE}",
    "where_comparison": f"where needs one comparison first. {_WHERE}",
    "comparison": ("a comparison may only be the first part of where(a > b, yes, no).", *ALLOWED),
    "not_an_assignment": "a line of a rule is an assignment. Write it as name = formula.",
    "given_name": '"{name}" is given and cannot be assigned. Choose another name.',
    "no_result": 'no line assigns "{result}". A rule needs a line {result} = ...',
}
"""The code of an error -> its sentences."""


class FormulaError(ValueError):
    """A text that is not a formula: the error, its position, and what is allowed there.

    Args:
        reason: a key of REASONS.
        line, column: from 1, in the text as the user typed it.
        word: the wrong part of the text, shortened.
        values: the values of the sentences. The attribute `values` also has `in_short`: the sentences without the list
            of what is allowed.
    """

    def __init__(self, reason: str, line: int, column: int, word: str = "", **values: Any) -> None:
        self.reason, self.line, self.column, self.word = reason, line, column, word
        place = {"reason": reason, "line": line, "column": column, "word": word}
        of_fault = {name: value for name, value in values.items() if name not in ("variables", "given")}
        self.values = {**place, **values, "in_short": fault_text({**place, **of_fault})}
        super().__init__(fault_text(self.values))


def fault_text(values: Mapping[str, Any]) -> str:
    """The sentences of a FormulaError with these values."""
    line, column = values["line"], values["column"]
    place = f"line {line}, column {column}" if line > 1 else f"column {column}"
    return f"{place}: {sentence(REASONS[values['reason']], values)}"
