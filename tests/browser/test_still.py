"""Nothing that is read or aimed at moves by itself, and every edit can be undone."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.course.presets import PRESETS
from tests.browser.conftest import Faults
from tests.browser.playground import TWO, Playground, frame, settle

FIRST = next(iter(PRESETS.values()))
FORMULA = "/?expression=x**2 %2B y**2&start=1.5,1&optimizer=gd:learning_rate=0.1&optimizer=adam:learning_rate=0.1"
FIT = "/?dataset=shoe_size&loss=ssr&max_steps=60&optimizer=gd:learning_rate=0.1&optimizer=momentum:learning_rate=0.3"

WATCH = """() => {
    const parts = () => [...document.querySelectorAll(".figure [data-part], .runs .run, .map-ground, .formula-said")]
        .filter((part) => part instanceof HTMLElement && part.checkVisibility());
    const nameOf = (part) => part.dataset.part ?? part.className;
    const boxOf = (part) => {
        const { x, y, width, height } = part.getBoundingClientRect();
        return [x + scrollX, y + scrollY, width, height];
    };
    const before = new Map(parts().map((part) => [part, boxOf(part)]));
    const moved = new Set();
    function look() {
        const now = parts();
        for (const part of now) {
            if (!before.has(part)) moved.add(`${nameOf(part)} came`);
            // Half a pixel is what the figures of a formula may differ by.
            else if (boxOf(part).some((value, k) => Math.abs(value - before.get(part)[k]) > 0.5)) {
                moved.add(`${nameOf(part)}: ${before.get(part)} -> ${boxOf(part)}`);
            }
        }
        for (const part of before.keys()) if (!now.includes(part)) moved.add(`${nameOf(part)} went`);
        atRest.frame(look);
    }
    look();
    window.watched = { count: before.size, moved };
}"""


class Still:
    """What has moved on a page since `watch`, frame by frame."""

    def __init__(self, page: Page, least: int = 12) -> None:
        self.page = page
        settle(page)
        page.evaluate(WATCH)
        assert page.evaluate("watched.count") >= least

    def check(self) -> None:
        settle(self.page)
        moved = self.page.evaluate("[...watched.moved]")
        assert moved == [], "\n".join(moved)


def open_still(page: Page, address: str) -> Playground:
    play = Playground(page, address)
    if address.startswith("/#") or address == "/":
        play.explore()
    play.rest()
    return play


def drag(page: Page, from_x: float, from_y: float, to_x: float, to_y: float, steps: int = 12) -> None:
    """Press and move, frame by frame; the button stays down."""
    page.mouse.move(from_x, from_y)
    page.mouse.down()
    for k in range(1, steps + 1):
        page.mouse.move(from_x + (to_x - from_x) * k / steps, from_y + (to_y - from_y) * k / steps)
        frame(page)
        frame(page)


def drag_rate(page: Page, play: Playground, index: int, share: float) -> None:
    """To a share of the slider's length; the button stays down."""
    slider = play.run(index).locator(".slider-input")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    at = play.run(index).locator("[data-of=cursor]").bounding_box()
    assert box
    assert at
    y = box["y"] + box["height"] * 0.45
    drag(page, at["x"] + at["width"] / 2, y, box["x"] + box["width"] * share, y)


@pytest.mark.parametrize(
    ("size", "address"),
    [("phone", "/"), ("laptop", "/#projector=true")],
)
@pytest.mark.usefixtures("moving")
def test_nothing_moves_while_it_plays(page: Page, address: str) -> None:
    play = open_still(page, address)
    page.get_by_role("combobox", name="Speed").select_option("4×")
    still = Still(page)
    page.keyboard.press("Space")
    expect(play.button("Play")).to_be_visible()
    still.check()


