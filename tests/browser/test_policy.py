"""Pages that no other test opens, under their policy and without the internet: what is refused, or asked of elsewhere, fails any test."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Faults
from tests.test_pages import OF_A_LESSON, PAGES

OPENED = {
    "/", "/embed", "/docs", "/handout?preset=opening", "/lessons", "/lessons/glossary", "/lessons/teacher",
    "/lessons/handouts", "/play", "/join", OF_A_LESSON,
}  # fmt: skip
"""By other tests, which fail likewise."""


@pytest.mark.parametrize("path", [path for path in PAGES if path not in OPENED])
def test_a_page_has_all_it_needs(page: Page, faults: Faults, path: str) -> None:
    if path == "/handout":
        faults.allow("422")
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("[...document.styleSheets].some((sheet) => sheet.cssRules.length > 0)")


def test_help_says_what_is_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Help").click()
    expect(page.locator(".help-sheet")).to_contain_text(
        "sets no cookie, asks no name, and keeps nothing of who asked for what."
    )
    expect(page.locator(".help-sheet")).not_to_contain_text("switched on a log")
