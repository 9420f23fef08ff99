"""Text to expression tree, through a whitelist over Python's own `ast`.

A formula is numbers, names, `pi`, `e`, + - * / ** (also written ^), unary minus, the functions of the vocabulary and
`where(a > b, yes, no)`. A rule is lines `name = formula`. Nothing else parses, and nothing is ever executed: text
becomes nodes, and code is written from nodes.
"""

from __future__ import annotations

import ast
import difflib
import keyword
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce

from app.formulas.nodes import REAL, Node, call, node, number, ordered, variable, where
from app.formulas.positions import PositionMap
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS

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
    "\u00d7": "*", "\u00b7": "*", "\u2212": "-", "\u00f7": "/", "\u00b2": "**2", "\u00b3": "**3",
    "\u221a": "sqrt(...)", "\u03c0": "pi", "\u200b": "nothing",
}  # fmt: skip
"""A character that is pasted from documents -> how it is written here."""

_RESERVED = re.compile(rf"\b({'|'.join(set(keyword.kwlist) - {'None', 'True', 'False'})})\b")
"""A keyword of Python, other than its constants."""
_WRONG_NAMES = {
    "^_": "begins with _", "__": "has two _ in a row", rf".{{{MAX_NAME + 1}}}": f"has more than {MAX_NAME} characters",
}  # fmt: skip
"""A pattern that no name may match -> what is wrong with it, in words."""
_TOO_DEEP = f"the formula is nested more than {MAX_DEPTH} deep"
_CHAINS = ((ast.Add, ast.Sub), (ast.Mult, ast.Div))
"""Operators that may follow each other any number of times at one depth: a + b - c, a*b/c."""

_FUNCTION_NAMES = (*FUNCTIONS, "where")


class FormulaError(ValueError):
    """A text that is not a formula: what is wrong, where, and what is allowed there.

    Args:
        problem: one clause, such as `unknown name "q"`.
        line, column: from 1, in the text as it was given.
        word: the offending part of the text, shortened.
        allowed: a sentence about what may stand there.
    """

    def __init__(self, problem: str, line: int, column: int, word: str = "", allowed: str = "") -> None:
        self.problem, self.line, self.column, self.word, self.allowed = problem, line, column, word, allowed
        place = f"line {line}, column {column}" if line > 1 else f"column {column}"
        super().__init__(f"{place}: {problem}." + (f" {allowed}" if allowed else ""))


@dataclass(frozen=True)
class Rule:
    """Lines of a rule, in order, with the part each name plays.

    Args:
        lines: (name, formula) of each line.
        states: names read before they are assigned; they carry over to the next step.
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
        text: at most MAX_CHARACTERS characters, of ASCII but for comments.
        variables: the names it may use beside `pi` and `e`.

    Raises:
        FormulaError: with the line, the column and what is allowed there.
    """
    parser = _Parser(text, variables)
    return parser.build(parser.statements("eval")[0])


@lru_cache(maxsize=256)
def parse_rule(text: str, given: tuple[str, ...] = ("w", "g", "t", "lr"), result: str = "w") -> Rule:
    """The lines of a rule.

    Args:
        text: lines `name = formula`; comments and blank lines are passed over.
        given: the names the rule starts from; of these only `result` may be assigned.
        result: the name that the rule must assign.

    Raises:
        FormulaError: with the line, the column and what is allowed there.
    """
    parser = _Parser(text, None)
    lines = tuple(parser.assignment(item, given, result) for item in parser.statements("exec"))
    if all(target != result for target, _ in lines):
        raise FormulaError(f'no line assigns "{result}"', 1, 1, "", f"A rule needs a line {result} = ...")
    # the part each name plays, in order of appearance
    assigned = dict.fromkeys(target for target, _ in lines)
    first_read: dict[str, None] = {}
    known = set(given)
    for target, formula in lines:
        names = (str(item.value) for item in ordered((formula,)) if item.op == "name")
        first_read |= dict.fromkeys(read for read in names if read not in known)
        known.add(target)
    states = tuple(n for n in first_read if n in assigned)
    hyperparameters = tuple(n for n in first_read if n not in assigned)
    return Rule(lines, states, hyperparameters, tuple(n for n in assigned if n not in states and n not in given))


def _continues(item: ast.AST, child: ast.AST) -> bool:
    """Whether `item` continues the sum or the product that its left operand `child` is."""
    if not (isinstance(item, ast.BinOp) and isinstance(child, ast.BinOp) and child is item.left):
        return False
    return any(isinstance(item.op, chain) and isinstance(child.op, chain) for chain in _CHAINS)


def _has_point(item: ast.AST) -> bool:
    item = item.operand if isinstance(item, ast.UnaryOp) else item
    return isinstance(item, ast.Constant) and isinstance(item.value, float)


