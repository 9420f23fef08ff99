"""Words in a picture: what they hold cannot act, and they are about as wide as they are taken to be."""

from __future__ import annotations

import math
from functools import cache
from html import unescape

import pytest

from fallline.drawing import Canvas, Route, Scene, picture
from fallline.drawing.legend import readable
from fallline.drawing.number_text import value_text, with_minus
from fallline.drawing.svg import escaped, line_of_text, number, shortened, tag, width_of
from fallline.problems import SURFACES, surface_problem
from tests.drawing.scenes import drawn, elements, run, texts

HOSTILE = [
    "<script>alert(1)</script>",
    "</text></svg><img src=x onerror=alert(1)>",
    '" onload="alert(1)',
    "' style='fill:red",
    "&lt;b&gt; &amp; &#x3c;",
    "]]><![CDATA[x",
    "<!-- --> <?xml?> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "a\x00b\x08c\x1bd\x7f",
    "line\nbreak\ttab\r",
    "rtl \u202e override \u2066 isolate",
    "\ud800 lone surrogate",
    "\ufffe\uffff no characters",
    "שלום עולם",
    "日本語のラベル",
    "e\u0301 x\u0302 combining",
    "🎢 ride",
    "url(#r0) javascript:alert(1)",
    "w" * 400,
]


def strokes_above(root, stroked=False):
    """Each element with words or a fill of its own -> whether it has a stroke, that of a group counted."""
    stroked = (stroked or root.get("stroke") is not None) and root.get("stroke") != "none"
    yield root, stroked
    for each in root:
        yield from strokes_above(each, stroked)


@pytest.mark.parametrize("width", [360, 800])
def test_a_halo_lies_below_words_and_never_over_them(width):
    ravine = surface_problem("ravine")
    root = drawn(Scene(ravine, "t", "t", (Route(run(ravine, 0.022, (-4.0, 1.0)), "n", "d"),)), width)
    halos = {True: [], False: []}
    for element, stroked in strokes_above(root):
        if element.tag.endswith("}text"):
            halos[stroked].append(("".join(element.itertext()), element.get("x")))
    assert halos[True]
    assert set(halos[True]) <= set(halos[False])
    assert not any("paint-order" in element.attrib for element in root.iter()), "CairoSVG and others do not know it"


def test_the_legend_has_room_for_a_wide_font():
    ravine = surface_problem("ravine")
    root = drawn(Scene(ravine, "t", "t", (Route(run(ravine, 0.01), "Gradient descent", "0.002"),) * 2), 800)
    first, second = (float(each.get("x")) for each in elements(root, "text") if "Gradient" in "".join(each.itertext()))
    sample = 36 + 7
    # In DejaVu Sans Bold at 14 and DejaVu Sans at 13.5 pixels, measured by Pillow from its files; 5.4 between the two
    assert first + 136.0 + 5.4 + 38.6 + 12 < second - sample


def clean(text):
    return unescape(escaped(text))


def test_a_joined_emoji_stays_one():
    assert escaped("\U0001f469\u200d\U0001f680 \u2764\ufe0f") == "\U0001f469\u200d\U0001f680 \u2764\ufe0f"


@cache
def plain_tags(width):
    """The elements of the picture with harmless words."""
    ravine = surface_problem("ravine")
    routes = (Route(run(ravine, 0.022, (-4.0, 1.0)), "n", "n"), Route(run(ravine, 0.01), "n", ""))
    return {element.tag for element in drawn(Scene(ravine, "t", "t", routes), width).iter()}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_everywhere(text):
    ravine = surface_problem("ravine")
    routes = (Route(run(ravine, 0.022, (-4.0, 1.0)), text, text), Route(run(ravine, 0.01), text, ""))
    shown = Scene(ravine, text, text, routes)
    for width in (120, 360, 800):
        root = drawn(shown, width)
        names = [element.tag for element in root.iter()]
        assert set(names) == plain_tags(width)
        assert not any(key.startswith("on") or key == "style" for element in root.iter() for key in element.attrib)
        assert root[0].text == clean(text)
    said = texts(drawn(shown, 2000))
    assert any(line.startswith(clean(text)[:8]) for line in said)


