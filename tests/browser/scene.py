"""A scene on the playground: its words, its beats, and an answer to its question."""

import re

from playwright.sync_api import Locator, Page, expect

from app.course.presets import PRESETS
from tests.browser.playground import Playground

FIRST, SECOND = list(PRESETS.values())[:2]


def words(page: Page) -> Locator:
    return page.locator("#preset-words")


def beat(page: Page, name: str) -> None:
    expect(page.locator(".beat[aria-current=step]")).to_have_text(name)


def choose_scene(page: Page, name: str) -> None:
    """Take a scene from the list."""
    title = PRESETS[name].title
    page.locator(".preset-button").click()
    page.get_by_role("dialog", name="Scenes").get_by_role(
        "button", name=re.compile(rf"^\d+ {re.escape(title)}")
    ).click()
    expect(page.locator(".preset-title")).to_have_text(title)


def open_scene(page: Page, name: str) -> Playground:
    play = Playground(page, "/")
    choose_scene(page, name)
    return play


def flag_on(page: Page, letter: str) -> Locator:
    """Return the answer that the asked run ends in this minimum."""
    return page.get_by_role("button", name=f"Your flag on {letter}, (")


def answer_wrongly(page: Page) -> tuple[Playground, Locator]:
    """Say of the first scene that the heavy ball ends in A, and let it run. Returns: the page, and the verdict on it."""
    play = Playground(page, "/")
    flag_on(page, "A").click()
    play.runs_button.click()
    play.button("To the end").click()
    verdict = page.locator(".beat-answer")
    expect(verdict).to_have_text(re.compile("No: you said A. Heavy ball ends in D"))
    return play, verdict
