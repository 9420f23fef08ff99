"""Pictures of results of a real size, in files, and on axes of Matplotlib."""

from __future__ import annotations

import re
import sys
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest

import fallline
from fallline.drawing.svg import width_of
from fallline.problems.surfaces import SURFACES
from fallline.results import picture_files

SVG = "{http://www.w3.org/2000/svg}"
FOUR = (
    "surface=himmelblau&start=1,5&max_steps=60&optimizer=gd:learning_rate=0.002&optimizer=heavy_ball:learning_rate=0.0015"
    "&optimizer=rmsprop:learning_rate=0.04&optimizer=adam:learning_rate=0.2"
)
WIDER = 1.15
"""By how much DejaVu Sans, in which a PDF is set on many systems, is wider than the letters that are measured."""


@pytest.fixture(scope="module")
def four():
    return fallline.run(FOUR)


@pytest.fixture(scope="module")
def ends():
    return fallline.basins("surface=himmelblau&optimizer=heavy_ball:learning_rate=0.0015", resolution=9)


def texts(svg, wider=1.0):
    """Every upright text: what it says, its size in pixels of the layout, and its box there.

    Args: wider: the letters against those that are measured.
    """
    found = []

    def look(element, x, y, size, anchor, bold):
        moved = re.match(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)", element.get("transform", ""))
        x, y = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
        size, anchor = float(element.get("font-size", size)), element.get("text-anchor", anchor)
        bold = bold or element.get("font-weight") == "600"
        if "rotate" in element.get("transform", ""):
            return
        if element.tag == f"{SVG}text":
            parts = [(element.text or "", bold)]
            parts += [("".join(part.itertext()), part.get("font-weight") == "600") for part in element]
            wide = wider * sum(width_of(text, size, bold=is_bold) for text, is_bold in parts)
            left = x + float(element.get("x", 0)) - {"start": 0, "middle": 0.5, "end": 1}[anchor] * wide
            line = y + float(element.get("y", 0))
            box = (left, line - 0.75 * size, left + wide, line + 0.2 * size)
            found.append(("".join(element.itertext()), size, box))
        for child in element:
            look(child, x, y, size, anchor, bold)

    look(ElementTree.fromstring(svg), 0.0, 0.0, 0.0, "start", False)
    return list(dict.fromkeys(found))


def size_of(svg):
    """Width and height as written, and the pixels of the layout for each pixel of 1/96 inch."""
    root = ElementTree.fromstring(svg)
    (wide, high), view = (root.get("width"), root.get("height")), root.get("viewBox").split()
    return wide, high, view[2:]


@pytest.mark.parametrize(
    ("width", "pixels"), [("88mm", 88 / 25.4 * 96), ("8.8cm", 88 / 25.4 * 96), ("3.5in", 336), ("252pt", 336)]
)
def test_a_length_is_the_width_and_type_is_of_8_points(four, width, pixels):
    svg = four.svg(width=width)
    wide, high, (across, up) = size_of(svg)
    assert wide == width
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", high).groups()
    assert width.endswith(unit)
    assert float(number) / float(re.match(r"[\d.]+", width)[0]) == pytest.approx(float(up) / float(across), rel=1e-3)
    points = {round(size * pixels / float(across) * 72 / 96, 2) for _, size, _ in texts(svg)}
    assert 8 in points
    assert 7.6 < min(points) < max(points) < 14.5


def test_type_is_of_the_size_that_is_asked_for(four):
    for width, points in (("180mm", 9), (900, 9), ("6in", 12)):
        svg = four.svg(width=width, font_size=points)
        root = ElementTree.fromstring(svg)
        (number,) = {size for text, size, _ in texts(svg) if text == "−4"}
        pixels = picture_files.SVG_DPI / 72 * points
        across = {"180mm": 180 / 25.4 * 96, 900: 900, "6in": 576}[width]
        assert number * across / float(root.get("viewBox").split()[2]) == pytest.approx(pixels, rel=1e-4)


@pytest.mark.parametrize("surface", [each if isinstance(each, str) else each.name for each in SURFACES])
def test_no_label_lies_on_another_at_88_mm(surface):
    runs = [{"name": name, "learning_rate": 0.01} for name in ("gd", "momentum", "adam", "rmsprop")]
    result = fallline.run(problem={"surface": surface}, optimizers=runs, stop={"max_steps": 60})
    for look in ({}, {"step": 30}, {"title": ""}):
        there = texts(result.svg(width="88mm", **look))
        for number, (one, _, (left, top, right, bottom)) in enumerate(there):
            for other, _, (left2, top2, right2, bottom2) in there[:number]:
                across, up = min(right, right2) - max(left, left2), min(bottom, bottom2) - max(top, top2)
                assert across < 1 or up < 1, (one, other)


