"""A notebook shows a result as a map and a table, and whatever stands in it as text."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

import fallline
from fallline.spec_forms import SpecToRun
from tests.fallline.specs import BOWL, SPECS


class Reader(HTMLParser):
    """What a browser makes of HTML: the elements, the images and the cells of its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements, self.images, self.cells = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        if tag == "img":
            self.images.append(dict(attrs))
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data):
        if self.cells:
            self.cells[-1] += data


@pytest.mark.parametrize("name", ["surface", "diverged", "network"])
def test_a_result_shows_the_map_and_how_the_runs_ended(name):
    result = fallline.run(SPECS[name])
    read = Reader(result._repr_html_())
    assert read.elements <= {"img", "table", "tr", "th", "td", "p"}
    (image,) = read.images
    svg = base64.b64decode(image["src"].removeprefix("data:image/svg+xml;base64,")).decode()
    assert svg == result._repr_svg_() == result.svg()
    assert ElementTree.fromstring(svg).get("width") == "800"
    rows = [read.cells[index : index + 5] for index in range(5, len(read.cells), 5)]
    assert read.cells[:5] == ["run", "rate", "steps", "last loss", "how it ended"]
    for run, (label, rate, steps, loss, sentence) in zip(result, rows, strict=False):
        assert (label, steps) == (run.label, str(run.n_steps))
        assert float(rate) == run.optimizer["learning_rate"]
        assert float(loss) == pytest.approx(run.loss[-1], rel=1e-4)
        assert sentence.startswith(run.sentence)
        assert f"{run.label}: {run.sentence}" in image["alt"]
    assert all(note in read.cells[-1] for run in result for note in run.notes)


def test_where_each_start_ends_is_a_map_and_a_table_of_the_minima():
    found = fallline.basins("expression=(x^2-1)^2%2By^2&optimizer=gd:learning_rate=0.1,label=Slow", resolution=9)
    read = Reader(found._repr_html_())
    svg = base64.b64decode(read.images[0]["src"].removeprefix("data:image/svg+xml;base64,")).decode()
    assert svg == found._repr_svg_() == found.svg()
    assert ElementTree.fromstring(found.svg(width=500, height=400, theme="night")).get("height") == "400"
    rows = {read.cells[at + 1]: read.cells[at + 3] for at in range(4, len(read.cells), 4)}
    wells = {place: share for place, share in rows.items() if place in ("1, 0", "-1, 0")}
    assert set(wells.values()) == {wells["1, 0"]}, "by symmetry"
    below = "".join("".join(each.itertext()) for each in ElementTree.fromstring(svg).iter())
    assert "Where Slow 0.1 ends: A at (−1, 0) 11.1%, B at (1, 0) 11.1%" in below
    with pytest.raises(fallline.SpecError, match="theme"):
        found.svg(theme="dusk")


def test_the_picture_is_that_of_the_server(client):
    query = "surface=himmelblau&start=1,5&optimizer=adam:learning_rate=0.1&max_steps=50"
    served = client.get(f"/api/v1/plot.svg?{query}&width=500&height=400&theme=night").text
    assert fallline.run(query).svg(width=500, height=400, theme="night") == served
    page = f"{query}&window=-4,4,0,4&step=20&slots=3&width=500&theme=night&format=csv"
    served = client.get(f"/api/v1/plot.svg?{page}").text
    assert fallline.run(page).svg() == served
    assert fallline.run(page)._repr_svg_() == served
    other = fallline.run(page, problem={"surface": "rosenbrock"}, optimizers=[{"name": "gd"}] * 2)
    whole = client.get("/api/v1/plot.svg?surface=rosenbrock&start=1,5&optimizer=gd&optimizer=gd&max_steps=50&step=20")
    assert other.svg(width=800, theme="day") == whole.text
    with pytest.raises(fallline.SpecError, match=r"width must be a whole number, in \[32, 2000\]; got 3"):
        fallline.run(query).svg(width=3)
    with pytest.raises(fallline.SpecError, match="height must be a whole number"):
        fallline.run(query).svg(height=0)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '" onerror="alert(1)', "&lt;b&gt;", "</td></table>"])
def test_nothing_in_a_result_becomes_markup(text):
    result = fallline.run(BOWL)
    about = {**result[0].reply, "optimizer": {**result[0].optimizer, "label": text}, "sentence": text, "notes": [text]}
    read = Reader(fallline.Result(SpecToRun({}), {**result.reply, "runs": [about]})._repr_html_())
    assert read.elements == {"table", "tr", "th", "td", "p"}
    assert [read.cells[5], read.cells[9]] == [text, text * 2]
    swept = fallline.sweep(BOWL, over={"seed": {"from": 0, "count": 2}})
    swept = replace(swept, over=text, stop_reason=[text] * 2)
    read = Reader(swept._repr_html_())
    assert read.elements == {"details", "summary", "table", "tr", "th", "td"}
    assert read.cells[:4] + read.cells[-1:] == [text, "loss", "n_steps", "stop_reason", text]
    with_picture = Reader(
        fallline.results.display.html_of_runs(
            "<svg/>", fallline.Result(SpecToRun({}), {**result.reply, "runs": [about]})
        )
    )
    assert with_picture.images[0].keys() == {"src", "alt", "style"}


def test_what_cannot_be_drawn_here_shows_its_table_alone():
    result = fallline.run(BOWL)
    newer = fallline.Result(SpecToRun({"problem": {"surface": "of a newer server"}}), result.reply)
    assert newer._repr_svg_() is None
    assert Reader(newer._repr_html_()).elements == {"table", "tr", "th", "td"}


def test_a_sweep_says_what_was_best():
    swept = fallline.sweep(BOWL, over={"learning_rate": {"from": 0.001, "to": 10, "count": 9}})
    shown = swept._repr_html_()
    best = re.search(r"9 values of learning_rate: the least loss is at learning_rate = ([\d.]+)<", shown)
    assert float(best[1]) == pytest.approx(swept.best, rel=1e-4)
    assert len(Reader(shown).cells) == 4 * 10
    assert repr(swept) == f"<Sweep over 9 values of learning_rate; least loss at {swept.best}>"


def test_results_say_what_they_are():
    assert repr(fallline.run(BOWL)) == "<Result [<Run 'Gradient descent': ran all 20 steps>]>"
