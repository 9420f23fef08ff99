"""A rule of one's own: typed, run as it is typed, and added from the list."""

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from tests.browser.conftest import Faults
from tests.browser.playground import TWO, Playground, explained

RULE = "m = beta1*m + (1 - beta1)*g\nw = w - lr*m/(abs(m)*kick + eps)"


def spec(page: Page) -> dict[str, Any]:
    """The whole spec of an address that says it as one."""
    text = parse_qs(page.evaluate("location.search.slice(1)"))["spec"][0]
    whole: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return whole


def test_a_rule_of_ones_own_runs_as_it_is_typed(page: Page, faults: Faults) -> None:
    faults.allow("422")
    play = explained(page, f"{TWO}#step=12&run=1&explanation=rule&working=true")  # as links of before say it
    field = page.locator("#own-rule")
    field.fill(RULE)
    page.wait_for_function("() => location.search.includes('spec=')")
    own = spec(page)["optimizers"][2]
    assert (own["rule"], own["label"], own["beta1"], own["kick"]) == (RULE, "My Adam", 0.9, 0.5)
    expect(page.locator(".run[data-selected] .param-name").filter(has_text="kick")).to_be_visible()
    expect(page.locator(".own-new")).to_have_text("kick is new: a hyperparameter for you to set.")
    field.press_sequentially(" +")
    expect(page.locator("#own-rule-message")).to_contain_text("Line 2, column")
    expect(page.locator(".own-mirror .wavy")).to_have_count(1)
    expect(page.locator(".own-numbers [data-wrong]")).to_have_text("2")
    expect(page.locator(".own-reading")).to_have_attribute("data-late", "")
    expect(page.locator(".standings tbody th")).to_have_count(3)
    field.press("Backspace")
    field.press("Backspace")
    expect(page.locator("#own-rule-message")).to_be_hidden()
    kick = page.locator(".own-setting").get_by_label("kick")
    kick.fill("0.25")
    kick.press("Enter")
    expect(page.locator(".own-fact").first).to_contain_text("m from 0")
    page.wait_for_function("() => !document.querySelector('.own-reading').hasAttribute('data-late')")
    page.reload()
    expect(field).to_have_value(RULE)
    play.explain("Working").click()
    expect(page.locator(".names-step")).to_contain_text("My Adam")
    play.says("explanation=working")


def test_a_rule_of_ones_own_is_added_from_the_list(page: Page) -> None:
    play = Playground(page)
    play.button("Add a run").click()
    play.button("A rule of your own").click()
    expect(page.locator("#own-rule")).to_have_value(re.compile(r"^m = beta\*m"))
    page.get_by_label("Begin with").select_option(label="Lion")
    expect(page.locator("#own-rule")).to_have_value(re.compile(r"^c = beta1\*m"))
    page.get_by_label("Name of the rule").fill("Tiger")
    expect(page.locator(".run-name").last).to_have_text("Tiger")
