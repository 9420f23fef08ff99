"""Pictures over HTTP: what they are served as, what is refused, and what is drawn only once."""

from __future__ import annotations

import asyncio
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from app.api import maps as pictures
from app.main import create_app
from app.server.settings import Settings
from fallline.drawing import Canvas, Scene, picture
from fallline.drawing.theme import THEMES
from fallline.problems import SURFACES, surface_problem
from tests.api.asgi import Call
from tests.api.specs import BASE, messages

PLOT = f"{BASE}/plot.svg"
PAGE = "surface=himmelblau&start=1,5&max_steps=60&min_step_size=0.0001&optimizer=gd:learning_rate=0.002&optimizer=adam:learning_rate=0.2"
SVG = "{http://www.w3.org/2000/svg}"


def get(client, query, **headers):
    return client.get(f"{PLOT}?{query}", headers=headers)


def texts(reply):
    assert reply.status_code == 200, reply.text
    return ["".join(each.itertext()) for each in ElementTree.fromstring(reply.content).iter(f"{SVG}text")]


def test_a_picture_is_svg_that_may_load_and_run_nothing(client):
    reply = get(client, PAGE)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "image/svg+xml"
    assert reply.headers["content-security-policy"] == "sandbox; default-src 'none'; style-src 'none'"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "public, max-age=3600"
    assert int(reply.headers["content-length"]) > 0


def test_the_query_of_a_page_gives_its_runs(client):
    said = texts(get(client, PAGE))
    assert {"Himmelblau", "Gradient descent0.002", "Adam0.2", "1, 5"} <= set(said)


def test_of_a_network_it_is_a_plane_with_the_sentence_that_says_which(client):
    runs = "network=xor&seed=3&max_steps=50&optimizer=gd:learning_rate=0.1&optimizer=adam:learning_rate=0.05"
    said = " ".join(texts(get(client, runs)))
    assert "A network for XOR" in said
    assert "direction 1" in said
    assert "the two directions in which the paths go furthest" in said
    assert "along w1_1_1 and w2_1_2" in " ".join(
        texts(get(client, f"{runs}&plane=w1_1_1,w2_1_2&window=-2,2,-1,1&step=3"))
    )
    assert messages(get(client, "network=xor"))[0].startswith("plane")


def test_a_run_that_diverges_takes_no_room_of_a_plane(client):
    """It leaves the map instead, and the sentence says that it does not count."""
    calm = "network=xor&seed=3&max_steps=50&optimizer=adam:learning_rate=0.05"
    path = lambda query: client.get(f"{BASE}/landscape?{query}&resolution=8").json()  # noqa: E731
    alone, both = path(calm), path(f"{calm}&optimizer=gd:learning_rate=50")
    assert both["x"] == alone["x"]
    assert both["plane"]["share"] == alone["plane"]["share"]
    assert len(both["plane"]["paths"]) == 2
    assert both["plane"]["sentence"].endswith("; what diverges is left out of that.")


def test_without_an_optimizer_it_is_the_map_alone_as_the_drawing_makes_it(client):
    reply = get(client, "surface=bowl&width=96&theme=night")
    alone = Scene(surface_problem("bowl"), SURFACES["bowl"].label, SURFACES["bowl"].expression)
    assert reply.text == picture(alone, Canvas(96, None, "night"))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("expression=x**2", "f(x) = x²"),
        ("dataset=shoe_size", "Shoe size and height"),
        ("points=1,2;3,4;5,7", "Line through 3 points"),
        ("points=1,2", "Line through 1 point"),
    ],
)
def test_every_kind_of_problem_has_a_title(client, query, title):
    assert title in texts(get(client, query))


def test_size_and_window(client):
    root = ElementTree.fromstring(get(client, "surface=bowl&width=640&height=400&window=-1,1,-1,1").content)
    assert (root.get("width"), root.get("height")) == ("640", "400")
    assert "0.5" in texts(get(client, "surface=bowl&width=640&window=-1,1,-1,1"))


def test_it_stands_where_the_playhead_does(client):
    assert "Step 7. A tick every 5 steps." in texts(get(client, f"{PAGE}&step=7"))
    at_end = texts(get(client, f"{PAGE}&step=60"))
    assert at_end == texts(get(client, PAGE))
    assert not any("Step" in text for text in at_end)


def test_a_run_keeps_its_colour_whatever_its_number(client):
    colours = THEMES["day"].runs
    seen = [colour for colour in colours if colour in get(client, f"{PAGE}&slots=4,6").text]
    assert seen == [colours[4], colours[6]]
    alone = get(client, PAGE.replace("&optimizer=adam:learning_rate=0.2", "&slots=3")).text
    assert [colour for colour in colours if colour in alone] == [colours[3]]


def test_a_run_that_diverges_at_any_step_has_its_picture(client):
    for rate in (2.05, 2.1, 2.3, 3, 9):
        growing = f"expression=x**2&start=-1.5&max_steps=400&optimizer=gd:learning_rate={rate}&width=320"
        assert get(client, f"{growing}&step=3").status_code == 200


def test_of_the_window_of_a_curve_the_parameter_counts(client):
    curve = "expression=x**2&optimizer=gd&max_steps=5"
    assert get(client, f"{curve}&window=-3,3,0,6").text == get(client, f"{curve}&window=-3,3").text


