"""`fallline plot` writes what plot.svg serves, and says in words what is wrong."""

from xml.etree import ElementTree

import pytest

from app.__main__ import main

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
        (["surface=bowl&max_steps=100001&optimizer=gd"], "max_steps"),
    ],
)
def test_a_wrong_query_is_told(words, says):
    with pytest.raises(SystemExit) as ended:
        main(["plot", *words])
    assert says in str(ended.value)


def test_a_wrong_width_is_told(capsys):
    with pytest.raises(SystemExit):
        main(["plot", QUERY, "--width", "wide"])
    assert "a whole number from 32 to 2000; got 'wide'" in capsys.readouterr().err
