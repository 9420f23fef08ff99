"""Markdown with formulas between dollars, each of which becomes an element with its TeX; numbers in its text have true
minus signs."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.course.lessons.values import FORMULA
from fallline.drawing.number_text import with_minus

MARK = "$"


def _inline_formula(state: StateInline, silent: bool) -> bool:
    match = FORMULA.match(state.src, state.pos)
    if state.src[state.pos] != MARK or not match:
        return False
    if not silent:
        token = state.push("formula", "span", 0)
        token.content, token.block = match[0].strip(MARK).strip(), match[0].startswith(MARK * 2)
    state.pos = match.end()
    return True


def _block_formula(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Lines from one that begins with two dollars to the one that ends with them."""
    lines = [state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]] for line in range(first, end)]
    if not lines[0].startswith(MARK * 2):
        return False
    last = next((n for n, line in enumerate(lines) if line.rstrip().endswith(MARK * 2) and (n or len(line) > 4)), None)
    if last is None:
        return False
    if not silent:
        token = state.push("formula", "div", 0)
        token.content, token.block = "\n".join(lines[: last + 1]).strip().strip(MARK).strip(), True
        state.line = first + last + 1
    return True


def _formula(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, ___: EnvType) -> str:
    token = tokens[index]
    kind = "formula display" if token.block else "formula"
    return f'<{token.tag} class="{kind}">{escapeHtml(token.content)}</{token.tag}>'


def _folds(state: StateCore) -> None:
    """A quotation is what may be folded out; its first paragraph says what that is."""
    for index, token in enumerate(state.tokens):
        if token.type.startswith("blockquote"):
            token.tag = "details"
        if token.type == "blockquote_open":
            state.tokens[index + 1].tag = state.tokens[index + 3].tag = "summary"


def _minus_signs(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = with_minus(child.content)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("escape", "formula", _inline_formula)
    parser.block.ruler.before("fence", "formula", _block_formula, {"alt": ["paragraph", "list"]})
    parser.core.ruler.push("folds", _folds)
    parser.core.ruler.push("minus_signs", _minus_signs)
    parser.add_render_rule("formula", _formula)
    return parser


PARSER = _parser()


def inline(text: str) -> str:
    """One line of Markdown as HTML."""
    return str(PARSER.renderInline(text))
