"""The page of a lesson, read or presented: what its figures say."""

import json
import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.playground import frame

EXAMPLE = "example"


def stands(piece: Locator) -> bool:
    """Whether it has its screen on the wall, and is not lent to text."""
    return piece.is_visible() and "is-beside" not in (piece.get_attribute("class") or "")


def walk_to(figure: Locator, key: str = "PageDown") -> None:
    """Press on, or back, until it has its screen on the wall."""
    while not stands(figure):
        figure.page.keyboard.press(key)
        frame(figure.page)


def opened(figure: Locator) -> dict[str, Any]:
    """What a figure says of itself, once it is in view and its runs have come."""
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_class(re.compile("is-live"))
    expect(figure.locator(".question, .transport").first).not_to_be_empty()
    data: dict[str, Any] = json.loads(figure.get_attribute("data-figure") or "")
    return data
