"""What many guessed of a question, drawn and told in a figure that whoever frames its page sets it in."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.course.presets import PRESETS
from tests.browser.test_embed import framed

pytestmark = pytest.mark.usefixtures("moving")

LED = "addEventListener('led', ({detail}) => { globalThis.led = detail })"
SET = """(fields) => {
    const {act, seek} = globalThis.led;
    act((state) => ({...state, exercise: {...state.exercise, ...fields}}));
    seek(Infinity);
}"""


def guesses(kind: str, entries: list[Any], truth: Any, again: list[Any] | None = None) -> dict[str, Any]:
    return {"kind": kind, "choices": 4, "entries": entries, "truth": truth, "again": again}


def frame_led(page: Page, address: str) -> Any:
    """A page in a frame, which may be led."""
    frame = framed(page, '<iframe title="The wall" width="1280" height="720"></iframe>')
    page.evaluate(
        f"(src) => {{ const frame = document.querySelector('iframe'); frame.{LED}; frame.src = src }}", address
    )
    page.wait_for_function("() => globalThis.led")
    return frame


def test_a_figure_tells_what_many_guessed_and_how_ones_own_compares(page: Page) -> None:
    scene = next(preset for preset in PRESETS.values() if preset.title == "Four ways into a round bowl")
    frame = frame_led(page, f"/?{scene.query}#reveal=true&projector=true")
    right = 0  # gradient descent, after 12 steps
    expect(frame.locator(".beat-on button")).to_be_visible()
    page.evaluate(SET, {"guesses": guesses("run", [right, right, (right + 1) % 4], right, again=[right])})
    said = frame.locator(".beat-words")
    expect(said.get_by_text("2 of 3 said so.")).to_be_visible()
    expect(said).to_contain_text("Before, 1 of 1 did.")
    rows = frame.locator(".guessed-rows > li")
    expect(rows.nth(right)).to_have_class(re.compile("is-right"))
    expect(rows.nth(right).locator(".guessed-count strong")).to_have_text(["2", "1"])
    expect(rows.nth(right).locator(".cells").first).to_have_css("height", re.compile(r"^[1-9]"))
    page.evaluate(SET, {"answer": right})
    expect(said).to_contain_text("as 1 other did.")
    page.evaluate(SET, {"answer": None, "guesses": guesses("run", [], right)})
    expect(said).to_contain_text("Gradient descent: 12 steps. Nobody answered.")
    frame.get_by_role("button", name="Answer", exact=True).click()
    expect(frame.locator(".beat-question + .beat-answer > strong")).to_have_text("Descent: 12 steps.")
    page.evaluate(SET, {"guesses": guesses("run", [right], right)})
    expect(rows.nth(right)).to_have_class(re.compile("is-right"))
    expect(frame.locator(".beat-answer")).to_have_count(0)


def test_a_check_of_a_lesson_has_what_many_answered_below_its_options(page: Page) -> None:
    frame = frame_led(page, "/lessons/the_learning_rate?present")
    check = frame.locator(".check").first
    given = [check.get_attribute("id"), guesses("choice", [0, 0, 1], 0)]
    page.evaluate("([id, guesses]) => globalThis.led.guessed(id, guesses)", given)
    expect(check.locator(".options .guessed strong").first).to_have_text("2")
    expect(check.locator(":scope > .guessed")).to_contain_text("2 of 3 said so.")
    page.evaluate("([id]) => globalThis.led.guessed(id, null)", given)
    expect(check.locator(".cells")).to_have_count(0)
