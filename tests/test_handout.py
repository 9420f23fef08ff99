"""Hand-outs: what is asked in front, and nothing of the answer; what the runs answer overleaf; who finds the view."""

import re

import pytest
from fastapi.testclient import TestClient

from app.course.lessons import lessons
from app.course.presets import PRESETS
from app.main import create_app
from app.pages import routes as pages
from app.server.settings import Settings

TWO = "surface=bowl&max_steps=50&optimizer=gd:learning_rate=0.05&optimizer=adam:learning_rate=0.1"
GENERAL = "Where will each run be after its last step? Which has the lowest loss then?"
ANSWERS = {
    "opening": "Heavy ball 0.0015 ends at (3.58, −1.85).",
    "flat_ground": "RMSProp 0.05.",
    "one_step": "Ever shorter.",
    "saddle_escape": "178 steps.",
}


def sides(site: TestClient, query: str) -> list[str]:
    page = site.get(f"/handout?{query}")
    assert page.status_code == 200
    return page.text.split('<section class="side ')[1:]


@pytest.mark.parametrize("name", ANSWERS)
def test_the_question_is_in_front_and_the_answer_overleaf_alone(site: TestClient, name: str) -> None:
    front, back = sides(site, f"preset={name}")
    preset = PRESETS[name]
    assert preset.question in front
    assert preset.ask.replace("'", "&#39;") in front
    for text in (ANSWERS[name], preset.sentence.replace("'", "&#39;"), preset.change.then.replace("'", "&#39;")):
        assert text in back
        assert text not in front


@pytest.mark.parametrize("query", [*(f"preset={name}" for name in ANSWERS), TWO])
def test_no_path_is_drawn_in_front(site: TestClient, query: str) -> None:
    front, back = sides(site, query)
    assert 'id="blank-frame"' in front
    assert 'id="r0"' in back
    assert 'id="chart-r0"' in back
    assert not re.search(r'id="[\w-]*\br\d|<desc>|after \d+ steps:', front)


def test_no_id_stands_twice(site: TestClient) -> None:
    ids = re.findall(r'\bid="([^"]+)"', "".join(sides(site, "preset=opening")))
    assert len(ids) == len(set(ids))


def test_a_minimum_is_marked_unless_the_place_of_an_end_is_asked_for(site: TestClient) -> None:
    for name, marked in (("opening", False), ("flat_ground", True)):
        front, back = sides(site, f"preset={name}")
        assert (">min 0" in front) is marked
        assert ">min 0" in back


def test_the_view_of_a_preset_is_that_preset_and_a_changed_one_is_asked_of_in_general(site: TestClient) -> None:
    query = PRESETS["opening"].query
    assert PRESETS["opening"].question in sides(site, query)[0]
    front, back = sides(site, query.replace("0.0015", "0.001"))
    assert GENERAL in front
    assert "Adam 0.2: loss " in back


def test_an_address_without_a_query_is_that_of_the_opening(site: TestClient) -> None:
    assert PRESETS["opening"].question in sides(site, "")[0]


@pytest.mark.parametrize(
    ("query", "question", "on_map"),
    [
        (
            "expression=x**2&optimizer=gd:learning_rate=0.1&max_steps=9",
            "Where will the run be after its last step?",
            True,
        ),
        ("network=xor&optimizer=gd&max_steps=9", "What will the loss be after the last step?", False),
        (
            "network=xor&optimizer=gd&optimizer=adam&max_steps=9",
            "Which run has the lowest loss after its last step?",
            False,
        ),
    ],
)
def test_what_is_asked_of_any_runs_suits_them(site: TestClient, query: str, question: str, on_map: bool) -> None:
    for side in sides(site, query):
        assert ('class="picture map"' in side) is on_map
        assert 'class="picture chart"' in side
        assert (question in side) is ("Sketch" in side)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("surface=bowll&optimizer=gd", "the nearest: bowl"),
        ("surface=bowl", "optimizers is required"),
        ("surface=bowl&optimizer=gd:learning_rate=x", "optimizers[0].learning_rate"),
        ("preset=openin", "preset is not a scene; the nearest: opening"),
        ("preset=opening&seed=1", "seed stands beside preset="),
        ("preset=opening&preset=one_step", "preset stands twice"),
        ("<script>alert(1)</script>=1", "is not a key of the query"),
    ],
)
def test_a_wrong_address_is_told_on_a_page(site: TestClient, query: str, said: str) -> None:
    page = site.get(f"/handout?{query}")
    assert (page.status_code, page.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert said in page.text
    assert "<script" not in page.text


@pytest.mark.parametrize(
    ("base", "host", "told"),
    [
        ("http://fall.example", "127.0.0.1", "http://fall.example/?surface"),
        ("http://localhost:8000", "127.0.0.1", None),
        ("http://127.0.0.1:8000", "127.0.0.1", None),
        ("http://[::1]:8000", "::", "http://192.0.2.7:8000/?surface"),
    ],
)
def test_it_has_the_address_of_its_view_where_others_can_open_that(
    monkeypatch: pytest.MonkeyPatch, base: str, host: str, told: str | None
) -> None:
    monkeypatch.setattr(pages, "outward_address", lambda host: "192.0.2.7" if host == "::" else None)
    asking = TestClient(create_app(Settings(host=host)), base_url=base, client=("127.0.0.1", 50000))
    page = asking.get(f"/handout?{TWO}").text
    assert (f'data-link="{told}' in page) if told else ("data-link" not in page)
    assert ("opens on this computer only" in page) is (told is None)


def test_it_has_the_address_that_was_given_for_others() -> None:
    asking = TestClient(create_app(Settings(address="teacher.local:9000")), base_url="http://localhost:8000")
    assert 'data-link="http://teacher.local:9000/?surface' in asking.get(f"/handout?{TWO}").text


def test_an_unchanged_one_is_not_sent_again(site: TestClient) -> None:
    tag = site.get(f"/handout?{TWO}").headers["etag"]
    assert site.get(f"/handout?{TWO}", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/handout?preset=opening", "/lessons/{}/handout", "/lessons/handouts"])
def test_a_busy_server_says_so_and_the_page_asks_again_by_itself(path: str) -> None:
    app = create_app(Settings(max_requests=1, wait_seconds=0))
    with TestClient(app) as client, client.portal.wrap_async_context_manager(app.state.worker.requests.reserve()):
        reply = client.get(path.format(next(iter(lessons()))))
    assert (reply.status_code, reply.headers["retry-after"], reply.headers["refresh"]) == (429, "2", "2")
    assert reply.headers["cache-control"] == "no-store"
    assert "The server has too much to do" in reply.text
    assert "asks again by itself every 2 seconds" in reply.text


def test_a_map_is_as_high_as_its_window_asks_within_limits(site: TestClient) -> None:
    def height(window: str) -> int:
        (found,) = re.findall(r'viewBox="0 0 800 (\d+)"', sides(site, f"{TWO}&window={window}")[0])[:1]
        return int(found)

    square, between, flat = height("-3,3,-3,3"), height("-3,3,-1.4,1.4"), height("-3,3,-0.5,0.5")
    assert square > between > flat
    assert height("-1,1,-3,3") == square
