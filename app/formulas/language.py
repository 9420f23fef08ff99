"""Text to expression tree, through a whitelist over Python's own `ast`.

A formula is numbers, names, `pi`, `e`, + - * / ** (also written ^), unary minus, the functions of the vocabulary and
`where(a > b, yes, no)`. A rule is lines `name = formula`. Nothing else parses, and nothing is ever executed: text
becomes nodes, and code is written from nodes.
"""

from __future__ import annotations

import ast
import difflib
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.formulas.nodes import REAL, Node, call, name, node, number, ordered, where
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS

MAX_CHARACTERS = 1000
MAX_NODES = 600
MAX_DEPTH = 64

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
"""What people paste from a document, and what it is here."""

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

    def __reduce__(self) -> tuple[type[FormulaError], tuple[object, ...]]:
        return type(self), (self.problem, self.line, self.column, self.word, self.allowed)


@dataclass(frozen=True)
class Rule:
    """Lines of a rule, in order, with the part each name plays.

    Args:
        lines: (name, formula) of each line.
        states: names read before they are assigned; they carry over to the next step.
        hyperparameters: names that are read and never assigned.
        intermediates: every other assigned name.
    """

    text: str
    lines: tuple[tuple[str, Node], ...]
    states: tuple[str, ...]
    hyperparameters: tuple[str, ...]
    intermediates: tuple[str, ...]


@lru_cache(maxsize=1024)
def _parse_cached(text: str, variables: tuple[str, ...]) -> Node:
    reader = _Reader(text, variables)
    statements = reader.statements("eval")
    return reader.build(statements[0])


def parse(text: str, variables: Collection[str]) -> Node:
    """The expression tree of one formula.

    Args:
        text: at most MAX_CHARACTERS characters of ASCII.
        variables: the names it may use beside `pi` and `e`.

    Raises:
        FormulaError: with the line, the column and what is allowed there.
    """
    return _parse_cached(text, tuple(variables))


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
    reader = _Reader(text, None)
    lines = tuple(reader.assignment(item, given, result) for item in reader.statements("exec"))
    assigned = [target for target, _ in lines]
    if result not in assigned:
        raise FormulaError(f'no line assigns "{result}"', 1, 1, "", f"A rule needs a line {result} = ...")
    return _classified(reader.text, lines, given)


def _classified(text: str, lines: tuple[tuple[str, Node], ...], given: Sequence[str]) -> Rule:
    assigned = {target for target, _ in lines}
    so_far: set[str] = set(given)
    states: dict[str, None] = {}
    hyperparameters: dict[str, None] = {}
    for target, formula in lines:
        for read in _names_in_order(formula):
            if read in assigned and read not in so_far:
                states[read] = None
            elif read not in assigned and read not in given:
                hyperparameters[read] = None
        so_far.add(target)
    intermediates = dict.fromkeys(n for n, _ in lines if n not in states and n not in given)
    return Rule(text, lines, tuple(states), tuple(hyperparameters), tuple(intermediates))


def _has_point(item: ast.AST) -> bool:
    item = item.operand if isinstance(item, ast.UnaryOp) else item
    return isinstance(item, ast.Constant) and isinstance(item.value, float)


def _names_in_order(formula: Node) -> list[str]:
    return [str(item.value) for item in ordered((formula,)) if item.op == "name"]