def test_the_levels_of_a_formula_are_of_what_is_shown(client):
    near, far = (texts(get(client, f"expression=(x-20)**2%2By**2&window={w}")) for w in ("15,25,-5,5", "-5,5,-5,5"))
    assert "1" in near
    assert "1" not in far


def test_runs_that_look_the_same_are_told_apart(client):
    two = "surface=ravine&optimizer=momentum:learning_rate=0.08&optimizer=momentum:learning_rate=0.08,beta=0.8"
    said = texts(get(client, f"{two}&max_steps=20"))
    assert {"Momentum (averaged)0.08, beta 0.9", "Momentum (averaged)0.08, beta 0.8"} <= set(said)
    paced = (
        "surface=ackley&optimizer=gd:learning_rate=0.2&optimizer=gd:learning_rate=0.2,schedule=linear,schedule.steps=9"
    )
    said = texts(get(client, f"{paced}&max_steps=9"))
    assert {"Gradient descent0.2, constant", "Gradient descent0.2, linear"} <= set(said)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("surface=bowl&width=3", "width must be a whole number, in [32, 2000]; got 3"),
        ("surface=bowl&width=wide", 'width must be a whole number, in [32, 2000]; got "wide"'),
        ("surface=bowl&height=5000", "height must be a whole number, in [32, 2000]; got 5000"),
        ("surface=bowl&theme=dark", 'theme is not a theme; the nearest: day; got "dark"'),
        ("", "problem is required"),
        ("surface=bow", 'surface is not a surface; the nearest: bowl; got "bow"'),
        ("surface=bowl&optimizer=adm", "optimizers[0].name is not an optimizer; the nearest: adam"),
        ("surface=bowl&window=1,2", "must be [low, high] for each of x, y"),
        (f"{PAGE}&step=-1", "step must be a whole number, in [0, 1000000000]; got -1"),
        (f"{PAGE}&step=1.5", "step must be a whole number, in [0, 1000000000]; got 1.5"),
        (f"{PAGE}&step=1e30", "step must be a whole number, in [0, 1000000000]; got 1e+30"),
        (f"{PAGE}&slots=0,8", "slots[1] must be a whole number, in [0, 7]; got 8"),
        (f"{PAGE}&slots=1", "slots must be 2 numbers (Gradient descent, Adam); got [1]"),
        ("surface=bowl&colour=red", "colour is not a key of the query"),
        ("expression=log(x)&optimizer=gd", "start is no place to start from"),
        ("surface=bowl&optimizer=gd&max_steps=1000000", "max_steps must be"),
    ],
)
def test_what_is_wrong_is_said_as_json(client, query, message):
    reply = get(client, query)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/json"
    assert any(message in each for each in messages(reply))


def test_the_work_of_its_runs_is_limited_as_everywhere():
    with TestClient(create_app(Settings(max_work=10_000), pages=False)) as client:
        assert any(
            "one step of all the runs takes about" in each
            for each in messages(get(client, "surface=bowl&optimizer=gd"))
        )


def test_a_tag_answers_before_anything_is_drawn_and_differs_with_all_that_is_asked(client, monkeypatch):
    first = get(client, PAGE)
    monkeypatch.setattr(pictures, "picture_in_parts", None)
    known = get(client, PAGE, **{"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["content-security-policy"] == first.headers["content-security-policy"]
    head = client.head(f"{PLOT}?{PAGE}")
    assert (head.status_code, head.headers["etag"], head.content) == (200, first.headers["etag"], b"")
    others = [
        PAGE.replace("0.002", "0.003"), f"{PAGE}&width=801", f"{PAGE}&height=700", f"{PAGE}&theme=night",
        f"{PAGE}&window=-3,3,-3,3", "surface=himmelblau", f"{PAGE}&step=3", f"{PAGE}&slots=1,0",
    ]  # fmt: skip
    tags = {client.head(f"{PLOT}?{query}").headers["etag"] for query in others}
    assert len(tags | {first.headers["etag"]}) == len(others) + 1


def test_the_same_picture_is_drawn_once(settings, monkeypatch):
    drawn = []

    def noted(_, form):
        drawn.append(form)
        yield
        return "<svg/>"

    monkeypatch.setattr(pictures, "picture_in_parts", noted)
    with TestClient(create_app(settings, pages=False)) as client:
        for query in ("surface=bowl", "surface=bowl&width=800", "surface=bowl&width=96", "surface=bowl"):
            assert get(client, query).text == "<svg/>"
    assert [form.width for form in drawn] == [800, 96]


def test_other_routes_take_the_keys_of_a_picture(client):
    assert client.get(f"{BASE}/landscape?surface=bowl&resolution=4&width=90&height=90&theme=night").status_code == 200


def test_null_stands_for_what_is_so_anyway(client):
    assert get(client, f"{PAGE}&step=null&slots=null&height=null").content == get(client, PAGE).content


def test_a_client_that_leaves_is_drawn_for_no_longer(settings, monkeypatch):
    drawn = []

    def endless(*_):
        while True:
            drawn.append(len(drawn))
            yield

    monkeypatch.setattr(pictures, "picture_in_parts", endless)

    async def left() -> None:
        call = Call(create_app(settings, pages=False), "/plot.svg", query="surface=bowl")
        asked = asyncio.create_task(call.run())
        while not drawn:
            await asyncio.sleep(0.001)
        call.leave()
        await asyncio.wait_for(asked, 60)

    asyncio.run(left())
    assert drawn
