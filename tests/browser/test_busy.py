"""A server with too much to do: each part says so in its place, and fills itself once it is answered, without a click."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Faults, PageClock
from tests.browser.playground import TWO, Playground, frame, settle

BUSY = "The server has too much to do. This is tried again by itself."
GONE = "The server does not answer. This is tried again by itself."
UNFETCHED = "A part of the page did not come. This is tried again by itself; if that goes on, reload the page."
DETAIL = [{"loc": ["server"], "msg": "the server is busy", "type": "busy", "ctx": {}}]
AT_3 = f"{TWO}#step=3&run=1"
FIT = "/?dataset=house_prices&standardize=true&loss=mse&max_steps=30&optimizer=gd:learning_rate=0.3"
ADADELTA = "/?surface=bowl&max_steps=50&optimizer=adadelta#step=3&run=0&average=u"
CATALOG = "**/api/v1/catalog"
GLOSSARY = "**/lessons/glossary"
STEP = "**/trajectories/step"
QUANTITIES = "**/trajectories/quantities"
SMALL_PICTURES = re.compile(r"/plot\.svg\?|/landscape\?.*&resolution=32&")


def refuse(page: Page, pattern: str | re.Pattern[str], status: int = 429) -> None:
    """Answer as a server does that has too much to do, until the page is let through."""
    headers = {"Retry-After": "1", "Content-Type": "application/json"}
    body = json.dumps({"detail": DETAIL})
    page.route(pattern, lambda route: route.fulfill(status=status, headers=headers, body=body))


@pytest.fixture(autouse=True)
def allowed(faults: Faults) -> None:
    faults.allow("429|503|net::ERR_FAILED|Failed to load")


def choose(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("radio", name=name, exact=True).first.click()


def click(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).first.click()


def tab(name: str) -> Callable[[Page], None]:
    return lambda page: page.locator(".explain-tabs").get_by_role("button", name=name, exact=True).click()


def tell_more(page: Page) -> None:
    page.get_by_role("button", name="Answer").click()
    page.locator(".preset-more summary").click()


def nothing(page: Page) -> None:
    """It is asked for as the page opens."""


@dataclass(frozen=True)
class Part:
    """A part of the page that is fetched on demand.

    Args:
        act: what a person does to see it.
        place: where it stands.
        filled: what is there in the end.
    """

    act: Callable[[Page], None]
    place: str
    filled: str


SCENES = Part(click(".preset-button"), ".popover", ".preset")
PICTURES_OF_SCENES = Part(click(".preset-button"), ".popover", ".preset-picture:not([data-waiting])")
LINE_FITS = Part(choose("Line fits"), "#landscape", "#landscape button:has-text('House prices')")
NETWORKS = Part(choose("Networks"), "#landscape", "#landscape button:has-text('XOR')")
GALLERY = Part(nothing, "#landscape", "#landscape canvas[data-drawn]")
SETTINGS = Part(nothing, ".runs", ".run-more .param-name")
WORKING = Part(tab("Working"), "#explanation", ".working-line")
CHARTS = Part(nothing, ".explanation", ".states-chart")
TWO_RUNS = Part(tab("Compare"), ".explanation-part:visible", ".compare-row")
AVERAGES = Part(nothing, ".explanation", ".memory-formula")
OWN_RULE = Part(nothing, ".explanation", ".own-line")
DATA_TABLE = Part(nothing, "#data", "#data .samples tbody td")
MORE = Part(tell_more, ".preset-more", ".preset-more li")
WORD = Part(click("a.glossed:visible"), ".popover", ".word-sheet dd, .word-sheet p")
WORKING_OF_A_LESSON = Part(
    click(".lesson-figure .question button:has-text('without a guess')"),
    ".lesson-figure",
    ".lesson-figure .working-line",
)


@pytest.mark.parametrize(
    ("address", "asked", "parts"),
    [
        (AT_3, CATALOG, [SETTINGS, WORKING, LINE_FITS, NETWORKS, SCENES]),
        (AT_3, STEP, [WORKING, TWO_RUNS]),
        (f"{AT_3}&explanation=charts", CATALOG, [CHARTS]),
        (f"{AT_3}&explanation=charts", QUANTITIES, [CHARTS]),
        (f"{AT_3}&explanation=rule", STEP, [OWN_RULE]),
        (f"{ADADELTA}&explanation=average", QUANTITIES, [AVERAGES]),
        (TWO, SMALL_PICTURES, [GALLERY, PICTURES_OF_SCENES]),
        (f"{FIT}#table=true", CATALOG, [DATA_TABLE]),
        ("/", CATALOG, [MORE]),
        ("/lessons/momentum", GLOSSARY, [WORD]),
        ("/lessons/one_step_downhill", STEP, [WORKING_OF_A_LESSON]),
    ],
)
def test_parts_say_why_they_wait_and_come_by_themselves(
    page: Page, clock: PageClock, address: str, asked: str | re.Pattern[str], parts: list[Part]
) -> None:
    """One after the other is opened and says so. Then the last one comes, and the others when they are opened again."""
    refuse(page, asked)
    page.goto(address)
    for part in parts:
        part.act(page)
        expect(page.locator(part.place).get_by_text(BUSY).first).to_be_visible()
    page.unroute(asked)
    clock.skip(60)
    for k, part in enumerate(reversed(parts)):
        if k > 0:
            page.keyboard.press("Escape")
            part.act(page)
        expect(page.locator(part.filled).first).to_be_visible()
        expect(page.locator(part.place).get_by_text(BUSY).locator("visible=true")).to_have_count(0)


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return {
        "left": found["x"],
        "top": found["y"],
        "right": found["x"] + found["width"],
        "bottom": found["y"] + found["height"],
    }


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    across = one["left"] < other["right"] and other["left"] < one["right"]
    return across and one["top"] < other["bottom"] and other["top"] < one["bottom"]


@pytest.mark.parametrize("size", ["phone"])
def test_on_a_phone_the_strip_stays_over_the_map_and_hides_no_control_and_no_number(page: Page) -> None:
    play = Playground(page, f"{FIT}#step=3&table=true")
    play.tab("Data")
    page.locator("#data .samples tbody td").first.wait_for()
    page.route("**/trajectories?*", lambda route: route.fulfill(status=429, headers={"Retry-After": "100"}, body="{}"))
    page.route("**/trajectories/stream?*", lambda route: route.fulfill(status=429, headers={"Retry-After": "100"}))
    page.evaluate("scrollBy({ top: 2000, behavior: 'instant' })")
    play.tab("Runs")
    play.rate(0).fill("0.2")
    page.keyboard.press("Enter")
    notice = page.locator("#notice .notice")
    expect(notice).to_have_text(
        re.compile(r"^\s*The server has too much to do\. Trying again in \d+ s\.\s*Try now\s*$")
    )
    for tab in ("Data", "Runs"):
        play.tab(tab)
        for down in (0, 2000):
            page.evaluate("(top) => scrollBy({ top, behavior: 'instant' })", down)
            frame(page)  # a page that counts down never rests
            strip, ground = box(page, "#notice .notice"), box(page, "#map")
            assert max(0, ground["top"]) <= strip["top"], "in sight"
            assert strip["bottom"] <= ground["bottom"]
            hidden = [one for one in (".map-zoom", "#transport", "#tabs") if overlap(strip, box(page, one))]
            assert not hidden
    play.tab("Data")
    frame(page)
    assert not overlap(box(page, "#notice .notice"), box(page, "#data .samples"))


def test_a_strip_that_counts_down_draws_once_a_second(page: Page, clock: PageClock) -> None:
    play = Playground(page, AT_3)
    page.route("**/trajectories?*", lambda route: route.fulfill(status=429, headers={"Retry-After": "900"}, body="{}"))
    page.route("**/trajectories/stream?*", lambda route: route.fulfill(status=429, headers={"Retry-After": "900"}))
    play.rate(0).fill("0.002")
    page.keyboard.press("Enter")
    count = page.locator("#notice .notice span span")
    expect(count).to_have_text(re.compile(r"Trying again in \d+ s\."))
    clock.stop()
    clock.run(2000)
    seconds = int(re.sub(r"\D", "", count.inner_text()))
    page.evaluate("""() => {
        const ask = requestAnimationFrame;
        window.frames_asked = 0;
        window.requestAnimationFrame = (act) => { window.frames_asked += 1; return ask(act); };
    }""")
    clock.run(5000)
    expect(count).to_have_text(f"Trying again in {seconds - 5} s.")
    assert 5 <= page.evaluate("window.frames_asked") <= 7


@pytest.mark.parametrize("size", ["phone", "tablet", "projector", "whiteboard"])
def test_the_strip_leaves_the_buttons_that_zoom(page: Page) -> None:
    refuse(page, "**/trajectories/stream?*", 503)
    page.goto(TWO)
    notice = page.locator("#notice .notice")
    expect(notice).to_contain_text("The server has too much to do. Trying again in")
    page.locator(".map-zoom").wait_for()
    frame(page)
    assert not overlap(box(page, "#notice .notice"), box(page, ".map-zoom"))
    page.unroute("**/trajectories/stream?*")
    expect(notice).to_be_hidden()
    expect(page.locator(".transport-step .total")).to_have_text(re.compile("50"))


def test_a_formula_that_is_typed_is_drawn_once_there_is_an_answer(page: Page) -> None:
    Playground(page)
    page.get_by_role("radio", name="Formula").click()
    refuse(page, "**/landscape?*")
    page.locator("#formula").fill("x**2 + 3*y**2")
    notice = page.locator("#notice .notice")
    expect(notice).to_contain_text("The server has too much to do.")
    page.unroute("**/landscape?*")
    expect(notice).to_be_hidden()
    expect(page.locator("#title")).to_contain_text("f(x, y)")


def test_what_is_taken_home_comes_and_tables_that_were_asked_for_are_saved_by_themselves(page: Page) -> None:
    asked = "**/trajectories/program?*"
    refuse(page, asked)
    refuse(page, "**/plot.svg?*")
    play = Playground(page)
    play.rest()
    play.button("Take home").click()
    program, picture = page.locator(".home-program .home-text"), page.locator("[data-picture=map]")
    expect(program).to_have_text(BUSY)
    expect(picture.locator(".note")).to_have_text(BUSY)
    page.unroute(asked)
    page.unroute("**/plot.svg?*")
    expect(program).to_contain_text("import")
    expect(picture.locator("img[src^=blob]")).to_be_visible()
    asked = "**/api/v1/trajectories"
    refuse(page, asked)
    page.get_by_role("button", name="Numbers as CSV").click()
    expect(page.locator(".home-foot")).to_have_text(BUSY)
    page.get_by_role("button", name="Numbers as JSON").click()
    came: list[str] = []
    page.on("download", lambda download: came.append(download.suggested_filename.rpartition(".")[2]))
    with page.expect_download(lambda _: len(came) == 2):
        page.unroute(asked)
    assert sorted(came) == ["csv", "json"]


def test_what_waits_is_not_asked_for_once_it_is_closed(page: Page, clock: PageClock) -> None:
    Playground(page)
    asked: list[str] = []
    page.on("request", lambda request: request.url.endswith("/catalog") and asked.append(request.url))
    refuse(page, CATALOG)
    page.locator(".preset-button").click()
    expect(page.locator(".popover").get_by_text(BUSY)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".popover")).to_be_hidden()
    before = len(asked)
    clock.skip(60)
    settle(page)
    assert len(asked) == before


def test_only_a_server_that_does_not_answer_is_said_not_to(page: Page) -> None:
    Playground(page)
    page.route(CATALOG, lambda route: route.abort())
    page.locator(".preset-button").click()
    popover = page.locator(".popover")
    expect(popover.get_by_text(GONE)).to_be_visible()
    page.unroute(CATALOG)
    refuse(page, CATALOG)
    expect(popover.get_by_text(BUSY)).to_be_visible()
    page.unroute(CATALOG)
    expect(popover.locator(".preset").first).to_be_visible()


@pytest.mark.parametrize("file", ["explanation-*.js", "explanation-*.css"])
def test_a_file_of_the_page_that_does_not_come_is_asked_for_again(page: Page, file: str) -> None:
    refuse(page, f"**/{file}", 503)
    page.goto(f"{AT_3}&explanation=charts")
    said = page.locator(".explanation").get_by_text(UNFETCHED)
    expect(said).to_be_visible()
    page.unroute(f"**/{file}")
    expect(page.locator(".states-chart").first).to_be_visible()
    expect(said).to_be_hidden()


def test_what_is_from_before_a_change_is_not_taken_for_what_was_asked(page: Page) -> None:
    """A line fit that is chosen and does not come is not drawn by the run of what was there."""
    play = Playground(page)
    choose("Line fits")(page)
    shoes = page.get_by_role("button", name=re.compile("Shoe size")).first
    expect(shoes).to_be_visible()
    refuse(page, "**/api/v1/**")
    shoes.click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("What is drawn is from before this change. Trying again")
    expect(page.locator(".map-stale")).to_be_attached()
    expect(play.sentence()).to_contain_text("Not all of this has come yet; the rest is shown as it was.")
    expect(page.locator("#data-chart")).to_contain_text("height")
    expect(page.locator("#data-chart")).not_to_contain_text("y =")
    page.unroute_all()
    expect(page.locator("#data-chart")).to_contain_text("y =")
    expect(notice).not_to_contain_text("before this change")
    expect(page.locator(".map-stale")).to_have_count(0)


def test_while_it_is_asked_again_the_strip_stands(page: Page, clock: PageClock) -> None:
    play = Playground(page)
    refuse(page, "**/trajectories**")
    play.rate(0).fill("0.2")
    play.rate(0).press("Enter")
    again = play.button("Try now")
    expect(again).to_be_visible()
    clock.stop()  # or the page asks again by itself
    held: list[Route] = []
    # Before any refusal: what is on its way is refused or held, never answered.
    page.route("**/trajectories**", lambda route: held.append(route))
    with page.expect_request("**/trajectories/stream**"):
        again.click()
    clock.run(500)
    expect(page.locator("#notice")).to_contain_text("Trying again now.")
    expect(again).to_be_focused()
    again.click()
    clock.run(2000)
    clock.go_on()
    assert len([route for route in held if "/stream" in route.request.url]) == 1
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(again).to_be_hidden()


@pytest.mark.parametrize("way", ["Working", "Steps"])
def test_the_keys_stay_at_a_tab_until_what_it_leads_to_has_come(page: Page, way: str) -> None:
    play = Playground(page)
    play.rest()
    refuse(page, CATALOG)
    play.explain(way).click()
    expect(page.locator(".waits:visible")).to_have_text(BUSY)
    expect(play.explain(way)).to_be_focused()
    page.unroute(CATALOG)
    expect(page.locator("#explanation h2")).to_be_focused()