def test_words_stay_on_the_paper_in_wider_letters_too(four, ends):
    long = fallline.run("surface=beale&optimizer=nesterov:label=A+name+as+long+as+names+are+allowed")
    for svg in (four.svg(width="88mm"), long.svg(width="88mm"), ends.svg(width="88mm")):
        across = float(ElementTree.fromstring(svg).get("viewBox").split()[2])
        for text, _, (left, _, right, _) in texts(svg, WIDER):
            assert 0 < left < right < across, text


def test_what_a_figure_shows_can_be_chosen(four):
    said = {text for text, *_ in texts(four.svg(step=20))}
    assert any(text.startswith("Step 20.") for text in said)
    assert {"Himmelblau", "f(x, y) = (x² + y − 11)² + (x + y² − 7)²"} <= said
    assert "Four ways down" in {text for text, *_ in texts(four.svg(title="Four ways down"))}
    bare = {text for text, *_ in texts(four.svg(title=""))}
    assert not {text for text in bare if "Himmelblau" in text or "f(x" in text}
    window = four.svg(window=[[2, 4], [1, 3]])
    assert "3.0" in {text for text, *_ in texts(window)} or "3" in {text for text, *_ in texts(window)}
    assert "−5" not in {text for text, *_ in texts(window)}
    of_address = fallline.run(f"{FOUR}&domain=-1,1,-1,1&step=5&width=500&height=400")
    assert size_of(of_address.svg(width="88mm"))[0] == "88mm"
    assert of_address.svg(window=[[2, 4], [1, 3]], step=60, width=800, height=600) == four.svg(
        window=[[2, 4], [1, 3]], width=800, height=600
    )


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ({"width": "88"}, r"width must be a number with its unit, px, pt, mm, cm, in, as '88mm'; got '88'"),
        ({"width": "88 furlong"}, "width must be a number with its unit.*got '88 furlong'"),
        ({"height": "-3mm"}, "height must be a number with its unit.*got '-3mm'"),
        ({"width": "9m"}, "width must be a number with its unit.*got '9m'"),
        ({"width": "1mm"}, "width must be from 8.467mm to 529.167mm; got '1mm'"),
        ({"width": "40mm"}, "width must be at least 58.8mm for type of 8 points; got 40mm"),
        ({"width": 300, "font_size": 12}, "width must be at least 332.8px for type of 12 points; got 300px"),
        ({"width": "88mm", "height": "30mm"}, "height must be at least 67.8mm for type of 8 points; got 30mm"),
        ({"width": "88mm", "font_size": 100}, r"font_size must be a number of points from 4 to 72; got 100"),
        ({"width": "88mm", "font_size": "8pt"}, r"font_size must be a number of points from 4 to 72; got '8pt'"),
        ({"width": 3}, r"width must be a whole number, in \[32, 2000\]; got 3"),
        ({"theme": "dusk"}, 'theme is not a theme.*got "dusk"'),
        ({"step": -1}, "step must be a whole number"),
        ({"window": [[1, 0], [0, 1]]}, r"window"),
    ],
)
def test_what_cannot_be_is_told_by_name(four, look, said):
    with pytest.raises(ValueError, match=said):
        four.svg(**look)


def test_a_map_of_starts_has_a_size_too(ends, tmp_path):
    svg = ends.svg(width="88mm", title="")
    assert size_of(svg)[0] == "88mm"
    assert not {text for text, *_ in texts(svg) if "Himmelblau" in text}
    ends.save(tmp_path / "ends.svg", width="88mm", title="")
    assert (tmp_path / "ends.svg").read_text(encoding="utf-8") == svg


