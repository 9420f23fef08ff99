"""What a person sees and does on the playground, as methods for the tests."""

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
"""The window width in pixels from which all panels are shown side by side."""
PATIENCE = 120_000
"""Milliseconds after which a test gives up; long enough for every wait, even on a busy machine."""


def settle(page: Page) -> None:
    """Wait until the page is at rest: all its requests are answered, all is drawn, and its address is up to date."""
    left = page.evaluate("(patience) => atRest(patience)", PATIENCE)
    assert left is None, f"still under way: {left}"


def whole(part: Locator) -> None:
    """Expect all of it to be in view. 5 % may be missing, since fonts and scroll bars differ between browsers."""
    expect(part).to_be_in_viewport(ratio=0.95)


def frame(page: Page) -> None:
    """Wait until one more frame has been drawn."""
    page.evaluate("() => new Promise(requestAnimationFrame)")


class Playground:
    """A page with the playground at an address, whose runs have been received."""

    def __init__(self, page: Page, address: str = TWO) -> None:
        self.page = page
        self.open(address)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.wait()

    def move_to(self, address: str) -> None:
        """Go to another address without a reload, as the browser's back button does."""
        self.page.evaluate(MOVE_TO, address)
        self.wait()

    def wait(self) -> None:
        """Wait until every run has ended and the map has its contours."""
        expect(self.page.locator(".transport-step .total")).not_to_have_text(re.compile(" of [01]$"))
        expect(self.page.locator(".legend-bar:not(.is-empty)")).to_be_attached()

    def explore(self) -> None:
        """In a scene that asks a question first: show all of every run."""
        self.page.keyboard.press("h")

    def rest(self) -> None:
        """Move the playhead to the start, and wait until the page is at rest."""
        if self.on_wall:
            self.button("Controls").click()
        if self.page.evaluate("innerWidth") > 600:
            self.button("To the start").click()
        else:  # a phone has no room for the button
            expect(self.button("Play")).to_be_visible()
            self.page.keyboard.press("Home")
        self.settle()

    def settle(self) -> None:
        settle(self.page)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def slowly(self) -> None:
        """Let runs go on for so long that what they show meanwhile is seen, on a busy machine too."""
        self.page.get_by_role("combobox", name="Speed").select_option("¼×")
        self.page.evaluate("document.activeElement.blur()")

    @property
    def runs_button(self) -> Locator:
        """Return the button that runs a scene once it is answered; the strip of stages has another of that name."""
        return self.page.locator(".beat-on").get_by_role("button", name="Run", exact=True)

    def run(self, index: int) -> Locator:
        return self.page.locator(".runs .run").nth(index)

    def open_run(self, index: int) -> Locator:
        """Return the run, with its settings unfolded."""
        self.settle()
        if self.run(index).get_attribute("data-selected") is None:
            self.run(index).locator(".run-toggle").click()
        return self.run(index)

    def rate(self, index: int) -> Locator:
        return self.run(index).locator(".run-rate")

    @contextmanager
    def held_rate(self, index: int) -> Iterator[None]:
        """Drag the slider of a run's rate. It stays held inside the `with` block and is released after it."""
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
        """Return the button of an explanation: its tab, or its line under *More*, which is opened for it."""
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
        """Whether the panels share one place and have a tab each, as on narrow screens and on a wall."""
        size = self.page.viewport_size
        return self.on_wall or (size is not None and size["width"] < NARROW)

    def tab(self, word: str) -> None:
        """Open the panel of a tab, if the page has tabs."""
        if self.has_tabs:
            self.page.get_by_role("tab", name=word).click()

    @property
    def step(self) -> int:
        return int(self.page.locator(".transport-step strong").inner_text().replace(",", ""))

    def at(self, step: int) -> None:
        """Expect the playhead to come to this step."""
        expect(self.page.locator(".transport-step strong")).to_have_text(str(step))

    def near(self, step: int, within: int = 1) -> None:
        """Expect the playhead to come to this step, give or take `within` steps: a pixel may cover more than one."""
        steps = "|".join(str(each) for each in range(step - within, step + within + 1))
        expect(self.page.locator(".transport-step strong")).to_have_text(re.compile(f"^({steps})$"))

    @property
    def query(self) -> str:
        """The query and fragment of the address, decoded, once the page is at rest."""
        self.settle()
        return str(self.page.evaluate("decodeURIComponent(location.search + location.hash)"))

    def says(self, text: str) -> None:
        """Wait until the decoded address contains this text."""
        self.page.wait_for_function(
            "(text) => decodeURIComponent(location.search + location.hash).includes(text)", arg=text
        )

    def names(self) -> list[str]:
        return self.page.locator(".standings tbody th").all_inner_texts()

    def sentence(self) -> Locator:
        return self.page.locator("#sentence")

    def picture(self, part: str = "#map") -> Any:
        """A checksum of the drawing in this part of the page."""
        return self.page.evaluate(PICTURE, part)

    def repainted(self, before: Any, part: str = "#map") -> None:
        """Wait until the drawing in this part of the page differs from the one with the checksum `before`."""
        differs = f"([part, before]) => ({PICTURE})(part) !== before"
        self.page.wait_for_function(differs, arg=[part, before], polling=100)  # not in every frame: it is long


def explained(page: Page, address: str) -> Playground:
    """Open an address that names an explanation, and wait until that explanation is shown."""
    play = Playground(page, address)
    page.locator(".explanation-part:visible > :not([hidden])").first.wait_for()
    play.settle()
    return play