class _Reader:
    """One text on its way to nodes; knows where each character came from."""

    def __init__(self, text: str, variables: Collection[str] | None) -> None:
        self.given_text = text
        self.text = textwrap.dedent(text)
        self.variables = variables
        self.nodes = 0
        self._check_characters()

    # text -> ast

    def statements(self, mode: str) -> list[ast.AST]:
        source = self.text.replace("^", "**")
        source = source.strip() if mode == "eval" else source
        if not source.strip():
            raise FormulaError("the formula is empty", 1, 1, "", self._allowed())
        tree = self._python_tree(source, mode)
        parts: list[ast.AST] = [tree.body] if isinstance(tree, ast.Expression) else list(tree.body)
        if not parts:
            raise FormulaError("there is no line with a formula", 1, 1, "", self._allowed())
        for part in parts:
            self._check_shape(part)
        return parts

    def _check_characters(self) -> None:
        if len(self.text) > MAX_CHARACTERS:
            raise FormulaError(
                f"the text has {len(self.text)} characters", 1, MAX_CHARACTERS + 1, "",
                f"At most {MAX_CHARACTERS} are allowed.",
            )  # fmt: skip
        for row, line in enumerate(self.text.split("\n")):
            for column, character in enumerate(line):
                if not (character.isascii() and (character.isprintable() or character in "\t\r")):
                    self._refuse_character(row + 1, column + 1, character)

    def _refuse_character(self, line: int, column: int, character: str) -> None:
        known = _SPELLINGS.get(character)
        advice = f"Write {known} instead." if known else "Only plain ASCII letters, digits and operators are allowed."
        shown = f'"{character}"' if character.isprintable() else f"U+{ord(character):04X}"
        raise FormulaError(f"the character {shown} is not part of the language", line, column, character, advice)

    def _python_tree(self, source: str, mode: str) -> ast.Expression | ast.Module:
        try:
            tree = ast.parse(source, mode=mode)
        except SyntaxError as error:
            raise self._syntax_error(error, source) from None
        except (ValueError, RecursionError, MemoryError, OverflowError):
            raise FormulaError("this is nested too deeply or not readable", 1, 1, "", self._allowed()) from None
        assert isinstance(tree, ast.Expression | ast.Module)
        return tree

    def _syntax_error(self, error: SyntaxError, source: str) -> FormulaError:
        rows = source.split("\n")
        line = min(error.lineno or 1, len(rows))
        row = rows[line - 1]
        offset = error.offset - 1 if error.offset else len(row.rstrip())
        word = row[offset : offset + 12].split(" ")[0]
        problem, advice = f'"{word}" is not expected here', ""
        if "never closed" in error.msg or "unmatched" in error.msg:
            problem = f'"{row[offset : offset + 1]}" has no partner'
        elif not word or offset >= len(row.rstrip()):
            problem = "the formula breaks off here"
        elif "decimal literal" in error.msg or row[:offset].rstrip()[-1:].isalnum():
            advice = "Write * for times, as in 2*x. "
        return FormulaError(problem, line, self._column(line, offset), word, advice + self._allowed())

    def _column(self, line: int, offset: int) -> int:
        """Column from 1 in the given text of an offset in the text in which every ^ has become **."""
        rows = self.text.split("\n")
        row = rows[line - 1] if line <= len(rows) else ""
        if self.variables is not None:
            row = row.lstrip()
        seen = position = 0
        while seen < offset and position < len(row):
            seen += 2 if row[position] == "^" else 1
            position += 1
        given = self.given_text.split("\n")
        indent = len(given[line - 1]) - len(given[line - 1].lstrip()) - (len(row) - len(row.lstrip()))
        return position + 1 + max(indent, 0)

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
                raise self.error(item, f"the formula is nested more than {MAX_DEPTH} deep", "")
            stack.extend((child, depth + counted) for child in ast.iter_child_nodes(item))

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
        """The node of an ast that `_check_shape` has found small enough for recursion."""
        match item:
            case ast.Constant():
                return self._number(item)
            case ast.Name():
                return self._name(item)
            case ast.BinOp() if type(item.op) in _OPERATORS:
                kind = REAL if isinstance(item.op, ast.Pow) and _has_point(item.right) else None
                return node(_OPERATORS[type(item.op)], self.build(item.left), self.build(item.right), value=kind)
            case ast.UnaryOp(op=ast.USub()):
                return node("neg", self.build(item.operand))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.build(item.operand)
            case ast.Call():
                return self._call(item)
            case ast.Compare():
                raise self.error(item, "a comparison may only be the first part of where(a > b, yes, no)")
        raise self.error(item, f"{self._shown(item)} is not part of the language")

    def _number(self, item: ast.Constant) -> Node:
        if isinstance(item.value, bool) or not isinstance(item.value, int | float):
            raise self.error(item, f"{self._shown(item)} is not a number")
        try:
            value = float(item.value)
        except OverflowError:
            value = float("inf")
        if value == float("inf"):
            raise self.error(item, "the number is too large", "A number is at most 1.8e308.")
        return number(value)

    def _name(self, item: ast.Name) -> Node:
        if item.id in CONSTANTS and (self.variables is None or item.id not in self.variables):
            return number(CONSTANTS[item.id])
        if self.variables is None:
            self._check_name(item, item.id)
        elif item.id not in self.variables:
            raise self._unknown(item, item.id, [*self.variables, *CONSTANTS], "name")
        return name(item.id)

    def _check_name(self, item: ast.AST, text: str) -> None:
        if "__" in text or text.startswith("_") or len(text) > 32:
            raise self.error(item, f'"{text[:40]}" is not a name here', "A name is at most 32 letters, digits and _.")

    def _call(self, item: ast.Call) -> Node:
        if not isinstance(item.func, ast.Name):
            advice = "Write * for times, as in 2*(x + 1). "
            raise self.error(item, f"{self._shown(item.func)} cannot be called", advice + self._allowed())
        wanted = item.func.id
        if wanted not in _FUNCTION_NAMES:
            raise self._unknown(item, wanted, _FUNCTION_NAMES, "function")
        if item.keywords:
            raise self.error(item, f"{wanted} takes its arguments without names")
        if wanted == "where":
            return self._where(item)
        self._check_arity(item, wanted)
        first, *rest = (self.build(argument) for argument in item.args)
        if not FUNCTIONS[wanted].many:
            return call(wanted, first, *rest)
        for argument in rest:
            first = call(wanted, first, argument)
        return first

    def _check_arity(self, item: ast.Call, wanted: str) -> None:
        function, count = FUNCTIONS[wanted], len(item.args)
        if count == function.arity or (function.many and count > function.arity):
            return
        needed = f"{'at least ' if function.many else ''}{function.arity} argument{'s' * (function.arity > 1)}"
        raise self.error(item, f"{wanted} takes {needed}, not {count}", "")

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
        line, offset = getattr(item, "lineno", 1), getattr(item, "col_offset", 0)
        sentence = self._allowed() if allowed is None else allowed
        return FormulaError(problem, line, self._column(line, offset), self._shown(item).strip('"'), sentence)

    def _unknown(self, item: ast.AST, word: str, known: Sequence[str], what: str) -> FormulaError:
        near = difflib.get_close_matches(word.lower(), known, n=2, cutoff=0.6)
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        shown = word if len(word) <= 40 else word[:37] + "..."
        return self.error(item, f'unknown {what} "{shown}"', hint + self._allowed())

    def _shown(self, item: ast.AST) -> str:
        try:
            text = ast.get_source_segment(self.text.replace("^", "**"), item) if isinstance(item, ast.expr) else None
        except (ValueError, IndexError):
            text = None
        text = (text or type(item).__name__.lower()).replace("**", "^" if "^" in self.text else "**")
        return f'"{text if len(text) <= 30 else text[:27] + "..."}"'

    def _allowed(self) -> str:
        names = "names of your own" if self.variables is None else ", ".join(self.variables)
        functions = ", ".join(FUNCTIONS)
        return f"Allowed are numbers, {names}, pi, e, + - * / ^ ( ), {functions} and where(a > b, yes, no)."
