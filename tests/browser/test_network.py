"""What the page asks for, and what it does when nobody answers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import SIZES, Faults, PageClock, new_context
from tests.browser.playground import TWO, Playground, frame
from tests.server import Server, start_server


def slide(play: Playground, run: int, ticks: int = 12) -> None:
    """Drag the rate of a run to and fro."""
    box = play.run(run).locator(".slider-input").bounding_box()
    assert box
    y = box["y"] + box["height"] * 0.45
    play.page.mouse.move(box["x"] + box["width"] * 0.3, y)
    play.page.mouse.down()
    for tick in range(ticks):
        play.page.mouse.move(box["x"] + box["width"] * (0.3 + 0.02 * tick), y)
        frame(play.page)
    play.page.mouse.up()
    play.settle()


def test_a_slider_asks_for_its_own_run_alone_and_for_little(page: Page) -> None:
    many = "".join(f"&optimizer=adam:learning_rate=0.0{k}" for k in range(1, 9))
    play = Playground(page, f"/?surface=himmelblau&max_steps=5000{many}")
    play.rest()
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    slide(play, 0)
    moving = [request for request in asked if "/trajectories?fields=parameters,loss" in request.url]
    assert moving
    for request in moving:
        spec = request.post_data_json
        assert spec["optimizers"] == [spec["optimizers"][0]]
        assert request.sizes()["responseBodySize"] <= 60_000


COUNTS = """
const { fetch } = window;
const flying = { now: 0, most: 0, all: 0 };
Object.assign(window, { flying, fetch: async (address, how) => {
    if (!String(address).includes("/trajectories?")) return fetch(address, how);
    flying.most = Math.max(flying.most, ++flying.now);
    flying.all++;
    let over = false;
    const end = () => { if (!over) flying.now--; over = true; };
    how.signal?.addEventListener("abort", end);
    try {
        const response = await fetch(address, how);
        return new Response(await response.arrayBuffer(), response);
    } finally {
        end();
    }
} });
"""
"""Counts the requests that are under way and not given up, in the page itself: Playwright's events may come late and out of order."""


@pytest.mark.usefixtures("context")
def test_one_request_at_a_time(page: Page) -> None:
    page.add_init_script(COUNTS)
    play = Playground(page)
    play.rest()
    page.evaluate("Object.assign(flying, { most: 0, all: 0 })")
    box = play.run(0).locator(".slider-input").bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.45
    page.mouse.move(x, y)
    page.mouse.down()
    for tick in range(1000):
        page.mouse.move(x + tick % 40, y)
        frame(page)
        if page.evaluate("flying.all") > 3:
            break
    page.mouse.up()
    play.settle()
    flying = page.evaluate("flying")
    assert flying["all"] > 3
    assert flying["most"] == 1


def test_the_same_ground_is_not_asked_for_twice(page: Page) -> None:
    play = Playground(page)
    play.rest()
    asked: list[str] = []
    page.on("request", lambda request: "/landscape" in request.url and asked.append(request.url))
    slide(play, 0)
    page.locator(".map-start").focus()
    page.keyboard.press("ArrowUp")
    play.settle()
    assert asked == []


def test_a_server_that_has_too_much_to_do_is_asked_again_when_it_says(
    page: Page, clock: PageClock, faults: Faults
) -> None:
    faults.allow("429")
    busy = {"status": 429, "headers": {"Retry-After": "600"}, "body": "{}"}
    page.route("**/trajectories/stream?*", lambda route: route.fulfill(**busy), times=1)
    asked: list[Request] = []
    page.on("request", lambda request: "/trajectories/stream" in request.url and asked.append(request))
    page.goto(TWO)
    notice = page.locator("#notice .notice")
    expect(notice).to_contain_text(re.compile(r"The server has too much to do\..* Trying again in (600|[45]\d\d) s\."))
    assert len(asked) == 1
    clock.skip(600)
    expect(notice).to_be_hidden()
    assert len(asked) == 2
    expect(page.locator(".transport-step .total")).to_have_text(re.compile("50"))


@pytest.fixture
def mortal(browser: Browser) -> Iterator[tuple[Page, Server]]:
    """A page on a server of its own, which may die."""
    server = start_server()
    context = new_context(browser, server, **SIZES["laptop"])
    yield context.new_page(), server
    context.close()
    server.stop()


def test_the_server_goes_and_comes_back(mortal: tuple[Page, Server]) -> None:
    page, server = mortal
    play = Playground(page, TWO)
    play.rest()
    server.stop()
    play.rate(0).fill("0.2")
    page.keyboard.press("Enter")
    notice = page.locator("#notice .notice")
    expect(notice).to_contain_text(
        "The server does not answer. What is drawn is from before this change. Trying again in"
    )
    play.button("To the end").click()
    play.at(50)
    before = play.names()
    assert len(before) == 2
    again = start_server("--port", server.url.rsplit(":", 1)[1])
    try:
        page.evaluate("document.querySelector('#notice button')?.click()")  # or it has tried by itself meanwhile
        expect(notice).to_be_hidden()
        expect(page.locator(".run").first.locator(".warning")).to_be_hidden()
        expect(play.rate(0)).to_have_value("0.2")
        play.says("gd:learning_rate=0.2")
    finally:
        again.stop()
