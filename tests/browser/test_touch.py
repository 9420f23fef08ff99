"""A finger on the page: it scrolls, it sets a value, it moves a point, and never two of these at once."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import TWO, Playground, whole

FIT = "/?points=0.6,1.1;0.8,1.2;1.1,2.1&loss=ssr&max_steps=60&optimizer=gd:learning_rate=0.1#step=20"


class Fingers:
    """One finger on a screen that can be touched."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def send(self, kind: str, *points: tuple[float, float], **more: float) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched, **more})

    def down(self, x: float, y: float) -> None:
        self.at = (x, y)
        self.send("touchStart", self.at)

    def by(self, dx: float, dy: float, steps: int = 8) -> None:
        x, y = self.at
        for k in range(1, steps + 1):
            self.send("touchMove", (x + dx * k / steps, y + dy * k / steps))
        self.at = (x + dx, y + dy)

    def up(self) -> None:
        self.send("touchEnd")

    def tap_twice(self, x: float, y: float) -> None:
        """A tenth of a second apart, however long they take to send."""
        began = time.time()
        for second in (began, began + 0.1):
            self.send("touchStart", (x, y), timestamp=second)
            self.send("touchEnd", timestamp=second + 0.01)


@pytest.mark.parametrize("size", ["phone"])
def test_under_a_finger_the_way_to_run_without_a_guess_is_in_sight_above_the_tabs(page: Page) -> None:
    play = Playground(page, "/")
    play.settle()
    run, tabs = (part.bounding_box() for part in (play.button("Run without a guess"), page.locator("#tabs")))
    assert run
    assert tabs
    assert run["y"] + run["height"] <= tabs["y"] + 1


@pytest.mark.parametrize("size", ["phone"])
def test_what_a_scene_has_changed_is_set_under_the_map_and_the_playback_stays_where_it_is(page: Page) -> None:
    play = Playground(page, "/")
    playback, finger = page.locator("#transport .play"), Fingers(page)
    play.settle()
    before = playback.bounding_box()
    page.keyboard.press("h")
    play.button("Change").click()
    rule = page.locator(".beat-ruler .slider")
    for part in (page.locator("#map"), rule, play.button("Set it for me")):
        whole(part)
    play.settle()
    assert playback.bounding_box() == before
    box = rule.bounding_box()
    assert box
    finger.down(box["x"] + 0.4 * box["width"], box["y"] + 19)
    finger.by(0.1 * box["width"], 0)
    expect(page.locator(".beat-sentence")).to_contain_text(re.compile("At 0.0"))
    assert playback.bounding_box() == before
    finger.up()
    play.tab("Runs")
    play.settle()
    run = play.run(1)
    box = run.locator(".slider").bounding_box()
    assert box
    finger.down(box["x"] + 0.2 * box["width"], box["y"] + 19)
    finger.by(0.1 * box["width"], 0)
    expect(run.locator(".readout")).to_contain_text("ends at")
    play.settle()
    name, said = run.locator(".run-name").bounding_box(), run.locator(".readout").bounding_box()
    assert name
    assert said
    assert said["x"] > name["x"] + name["width"]
    finger.up()


@pytest.mark.parametrize("size", ["phone"])
def test_a_finger_that_scrolls_over_a_rule_leaves_its_rate_and_words_to_be_pressed_are_underlined(page: Page) -> None:
    play = Playground(page, TWO)
    finger = Fingers(page)
    rule = play.run(0).locator(".slider")
    play.tab("Runs")
    play.settle()
    box, before = rule.bounding_box(), page.evaluate("scrollY")
    assert box
    finger.down(box["x"] + 250, box["y"] + 15)
    finger.by(4, -160)
    finger.up()
    page.wait_for_function("(before) => scrollY > before", arg=before)
    expect(play.rate(0)).to_have_value("0.05")
    play.tab("Runs")
    play.settle()
    box = rule.bounding_box()
    assert box
    finger.down(box["x"] + 250, box["y"] + 15)
    finger.by(-60, 4)
    finger.up()
    expect(play.rate(0)).not_to_have_value("0.05")
    play.settle()
    play.says(f"optimizer=gd:learning_rate={play.rate(0).input_value()}")
    play.tab("Standings")
    expect(page.locator(".standing-name").first).to_have_css("text-decoration-line", "underline")


@pytest.mark.parametrize("size", ["phone"])
def test_a_finger_on_the_map_scrolls_the_page_and_a_double_tap_leaves_the_start(page: Page) -> None:
    play = Playground(page, f"{TWO}&start=2,1#step=20")
    finger = Fingers(page)
    play.settle()
    box = page.locator("#map").bounding_box()
    assert box
    x, y = box["x"] + 90, box["y"] + 180
    finger.down(x, y)
    finger.by(0, -120)
    finger.up()
    page.wait_for_function("() => scrollY > 0")
    expect(page.locator(".map-nearer")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    finger.tap_twice(x, y)
    play.settle()
    play.says("start=2,1")


@pytest.mark.parametrize("size", ["phone"])
def test_a_point_goes_as_far_as_the_finger_and_the_chart_stays(page: Page) -> None:
    play = Playground(page, FIT)
    play.tab("Data")
    finger = Fingers(page)
    chart = page.locator("#data-chart")
    handle = page.locator(".data-handle").nth(1)
    handle.scroll_into_view_if_needed()
    play.settle()
    box, before = handle.bounding_box(), chart.bounding_box()
    assert box
    x, y = box["x"] + 20, box["y"] + 5  # not at its middle
    finger.down(x, y)
    finger.by(0, -10)
    expect(page.locator("#data-note")).to_contain_text("point 2 at 0.8")
    play.settle()
    assert chart.bounding_box() == before
    moved = handle.bounding_box()
    assert moved
    assert (moved["x"], moved["y"]) == pytest.approx((box["x"], box["y"] - 10), abs=1.5)
    finger.up()
    play.settle()
    left = handle.bounding_box()
    assert left
    finger.down(x, y - 10)
    finger.by(0, 30)
    expect(page.locator("#data-note")).not_to_have_text("drag a point")
    play.settle()
    assert handle.bounding_box() != left
    finger.send("touchCancel")
    play.settle()
    assert handle.bounding_box() == left, "a finger that the browser takes leaves the point where it was"


def test_a_start_that_leaves_the_map_by_key_takes_the_view_along(page: Page) -> None:
    play = Playground(page, f"{TWO}&start=2,1#step=20")
    start = page.locator(".map-start")
    # A pointer tells what can be pressed.
    expect(page.locator(".standing-name").first).to_have_css("text-decoration-line", "none")
    start.focus()
    for _ in range(12):
        page.keyboard.press("Shift+ArrowUp")
    expect(start).to_be_focused()
    expect(page.locator(".map-start-away")).to_have_count(0)
    play.settle()
    mark, ground = start.bounding_box(), page.locator(".map-ground").bounding_box()
    assert mark
    assert ground
    assert ground["y"] <= mark["y"] + mark["height"] / 2 <= ground["y"] + ground["height"]