def test_svg_needs_nothing(four, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    four.save(str(tmp_path / "four.SVG"), width="88mm")
    assert (tmp_path / "four.SVG").read_text(encoding="utf-8") == four.svg(width="88mm")


def test_a_png_has_its_size_and_an_ink_that_reads(four, tmp_path):
    image = pytest.importorskip("PIL.Image")
    painted = _cairo()
    four.save(tmp_path / "four.png", width="88mm", title="")
    with image.open(tmp_path / "four.png") as png:
        assert png.size[0] == round(88 / 25.4 * 300)
        assert png.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    # A label of the map: ink within a halo, which would hide it if it were painted last.
    (start,) = (box for text, _, box in texts(four.svg(width="88mm", title="")) if text == "start")
    whole = painted.bitmap(four.svg(width="88mm", title=""), 4.0).convert("RGB")
    scale = whole.size[0] / float(size_of(four.svg(width="88mm"))[2][0])
    label = np.asarray(whole.crop([int(side * scale) for side in start])).astype(int)
    dark, light = (label.sum(axis=2) < 150).mean(), (label.min(axis=2) > 245).mean()
    assert dark > 0.1
    assert light > 0.1


def test_a_pdf_has_its_size_and_its_words_as_words(four, tmp_path):
    _cairo()
    four.save(tmp_path / "four.pdf", width="88mm", title="")
    pdf = (tmp_path / "four.pdf").read_bytes()
    assert pdf[:5] == b"%PDF-"
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    objects = b"".join(zlib.decompressobj().decompress(stream) for stream in streams)
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", objects + pdf)
    assert float(box[1]) == pytest.approx(88 / 25.4 * 72, abs=0.02)
    assert b"/FontFile2" in pdf
    assert b"/Subtype /Image" not in objects + pdf, "lines stay lines"


@pytest.mark.parametrize(
    ("file", "more", "said"),
    [
        ("four.jpg", {}, r"the name of a picture must end in .svg, .pdf or .png; got 'four.jpg'"),
        ("four", {}, "must end in"),
        ("four.png", {"dpi": 5}, "dpi must be a whole number from 36 to 1200; got 5"),
    ],
)
def test_another_ending_is_told(four, file, more, said):
    with pytest.raises(ValueError, match=said):
        four.save(file, **more)


def test_what_is_missing_is_told(four, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    for file, what in (("four.pdf", "a PDF"), ("four.png", "a PNG")):
        with pytest.raises(ImportError, match=rf"{what} is made by CairoSVG, .* pip install '.\[figures\]'"):
            four.save(tmp_path / file)

    def no_cairo(_name):
        raise OSError('no library called "cairo-2" was found')

    monkeypatch.setattr(picture_files, "import_module", no_cairo)
    with pytest.raises(ImportError, match=r"finds no cairo on this system: install it .*libcairo2"):
        four.save(tmp_path / "four.pdf")
    assert not list(tmp_path.iterdir())


def test_axes_of_matplotlib_have_the_map_and_the_paths(four):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    figure = pytest.importorskip("matplotlib.figure").Figure()
    _, ax = figure.subplots(1, 2)
    assert four.plot(ax) is ax
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == [
        "Gradient descent 0.002", "Heavy ball 0.0015", "RMSProp 0.04", "Adam 0.2", "start", "minimum",
    ]  # fmt: skip
    lines = {line.get_label(): line for line in ax.get_lines()}
    for run, label in zip(four, legend, strict=False):
        assert lines[label].get_xdata() == pytest.approx(run.parameters["x"])
        assert lines[label].get_ydata() == pytest.approx(run.parameters["y"])
    assert len(lines["minimum"].get_xdata()) == 4
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("x", "y", "Himmelblau")
    assert (ax.get_xlim(), ax.get_ylim(), ax.get_aspect()) == ((-6, 6), (-6, 6), 1)
    assert ax.collections, "contours"
    figure.canvas.draw()
    ax.clear()
    four.plot(ax, step=10, window=[[0, 4], [0, 6]])
    assert len(next(line for line in ax.get_lines() if line.get_label() == "Adam 0.2").get_xdata()) == 11
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 4), (0, 6))


@pytest.mark.parametrize("query", ["expression=x^4-3*x^2%2Bx&start=-2.3", "network=xor:hidden=3"])
def test_other_problems_plot(query):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    result = fallline.run(f"{query}&optimizer=gd:learning_rate=0.01&optimizer=adam&max_steps=20")
    ax = result.plot()
    ax.figure.canvas.draw()
    assert len(ax.get_legend().get_texts()) == 3
    pytest.importorskip("matplotlib.pyplot").close(ax.figure)


def test_without_matplotlib_it_is_told(four, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match="plot needs Matplotlib, which is not installed: pip install matplotlib"):
        four.plot()


def _cairo():
    """What paints; skipped with the reason where it is not there."""
    try:
        picture_files.cairosvg()
    except ImportError as missing:
        pytest.skip(str(missing))
    return picture_files
