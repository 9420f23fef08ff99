"""The pages open without a fault, and a fault is noticed."""

import pytest
from playwright.sync_api import Page, expect

from app.pages.static_files import StaticFiles
from tests.bench.browser import FIRST_PATH, weight
from tests.browser.conftest import Faults
from tests.browser.first_view import loaded
from tests.browser.scene import beat

pytestmark = pytest.mark.usefixtures("moving")


@pytest.mark.usefixtures("context")
def test_the_first_view_takes_few_requests_and_bytes(page: Page) -> None:
    """Fonts and KaTeX apart, compressed; what the first path does not wait for is told from it by its address."""
    page.goto("/")
    page.wait_for_function(FIRST_PATH)
    whole, first = loaded(page, "playground.js")
    assert len(first) <= 12
    assert 100_000 < weight(first) < 150_000
    assert len(whole) <= 35
    assert (
        weight(whole) < 230_000
    )  # some landscapes and sweeps are asked for twice on a slow machine: 216,000 to 221,000


def test_more_of_a_scene_unfolds_and_is_folded_with_the_next(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Answer").click()
    more = page.locator(".preset-more")
    more.get_by_text("Facts", exact=True).click()
    facts = more.locator("li")
    expect(facts.first).to_have_text("The gradient is 18 in x and 370 in y.")
    assert facts.count() > 3
    page.get_by_role("button", name="Next scene").click()
    beat(page, "Question")
    page.get_by_role("button", name="Answer").click()
    beat(page, "Answer")
    expect(more).not_to_have_attribute("open", "")
    expect(more.locator("ul")).to_be_hidden()


def test_documentation_shows_the_routes_with_nothing_from_elsewhere(page: Page) -> None:
    page.goto("/docs")
    with page.expect_response("**/api/v1/catalog/own") as answer:  # a short reply
        page.get_by_role("button", name="/catalog/own").first.click()
        page.get_by_role("button", name="Try it out").click()
        page.get_by_role("button", name="Execute").click()
    assert answer.value.ok
    call = page.locator(".first-call code").text_content() or ""
    assert page.request.get(call.removeprefix("curl '").removesuffix("'")).ok
    expect(page.get_by_text("Whatever is wrong is told in one shape")).to_be_hidden()
    expect(page.get_by_role("button", name="Authorize")).to_be_hidden()
    heading = page.locator("#docs .opblock-tag").first
    by_day: str = heading.evaluate("(heading) => getComputedStyle(heading).color")
    page.get_by_role("button", name="Night map").click()
    expect(heading).not_to_have_css("color", by_day)


def test_a_fault_of_a_page_is_noticed(page: Page, faults: Faults) -> None:
    page.goto("/")
    for script, fault in {
        "console.error('spilled')": "console: spilled",
        "setTimeout(() => { throw new Error('dropped') })": "dropped",
        "fetch('/nowhere')": "404: ",
        "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))": "style-src",
        "new Image().src = 'http://127.0.0.1:9/picture.png'": "asked elsewhere",
    }.items():
        page.evaluate(f"() => {{ {script} }}")
        faults.expect(page, fault)
    faults.allow("")  # whatever else these faults make the browser say


def test_a_script_lost_on_its_way_is_said_and_fetched_again(page: Page, faults: Faults) -> None:
    faults.allow(r"\.js|Failed to load resource")
    script = f"**{StaticFiles().address('playground.js')}"
    page.route(script, lambda route: route.abort())
    page.goto("/")
    again = page.get_by_role("alert").get_by_role("button", name="Fetch it again")
    expect(again).to_be_visible()
    page.unroute(script)
    again.click()
    expect(page.locator("#transport button").first).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="lost on its way")).to_be_hidden()


@pytest.mark.usefixtures("context")
def test_a_browser_that_cannot_run_it_is_told_so_and_given_the_picture(page: Page) -> None:
    page.add_init_script("HTMLScriptElement.supports = undefined")
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("too old")
    expect(page.locator("#page")).to_be_hidden()
    expect(page.get_by_role("img", name="A contour map of the loss")).to_be_visible()
    expect(page.get_by_role("img", name="A contour map of the loss")).not_to_have_js_property("naturalWidth", 0)
