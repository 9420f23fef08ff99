"""Where the keys are after something has opened, closed or gone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import TWO, Playground


def press(page: Page, at: Locator, key: str = "Enter") -> None:
    at.focus()
    page.keyboard.press(key)


def test_the_keys_go_to_what_opens_back_to_what_opened_it_and_from_a_run_that_is_removed_to_its_neighbour(
    page: Page,
) -> None:
    play = Playground(page, f"{TWO}#step=20")
    working, steps = play.explain("Working"), play.explain("Steps")
    press(page, working)
    expect(page.locator("#explanation h2")).to_be_focused()
    press(page, steps)
    expect(page.locator("#explanation h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#explanation")).to_be_hidden()
    expect(steps).to_be_focused()
    press(page, steps)
    press(page, play.button("Close Steps"))
    expect(steps).to_be_focused()
    press(page, working)
    press(page, play.button("Close Working"))
    expect(working).to_be_focused()
    press(page, play.explain("Search"))
    expect(page.locator("#explanation h2")).to_have_text("Exhaustive search")
    page.keyboard.press("Escape")
    expect(play.explain("Search")).to_be_focused()

    share = play.button("Share")
    press(page, share)
    expect(page.get_by_label("Link", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(share).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Link", exact=True)).to_be_focused()
    # Closed and pressed again before the browser has told of the first.
    share.evaluate("(button) => (document.querySelector('.popover:popover-open').hidePopover(), button.click())")
    expect(page.get_by_label("Link", exact=True)).to_be_focused()
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(play.button("Take home")).to_be_focused()
    expect(page.locator(".popover:popover-open")).to_have_count(0)
    press(page, play.open_run(0).get_by_role("button", name="Remove"))
    expect(play.run(0).locator(".run-toggle")).to_be_focused()
    press(page, play.open_run(0).get_by_role("button", name="Remove"))
    expect(play.button("Add a run")).to_be_focused()


def test_arrows_go_from_scene_to_scene_and_letters_are_keys_wherever_nothing_is_typed(page: Page) -> None:
    Playground(page, "/#step=20")
    press(page, page.locator(".preset-button"))
    presets = page.locator(".preset")
    expect(presets.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(presets.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(presets.last).to_be_focused()
    page.keyboard.press("Escape")
    help_sheet = page.locator(".help:popover-open")
    for at in (".runs .slider-input", ".transport-step .select", ".map-ground", ".map-start"):
        for key, scene in (("n", 2), ("p", 1)):
            page.locator(at).first.focus()
            page.keyboard.press(key)
            expect(page.locator(".preset-count")).to_have_text(re.compile(f"^Scene {scene} of"))
        page.locator(at).first.focus()
        page.keyboard.press("?")
        expect(help_sheet).to_be_visible()
        page.keyboard.press("Escape")
        expect(help_sheet).to_have_count(0)


@pytest.mark.parametrize("size", ["phone"])
def test_a_tab_brings_what_it_shows_into_sight_under_the_map(page: Page) -> None:
    play = Playground(page, f"{TWO}#step=20")
    for word, part in (("Loss", "#loss-chart"), ("Standings", ".standings"), ("Runs", ".runs")):
        play.tab(word)
        expect(page.locator(part)).to_be_in_viewport(ratio=0.3)
        expect(page.locator("#map")).to_be_in_viewport(ratio=0.95)
    play.tab("Working")
    play.explain("States").click()
    expect(page.locator("#explanation h2")).to_be_focused()
    expect(page.locator(".explanation-head")).to_be_in_viewport()