def test_only_what_can_be_printed_is_printed():
    assert clean("a\x00\u202eb\ud800\ufffe\n") == "a\ufffd\ufffdb\ufffd\ufffd\ufffd"
    assert clean("naïve 数 שלום −1×10⁻³") == "naïve 数 שלום −1×10⁻³"
    assert picture(Scene(surface_problem("bowl"), "\ud800"), Canvas(300)).encode()


def test_a_name_keeps_its_own_direction():
    shown = Scene(surface_problem("bowl"), "", routes=(Route(run(surface_problem("bowl"), 0.1), "שלום", "0.1"),))
    spans = {span.text: span.get("unicode-bidi") for span in elements(drawn(shown), "tspan")}
    assert (spans["שלום"], spans["0.1"]) == ("isolate", None)


def test_elements_have_attributes_as_svg_writes_them():
    assert tag("g", "<x/>", stroke_width=1.0, fill=None, d='a"b<') == '<g stroke-width="1" d="a&quot;b&lt;"><x/></g>'
    assert (
        line_of_text("a<b", 1, 2.5, 12, text_anchor="end")
        == '<text x="1" y="2.5" font-size="12" text-anchor="end">a&lt;b</text>'
    )
    assert [number(value) for value in (0, -0.001, 1.5, 2.005, 100, -3.14159)] == ["0", "0", "1.5", "2", "100", "-3.14"]


@pytest.mark.parametrize(
    ("text", "ems"),
    # Sums of the advance widths in Adobe's metrics of Helvetica, in thousandths of an em.
    [
        ("Gradient descent", 7282),
        ("Momentum", 5168),
        ("RMSProp", 4613),
        ("0.0015", 3058),
        ("start", 1946),
        ("WAVE", 2945),
    ],
)
def test_widths_are_about_those_of_helvetica(text, ems):
    assert width_of(text, 1000) == pytest.approx(ems, rel=0.06)


def test_wide_and_combining_signs_count_as_what_they_take():
    assert width_of("日本", 10) == 20
    assert width_of("e\u0301", 10) == width_of("e", 10)


def test_a_text_without_room_ends_in_an_ellipsis():
    assert shortened("Gradient descent", 10, 1000) == "Gradient descent"
    short = shortened("Gradient descent", 10, 50)
    assert short.endswith("…")
    assert "Gradient descent".startswith(short[:-1])
    assert width_of(short, 10) <= 50


@pytest.mark.parametrize(
    ("formula", "printed"),
    [
        ("x**2 + 3*y**2", "x² + 3y²"),
        ("100*(y - x**2)**2", "100(y − x²)²"),
        ("x*y", "x·y"),
        ("20 - 10*cos(2*pi*x)", "20 − 10 cos(2πx)"),
        ("x**2/16*(1 + y)", "x²/16·(1 + y)"),
        ("x/2*y", "x/2·y"),
        ("x ** 12", "x¹²"),
        ("x**0.5", "x^0.5"),
        ("x**-2", "x^−2"),
        ("2**x", "2^x"),
        ("2*3*x", "2·3x"),
        ("1.5e-3*x", "1.5e−3·x"),
    ],
)
def test_formulas_are_printed_as_they_are_read(formula, printed):
    assert readable(formula) == printed


def test_no_formula_of_the_catalog_keeps_a_sign_of_programs():
    assert not any("*" in readable(surface.expression) for surface in SURFACES.values())


def test_numbers_that_are_none_have_words():
    assert [value_text(value) for value in (math.inf, -math.inf, math.nan)] == ["∞", "−∞", "undefined"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3 or -1, from (-5, -0.4)", "3 or −1, from (−5, −0.4)"),
        ("by 1 - lr λ", "by 1 − lr λ"),
        ("mini-batch, x-1, w[0]-1, 2024-05, 1e-6", "mini-batch, x-1, w[0]-1, 2024-05, 1e-6"),
    ],
)
def test_typed_numbers_have_minus_signs_and_words_keep_their_hyphens(typed: str, read: str):
    assert with_minus(typed) == read
