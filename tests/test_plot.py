"""`fallline plot` writes what plot.svg serves, and says in words what is wrong."""

import sys
from xml.etree import ElementTree

import pytest

from app.__main__ import main
from app.course.presets import OPENING
from fallline.results import picture_files

QUERY = "surface=rosenbrock&max_steps=50&optimizer=adam:learning_rate=0.1&step=20&slots=3"


@pytest.mark.parametrize("address", ["{}", "http://localhost:8000/?{}", "/api/v1/plot.svg?{}", "/?{}#run=0&step=9"])
def test_it_is_the_picture_that_the_server_gives(tmp_path, client, address):
    target = tmp_path / "path.svg"
    main(["plot", address.format(QUERY), "-o", str(target), "--width", "640", "--theme", "night"])
    served = client.get(f"/api/v1/plot.svg?{QUERY}&width=640&theme=night").text
    assert target.read_text(encoding="utf-8") == served
    assert ElementTree.fromstring(served).tag.endswith("svg")


def test_it_is_printed_where_no_file_is_named(capsys):
    main(["plot", QUERY])
    assert capsys.readouterr().out.startswith("<svg")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["surface=rosenbrok"], "rosenbrock"),
        (["expression=x**&optimizer=gd"], "column"),
        (["surface=bowl&optimizer=gd:learning_rate=-1"], "learning_rate"),
        (["surface=bowl&optimizer=gd&step=1e30"], "step must be a whole number"),
        (["surface=bowl&width=3"], "width must be a whole number, in [32, 2000]; got 3"),
        (["surface=bowl&theme=dark"], "theme is not a theme"),
        (["surface=bowl", "--width", "wide"], 'width must be a whole number, in [32, 2000]; got "wide"'),
        (["surface=bowl", "--theme", "dark"], "theme is not a theme"),
        (["http://localhost:8000/api/v1/docs"], "has no picture: give the address of the playground"),
        (["/lessons/momentum?surface=bowl"], "has no picture"),
        (["surface=bowl&max_steps=100001&optimizer=gd"], "max_steps"),
    ],
)
def test_a_wrong_query_is_told(words, says):
    with pytest.raises(SystemExit) as ended:
        main(["plot", *words])
    assert says in str(ended.value)


@pytest.mark.parametrize("address", ["http://localhost:8000/", "http://localhost:8000", "/", "", "/tools/fallline/?"])
def test_an_address_without_a_query_is_what_the_page_opens_with(client, capsys, address):
    main(["plot", address])
    assert capsys.readouterr().out == client.get(f"/api/v1/plot.svg?{OPENING}").text


def test_the_address_has_its_say_on_size_and_colours_and_the_options_have_the_last(client, capsys):
    main(["plot", f"{QUERY}&width=300&height=200&theme=night"])
    served = client.get(f"/api/v1/plot.svg?{QUERY}&width=300&height=200&theme=night").text
    assert capsys.readouterr().out == served
    main(["plot", f"{QUERY}&width=300&height=200&theme=night", "--width", "400", "--theme", "day"])
    assert capsys.readouterr().out == client.get(f"/api/v1/plot.svg?{QUERY}&width=400&height=200").text


@pytest.mark.parametrize("name", ["path.jpg", "path.svgz"])
def test_another_ending_is_refused_with_those_that_there_are(tmp_path, name):
    with pytest.raises(SystemExit) as ended:
        main(["plot", "surface=bowl", "-o", str(tmp_path / name)])
    assert str(ended.value).startswith(
        f"fallline plot: cannot write {str(tmp_path / name)!r}: the name of a picture must"
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("name", "first"), [("path.PNG", b"\x89PNG"), ("a path.pdf", b"%PDF-")])
def test_a_pdf_and_a_png_are_made_where_the_extra_is_installed(tmp_path, monkeypatch, name, first):
    try:
        picture_files.cairosvg()
    except ImportError as missing:
        pytest.skip(str(missing))
    main(["plot", "surface=bowl", "-o", str(tmp_path / name)])
    assert (tmp_path / name).read_bytes().startswith(first)
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    with pytest.raises(SystemExit, match=r"CairoSVG, which is not installed: .*pip install '.\[figures\]'"):
        main(["plot", "surface=bowl", "-o", str(tmp_path / name)])


@pytest.mark.parametrize("name", ["path.SVG", "path"])
def test_a_name_in_capitals_or_without_an_ending_is_an_svg(tmp_path, name):
    main(["plot", "surface=bowl", "-o", str(tmp_path / name)])
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("output", ["", ".", "no/such/folder/path.svg"])
def test_a_file_that_cannot_be_written_is_told_in_a_line(output):
    with pytest.raises(SystemExit) as ended:
        main(["plot", QUERY, "-o", output])
    assert str(ended.value).startswith(f"fallline plot: cannot write {output!r}: ")
    assert len(str(ended.value).splitlines()) == 1
