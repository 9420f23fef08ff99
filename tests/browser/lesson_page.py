"""The page of a lesson, read or presented: what its figures say."""

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import frame, settle

EXAMPLE = "example"
TO_THE_END = """() => document.querySelectorAll(".transport:has([aria-label=Pause]) [aria-label='To the end']")
    .forEach((button) => button.click())"""
"""Keys would go to the figure used last, and on the wall the buttons are not in sight."""


def stands(piece: Locator) -> bool:
    """Whether it has its screen on the wall, and is not lent to text."""
    return piece.is_visible() and "is-beside" not in (piece.get_attribute("class") or "")


def walk_to(figure: Locator, key: str = "PageDown") -> None:
    """Press on, or back, until it has its screen on the wall."""
    while not stands(figure):
        figure.page.keyboard.press(key)
        frame(figure.page)


def rest(page: Page) -> None:
    """Wait until the page is at rest, with what has begun to play at its end."""
    frame(page)
    page.evaluate(TO_THE_END)
    settle(page)


def opened(figure: Locator) -> dict[str, Any]:
    """What a figure says of itself, once it is in view and its runs have come."""
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_class(re.compile("is-live"))
    expect(figure.locator(".question, .transport").first).not_to_be_empty()
    data: dict[str, Any] = json.loads(figure.get_attribute("data-figure") or "")
    return data


def guess(figure: Locator, guess: dict[str, Any], right: bool) -> None:
    """Answer the question of a figure."""
    hand, answer = figure.locator(".question"), guess["answer"]
    if guess["kind"] in ("run", "choice"):
        options = hand.get_by_role("radio")
        wrong = [k for k in range(options.count()) if guess.get("places", {}) == {} and k != answer] or [
            k for k, place in enumerate(guess.get("places", ())) if place != 1
        ]
        options.nth(answer if right else wrong[0]).click()
        return
    expect(hand.get_by_role("textbox").first).to_be_visible()
    values = answer if guess["kind"] == "place" else [answer]
    for field, value in zip(hand.get_by_role("textbox").all(), values, strict=True):
        field.fill(f"{value if right else value + 3:.6g}")
        field.press("Enter")


def run_on(page: Page, figure: Locator) -> str:
    """Let it run and go to its end; returns what is said then."""
    figure.get_by_role("button", name=re.compile("^(Run|Show what is right)$")).click()
    page.keyboard.press("End")
    said = figure.locator(".question-verdict strong")
    expect(said).to_be_visible()
    return said.inner_text()


def show_without_guess(page: Page, figure: Locator) -> None:
    """Have what is right of a figure shown, at the end of its runs."""
    figure.get_by_role("button", name="Run without a guess").click()
    page.keyboard.press("End")
    expect(figure.locator(".question-verdict strong")).to_be_visible()
