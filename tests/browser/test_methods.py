"""Optimizers that step by a method that is no rule, such as Newton's, on the page."""

import re

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

NEWTON_AND_BFGS = "/?surface=rosenbrock&max_steps=40&optimizer=newton&optimizer=bfgs#run=0&step=0&explanation=working"


def test_a_method_is_worked_out_and_counted_and_what_it_cannot_do_is_said(page: Page) -> None:
    """At (-1.2, 1) the second derivatives are 2 - 400 (y - 3 x^2) = 1330, -400 x = 480 and 200, by hand."""
    play = Playground(page, NEWTON_AND_BFGS)
    lines = page.get_by_role("list", name="The working, line by line")
    expect(lines.get_by_label("H equals 1330, 480; 480, 200", exact=True)).to_be_visible()
    expect(lines.get_by_label(re.compile("^w equals −1.175, 1.381"))).to_have_attribute("data-result", "")
    page.get_by_role("combobox", name="Run", exact=True).select_option("BFGS")
    expect(lines.get_by_label(re.compile("^inverse equals"))).to_be_attached()
    play.settle()
    cut = "(all) => all.some((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'auto')"
    assert not lines.locator(".set-formula").evaluate_all(cut)
    expect(page.locator(".slider-key")).to_contain_text("loss at the end")

    play.button("Close Working").click()
    page.get_by_role("radio", name="evaluations").click()
    expect(page.get_by_text("evaluations", exact=True).last).to_be_visible()
    play.says("count=evaluations")
    play.explain("Steps").click()
    steps = page.locator("table.steps")
    expect(steps.locator("thead")).to_contain_text(re.compile(r"evaluations\s+of"))
    page.locator(".run-toggle").first.click()
    expect(steps.locator("tbody tr").nth(2).locator("td:nth-last-child(-n + 3)")).to_have_text(["0", "2", "2"])
    play.explain("Your rule").click()
    expect(page.locator(".own-instead")).to_contain_text("Newton's method looks at all parameters together")
    play.button("Forms").click()
    expect(page.get_by_text(re.compile("^Newton's method is no rule"))).to_be_visible()
    play.button("Take home").click()
    expect(page.get_by_role("region", name="Text of the program")).to_contain_text("Newton's method has none")


def test_what_does_not_go_with_a_method_is_left_out(page: Page) -> None:
    play = Playground(page, "/?dataset=shoe_size&max_steps=20&optimizer=newton&optimizer=sgd#run=1&step=5")
    play.button("Set another rate from step 5 on").click()
    page.get_by_role("combobox", name="Optimizer from step 5 on").select_option("BFGS")
    play.says("changes=5:name=bfgs")
    play.says("batch_size=null")
    play.wait()
    page.get_by_role("radio", name="Networks", exact=True).click()
    page.locator("button.sheet", has_text="XOR").click()
    play.says("optimizer=bfgs:learning_rate=0.1&optimizer=sgd")
    expect(page.locator(".run-note").first).to_contain_text("in place of Newton's method")
    play.button("Add a run").click()
    expect(page.get_by_role("button", name="Newton's method: not on networks")).to_be_disabled()
