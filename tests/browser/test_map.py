"""The map by mouse, by touch and by key."""

import re
import time
from functools import cached_property
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.conftest import SIZES, Faults
from tests.browser.playground import TWO, Playground

# The bowl's domain is -3..3 both ways, so that the frame's height is six units and its middle the origin.
UNITS = 6
# The canvases one over the other, as they are seen.
SEEN = """(() => {
    const canvases = [...document.querySelectorAll("#map canvas")];
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [canvases[0].width, canvases[0].height];
    const context = sheet.getContext("2d");
    for (const canvas of canvases) context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, sheet.width, sheet.height).data;
})()"""
KEEP = f"() => {{ window.kept = {SEEN}; }}"
DIFFERING = f"() => {SEEN}.reduce((count, value, at) => count + (Math.abs(value - window.kept[at]) > 48), 0)"


class Map(Playground):
    @property
    def ground(self) -> dict[str, float]:
        box: Any = self.page.locator(".map-ground").bounding_box()
        assert box
        return dict(box)

    def on_screen(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the plane lies on the screen, the whole domain being in sight."""
        box = self.ground
        unit = box["height"] / UNITS
        return box["x"] + box["width"] / 2 + x * unit, box["y"] + box["height"] / 2 - y * unit

    def value(self, name: str) -> list[float]:
        """Numbers of the address, once they are there and stay as they are."""
        said, query = "", self.query
        while said != query:
            said, query = query, self.query
        found = re.search(rf"[?&]{name}=([^&#]*)", query)
        assert found, f"no {name} in {query}"
        return [float(number) for number in found[1].split(",")]

    @property
    def shown_step(self) -> Locator:
        return self.page.locator(".transport-step strong")

    def lacks(self, name: str) -> None:
        expect(self.page).not_to_have_url(re.compile(f"[?&]{name}="))

    @cached_property
    def fingers(self) -> CDPSession:
        return self.page.context.new_cdp_session(self.page)

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(points)]
        self.fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})


def near(found: list[float], wanted: list[float], within: float = 0.05) -> bool:
    return all(abs(one - other) <= within for one, other in zip(found, wanted, strict=True))


def test_a_click_moves_the_start_it_is_dragged_and_moved_by_keys_and_a_drag_of_the_ground_pans(page: Page) -> None:
    play = Map(page)
    play.rest()
    page.mouse.move(*play.on_screen(1, -1))
    page.mouse.down()
    page.mouse.move(*play.on_screen(2, -2), steps=4)
    page.mouse.up()
    assert near(play.value("window")[2:], [-3 + 1, 3 + 1])
    assert "start=" not in play.query
    play.button("Whole domain").click()
    play.lacks("window")
    page.mouse.click(*play.on_screen(1.5, -2))
    assert near(play.value("start"), [1.5, -2])
    page.mouse.move(*play.on_screen(1.5, -2))
    page.mouse.down()
    page.mouse.move(*play.on_screen(-1, 1), steps=4)
    page.mouse.up()
    assert near(play.value("start"), [-1, 1])
    start = page.locator(".map-start")
    expect(start).to_have_accessible_name(re.compile("Start at x −1"))
    start.focus()
    before = play.value("start")
    for key in ("ArrowRight", "Shift+ArrowUp"):
        address = page.url
        page.keyboard.press(key)
        expect(page).not_to_have_url(address)
    after = play.value("start")
    assert after[0] > before[0]
    assert after[1] - before[1] == pytest.approx(10 * (after[0] - before[0]))

    # Risen, at once as nothing is to move, the ground is turned by hand and key, and nothing else happens.
    page.emulate_media(reduced_motion="reduce")
    address = page.url
    play.button("Raise the ground").click()
    risen = page.get_by_role("application", name="The ground, risen")
    expect(risen).to_be_visible()
    expect(start).to_be_hidden()
    play.settle()
    stood = play.picture(".map-tilt")
    page.mouse.move(*play.on_screen(1, -1))
    page.mouse.down()
    page.mouse.move(*play.on_screen(2, -2), steps=4)
    page.mouse.up()
    play.settle()
    turned = play.picture(".map-tilt")
    assert turned != stood
    risen.press("ArrowLeft")
    play.repainted(turned, ".map-tilt")
    page.keyboard.press("Escape")
    expect(risen).to_be_hidden()
    expect(play.button("Raise the ground")).to_be_focused()
    assert page.url == address


def double_click(page: Page, x: float, y: float) -> None:
    """A tenth of a second apart, however long they take to send."""
    session, began = page.context.new_cdp_session(page), time.time()
    for count in (1, 2):
        for kind in ("mousePressed", "mouseReleased"):
            click = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": count}
            session.send("Input.dispatchMouseEvent", {**click, "timestamp": began + 0.1 * count})


def test_wheel_buttons_and_keys_zoom_and_a_double_click_resets_without_moving_the_start(page: Page) -> None:
    play = Map(page)
    play.rest()
    page.mouse.move(*play.on_screen(1, 1))
    page.mouse.wheel(0, -400)
    x0, x1, y0, y1 = play.value("window")
    assert x0 < 1 < x1
    assert y0 < 1 < y1
    assert y1 - y0 < UNITS / 1.5
    box = play.ground
    double_click(page, box["x"] + 60, box["y"] + box["height"] - 60)
    play.lacks("window")
    assert "start=" not in play.query or play.value("start") == [-2.5, 2], "the first of two clicks is taken back"
    play.button("Zoom in").click()
    assert play.value("window")[3] - play.value("window")[2] == pytest.approx(UNITS / 1.6, rel=0.01)
    play.button("Zoom out").click()
    play.button("Whole domain").click()
    play.lacks("window")
    page.locator(".map-ground").focus()
    page.keyboard.press("+")
    zoomed = play.value("window")
    page.keyboard.press("ArrowRight")
    assert play.value("window")[0] > zoomed[0]
    page.keyboard.press("0")
    play.lacks("window")
    assert play.step == 0, "the keys were the map's"


@pytest.mark.parametrize("size", ["phone"])
def test_two_fingers_pinch_one_drags_a_tap_moves_the_start_and_one_button_unfolds_those_that_zoom(page: Page) -> None:
    play = Map(page)
    play.rest()
    x, y = play.on_screen(0, 0)
    play.touch("touchStart", (x - 30, y), (x + 30, y))
    for k in range(1, 7):
        play.touch("touchMove", (x - 30 - 10 * k, y), (x + 30 + 10 * k, y))
    play.touch("touchEnd")
    first = play.value("window")
    assert first[3] - first[2] == pytest.approx(UNITS / 3, rel=0.15)
    play.touch("touchStart", (x, y))
    play.touch("touchMove", (x + 20, y + 20))
    play.touch("touchMove", (x + 40, y + 40))
    play.touch("touchEnd")
    second = play.value("window")
    assert second[0] < first[0]
    assert second[2] > first[2]
    play.touch("touchStart", (x, y))
    play.touch("touchEnd")
    assert "start=" in play.query
    nearer = play.button("Zoom in")
    expect(nearer).to_be_hidden()
    play.button("Zoom").tap()
    nearer.tap()
    play.settle()
    assert play.value("window") != second
    play.button("Zoom").tap()
    expect(nearer).to_be_hidden()


def test_pointing_at_a_route_tells_and_a_click_goes_there(page: Page) -> None:
    play = Map(page)
    play.rest()
    # x of gradient descent falls by 0.9, y by 0.8 a step.
    x, y = play.on_screen(-2.5 * 0.9**4, 2 * 0.8**4)
    page.mouse.move(x + 40, y)
    page.mouse.move(x, y)
    callout = page.locator(".map-callout")
    expect(callout).to_be_visible()
    expect(callout).to_contain_text("step 4")
    expect(callout).to_contain_text(f"−{2.5 * 0.9**4:.3f}")
    page.mouse.click(x, y)
    expect(play.shown_step).to_have_text("4")
    page.mouse.move(*play.on_screen(2, -2))
    expect(callout).to_be_hidden()


def test_walking_to_a_step_draws_what_coming_back_to_it_draws(page: Page) -> None:
    play = Map(page, f"{TWO}#step=1&run=1")
    play.rest()
    page.keyboard.press("End")  # letters that the words there need may come late, and move the numbers on the ground
    play.settle()
    page.keyboard.press("Home")
    for _ in range(37):
        page.keyboard.press("ArrowRight")
    expect(play.shown_step).to_have_text("37")
    play.settle()
    page.evaluate(KEEP)
    page.keyboard.press("End")
    for _ in range(13):
        page.keyboard.press("ArrowLeft")
    expect(play.shown_step).to_have_text("37")
    play.settle()
    assert page.evaluate(DIFFERING) < 100, "less than a head left behind"


def test_axes_that_cannot_have_one_scale_say_so(page: Page) -> None:
    play = Map(page, "/?dataset=house_prices&loss=mse&optimizer=gd:learning_rate=0.0000001&max_steps=20")
    expect(page.locator(".map-note")).to_have_text("axes not to scale")
    play.open(TWO)
    expect(page.locator(".map-note")).to_be_hidden()


def test_where_no_formula_has_been_right_yet_there_is_no_start_to_take_hold_of(page: Page, faults: Faults) -> None:
    faults.allow("422")
    page.goto("/?expression=x^2 %2B&start=1&optimizer=gd:learning_rate=0.1")
    expect(page.locator("#formula-message")).to_be_visible()
    expect(page.locator(".map-start")).to_be_hidden()
    page.locator("#formula").fill("x^2")
    expect(page.locator(".map-start")).to_be_visible()


@pytest.mark.parametrize("size", ["phone"])
def test_the_map_is_ground_and_routes_at_every_size(page: Page) -> None:
    play = Map(page)
    for viewport in (SIZES["phone"]["viewport"], SIZES["projector"]["viewport"]):
        page.set_viewport_size(viewport)
        play.rest()
        box = play.ground
        assert box["width"] >= min(350, viewport["width"] - 10)
        drawn = page.evaluate(
            """() => [...document.querySelectorAll("#map canvas")].map((canvas) => {
                const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                const colours = new Set();
                for (let k = 0; k < data.length; k += 4)
                    if (data[k + 3]) colours.add((data[k] << 16) | (data[k + 1] << 8) | data[k + 2]);
                return colours.size;
            })"""
        )
        assert len(drawn) == 2
        assert drawn[0] > 300, "shaded ground"
        assert drawn[1] > 20, "routes"


@pytest.mark.usefixtures("context")  # its page has no worker, and is not kept
def test_the_flanks_of_a_wide_map_do_not_wait_until_it_is_painted_in_full(page: Page) -> None:
    page.add_init_script("window.Worker = class { postMessage() {} terminate() {} }")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/?surface=bowl&optimizer=gd:learning_rate=0.05")
    page.wait_for_function(
        """() => {
            const canvas = document.querySelector("#map canvas");
            const ground = document.querySelector(".map-ground")?.getBoundingClientRect();
            if (!ground?.width || !canvas.width) return false;
            const ratio = canvas.width / canvas.getBoundingClientRect().width;
            const left = ground.left - canvas.getBoundingClientRect().left + 0.02 * ground.width;
            const { data } = canvas.getContext("2d").getImageData(left * ratio, 0, 1, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size > 30;
        }"""
    )


def test_the_map_of_a_formula_shows_its_runs_and_stays_while_a_rate_is_held(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/landscape?" in request.url else None)
    play = Playground(page, "/?expression=(x-20)**2&start=24&max_steps=60&optimizer=gd:learning_rate=0.1")
    play.rest()
    mark, ground = page.locator(".map-start").bounding_box(), page.locator(".map-ground").bounding_box()
    assert mark
    assert ground
    off = mark["x"] + mark["width"] / 2 - ground["x"] - ground["width"] / 2
    assert 0.2 < off / ground["width"] < 0.45, "to the right of the minimum, off the middle and off the edge"
    expect(page.locator(".notice")).to_be_hidden()
    before = len(asked)
    with play.held_rate(0):
        assert len(asked) == before
