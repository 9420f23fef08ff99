"""The pages of the lessons, asked in process; without lessons there are none."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.course.lessons import lessons, read_lessons, statements
from app.course.lessons.pieces import VIEWS
from app.course.playlist import playable, section_minutes
from app.main import create_app
from app.pages import course_pages
from app.pages import routes as pages
from app.pages.folders import STATIC
from app.server.settings import Settings
from tests.lessons import index_slope


@pytest.fixture
def site(monkeypatch, request):
    folder = Path(__file__).parent / getattr(request, "param", "example")
    for each in (pages, course_pages):
        monkeypatch.setattr(each, "lessons", lambda: read_lessons(folder))
    return TestClient(create_app(Settings()))


@pytest.fixture(scope="module")
def course():
    return TestClient(create_app(Settings()))


PATHS = [
    "/lessons",
    "/lessons/adam",
    "/lessons/adam/notes",
    "/lessons/glossary",
    "/lessons/teacher",
    "/lessons/adam/handout",
    "/play",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_no_inline_code_and_loads_from_here_alone(course, path):
    html = course.get(path).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not [a for a in re.findall(r'(?:src|href)="([^"]*)"', html) if re.match(r"\w+:|//", a)]


def test_a_lesson_reads_without_scripts(site):
    html = site.get("/lessons/example").text
    assert 'After five steps the <a class="glossed" href="glossary#loss">loss</a> is 1.77' in html
    assert "paths=false" in html
    assert "It takes 17 steps." in html
    text, answers = html.split('<section class="answers"')
    assert "Set the rate to 0.55." in text
    assert "It ends at a loss of" not in text
    assert "It ends at a loss of" in answers
    assert site.get("/lessons/none").status_code == 404
    assert ">Lessons</a>" in site.get("/").text


def test_a_mistyped_lesson_leads_a_browser_to_the_nearest(course):
    for name, links in {"adm": ["/lessons/adam"], "q<b>": []}.items():
        reply = course.get(f"/lessons/{name}", headers={"Accept": "text/html,*/*;q=0.8"})
        assert reply.status_code == 404
        main = reply.text.split("<main")[1]
        found = re.findall('href="([^"]*)"', main)
        assert found[: len(links)] == links
        assert found[-1] == "/lessons"
        assert name not in main
    assert course.get("/lessons/adm").json()["detail"][0]["type"] == "not_found"


@pytest.mark.parametrize("site", ["nowhere"], indirect=True)
def test_without_lessons_there_is_no_page_and_no_link(site):
    assert site.get("/lessons").status_code == 404
    assert "Lessons" not in site.get("/").text


def test_every_link_of_the_course_leads_somewhere(course):
    """Addresses answer, and what stands behind # is there, or is what the playground is to show."""
    found = {path: course.get(path).text for path in PATHS}
    links = {link for html in found.values() for link in re.findall(r'<a [^>]*href="(/[^"]*)"', html)}
    assert len(links) > 100
    for link in sorted(links):
        path, _, fragment = link.partition("#")
        if path not in found:
            reply = course.get(unescape(path))
            assert reply.status_code == 200, link
            found[path] = reply.text
        assert not fragment or "=" in fragment or f'id="{fragment}"' in found[path], link
    inner = {
        link
        for path, html in found.items()
        if path.startswith("/lessons/")
        for link in re.findall(r'href="#([^"]*)"', html)
    }
    assert all(any(f'id="{fragment}"' in html for html in found.values()) for fragment in inner)


def test_each_statement_of_the_deck_is_told_with_its_section(course):
    html = course.get("/lessons/teacher").text
    assert "Learning rate: A scalar that determines the step size" in html
    row = re.search(
        r"<tr><td>[^<]*</td><td>The learning rate is a scalar that sets the step size</td><td>(.*?)</td>", html
    )
    assert "/lessons/one_step_downhill#section-2" in row[1]
    assert html.count("</tr>") > len(statements())


def test_a_playlist_has_the_minutes_that_the_notes_give_each_section_and_a_lesson_as_a_whole():
    for lesson in lessons().values():
        assert sum(section_minutes(lesson)) == lesson.minutes, lesson.name
    (momentum,) = (each for each in playable()["lessons"] if each["name"] == "momentum")
    # The notes: 1, 1, 2, 2 and 2, and 1 for checks and the try, which stand in the last section.
    assert [each["minutes"] for each in momentum["sections"]] == [1, 1, 2, 2, 3]
    assert [each["title"] for each in momentum["sections"]][:2] == ["A long, narrow ravine", "Smoother, and faster?"]
    assert momentum["sections"][1]["query"] is None
    asks = [
        minutes
        for lesson in lessons().values()
        for section, minutes in zip(lesson.sections, section_minutes(lesson), strict=True)
        if minutes and sum(piece.kind == "figure" and piece.question is not None for piece in section.pieces) == 1
    ]
    assert {each["minutes"] for each in playable()["presets"]} == {round(sum(asks) / len(asks))}
    names = [each["name"] for kind in ("presets", "lessons") for each in playable()[kind]]
    assert [name for name in names if not re.fullmatch("[a-z][a-z0-9_]*", name)] == [], "as addresses have them"


