"""Trying every value: dots on the map, counted beside descent."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.playground import PICTURE, Playground

CURVE = "/?expression=x**2&start=-3&max_steps=20&window=-5,5&optimizer=gd:learning_rate=0.1#step=0"


def test_every_value_is_tried_while_descent_takes_its_steps(page: Page, axe: Callable[[Page], list[str]]) -> None:
    play = Playground(page, CURVE)
    play.explain("Search").click()
    rows = page.locator(".search tbody tr")
    expect(rows.first).to_contain_text("0 of 101 losses")
    expect(page.locator(".search .note").first).to_have_text("101 values of x, from −5 to 5, 0.1 apart.")
    page.get_by_label("Step", exact=True).focus()
    page.keyboard.press("End")
    expect(rows.first).to_have_text(re.compile("101 losses.*0"))
    expect(rows.nth(1)).to_contain_text("20 gradients")
    play.says("explanation=search")
    # The ground says where the run stands, for those who do not see it.
    stands = re.compile("Gradient descent stands at x −0.0346")
    expect(page.locator(".map-ground")).to_have_attribute("aria-label", stands)
    assert not axe(page)
    # On the same map, without what was tried.
    play.settle()
    canvas = page.locator("#map canvas").last
    size, tried = canvas.bounding_box(), page.evaluate(PICTURE, "#map")
    play.explain("Steps").click()
    expect(page.locator(".search")).to_be_hidden()
    play.repainted(tried)
    play.settle()
    assert canvas.bounding_box() == size
