"""The playground on a wall: what stands there, and the way off it."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.course.presets import PRESETS
from tests.browser.playground import Playground
from tests.browser.scene import FIRST, SECOND, beat, words

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", ["old projector"])
def test_the_formula_and_how_far_the_runs_have_come_stand_below_the_map(page: Page) -> None:
    play = Playground(page, "/#projector=true")
    formula, step = page.locator(".formula-set"), page.locator(".transport-step strong")
    expect(formula.locator(".katex")).to_be_visible()
    expect(step).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_hidden()
    play.at(0)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    expect(page.locator(".transport-step .total")).to_have_text(re.compile(" of "))
    play.settle()
    ground = page.locator("#map").bounding_box()
    assert ground
    key = page.locator(".legend")
    expect(key.get_by_role("img", name="Loss, from the valleys to the heights")).to_be_visible()
    for said in (formula, page.locator(".transport-step"), key):
        box = said.bounding_box()
        assert box
        assert box["y"] >= ground["y"] + ground["height"]
        assert ground["x"] <= box["x"]
        assert box["x"] + box["width"] <= ground["x"] + ground["width"] + 1
        assert said.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 16


@pytest.mark.parametrize("size", ["projector"])
@pytest.mark.usefixtures("moving")
def test_an_open_question_has_tall_rows_and_what_is_typed_is_as_large_as_they_are(page: Page) -> None:
    play = Playground(page, "/#projector=true")
    play.settle()
    row, typed = page.locator(".guess").first, page.locator(".guess-fields > .note")
    sizes = [float(part.evaluate("(part) => parseFloat(getComputedStyle(part).fontSize)")) for part in (row, typed)]
    assert sizes[0] == sizes[1] >= 28
    box = row.bounding_box()
    assert box
    assert box["height"] > 1.8 * sizes[0]
    # A class has no mouse.
    expect(typed).to_have_text(re.compile("^or at"))
    expect(page.locator(".map-plate")).to_have_text("Agree on a place.")
    expect(page.get_by_role("button", name="Next: run")).to_be_in_viewport(ratio=1)


def test_escape_closes_what_is_open_before_it_leaves_the_wall(page: Page) -> None:
    play = Playground(page, "/#projector=true")
    play.settle()
    wall = page.locator("body.projector")
    for name in ("Help", "Share"):
        play.button("Controls").click()
        page.locator(".bar").get_by_role("button", name=re.compile(name)).first.click()
        opened = page.locator("dialog[open], :popover-open").first
        expect(opened).to_be_visible()
        page.keyboard.press("Escape")
        expect(opened).to_be_hidden()
        expect(wall).to_be_attached()
        play.button("Controls").click()
    page.keyboard.press("Escape")
    expect(wall).not_to_be_attached()


@pytest.mark.parametrize("size", ["projector"])
@pytest.mark.usefixtures("moving")
def test_a_clicker_goes_from_beat_to_beat_and_on_to_the_next_scene(page: Page) -> None:
    play = Playground(page, "/#projector=true")
    play.button("Controls").click()
    play.slowly()
    play.button("Controls").click()
    beat(page, "Question")
    assert FIRST.change
    loss = page.locator("#loss-chart")
    expect(loss).to_be_hidden()
    page.keyboard.press("PageDown")
    beat(page, "Run")
    expect(loss).to_be_visible()
    onward = play.button("Next: answer")
    expect(onward).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(page.locator(".transport-step .total")).to_have_text(" of 217")
    beat(page, "Run")
    expect(onward).to_be_visible()
    expect(words(page)).not_to_contain_text(FIRST.sentence)
    page.keyboard.press("PageDown")
    beat(page, "Answer")
    expect(words(page)).to_contain_text(FIRST.question)
    expect(words(page)).to_contain_text(FIRST.sentence)
    page.keyboard.press("PageDown")
    beat(page, "Change")
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text(FIRST.change.then.removeprefix("it "))
    page.keyboard.press("PageDown")
    expect(words(page)).to_contain_text(SECOND.question)
    beat(page, "Question")
    page.keyboard.press("PageUp")
    expect(words(page)).to_contain_text(FIRST.change.then.removeprefix("it "))
    page.keyboard.press("PageUp")
    expect(words(page)).not_to_contain_text(FIRST.change.then.removeprefix("it "))
    beat(page, "Change")
    page.keyboard.press("PageUp")
    beat(page, "Answer")
    page.keyboard.press("ArrowLeft")
    beat(page, "Run")
    expect(page.locator(".transport-step strong")).to_have_text("217")
    onward.click()
    beat(page, "Answer")
    expect(onward).to_have_count(0)
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    beat(page, "Question")
    expect(page.locator(".transport-step strong")).to_have_text("0")
    page.locator(".map-ground").click()
    expect(page.get_by_label("Your guess: x")).not_to_have_value("")
    page.keyboard.press("Space")
    beat(page, "Run")


def hold(page: Page, key: str) -> None:
    """Until it repeats."""
    page.keyboard.down(key)
    page.keyboard.down(key)
    page.keyboard.up(key)


@pytest.mark.parametrize("size", ["projector"])
def test_a_clicker_held_down_has_rates_scenes_and_black(page: Page) -> None:
    play = Playground(page, "/#projector=true")
    *_, last = PRESETS.values()
    offered, dark = page.locator(".wall-list [aria-current]"), page.locator(".wall-dark")
    beat(page, "Question")
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(dark).to_be_visible()
        page.keyboard.press("PageDown")
        expect(dark).to_be_hidden()
        beat(page, "Question")
    hold(page, "PageDown")
    expect(offered).to_have_text("Go on here")
    beat(page, "Question")
    page.keyboard.press("PageDown")
    expect(offered).to_have_text("Rate of Gradient descent: 0.002")
    hold(page, "PageDown")
    page.keyboard.press("PageUp")
    expect(play.rate(0)).to_have_value("0.005")
    hold(page, "PageUp")
    expect(play.rate(0)).to_be_hidden()
    hold(page, "PageDown")
    page.keyboard.press("PageUp")
    expect(offered).to_have_text(f"Scene {len(PRESETS)}: {last.title}")
    hold(page, "PageUp")
    expect(page.locator(".wall-list")).to_be_hidden()
    expect(words(page)).to_contain_text(last.question)
