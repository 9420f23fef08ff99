"""What stands in the drawer: the charts of a rule, averages, two runs or several forms side by side, a rule of one's own."""

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Faults
from tests.browser.playground import TWO, Playground

AT_12 = f"{TWO}#step=12&run=1"
HEAVY = "/?surface=bowl&max_steps=40&optimizer=heavy_ball:learning_rate=0.01,beta=0.8#step=3&run=0&drawer=forms"
RULE = "m = beta1*m + (1 - beta1)*g\nw = w - lr*m/(abs(m)*kick + eps)"


def opened(page: Page, address: str) -> Playground:
    play = Playground(page, address)
    page.locator(".drawer-part:visible > :not([hidden])").first.wait_for()
    return play


def figures(page: Page) -> Locator:
    return page.locator(".states-figure")


def spec(page: Page) -> dict[str, Any]:
    """The whole spec of an address that says it as one."""
    text = parse_qs(urlparse(page.url).query)["spec"][0]
    whole: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return whole


def test_every_letter_of_the_rule_has_a_chart_with_its_value_at_the_playhead(page: Page) -> None:
    opened(page, f"{AT_12}&drawer=charts")
    expect(figures(page)).to_have_count(3)
    told = page.request.post(
        "/api/v1/trajectories/quantities",
        data={
            "problem": {"surface": "bowl"},
            "stop": {"max_steps": 50},
            "optimizers": [{"name": "adam", "learning_rate": 0.1}],
        },
    ).json()
    for name, value in (("m", told["states"]["m"]["x"][13]), ("v_hat", told["values"]["v_hat"]["x"][12])):
        shown = page.locator(f".chart-key[data-of={name}] .key-value").inner_text()
        assert float(shown.replace("−", "-")) == pytest.approx(value, rel=1e-3)


def test_a_chart_moves_the_playhead_and_is_lit(page: Page) -> None:
    play = opened(page, f"{AT_12}&drawer=charts")
    expect(figures(page)).to_have_count(3)
    page.wait_for_timeout(500)
    before = play.picture(".states")
    page.locator(".chart-key[data-of=m]").hover()
    page.wait_for_timeout(300)
    assert play.picture(".states") != before
    box = page.locator(".states-canvas").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    assert play.step > 45
    page.get_by_role("radio", name="first 40").click()


def test_two_runs_stand_line_beside_line(page: Page) -> None:
    play = opened(page, f"{AT_12}&drawer=compare")
    rows = page.locator(".compare-row")
    expect(rows).to_have_count(6)
    assert [row.get_attribute("data-differs") is not None for row in rows.all()] == [
        False,
        True,
        True,
        True,
        True,
        True,
    ]
    expect(page.locator(".compare-head .aside").first).to_have_text("12 to 13")
    page.get_by_label("Second run").select_option(label="Gradient descent")
    play.settle()
    assert "against=0" in page.url


def test_an_average_is_taken_apart_at_the_playhead(page: Page) -> None:
    opened(page, f"{AT_12}&drawer=average")
    formula = page.locator(".memory-formula annotation").first
    expect(formula).to_have_text(re.compile(r"m_\{13\} = 0\.1\\,g_\{13\} \+ 0\.09\\,g_\{12\} \+ 0\.081\\,g_\{11\}"))
    page.get_by_label("beta", exact=True).last.fill("0.5")
    page.keyboard.press("Enter")
    expect(formula).to_have_text(re.compile(r"0\.5\\,g_\{13\} \+ 0\.25\\,g_\{12\}"))
    page.get_by_role("button", name=re.compile("Set it in the run")).click()
    page.wait_for_function("() => location.search.includes('beta1=0.5') || location.search.includes('beta1%3D0.5')")


def test_an_average_of_temperatures_stands_by_itself(page: Page) -> None:
    play = opened(page, f"{AT_12}&drawer=average")
    page.get_by_role("radio", name="temperatures").click()
    formula = page.locator(".memory-formula annotation").first
    expect(formula).to_have_text(re.compile(r"V_\{100\} = 0\.1\\,\\theta_\{100\}.*0\.729\\,V_\{97\}"))
    before = play.picture(".memory")
    page.get_by_label("Bias-corrected").check()
    page.get_by_role("button", name="0.98").click()
    page.wait_for_timeout(300)
    assert play.picture(".memory") != before
    expect(formula).to_have_text(re.compile(r"0\.02\\,\\theta_\{100\}"))


def test_a_form_is_switched_and_what_changes_is_marked(page: Page) -> None:
    play = opened(page, f"{TWO}#run=1&drawer=forms")
    page.get_by_role("radio", name="Without bias correction").click()
    play.says("form=uncorrected")
    marked = page.locator(".form-cell[data-differs]:not([data-none])")
    expect(marked).not_to_have_count(0)
    expect(page.get_by_role("radio", name="Without bias correction")).to_have_attribute("aria-checked", "true")


def test_the_conversion_gives_a_path_that_coincides(page: Page) -> None:
    play = opened(page, HEAVY)
    row = page.locator(".equals li").filter(has_text="Momentum (averaged)")
    expect(row).to_contain_text("learning rate 0.05 = learning rate / (1 − β)")
    row.get_by_role("button", name="Add it").click()
    play.says("optimizer=momentum:learning_rate=0.05,beta=0.8")
    play.button("To the end").click()
    page.wait_for_timeout(500)
    cells = page.locator(".standings tbody td:nth-of-type(1)").all_inner_texts()
    losses = [text for text in cells if re.match(r"[\d.]+", text)]
    assert len(losses) == 2
    assert losses[0] == losses[1]


def test_a_rule_of_ones_own_runs_as_it_is_typed(page: Page, faults: Faults) -> None:
    faults.allow("422")
    play = opened(page, f"{AT_12}&drawer=rule&working=true")
    field = page.locator("#own-rule")
    field.fill(RULE)
    page.wait_for_function("() => location.search.includes('spec=')")
    own = spec(page)["optimizers"][2]
    assert (own["rule"], own["label"], own["beta1"], own["kick"]) == (RULE, "My Adam", 0.9, 0.5)
    expect(page.locator(".run[data-selected] .param-name").filter(has_text="kick")).to_be_visible()
    expect(page.locator(".working-head")).to_contain_text("My Adam")
    losses = play.names()
    field.press_sequentially(" +")
    expect(page.locator("#own-rule-message")).to_contain_text("Line 2, column")
    expect(page.locator(".own-mirror .wavy")).to_have_count(1)
    assert len(play.names()) == len(losses) == 3
    field.press("Backspace")
    field.press("Backspace")
    expect(page.locator("#own-rule-message")).to_be_hidden()
    page.reload()
    expect(field).to_have_value(RULE)


def test_a_rule_of_ones_own_is_added_from_the_list(page: Page) -> None:
    play = Playground(page)
    play.button("Add a run").click()
    play.button("A rule of your own").click()
    expect(page.locator("#own-rule")).to_have_value(re.compile(r"^m = beta\*m"))
    page.get_by_label("Begin with").select_option(label="Lion")
    expect(page.locator("#own-rule")).to_have_value(re.compile(r"^c = beta1\*m"))
    page.get_by_label("Name of the rule").fill("Tiger")
    expect(page.locator(".run-name").last).to_have_text("Tiger")
