"""What a person sees and does on the playground, in the words of the tests."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, expect

TWO = "/?surface=bowl&max_steps=50&optimizer=gd:learning_rate=0.05&optimizer=adam:learning_rate=0.1"

PICTURE = """(part) => {
    let sum = 0;
    const add = (value) => { sum = (sum * 31 + value) % 1000000007; };
    for (const svg of document.querySelectorAll(`${part} svg`)) {
        for (const sign of svg.outerHTML) add(sign.codePointAt(0));
    }
    for (const canvas of document.querySelectorAll(`${part} canvas`)) {
        if (!canvas.width) continue;
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        for (let k = 0; k < data.length; k += 7) add(data[k]);
    }
    return sum;
}"""
MOVE_TO = """(address) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
}"""
NARROW = 1100
"""The width in pixels from which all panels stand beside each other."""
PATIENCE = 120_000
"""Milliseconds after which a test gives up. So long does nothing take, however busy the machine."""


def settle(page: Page) -> None:
    """Until the page is at rest: all it asked for has come, is drawn and stands in its address."""
    left = page.evaluate("(patience) => atRest(patience)", PATIENCE)
    assert left is None, f"still under way: {left}"


def whole(part: Locator) -> None:
    """All of it is in sight; fonts and scroll bars of another browser may cut a hair off its edge."""
    expect(part).to_be_in_viewport(ratio=0.95)


def frame(page: Page) -> None:
    """Until one more frame has been drawn."""
    page.evaluate("() => new Promise(requestAnimationFrame)")


class Playground:
    """The page at an address, opened and with its runs received."""

    def __init__(self, page: Page, address: str = TWO) -> None:
        self.page = page
        self.open(address)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.wait()

    def move_to(self, address: str) -> None:
        """As the browser's own way back does: the page stays, and comes to show what another address says."""
        self.page.evaluate(MOVE_TO, address)
        self.wait()

    def wait(self) -> None:
        """Until every run has ended and the map has its ground."""
        expect(self.page.locator(".transport-step .total")).not_to_have_text(re.compile(" of [01]$"))
        expect(self.page.locator(".legend-bar:not(.is-empty)")).to_be_attached()

    def explore(self) -> None:
        """Of a scene that asks first: show all there is."""
        self.page.keyboard.press("h")

    def rest(self) -> None:
        """Stop the playhead at the start, and let all that was under way come."""
        if self.on_wall:
            self.button("Controls").click()
        self.button("To the start").click()
        self.settle()

    def settle(self) -> None:
        settle(self.page)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def run(self, index: int) -> Locator:
        return self.page.locator(".runs .run").nth(index)

    def open_run(self, index: int) -> Locator:
        """The run with what belongs to it unfolded."""
        if self.run(index).get_attribute("data-selected") is None:
            self.run(index).locator(".run-toggle").click()
        return self.run(index)

    def rate(self, index: int) -> Locator:
        return self.run(index).locator(".run-rate")

    @contextmanager
    def held_rate(self, index: int) -> Iterator[None]:
        """Drag the rate of a run: within, it has been moved and answered and is still held; after, it has been let go."""
        box = self.run(index).locator(".slider-input").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        with self.page.expect_response("**/trajectories?*"):
            self.page.mouse.move(x + 20, y)
        self.settle()
        yield
        self.page.mouse.up()
        self.settle()

    def explain(self, word: str) -> Locator:
        """The way to what explains the runs: its tab, or its line under *More*, which opens for it."""
        tab = self.page.locator(".explain-tabs").get_by_role("button", name=word, exact=True)
        if word in ("Why", "Working", "Steps", "Compare") or tab.is_visible():
            return tab
        self.button("More").click()
        more = self.page.get_by_role("dialog", name="More that explains the runs")
        return more.get_by_role("button", name=re.compile(f"^{word} "))

    @property
    def on_wall(self) -> bool:
        return "projector=true" in self.page.url

    @property
    def has_tabs(self) -> bool:
        """Whether the panels have one place, each with a tab: on narrow screens and on a wall."""
        size = self.page.viewport_size
        return self.on_wall or (size is not None and size["width"] < NARROW)

    def tab(self, word: str) -> None:
        """The panel of a tab, where there are tabs."""
        if self.has_tabs:
            self.page.get_by_role("tab", name=word).click()

    @property
    def step(self) -> int:
        return int(self.page.locator(".transport-step strong").inner_text().replace(",", ""))

    def at(self, step: int) -> None:
        """The playhead stands there, once the next frame has been drawn."""
        expect(self.page.locator(".transport-step strong")).to_have_text(str(step))

    def near(self, step: int, within: int = 1) -> None:
        """The same, give or take what a pixel stands for."""
        steps = "|".join(str(each) for each in range(step - within, step + within + 1))
        expect(self.page.locator(".transport-step strong")).to_have_text(re.compile(f"^({steps})$"))

    @property
    def query(self) -> str:
        """What the address says once the page is at rest."""
        self.settle()
        return str(self.page.evaluate("decodeURIComponent(location.search + location.hash)"))

    def says(self, text: str) -> None:
        """The address comes to hold this, read as a person reads it."""
        self.page.wait_for_function(
            "(text) => decodeURIComponent(location.search + location.hash).includes(text)", arg=text
        )

    def names(self) -> list[str]:
        return self.page.locator(".standings tbody th").all_inner_texts()

    def sentence(self) -> Locator:
        return self.page.locator("#sentence")

    def picture(self, part: str = "#map") -> Any:
        """A number that changes when what is drawn there does."""
        return self.page.evaluate(PICTURE, part)

    def repainted(self, before: Any, part: str = "#map") -> None:
        """What is drawn there comes to be another picture."""
        self.page.wait_for_function(f"([part, before]) => ({PICTURE})(part) !== before", arg=[part, before])


def explained(page: Page, address: str) -> Playground:
    """The page at an address that names an explanation, which stands there."""
    play = Playground(page, address)
    page.locator(".explanation-part:visible > :not([hidden])").first.wait_for()
    play.settle()
    return play
