"""The playground on a wall: what stands there, and the way off it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

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
    for said in (formula, page.locator(".transport-step")):
        box = said.bounding_box()
        assert box
        assert box["y"] >= ground["y"] + ground["height"]
        assert ground["x"] <= box["x"]
        assert box["x"] + box["width"] <= ground["x"] + ground["width"] + 1
        assert said.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 16


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
