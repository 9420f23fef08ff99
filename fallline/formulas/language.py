"""Parses text to an expression tree, by a whitelist over Python's `ast`.

A formula consists of numbers, names, `pi`, `e`, + - * / ** (also written ^), unary minus, the functions of the
vocabulary and `where(a > b, yes, no)`. Between factors that adjoin * may be left out: 2xy, x(y + 1). A rule consists of
lines `name = formula`; there * may be left out behind a number alone. Nothing else parses, and the text is never
executed: it becomes nodes, and code is generated from nodes.
"""

import ast
import difflib
import keyword
import math
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from typing import Any

from fallline.formulas.errors import FormulaError
from fallline.formulas.nodes import REAL, Node, call, node, number, ordered, variable, where
from fallline.formulas.positions import PositionMap
from fallline.formulas.vocabulary import CONSTANTS, FUNCTIONS

MAX_CHARACTERS = 1000
MAX_NODES = 600
MAX_DEPTH = 64
MAX_NAME = 32

_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow",
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_SPELLINGS = {
    "\u00d7": "*", "\u00b7": "*", "\u2212": "-", "\u00f7": "/", "\u00b2": "^2", "\u00b3": "^3",
    "\u221a": "sqrt(...)", "\u03c0": "pi", "\u200b": "nothing",
}  # fmt: skip
"""A character of documents that people paste -> how to write it in a formula."""

_RESERVED = re.compile(rf"\b({'|'.join(set(keyword.kwlist) - {'None', 'True', 'False'})})\b")
"""Matches a keyword of Python other than its constants."""
_SIGN_AT_END = re.compile(r"(\*\*|[-+*/^(,=<>])\s*$")
"""Matches a sign that a value must follow, at the end of a text."""
_WRONG_NAMES = {
    "^_": "name_begins_with_underscore", "__": "name_has_two_underscores", rf".{{{MAX_NAME + 1}}}": "name_too_long",
}  # fmt: skip
"""A pattern that no name may match -> the code of the error."""
_CHAINS = ((ast.Add, ast.Sub), (ast.Mult, ast.Div))
"""Operators whose chains, such as a + b - c or a*b/c, may be of any length and count as one level of depth."""

_FUNCTION_NAMES = (*FUNCTIONS, "where")


@dataclass(frozen=True)
class Rule:
    """The lines of a rule, in order, with the roles of its names.

    Args:
        lines: (name, formula) of each line.
        states: names read before they are assigned; they keep their values until the next step.
        hyperparameters: names that are read and never assigned.
        intermediates: every other assigned name.
    """

    lines: tuple[tuple[str, Node], ...]
    states: tuple[str, ...]
    hyperparameters: tuple[str, ...]
    intermediates: tuple[str, ...]


@lru_cache(maxsize=1024)
def parse(text: str, variables: tuple[str, ...]) -> Node:
    """The expression tree of one formula.

    Args:
        text: at most MAX_CHARACTERS characters; ASCII only, except in comments.
        variables: the names that it may contain beside `pi` and `e`.

    Raises:
        FormulaError: has the line, the column and what is allowed there.
    """
    parser = _Parser(text, variables)
    return parser.build(parser.statements("eval")[0])


GIVEN = ("w", "g", "t", "lr")
"""The names whose values are given in the rule of an optimizer."""


@lru_cache(maxsize=256)
def parse_rule(text: str, given: tuple[str, ...] = GIVEN, result: str = "w") -> Rule:
    """The lines of a rule.

    Args:
        text: lines `name = formula`; comments and blank lines are ignored.
        given: the names whose values are given; of these, only `result` may be assigned.
        result: the name that the rule must assign.

    Raises:
        FormulaError: has the line, the column and what is allowed there.
    """
    parser = _Parser(text, None, given)
    lines = tuple(parser.assignment(item, given, result) for item in parser.statements("exec"))
    if all(target != result for target, _ in lines):
        raise FormulaError("no_result", 1, 1, result=result)
    # the role of each name, in order of appearance
    assigned = dict.fromkeys(target for target, _ in lines)
    first_read: dict[str, None] = {}
    known = set(given)
    for target, formula in lines:
        names = (str(item.value) for item in ordered((formula,)) if item.op == "name")
        first_read |= dict.fromkeys(read for read in names if read not in known)
        known.add(target)
    states = tuple(name for name in first_read if name in assigned)
    hyperparameters = tuple(name for name in first_read if name not in assigned)
    intermediates = tuple(name for name in assigned if name not in (*states, *given))
    return Rule(lines, states, hyperparameters, intermediates)


def _continues(item: ast.AST, child: ast.AST) -> bool:
    """Whether `child` is the left operand of `item`, and both are sums or both are products."""
    if not (isinstance(item, ast.BinOp) and isinstance(child, ast.BinOp) and child is item.left):
        return False
    return any(isinstance(item.op, chain) and isinstance(child.op, chain) for chain in _CHAINS)


