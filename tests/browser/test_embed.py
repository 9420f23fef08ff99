"""The map of a view and its playback in a frame on a page of someone else's."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import Faults
from tests.browser.playground import TWO, Playground, settle

pytestmark = pytest.mark.usefixtures("moving")


def framed(page: Page, html: str) -> FrameLocator:
    """A page with this frame in it."""
    page.route(
        "**/lesson",
        lambda route: route.fulfill(body=f"<!doctype html><title>A lesson</title>{html}", content_type="text/html"),
    )
    page.goto("/lesson")
    return page.frame_locator("iframe")


def test_the_frame_offered_in_share_shows_the_same_view(page: Page) -> None:
    play = Playground(page, f"{TWO}#step=20")
    play.button("Share").click()
    html = page.get_by_label("HTML of a frame")
    expect(html).to_have_value(re.compile(r"step=20"))
    frame = framed(page, html.input_value())
    expect(frame.locator(".transport-step")).to_contain_text("step 20 of 50")
    expect(frame.get_by_role("link")).to_have_attribute("href", re.compile(re.escape(f"{TWO}#step=20") + "$"))
    assert frame.locator(".panel").count() == 0


def test_it_plays_and_takes_keys_and_axe_finds_nothing(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"/embed{TWO.removeprefix('/')}#step=20")
    step = page.locator(".transport-step strong")
    expect(step).to_have_text("20")
    page.keyboard.press("ArrowRight")
    expect(step).to_have_text("21")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(step).not_to_have_text("21")
    assert axe(page) == []


def test_it_asks_for_little(page: Page) -> None:
    # Each once: a landscape is asked for again where a font changes the size of the map.
    asked: set[str] = set()
    page.on("request", lambda sent: asked.add(sent.url.partition("?")[0]))
    page.goto(f"/embed{TWO.removeprefix('/')}")
    expect(page.locator(".transport-step .total")).to_have_text(" of 50")
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/namesAndPointer-'))"
    )
    settle(page)
    assert len(asked) <= 13, "\n".join(sorted(asked))
    assert sum(url.endswith(".js") for url in asked) <= 6


def test_what_cannot_be_read_or_run_is_said(page: Page, faults: Faults) -> None:
    faults.allow("422")
    page.goto("/embed?expression=x**2%2Bfoo&optimizer=gd:learning_rate=0.1")
    expect(page.get_by_role("status")).to_contain_text("foo")
