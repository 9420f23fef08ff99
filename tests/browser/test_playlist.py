"""A playlist: put together by the keyboard, gone through by a clicker alone, with the presenter's window beside the wall."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.course.presets import PRESETS
from tests.browser.conftest import Faults
from tests.browser.playground import settle
from tests.browser.test_layout import fits, too_small

pytestmark = pytest.mark.slow

WALL_AT_REST = """async () => {
    const wall = [...document.querySelectorAll(".part-frame")].at(-1)?.contentWindow;
    return !!wall?.atRest && (await wall.atRest(1000)) === null && (await atRest(1000)) === null;
}"""


def press_until(page: Page, key: str, part: str) -> None:
    """So many presses as it takes to another part, each once the wall is at rest."""
    for _ in range(12):
        page.wait_for_function(WALL_AT_REST)
        if page.evaluate("location.hash") == part:
            return
        page.keyboard.press(key)
    assert page.evaluate("location.hash") == part


@pytest.mark.usefixtures("context")
def test_a_list_is_put_in_order_and_played_by_keys_alone_in_either_window(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.goto("/play?5:4,~24,1")  # as an address of before has it
    lesson = page.get_by_role("button", name="When to stop Lesson 5, 1 of 7 sections")
    lesson.focus()
    for after in ("~banana_bend,when_to_stop:4,opening", "~banana_bend,opening,when_to_stop:4"):
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator(".play-address code")).to_have_text(f"/play?{after}")
        expect(lesson).to_be_focused()
    expect(page).to_have_url(re.compile(r"/play\?~banana_bend,opening,when_to_stop:4$"))
    expect(page.locator(".play-list > header")).to_contain_text("2 parts, about 3 minutes")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Presenter’s view").press("Enter")
    beside = opened.value
    expect(beside.get_by_text("The wall is not open.")).to_be_visible()

    page.get_by_role("button", name="Start with the class").press("Enter")
    wall, seen = page.frame_locator(".part-frame").last, beside.frame_locator(".part-frame").last
    question = "Where does the heavy ball end?"
    expect(wall.get_by_role("heading", name=question)).to_be_visible()
    expect(seen.get_by_role("heading", name=question)).to_be_visible()
    expect(beside.get_by_text("part 1 of 2: Four ways down one hill")).to_be_visible()
    expect(beside.get_by_role("button", name="Next: run")).to_be_visible()
    expect(wall.get_by_role("button", name="Run", exact=True)).to_be_enabled()

    beside.keyboard.press("PageDown")  # the run, from this window
    expect(wall.locator(".beat[aria-current]")).not_to_have_text("Question")
    expect(seen.locator(".beat[aria-current]")).not_to_have_text("Question")
    press_until(page, "PageDown", "#2")
    expect(wall.get_by_role("heading", name="Stop by the count")).to_be_visible()
    expect(seen.get_by_role("heading", name="Stop by the count")).to_be_visible()
    expect(wall.get_by_role("heading", name="Stop by the loss")).to_be_hidden()
    expect(beside.get_by_text("part 2 of 2: When to stop")).to_be_visible()
    expect(beside.locator(".presenter-notes .is-now")).to_contain_text("Stop by the count, 1 min.")
    assert axe(beside) == []

    page.keyboard.press("PageUp")  # back, to the end of the scene
    expect(wall.locator(".beat[aria-current]")).to_have_text("Answer")
    expect(seen.locator(".beat[aria-current]")).to_have_text("Answer")
    expect(page).to_have_url(re.compile("#1$"))
    beside.keyboard.press("b")
    expect(wall.locator(".wall-dark")).to_be_visible()
    expect(beside.get_by_text("The wall is black.")).to_be_visible()
    page.keyboard.press("b")
    expect(wall.locator(".wall-dark")).to_be_hidden()

    page.reload()
    expect(wall.get_by_role("heading", name=question)).to_be_visible()
    size = page.viewport_size
    assert size
    beside.set_viewport_size({"width": 1366, "height": 768})
    page.set_viewport_size({"width": 1024, "height": 768})  # of a projector
    expect(seen.locator("body")).to_have_js_property("clientWidth", 1024)
    expect(beside.locator(".play-ways")).to_be_in_viewport(ratio=1)
    page.set_viewport_size(size)
    beside.close()
    press_until(page, "PageDown", "#2")
    page.keyboard.press("PageDown")  # past the last part nothing comes
    expect(wall.get_by_role("heading", name="Stop by the count")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Playlist")).to_be_visible()


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark"), ("laptop", "light")])
def test_a_list_is_picked_and_what_its_address_says_wrongly_is_told(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.goto("/play?99,ravine_zigzag,momentum:1-2.4,rubbish")
    wrong = page.get_by_role("alert")
    expect(wrong).to_contain_text(f"There is no scene 99: scenes are 1 to {len(PRESETS)}.")
    expect(wrong).to_contain_text("“rubbish” is no part of a playlist")
    page.get_by_role("button", name="Momentum Lesson 12, 3 of 5 sections").click()
    page.get_by_label("Smoother, and faster?").uncheck()
    expect(page.locator(".play-address code")).to_have_text("/play?ravine_zigzag,momentum:1.4")
    expect(wrong).to_be_hidden()
    found = page.get_by_role("searchbox", name="Find a scene")
    found.fill("bend")
    expect(page.locator(".play-pick")).to_have_count(1)
    page.get_by_role("button", name="Add Round the bend").click()
    found.fill("")
    page.get_by_role("button", name="Take Round the bend out").click()
    expect(page.locator(".play-address code")).to_have_text("/play?ravine_zigzag,momentum:1.4")
    page.get_by_role("button", name="Add Round the bend").click()
    page.get_by_role("button", name="A long, narrow ravine Scene 19").press("s")
    expect(page.locator(".play-address code")).to_have_text("/play?~ravine_zigzag,momentum:1.4,banana_bend")
    page.get_by_role("textbox", name="Playlist").fill("Momentum, Tuesday")
    page.keyboard.press("Enter")
    expect(page.locator(".play-address code")).to_have_text(
        "/play?~ravine_zigzag,momentum:1.4,banana_bend&name=Momentum%2C+Tuesday"
    )
    page.get_by_text("Hand-outs").click()
    expect(page.get_by_role("link", name="Answers of Momentum")).to_have_attribute(
        "href", "/lessons/momentum/handout#answers"
    )
    settle(page)
    assert fits(page)
    assert too_small(page) == []
    assert axe(page) == []
    if page.viewport_size and page.viewport_size["width"] > 1000:
        handle = page.locator(".play-handle").last
        handle.hover()
        page.mouse.down()
        page.locator(".play-row").first.hover(position={"x": 8, "y": 4})
        page.mouse.up()
        expect(page.locator(".play-address code")).to_have_text(
            "/play?banana_bend,~ravine_zigzag,momentum:1.4&name=Momentum%2C+Tuesday"
        )


def test_a_part_that_does_not_come_is_told_and_passed_over_by_the_clicker(page: Page, faults: Faults) -> None:
    faults.allow("500")
    page.route("**/lessons/momentum?*", lambda route: route.fulfill(status=500, body="broken"))
    page.goto("/play?momentum:,one_step#1")
    expect(page.get_by_role("status")).to_contain_text("“Momentum” has not come, and is asked for again.")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("status")).to_be_hidden()
    expect(page.frame_locator(".part-frame").last.locator(".beat[aria-current]")).to_have_text("Question")
    assert page.evaluate("location.hash") == "#2"