def test_nothing_moves_while_a_formula_is_typed(page: Page, faults: Faults) -> None:
    faults.allow("422")
    play = open_still(page, FORMULA)
    play.tab("Landscape")
    field = page.locator("#formula")
    field.click()
    page.keyboard.press("End")
    still = Still(page, 10)
    page.keyboard.type("/(2 + z) + sqrt(x)*3", delay=160)  # as slowly as a person: some of it is asked for meanwhile
    expect(page.locator("#formula-message")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Backspace")
    expect(page.locator("#formula-message")).to_be_hidden()
    still.check()


@pytest.mark.parametrize("size", ["phone"])
def test_nothing_moves_while_a_rate_is_dragged_into_divergence(page: Page) -> None:
    play = open_still(page, "/?surface=ravine&max_steps=200&optimizer=gd:learning_rate=0.01&optimizer=adam")
    page.keyboard.press("End")
    play.run(0).scroll_into_view_if_needed()
    still = Still(page)
    drag_rate(page, play, 0, 0.8)
    expect(play.run(0).locator(".warning")).to_contain_text("Diverges at step")
    still.check()
    page.mouse.up()
    still.check()


@pytest.mark.parametrize("size", ["phone"])
def test_nothing_moves_while_the_start_is_dragged_out_of_a_scene(page: Page) -> None:
    # On a lower phone the slider of the change takes the place of the scrubber.
    page.set_viewport_size({"width": 390, "height": 844})
    play = open_still(page, "/")
    still = Still(page)
    start, frame = page.locator(".map-start").bounding_box(), page.locator(".map-ground").bounding_box()
    assert start
    assert frame
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    drag(page, x, y, frame["x"] + 30, frame["y"] + frame["height"] - 40)
    expect(page.locator("#preset")).to_contain_text("Changed")
    still.check()
    page.mouse.up()
    still.check()
    play.says("window=-6,6,-6,6")


def test_nothing_moves_while_a_point_is_dragged(page: Page) -> None:
    open_still(page, FIT)
    still = Still(page)
    box = page.locator(".data-handle").first.bounding_box()
    assert box
    drag(page, box["x"] + 12, box["y"] + 12, box["x"] + 30, box["y"] - 30)
    still.check()
    page.mouse.up()


def test_what_is_said_belongs_to_what_is_drawn(page: Page) -> None:
    play = open_still(page, "/")
    words, report = page.locator("#preset-words"), play.sentence()
    expect(words).to_contain_text(FIRST.sentence)
    expect(report).to_be_hidden()
    page.keyboard.press("End")
    drag_rate(page, play, 0, 0.97)
    # The task stays, with what has come of it in place of the sentence that is no longer true.
    expect(words).not_to_contain_text(FIRST.sentence)
    expect(words).to_contain_text(re.compile("Gradient descent.* diverge"))
    expect(report).to_be_hidden()
    page.mouse.up()
    expect(page.locator("#live")).to_contain_text("Gradient descent has diverged")
    play.button("Undo all changes").click()
    expect(words).to_contain_text(FIRST.sentence)
    expect(report).to_be_hidden()


def test_the_value_that_is_set_stands_off_the_name_of_its_run_and_the_warnings_of_others(page: Page) -> None:
    play = open_still(page, TWO)
    for index in (0, 1):
        drag_rate(page, play, index, 0.93)
        readout = play.run(index).locator(".readout")
        expect(readout).to_contain_text(play.rate(index).input_value())
        expect(play.run(0).locator(".warning")).to_be_visible()
        play.settle()
        box = readout.bounding_box()
        assert box
        others = [play.run(index).locator(".run-name"), play.run(1 - index).locator(".warning:visible")]
        for other in (one.bounding_box() for one in others if one.count()):
            assert other
            assert other["y"] + other["height"] <= box["y"] or other["y"] >= box["y"] + box["height"]
        page.mouse.up()


def test_every_edit_is_undone_and_done_again_by_keys_and_buttons(page: Page) -> None:
    play = open_still(page, TWO)
    first = play.query
    undo, redo = play.button("Undo"), play.button("Redo")
    expect(undo).to_have_attribute("aria-disabled", "true")
    drag_rate(page, play, 0, 0.6)
    page.mouse.up()
    second = play.query
    assert second != first
    page.locator("#landscape .sheet", has_text="Himmelblau").click()
    play.says("surface=himmelblau")
    play.open_run(1).get_by_role("button", name="Remove").click()
    expect(page.locator(".runs .run")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".runs .run")).to_have_count(2)
    page.keyboard.press("Control+z")
    play.says("surface=bowl")
    page.keyboard.press("Control+z")
    play.says(first.split("#")[0])
    expect(undo).to_have_attribute("aria-disabled", "true")
    redo.click()
    play.says(second.split("#")[0])
    page.keyboard.press("Control+Shift+z")
    play.says("surface=himmelblau")
    page.keyboard.press("Control+y")
    expect(page.locator(".runs .run")).to_have_count(1)
    expect(redo).to_have_attribute("aria-disabled", "true")
    undo.click()
    expect(page.locator(".runs .run")).to_have_count(2)


def test_what_is_being_typed_is_the_browsers_to_undo(page: Page) -> None:
    play = open_still(page, TWO)
    play.rate(0).fill("0.2")
    page.keyboard.press("Enter")
    play.says("gd:learning_rate=0.2")
    play.rate(0).press_sequentially("7")
    page.keyboard.press("Control+z")
    play.settle()
    play.says("gd:learning_rate=0.2")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    play.says("gd:learning_rate=0.05")
    expect(play.rate(0)).to_be_focused()
    expect(play.rate(0)).to_have_value("0.05")


def test_a_scene_is_gone_back_to_at_its_name_and_that_is_undone_too(page: Page) -> None:
    play = open_still(page, "/")
    preset = page.locator("#preset")
    expect(preset).to_contain_text(re.compile("^Scene 1 of"))
    play.rate(0).fill("0.02")
    page.keyboard.press("Enter")
    expect(preset).to_contain_text("Changed")
    play.button("Undo all changes").click()
    expect(play.rate(0)).to_have_value("0.002")
    expect(preset).to_contain_text(re.compile("^Scene 1 of"))
    play.button("Undo").click()
    expect(play.rate(0)).to_have_value("0.02")
    expect(preset).to_contain_text("Changed")