def test_each_lesson_has_its_hand_out_in_one_print(course):
    """Of Momentum: 235 steps of gradient descent, 196 of momentum, as its lesson says."""
    html = course.get("/lessons/handouts").text
    sides = html.split('<section class="side ')[1:]
    assert len(sides) == 2 * len(lessons())
    front, back = next((a, b) for a, b in zip(sides[::2], sides[1::2], strict=True) if "<h1>Momentum</h1>" in a)
    assert "gradient descent takes 235 steps" in front
    assert "A little fewer" in front
    assert "196 steps" not in front
    assert "Momentum takes 196 steps" in back
    assert "At the same rate, why is momentum hardly faster?" in front
    for option in lessons()["momentum"].pieces("check")[0].options:
        assert f"<li>{option.text}</li>" in front
        assert (option.why in back) is option.right
        assert option.why not in front
    front, back = next(
        (a, b) for a, b in zip(sides[::2], sides[1::2], strict=True) if "<h1>A network, forward</h1>" in a
    )
    for number in (0.2, 1.5, -0.6, 0.1, 0.7):  # of its weights and biases
        assert f">{number}</text>".replace("-", "−") in front
    assert "<td>0.922</td>" in back  # tanh(1.5 * 1 + 1.5 * 0 + 0.1)
    assert "0.922" not in front
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert course.get("/lessons/none/handout").status_code == course.get("/lessons/none/notes").status_code == 404


def test_every_lesson_has_its_station_on_the_path_of_descent_beside_its_row(course):
    html = course.get("/lessons").text
    stations = re.findall(r'data-station="(\w+)" cx="([^"]*)" cy="([^"]*)"', html)
    assert [name for name, _, _ in stations] == list(lessons())
    sheet = index_slope.sheet_of(index_slope.counts())
    found = [(float(cx), float(cy)) for _, cx, cy in stations]
    assert np.allclose(found, sheet.stations, atol=0.01), "run python -m tests.lessons.index_slope"
    assert all(f'y="{edge}"' in html for edge in sheet.edges[:-1:2])
    rows, y = [], index_slope.HEAD
    for count in index_slope.counts():
        y += index_slope.PART
        rows += [y + index_slope.ROW * (index + 0.5) for index in range(count)]
        y += index_slope.ROW * count
    assert [cy for _, cy in found] == rows
    low = -rows[-1] / index_slope.UNIT
    x, y = ((sheet.path[-1][0] - index_slope.WIDTH / 2) / index_slope.UNIT, -sheet.path[-1][1] / index_slope.UNIT)
    assert (x, y) == pytest.approx((0, low), abs=0.05)  # both squares of the slope are 0 there: its minimum
    css = (STATIC / "css/lessons-index.css").read_text(encoding="utf-8")
    for height in (index_slope.HEAD + 1, index_slope.PART, index_slope.ROW):  # the sheet has a border above
        assert f"height: {height}px" in css


@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_ground_of_the_index_is_a_picture_by_day_and_by_night(course, theme):
    address = re.search(rf'src="(/static/lessons-{theme}-[^"]*)"', course.get("/lessons").text)[1]
    reply = course.get(address)
    assert reply.headers["content-type"] == "image/svg+xml"
    made = ElementTree.fromstring(index_slope.ground(index_slope.counts(), theme))
    assert ElementTree.fromstring(reply.text).attrib == made.attrib, "run python -m tests.lessons.index_slope"


def test_each_view_of_a_figure_has_its_place_in_the_page(course):
    """A place that no view takes leaves a gap where there is one column."""
    page = course.get("/lessons/momentum").text + course.get("/lessons/bias_correction").text
    assert 'data-part="explanation"' not in page
    assert page.count('data-part="charts"') == 2  # of Momentum and of Bias correction
    assert page.count('data-part="average"') == 1


def test_the_page_and_its_style_sheets_know_the_views_that_lessons_may_show() -> None:
    static = Path(course_pages.__file__).parents[2] / "static"
    listed = re.findall(r"^  \[.*, \[(.*)\]\],$", (static / "page/lesson.ts").read_text(encoding="utf-8"), re.MULTILINE)
    names = {name for line in listed for name in re.findall(r'"(\w+)"', line)}
    assert names == set(VIEWS)
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in (static / "css").glob("*.css"))
    assert set(re.findall(r"\.shows-(\w+)", sheets)) <= set(VIEWS)