class _Parser:
    """Parses one text, and raises errors at positions as typed."""

    def __init__(self, text: str, variables: tuple[str, ...] | None) -> None:
        self.positions = PositionMap(text, single=variables is not None)
        self.text = self.positions.text
        self.variables = variables
        self.nodes = 0
        self._check_characters(text)

    # text -> ast

    def statements(self, mode: str) -> list[ast.AST]:
        if not self.text.strip():
            raise FormulaError("the formula is empty", 1, 1, "", self._allowed())
        try:
            tree = ast.parse(self.positions.python, mode=mode)
        except SyntaxError as error:
            raise self._syntax_error(error) from None
        except (ValueError, RecursionError, MemoryError, OverflowError):
            raise FormulaError("this is nested too deeply or not readable", 1, 1, "", self._allowed()) from None
        parts = list(ast.iter_child_nodes(tree))
        if not parts:
            raise FormulaError("there is no line with a formula", 1, 1, "", self._allowed())
        for part in parts:
            self._check_shape(part)
        return parts

    def _check_characters(self, given: str) -> None:
        if len(self.text) > MAX_CHARACTERS:
            raise FormulaError(
                f"the text has {len(self.text)} characters", 1, MAX_CHARACTERS + 1, "",
                f"At most {MAX_CHARACTERS} are allowed.",
            )  # fmt: skip
        depth = 0
        for line, row in enumerate(given.split("\n"), 1):
            in_comment = False
            for column, character in enumerate(row.removesuffix("\r"), 1):
                in_comment = in_comment or character == "#"
                if not (character.isprintable() or character == "\t") or not (in_comment or character.isascii()):
                    raise self._wrong_character(line, column, character)
                depth += 0 if in_comment else (character in "([{") - (character in ")]}")
                if depth > MAX_DEPTH:
                    raise FormulaError(_TOO_DEEP, line, column, character)

    def _wrong_character(self, line: int, column: int, character: str) -> FormulaError:
        known = _SPELLINGS.get(character)
        advice = f"Write {known} instead." if known else "Only plain ASCII letters, digits and operators are allowed."
        shown = f'"{character}"' if character.isprintable() else f"U+{ord(character):04X}"
        return FormulaError(f"the character {shown} is not part of the language", line, column, character, advice)

    def _syntax_error(self, error: SyntaxError) -> FormulaError:
        rows = self.positions.python.split("\n")
        line = min(error.lineno or 1, len(rows))
        row = rows[line - 1]
        if reserved := _RESERVED.search(row.partition("#")[0]):
            return self._keyword_error(line, reserved)
        offset = error.offset - 1 if error.offset else len(row.rstrip())
        place = self.positions.typed_position(line, offset)
        word = self.positions.word_at(*place, most=12)
        problem, advice = f'"{word}" is not expected here', ""
        if "never closed" in error.msg or "unmatched" in error.msg:
            problem = f'"{row[offset : offset + 1]}" has no partner'
        elif not word or offset >= len(row.rstrip()):
            problem = "the formula breaks off here"
        elif "decimal literal" in error.msg or row[:offset].rstrip()[-1:].isalnum():
            advice = "Write * for times, as in 2*x. "
        return FormulaError(problem, *place, word, advice + self._allowed())

    def _keyword_error(self, line: int, found: re.Match[str]) -> FormulaError:
        """The error for a keyword of Python's."""
        word = found.group()
        printed = ", which is printed as the Greek letter" if word == "lambda" else ""
        advice = f"For a name of your own write {word}_{printed}. " if self.variables is None else ""
        problem = f'"{word}" is a word of Python\'s own and cannot be a name'
        place = self.positions.typed_position(line, found.start())
        return FormulaError(problem, *place, word, advice + self._allowed())

    # checks that must come before any recursion

    def _check_shape(self, root: ast.AST) -> None:
        stack = [(root, 0)]
        while stack:
            item, depth = stack.pop()
            counted = isinstance(item, ast.expr)
            self.nodes += counted
            if self.nodes > MAX_NODES:
                raise self.error(item, f"the formula has more than {MAX_NODES} parts", "")
            if depth > MAX_DEPTH:
                raise self.error(item, _TOO_DEEP, "")
            stack.extend(
                (child, depth + (counted and not _continues(item, child))) for child in ast.iter_child_nodes(item)
            )

    # ast -> nodes

    def assignment(self, item: ast.AST, given: Sequence[str], result: str) -> tuple[str, Node]:
        if not isinstance(item, ast.Assign) or len(item.targets) != 1 or not isinstance(item.targets[0], ast.Name):
            raise self.error(item, "a line of a rule is an assignment", "Write it as name = formula.")
        target = item.targets[0].id
        fixed = [*(g for g in given if g != result), *CONSTANTS, "learning_rate"]
        if target in fixed:
            raise self.error(item, f'"{target}" is given and cannot be assigned', "Choose another name.")
        self._check_name(item.targets[0], target)
        return target, self.build(item.value)

    def build(self, item: ast.AST) -> Node:
        """The node of an ast. Recursion is safe after `_check_shape`, which lets only left operands go deeper."""
        chain: list[ast.BinOp] = []
        while isinstance(item, ast.BinOp) and type(item.op) in _OPERATORS:
            chain.append(item)
            item = item.left
        built = self._build_operand(item)
        for each in reversed(chain):
            kind = REAL if isinstance(each.op, ast.Pow) and _has_point(each.right) else None
            built = node(_OPERATORS[type(each.op)], built, self.build(each.right), value=kind)
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
                raise self.error(item, "a comparison may only be the first part of where(a > b, yes, no)")
        raise self.error(item, f"{self._quoted(item)} is not part of the language")

    def _number(self, item: ast.Constant) -> Node:
        if isinstance(item.value, bool) or not isinstance(item.value, int | float):
            raise self.error(item, f"{self._quoted(item)} is not a number")
        value = float(str(item.value))  # of a whole number too large for a float this is inf, and raises nothing
        if math.isinf(value):
            raise self.error(item, "the number is too large", "A number is at most 1.8e308.")
        return number(value)

    def _name(self, item: ast.Name) -> Node:
        if item.id in CONSTANTS and (self.variables is None or item.id not in self.variables):
            return number(CONSTANTS[item.id])
        if self.variables is None:
            self._check_name(item, item.id)
        elif item.id not in self.variables:
            raise self._unknown(item, item.id, [*self.variables, *CONSTANTS], "name")
        return variable(item.id)

    def _check_name(self, item: ast.AST, text: str) -> None:
        why = next((why for wrong, why in _WRONG_NAMES.items() if re.search(wrong, text)), "")
        if why:
            advice = f"A name is at most {MAX_NAME} letters, digits and single _, and begins with a letter."
            raise self.error(item, f'"{text[:40]}" is not a name here: it {why}', advice)

    def _call(self, item: ast.Call) -> Node:
        if not isinstance(item.func, ast.Name):
            advice = "Write * for times, as in 2*(x + 1). "
            raise self.error(item, f"{self._quoted(item.func)} cannot be called", advice + self._allowed())
        wanted = item.func.id
        if wanted not in _FUNCTION_NAMES:
            raise self._unknown(item, wanted, _FUNCTION_NAMES, "function")
        if item.keywords:
            raise self.error(item, f"{wanted} takes its arguments without names")
        if wanted == "where":
            return self._where(item)
        many, count = FUNCTIONS[wanted].many, len(item.args)
        if not (count >= 2 if many else count == 1):
            needed = "at least 2 arguments" if many else "1 argument"
            raise self.error(item, f"{wanted} takes {needed}, not {count}", "")
        first, *rest = map(self.build, item.args)
        return reduce(partial(call, wanted), rest, first) if rest else call(wanted, first)

    def _where(self, item: ast.Call) -> Node:
        usage = "Write it as where(a > b, yes, no), with one comparison."
        if len(item.args) != 3:
            raise self.error(item, f"where takes 3 arguments, not {len(item.args)}", usage)
        test = item.args[0]
        if not isinstance(test, ast.Compare) or len(test.ops) != 1 or type(test.ops[0]) not in _COMPARISONS:
            raise self.error(test, "where needs one comparison first", usage)
        yes, no = self.build(item.args[1]), self.build(item.args[2])
        comparison = _COMPARISONS[type(test.ops[0])]
        return where(comparison, self.build(test.left), self.build(test.comparators[0]), yes, no)

    # messages

    def error(self, item: ast.AST, problem: str, allowed: str | None = None) -> FormulaError:
        place = self.positions.typed_position(getattr(item, "lineno", 1), getattr(item, "col_offset", 0))
        sentence = self._allowed() if allowed is None else allowed
        return FormulaError(problem, *place, self._quoted(item).strip('"'), sentence)

    def _unknown(self, item: ast.AST, word: str, known: Sequence[str], what: str) -> FormulaError:
        near = difflib.get_close_matches(word.lower(), known, n=2, cutoff=0.6)
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        shown = word if len(word) <= 40 else word[:37] + "..."
        return self.error(item, f'unknown {what} "{shown}"', hint + self._allowed())

    def _quoted(self, item: ast.AST) -> str:
        text = self.positions.typed_text(item) or type(item).__name__.lower()
        return f'"{text if len(text) <= 30 else text[:27] + "..."}"'

    def _allowed(self) -> str:
        names = "names of your own" if self.variables is None else ", ".join(self.variables)
        functions = ", ".join(FUNCTIONS)
        return f"Allowed are numbers, {names}, pi, e, + - * / ^ ( ), {functions} and where(a > b, yes, no)."
