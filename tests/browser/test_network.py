"""What the page does when nobody answers."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Faults
from tests.browser.playground import Playground


def test_the_server_goes_and_comes_back(page: Page, faults: Faults) -> None:
    faults.allow("ERR_CONNECTION_REFUSED|Failed to load")
    play = Playground(page)
    play.rest()
    page.route("**/api/**", lambda route: route.abort("connectionrefused"))
    play.rate(0).fill("0.2")
    page.keyboard.press("Enter")
    notice = page.locator("#notice .notice")
    expect(notice).to_contain_text(
        "The server does not answer. What is drawn is from before this change. Trying again in"
    )
    play.button("To the end").click()
    play.at(50)
    expect(page.locator(".standings tbody th")).to_have_count(2)
    page.unroute("**/api/**")
    page.evaluate("document.querySelector('#notice button')?.click()")  # or it has tried by itself meanwhile
    expect(notice).to_be_hidden()
    expect(page.locator(".run").first.locator(".warning")).to_be_hidden()
    expect(play.rate(0)).to_have_value("0.2")
    play.says("gd:learning_rate=0.2")
