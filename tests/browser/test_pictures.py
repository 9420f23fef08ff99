"""Pictures as a browser shows them: by themselves, under their own policy, and in a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

PLOT = "/api/v1/plot.svg?surface=himmelblau&start=1,5&max_steps=60&optimizer=gd:learning_rate=0.002"

LABELLED = "&optimizer=adam:label=%3Cscript%3Edocument.title='no'%3C/script%3E"


@pytest.mark.parametrize("theme", ["day", "night"])
def test_a_picture_opens_by_itself_with_nothing_refused(page: Page, theme: str) -> None:
    page.goto(f"{PLOT}{LABELLED}&theme={theme}&width=640")
    assert page.evaluate("document.documentElement.localName") == "svg"
    assert page.evaluate("document.querySelectorAll('script').length") == 0
    paper, tints = page.evaluate("""() => {
        const fills = [...document.querySelectorAll("path[fill]")].map((path) => getComputedStyle(path).fill);
        return [getComputedStyle(document.querySelector("rect")).fill, new Set(fills).size];
    }""")
    assert paper == {"day": "rgb(252, 252, 250)", "night": "rgb(14, 19, 21)"}[theme]
    assert tints > 5


def test_words_stay_in_the_picture_and_off_each_other_in_the_legend(page: Page) -> None:
    runs = "".join(
        f"&optimizer={name}" for name in ("momentum", "nesterov", "mini_batch:noise=1", "sgd:noise=1", "adam")
    )
    page.goto(f"{PLOT}{runs}&width=640")
    boxes = page.evaluate("""() => [...document.querySelectorAll("text")].map((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return { left, right, top, bottom, legend: text.querySelector("tspan[dx]") !== null };
    })""")
    width, height = page.evaluate(
        "[document.documentElement.width.baseVal.value, document.documentElement.height.baseVal.value]"
    )
    for box in boxes:
        assert box["left"] >= -1
        assert box["right"] <= width + 1
        assert box["top"] >= -1
        assert box["bottom"] <= height + 1
    entries = [box for box in boxes if box["legend"]]
    assert len(entries) == 6
    for one in entries:
        for other in entries:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert one is other or apart or one["bottom"] <= other["top"] + 4 or other["bottom"] <= one["top"] + 4


def test_a_picture_shows_in_an_image_of_a_page(page: Page) -> None:
    page.goto("/docs")
    size = page.evaluate(
        """async (address) => {
            const image = new Image();
            image.src = address;
            await image.decode();
            return [image.naturalWidth, image.naturalHeight];
        }""",
        f"{PLOT}&width=96",
    )
    assert size == [96, 96]
