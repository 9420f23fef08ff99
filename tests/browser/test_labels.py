"""Words on the map and in the loss chart of scenes, once these are told: none lies over another, or over a button.

Of all scenes, with letters about as wide as they are, `tests/presets/test_drawn.py` asks the same.
"""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from app.course.presets import PRESETS
from tests.browser.playground import settle

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CROWDED = ("opening", "ravine_zigzag")
"""One where a guess is a place, and one with the most words about one place."""
LAPTOP, PHONE, WALL = (1366, 768), (390, 844), (1920, 1080)


def sized(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def guessed(page: Page) -> None:
    """Where a place is asked for it is given, beside the first minimum that is named."""
    page.get_by_role("button", name="Question", exact=True).click()
    settle(page)
    named = page.evaluate("async () => (await labelsDrawn()).find(({ text }) => text === 'A').boxes[0]")
    page.mouse.click(named[0] - 6, (named[1] + named[3]) / 2)


def told(page: Page) -> list[str]:
    """What lies over one another once the sentence of the scene is said."""
    if page.locator(".beat[aria-current=step]").inner_text() != "Answer":
        page.get_by_role("button", name="Answer", exact=True).click()
    settle(page)
    assert len(page.evaluate("() => labelsDrawn()")) > 12
    found: list[str] = page.evaluate("() => labelsOver()")
    return found


def test_no_words_of_a_scene_lie_over_one_another(context: BrowserContext, page: Page) -> None:
    faults = []
    context.add_init_script(path=HERE / "labels.js")
    for name in CROWDED:
        preset = PRESETS[name]
        sized(page, LAPTOP)
        page.goto(f"/?{preset.query}")
        settle(page)
        if preset.guess["kind"] == "place":
            guessed(page)
        faults += [f"{name}, laptop: {each}" for each in told(page)]
        sized(page, PHONE)
        faults += [f"{name}, phone: {each}" for each in told(page)]
        sized(page, WALL)
        page.goto("about:blank")
        page.goto(f"/?{preset.query}#projector=true")
        settle(page)
        faults += [f"{name}, wall: {each}" for each in told(page)]
    assert faults == []
