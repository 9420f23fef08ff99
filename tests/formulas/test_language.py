"""What the language takes, what it refuses, and how it says so."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fallline.formulas import FormulaError, latex_name, parse, parse_rule, to_source
from fallline.formulas.errors import REASONS, fault_text
from fallline.formulas.functions import float_function
from fallline.formulas.nodes import ordered
from fallline.formulas.vocabulary import FUNCTIONS
from fallline.problems.problem import expression_problem
from fallline.sentences import names_in

XY = ("x", "y")

REFUSED = [
    ("x + q", 5, "q", "unknown name"), ("x^2 + foo(y)", 7, "foo(y)", "Did you mean floor"), ("x^^2", 3, "^2", "not expected"),
    ("x**2 +", 7, "", "breaks off"), ("sin(x, y)", 1, "sin(x, y)", "1 argument, not 2"), ("max(x)", 1, "max(x)", "at least 2"),
    ("x.real", 1, "x.real", "not part"), ("1j", 2, "j", "unknown name"), ("1e400", 1, "1e400", "too large"),
    ("x\u00b2", 2, "\u00b2", "Write ^2"), ("3\u00d7x", 2, "\u00d7", "Write *"), ("where(x, 1, 2)", 7, "x", "one comparison"),
    ("where(x > 1 > 0, 1, 2)", 7, "x > 1 > 0", "one comparison"), ("where(x > 1, 2)", 1, "where(x > 1, 2)", "3 arguments"),
    ("x > 1", 1, "x > 1", "where"), ("2 x", 3, "x", "2*x"), ("x 2", 3, "2", "2*x"), ("2 (x + 1)", 1, "2", "2*(x + 1)"), ("x^2(x + 1)", 3, "2", "2*(x + 1)"), ("1/(2)x", 6, "x", "2*x"),
    ("1/2x", 3, "2x", "2*x"), ("1/-2x", 4, "2x", "2*x"), ("x^2y", 3, "2y", "2*x"), ("x^xy", 3, "xy", "unknown name"), ("x^(2)y", 6, "y", "2*x"), ("x y", 3, "y", "2*x"), ("sin x", 5, "x", "2*x"), ("2e", 1, "2e", "2*x"),
    ("1e5x", 3, "5x", "2*x"), ("3xz + 1", 2, "xz", "unknown name"), ("x^2 + 2xy q", 11, "q", "2*x"), ("x2", 1, "x2", "unknown name"), ("[1]", 1, "[1]", "not part"),
    ("'a'", 1, "'a'", "not a number"), ("True", 1, "True", "not a number"), ("None", 1, "None", "not a number"),
    ("x if y else 1", 1, "x if y else 1", "not part"), ("x, y", 1, "x, y", "not part"), ("(x", 1, "(x", "no partner"),
    ("x)", 2, ")", "no partner"), ("", 1, "", "empty"), ("   ", 1, "", "empty"), ("x // 2", 1, "x // 2", "not part"),
    ("x % 2", 1, "x % 2", "not part"), ("x @ y", 1, "x @ y", "not part"), ("~x", 1, "~x", "not part"), ("not x", 1, "not x", "not part"),
    ("x and y", 1, "x and y", "not part"), ("lambda: 0", 1, "lambda: 0", "not part"), ("__import__('os')", 1, "", "unknown function"),
    ("sin", 1, "sin", "unknown name"), ("sin(x=1)", 1, "sin(x=1)", "without names"), ("sin(*x)", 5, "*x", "not part"),
    ("(x := 1)", 2, "x := 1", "not part"), ("f'{x}'", 1, "f'{x}'", "not part"), ("x\x00", 2, "\x00", "U+0000"),
    ("\uff58", 1, "\uff58", "ASCII"), ("x;y", 2, ";y", "not expected"), ("x = 3", 3, "=", "not expected"), ("x[0]", 1, "x[0]", "not part"),
    ("[x for x in y]", 1, "[x for x in y]", "not part"), ("b'x'", 1, "b'x'", "not a number"), ("x << 9**9", 1, "x << 9**9", "not part"),
    ("...+x", 1, "...", "not a number"), ("# x", 4, "", "breaks off"), ("x\x07", 2, "\x07", "U+0007"), ("x\u200b*x", 2, "\u200b", "U+200B"),
    ("9" * 900, 1, "9", "too large"), ("x\n+ y", 1, "+", "line 2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "word", "says"), REFUSED, ids=[repr(r[0]) for r in REFUSED])
def test_a_refusal_names_column_word_and_what_is_allowed(text, column, word, says):
    with pytest.raises(FormulaError) as caught:
        parse(text, XY)
    assert caught.value.column == column
    assert caught.value.word.startswith(word)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x^2 +", 'column 6: the formula breaks off after "+": a number, a name or ( must come here.'),
        ("x**2 + 3**", 'column 11: the formula breaks off after "**": a number, a name or ( must come here.'),
        ("x +  # more", 'breaks off after "+": a number, a name or ( must come here.'),
        ("x^^2", 'column 3: "^2" is not expected after "^": a number, a name or ( must come here.'),
        ("x + * y", 'column 5: "*" is not expected after "+": a number, a name or ( must come here.'),
        ("sin(,x)", '",x)" is not expected after "(": a number, a name or ( must come here.'),
        ("x = 3", 'column 3: "=" is not expected here.'), ("# x", "breaks off: a number, a name or ( must come here."),
    ],
)  # fmt: skip
def test_where_a_value_is_missing_it_says_what_must_come_and_what_stands_before(text, says):
    with pytest.raises(FormulaError) as caught:
        parse(text, XY)
    assert caught.value.values["in_short"].endswith(says)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("cos(3x)", "cos(3*x)"), ("2xy", "2*x*y"), ("-2xy^2 + 3", "-2*x*y^2 + 3"), ("2(x + 1)3y", None), ("2(x + 1)", "2*(x + 1)"),
        ("xy", "x*y"), ("x(x + 1)(y - 2)", "x*(x + 1)*(y - 2)"), ("cos(3x)sin(y)", "cos(3*x)*sin(y)"), ("2x(y)", "2*x*y"), ("(1/2)x", "(1/2)*x"),
        ("pi(x)", "pi*x"), ("(x)e", "x*e"), ("2.exp(x)", "2*exp(x)"), ("1/2 + xy", "1/2 + x*y"), ("where(xy > 1, 2x, y)", "where(x*y > 1, 2*x, y)"),
        ("x -y", "x - y"), ("(x)\n(y)", None),
        ("x - .5y", "x - 0.5*y"), ("2.(x)", "2*x"), ("2exp(x)", "2*exp(x)"), ("2pi*x", "2*pi*x"), ("2e3", "2000"), ("x*2y", "x*2*y"),
        ("max(2x,3y)", "max(2*x, 3*y)"), ("0x1F", "31"), ("1/(2x)", "1/(2*x)"), ("(1/\n2x)", None), ("x^(2y)", "x^(2*y)"),
        ("x # 1/\n", "x"), ("10x^2", "10*x^2"),
    ],
)  # fmt: skip
def test_the_sign_of_a_product_may_be_left_out_where_it_is_clear(text, written):
    if written is None:
        with pytest.raises(FormulaError):
            parse(text, XY)
    else:
        assert parse(text, XY) is parse(written, XY)


def test_in_a_rule_too_but_a_name_stays_whole():
    assert parse_rule("w = w - 2lr*g") == parse_rule("w = w - 2*lr*g")
    with pytest.raises(FormulaError, match="Write \\* for times"):
        parse_rule("w = w - lr g")
    assert parse_rule("w = w - 2wg*g").hyperparameters == ("wg",)


@pytest.mark.parametrize(
    "text",
    ["-" * 900 + "x", "(" * 400 + "x" + ")" * 400, "abs(" * 200 + "x" + ")" * 200, "x" + "+x" * 480, "x**" * 300 + "2"],
)
def test_depth_and_size_are_checked_before_anything_recurses(text):
    with pytest.raises(FormulaError):
        parse(text[:1000], XY)


@pytest.mark.parametrize("sign", ["+", "-", "*"])
def test_what_stands_in_a_row_is_no_deeper_for_it(sign):
    terms = [f"{i % 9 + 1}*x" if sign != "*" else f"(x - {i % 7})" for i in range(90)]
    root = parse(sign.join(terms), ("x",))
    (found,) = float_function(("x",), (root,))(0.3)
    assert found == eval(sign.join(terms), {}, {"x": 0.3})
    assert parse(to_source(root), ("x",)) is root


def test_a_sum_may_be_as_long_as_a_formula():
    text = "x" + "-x" * 299
    root = parse(text, ("x",))
    assert to_source(root) == text.replace("-", " - ")
    with pytest.raises(FormulaError, match="more than 600 parts"):
        parse("x" + "-x" * 300, ("x",))


@pytest.mark.parametrize(("count", "column"), [(65, 65), (200, 65), (490, 65)])
def test_too_many_brackets_are_called_too_deep(count, column):
    with pytest.raises(FormulaError, match="nested more than 64 deep") as caught:
        parse("(" * count + "x" + ")" * count, XY)
    assert caught.value.column == column
    assert parse("(" * 64 + "x" + ")" * 64, XY) is parse("x", XY)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("x^2 % y^2", "x^2 % y^2"), ("x**2 % y^2", "x**2 % y^2"), ("  x^2 + q^2", "q"), ("x^2 @ y**3 + 1", "x^2 @ y**3"),
        ("\n\n x^2 + sine(x^2)", "sine(x^2)"), ("(x\n+ y^2 % x)", "y^2 % x"), ("x^^2", "^2"), ("1 + x^2 y^2", "y^2"),
    ],
)  # fmt: skip
def test_what_is_refused_is_quoted_as_it_was_typed(text, quoted):
    with pytest.raises(FormulaError) as caught:
        parse(text, XY)
    error = caught.value
    assert error.word == quoted
    assert text.split("\n")[error.line - 1][error.column - 1 :].startswith(quoted)


@pytest.mark.parametrize("word", ["lambda", "class", "def", "if", "in", "is", "from"])
def test_a_word_that_python_keeps_is_told_with_one_that_may_be_used(word):
    with pytest.raises(FormulaError, match=f'"{word}" is a word of Python\'s own') as caught:
        parse_rule(f"m = g\nw = w - 0.9*{word}*m")
    assert (caught.value.line, caught.value.column, caught.value.word) == (2, 13, word)
    assert f"write {word}_" in str(caught.value)
    assert ("Greek" in str(caught.value)) == (word == "lambda")
    rule = parse_rule(f"{word}_ = 0.9*{word}_ + g\nw = w - {word}_")
    assert rule.states == (f"{word}_",)


def test_lambda_with_a_line_after_it_is_printed_as_the_greek_letter():
    assert latex_name("lambda_") == r"\lambda"


@pytest.mark.parametrize(
    ("name", "why"),
    [("_a", "begins with _"), ("a__b", "has two _ in a row"), ("a" * 33, "has more than 32 characters")],
)
def test_what_is_no_name_is_told_why(name, why):
    with pytest.raises(FormulaError, match=f"is not a name here: it {why}"):
        parse_rule(f"w = w - {name}*g")


@pytest.mark.parametrize(
    ("rule", "column", "word"),
    [
        ("lr = 3\nw = w - g", 1, "lr"), ("m += g\nw = w - m", 1, "m += g"), ("  m += g^2 # all\n  w = m", 3, "m += g^2"),
        ("w", 1, "w"), ("a, b = 3", 1, "a, b = 3"), ("w = " + "-" * 65 + "m", 70, "m"),
    ],
)  # fmt: skip
def test_a_line_that_is_refused_is_quoted_too(rule, column, word):
    with pytest.raises(FormulaError) as caught:
        parse_rule(rule)
    assert (caught.value.line, caught.value.column, caught.value.word) == (1, column, word)


@pytest.mark.parametrize("comment", ["\u03b7 \u2248 0.1", "Stra\u00dfe \u00b7 \u6b65", "a ^ b (((", "\U0001f4c9"])
def test_a_comment_may_have_any_letter(comment):
    rule = parse_rule(f"# {comment}\nw = w - lr*g^2  # {comment}")
    assert rule.lines == parse_rule("w = w - lr*g^2").lines
    with pytest.raises(FormulaError) as caught:
        parse_rule(f"m = g # {comment}\nw = w - lr*g^2 % m  # {comment}")
    assert (caught.value.line, caught.value.column, caught.value.word) == (2, 9, "lr*g^2 % m")


@pytest.mark.parametrize("character", ["\u2028", "\u202e", "\x0c", "\r", "\x85", "\ud800"])
def test_a_comment_has_no_end_but_that_of_its_line(character):
    with pytest.raises(FormulaError, match=r"line 1, column|column 10"):
        parse_rule(f"w = w # a{character}g = 1")


def test_lines_may_end_as_on_windows():
    assert parse_rule("m = g\r\nw = w - m\r\n").lines == parse_rule("m = g\nw = w - m").lines


def test_a_long_text_is_refused_by_its_length():
    with pytest.raises(FormulaError, match="1001 characters"):
        parse("x" + " " * 999 + "+", XY)
    with pytest.raises(FormulaError, match="line 2, column 997: the text has 1001 characters"):
        parse_rule("m=g\n" + "w" * 997)


@pytest.mark.parametrize("text", ["1if x else y", "0x1for x", "'\\d'", "1()", "x is 1"])
def test_what_python_would_warn_of_is_refused_without_a_warning(text, recwarn):
    with pytest.raises(FormulaError):
        parse(text, XY)
    assert not recwarn.list


@pytest.mark.slow
@settings(max_examples=200, deadline=None, derandomize=True)  # make fuzz has many more
@given(
    st.one_of(st.text(max_size=60), st.text(alphabet="xy()+-*/^.,_'\"[]{}:=<>0123456789einfpslogax \n", max_size=60))
)
@example("().__class__.__bases__[0].__subclasses__()")
@example("exec('x')")
@example("x.__class__")
def test_no_text_gets_past_the_whitelist(text):
    try:
        root = parse(text, XY)
    except FormulaError:
        return
    for item in ordered((root,)):
        assert item.op in {"number", "name", "neg", "add", "sub", "mul", "div", "pow", "call", "where"}
        assert item.op != "name" or item.value in XY
        assert item.op != "call" or item.value in FUNCTIONS


def test_a_rule_sorts_its_names():
    rule = parse_rule("m = beta*m + (1 - beta)*g\nm_hat = m/(1 - beta**t)\nw = w - lr*m_hat")
    assert (rule.states, rule.hyperparameters, rule.intermediates) == (("m",), ("beta",), ("m_hat",))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("m = g", 1, 'no line assigns "w"'), ("w = w - q q", 1, "not expected"), ("w = w\ng = 2", 2, "cannot be assigned"),
        ("w = w\nw += 1", 2, "assignment"), ("w, m = 1, 2", 1, "assignment"), ("import os", 1, "assignment"), ("", 1, "empty"),
        ("w = w - __class__", 1, "not a name"), ("# only a comment", 1, "no line"), ("w = w\nx = foo(g)", 2, "unknown function"),
        ("w.x = 1", 1, "assignment"), ("w[0] = 1", 1, "assignment"), ("w = m = g", 1, "assignment"), ("t = 1\nw = w", 1, "cannot be assigned"),
        ("pi = 3\nw = pi", 1, "cannot be assigned"), ("lr = 3\nw = lr", 1, "cannot be assigned"), ("for i in w: w = 1", 1, "assignment"),
    ],
)  # fmt: skip
def test_a_rule_is_refused_with_its_line(text, line, says):
    with pytest.raises(FormulaError) as caught:
        parse_rule(text)
    assert caught.value.line == line
    assert says in str(caught.value)


IN_FORMULAS = {
    "empty": "", "no_variable": "3", "too_long": "x" * 1001, "too_deep": "(" * 65 + "x" + ")" * 65,
    "too_many_parts": "x" + "-x" * 300, "wrong_character": "x\u202e", "foreign_character": "x\u00b2", "no_partner": "(x",
    "breaks_off": "x +", "not_expected": "x^^2", "no_sign": "2 x", "python_word": "x + lambda", "not_part": "x % 2",
    "not_a_number": "True", "too_large": "1e400", "unknown_name": "x + q", "unknown_function": "sine(x)",
    "not_a_function": "2 (x + 1)", "named_arguments": "sin(x=1)", "argument_count": "sin(x, y)",
    "too_few_arguments": "max(x)", "where_arguments": "where(x > 1, 2)", "where_comparison": "where(x, 1, 2)",
    "comparison": "x > 1",
}  # fmt: skip
IN_RULES = {
    "name_begins_with_underscore": "w = _a", "name_has_two_underscores": "w = a__b", "name_too_long": "w = " + "a" * 33,
    "not_an_assignment": "w", "given_name": "w = w\ng = 2", "no_result": "m = g", "no_line": "# x", "python_word": "w = lambda",
}  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "read"), [
    *((reason, text, expression_problem) for reason, text in IN_FORMULAS.items()),
    *((reason, text, parse_rule) for reason, text in IN_RULES.items()),
])  # fmt: skip
def test_every_reason_is_met_and_told_by_its_values_alone(reason, text, read):
    with pytest.raises(FormulaError) as caught:
        read(text)
    assert caught.value.reason == reason
    values = json.loads(json.dumps(caught.value.values))
    assert str(caught.value) == fault_text(values)
    assert values.keys() - {"reason", "line", "column", "word", "in_short"} <= names_in(REASONS[reason])


def test_no_reason_is_left_out():
    assert IN_FORMULAS.keys() | IN_RULES.keys() == REASONS.keys()


def test_what_is_allowed_is_told_as_names():
    with pytest.raises(FormulaError) as caught:
        parse("x + zz", XY)
    assert caught.value.values == {
        "reason": "unknown_name",
        "line": 1,
        "column": 5,
        "word": "zz",
        "name": "zz",
        "variables": ["x", "y"],
        "in_short": 'column 5: unknown name "zz".',
    }
    with pytest.raises(FormulaError, match="numbers, w, g, t, lr, names of your own, pi") as caught:
        parse_rule("w = sine(g)")
    assert (caught.value.values["given"], caught.value.values["nearest"]) == (["w", "g", "t", "lr"], ["sin", "sinh"])
    assert caught.value.values["in_short"] == 'column 5: unknown function "sine". Did you mean sin or sinh?'


def test_columns_count_the_text_as_it_was_typed():
    with pytest.raises(FormulaError) as caught:
        parse("x^2 + y^2 + x^3 + q", XY)
    assert caught.value.column == 19
    with pytest.raises(FormulaError) as caught:
        parse_rule("  w = w - lr*g^2\n  m = 1 + g^2 + foo(g)")
    assert (caught.value.line, caught.value.column) == (2, 17)