def _has_point(item: ast.AST) -> bool:
    item = item.operand if isinstance(item, ast.UnaryOp) else item
    return isinstance(item, ast.Constant) and isinstance(item.value, float)


class _Parser:
    """Parses one text. The positions of its errors are those in the text as typed."""

    def __init__(self, text: str, variables: tuple[str, ...] | None, given: tuple[str, ...] = ()) -> None:
        factors = (*variables, *CONSTANTS) if variables else ()
        self.positions = PositionMap(text, single=variables is not None, factors=factors)
        self.text = text
        self.variables = variables
        self.names: dict[str, Any] = {"given": list(given)} if variables is None else {"variables": list(variables)}
        self.nodes = 0
        self._check_characters(text)

    # text -> ast

    def statements(self, mode: str) -> list[ast.AST]:
        if not self.text.strip():
            raise FormulaError("empty", 1, 1, **self.names)
        try:
            with warnings.catch_warnings(action="ignore"):  # Python warns of things that do not matter in a formula
                tree = ast.parse(self.positions.python, mode=mode)
        except SyntaxError as error:
            raise self._syntax_error(error) from None
        except (ValueError, RecursionError, MemoryError, OverflowError):
            raise FormulaError("too_deep", 1, 1, limit=MAX_DEPTH) from None
        parts = list(ast.iter_child_nodes(tree))
        if not parts:
            raise FormulaError("no_line", 1, 1, **self.names)
        for part in parts:
            self._check_shape(part)
        return parts

    def _check_characters(self, given: str) -> None:
        if len(self.text) > MAX_CHARACTERS:
            taken = given[:MAX_CHARACTERS]
            line, column = taken.count("\n") + 1, len(taken) - taken.rfind("\n")
            raise FormulaError("too_long", line, column, count=len(self.text), limit=MAX_CHARACTERS)
        depth = 0
        for line, row in enumerate(given.split("\n"), 1):
            in_comment = False
            for column, character in enumerate(row.removesuffix("\r"), 1):
                in_comment = in_comment or character == "#"
                if not (character.isprintable() or character == "\t") or not (in_comment or character.isascii()):
                    raise self._wrong_character(line, column, character)
                depth += 0 if in_comment else (character in "([{") - (character in ")]}")
                if depth > MAX_DEPTH:
                    raise FormulaError("too_deep", line, column, character, limit=MAX_DEPTH)

    def _wrong_character(self, line: int, column: int, character: str) -> FormulaError:
        shown = f'"{character}"' if character.isprintable() else f"U+{ord(character):04X}"
        if known := _SPELLINGS.get(character):
            return FormulaError("foreign_character", line, column, character, character=shown, instead=known)
        return FormulaError("wrong_character", line, column, character, character=shown)

    def _syntax_error(self, error: SyntaxError) -> FormulaError:
        rows = self.positions.python.split("\n")
        line = min(error.lineno or 1, len(rows))
        row = rows[line - 1]
        if reserved := _RESERVED.search(row.partition("#")[0]):
            return self._keyword_error(line, reserved)
        offset = error.offset - 1 if error.offset else len(row.rstrip())
        place = self.positions.typed_position(line, offset)
        word = self.positions.word_at(line, offset, most=12)
        reason, values = "not_expected", dict(self.names)
        if "never closed" in error.msg or "unmatched" in error.msg:
            return FormulaError("no_partner", *place, word, bracket=row[offset : offset + 1], **self.names)
        if not word or offset >= len(row.rstrip()):
            reason = "breaks_off"
        elif "decimal literal" in error.msg or (word[0].isalnum() and re.search(r"[\w)]\s*$", row[:offset])):
            reason = "no_sign"
        if sign := self._sign_before(*place):
            values["after"] = sign
        return FormulaError(reason, *place, word, **values)

    def _sign_before(self, line: int, column: int) -> str:
        """The sign before a place, as typed, if a value must follow it; empty if there is none."""
        sign = _SIGN_AT_END.search(self.text.split("\n")[line - 1][: column - 1].partition("#")[0])
        return sign.group(1) if sign else ""

    def _keyword_error(self, line: int, reserved: re.Match[str]) -> FormulaError:
        """The error for a keyword of Python in place of a name."""
        word = reserved.group()
        values = dict(self.names)
        if self.variables is None:
            values["instead"] = f"{word}_"
        if word == "lambda":
            values["letter"] = word
        line, column = self.positions.typed_position(line, reserved.start())
        return FormulaError("python_word", line, column, word, **values)

    # checks that make the recursion below safe

    def _check_shape(self, root: ast.AST) -> None:
        stack = [(root, 0)]
        while stack:
            item, depth = stack.pop()
            counted = isinstance(item, ast.expr)
            self.nodes += counted
            if self.nodes > MAX_NODES:
                raise self.error(item, "too_many_parts", limit=MAX_NODES)
            if counted and depth > MAX_DEPTH:
                raise self.error(item, "too_deep", limit=MAX_DEPTH)
            stack.extend(
                (child, depth + (counted and not _continues(item, child))) for child in ast.iter_child_nodes(item)
            )

    # ast -> nodes

    def assignment(self, item: ast.AST, given: Sequence[str], result: str) -> tuple[str, Node]:
        if not isinstance(item, ast.Assign) or len(item.targets) != 1 or not isinstance(item.targets[0], ast.Name):
            raise self.error(item, "not_an_assignment")
        target = item.targets[0].id
        fixed = [*(g for g in given if g != result), *CONSTANTS, "learning_rate"]
        if target in fixed:
            raise self.error(item.targets[0], "given_name", name=target)
        self._check_name(item.targets[0], target)
        return target, self.build(item.value)

    def build(self, item: ast.AST) -> Node:
        """The node of an ast. Recursion is safe, as `_check_shape` limits all depth but that of left operands."""
        chain: list[ast.BinOp] = []
        while isinstance(item, ast.BinOp) and type(item.op) in _OPERATORS:
            chain.append(item)
            item = item.left
        built = self._build_operand(item)
        for operation in reversed(chain):
            kind = REAL if isinstance(operation.op, ast.Pow) and _has_point(operation.right) else None
            built = node(_OPERATORS[type(operation.op)], built, self.build(operation.right), value=kind)
        return built

    def _build_operand(self, item: ast.AST) -> Node:
        match item:
            case ast.Constant():
                return self._number(item)
            case ast.Name():
                return self._name(item)
            case ast.UnaryOp(op=ast.USub()):
                return node("neg", self.build(item.operand))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.build(item.operand)
            case ast.Call():
                return self._call(item)
            case ast.Compare():
                raise self.error(item, "comparison", **self.names)
        raise self.error(item, "not_part", **self.names)

    def _number(self, item: ast.Constant) -> Node:
        if isinstance(item.value, bool) or not isinstance(item.value, int | float):
            raise self.error(item, "not_a_number", **self.names)
        value = float(str(item.value))  # inf for a whole number too large for a float, where float(item.value) raises
        if math.isinf(value):
            raise self.error(item, "too_large")
        return number(value)

    def _name(self, item: ast.Name) -> Node:
        if item.id in CONSTANTS and (self.variables is None or item.id not in self.variables):
            return number(CONSTANTS[item.id])
        if self.variables is None:
            self._check_name(item, item.id)
        elif item.id not in self.variables:
            raise self._unknown(item, item.id, [*self.variables, *CONSTANTS], "unknown_name")
        return variable(item.id)

    def _check_name(self, item: ast.AST, text: str) -> None:
        for wrong, reason in _WRONG_NAMES.items():
            if re.search(wrong, text):
                raise self.error(item, reason, name=text[:40], limit=MAX_NAME)

    def _call(self, item: ast.Call) -> Node:
        if not isinstance(item.func, ast.Name):
            raise self.error(item, "not_a_function", function=self._word(item.func), **self.names)
        name = item.func.id
        if name not in _FUNCTION_NAMES:
            raise self._unknown(item, name, _FUNCTION_NAMES, "unknown_function")
        if item.keywords:
            raise self.error(item, "named_arguments", function=name, **self.names)
        if name == "where":
            return self._where(item)
        many, count = FUNCTIONS[name].many, len(item.args)
        if not (count >= 2 if many else count == 1):
            reason, needed = ("too_few_arguments", 2) if many else ("argument_count", 1)
            raise self.error(item, reason, function=name, needed=needed, count=count)
        first, *rest = map(self.build, item.args)
        return reduce(partial(call, name), rest, first) if rest else call(name, first)

    def _where(self, item: ast.Call) -> Node:
        if len(item.args) != 3:
            raise self.error(item, "where_arguments", count=len(item.args))
        test = item.args[0]
        if not isinstance(test, ast.Compare) or len(test.ops) != 1 or type(test.ops[0]) not in _COMPARISONS:
            raise self.error(test, "where_comparison")
        yes, no = self.build(item.args[1]), self.build(item.args[2])
        comparison = _COMPARISONS[type(test.ops[0])]
        return where(comparison, self.build(test.left), self.build(test.comparators[0]), yes, no)

    # messages

    def error(self, item: ast.AST, reason: str, **values: Any) -> FormulaError:
        place = self.positions.typed_position(getattr(item, "lineno", 1), getattr(item, "col_offset", 0))
        return FormulaError(reason, *place, self._word(item), **values)

    def _unknown(self, item: ast.AST, word: str, known: Sequence[str], reason: str) -> FormulaError:
        near = difflib.get_close_matches(word.lower(), known, n=2, cutoff=0.6)
        shown = word if len(word) <= 40 else word[:37] + "..."
        return self.error(item, reason, name=shown, **({"nearest": near} if near else {}), **self.names)

    def _word(self, item: ast.AST) -> str:
        text = self.positions.typed_text(item)
        return text if len(text) <= 30 else text[:27] + "..."
