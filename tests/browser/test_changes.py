"""A run that goes on with another rate from a step on, and how it would have gone on without."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

BOWL = "/?surface=bowl&start=-2.5,2&max_steps=60&optimizer=gd:learning_rate=0.02#step=20&run=0"


def test_from_a_step_on_another_rate_by_keyboard_with_the_run_before_as_a_ghost(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    play = Playground(page, BOWL)
    page.get_by_role("button", name="Set another rate from step 20 on").focus()
    page.keyboard.press("Enter")
    change = page.get_by_role("group", name="From step")
    rate = change.get_by_label("learning rate of Gradient descent from step 20 on", exact=False).first
    expect(rate).to_be_focused()
    expect(page.get_by_text("The dotted path is the run before")).to_have_count(0)
    page.keyboard.press("PageUp")
    expect(page.locator("#loss [data-of=ghost]")).to_be_attached()
    play.says("changes=20:learning_rate=0.05")
    # The playhead stays where it was, and says what sets in there.
    expect(page.get_by_label("Step", exact=True)).to_have_attribute(
        "aria-valuetext", "step 20 of 60; from here on Gradient descent: rate 0.05"
    )
    expect(page.locator(".key-edge")).to_contain_text("Only its rate before step 20 varies")
    assert not axe(page)

    change.get_by_label("Optimizer from step 20 on").select_option("adam")
    play.says("changes=20:name=adam")
    page.reload()
    play.wait()
    expect(change.get_by_label("Optimizer from step 20 on")).to_have_value("adam")

    change.get_by_role("button", name="Take back the change from step 20").press("Enter")
    expect(page.locator(".add-change")).to_be_focused()
    assert "changes" not in play.query
    expect(page.locator("#loss [data-of=ghost]")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(change).to_be_visible()
